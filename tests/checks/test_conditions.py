"""Conditions are three-valued: true, false, or unknown where a blank field leaves it open; false beats unknown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from isocheck.checks.conditions import compile_where
from isocheck.checks.paths import PathError
from isocheck.qms.tables import table_type
from tests.making import scope_of

Write = Callable[..., Path]

TRUE: list[tuple[str, dict[str, Any], str, bool | None]] = [
    ("audits", {"kind": "internal"}, "{id: A, kind: internal}", True),
    ("audits", {"kind": "internal"}, "{id: A, kind: customer}", False),
    ("audits", {"kind": "internal"}, "{id: A}", None),
    ("audits", {"kind": ["internal", "customer"]}, "{id: A, kind: customer}", True),
    ("audits", {"kind": ["internal", "customer"]}, "{id: A, kind: supplier}", False),
    ("audits", {"kind": {"not": ["internal"]}}, "{id: A, kind: internal}", False),
    ("audits", {"kind": {"not": ["internal"]}}, "{id: A, kind: supplier}", True),
    ("audits", {"kind": {"not": ["internal"]}}, "{id: A}", True),
    ("audits", {"performed": {"is": "set"}}, "{id: A}", False),
    ("audits", {"performed": {"is": "set"}}, "{id: A, performed: 2026-01-01}", True),
    ("audits", {"performed": {"is": "set"}}, "{id: A, performed: 2027-01-01}", False),
    ("audits", {"performed": {"is": "empty"}}, "{id: A}", True),
    ("audits", {"implementation": True}, "{id: A, implementation: false}", False),
    ("audits", {"implementation": False}, "{id: A, implementation: false}", True),
    ("audits", {"implementation": True}, "{id: A}", None),
    ("audits", {"planned": {"before": "as_of"}}, "{id: A, planned: 2026-06-29}", True),
    ("audits", {"planned": {"before": "as_of"}}, "{id: A, planned: 2026-06-30}", False),
    ("audits", {"planned": {"before": "as_of"}}, "{id: A}", None),
    ("audits", {"planned": {"after": "as_of"}}, "{id: A, planned: 2026-07-01}", True),
    ("audits", {"planned": {"not_before": "as_of"}}, "{id: A, planned: 2026-06-30}", True),
    ("audits", {"planned": {"not_before": "as_of"}}, "{id: A, planned: 2026-06-29}", False),
    ("audits", {"planned": {"not_before": "as_of"}}, "{id: A}", True),
    ("audits", {"planned": {"not_after": "as_of"}}, "{id: A}", True),
    ("audits", {"planned": {"not_after": "2026-01-01"}}, "{id: A, planned: 2026-01-02}", False),
    ("audits", {"performed": {"before": "planned"}}, "{id: A, performed: 2026-01-01, planned: 2026-01-02}", True),
    ("audits", {"performed": {"before": "planned"}}, "{id: A, performed: 2026-01-01}", None),
    ("audits", {"kind": "internal", "implementation": True}, "{id: A, kind: customer}", False),
    ("audits", {"implementation": True, "kind": "internal"}, "{id: A, kind: customer}", False),
    ("audits", {"kind": "internal", "implementation": True}, "{id: A, kind: internal}", None),
    ("audits", {"clauses": "8.5.1"}, "{id: A, clauses: ['8.5.1', '9']}", True),
    ("audits", {"clauses": "8.5.1"}, "{id: A, clauses: ['8.5']}", False),
    ("audits.findings", {"parent.kind": "internal", "grade": "minor"}, "{id: A, kind: internal, findings: [{grade: minor}]}", True),
    ("audits.findings", {"parent.kind": "internal"}, "{id: A, kind: customer, findings: [{grade: minor}]}", False),
]  # fmt: skip


@pytest.mark.parametrize(("name", "where", "entry", "expected"), TRUE, ids=[f"{case[1]} {case[2]}" for case in TRUE])
def test_a_condition(write: Write, name: str, where: dict[str, Any], entry: str, expected: bool | None) -> None:
    tables = scope_of(write(isocheck="", a=f"audits: [{entry}]\n")).tables
    table = table_type(name)
    assert table is not None
    (row,) = tables.rows(table)
    assert compile_where(where, table).test(row, tables) is expected


def test_an_empty_list_is_known_in_a_view_and_blank_in_a_register(write: Write) -> None:
    root = write(isocheck="", a="documents: [{id: D, status: effective, path: x}]\n")
    tables = scope_of(root).tables
    for name, where, expected in (
        ("document_state", {"superseded_by": {"is": "empty"}}, True),
        ("documents", {"clauses": "8.1"}, None),
    ):
        table = table_type(name)
        assert table is not None
        assert compile_where(where, table).test(tables.rows(table)[0], tables) is expected


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ({"kindd": "internal"}, "did you mean 'kind'"),
        ({"kind": "intern"}, "did you mean 'internal'"),
        ({"scope": "x"}, "not compared with a constant"),
        ({"implementation": "yes"}, "true or false"),
        ({"clauses": "8-"}, "is a clause or requirement"),
        ({"kind": {"is": "filled"}}, "takes set or empty"),
        ({"kind": {"nott": ["internal"]}}, "did you mean 'not'"),
        ({"kind": {"not": ["internal"], "is": "set"}}, "one operator"),
        ({"kind": {"before": "as_of"}}, "is no date"),
        ({"planned": {"before": "kind"}}, "is no date"),
        ({"planned": {"before": "2026-02-30"}}, "no field"),
        ({"findings": "x"}, "not compared with a value"),
        ({"findings.grade": "minor", "findings.clause": {"is": "set"}}, "of: audits.findings"),
    ],
)
def test_a_condition_that_does_not_fit(where: dict[str, Any], words: str) -> None:
    table = table_type("audits")
    assert table is not None
    with pytest.raises(PathError, match=words):
        compile_where(where, table)
