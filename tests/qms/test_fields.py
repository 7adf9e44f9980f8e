from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from isocheck.qms.fields import ClauseId, Date, Interval, Number, Period, Truth, is_placeholder, parse_period

PLACEHOLDERS = (
    *(
        "",
        "  ",
        "\u200b",
        "TBD",
        "tbd",
        "TBD.",
        "TBD?",
        "(tbd)",
        "**TBD**",
        "`TBD`",
        "TODO",
        "TODO: ask the foreman",
        "FIXME",
    ),
    *("N/A", "n/a", "n.a.", "N.A.", "Not applicable", "To be defined", "none yet", "xx", "xxx", "xxxx"),
    *("?", "????", "-", "---", "…", "...", ".", "/", "____", "☐", "( )"),
    *("[Name]", "<name>", "[a b]", "**[Name]**", "{owner}", "{{ owner }}", "${owner}", "<% owner %>"),
    *("YYYY-MM-DD", "dd/mm/yyyy", "mm.yyyy"),
)
DENIALS = ("none", "None.", "no", "NO", "nil", "nothing", "False", "NULL", "unknown", "Not known", "pending")
TEXTS = (
    *(
        "TBD by Friday",
        "[a] and [b]",
        "[a",
        "a <b>",
        "0",
        "NA-17",
        "x",
        "X-12",
        "XXI",
        "***",
        "+",
        "++",
        "✓",
        "yes",
        "A.",
    ),
    *(
        "none needed",
        "no gauge is there",
        "unknown to the customer",
        "pending orders",
        "dd",
        "mm",
        "yyyy",
        "Mm-hm",
        "todo list",
    ),
    *("not applicable to turned parts", "(see the drawing)", "- item", "-5 °C", "1/2", "No. 7", "$5", "{a} and {b}"),
)


@pytest.mark.parametrize("text", PLACEHOLDERS)
def test_placeholders(text: str) -> None:
    assert is_placeholder(text)
    assert is_placeholder(text, telling=True)


@pytest.mark.parametrize("text", DENIALS)
def test_denials_are_placeholders_where_a_text_is_to_tell_something(text: str) -> None:
    assert is_placeholder(text, telling=True)
    assert not is_placeholder(text)


@pytest.mark.parametrize("text", TEXTS)
def test_texts_that_only_resemble_placeholders(text: str) -> None:
    assert not is_placeholder(text)
    assert not is_placeholder(text, telling=True)


@given(st.sampled_from((*PLACEHOLDERS, *DENIALS)), st.sampled_from((str.lower, str.upper, str.title)))
def test_case_and_space_around_make_no_placeholder_a_text(text: str, fold: Callable[[str], str]) -> None:
    assert is_placeholder(f" {fold(text)} ", telling=True)


READ: list[tuple[Any, Any, Any]] = [
    (Date, "2026-02-28", date(2026, 2, 28)),
    (Date, "2024-02-29", date(2024, 2, 29)),
    (Date, None, None),
    (Number, "98.50", Decimal("98.50")),
    (Number, "-0", Decimal(0)),
    (Number, "1e3", Decimal(1000)),
    (Number, ".5", Decimal("0.5")),
    (Number, None, None),
    (Interval, "12 months", Period(months=12)),
    (Interval, "every 2 years", Period(months=24)),
    (Interval, "Quarterly", Period(months=3)),
    (Interval, "6  weeks", Period(days=42)),
    (Interval, "1 day", Period(days=1)),
    (Interval, None, None),
    (Truth, True, True),
    (Truth, False, False),
    (Truth, None, None),
    (ClauseId, "8.5.10", "8.5.10"),
]


@pytest.mark.parametrize(("type_", "value", "expected"), READ, ids=[str(case[1]) for case in READ])
def test_what_fields_read(type_: Any, value: Any, expected: Any) -> None:
    assert TypeAdapter(type_).validate_python(value) == expected


BAD: dict[str, tuple[Any, list[Any]]] = {
    "date": (Date, ["2026-02-30", "2026-2-3", "30.06.2026", "2026-06-30T10:00", "2026-06", "٢٠٢٦-٠١-٠١", "0000-01-01", " 2026-01-01", True, [], {}]),
    "number": (Number, ["98,5", "98 %", "NaN", "Infinity", "1_000", "0x10", "1e999999", "9" * 10_000, "9" * 40, "٣", "1e", "", True, []]),
    "interval": (Interval, ["0 months", "12", "999999 years", "-1 day", "often", "١٢ months", "1.5 years", True, []]),
    "truth": (Truth, ["yes", "no", "true", "1", 1.5, []]),
    "clause": (ClauseId, ["8.5.1 a", "clause 8", "8-", [], True]),
}  # fmt: skip
REFUSED = [pytest.param(type_, value, id=f"{name} {value!s:.20}") for name, (type_, values) in BAD.items() for value in values]  # fmt: skip


@pytest.mark.parametrize(("type_", "value"), REFUSED)
def test_what_fields_refuse(type_: Any, value: Any) -> None:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(type_).validate_python(value)
    assert len(str(caught.value.errors()[0]["ctx"]["error"])) < 250


@pytest.mark.parametrize(
    ("period", "start", "end"),
    [
        (Period(months=1), date(2026, 1, 31), date(2026, 2, 28)),
        (Period(months=12), date(2024, 2, 29), date(2025, 2, 28)),
        (Period(months=13), date(2025, 12, 15), date(2027, 1, 15)),
        (Period(days=1), date(2026, 12, 31), date(2027, 1, 1)),
        (Period(months=120_000), date(2026, 1, 1), date.max),
        (Period(days=10**7), date(2026, 1, 1), date.max),
    ],
)
def test_the_end_of_a_period(period: Period, start: date, end: date) -> None:
    assert period.after(start) == end


@pytest.mark.parametrize(
    ("period", "end", "start"),
    [
        (Period(months=1), date(2026, 3, 31), date(2026, 2, 28)),
        (Period(months=120_000), date(2026, 1, 1), date.min),
        (Period(days=10**7), date(2026, 1, 1), date.min),
        (Period(days=1), date(2026, 1, 1), date(2025, 12, 31)),
    ],
)
def test_the_beginning_of_a_period(period: Period, end: date, start: date) -> None:
    assert period.before(end) == start


periods = st.builds(Period, months=st.integers(1, 120_000)) | st.builds(Period, days=st.integers(1, 70_000))


@given(periods, st.dates())
def test_a_period_goes_forward_from_any_day(period: Period, start: date) -> None:
    assert start <= period.after(start) <= date.max
    assert date.min <= period.before(start) <= start


@pytest.mark.parametrize("text", ["1 month", "18 months", "1 day", "42 days"])
def test_a_period_prints_as_it_is_written(text: str) -> None:
    assert str(parse_period(text)) == text
