"""One root is one gap; what is declared, planned, excluded or outside the engagement is told apart from a gap."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from isocheck.standard.model import Pack
from isocheck.terms import Grade, Verdict
from tests.making import assessed, clause, requirement, small_pack

Write = Callable[..., Path]

RECENT = {"name": "recent", "kind": "exists", "of": "audits", "where": {"kind": "internal"}, "date": "performed", "within": "internal_audit", "planned": "planned"}  # fmt: skip
REPORT = {"name": "report", "kind": "fills", "of": "audits", "fields": ["report"]}
NAMED = {"name": "named", "kind": "fills", "of": "audits", "fields": ["processes"]}
COVERED = {"name": "covered", "kind": "covers", "each": "processes", "by": "audits", "match": {"id": "processes"}, "date": "performed", "within": "internal_audit", "follows": "9.2-a/recent"}  # fmt: skip
CARED = {"name": "cared", "kind": "fills", "of": "property", "fields": ["protected"]}
HEAD: dict[str, Any] = {
    "intervals": {"internal_audit": {"default": "12 months", "past": "18 months", "what": "audits"}},
    "roots": {"audits": {"at": "9.2-a", "because": "no audit is described"}},
    "occasions": ["property"],
    "integrity": {"default": "9.3-a"},
}


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    return small_pack(
        tmp_path,
        clause("9.2", requirement("9.2-a", RECENT), requirement("9.2-b", REPORT), requirement("9.2-c", COVERED)),
        clause("9.4", requirement("9.4-a", NAMED)),
        clause(
            "9.3",
            requirement("9.3-a", CARED, excludable="where nothing of theirs is here", contradicted_by=["property"]),
            requirement("9.3-b"),
        ),
        **HEAD,
    )


def verdicts(write: Write, pack: Pack, text: str, settings: str = "", **options: Any) -> dict[str, Verdict]:
    result = assessed(write(isocheck=settings, a=text), pack, **options)
    return {requirement.id: requirement.verdict for requirement in result.requirements()}


def test_an_empty_register_is_one_gap_with_its_consequences(write: Write, pack: Pack) -> None:
    result = assessed(write(isocheck="", a="processes: [{id: P}]\n"), pack)
    root = next(finding for finding in result.findings if finding.register == "audits")
    assert (root.requirement, root.kind) == ("9.2-a", "absent")
    assert {consequence.requirement for consequence in root.consequences} == {"9.2-b", "9.2-c", "9.4-a"}
    assert not [finding for finding in result.findings if finding.requirement in ("9.2-b", "9.2-c")]
    assert {req.id: req.verdict for req in result.requirements() if req.id.startswith("9.2")} == {
        "9.2-a": Verdict.NOT_DESCRIBED,
        "9.2-b": Verdict.NOT_DESCRIBED,
        "9.2-c": Verdict.NOT_DESCRIBED,
    }


def test_a_failure_follows_a_leader_that_found_nothing(write: Write, pack: Pack) -> None:
    text = "processes: [{id: P}, {id: Q}]\naudits: [{id: A, kind: customer, performed: 2026-01-01, report: R, processes: [P]}]\nrecords: [{id: R}]\n"
    result = assessed(write(isocheck="", a=text), pack)
    by_requirement = {finding.requirement: finding for finding in result.findings if finding.register != "property"}
    assert set(by_requirement) == {"9.2-a"}
    assert [item.requirement for item in by_requirement["9.2-a"].consequences] == ["9.2-c"]


def test_too_old_swallows_nothing(write: Write, pack: Pack) -> None:
    text = "processes: [{id: P}]\naudits: [{id: A, kind: internal, performed: 2024-01-01, report: R}]\nrecords: [{id: R}]\n"
    found = {finding.requirement for finding in assessed(write(isocheck="", a=text), pack).findings}
    assert {"9.2-a", "9.2-c"} <= found


@pytest.mark.parametrize(
    ("day", "verdict"),
    [
        ("2026-06-30", Verdict.NOT_YET),
        ("2026-12-31", Verdict.NOT_YET),
        ("2025-12-31", Verdict.NOT_DESCRIBED),
        ("2027-01-01", Verdict.NOT_DESCRIBED),
    ],
)
def test_a_declared_occasion_counts_in_its_period(write: Write, pack: Pack, day: str, verdict: Verdict) -> None:
    settings = "occasions: [{register: property, starts: 2026-01-01, ends: 2026-12-31, reason: none held}]\n"
    root = write(isocheck=settings)
    result = assessed(root, pack, day)
    assert {req.id: req.verdict for req in result.requirements()}["9.3-a"] is verdict
    assert ("property" in {finding.register for finding in result.findings}) is (verdict is Verdict.NOT_DESCRIBED)


def test_what_is_there_beats_a_declaration_that_there_was_none(write: Write, pack: Pack) -> None:
    settings = "occasions: [{register: property, starts: 2026-01-01, ends: 2026-12-31, reason: none held}]\n"
    assert verdicts(write, pack, "property: [{id: X}]\n", settings)["9.3-a"] is Verdict.MINOR


@pytest.mark.parametrize(
    ("started", "planned", "verdict"),
    [
        ("2026-03-01", "2026-09-01", Verdict.NOT_YET),
        ("2026-03-01", "2026-05-01", Verdict.MINOR),
        ("2020-03-01", "2026-09-01", Verdict.MINOR),
    ],
)
def test_a_first_one_may_lie_ahead(write: Write, pack: Pack, started: str, planned: str, verdict: Verdict) -> None:
    text = f"organisation: {{system_started: {started}}}\naudits: [{{id: A, kind: internal, planned: {planned}}}]\n"
    assert verdicts(write, pack, text)["9.2-a"] is verdict


@pytest.mark.parametrize(
    ("exclusion", "more", "verdict"),
    [
        ("{clause: 9.3-a, justification: Nothing here}", "", Verdict.NOT_APPLICABLE),
        ("{clause: 9.3-a}", "", Verdict.NOT_DESCRIBED),
        ("{clause: 9.3-a, justification: TBD}", "", Verdict.NOT_DESCRIBED),
        ("{clause: 9.3-a, justification: Nothing here}", "property: [{id: X, protected: yes}]\n", Verdict.DESCRIBED),
        ("{clause: '9.3', justification: Nothing here}", "", Verdict.NOT_DESCRIBED),
    ],
)
def test_only_a_plausible_exclusion_stands(
    write: Write, pack: Pack, exclusion: str, more: str, verdict: Verdict
) -> None:
    assert verdicts(write, pack, f"scope: {{exclusions: [{exclusion}]}}\n{more}")["9.3-a"] is verdict


def test_a_clause_outside_the_engagement_is_unassessed(write: Write, pack: Pack) -> None:
    found = verdicts(write, pack, "audits: [{id: A}]\n", "engagement: {clauses: [9.2-b]}\n")
    assert found["9.2-a"] is found["9.3-a"] is Verdict.UNASSESSED
    assert found["9.2-b"] is Verdict.MINOR


@pytest.mark.parametrize(
    ("engagement", "gaps"),
    [
        ("", {"A", "B", "C"}),
        ("engagement: {sites: [North]}\n", {"A", "C"}),
        ("engagement: {processes: [P1]}\n", {"A", "C"}),
    ],
)
def test_entries_outside_the_engagement_are_not_looked_at(
    write: Write, pack: Pack, engagement: str, gaps: set[str]
) -> None:
    text = (
        "processes: [{id: P1}, {id: P2}]\naudits:\n  - {id: A, site: north, processes: [P1]}\n"
        "  - {id: B, site: South, processes: [P2]}\n  - {id: C}\n"
    )
    result = assessed(write(isocheck=engagement, a=text), pack)
    assert {finding.entry for finding in result.findings if finding.check == "report"} == gaps


def test_a_reference_that_leads_nowhere_is_a_finding_and_no_evidence(write: Write, pack: Pack) -> None:
    text = "audits: [{id: A, kind: internal, performed: 2026-01-01, processes: [P9]}]\n"
    result = assessed(write(isocheck="", a=text), pack)
    dangling = next(finding for finding in result.findings if finding.kind == "integrity")
    assert (dangling.requirement, dangling.entry, dangling.grade) == ("9.3-a", "A", Grade.MINOR)
    assert {consequence.requirement for consequence in dangling.consequences} == {"9.4-a"}


def test_a_selection_looks_at_nothing_else(write: Write, pack: Pack) -> None:
    assert set(verdicts(write, pack, "", selection=("9.2-b", "9.3"))) == {"9.2-b", "9.3-a", "9.3-b"}


def test_an_identity_is_given_once(write: Write, pack: Pack) -> None:
    rows = "".join(f"  - {{id: A{at}, kind: internal, report: R9, processes: [X]}}\n" for at in range(4))
    findings = assessed(write(isocheck="", a=f"audits:\n{rows}"), pack).findings
    assert len({finding.identity for finding in findings}) == len(findings)
