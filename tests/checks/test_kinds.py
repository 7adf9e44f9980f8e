"""Each kind passes, fails and has nothing to look at; through a pack's declaration and real registers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from isocheck.checks import AnyCheck, Check
from isocheck.checks.base import Outcome, Setup
from isocheck.checks.paths import PathError
from tests.making import PACK, scope_of

Write = Callable[..., Path]
SETUP = Setup(frozenset(PACK.file.intervals))


def declare(**keys: Any) -> Check:
    check: Check = TypeAdapter(AnyCheck).validate_python({"name": "x", "tests": "y", **keys})
    return check


def run(root: Path, as_of: str = "2026-06-30", **keys: Any) -> Outcome:
    scope = scope_of(root, as_of=as_of)
    return declare(**keys).answer(SETUP, scope.tables, scope.intervals)


RECENT = {
    "kind": "exists",
    "of": "audits",
    "where": {"kind": "internal"},
    "date": "performed",
    "within": "internal_audit",
}
CASES: list[tuple[dict[str, Any], str, str]] = [
    (RECENT, "audits: [{id: A, kind: internal, performed: 2026-01-01}]", "pass"),
    (RECENT, "audits: [{id: A, kind: internal, performed: 2025-01-01}]", "fail default"),
    (RECENT, "audits: [{id: A, kind: internal, performed: 2024-01-01}]", "fail past"),
    (RECENT, "audits: [{id: A, kind: customer, performed: 2026-01-01}]", "fail"),
    (RECENT, "audits: [{id: A, kind: internal, performed: 2027-01-01}]", "fail"),
    (RECENT, "audits: [{id: A}]", "blank"),
    (RECENT, "people: [{id: P}]", "absent"),
    ({"kind": "fills", "of": "processes", "fields": ["inputs.name"]}, "processes: [{id: P, inputs: [{name: a}]}]", "pass"),
    ({"kind": "fills", "of": "processes", "fields": ["inputs.name"]}, "processes: [{id: P, inputs: [{name: a}, {}]}]", "fail"),
    ({"kind": "fills", "of": "processes", "fields": ["inputs.name"]}, "processes: [{id: P}]", "fail"),
    ({"kind": "fills", "of": "documents", "one_of": ["path", "location"]}, "documents: [{id: D, location: x}]", "pass"),
    ({"kind": "fills", "of": "documents", "fields": "title"}, "documents: [{id: D, title: TBD}]", "fail"),
    ({"kind": "fills", "of": "audits", "fields": "performed"}, "audits: [{id: A, performed: 2026-06-30}]", "pass"),
    ({"kind": "fills", "of": "audits", "fields": "performed"}, "audits: [{id: A, performed: 2026-07-01}]", "fail"),
    ({"kind": "fills", "of": "audits", "fields": "planned"}, "audits: [{id: A, planned: 2026-07-01}]", "pass"),
    ({"kind": "fills", "of": "audits", "where": {"performed": {"is": "set"}}, "fields": "report"}, "audits: [{id: A, performed: 2026-07-01}]", "no occasion"),
    ({"kind": "fills", "of": "nonconformities", "fields": "actions.done"}, "nonconformities: [{id: N, actions: [{done: 2026-07-01}]}]", "fail"),
    ({"kind": "fills", "of": "risks", "where": {"kind": "risk"}, "fields": "owner"}, "risks: [{id: R, kind: opportunity}]", "no occasion"),
    ({"kind": "holds", "of": "audit_state", "must": {"overdue": False}}, "audits: [{id: A, kind: internal, planned: 2026-01-01}]", "fail"),
    ({"kind": "holds", "of": "audit_state", "must": {"overdue": False}}, "audits: [{id: A, kind: internal, planned: 2026-12-01}]", "pass"),
    ({"kind": "holds", "of": "audit_state", "must": {"overdue": False}}, "audits: [{id: A, kind: internal}]", "blank"),
    ({"kind": "contains", "of": "policy", "path": "commitments", "all": ["improvement"]}, "policy: {commitments: [improvement]}", "pass"),
    ({"kind": "contains", "of": "policy", "path": "commitments", "all": ["improvement"]}, "policy: {commitments: [requirements]}", "fail"),
    ({"kind": "contains", "of": "policy", "path": "commitments", "all": ["improvement"]}, "policy: {statement: x}", "blank"),
    ({"kind": "contains", "of": "orders", "path": "considered", "all": ["a"]}, "orders: [{id: O1, considered: [a]}, {id: O2}]", "fail"),
    ({"kind": "contains", "of": "orders", "path": "considered", "all": ["a"]}, "orders: [{id: O1}, {id: O2}]", "blank"),
    (
        {"kind": "compare", "of": "audit_assignments", "left": "own_work", "is": "disjoint", "right": "audited"},
        "people: [{id: P, works_in: [R1]}]\nprocesses: [{id: R1}, {id: R2}]\n"
        "audits: [{id: A, kind: internal, auditors: [P], processes: [R1]}]",
        "fail",
    ),
    (
        {"kind": "compare", "of": "audit_assignments", "left": "own_work", "is": "disjoint", "right": "audited"},
        "people: [{id: P, outside: true}]\nprocesses: [{id: R1}]\n"
        "audits: [{id: A, kind: internal, auditors: [P], processes: [R1]}]",
        "pass",
    ),
    ({"kind": "ordered", "of": "orders", "dates": ["reviewed", "committed"]}, "orders: [{id: O, reviewed: 2026-02-01, committed: 2026-02-01}]", "pass"),
    ({"kind": "ordered", "of": "orders", "dates": ["reviewed", "committed"]}, "orders: [{id: O, reviewed: 2026-02-02, committed: 2026-02-01}]", "fail"),
    ({"kind": "ordered", "of": "orders", "dates": ["reviewed", "committed"]}, "orders: [{id: O, reviewed: 2026-02-02}]", "blank"),
    ({"kind": "current", "of": "documents", "until": "review_due"}, "documents: [{id: D, review_due: 2026-06-30}]", "pass"),
    ({"kind": "current", "of": "documents", "until": "review_due"}, "documents: [{id: D, review_due: 2026-06-29}]", "fail"),
    ({"kind": "current", "of": "documents", "since": "reviewed", "within": ["review_interval", "document_review"]}, "documents: [{id: D, reviewed: 2025-06-30, review_interval: 12 months}]", "pass"),
    ({"kind": "current", "of": "documents", "since": "reviewed", "within": ["review_interval", "document_review"]}, "documents: [{id: D, reviewed: 2025-06-29, review_interval: 12 months}]", "fail own"),
    ({"kind": "spaced", "of": "calibrations", "per": "equipment", "date": "performed", "within": "equipment.interval"}, "equipment: [{id: E, interval: 12 months}]\ncalibrations: [{id: C1, equipment: E, performed: 2022-01-01}, {id: C2, equipment: E, performed: 2024-09-01}]", "fail own"),
    ({"kind": "meets", "of": "objectives", "value": "results.last.value", "target": "target", "better": "better", "otherwise": "actions.what"}, "objectives: [{id: O, target: 5, better: lower, results: [{date: 2026-01-01, value: 7}]}]", "fail"),
    ({"kind": "meets", "of": "objectives", "value": "results.last.value", "target": "target", "better": "better", "otherwise": "actions.what"}, "objectives: [{id: O, target: 5, better: lower, results: [{date: 2026-01-01, value: 7}], actions: [{what: x}]}]", "pass"),
    ({"kind": "covers", "each": "processes", "by": "audits", "match": {"id": "processes"}, "date": "performed", "within": "audit_cycle"}, "processes: [{id: R1}]\naudits: [{id: A, performed: 2026-01-01, processes: [R1]}]", "pass"),
    ({"kind": "covers", "each": "processes", "by": "audits", "match": {"id": "processes"}, "date": "performed", "within": "audit_cycle"}, "processes: [{id: R1}, {id: R11}]\naudits: [{id: A, performed: 2026-01-01, processes: [R1]}]", "fail"),
    ({"kind": "covers", "each": "processes", "by": "audits", "match": {"id": "processes"}, "date": "performed", "within": "audit_cycle"}, "processes: [{id: R1}]", "absent"),
]  # fmt: skip


@pytest.mark.parametrize(("keys", "text", "expected"), CASES, ids=[f"{at}-{case[0]['kind']}-{case[2]}" for at, case in enumerate(CASES)])  # fmt: skip
def test_a_kind(write: Write, keys: dict[str, Any], text: str, expected: str) -> None:
    outcome = run(write(isocheck="", a=text), **keys)
    if outcome.failures:
        lapse = outcome.failures[0].lapse
        assert f"fail {lapse}" if lapse else expected == "fail"
        assert ("fail" if lapse is None else f"fail {lapse}") == expected
    else:
        assert (outcome.nothing or "pass") == expected


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ({"kind": "fills", "of": "audit", "fields": "id"}, "did you mean 'audits'"),
        ({"kind": "fills", "of": "audits", "fields": "perfomed"}, "did you mean 'performed'"),
        ({"kind": "fills", "of": "audits", "fields": "kind.x"}, "no parts"),
        ({"kind": "exists", "of": "audits", "where": {"kind": "intern"}}, "did you mean 'internal'"),
        ({"kind": "exists", "of": "audits", "where": {"scope": "x"}}, "not compared with a constant"),
        ({"kind": "current", "of": "audits", "since": "performed", "within": "monthly"}, "no interval"),
        ({"kind": "holds", "of": "audit_state", "must": {"overdue": "false"}}, "true or false"),
        ({"kind": "ordered", "of": "audits", "dates": ["performed", "scope"]}, "no date"),
        ({"kind": "current", "of": "audits", "until": "performed"}, "may lie ahead"),
        ({"kind": "fills", "of": "audits", "where": {"findings.grade": "minor", "findings.clause": {"is": "set"}}, "fields": "id"}, "different items"),
    ],
)  # fmt: skip
def test_a_check_that_does_not_fit_is_an_error_in_the_pack(keys: dict[str, Any], words: str) -> None:
    with pytest.raises(PathError, match=words):
        declare(**keys).compile(SETUP)
