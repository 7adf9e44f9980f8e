from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from isocheck.checks.intervals import Allowed, Interval, Intervals, ago, compile_within
from isocheck.checks.paths import PathError
from isocheck.qms.fields import Period
from isocheck.qms.tables import table_type
from isocheck.terms import Grade
from tests.making import scope_of

Write = Callable[..., Path]
YEAR = Period(months=12)
AS_OF = date(2026, 6, 30)


def interval(own: Period | None = None, past: Period | None = None) -> Interval:
    return Interval("internal_audit", YEAR, own, past, {"own": Grade.MINOR, "default": Grade.OPPORTUNITY, "past": Grade.MAJOR})  # fmt: skip


@pytest.mark.parametrize(
    ("own", "last", "lapse"),
    [
        (None, date(2025, 6, 30), None),
        (None, date(2025, 6, 29), "default"),
        (None, date(2024, 12, 29), "past"),
        (Period(months=6), date(2025, 12, 30), None),
        (Period(months=6), date(2025, 12, 29), "own"),
        (Period(months=6), date(2024, 12, 29), "past"),
        (Period(months=24), date(2024, 10, 30), None),
        (Period(months=24), date(2024, 6, 29), "past"),
    ],
)
def test_an_overrun(own: Period | None, last: date, lapse: str | None) -> None:
    found = interval(own, Period(months=18))
    allowed = Allowed(own or YEAR, "own" if own else "default", found)
    assert allowed.overrun(last, AS_OF) == lapse


def test_grades_of_an_overrun() -> None:
    intervals = Intervals({"internal_audit": interval()})
    assert intervals.grade("internal_audit", "default") is Grade.OPPORTUNITY
    assert intervals.grade("internal_audit", "own") is Grade.MINOR
    assert intervals.grade("internal_audit", "past") is Grade.MAJOR
    assert intervals.grade(None, "own") is Grade.MINOR


@pytest.mark.parametrize(
    ("settings", "entry", "source", "months"),
    [
        ("", "{id: D, review_interval: 6 months}", "entry", 6),
        ("intervals: {document_review: 9 months}", "{id: D}", "own", 9),
        ("intervals: {document_review: 9 months}", "{id: D, review_interval: 6 months}", "entry", 6),
        ("", "{id: D}", "default", 36),
        ("", "{id: D, review_interval: TBD}", "default", 36),
    ],
)
def test_the_narrowest_interval_holds(write: Write, settings: str, entry: str, source: str, months: int) -> None:
    scope = scope_of(write(isocheck=settings, a=f"documents: [{entry}]\n"))
    table = table_type("documents")
    assert table is not None
    within = compile_within(("review_interval", "document_review"), table, frozenset(scope.intervals.by_name))
    allowed = within.find(scope.tables.rows(table)[0], scope.tables, scope.intervals)
    assert allowed is not None
    assert (allowed.source, allowed.period) == (source, Period(months=months))


@pytest.mark.parametrize(("name", "words"), [("monthly", "is no interval"), ("title", "is no interval")])
def test_what_is_no_interval(name: str, words: str) -> None:
    table = table_type("documents")
    assert table is not None
    with pytest.raises(PathError, match=words):
        compile_within((name,), table, frozenset())


@pytest.mark.parametrize(
    ("last", "text"),
    [
        (date(2024, 10, 30), "20 months ago"),
        (date(2026, 4, 30), "2 months ago"),
        (date(2026, 5, 1), "60 days ago"),
        (date(2026, 6, 29), "1 day ago"),
        (date(2026, 6, 30), "0 days ago"),
        (date(1, 1, 1), "24305 months ago"),
    ],
)
def test_how_long_ago(last: date, text: str) -> None:
    assert ago(last, AS_OF) == text
