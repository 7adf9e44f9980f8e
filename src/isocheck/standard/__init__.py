"""Packs: the text of a standard and the checks that belong to its requirements."""
