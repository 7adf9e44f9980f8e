"""The formats of the calendar: a new one is a module and a line here; each is imported when it is asked for."""

from __future__ import annotations

from typing import Final, Literal, assert_never, cast, get_args

from isocheck.assessment.calendar import Calendar
from isocheck.reports.calendar.lines import By

__all__ = ["CALENDAR_FORMATS", "render"]

Name = Literal["terminal", "markdown", "csv", "ics", "json"]

CALENDAR_FORMATS: Final[dict[str, tuple[str, ...]]] = {
    "terminal": (".txt",),
    "markdown": (".md", ".markdown"),
    "csv": (".csv",),
    "ics": (".ics",),
    "json": (".json",),
}
"""The formats, each with the endings of files that tell it."""
assert set(CALENDAR_FORMATS) == set(get_args(Name))


def render(
    name: str, calendar: Calendar, by: By = "month", width: int = 100, colour: bool = False, plain: bool = False
) -> bytes:
    """Render a calendar as bytes of UTF-8 in one of the formats.

    `by` is how terminal and Markdown group items; `width`, `colour` and `plain` (ASCII punctuation) are for terminals.
    """
    known = cast("Name", name)
    match known:
        case "terminal":
            from isocheck.reports.calendar import terminal

            return terminal.render(calendar, by, width, colour, plain).encode()
        case "markdown":
            from isocheck.reports.calendar import markdown

            return markdown.render(calendar, by)
        case "csv":
            from isocheck.reports.calendar import csv_rows

            return csv_rows.render(calendar)
        case "ics":
            from isocheck.reports.calendar import ics

            return ics.render(calendar)
        case "json":
            from isocheck.reports.calendar import json_shape

            return json_shape.render(calendar)
        case _:
            assert_never(known)
