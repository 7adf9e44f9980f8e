"""The calendar as iCalendar (RFC 5545): all-day events that do not block anybody's time.

Events and not to-dos, since most calendar programs import nothing else. What is overdue stands on the day for which the
calendar was made, where somebody sees it, and says since when. An event keeps its UID from one export to the next, so
that importing again moves it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from hashlib import sha256

from isocheck.assessment.calendar import Calendar
from isocheck.reports.calendar.lines import Line, lines
from isocheck.reports.text import day, one_line

__all__ = ["render"]

_OCTETS = 75


def render(calendar: Calendar) -> bytes:
    """Return the calendar; the same calendar gives the same bytes."""
    return b"".join(map(_folded, _content(calendar)))


def _content(calendar: Calendar) -> Iterator[str]:
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield f"PRODID:-//isocheck//isocheck {calendar.version}//EN"
    yield "CALSCALE:GREGORIAN"
    yield "METHOD:PUBLISH"
    yield f"X-WR-CALNAME:{_text(one_line(f'{calendar.organisation} {calendar.standard}'))}"
    uids: Counter[str] = Counter()
    for line in lines(calendar.items):
        yield from _event(calendar, line, uids)
    yield "END:VCALENDAR"


def _event(calendar: Calendar, line: Line, uids: Counter[str]) -> Iterator[str]:
    item = line.first
    assert item.day is not None
    shown = calendar.as_of if item.overdue else item.day
    uid = _uid(calendar, line)
    uids[uid] += 1
    late = f"Overdue since {day(item.day)}: " if item.overdue else ""
    more = f" ({len(line.items)})" if len(line.items) > 1 else ""
    yield "BEGIN:VEVENT"
    yield f"UID:{uid}{f'-{uids[uid]}' if uids[uid] > 1 else ''}@isocheck"
    yield f"DTSTAMP:{calendar.as_of:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{_date(shown)}"
    if shown < date.max:
        yield f"DTEND;VALUE=DATE:{_date(shown + timedelta(1))}"
    name = line.names[0] if len(line.names) == 1 else ""
    yield f"SUMMARY:{_text(one_line(f'{late}{item.task}{more} {name}'))}"
    yield f"DESCRIPTION:{_text(chr(10).join(_description(line)))}"
    yield f"CATEGORIES:{','.join(map(_text, (calendar.standard.name, *(('Overdue',) if late else ()))))}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _description(line: Line) -> Iterator[str]:
    if len(line.items) > 1:
        yield from (f"- {one_line(name)}" for name in line.names)
    yield f"Who: {one_line(line.who)}"
    yield f"Why that day: {line.rule}"
    if line.serves:
        yield f"Serves: {line.serves}"
    if len(line.items) == 1:
        yield f"Where: {one_line(str(line.first.location))}"


def _uid(calendar: Calendar, line: Line) -> str:
    """Tell an event from any other: one thing by what it is, several together by their day as well."""
    item = line.first
    parts = list(item.identity)
    if len(line.items) > 1:
        parts = [item.register, item.task, item.owner.ref, str(item.day)]
    return sha256("\0".join((calendar.organisation, *parts)).encode("utf-8", "backslashreplace")).hexdigest()[:32]


def _date(when: date) -> str:
    return when.isoformat().replace("-", "")


def _text(text: str) -> str:
    """Write a text as RFC 5545 has it, in which a line end is the only control."""
    said = "\n".join(map(one_line, text.split("\n")))
    said = said.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return said.replace("\n", "\\n")


def _folded(line: str) -> bytes:
    """Write a content line, broken after 75 octets and never within a character."""
    raw = line.encode("utf-8", "backslashreplace")
    parts = []
    room = _OCTETS
    while len(raw) > room:
        end = room
        while raw[end] & 0xC0 == 0x80:
            end -= 1
        parts.append(raw[:end])
        raw, room = raw[end:], _OCTETS - 1  # the space that goes before
    return b"\r\n ".join((*parts, raw)) + b"\r\n"
