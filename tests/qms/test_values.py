from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isocheck.qms.dates import Order, read_days
from isocheck.qms.documents import Document
from isocheck.qms.evaluation import Audit, Monitored
from isocheck.qms.improvement import Nonconformity
from isocheck.qms.shape import shapes
from isocheck.qms.values import Style, parts_of, reader


@pytest.mark.parametrize(
    ("text", "order", "expected"),
    [
        ("2026-04-15", None, "2026-04-15"),
        ("2026-4-5", None, "2026-04-05"),
        ("2026.04.15", None, "2026-04-15"),
        ("2026/04/15", "month-first", "2026-04-15"),
        ("2026-04-15 00:00:00", None, "2026-04-15"),
        ("2026-04-15T10:30:00Z", None, "2026-04-15"),
        ("03/04/2026", "day-first", "2026-04-03"),
        ("03/04/2026", "month-first", "2026-03-04"),
        ("3. 4. 2026", "day-first", "2026-04-03"),
        ("03.04.2026", "day-first", "2026-04-03"),
        ("31/12/2026", None, "2026-12-31"),  # there is no month 31
        ("12/31/2026", None, "2026-12-31"),
        ("04.04.2026", None, "2026-04-04"),  # the same day either way
        ("15 April 2026", None, "2026-04-15"),
        ("April 15, 2026", None, "2026-04-15"),
        ("15th of April 2026", None, "2026-04-15"),
        ("15-Apr-2026", None, "2026-04-15"),
        ("Sept. 3, 2026", None, "2026-09-03"),
        ("15. april 2026", None, "2026-04-15"),
        ("3. März 2026", None, "2026-03-03"),
        ("15 de mayo de 2026", None, "2026-05-15"),
        ("1er août 2026", None, "2026-08-01"),
    ],
)
def test_days_are_read_as_they_are_written(text: str, order: Order | None, expected: str) -> None:
    days = read_days(text, order)
    assert (days.first.isoformat(), days.last.isoformat()) == (expected, expected)


@pytest.mark.parametrize("text", ["2026-02", "02/2026", "February 2026", "Feb. 2026", "02.2026", "2026/2"])
def test_a_month_alone_is_all_its_days(text: str) -> None:
    assert read_days(text, None) == (date(2026, 2, 1), date(2026, 2, 28))


