from __future__ import annotations

import pytest

from isocheck.errors import InputError, Problem, did_you_mean, quoted
from isocheck.location import Location


def test_problems_are_ordered_by_place_and_each_told_once() -> None:
    late, early = Problem("b", Location("f", 10, 1)), Problem("a", Location("f", 9, 1))
    assert InputError([late, early, late]).problems == (early, late)
    assert str(InputError([late, early])) == "f:9:1: a\nf:10:1: b"


@pytest.mark.parametrize(
    ("word", "expected"),
    [("audit", "; did you mean 'audits'?"), ("xyz", ""), ("audits" * 20, "")],
)
def test_suggestions(word: str, expected: str) -> None:
    assert did_you_mean(word, ("audits", "risks")) == expected


@pytest.mark.parametrize(
    ("value", "text"),
    [("a\x1b", r"'a\x1b'"), ("x" * 10_000, repr("x" * 59 + "…")), (True, "true"), (None, "nothing"), ([1], "a list"), ({}, "a mapping")],
)  # fmt: skip
def test_values_in_messages_are_short_and_printable(value: object, text: str) -> None:
    assert quoted(value) == text


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (Location("f"), "f"),
        (Location("f", 2, 3), "f:2:3"),
        (Location("f", 2, 3, sheet="S", cell="B7"), "f:S!B7"),
    ],
)
def test_places(place: Location, text: str) -> None:
    assert str(place) == text
