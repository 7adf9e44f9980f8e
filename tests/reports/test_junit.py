from __future__ import annotations

from collections import Counter
from dataclasses import replace
from xml.etree import ElementTree as Xml

import pytest

from isocheck.assessment.gate import Gate
from isocheck.assessment.results import Assessment, Finding, Judgement, RequirementResult
from isocheck.reports.junit import render
from isocheck.terms import Grade, Verdict

from .agreement import agrees
from .fabricated import AS_OF, JUSTIFIED, NO_AUDIT, OWN_WORK
from .gates import GATE, waive


def cases(assessment: Assessment, gate: Gate | None = None) -> dict[str, Xml.Element]:
    """Test cases by the label of their requirement."""
    found = Xml.fromstring(render(assessment, gate)).iter("testcase")
    labels = [requirement.label for requirement in assessment.requirements()]
    named = dict(zip(labels, found, strict=True))
    assert all(case.attrib["name"].startswith(f"{label} ") for label, case in named.items())
    return named


def outcome(case: Xml.Element) -> str:
    """'passed', 'failure' or 'skipped', with the verdict."""
    inner = next(iter(case), None)
    return "passed" if inner is None else f"{inner.tag} {inner.attrib['type']}"


def test_the_suites_are_as_they_were(fabricated: Assessment) -> None:
    agrees("report.xml", render(fabricated, GATE))


def test_an_empty_assessment_has_no_suite(empty: Assessment) -> None:
    assert list(Xml.fromstring(render(empty))) == []


def test_each_verdict_has_its_outcome(fabricated: Assessment) -> None:
    expected = {
        Verdict.CONFORMING: "passed",
        Verdict.DESCRIBED: "passed",
        Verdict.MINOR: "failure minor",
        Verdict.MAJOR: "failure major",
        Verdict.NOT_DESCRIBED: "failure not-described",
        Verdict.NOT_YET: "skipped not-yet",
        Verdict.UNASSESSED: "skipped unassessed",
        Verdict.NOT_APPLICABLE: "skipped not-applicable",
    }
    verdicts = {requirement.label: requirement.verdict for requirement in fabricated.requirements()}
    assert set(verdicts.values()) == set(Verdict)
    assert {name: outcome(case) for name, case in cases(fabricated).items()} == {
        name: expected[verdict] for name, verdict in verdicts.items()
    }


def test_counts_are_those_of_the_cases(fabricated: Assessment) -> None:
    root = Xml.fromstring(render(fabricated, GATE))
    whole: Counter[str] = Counter()
    for suite in root:
        tally = Counter(outcome(case).partition(" ")[0] for case in suite.iter("testcase"))
        counted = {"tests": tally.total(), "failures": tally["failure"], "skipped": tally["skipped"], "errors": 0}
        assert {key: int(suite.attrib[key]) for key in counted} == counted
        whole.update(counted)
    assert {key: int(root.attrib[key]) for key in ("tests", "failures", "errors")} == {
        key: whole[key] for key in ("tests", "failures", "errors")
    }


def test_a_failure_names_all_findings_with_their_places(fabricated: Assessment) -> None:
    named = cases(fabricated)
    (failure,) = named["9.2.2 c)"]
    assert "\naudits.yaml:34: potential minor: audits/A2, auditors 1: " in (failure.text or "")
    (failure,) = named["9.3.2 c)"]  # the gap of a sub-item rolls up
    assert "\nmanagement_reviews.yaml:4: potential minor: " in (failure.text or "")
    (failure,) = named["9.2.2 b)"]  # falls with another, and says where that is
    assert "\naudits.yaml:31: falls with 9.2.2 a): audits/A2: " in (failure.text or "")
    (failure,) = named["4.3 (1)"]
    assert "\nJudged major by Joy Okafor on 2026-10-30: " in (failure.text or "")
    assert "file" not in named["9.2.2 c)"].attrib


