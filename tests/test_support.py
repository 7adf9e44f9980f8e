"""What clause 7 must not demand, and what must not pass: starters, people from outside, what was retired or replaced."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from isocheck.cli.assessing import assess_path
from isocheck.terms import Verdict

from .conftest import DAY
from .making import failing

Write = Callable[..., Path]
ROLE = "roles: [{id: R, competences: [Turning]}]\npeople: [{id: P, roles: [R], joined: 2020-01-06}]\n"
GAUGE = "id: E, checks_conformity: true, traceability_required: true, interval: 12 months"
HERE = "people: [{id: P}]\nawareness: [{id: A, topics: [objectives], people: [P], date: 2026-01-12}]"
OLD = "{id: B, status: effective, origin: internal}"

CASES: list[tuple[str, str, str, bool]] = [
    # A competence counts once it was gained, however it is spelt.
    ("7.2-b/held", "spelt otherwise", f"{ROLE}competence: [{{id: K, person: P, competence: turning}}]", False),
    ("7.2-b/held", "of somebody else", f"{ROLE}competence: [{{id: K, person: Q, competence: Turning}}]", True),
    ("7.2-b/held", "an action that is open", f"{ROLE}competence: [{{id: K, person: P, competence: Turning, action: x}}]", True),
    ("7.2-b/held", "under supervision", f"{ROLE}competence: [{{id: K, person: P, competence: Turning, action: x, supervised: y}}]", False),
    ("7.2-b/held", "a course to come", f"{ROLE}competence: [{{id: K, person: P, competence: Turning, gained: {{date: 2026-09-01}}}}]", True),
    ("7.2-b/held", "an action that failed", f"{ROLE}competence: [{{id: K, person: P, competence: Turning, gained: {{date: 2026-01-09}}, effect: {{date: 2026-03-09, result: not effective}}}}]", True),
    ("7.2-b/held", "an action that failed, then another", f"{ROLE}competence: [{{id: K, person: P, competence: Turning, gained: {{date: 2025-01-09}}, effect: {{result: not effective}}}}, {{id: L, person: P, competence: Turning, gained: {{date: 2026-01-09}}}}]", False),
    ("7.2-b/held", "somebody who left", "roles: [{id: R, competences: [Turning]}]\npeople: [{id: P, roles: [R], left: 2026-05-01}]\ncompetence: [{id: K, person: P, competence: x}]", False),
    ("7.2-b/held", "somebody who has yet to start", "roles: [{id: R, competences: [Turning]}]\npeople: [{id: P, roles: [R], joined: 2026-09-01}]\ncompetence: [{id: K, person: P, competence: x}]", False),
    ("7.2-b/held", "somebody from an agency", "roles: [{id: R, competences: [Turning]}]\npeople: [{id: P, roles: [R], outside: true}]\ncompetence: [{id: K, person: P, competence: x}]", True),
    ("7.2-b/in-force", "expired", f"{ROLE}competence: [{{id: K, person: P, competence: Turning, expires: 2026-06-29}}]", True),
    ("7.2-b/in-force", "expired and renewed", f"{ROLE}competence: [{{id: K, person: P, competence: Turning, expires: 2026-06-29}}, {{id: L, person: P, competence: Turning, expires: 2029-06-29}}]", False),
    ("7.2-b/in-force", "expired and not needed", f"{ROLE}competence: [{{id: K, person: P, competence: Diving, expires: 2026-06-29}}]", False),
    ("7.2-b/auditors", "learnt after the audit", "people: [{id: P}]\naudits: [{id: A, kind: internal, performed: 2026-02-02, auditors: [P]}]\ncompetence: [{id: K, person: P, competence: x, auditing: true, gained: {date: 2026-03-02}}]", True),
    ("7.2-b/auditors", "expired since", "people: [{id: P}]\naudits: [{id: A, kind: internal, performed: 2026-02-02, auditors: [P]}]\ncompetence: [{id: K, person: P, competence: x, auditing: true, expires: 2026-03-02}]", False),
    ("7.2-b/auditors", "an audit to come", "people: [{id: P}]\naudits: [{id: A, kind: internal, planned: 2026-10-02, auditors: [P]}]\ncompetence: [{id: K, person: P, competence: x}]", False),
    # Education owes no judged effect; training that the organisation gave does, once there was time to judge.
    ("7.2-c/judged", "education", f"{ROLE}competence: [{{id: K, person: P, competence: Turning, gained: {{how: education, date: 2021-07-01}}}}]", False),
    ("7.2-c/judged", "training before joining", f"{ROLE}competence: [{{id: K, person: P, competence: Turning, gained: {{how: training, date: 2019-07-01}}}}]", False),
    ("7.2-c/judged", "training since joining", f"{ROLE}competence: [{{id: K, person: P, competence: Turning, gained: {{how: training, date: 2021-07-01}}}}]", True),
    ("7.2-c/judged", "training before the system began", f"organisation: {{system_started: 2022-01-10}}\n{ROLE}competence: [{{id: K, person: P, competence: Turning, gained: {{how: training, date: 2021-07-01}}}}]", False),
    ("7.2-c/judged", "training of last month", f"{ROLE}competence: [{{id: K, person: P, competence: Turning, gained: {{how: training, date: 2026-05-20}}}}]", False),
    ("7.2-d/evidence", "still learning", f"{ROLE}competence: [{{id: K, person: P, competence: Turning, action: x, supervised: y}}]", False),
    # Whoever works here is made aware; a newcomer soon, an auditor from outside not at all.
    ("7.3-a/policy", "never", HERE, True),
    ("7.3-a/policy", "newcomer", HERE.replace("id: P}", "id: P, joined: 2026-06-15}"), False),
    ("7.3-a/policy", "no longer new", HERE.replace("id: P}", "id: P, joined: 2026-05-15}"), True),
    ("7.3-a/policy", "auditor from outside", HERE.replace("id: P}", "id: P, outside: true}"), False),
    ("7.3-a/policy", "agency staff", f"{HERE.replace('id: P}', 'id: P, outside: true, works_in: [PR]}')}\nprocesses: [{{id: PR}}]", True),
    ("7.4-a/internal", "alone", "organisation: {alone: true}\ncommunication: [{id: C, direction: external}]", False),
    ("7.4-a/internal", "not alone", "communication: [{id: C, direction: external}]", True),
    # Gauges that decide nothing, are away or out of use owe no calibration.
    ("7.1.5.2-a/ever", "never calibrated", f"equipment: [{{{GAUGE}, status: in use}}]\ncalibrations: [{{id: C}}]", True),
    ("7.1.5.2-a/ever", "at the laboratory", f"equipment: [{{{GAUGE}, status: in calibration}}]\ncalibrations: [{{id: C}}]", False),
    ("7.1.5.2-a/ever", "retired", f"equipment: [{{{GAUGE}, status: retired}}]\ncalibrations: [{{id: C}}]", False),
    ("7.1.5.2-a/interval", "verified before use", "equipment: [{id: E, traceability_required: true, before_use: true}]", False),
    ("7.1.5.2-a/interval", "not verified before use", "equipment: [{id: E, traceability_required: true, before_use: false}]", True),
    ("7.1.5.2-a/undecided", "nothing depends on it", "equipment: [{id: E, checks_conformity: false}]", False),
    ("7.1.5.2-b/honest", "overdue and labelled so", f"equipment: [{{{GAUGE}, status: blocked}}]\ncalibrations: [{{id: C}}]", False),
    ("7.1.5.2-b/out", "found out, adjusted", f"equipment: [{{{GAUGE}, status: in use}}]\ncalibrations: [{{id: C, equipment: E, performed: 2026-02-02, as_found: out, as_left: in}}]", False),
    ("7.1.5.2-b/out", "found out, left so", f"equipment: [{{{GAUGE}, status: in use}}]\ncalibrations: [{{id: C, equipment: E, performed: 2026-02-02, as_found: out}}]", True),
    ("7.1.5.2-b/out", "left out, calibrated again", f"equipment: [{{{GAUGE}, status: in use}}]\ncalibrations: [{{id: C, equipment: E, performed: 2026-02-02, as_left: out}}, {{id: D, equipment: E, performed: 2026-03-02, as_left: in}}]", False),
    ("7.1.5.1-s2/evidence", "a certificate with the calibration", f"equipment: [{{{GAUGE}}}]\ncalibrations: [{{id: C, equipment: E, performed: 2026-02-02, certificate: N1}}]", False),
    ("7.1.5.1-s2/evidence", "a calibration without one", f"equipment: [{{{GAUGE}}}]\ncalibrations: [{{id: C, equipment: E, performed: 2026-02-02}}]", True),
    # Knowledge that left with its holder is not kept.
    ("7.1.6-s2/kept", "holder is here", "people: [{id: P}]\nknowledge: [{id: N, held_by: [people/P]}]", False),
    ("7.1.6-s2/kept", "holder has left", "people: [{id: P, left: 2026-05-01}]\nknowledge: [{id: N, held_by: [people/P]}]", True),
    ("7.1.6-s2/kept", "a role that nobody holds", "roles: [{id: R}]\nknowledge: [{id: N, held_by: [roles/R]}]", True),
    # What was replaced gives way on the day on which its successor takes effect.
    ("7.5.3.1-a/one-version", "successor in force", f"documents: [{OLD}, {{id: A, status: effective, supersedes: [B]}}]", True),
    ("7.5.3.1-a/one-version", "successor from next month", f"documents: [{OLD}, {{id: A, status: approved, effective: 2026-07-13, supersedes: [B]}}]", False),
    ("7.5.3.1-a/one-version", "successor is a draft", f"documents: [{OLD}, {{id: A, status: draft, supersedes: [B]}}]", False),
    ("7.5.2-c/approved", "draft", "documents: [{id: A, status: draft}]", False),
    ("7.5.2-c/approved", "paper of others", "documents: [{id: A, status: effective, origin: external}]", False),
    # A document is named by its clause, or by the scope or the policy that it holds.
    ("7.5.1-a/asked", "nobody names it", "scope: {statement: x}\ndocuments: [{id: A, status: effective}]", True),
    ("7.5.1-b/own", "those that the standard names", "documents: [{id: A, status: effective, clauses: [5.2.2]}]", True),
    ("7.5.1-b/own", "another", "documents: [{id: A, status: effective}]", False),
]  # fmt: skip


@pytest.mark.parametrize(
    ("check", "text", "fails"),
    [(check, text, fails) for check, _, text, fails in CASES],
    ids=[f"{check} {about}" for check, about, _, _ in CASES],
)
def test_what_is_demanded(write: Write, check: str, text: str, fails: bool) -> None:
    assessment = assess_path(write(isocheck="standard: iso9001-2015", a=text), None, date.fromisoformat(DAY))
    assert (check in failing(assessment)) is fails


@pytest.mark.parametrize(
    ("register", "missing"),
    [("scope: {document: A}", {"5.2.2-a", "6.2.1-s2"}), ("policy: {document: A}", {"4.3-s3", "6.2.1-s2"})],
)
def test_scope_and_policy_name_their_document_themselves(write: Write, register: str, missing: set[str]) -> None:
    text = f"{register}\ndocuments: [{{id: A, status: effective}}]"
    root = write(isocheck="standard: iso9001-2015", a=text)
    findings = assess_path(root, None, date.fromisoformat(DAY)).findings
    assert {finding.item for finding in findings if finding.check == "asked"} == missing


def test_gauges_whose_readings_need_not_be_traceable_earn_no_tick(write: Write) -> None:
    text = "equipment: [{id: E, checks_conformity: true, traceability_required: false, status: in use}]"
    assessment = assess_path(write(isocheck="standard: iso9001-2015", a=text), None, date.fromisoformat(DAY))
    results = [result for result in assessment.requirements() if result.clause == "7.1.5.2"]
    assert {result.verdict for result in results} == {Verdict.UNASSESSED}
