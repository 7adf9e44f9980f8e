"""What clauses 4 to 6 must not demand, and what must not pass: beginnings, endings, one-person companies, links."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from isocheck.cli.assessing import assess_path
from isocheck.terms import Grade

from .conftest import DAY
from .making import failing

Write = Callable[..., Path]
PROCESS = "indicators: [{name: Late orders, target: 5, better: lower, results: [{date: 2025-03-31, value: 7}, {date: 2026-03-31, value: 8}]}]"
DUTY = "roles: [{id: R, covers: [5.3-a], communicated: [{to: P, date: 2026-01-10}]}]"

CASES: list[tuple[str, str, str, bool]] = [
    # A young process, or a young system, owes no value and no evaluation yet.
    ("4.4.1-c/results", "young process", "processes: [{id: A, started: 2025-07-01, indicators: [{name: x}]}]", False),
    ("4.4.1-c/results", "old process", "processes: [{id: A, started: 2025-06-29, indicators: [{name: x}]}]", True),
    ("4.4.1-c/results", "nobody knows since when", "processes: [{id: A, indicators: [{name: x}]}]", True),
    ("4.4.1-c/results", "young system", "organisation: {system_started: 2026-01-05}\nprocesses: [{id: A, indicators: [{name: x}]}]", False),
    ("4.4.1-c/results", "its own frequency", "processes: [{id: A, started: 2026-01-01, indicators: [{name: x, frequency: monthly}]}]", True),
    ("4.4.1-g/judged", "young process", "processes: [{id: A, started: 2025-07-01}]", False),
    ("4.4.1-g/judged", "old process", "processes: [{id: A, started: 2025-06-29}]", True),
    ("6.2.1-e/measured", "objective just set", "objectives: [{id: O, set_on: 2026-06-01, frequency: quarterly}]", False),
    ("6.2.1-e/measured", "objective never measured", "objectives: [{id: O, set_on: 2026-03-01, frequency: quarterly}]", True),
    ("6.2.1-e/measured", "objective of this year without a frequency", "objectives: [{id: O, set_on: 2025-07-01}]", False),
    ("6.2.1-e/measured", "objective never measured in a year", "objectives: [{id: O, set_on: 2025-06-29}]", True),
    # A missed target is answered by what was decided after it, and there is time for that.
    ("4.4.1-g/missed", "answered before it was missed", f"processes: [{{id: A, {PROCESS}, evaluated: [{{date: 2025-03-30, result: x, changes: y}}]}}]", True),
    ("4.4.1-g/missed", "answered afterwards", f"processes: [{{id: A, {PROCESS}, evaluated: [{{date: 2025-04-10, result: x, changes: y}}]}}]", False),
    ("4.4.1-g/missed", "answered by an improvement", f"processes: [{{id: A, {PROCESS}}}]\nimprovements: [{{id: I, what: x, arises_from: [processes/A], decided: 2025-05-01}}]", False),
    ("4.4.1-g/missed", "missed lately", "processes: [{id: A, indicators: [{name: x, target: 5, better: lower, results: [{date: 2025-12-31, value: 4}, {date: 2026-06-15, value: 8}]}]}]", False),
    # What was concluded, closed or has left owes and gives nothing.
    ("6.2.2-a/what", "concluded objective", "objectives: [{id: O, concluded: {date: 2026-01-20}}]", False),
    ("6.2.2-a/what", "objective to be concluded", "objectives: [{id: O, concluded: {date: 2026-07-20}}]", True),
    ("6.1.2-a/decided", "closed risk", "risks: [{id: K, closed: 2026-01-20}]", False),
    ("6.1.2-a/decided", "risk that stands", "risks: [{id: K}]", True),
    ("6.1.1-c/risks", "all risks closed", "risks: [{id: K, kind: risk, closed: 2026-01-20}]", True),
    ("5.3-a/held", "somebody here", f"{DUTY}\npeople: [{{id: P, roles: [R]}}]", False),
    ("5.3-a/held", "somebody who left", f"{DUTY}\npeople: [{{id: P, roles: [R], left: 2026-05-01}}]", True),
    ("5.3-a/held", "somebody who has yet to start", f"{DUTY}\npeople: [{{id: P, roles: [R], joined: 2026-09-01}}]", True),
    ("5.3-a/held", "the clause as a whole", "roles: [{id: R, covers: ['5.3']}]\npeople: [{id: P, roles: [R]}]", False),
    ("4.4.1-e/held", "nobody described", "processes: [{id: A, owner: roles/R}]\nroles: [{id: R}]", False),
    ("4.4.1-e/held", "owner has left", "processes: [{id: A, owner: people/P}]\npeople: [{id: P, left: 2026-05-01}]", True),
    # One person alone need not be told.
    ("5.3-s1/told", "alone", "organisation: {alone: true}\nroles: [{id: R}]", False),
    ("5.3-s1/told", "not alone", "roles: [{id: R}]", True),
    ("5.2.2-b/told", "alone", "organisation: {alone: true}\npolicy: {statement: x}", False),
    ("6.2.1-f/told", "alone", "organisation: {alone: true}\nobjectives: [{id: O}]", False),
    # Who approved the policy, where that can be told.
    ("5.2.1-a/top", "another", "organisation: {top_management: [P]}\npolicy: {approved_by: people/Q}\npeople: [{id: P}, {id: Q}]", True),
    ("5.2.1-a/top", "a role of theirs", "organisation: {top_management: [P]}\npolicy: {approved_by: roles/R}\nroles: [{id: R}]\npeople: [{id: P, roles: [R]}]", False),
    ("5.2.1-a/top", "somebody who left since", "organisation: {top_management: [P]}\npolicy: {approved_by: people/Q}\npeople: [{id: P}, {id: Q, left: 2026-01-31}]", False),
    ("5.2.1-a/top", "the document says", "organisation: {top_management: [P]}\npolicy: {document: D}\ndocuments: [{id: D, approved_by: people/P}]\npeople: [{id: P}]", False),
    # Exclusions against what processes say of themselves: by path, not by prefix.
    ("4.3-s2/contradicted", "a part of it", "scope: {exclusions: [{clause: '8.3'}]}\nprocesses: [{id: A, clauses: [8.3.4]}]", True),
    ("4.3-s2/contradicted", "the section as a whole", "scope: {exclusions: [{clause: '8.3'}]}\nprocesses: [{id: A, clauses: ['8']}]", False),
    ("4.3-s2/contradicted", "another clause", "scope: {exclusions: [{clause: 8.5.1-f}]}\nprocesses: [{id: A, clauses: [8.5.1-a]}]", False),
    # A risk is tied to a process from either side.
    ("4.4.1-f/tied", "by the process", "risks: [{id: K, actions: [{what: x}]}]\nprocesses: [{id: A, risks: [K]}]", False),
    ("4.4.1-f/tied", "by the action", "risks: [{id: K, actions: [{what: x, process: A}]}]\nprocesses: [{id: A}]", False),
    ("4.4.1-f/tied", "not at all", "risks: [{id: K, actions: [{what: x}]}]\nprocesses: [{id: A}]", True),
    ("6.1.2-b1/built-in", "by the process", "risks: [{id: K, actions: [{what: x}]}]\nprocesses: [{id: A, risks: [K]}]", False),
    # Scope and policy rest on something.
    ("4.3-a/weighed", "nothing was weighed", "scope: {statement: x}", True),
    ("4.3-b/found", "parties without needs", "scope: {considers: [parties]}\ninterested_parties: [{id: C, name: x, relevant: true}]", True),
    ("5.2.1-b/frame", "objectives that follow from it", "policy: {statement: x}\nobjectives: [{id: O, policy_link: x}]", False),
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
    ("settings", "done", "grade"),
    [
        ("", "2026-01-05", None),
        ("", "2025-12-29", Grade.OPPORTUNITY),
        ("intervals: {effect_review: 3 months}", "2026-01-05", Grade.MINOR),
        ("", "2024-12-29", Grade.MINOR),
    ],
)
def test_the_effect_of_an_action_is_judged_in_time(write: Write, settings: str, done: str, grade: Grade | None) -> None:
    text = f"risks: [{{id: K, kind: risk, description: x, actions: [{{what: y, done: {done}}}]}}]"
    assessment = assess_path(
        write(isocheck=f"standard: iso9001-2015\n{settings}", a=text), None, date.fromisoformat(DAY)
    )
    found = [finding.grade for finding in assessment.findings if finding.requirement == "6.1.2-b2"]
    assert found == ([grade] if grade else [])
