"""The calendar in each format: whole, harmless, the same each time; iCalendar as an independent parser reads it."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar as Parsed
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt

from isocheck.assessment.calendar import Calendar, Item, Owner
from isocheck.assessment.results import Engagement, Standard
from isocheck.cli.app import CalendarBy, CalendarFormat
from isocheck.location import Location
from isocheck.reports.calendar.csv_rows import COLUMNS
from isocheck.reports.calendar.formats import CALENDAR_FORMATS, render
from isocheck.reports.calendar.json_shape import calendar_schema
from isocheck.reports.calendar.lines import By
from isocheck.reports.text import one_line

from .agreement import agrees

DAY = date(2026, 6, 30)
ADA = Owner("people/P1", "Ada Byron")
INSPECTOR = Owner("roles/R8", "Inspector (Luis Barreto)", "owns process PR8")


def item(day: date | None, task: str, name: str, entry: str, **more: Any) -> Item:
    values: dict[str, Any] = {
        "register": "equipment",
        "part": "",
        "requirements": ("7.1.5.2-a",),
        "owner": ADA,
        "location": Location("qms/equipment.yaml", 3, 5, 3, 9),
        "rule": "written" if day else None,
        "interval": "",
        "last": None,
        "overdue": max(0, (DAY - day).days) if day else 0,
        "why": "" if day else "no day under due",
    }
    return Item(day, task, name, entry=entry, **(values | more))


def calendar(*items: Item, **more: Any) -> Calendar:
    dated = sorted((each for each in items if each.day), key=lambda each: each.day or DAY)
    values: dict[str, Any] = {
        "version": "1.2.3",
        "standard": Standard("iso9001-2015", "ISO 9001", "2015", ("Amd 1:2024",), "Sure."),
        "organisation": "Brackwater; Turned, Parts",
        "engagement": Engagement(),
        "as_of": DAY,
        "until": date(2026, 12, 31),
        "items": tuple(dated),
        "undated": tuple(each for each in items if not each.day),
        "later": 4,
    }
    return Calendar(**(values | more))


SMALL = calendar(
    item(date(2026, 5, 12), "Calibrate", "E01 Micrometer 0–25 mm", "E01"),
    item(date(2026, 6, 30), "Review document", "D1 Rules “for” all", "D1", register="documents", requirements=("7.5.2-c", "9.3.2-c1"), owner=INSPECTOR, rule="yours", interval="24 months", last=date(2024, 6, 30)),
    item(date(2026, 7, 1), "Look again at risk", "R1 Fire", "R1", register="risks", owner=Owner(), rule="default", interval="12 months", last=date(2025, 7, 1)),
    item(date(2026, 8, 3), "Calibrate", "E02 Calliper", "E02", owner=INSPECTOR, rule="own", interval="12 months", last=date(2025, 8, 3)),
    item(date(2026, 8, 3), "Calibrate", "E03 Gauge", "E03", owner=INSPECTOR, rule="own", interval="12 months", last=date(2025, 8, 3)),
    item(date(2026, 8, 4), "Hold management review", "", "", register="management_reviews"),
    item(None, "Calibrate", "E09 Dial", "E09"),
)  # fmt: skip
EMPTY = calendar(later=0)


def test_the_command_line_knows_every_format() -> None:
    assert {each.value for each in CalendarFormat} == set(CALENDAR_FORMATS)
    assert {each.value for each in CalendarBy} == {"month", "owner"}


@pytest.mark.parametrize("name", CALENDAR_FORMATS)
@pytest.mark.parametrize("by", ["month", "owner"])
def test_the_same_calendar_gives_the_same_bytes(name: str, by: By) -> None:
    for each in (SMALL, EMPTY):
        assert render(name, each, by) == render(name, each, by)
        assert b"\r" not in render(name, each, by) or name in ("csv", "ics")


@pytest.mark.parametrize(("name", "by"), [("terminal", "month"), ("terminal", "owner"), ("markdown", "month"), ("ics", "month"), ("csv", "month"), ("json", "month")])  # fmt: skip
def test_it_is_as_it_was(name: str, by: By) -> None:
    agrees(f"calendar-{by}.{CALENDAR_FORMATS[name][0].lstrip('.')}", render(name, SMALL, by, width=90))


# --- terminal -------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [20, 40, 80, 300])
def test_no_line_of_the_terminal_is_wider_than_it(width: int) -> None:
    lines = render("terminal", SMALL, "month", width).decode().splitlines()
    assert max(map(len, lines)) <= max(width, 32)
    assert not any(line != line.rstrip() for line in lines)


def test_the_terminal_begins_with_what_is_overdue_and_ends_with_the_numbers() -> None:
    text = render("terminal", SMALL).decode()
    order = ["Overdue (1)", "49 days overdue", "June 2026 (1)", "July 2026 (1)", "August 2026 (3)", "No day set (1)"]
    assert [text.index(each) for each in order] == sorted(text.index(each) for each in order)
    assert text.endswith(
        "\n1 overdue, 5 to come up to 31 December 2026, 4 later, 1 without a day, 1 that nobody is named for.\n"
    )
    assert "nobody named; default of this tool (binds nobody): 12 months from 2025-07-01" in " ".join(text.split())
    assert "0 overdue, 0 to come up to 31 December 2026." in render("terminal", EMPTY).decode()


def test_the_terminal_is_plain_where_it_has_to_be() -> None:
    assert "\x1b[1;31mOverdue (1)\x1b[0m" in render("terminal", SMALL, colour=True).decode()
    assert "\x1b" not in render("terminal", SMALL).decode()
    assert render("terminal", SMALL, plain=True).isascii()
    evil = item(DAY, "Carry out", "\x1b[2J\u202eabc\nnext", "E")
    assert "␛[2J<U+202E>abc next" in render("terminal", calendar(evil)).decode()


def test_by_owner_each_has_a_heading_and_what_nobody_has_comes_last() -> None:
    text = render("terminal", SMALL, "owner").decode()
    headings = ["\nAda Byron\n", "\nInspector (Luis Barreto)\n", "\nNobody named\n"]
    assert [text.count(each) for each in headings] == [1, 1, 1]
    assert [text.index(each) for each in headings] == sorted(text.index(each) for each in headings)


def test_the_engagement_is_told() -> None:
    small = replace(SMALL, engagement=Engagement(("North",), (), ("7",)))
    for name in ("terminal", "markdown"):
        assert "Looked only at sites North; clauses 7" in render(name, small).decode()


# --- Markdown, CSV, JSON --------------------------------------------------------------------


def test_a_markdown_table_holds_whatever_a_name_says() -> None:
    evil = item(DAY, "Carry out", "a | b <script>x</script> `c` @everyone", "E")
    tokens = MarkdownIt("commonmark").enable("table").parse(render("markdown", calendar(evil)).decode())
    assert sum(token.type == "td_open" for token in tokens) == 6
    inline = "".join(token.content for token in tokens if token.type == "inline")
    assert "<script>" not in inline.replace("\\<script\\>", "")


def rows(data: bytes) -> list[dict[str, str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(StringIO(data.decode("utf-8-sig"), newline="")))


def test_csv_has_a_row_an_item_and_runs_nothing() -> None:
    found = rows(render("csv", SMALL))
    assert list(found[0]) == list(COLUMNS)
    assert [row["entry"] for row in found] == ["E01", "D1", "R1", "E02", "E03", "", "E09"]
    assert (found[0]["overdue_days"], found[0]["due"]) == ("49", "2026-05-12")
    assert (found[1]["requirements"], found[1]["last"]) == ("7.5.2 c), 9.3.2 c) 1)", "2024-06-30")
    assert (found[6]["due"], found[6]["overdue_days"], found[6]["missing"]) == ("", "", "no day under due")
    for start in ("=", "+", "-", "@", "＝", "\t=", "\r@", "\n+"):
        (row,) = rows(render("csv", calendar(item(DAY, "x", f"{start}1+1", "E"))))
        assert row["name"].startswith("'"), start


def test_json_fits_its_schema() -> None:
    schema = calendar_schema()
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    for each in (SMALL, EMPTY):
        validator.validate(json.loads(render("json", each)))
    broken = json.loads(render("json", SMALL))
    broken["items"][0]["rule"] = "somebody's"
    assert not validator.is_valid(broken)
    broken = json.loads(render("json", SMALL))
    del broken["items"][0]["due"]
    assert not validator.is_valid(broken)


# --- iCalendar ------------------------------------------------------------------------------


def events(data: bytes) -> list[Any]:
    """Read iCalendar as another program does; raise ValueError where it does not hold together."""
    for line in data.split(b"\r\n"):
        if len(line) > 75 or b"\n" in line:
            raise ValueError(f"no content line: {line!r}")
        line.decode("utf-8")  # folded between characters
    parsed = Parsed.from_ical(data)
    if broken := [problem for part in parsed.walk() for problem in part.errors]:
        raise ValueError(str(broken))
    for each in parsed.events:
        if missing := {"UID", "DTSTAMP", "DTSTART", "SUMMARY"} - set(each):
            raise ValueError(f"an event without {missing}")
    return list(parsed.events)


def test_icalendar_says_what_falls_due() -> None:
    found = events(render("ics", SMALL))
    assert [str(each["SUMMARY"]) for each in found] == [
        "Overdue since 12 May 2026: Calibrate E01 Micrometer 0–25 mm",
        "Review document D1 Rules “for” all",
        "Look again at risk R1 Fire",
        "Calibrate (2)",
        "Hold management review",
    ]
    days = [each["DTSTART"].dt for each in found]
    assert days == [DAY, DAY, date(2026, 7, 1), date(2026, 8, 3), date(2026, 8, 4)]
    assert all(type(day) is date for day in days)
    assert [each["DTEND"].dt - each["DTSTART"].dt for each in found] == [timedelta(1)] * 5
    assert {str(each["TRANSP"]) for each in found} == {"TRANSPARENT"}
    assert "- E02 Calliper\n- E03 Gauge\nWho: Inspector (Luis Barreto), who owns process PR8" in str(
        found[3]["DESCRIPTION"]
    )
    assert found[0]["CATEGORIES"].cats == ["ISO 9001", "Overdue"]
    assert str(found[0]["DTSTAMP"].dt) == "2026-06-30 00:00:00+00:00"
    assert len({str(each["UID"]) for each in found}) == 5
    assert events(render("ics", EMPTY)) == []
    head = Parsed.from_ical(render("ics", SMALL))
    assert (str(head["VERSION"]), str(head["PRODID"])) == ("2.0", "-//isocheck//isocheck 1.2.3//EN")
    assert rb"X-WR-CALNAME:Brackwater\; Turned\, Parts ISO 9001:2015 + Amd 1:2024" in render("ics", SMALL)


def test_an_event_keeps_its_name_when_its_day_moves() -> None:
    def uid(day: date, **more: Any) -> str:
        return str(events(render("ics", calendar(item(day, "Calibrate", "E01", "E01", **more))))[0]["UID"])

    assert uid(DAY) == uid(date(2027, 6, 30), owner=INSPECTOR)
    assert uid(DAY) != uid(DAY, register="people")


BREAKS: list[tuple[str, Any]] = [
    ("not folded", lambda data: data.replace(b"\r\n ", b"")),
    ("folded within a character", lambda data: data.replace("“".encode(), b"\xe2\x80\r\n \x9c")),
    ("line ends of another system", lambda data: data.replace(b"\r\n", b"\n")),
    ("no end", lambda data: data.replace(b"END:VEVENT\r\n", b"", 1)),
    ("no name", lambda data: re.sub(rb"UID:[^\r]*\r\n", b"", data)),
    ("no day", lambda data: data.replace(b"DTSTART;VALUE=DATE:20260630", b"DTSTART;VALUE=DATE:2026-06-31")),
    ("a line that is none", lambda data: data.replace(b"TRANSP:", b"TRANSP ")),
]


@pytest.mark.parametrize("how", BREAKS, ids=[name for name, _ in BREAKS])
def test_a_broken_file_is_caught(how: tuple[str, Any]) -> None:
    broken = how[1](render("ics", SMALL))
    assert broken != render("ics", SMALL)
    with pytest.raises(ValueError):
        events(broken)


def texts() -> Iterator[st.SearchStrategy[str]]:
    yield st.text(max_size=200)
    yield st.text(alphabet=";,\\:\n\"'nN äß€😀=\r\t", max_size=200)


@given(name=st.one_of(*texts()), owner=st.one_of(*texts()))
def test_any_text_comes_through(name: str, owner: str) -> None:
    made = calendar(item(DAY, "Carry out", f"x{name}", "E", owner=Owner("people/P", f"x{owner}")))
    (found,) = events(render("ics", made))
    assert str(found["SUMMARY"]) == one_line(f"Carry out x{name}")
    assert f"Who: {one_line(f'x{owner}')}\n" in str(found["DESCRIPTION"])