def test_opportunities_are_no_failures(fabricated: Assessment) -> None:
    assert outcome(cases(fabricated)["9.3.2 f)"]) == "passed"


@pytest.mark.parametrize(
    ("gate", "expected"),
    [
        (Gate(), "failure minor"),
        (Gate(waived=waive(OWN_WORK)), "skipped minor"),
        (Gate(baseline="b", known=frozenset({OWN_WORK.identity})), "skipped minor"),
        (Gate(waived=waive(NO_AUDIT)), "failure minor"),
    ],
)
def test_a_requirement_is_skipped_where_nothing_counts(fabricated: Assessment, gate: Gate, expected: str) -> None:
    assert outcome(cases(fabricated, gate)["9.2.2 c)"]) == expected


def test_an_opportunity_beside_a_waived_gap_fails_nothing(fabricated: Assessment) -> None:
    beside = replace(OWN_WORK, entry="A9", grade=Grade.OPPORTUNITY)
    both = with_findings(fabricated, "9.2.2-c", (OWN_WORK, beside))
    assert outcome(cases(both, Gate(waived=waive(OWN_WORK)))["9.2.2 c)"]) == "skipped minor"


def test_one_of_two_findings_waived_is_not_enough(fabricated: Assessment) -> None:
    second = replace(OWN_WORK, entry="A9")
    both = with_findings(fabricated, "9.2.2-c", (OWN_WORK, second))
    (failure,) = cases(both, Gate(waived=waive(OWN_WORK)))["9.2.2 c)"]
    assert failure.tag == "failure"
    assert "[waived: Two people; see D7 (approved by Åsa Lindqvist, until 2027-03-31)]" in (failure.text or "")
    (skipped,) = cases(both, Gate(waived=waive(OWN_WORK, second)))["9.2.2 c)"]
    assert skipped.attrib["message"] == (
        "Minor, but waived: Two people; see D7 (approved by Åsa Lindqvist, until 2027-03-31)"
    )


def test_what_falls_with_a_waived_finding_is_skipped_with_it(fabricated: Assessment) -> None:
    named = cases(fabricated, Gate(waived=waive(NO_AUDIT)))
    assert [outcome(named[name]) for name in ("9.2.2 a)", "9.2.2 b)")] == ["skipped major", "skipped not-described"]
    assert outcome(named["9.3.2 c)"]) == "failure minor"  # falls with it too, and has a gap of its own


def test_no_waiver_excuses_what_a_person_found(fabricated: Assessment) -> None:
    assert outcome(cases(fabricated, Gate(waived=waive(JUSTIFIED)))["4.3 (1)"]) == "failure major"
    found = Judgement(Verdict.MINOR, "seen", "Joy", AS_OF)
    both = with_findings(fabricated, "9.2.2-c", (OWN_WORK,), found)
    assert outcome(cases(both, Gate(waived=waive(OWN_WORK)))["9.2.2 c)"]) == "failure minor"


def test_the_only_day_is_that_of_the_assessment(fabricated: Assessment) -> None:
    root = Xml.fromstring(render(fabricated))
    assert {each.attrib["value"] for each in root.iter("property")} == {"2026-10-30"}
    timed = [each for each in root.iter() if each.tag in ("testsuites", "testsuite", "testcase")]
    assert {each.attrib["time"] for each in timed} == {"0"}
    assert not [each for each in root.iter() if "timestamp" in each.attrib]


def with_findings(
    assessment: Assessment, id_: str, findings: tuple[Finding, ...], judgement: Judgement | None = None
) -> Assessment:
    """Give a requirement other findings."""

    def other(each: RequirementResult) -> RequirementResult:
        return replace(each, findings=findings, judgement=judgement) if each.id == id_ else each

    sections = tuple(
        replace(
            section,
            clauses=tuple(replace(c, requirements=tuple(map(other, c.requirements))) for c in section.clauses),
        )
        for section in assessment.sections
    )
    return replace(assessment, sections=sections)
