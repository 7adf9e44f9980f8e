from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from isocheck.assessment.running import prepare, run_checks
from isocheck.cli.assessing import assess_path
from isocheck.location import Location
from isocheck.qms.description import Description
from isocheck.qms.registers import REGISTERS
from isocheck.qms.settings import Settings
from isocheck.standard.packs import load_pack
from isocheck.terms import Grade, Verdict
from tests.conftest import DAY, LATHE, ROOT, Run


def test_the_machine_shop_has_no_finding() -> None:
    assessment = assess_path(LATHE, None, date.fromisoformat(DAY))
    assert [str(finding) for finding in assessment.findings] == []
    assert assessment.summary.counts[Verdict.DESCRIBED] > 265
    assert assessment.summary.counts[Verdict.CONFORMING] == 0


def test_every_register_is_filled() -> None:
    assessment = assess_path(LATHE, None, date.fromisoformat(DAY))
    assert {row.name for row in assessment.source.registers if row.entries} == set(REGISTERS)


def test_what_lapses_a_year_and_a_half_later() -> None:
    findings = assess_path(LATHE, None, date(2027, 12, 31)).findings
    lapsed = {(finding.requirement, finding.check) for finding in findings}
    assert ("9.2.1-s1", "recent") in lapsed
    assert ("9.3.1-s1", "recent") in lapsed
    assert ("7.1.5.2-a", "kept") in lapsed
    past = next(finding for finding in findings if finding.requirement == "9.2.1-s1" and finding.check == "recent")
    assert (past.grade, past.lapse) == (Grade.MAJOR, "past")


def test_no_check_passes_on_an_empty_description() -> None:
    empty = Description("empty", Location("isocheck.yaml"), Settings(), (), ())
    empty.by_id = {name: {} for name in REGISTERS}
    scope = prepare(load_pack("iso9001-2015"), empty, date.fromisoformat(DAY))
    for ran in run_checks(scope):
        assert (ran.outcome.nothing, ran.outcome.looked, ran.outcome.failures) == ("absent", 0, []), ran.key


def test_the_same_input_gives_the_same_bytes(isocheck: Run) -> None:
    first = isocheck("check", LATHE, "--as-of", "2027-12-31", "-f", "json")
    assert first == isocheck("check", LATHE, "--as-of", "2027-12-31", "-f", "json")
    assert json.loads(first[1])["format_version"] == 1


@pytest.mark.parametrize(("threshold", "code"), [("minor", 1), ("major", 1), ("never", 0), ("opportunity", 1)])
def test_the_threshold_decides_the_exit_code(isocheck: Run, threshold: str, code: int) -> None:
    assert isocheck("check", LATHE, "--as-of", "2027-12-31", "--fail-on", threshold)[0] == code


SOLO = LATHE.parent / "solo-consultancy"


def test_the_consultancy_is_a_typical_first_gap_analysis() -> None:
    assessment = assess_path(SOLO, None, date.fromisoformat(DAY))
    verdicts = {result.id: result.verdict for result in assessment.requirements()}
    found = {(finding.requirement, finding.check, finding.grade) for finding in assessment.findings}
    assert ("4.3-s2", "contradicted", Grade.MAJOR) in found
    assert ("8.2.3.1-s2", "first", Grade.MAJOR) in found
    assert ("4.1-s3", "absent", Grade.MINOR) in found
    assert verdicts["9.2.1-s1"] is Verdict.NOT_YET
    assert verdicts["8.7.1-s1"] is Verdict.NOT_YET
    assert verdicts["7.1.5.2-a"] is Verdict.NOT_APPLICABLE
    assert verdicts["8.3.4-d"] is Verdict.MAJOR
    refused, accepted = assessment.exclusions
    assert (refused.clause, refused.accepted, accepted.clause, accepted.accepted) == ("8.3", False, "7.1.5.2", True)


def test_one_root_is_one_gap() -> None:
    assessment = assess_path(SOLO, None, date.fromisoformat(DAY))
    roots = [finding for finding in assessment.findings if finding.register == "management_reviews"]
    assert [(finding.requirement, finding.kind) for finding in roots] == [("9.3.1-s1", "absent")]
    assert {consequence.requirement for consequence in roots[0].consequences} >= {"9.3.2-a", "9.3.2-c4", "9.3.3-s1"}


def test_what_was_never_sorted_is_one_gap_with_what_hangs_on_it(write: Callable[..., Path]) -> None:
    root = write(
        isocheck="format_version: 1\nstandard: iso9001-2015",
        operation="production: [{id: M1, name: Repairs}, {id: M2, name: Rentals}]",
    )
    assessment = assess_path(root, None, date.fromisoformat(DAY), ("8.5.5",))
    first, second = assessment.findings
    assert {(each.requirement, each.check, each.entry) for each in (first, second)} == {
        ("8.5.5-s1", "sorted", "M1"),
        ("8.5.5-s1", "sorted", "M2"),
    }
    assert [each.requirement for each in first.consequences] == [f"8.5.5-{letter}" for letter in "abcde"]
    assert {result.id: result.verdict for result in assessment.requirements()}["8.5.5-c"] is Verdict.NOT_DESCRIBED


def test_the_consultancy_has_the_gaps_that_its_comments_announce_and_no_others() -> None:
    lines = [line for path in SOLO.glob("*.yaml") for line in path.read_text("utf-8").splitlines()]
    announced = [name for line in lines if (at := line.find("# gap: ")) >= 0 for name in line[at + 7 :].split()]
    gaps = assess_path(SOLO, None, date.fromisoformat(DAY)).gaps()
    assert sorted(announced) == sorted(f"{gap.first.requirement}/{gap.first.check}" for gap in gaps)


@pytest.mark.parametrize("day", [DAY, "2027-12-31"])
def test_the_shop_as_its_people_keep_it_gets_the_same_verdicts(day: str) -> None:
    own, ours = (
        assess_path(ROOT / "examples" / name, None, date.fromisoformat(day))
        for name in ("lathe-works-files", "lathe-works")
    )
    assert own.notices == ()
    assert [(each.id, each.verdict) for each in own.with_items()] == [
        (each.id, each.verdict) for each in ours.with_items()
    ]
    assert {finding.identity for finding in own.findings} == {finding.identity for finding in ours.findings}
    places = {(finding.register, finding.entry): str(finding.location) for finding in own.findings}
    if day != DAY:  # each finding stands where the people of the shop would mend it
        assert places["equipment", "E01"].endswith("registers/equipment.csv:2:1")
