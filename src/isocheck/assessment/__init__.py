"""Packs and registers together: verdicts, findings and everything that reports show."""
