from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isocheck.assessment.results import Assessment, Engagement
from isocheck.reports.text import (
    ASCII_SYMBOLS,
    SYMBOLS,
    day,
    engaged,
    gap_counts,
    met,
    number,
    one_line,
    share,
    visible,
)
from isocheck.terms import Verdict


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain Ölçü ✓", "plain Ölçü ✓"),
        ("\x1b[31m\x00\x7f", "␛[31m␀␡"),
        ("\x9b31m", "<U+009B>31m"),
        ("a\u202eb\u2066c", "a<U+202E>b<U+2066>c"),
        ("\ufeffa\u200bb", "<U+FEFF>a<U+200B>b"),
        ("gr\udcf6sse", "gr<U+DCF6>sse"),
        ("\U000e0041", "<U+E0041>"),
        ("🧑\u200d🔧 नी\u200dरा", "🧑\u200d🔧 नी\u200dरा"),
    ],
)
def test_what_steers_or_hides_is_shown(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(st.text())
def test_one_line_is_one_line_that_can_be_written(text: str) -> None:
    said = one_line(text)
    assert len(said.splitlines()) <= 1
    assert said == said.strip()
    assert "  " not in said
    assert said.encode().decode() == said
    assert one_line(said) == said


@given(st.integers(0, 500), st.integers(1, 500))
def test_a_share_is_never_rounded_to_all_or_nothing(part: int, whole: int) -> None:
    part = min(part, whole)
    said = share(part, whole)
    assert (said == "100 %") is (part == whole)
    assert (said == "0 %") is (part == 0)


def test_a_share_of_nothing_is_a_dash() -> None:
    assert share(0, 0) == "–"


def test_numbers_agree_with_their_nouns() -> None:
    assert number(1, "gap") == "1 gap"
    assert number(0, "gap") == "0 gaps"
    assert number(2, "opportunity", "opportunities") == "2 opportunities"


def test_a_day_is_written_out() -> None:
    assert day(date(2026, 3, 1)) == "1 March 2026"


def test_headlines(fabricated: Assessment, empty: Assessment) -> None:
    assert gap_counts(fabricated) == "9 gaps: 2 potential major, 7 potential minor; 3 opportunities"
    assert gap_counts(empty) == "No gap found"
    assert met(fabricated.summary.counts) == "10 of 23 applicable requirements met (43 %)"
    assert met(empty.summary.counts) == "No requirement applies"


def test_an_engagement_in_words() -> None:
    assert engaged(Engagement()) == ""
    assert engaged(Engagement(sites=("A", "B"), clauses=("9",))) == "sites A, B; clauses 9"


def test_every_verdict_has_its_symbols() -> None:
    assert list(SYMBOLS) == list(ASCII_SYMBOLS) == list(Verdict)
    assert "".join(ASCII_SYMBOLS.values()).isascii()
    assert len(set(ASCII_SYMBOLS.values())) == len(Verdict)
