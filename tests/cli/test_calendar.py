"""`isocheck calendar` as a user runs it."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from icalendar import Calendar
from jsonschema import validate

from tests.conftest import DAY, LATHE, Run
from tests.test_start_up import loaded

Write = Callable[..., Path]
COMMAND = ("calendar", LATHE, "--as-of", DAY)


def test_it_looks_twelve_months_ahead_where_no_day_is_given(isocheck: Run) -> None:
    code, out, err = isocheck(*COMMAND)
    assert (code, err) == (0, "")
    assert out.startswith("What falls due under ISO 9001:2015 + Amd 1:2024 up to 30 June 2027, as of 30 June 2026\n")
    assert "\nSeptember 2026 (" in out
    assert "\nJuly 2027" not in out
    assert "October" not in isocheck(*COMMAND, "--until", "2026-09-30")[1]


def test_every_format_goes_to_a_file_and_to_standard_output(isocheck: Run, tmp_path: Path) -> None:
    names = {"terminal": "c.txt", "markdown": "c.md", "csv": "c.csv", "ics": "c.ics", "json": "c.json"}
    outputs = [part for name in names.values() for part in ("-o", str(tmp_path / name))]
    assert isocheck(*COMMAND, *outputs)[0] == 0
    for format_, name in names.items():
        written = (tmp_path / name).read_bytes()
        assert isocheck(*COMMAND, "-f", format_)[1].encode().replace(b"\r\n", b"\n") == written.replace(b"\r\n", b"\n")
    schema = json.loads(isocheck("schema", "calendar")[1])
    result = json.loads((tmp_path / "c.json").read_bytes())
    validate(result, schema)
    rows = list(csv.DictReader(StringIO((tmp_path / "c.csv").read_text("utf-8-sig"))))
    assert len(rows) == len(result["items"]) + len(result["undated"])
    assert len(rows) > 100
    events = Calendar.from_ical((tmp_path / "c.ics").read_bytes()).events
    assert 50 < len(events) <= len(result["items"])
    assert len({str(event["UID"]) for event in events}) == len(events)


@pytest.mark.parametrize(
    ("arguments", "expected"), [((), 0), (("--fail-on", "never"), 0), (("--fail-on", "overdue"), 1)]
)
def test_what_is_overdue_fails_only_where_that_is_asked(
    isocheck: Run, arguments: tuple[str, ...], expected: int
) -> None:
    assert isocheck("calendar", LATHE, "--as-of", "2026-07-01", *arguments)[0] == expected
    assert isocheck(*COMMAND, *arguments)[0] == 0


def test_a_last_day_before_the_first_is_refused(isocheck: Run) -> None:
    code, out, err = isocheck(*COMMAND, "--until", "2026-06-29")
    assert (code, out) == (2, "")
    assert "--until: 2026-06-29 lies before the day of the calendar, 2026-06-30" in err


def test_a_format_that_there_is_not_is_refused(isocheck: Run, tmp_path: Path) -> None:
    assert isocheck(*COMMAND, "-o", tmp_path / "c.html")[0] == 2
    assert isocheck(*COMMAND, "-o", f"html:{tmp_path / 'c'}")[0] == 2
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_read_is_told_as_ever(isocheck: Run, write: Write) -> None:
    code, out, err = isocheck("calendar", write(a="audits: [{id: A, planed: 2026-01-01}]"))
    assert (code, out) == (2, "")
    assert "did you mean 'planned'?" in err


def test_a_description_without_anything_due(isocheck: Run, write: Write) -> None:
    code, out, _ = isocheck("calendar", write(a="organisation: {name: Tiny}"), "--as-of", DAY, "--fail-on", "overdue")
    assert code == 0
    assert "\nTiny\n" in out
    assert "0 overdue, 0 to come up to 30 June 2027, " in out


def test_a_calendar_loads_no_report_of_another_kind() -> None:
    modules = loaded("calendar", str(LATHE), "-f", "ics")
    assert "isocheck.reports.calendar.ics" in modules
    assert not modules & {"rich", "jinja2", "ruamel.yaml", "icalendar", "isocheck.reports.calendar.terminal", "isocheck.reports.terminal", "isocheck.reports.result_schema"}  # fmt: skip
    assert "rich" not in loaded("calendar", str(LATHE))
