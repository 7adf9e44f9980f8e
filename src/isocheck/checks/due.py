"""What falls due: the other side of a check on time, so that a calendar and the check can never disagree."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, NamedTuple

from pydantic import Field

from isocheck.checks.conditions import Where
from isocheck.checks.intervals import Allowed
from isocheck.qms.description import Route
from isocheck.qms.tables import Row, Subject, Tables, TableType

__all__ = ["Due", "Task", "due_of", "fitting"]

Task = Annotated[
    str | None,
    Field(
        description="What has to be done by the last day on which the check passes, for the calendar; the entry's name "
        "follows, as in 'Calibrate'. Checks with the same task on one entry are one item there, and the earliest day "
        "counts. Empty: the calendar leaves the check out."
    ),
]
"""A check's key `task`."""


class Due(NamedTuple):
    """A last day: from the day after it on, the check fails.

    `subject` is a register as a whole where the check is about that. `data` is the row, for what names it and who looks
    after it. `allowed` is the interval that the day follows from, `last` the day from which it runs; None where the day
    is written down. `day` is None where there is none, and `why` says what is missing. `others` tells that it is for
    others than whoever looks after the entry, as an audit of a process is.
    """

    task: str
    subject: Subject
    data: Any
    place: tuple[str, str, Route]
    day: date | None
    last: date | None = None
    allowed: Allowed | None = None
    why: str = ""
    others: bool = False


def fitting(table: TableType, where: Where, tables: Tables) -> Iterator[tuple[Row, str]]:
    """Yield the rows that `where` picks, and those for which a blank field leaves it open, with what is missing."""
    for row in tables.subjects(table):
        fits = where.test(row, tables)
        if fits is not False:
            yield row, "" if fits else f"{where.open(row, tables).path.words} is empty"


def due_of(
    task: str,
    table: TableType,
    row: Row,
    tables: Tables,
    route: Route = (),
    found: tuple[date, date | None, Allowed | None] | None = None,
    why: str = "",
) -> Due:
    """Say of a row that it falls due, on a day that was found with where it comes from, or without one and why."""
    subject = tables.subject(table, row)
    place = (subject.register, subject.entry, (*subject.route, *route))
    day, last, allowed = found or (None, None, None)
    return Due(task, subject, row.data, place, day, last, allowed, why)