@pytest.mark.parametrize(
    ("text", "order", "why"),
    [
        ("03/04/2026", None, "may mean two days"),
        ("31/02/2026", None, "no date of the calendar"),
        ("13/13/2026", None, "no date of the calendar"),
        ("12/31/2026", "day-first", "no date of the calendar"),
        ("13/13/2026", "day-first", "no date of the calendar"),
        ("12/25/2026", "day-first", "no date of the calendar"),
        ("2026-02-30", None, "no date of the calendar"),
        ("31/02/2026", "day-first", "no date of the calendar"),
        ("03/04/26", "day-first", "cannot be read"),
        ("Ongoing", None, "cannot be read"),
        ("Q2 2026", None, "cannot be read"),
        ("46127", None, "cannot be read"),
        ("20260415", None, "cannot be read"),
        ("15 Foo 2026", None, "cannot be read"),
        ("yearly", None, "cannot be read"),
        ("0000-01-01", None, "no date of the calendar"),
        ("٢٠٢٦-٠٤-١٥", None, "cannot be read"),
    ],
)
def test_what_may_mean_two_days_or_none_is_not_read(text: str, order: Order | None, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        read_days(text, order)


@given(st.dates(), st.sampled_from(["-", "/", "."]))
def test_declared_orders_read_back_what_was_written(day: date, separator: str) -> None:
    parts = (f"{day.day:02}", f"{day.month:02}", f"{day.year:04}")
    assert read_days(separator.join(parts), "day-first").first == day
    assert read_days(separator.join((parts[1], parts[0], parts[2])), "month-first").first == day
    assert read_days(separator.join(reversed(parts)), None).last == day


@given(st.text(max_size=30), st.sampled_from([None, "day-first", "month-first"]))
def test_any_text_is_a_date_or_an_error(text: str, order: Order | None) -> None:
    try:
        days = read_days(text, order)
    except ValueError:
        return
    assert days.first <= days.last


FIELDS = {
    **{f"documents.{name}": shape for name, shape in shapes(Document).items()},
    **{f"audits.{name}": shape for name, shape in shapes(Audit).items()},
    **{f"monitoring.{name}": shape for name, shape in shapes(Monitored).items()},
    **{f"nonconformities.{name}": shape for name, shape in shapes(Nonconformity).items()},
}
NUMBER = shapes(__import__("isocheck.qms.parts", fromlist=["Measured"]).Measured)["value"]


@pytest.mark.parametrize(
    ("field", "value", "style", "expected"),
    [
        ("documents.approved", "03/2026", Style(), "2026-03-01"),  # it happened: from the first day on, not before
        ("documents.review_due", "03/2026", Style(), "2026-03-31"),  # it is due: until the last day
        ("documents.approved", "TBD", Style(), None),
        ("documents.status", "Effective", Style(), "effective"),
        ("documents.status", "In-Review", Style(), "in review"),
        ("documents.status", "IN_REVIEW", Style(), "in review"),
        ("documents.review_interval", "12 months", Style(), "12 months"),
        ("documents.review_interval", "Quarterly", Style(), "Quarterly"),
        ("documents.review_interval", "Annual", Style(), "Annual"),
        ("documents.review_interval", "12", Style(unit="months"), "12 months"),
        ("documents.review_interval", "n/a", Style(), None),
        ("nonconformities.after_delivery", "Yes", Style(), True),
        ("nonconformities.after_delivery", "n", Style(), False),
        ("nonconformities.after_delivery", True, Style(), True),
        ("documents.owner", ["A. Berg", "B. Holm"], Style(), "A. Berg, B. Holm"),
        ("documents.clauses", "9.2.2 c)", Style(), "9.2.2-c"),
        ("documents.clauses", "§7.3", Style(), "7.3"),
        ("documents.clauses", "ISO 9001:2015, 8.5.1", Style(), "8.5.1"),
        ("documents.clauses", "ISO 9001:2015 clause 9.3.2 c) 1)", Style(), "9.3.2-c1"),
        ("documents.clauses", "8.10", Style(), "8.10"),
    ],
)
def test_values_become_what_registers_read(field: str, value: Any, style: Style, expected: Any) -> None:
    assert reader(FIELDS[field], style, {})(value) == expected


@pytest.mark.parametrize(
    ("text", "style", "expected"),
    [
        ("98.5", Style(), "98.5"),
        ("97 %", Style(), "97"),
        ("98,5", Style(comma=True), "98.5"),
        ("1.250,75", Style(comma=True), "1250.75"),
        ("1.250", Style(comma=True), "1250"),
    ],
)
def test_numbers_are_read_as_declared(text: str, style: Style, expected: str) -> None:
    assert reader(NUMBER, style, {})(text) == expected


@pytest.mark.parametrize(
    ("field", "value", "style", "why"),
    [
        ("documents.status", "Gjeldende", Style(), "none of draft"),
        ("documents.status", ["a"], Style(), "expected one of"),
        ("documents.review_interval", "12", Style(), "no unit"),
        ("documents.review_interval", "Ongoing", Style(), "expected an interval"),
        ("documents.approved", True, Style(), "expected a date"),
        ("nonconformities.after_delivery", "perhaps", Style(), "expected yes or no"),
        ("documents.version", {"a": "b"}, Style(), "expected a text"),
        ("documents.version", True, Style(), "expected a text, not true"),
        ("documents.version", False, Style(), "expected a text, not false"),
        ("documents.clauses", "Annex A", Style(), "expected a clause"),
        ("documents.clauses", "ISO 13485 8.5.2", Style(), "of another standard"),
    ],
)
def test_what_cannot_be_read_is_an_error(field: str, value: Any, style: Style, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        reader(FIELDS[field], style, {})(value)


def test_a_point_is_no_comma() -> None:
    with pytest.raises(ValueError, match="has a point"):
        reader(NUMBER, Style(comma=True), {})("1.5")


@pytest.mark.parametrize(
    ("value", "expected"),
    [("Gjeldende", "effective"), ("gjeldende ", "effective"), ("draft", "draft"), ("Utgått", None)],
)
def test_words_of_the_organisation_come_first(value: str, expected: str | None) -> None:
    read = reader(FIELDS["documents.status"], Style(), {"Gjeldende": "effective", "Utgått": None})
    assert read(value) == expected


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("audits.processes", "PR1; PR2,PR3\nPR4", ["PR1", "PR2", "PR3", "PR4"]),
        ("documents.clauses", "9.2 | 9.3", ["9.2", "9.3"]),
        ("audits.processes", ["PR1", "PR2"], ["PR1", "PR2"]),
        ("audits.processes", "", []),
    ],
)
def test_lists_in_one_cell_are_parted(field: str, value: Any, expected: list[str]) -> None:
    assert parts_of(value, FIELDS[field]) == expected
