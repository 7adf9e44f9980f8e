"""The calendar as plain text: at any width, in a pipe and without colour; fast with thousands of items."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Final

from isocheck.assessment.calendar import Calendar
from isocheck.reports.calendar.lines import By, Line, Section, lines, sections, totals
from isocheck.reports.text import day, engaged, one_line, typewritten, weekday

__all__ = ["render"]

_LEAST: Final = 32
_MEASURE: Final = 110
_BOLD, _RED, _DIM, _END = "\x1b[1m", "\x1b[1;31m", "\x1b[2m", "\x1b[0m"


def render(calendar: Calendar, by: By, width: int, colour: bool, plain: bool) -> str:
    """Return the calendar for a terminal of that many columns."""
    pen = _Pen(max(_LEAST, min(width, _MEASURE)), colour, plain)
    return "".join(f"{line.rstrip()}\n" for line in _page(calendar, by, pen))


class _Pen:
    """How to write: in how many columns, with which signs."""

    def __init__(self, width: int, colour: bool, plain: bool) -> None:
        self.width, self.colour, self.plain = width, colour, plain

    def block(self, text: str, style: str = "", indent: int = 0, head: str = "") -> Iterator[str]:
        """Yield lines of running text that hangs from what stands in front of it."""
        said = one_line(text)
        said = typewritten(said) if self.plain else said
        broken = textwrap.wrap(said, max(self.width - indent, 16), break_on_hyphens=False) or [""]
        for at, line in enumerate(broken):
            front = f"{head:<{indent}}" if not at else " " * indent
            yield f"{front}{style}{line}{_END}" if self.colour and style else f"{front}{line}"


def _page(calendar: Calendar, by: By, pen: _Pen) -> Iterator[str]:
    title = f"What falls due under {calendar.standard} up to {day(calendar.until)}, as of {day(calendar.as_of)}"
    yield from pen.block(title, _BOLD)
    if calendar.organisation:
        yield from pen.block(calendar.organisation)
    if calendar.engagement:
        yield from pen.block(f"Looked only at {engaged(calendar.engagement)}")
    before: tuple[str, ...] = ()
    for section in sections(calendar, by):
        yield from _section(section, before, pen)
        before = section.headings
    if calendar.undated:
        yield ""
        yield from pen.block(f"No day set ({len(calendar.undated)})", _BOLD)
        for line in lines(calendar.undated):
            yield from _line(line, "  - ", pen)
    yield ""
    yield from pen.block(f"{totals(calendar)}.", _RED if calendar.overdue else _BOLD)


def _section(section: Section, before: tuple[str, ...], pen: _Pen) -> Iterator[str]:
    yield ""
    if len(section.headings) > 1 and section.headings[0] not in before:
        yield from pen.block(section.headings[0], _BOLD)
        yield ""
    yield from pen.block(section.headings[-1], _RED if section.overdue else _BOLD)
    for line in section.lines:
        when = line.first.day
        assert when is not None
        head = f"  {when}  " if section.overdue else f"  {weekday(when)} {when.day:>2}  "
        yield from _line(line, head, pen)


def _line(line: Line, head: str, pen: _Pen) -> Iterator[str]:
    indent = len(head)
    item = line.first
    if len(line.items) == 1:
        yield from pen.block(item.title, indent=indent, head=head)
    elif not item.entry:
        yield from pen.block(f"{item.task} {', '.join(line.names)}", indent=indent, head=head)
    else:
        yield from pen.block(f"{item.task} ({len(line.items)})", indent=indent, head=head)
        for each in line.items:
            yield from pen.block(f"{each.name}  {each.location}", indent=indent + 2, head=" " * indent + "-")
    place = str(item.location) if len(line.items) == 1 or not item.entry else ""
    told = (line.late, line.who, line.rule, item.why, line.serves, place)
    yield from pen.block("; ".join(filter(None, told)), _DIM, indent)
