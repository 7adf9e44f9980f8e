"""The calendar as Markdown: one table a month, fit for a page of a wiki or the summary of a CI job."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from isocheck.assessment.calendar import Calendar
from isocheck.reports.calendar.lines import By, Line, lines, sections, totals
from isocheck.reports.markdown import escape
from isocheck.reports.text import day, engaged

__all__ = ["render"]

_SHOWN = 12
"""How many names a cell holds."""


def render(calendar: Calendar, by: By) -> bytes:
    """Return the calendar as a page of GitHub-flavoured Markdown."""
    return "\n".join(_page(calendar, by)).encode("utf-8", "backslashreplace") + b"\n"


def _page(calendar: Calendar, by: By) -> Iterator[str]:
    yield f"# What falls due up to {day(calendar.until)}"
    yield ""
    whose = f"{calendar.organisation}, " if calendar.organisation else ""
    yield f"{escape(f'{whose}{calendar.standard}, as of {day(calendar.as_of)}')}: {totals(calendar)}."
    if calendar.engagement:
        yield f"\nLooked only at {escape(engaged(calendar.engagement))}."
    before: tuple[str, ...] = ()
    for section in sections(calendar, by):
        for depth, heading in enumerate(section.headings, 2):
            if section.headings[: depth - 1] != before[: depth - 1]:
                yield f"\n{'#' * depth} {escape(heading)}"
        before = section.headings
        yield ""
        yield from _table("Due", section.lines)
    if calendar.undated:
        yield f"\n## No day set ({len(calendar.undated)})"
        yield ""
        yield from _table("Why", lines(calendar.undated))


def _table(first: str, rows: Iterable[Line]) -> Iterator[str]:
    yield f"| {first} | What | Who | Rule | Serves | Where |"
    yield "|---|---|---|---|---|---|"
    for line in rows:
        item = line.first
        when = f"{item.day}{f' **({line.late})**' if line.late else ''}" if item.day else escape(item.why)
        cells = (when, _what(line), *map(escape, (line.who, line.rule, line.serves, str(item.location))))
        yield f"| {' | '.join(cells)} |"


def _what(line: Line) -> str:
    if len(line.names) < 2:
        return escape(line.title)
    more = len(line.names) - _SHOWN
    names = "<br>".join(map(escape, line.names[:_SHOWN]))
    return f"{escape(line.first.task)} ({len(line.names)}):<br>{names}{f'<br>and {more} more' if more > 0 else ''}"
