"""The calendar as CSV (RFC 4180): one row an item, those without a day last; UTF-8 with the mark that Excel needs."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from typing import Final

from isocheck.assessment.calendar import Calendar, Item
from isocheck.reports.text import cell_guard
from isocheck.terms import label

__all__ = ["COLUMNS", "render"]

COLUMNS: Final = {
    "due": "last day, as YYYY-MM-DD; empty where there is none",
    "overdue_days": "days that have gone by since; 0 where none has",
    "task": "what is to be done",
    "name": "what it is done to",
    "owner": "who sees to it, empty where nobody is named",
    "owner_ref": "the same as register/id",
    "owner_through": "how that follows where the entry names nobody",
    "rule": "written, own (the entry's interval), yours (isocheck.yaml) or default (of this tool, which binds nobody)",
    "interval": "length of the interval",
    "last": "day from which the interval runs",
    "requirements": "requirements that it serves, as prose shows them",
    "register": "register of the entry",
    "entry": "id of the entry, empty where the register as a whole is meant",
    "part": "part of the entry",
    "file": "where it stands",
    "line": "empty where a file as a whole is meant",
    "missing": "why there is no day",
}
"""Columns in their order, and what they hold."""


def render(calendar: Calendar) -> bytes:
    """Return the table with its header; the same calendar gives the same bytes."""
    file = StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for item in (*calendar.items, *calendar.undated):
        writer.writerow(map(cell_guard, _cells(item)))
    return file.getvalue().encode("utf-8-sig", "backslashreplace")


def _cells(item: Item) -> Iterator[str]:
    yield from (str(item.day or ""), str(item.overdue) if item.day else "", item.task, item.name)
    yield from (item.owner.name, item.owner.ref, item.owner.through)
    yield from (item.rule or "", item.interval, str(item.last or ""), ", ".join(map(label, item.requirements)))
    yield from (item.register, item.entry, item.part)
    yield from (item.location.file, str(item.location.line or ""), item.why)
