"""Each view on a small description: the columns named here have these values, row by row."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from isocheck.qms.registers import REGISTERS
from isocheck.qms.tables import table_type
from isocheck.qms.views import VIEWS
from tests.making import scope_of

Write = Callable[..., Path]
Rows = list[dict[str, Any]]

CASES: dict[str, tuple[str, Rows]] = {
    "process_links": (
        "processes:\n  - {id: A, outputs: [{name: Order, receiver: processes/B}, {name: Bill, receiver: processes/C}]}\n"
        "  - {id: B, inputs: [{name: order, source: processes/A}]}\n  - {id: C}\n",
        [
            {"process": "processes/A", "giver": "A", "receiver": "B", "thing": "Order", "both_sides": True},
            {"process": "processes/A", "giver": "A", "receiver": "C", "thing": "Bill", "both_sides": False},
            {"process": "processes/B", "giver": "A", "receiver": "B", "thing": "order", "both_sides": True},
        ],
    ),
    "process_map": (
        "processes:\n  - {id: A, outputs: [{name: x, receiver: processes/B}]}\n  - {id: B}\n  - {id: C}\n",
        [
            {"process": "processes/A", "feeds": ("B",), "joined": True},
            {"process": "processes/B", "fed_by": ("A",), "joined": True},
            {"process": "processes/C", "fed_by": (), "feeds": (), "joined": False},
        ],
    ),
    "external_provisions": (
        "processes: [{id: A, externally_provided: true, name: Plating, provider: V}, {id: B}]\nproviders: [{id: V}]\n"
        "resources: [{id: R, name: Van, provided: external}, {id: S, provided: internal}]\n",
        [
            {"subject": "processes/A", "kind": "process", "what": "Plating", "provider": "V"},
            {"subject": "resources/R", "kind": "resource", "what": "Van", "provider": None},
        ],
    ),
    "measures": (
        "processes:\n  - id: A\n    indicators:\n      - name: On time\n        target: 97\n        results:\n"
        "          - {date: 2026-05-01, value: 95}\n          - {date: 2026-01-01, value: 99}\n"
        "          - {date: 2027-01-01, value: 1}\nobjectives: [{id: O, indicator: Returns, actions: [{what: Train}]}]\n",
        [
            {"subject": "processes/A", "kind": "process", "indicator": "On time", "last_value": Decimal(95), "last_date": date(2026, 5, 1)},
            {"subject": "objectives/O", "kind": "objective", "last_value": None, "answers": ("Train",)},
        ],
    ),
    "planned_actions": (
        "risks: [{id: R, actions: [{id: X, what: Fence, due: 2026-09-01}]}]\n"
        "management_reviews: [{id: M, outputs: [{action: Buy}]}]\n"
        "providers: [{id: V, evaluations: [{actions: [{what: Visit}]}]}]\n",
        [
            {"source": "risks/R", "register": "risks", "action": "Fence", "due": date(2026, 9, 1), "item": "actions X"},
            {"source": "management_reviews/M", "register": "management_reviews", "action": "Buy", "item": "outputs 1"},
            {"source": "providers/V", "register": "providers", "action": "Visit", "item": "evaluations 1 1"},
        ],
    ),
    "duties": (
        "roles: [{id: R, covers: ['5.3-a', '5.3-b'], communicated: [{to: all}]}]\npeople: [{id: P, roles: [R]}, {id: Q, roles: [R], left: 2026-01-01}]\n",
        [
            {"at": "roles/R", "duty": "5.3-a", "role": ("R",), "person": ("P",), "communicated": True},
            {"at": "roles/R", "duty": "5.3-b", "role": ("R",), "person": ("P",)},
            *({"at": "roles", "duty": f"5.3-{letter}", "role": (), "person": (), "communicated": None} for letter in "cde"),
        ],
    ),
    "required_competences": (
        "roles: [{id: R, competences: [Welding]}, {id: S, competences: [Welding, Audit]}]\n"
        "people: [{id: P, roles: [R, S]}, {id: Q, roles: [R], left: 2026-01-01}]\n",
        [
            {"at": "people/P", "person": "P", "role": "R", "competence": "Welding"},
            {"at": "people/P", "person": "P", "role": "S", "competence": "Audit"},
        ],
    ),
    "audit_assignments": (
        "processes: [{id: A, owner: roles/R}, {id: B}]\nroles: [{id: R}]\n"
        "people: [{id: P, roles: [R]}, {id: Q, outside: true}, {id: X}]\n"
        "audits:\n  - {id: 1, kind: internal, performed: 2026-01-01, auditors: [P, Q, X], processes: [B]}\n"
        "  - {id: 2, kind: customer, auditors: [P]}\n",
        [
            {"audit": "1", "auditor": "P", "own_work": ("A",), "audited": ("B",), "outside": False},
            {"audit": "1", "auditor": "Q", "own_work": (), "outside": True},
            {"audit": "1", "auditor": "X", "own_work": None, "outside": False},
        ],
    ),
    "release_state": (
        "roles: [{id: R}]\npeople: [{id: P, roles: [R]}, {id: Q}]\n"
        "releases: [{id: L, released_by: Q, may_release: [roles/R]}, {id: M, released_by: Q}]\n",
        [
            {"at": "releases/L", "released_by": "Q", "allowed": ("P",)},
            {"at": "releases/M", "released_by": "Q", "allowed": None},
        ],
    ),
    "audited_clauses": (
        "audits:\n  - {id: 1, kind: internal, performed: 2026-01-01, clauses: ['9.3', '8.5.1', '4.3-a']}\n"
        "  - {id: 2, kind: internal, performed: 2027-01-01, clauses: ['9.1']}\n"
        "  - {id: 3, kind: customer, performed: 2026-01-01, clauses: ['9.1']}\n",
        [{"clause": clause, "audit": "1"} for clause in ("9.3.1", "9.3.2", "9.3.3", "8.5.1")],
    ),
    "exclusion_state": (
        "designs: [{id: D}]\nscope:\n  exclusions:\n    - {clause: '8.3', justification: x}\n    - {clause: '9.2', justification: y}\n",
        [
            {"at": "scope", "clause": "8.3", "plausible": True, "contradicted_by": ("designs/D",)},
            {"at": "scope", "clause": "9.2", "plausible": False, "contradicted_by": ()},
        ],
    ),
    "document_state": (
        "documents:\n  - {id: D1, status: effective, path: isocheck.yaml}\n  - {id: D2, status: approved, supersedes: [D1], path: nowhere}\n"
        "  - {id: D3}\nrecords: [{id: R, path: nowhere}]\n",
        [
            {"at": "documents/D1", "file_found": True, "superseded_by": ("D2",), "in_use": True},
            {"at": "documents/D2", "file_found": False, "superseded_by": (), "in_use": True},
            {"at": "documents/D3", "file_found": None, "in_use": None},
            {"at": "records/R", "register": "records", "file_found": False},
        ],
    ),
    "equipment_state": (
        "equipment:\n  - {id: E, traceability_required: true, interval: 12 months, status: in use, due: 2027-01-01}\n"
        "  - {id: F, traceability_required: true, interval: 12 months}\n  - {id: G, traceability_required: false}\n"
        "calibrations: [{id: C, equipment: E, performed: 2025-03-31}, {id: D, equipment: E, performed: 2026-12-01}]\n",
        [
            {"equipment": "E", "last": date(2025, 3, 31), "next_due": date(2026, 3, 31), "overdue": True, "usable": True, "due_agrees": False},
            {"equipment": "F", "last": None, "overdue": True, "usable": None, "due_agrees": None},
            {"equipment": "G", "overdue": False},
        ],
    ),
    "audit_state": (
        "audits:\n  - {id: 1, kind: internal, planned: 2026-01-01}\n  - {id: 2, kind: internal, planned: 2026-12-01}\n"
        "  - {id: 3, kind: internal, planned: 2026-01-01, performed: 2026-01-02}\n  - {id: 4, kind: customer, planned: 2026-01-01}\n",
        [
            {"at": "audits/1", "overdue": True},
            {"at": "audits/2", "overdue": False},
            {"at": "audits/3", "overdue": False, "performed": date(2026, 1, 2)},
        ],
    ),
    "commitments": (
        "products: [{id: K, reviewed: 2026-01-01, offered: 2026-02-01}]\n"
        "orders: [{id: O, product: K, committed: 2026-03-01}, {id: P, reviewed: 2026-04-01}]\n"
        "samples: [{id: S, of_what: orders, items: [{ref: '17', committed: 2026-05-01}]}, {id: T, of_what: releases, items: [{ref: x}]}]\n",
        [
            {"subject": "orders/O", "kind": "order", "reviewed": date(2026, 1, 1), "committed": date(2026, 3, 1)},
            {"subject": "orders/P", "kind": "order", "reviewed": date(2026, 4, 1), "committed": None},
            {"subject": "products/K", "kind": "catalogue", "committed": date(2026, 2, 1)},
            {"subject": "samples/S", "kind": "sample", "item": "items 17", "committed": date(2026, 5, 1)},
        ],
    ),
    "action_state": (
        "risks: [{id: R, actions: [{done: 2026-06-01}, {}]}]\n"
        "nonconformities: [{id: N, actions: [{done: 2026-06-01}, {done: 2026-06-20}], effect: {date: 2026-06-25, result: effective}}]\n"
        "competence: [{id: K, action: Course, gained: {date: 2020-01-01}}, {id: L, gained: {date: 2020-01-01}}]\n",
        [
            {"at": "risks/R", "last_done": None, "to_judge": False},
            {"at": "nonconformities/N", "last_done": date(2026, 6, 20), "effect_result": "effective", "to_judge": True},
            {"at": "competence/K", "last_done": date(2020, 1, 1), "to_judge": True},
        ],
    ),
    "review_periods": (
        "management_reviews:\n  - {id: 1, held: 2025-03-01}\n  - {id: 2, held: 2026-01-01, period: H1, inputs: [{topic: a}], outputs: [{kind: b}]}\n"
        "  - {id: 3, held: 2026-06-01, period: h1, inputs: [{topic: c4}, {topic: a}]}\n  - {id: 4, held: 2027-01-01, inputs: [{topic: f}]}\n",
        [
            {"at": "management_reviews/1", "rank": "earlier", "topics": ()},
            {"at": "management_reviews/3", "rank": "latest", "topics": ("a", "c4"), "results": ("b",), "last_held": date(2026, 6, 1)},
        ],
    ),
    "decisions": (
        "management_reviews:\n  - {id: 1, held: 2025-01-01, outputs: [{id: X, action: Buy}, {id: Y, action: Sell, done: 2025-02-01}]}\n"
        "  - {id: 2, held: 2026-01-01, taken_up: ['1:X'], outputs: [{action: Wait}]}\n",
        [
            {"decision": "Buy", "followed": True, "taken_up": True},
            {"decision": "Sell", "followed": True, "taken_up": True},
            {"decision": "Wait", "followed": False, "taken_up": None},
        ],
    ),
    "causes": (
        "nonconformities:\n  - {id: 1, detected: 2025-01-01, cause_category: Tool wear, effect: {date: 2025-06-01, result: effective}}\n"
        "  - {id: 2, detected: 2026-01-01, cause_category: tool-wear}\n"
        "  - {id: 3, detected: 2026-01-01, cause_category: Haste, actions: [{what: Slow down}]}\n",
        [
            {"at": "nonconformities/2", "came_back": True, "answered": False},
            {"at": "nonconformities/3", "came_back": False, "answered": True},
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_view(write: Write, name: str) -> None:
    text, expected = CASES[name]
    rows = scope_of(write(isocheck="", a=text)).tables.view(name)
    found = [{column: getattr(row, column) for column in wanted} for row, wanted in zip(rows, expected, strict=True)]
    assert found == expected


def test_applicable_clauses_leave_out_what_is_excluded(write: Write) -> None:
    text = "scope: {exclusions: [{clause: '8.3', justification: x}]}\nprocesses: [{id: A, clauses: ['8.5.1', '9.3']}]\n"
    rows = {row.clause: row for row in scope_of(write(isocheck="", a=text)).tables.view("applicable_clauses")}
    assert not [clause for clause in rows if clause.startswith("8.3.")]
    assert rows["8.5.1"].processes == rows["9.3.2"].processes == ("A",)
    assert rows["8.5.2"].processes == ()
    assert {row.mapped for row in rows.values()} == {True}


def test_applicable_clauses_are_those_of_the_engagement(write: Write) -> None:
    root = write(isocheck="engagement: {clauses: ['9.3']}\n", a="processes: [{id: A}]\n")
    rows = scope_of(root).tables.view("applicable_clauses")
    assert [row.clause for row in rows] == ["9.3.1", "9.3.2", "9.3.3"]


def test_required_documents_name_what_answers_them(write: Write) -> None:
    text = (
        "documents: [{id: D, status: effective, clauses: ['5.2.2-a']}, {id: E, status: draft, clauses: ['5.2.2-a']}]\n"
        "records: [{id: R, clauses: ['9.3.3']}]\n"
    )
    rows = {row.requirement: row for row in scope_of(write(isocheck="", a=text)).tables.view("required_documents")}
    assert rows["5.2.2-a"].document == ("D",)
    assert rows["9.3.3-s1"].record == ("R",)
    assert rows["9.2.2-f"].record == ()


def test_every_view_has_a_test() -> None:
    assert {*CASES, "applicable_clauses", "required_documents"} == set(VIEWS)


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_is_empty_while_nothing_that_it_rests_on_is_filled(write: Write, name: str) -> None:
    assert scope_of(write(isocheck="")).tables.view(name) == []


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS)
def test_a_view_says_what_its_rows_are_about(view: Any) -> None:
    table = table_type(view.name)
    assert table is not None
    assert {view.at, *filter(None, [view.item])} <= set(table.columns)
    assert set(view.rests_on) <= set(REGISTERS)
    assert view.description
