"""Names for people: what an entry calls itself, so that a report need not show an id alone."""

from __future__ import annotations

from isocheck.qms.tables import Tables

__all__ = ["named", "title_of"]

_TITLES = ("title", "name", "statement", "what", "topic", "item", "competence", "description", "reference", "period")


def title_of(tables: Tables, register: str, entry: str) -> str:
    """Return what an entry calls itself, empty where it does not or where there is no such entry."""
    held = tables.entry(register, entry) if entry else None
    fields = vars(held) if held is not None else {}
    return next((str(value) for name in _TITLES if (value := fields.get(name))), "")


def named(tables: Tables, reference: str) -> str:
    """Return the title of the entry that 'register/id' names, or the reference where it has none."""
    register, _, entry = reference.partition("/")
    return title_of(tables, register, entry) or reference
