"""What an auditor would not write a finding about in clauses 9 and 10, and what would be one in its place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from isocheck.cli.assessing import assess_path
from isocheck.terms import Verdict, names

from .conftest import DAY

Write = Callable[..., Path]

PEOPLE = """
organisation: {top_management: [P1], system_started: 2026-01-05}
people:
  - {id: P1, roles: [R1], works_in: [PR1]}
  - {id: P2, works_in: [PR2]}
  - {id: X1, name: Ann Ode, outside: true}
roles: [{id: R1}]
processes: [{id: PR1, started: 2019-01-01}, {id: PR2, started: 2019-01-01}]
"""


def audit(fields: str, more: str = "") -> str:
    return (
        f"{PEOPLE}\naudits:\n  - {{id: A1, kind: internal, criteria: x, scope: x, own_requirements: true, "
        f"implementation: true, report: R1, reported: [{{to: P1}}], {fields}}}\n{more}\nrecords: [{{id: R1}}]\n"
    )


def review(held: str, fields: str, topics: str = "a b c1 c2 c3 c4 c5 c6 c7 d e f") -> str:
    inputs = ", ".join(f"{{topic: {topic}, summary: x}}" for topic in topics.split())
    return f"  - {{id: M{held[:7]}, held: {held}, attendees: [P1], conclusion: x, minutes: R1, inputs: [{inputs}], {fields}}}"


DECIDED = "outputs: [{id: D1, kind: a, action: x, done: 2025-02-01}, {id: D2, kind: b, action: None needed}, {id: D3, kind: c, action: x, done: 2025-02-01}]"  # fmt: skip


def reviews(*rows: str) -> str:
    return PEOPLE + "records: [{id: R1}]\nmanagement_reviews:\n" + "\n".join(rows)


def case(fields: str, more: str = "") -> str:
    return f"nonconformities:\n  - {{id: N1, description: x, correction: {{what: x}}, consequences: none, {fields}}}\n{more}"


LEARNT = "action_needed: true, cause: x, similar_result: x, proportion: x, risks_change: none needed, qms_change: none needed"

CASES: list[tuple[str, str, str, set[str]]] = [
    # 9.1: figures and customers
    ("a figure that is taken since last month", "monitoring: [{id: M, what: x, method: x, when_measured: x, when_evaluated: 6 months, started: 2026-05-20}]", "9.1.1-s1", set()),
    ("a figure of a system that began last month", "organisation: {system_started: 2026-06-01}\nmonitoring: [{id: M, when_evaluated: 6 months}]", "9.1.1-s1", set()),
    ("a figure that nobody judged for years", "monitoring: [{id: M, when_evaluated: 6 months, started: 2019-05-20}]", "9.1.1-s1", {"evaluated"}),
    ("complaints alone", "feedback: [{id: F, kind: complaint, date: 2026-05-01, result: x, method: x}]", "9.1.2-s1", {"recent"}),
    ("claims are heard, nobody is asked", "feedback: [{id: F, kind: claim, date: 2026-05-01, result: x, method: x}]", "9.1.2-s1", {"asked"}),
    ("feedback of no kind shows nothing", "feedback: [{id: F, date: 2026-05-01, result: x}]", "9.1.2-s1", {"recent"}),
    # 9.2: audits
    ("an audit planned for today", audit("planned: 2026-06-30, processes: [PR1, PR2]"), "9.2.1", set()),
    ("the first audit was missed", audit("planned: 2026-06-29, processes: [PR1, PR2]"), "9.2.1-s1", {"recent", "overdue"}),
    ("not every clause in the first cycle", audit("performed: 2026-05-04, auditors: [X1], processes: [PR1, PR2], clauses: ['8.5']"), "9.2.1", set()),
    ("a process above stands for those below", audit("performed: 2026-05-04, auditors: [X1], processes: [PR1, PR2]").replace("{id: PR2, started: 2019-01-01}", "{id: PR2, started: 2019-01-01}, {id: PR3, parent: PR2}, {id: PR4, parent: PR3}"), "9.2.2-a", {"absent"}),
    ("a process below does not stand for its neighbour", audit("performed: 2026-05-04, auditors: [X1], processes: [PR1, PR3]").replace("{id: PR2, started: 2019-01-01}", "{id: PR2}, {id: PR3, parent: PR2}, {id: PR4, parent: PR2, started: 2019-01-01}"), "9.2.2-a", {"absent", "every-process"}),
    ("a process without a day of its own begins with the system", audit("performed: 2026-05-04, auditors: [X1], processes: [PR1]").replace("{id: PR2, started: 2019-01-01}", "{id: PR2}"), "9.2.2-a", {"absent", "in-programme"}),
    ("the first programme has no earlier results to weigh", audit("performed: 2026-05-04, auditors: [X1], processes: [PR1, PR2]", "audit_programme: [{id: P, starts: 2026-01-01, frequency: x, methods: x, responsibilities: x, planning: x, reporting: x, considers: [importance, changes]}]"), "9.2.2-a", set()),
    ("a programme that says nothing on what it weighs", audit("performed: 2026-05-04, auditors: [X1], processes: [PR1, PR2]", "audit_programme: [{id: P, starts: 2026-01-01, frequency: x, methods: x, responsibilities: x, planning: x, reporting: x}]"), "9.2.2-a", {"considers"}),
    ("somebody from outside", audit("performed: 2026-05-04, auditors: [X1], processes: [PR1, PR2]"), "9.2.2-c", set()),
    ("somebody from another process", audit("performed: 2026-05-04, auditors: [P2], processes: [PR1]"), "9.2.2-c", set()),
    ("two who audit each other's process", audit("performed: 2026-05-04, auditors: [P1, P2], processes: [PR1, PR2]"), "9.2.2-c", {"team"}),
    ("two who both work in the process", audit("performed: 2026-05-04, auditors: [P1, P2], processes: [PR1]").replace("id: P2, works_in: [PR2]", "id: P2, works_in: [PR1, PR2]"), "9.2.2-c", {"impartial"}),
    ("somebody of whom nothing is known", audit("performed: 2026-05-04, auditors: [P2], processes: [PR1]").replace("{id: P2, works_in: [PR2]}", "{id: P2}"), "9.2.2-c", {"known"}),
    ("the only one there is", audit("performed: 2026-05-04, auditors: [P1], processes: [PR1]").replace("organisation: {", "organisation: {alone: true, "), "9.2.2-c", {"outsider"}),
    ("somebody from outside for the only one there is", audit("performed: 2026-05-04, auditors: [X1], processes: [PR1]").replace("organisation: {", "organisation: {alone: true, "), "9.2.2-c", set()),
    ("a consultant who wrote what he audits", audit("performed: 2026-05-04, auditors: [X1], processes: [PR1]", "documents: [{id: D, author: ann ode, status: effective, processes: [PR1]}]"), "9.2.2-c", {"author"}),
    ("a finding that was answered and is not yet closed", audit("performed: 2026-03-04, auditors: [X1], processes: [PR1, PR2], findings: [{grade: minor, statement: x, nonconformity: N1, response_due: 2026-04-04}]", case("kind: audit, detected: 2026-03-04, reviewed: {date: 2026-03-20}")), "9.2.2-e", set()),
    # 9.3: reviews
    ("one review a year", reviews(review("2026-01-20", DECIDED)), "9.3", set()),
    ("topics shared between the reviews of a period", reviews(review("2025-07-20", "period: '2025'", "b c1 c2 c3 c4 c5"), review("2026-01-20", f"period: '2025', {DECIDED}", "a c6 c7 d e f")), "9.3", set()),
    ("a period that is still running", reviews(review("2026-01-20", f"period: '2025', {DECIDED}"), review("2026-04-20", "period: '2026', ends: 2026-12-31", "c5")), "9.3", set()),
    ("a period that is over", reviews(review("2026-01-20", f"period: '2025', {DECIDED}"), review("2026-04-20", f"period: '2026', ends: 2026-05-31, {DECIDED}", "a b c1 c2 c3 c4 c5 c6 c7 d e")), "9.3", {"treated"}),
    ("the first review has nothing earlier to take up", reviews(review("2026-01-20", DECIDED, "b c1 c2 c3 c4 c5 c6 c7 d e f")), "9.3", set()),
    ("the chair alone is of top management", reviews(review("2026-01-20", f"chaired_by: P1, {DECIDED}").replace("attendees: [P1]", "attendees: [P2]")), "9.3", set()),
    # 10: nonconformities
    ("found the day before yesterday", case("kind: system, detected: 2026-06-28"), "10.2", set()),
    ("found the day before yesterday, action begun", case("kind: system, detected: 2026-06-28, action_needed: true"), "10.2", set()),
    ("found two months ago and not weighed", case("kind: system, detected: 2026-04-28"), "10.2", {"need", "reviewed"}),
    ("scrap, without a cause", case("kind: output, detected: 2026-04-28, disposition: [scrap]"), "10.2", set()),
    ("no action needed, so neither cause nor effect", case("kind: system, detected: 2026-04-28, reviewed: {date: 2026-04-29}, action_needed: false, action_reason: x, closed: 2026-04-29"), "10.2", set()),
    ("action done lately, effect to be judged", case(f"kind: system, detected: 2026-03-28, reviewed: {{date: 2026-04-02}}, {LEARNT}, cause_category: x, actions: [{{what: x, done: 2026-05-04}}]"), "10.2", set()),
    ("a complaint that was answered as unjustified", "feedback: [{id: F, kind: complaint, answered: 2026-05-04}]", "10.2.1-a", set()),
    ("a complaint that nobody answered", "feedback: [{id: F, kind: complaint}]", "10.2.1-a", {"complaints"}),
    ("a cause that came back and was dealt with for good", case(f"kind: system, detected: 2025-09-01, reviewed: {{date: 2025-09-02}}, {LEARNT}, cause_category: Tools, actions: [{{what: x, done: 2025-09-10}}], effect: {{date: 2025-12-01, result: effective, evidence: x}}, closed: 2025-12-02", f"  - {{id: N2, kind: system, description: x, correction: {{what: x}}, consequences: none, detected: 2026-01-10, reviewed: {{date: 2026-01-12}}, {LEARNT}, cause_category: tools, actions: [{{what: x, done: 2026-02-10}}], effect: {{date: 2026-06-01, result: effective, evidence: x}}, closed: 2026-06-02}}"), "10.2", set()),
    ("a cause that came back yesterday", case(f"kind: system, detected: 2025-09-01, reviewed: {{date: 2025-09-02}}, {LEARNT}, cause_category: Tools, actions: [{{what: x, done: 2025-09-10}}], effect: {{date: 2025-12-01, result: effective, evidence: x}}, closed: 2025-12-02", "  - {id: N2, kind: system, description: x, correction: {what: x}, consequences: none, detected: 2026-06-29, cause_category: tools}"), "10.2", {"watched"}),
    ("nothing done against any unwanted effect", "improvements: [{id: I, kind: b}]", "10.1-b", {"effects"}),
    ("what was put right counts against unwanted effects", case("kind: system, detected: 2026-06-28").replace("what: x}", "what: x, date: 2026-06-28}"), "10.1-b", set()),
]  # fmt: skip


@pytest.mark.parametrize(("text", "below", "expected"), [row[1:] for row in CASES], ids=[row[0] for row in CASES])
def test_what_is_found(write: Write, text: str, below: str, expected: set[str]) -> None:
    assessment = assess_path(write(isocheck="", a=text), None, date.fromisoformat(DAY))
    found = {
        finding.check
        for finding in assessment.findings
        if names(below, finding.requirement)
        and not (finding.kind == "absent" and finding.check == "absent" and "absent" not in expected)
    }
    assert found == expected


def test_a_first_audit_and_a_first_review_that_lie_ahead_are_no_gap(write: Write) -> None:
    text = audit("planned: 2026-11-16, processes: [PR1, PR2]") + "management_reviews: [{id: M, planned: 2026-12-01}]\n"
    programme = "audit_programme: [{id: P, frequency: x, methods: x, responsibilities: x, planning: x, reporting: x, considers: [importance, changes]}]\n"
    assessment = assess_path(write(isocheck="", a=text + programme), None, date.fromisoformat(DAY))
    of_interest = [row for row in assessment.requirements() if row.clause.startswith(("9.2", "9.3"))]
    assert {row.id: row.verdict for row in of_interest} == {row.id: Verdict.NOT_YET for row in of_interest}
    assert [str(finding) for finding in assessment.findings if finding.requirement.startswith(("9.2", "9.3"))] == []
