from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from isocheck.assessment.gate import Gate
from isocheck.assessment.results import Assessment
from isocheck.location import Location
from isocheck.reports.ci import Spot, fingerprint, said, sentence, spot, stopped, worst_first
from isocheck.reports.formats import FORMATS, format_of_suffix, render
from isocheck.terms import Grade

from .fabricated import OWN_WORK, PROPERTY
from .gates import GATE, waive

NATIVE = ("sarif", "junit", "gitlab", "github", "csv")
SPOTS = {
    "as it stands": (Location("a", 3, 5, 3, 9), Spot("a", 3, 5, 3, 9)),
    "over lines, ending before the column of its beginning": (Location("a", 3, 5, 4, 2), Spot("a", 3, 5, 4, 2)),
    "no end": (Location("a", 3, 5), Spot("a", 3, 5, 3, 6)),
    "an end where it begins": (Location("a", 3, 5, 3, 5), Spot("a", 3, 5, 3, 6)),
    "an end before it begins": (Location("a", 3, 5, 3, 2), Spot("a", 3, 5, 3, 6)),
    "an end on an earlier line": (Location("a", 3, 5, 2, 9), Spot("a", 3, 5, 3, 6)),
    "an end without a column": (Location("a", 3, 5, 4, 0), Spot("a", 3, 5, 4, 1)),
    "a whole file": (Location("a"), Spot("a", 1, 1, 1, 2)),
    "a cell, which is on no line": (Location("a", 8, 4, 8, 5, "Property", "D8"), Spot("a", 1, 1, 1, 2)),
    "a line without a column": (Location("a", 3), Spot("a", 3, 1, 3, 2)),
}


@pytest.mark.parametrize("case", SPOTS)
def test_a_place_has_a_beginning_and_an_end_after_it(case: str) -> None:
    location, expected = SPOTS[case]
    assert spot(location, str) == expected


def test_a_fingerprint_knows_the_identity_and_nothing_else() -> None:
    moved = replace(OWN_WORK, location=Location("elsewhere.yaml", 99), message="another", grade=Grade.MAJOR)
    assert fingerprint(OWN_WORK.identity) == "1a350f9b1a7d9de3e0d6f2ff82cafbfd" == fingerprint(moved.identity)
    others = [
        replace(OWN_WORK, requirement="x"),
        replace(OWN_WORK, check="x"),
        replace(OWN_WORK, register="x"),
        replace(OWN_WORK, entry="x"),
        replace(OWN_WORK, item="x"),
    ]
    assert len({fingerprint(each.identity) for each in (OWN_WORK, *others)}) == 6
    assert fingerprint(("a", "bc", "", "")) != fingerprint(("ab", "c", "", ""))


def test_what_is_said_of_a_finding() -> None:
    assert said(OWN_WORK).startswith("audits/A2, auditors 1: audits/A2: Åsa")
    assert said(PROPERTY).endswith("<U+202E>gnp.exe (Property!D8)")
    assert "␛[31mred" in said(PROPERTY)
    assert (stopped("what is\nmissing"), sentence("what is missing?")) == ("what is missing.", "What is missing?")


def test_worst_first_and_no_gap_behind_another(many: Callable[[int], Assessment]) -> None:
    assessment = many(400)
    gate = Gate(waived=waive(assessment.findings[0]))
    ranked = worst_first(assessment.findings, gate)
    assert sorted(each.identity for each in ranked) == sorted(each.identity for each in assessment.findings)
    assert [each.grade.rank for each in ranked[:-1]] == sorted((each.grade.rank for each in ranked[:-1]), reverse=True)
    assert ranked[-1] is assessment.findings[0]  # a major behind all others, since it cannot fail the run


def test_no_gap_hides_behind_another(many: Callable[[int], Assessment]) -> None:
    minors = [replace(each, check="kept") for each in many(400).findings if each.grade is Grade.MINOR]
    requirements = {each.requirement for each in minors}
    ranked = worst_first(minors, Gate())
    assert {each.requirement for each in ranked[: len(requirements)]} == requirements


@pytest.mark.parametrize("name", NATIVE)
def test_the_same_input_gives_the_same_bytes(name: str, fabricated: Assessment) -> None:
    assert render(name, fabricated, gate=GATE) == render(name, fabricated, gate=GATE)


@pytest.mark.parametrize("name", NATIVE)
def test_no_control_character_and_no_half_of_a_pair_gets_through(name: str, fabricated: Assessment) -> None:
    nasty = "\x1b[31m\x00\u202e\ud800 x"
    finding = replace(OWN_WORK, message=nasty, remedy=nasty, because=nasty, entry=nasty, item=nasty)
    text = render(name, replace(fabricated, findings=(finding,))).decode("utf-8")
    assert not set(text) & set("\x1b\x00\u202e\ud800")


@pytest.mark.parametrize("name", NATIVE)
def test_places_are_written_by_the_function_that_knows_the_repository(name: str, fabricated: Assessment) -> None:
    text = render(name, fabricated, relative=lambda file: f"group/{file}").decode()
    assert "group/audits.yaml" in text


def test_endings_tell_formats_where_they_are_clear() -> None:
    known = {suffix: format_of_suffix(suffix) for suffix in (".sarif", ".xml", ".csv", ".json", ".txt", ".SARIF")}
    assert known == {
        ".sarif": "sarif",
        ".xml": "junit",
        ".csv": "csv",
        ".json": "json",
        ".txt": "terminal",
        ".SARIF": "sarif",
    }
    assert not FORMATS["gitlab"].suffixes
    assert not FORMATS["github"].suffixes
