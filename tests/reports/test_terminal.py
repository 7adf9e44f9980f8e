from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace

import pytest
from rich.cells import cell_len

from isocheck.assessment.results import Assessment, Finding, count
from isocheck.location import Location
from isocheck.reports.terminal import render
from isocheck.reports.text import SYMBOLS
from isocheck.terms import Verdict

from .agreement import agrees

WIDTHS = (40, 80, 140)
ANSI = re.compile("\x1b\\[[0-9;]*m")


@pytest.mark.parametrize("width", WIDTHS)
def test_the_summary_is_as_it_was(fabricated: Assessment, width: int) -> None:
    agrees(f"terminal-{width}.txt", render(fabricated, width, False).encode())


def test_the_summary_in_ascii_is_as_it_was(fabricated: Assessment) -> None:
    agrees("terminal-ascii.txt", render(fabricated, 80, False, ascii=True).encode())


@pytest.mark.parametrize("width", [10, 32, *WIDTHS, 300])
@pytest.mark.parametrize("name", ["fabricated", "empty"])
def test_no_line_is_wider_than_the_terminal(name: str, width: int, request: pytest.FixtureRequest) -> None:
    assessment: Assessment = request.getfixturevalue(name)
    places = {str(finding.location) for finding in assessment.findings}
    for line in render(assessment, width, False).splitlines():
        unbroken = any(place in line for place in places) or line.startswith("  isocheck ")
        assert cell_len(line) <= max(width, 32) or unbroken
        assert line == line.rstrip()


def test_colour_adds_nothing_but_colour(fabricated: Assessment) -> None:
    coloured = render(fabricated, 80, True)
    assert "\x1b[1;31m" in coloured
    plain = ANSI.sub("", coloured)
    assert [line.rstrip() for line in plain.splitlines()] == render(fabricated, 80, False).splitlines()


def test_without_colour_there_is_no_escape(fabricated: Assessment, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b" not in render(fabricated, 80, False)


def test_surroundings_change_nothing(fabricated: Assessment, monkeypatch: pytest.MonkeyPatch) -> None:
    before = render(fabricated, 80, True)
    for name, value in {"NO_COLOR": "1", "TERM": "dumb", "COLUMNS": "33", "LANG": "de_DE"}.items():
        monkeypatch.setenv(name, value)
    assert render(fabricated, 80, True) == before


@pytest.mark.parametrize("colour", [False, True])
def test_controls_from_input_never_reach_the_terminal(fabricated: Assessment, colour: bool) -> None:
    hostile = "\x1b]0;owned\x07 \x1b[2J\r\x08 \x9b31m \u202eevil \x00"
    finding = replace(
        fabricated.findings[0],
        message=hostile,
        because=hostile,
        remedy=hostile,
        location=Location(f"{hostile}.yaml", 1, 1, 1, 2),
    )
    poisoned = replace(
        fabricated,
        findings=(finding, *fabricated.findings),
        organisation=replace(fabricated.organisation, name=hostile),
        source=replace(fabricated.source, root=hostile),
        engagement=replace(fabricated.engagement, sites=(hostile,)),
        summary=replace(fabricated.summary, sentences=(hostile,), next_steps=(hostile,)),
    )
    for text in (render(poisoned, 80, colour), render(poisoned, 80, colour, ascii=True)):
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", ANSI.sub("", text))
    assert "␛[2J" in ANSI.sub("", render(poisoned, 80, colour))
    assert "<U+001B>[2J" in render(poisoned, 80, colour, ascii=True)


def test_rich_markup_in_input_is_text(fabricated: Assessment) -> None:
    finding = replace(fabricated.findings[0], message="[red]not red[/red] :smile:")
    assert "[red]not red[/red] :smile:" in render(replace(fabricated, findings=(finding,)), 80, True)


def test_every_verdict_that_occurs_shows_symbol_word_and_count(fabricated: Assessment) -> None:
    said = render(fabricated, 80, False)
    for verdict, amount in fabricated.summary.counts:
        assert re.search(rf"{re.escape(SYMBOLS[verdict])} {verdict.word}\s.*\s{amount}$", said, re.MULTILINE)
    plain = render(fabricated, 32, False)
    for verdict, amount in fabricated.summary.counts:
        assert re.search(rf"{re.escape(SYMBOLS[verdict])} {verdict.word}\s+{amount}$", plain, re.MULTILINE)


def test_symbols_differ_and_take_one_column() -> None:
    assert len(set(SYMBOLS.values())) == len(Verdict)
    assert {cell_len(symbol) for symbol in SYMBOLS.values()} == {1}


def test_the_gravest_gaps_come_first_and_the_rest_is_counted(many: Callable[[int], Assessment]) -> None:
    assessment = many(400)
    said = render(assessment, 80, False)
    assert "The gravest 5 of 300 gaps" in said
    assert "with 295 more gaps and 100 opportunities" in said
    assert said.count("potential major  ") == 5
    assert said.index(str(assessment.findings[0].location)) < said.index(str(assessment.findings[1].location))
    assert " ".join(said.split()).endswith("0 of 20 applicable requirements met (0 %).")


def test_findings_of_one_check_are_one_gap_that_names_the_entries(fabricated: Assessment) -> None:
    first = next(finding for finding in fabricated.findings if finding.grade == "minor")
    same = tuple(replace(first, entry=f"E{at}", location=replace(first.location, line=at)) for at in range(1, 10))
    said = render(replace(fabricated, findings=same), 80, False)
    assert "The 1 gap\n" in said
    assert said.count("  remedy ") == 1
    assert f"also     {first.register}/E2" in said
    assert "2 more entries" in said


def test_a_place_is_never_broken(fabricated: Assessment) -> None:
    place = Location("a very long directory/" * 8 + "file.yaml", 12, 3, 12, 9)
    finding: Finding = replace(fabricated.findings[0], location=place)
    for width in WIDTHS:
        assert str(place) in render(replace(fabricated, findings=(finding,)), width, False)


def test_as_many_gaps_as_asked_for_are_shown(fabricated: Assessment) -> None:
    assert "The 9 gaps" in render(fabricated, 80, False, shown=100)
    none = render(fabricated, 80, False, shown=0)
    assert "remedy" not in none
    assert "with 9 gaps and 3 opportunities" in none


def test_an_empty_assessment_says_so(empty: Assessment) -> None:
    assert "No gap found. No requirement applies." in render(empty, 80, False)


def test_a_section_in_which_nothing_applies_has_no_share(fabricated: Assessment) -> None:
    verdicts = count([Verdict.NOT_APPLICABLE])
    sections = (replace(fabricated.sections[0], counts=verdicts), *fabricated.sections[1:])
    changed = replace(fabricated, sections=sections)
    assert re.search("met of applicable +– +25%", render(changed, 80, False))
    assert re.search("met of applicable +- +25%", render(changed, 80, False, ascii=True))


def test_ascii_signs_leave_letters_alone(fabricated: Assessment) -> None:
    said = render(fabricated, 80, False, ascii=True)
    assert {each for each in said if ord(each) > 127} <= set("äöüÄÖÜåÅŁódźæø")


def test_importing_it_does_not_import_rich() -> None:
    code = "import sys, isocheck.reports.terminal; sys.exit('rich' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
