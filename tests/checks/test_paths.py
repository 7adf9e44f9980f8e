from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from isocheck.checks.paths import PathError, compile_path
from isocheck.qms.tables import table_type
from tests.making import scope_of

Write = Callable[..., Path]

TEXT = """
organisation: {alone: true, sites: [{name: North}, {name: South}]}
roles: [{id: R1, title: Head}]
people: [{id: P1, name: Ann, roles: [R1], works_in: [PR1]}]
processes:
  - id: PR1
    owner: people/P1
    inputs: [{name: Order, source: processes/PR1}, {source: processes/PR1}]
    indicators:
      - name: On time
        results: [{date: 2026-05-01, value: 95}, {date: 2026-01-01, value: 99}, {date: 2027-01-01, value: 1}]
risks: [{id: K1, arises_from: [issues/I1, processes/PR1]}]
issues: [{id: I1}]
audits:
  - {id: A1, kind: internal, performed: 2027-01-01, auditors: [P1], processes: [PR1], findings: [{id: F, process: PR1}]}
"""


@pytest.mark.parametrize(
    ("table", "path", "values"),
    [
        ("processes", "owner", ["people/P1"]),
        ("processes", "owner.register", ["people"]),
        ("processes", "ref", ["processes/PR1"]),
        ("processes", "inputs.name", ["Order"]),
        ("processes", "inputs.source.register", ["processes", "processes"]),
        ("processes", "indicators.results.value", [Decimal(95), Decimal(99), Decimal(1)]),
        ("processes.indicators", "results.last.value", [Decimal(95)]),
        ("processes.indicators", "results.first.value", [Decimal(99)]),
        ("processes.indicators", "parent.owner", ["people/P1"]),
        ("risks", "arises_from.register", ["issues", "processes"]),
        ("audits", "auditors.name", ["Ann"]),
        ("audits", "auditors.roles.title", ["Head"]),
        ("audits", "performed", []),
        ("audits", "organisation.alone", [True]),
        ("audits", "organisation.sites.name", ["North", "South"]),
        ("audits.findings", "process.ref", ["processes/PR1"]),
        ("audits.findings", "parent.ref", ["audits/A1"]),
    ],
)
def test_a_path(write: Write, table: str, path: str, values: list[Any]) -> None:
    tables = scope_of(write(isocheck="", a=TEXT)).tables
    type_ = table_type(table)
    assert type_ is not None
    (row,) = tables.rows(type_)
    assert compile_path(path, type_).values(row, tables) == values


def test_a_path_knows_where_its_values_stand(write: Write) -> None:
    tables = scope_of(write(isocheck="", a=TEXT)).tables
    type_ = table_type("processes")
    assert type_ is not None
    (row,) = tables.rows(type_)
    places = compile_path("inputs.name", type_).places(row, tables)
    assert places == [("Order", ("inputs", 0, "name")), (None, ("inputs", 1, "name"))]


def test_a_day_to_come_is_told_apart(write: Write) -> None:
    tables = scope_of(write(isocheck="", a=TEXT)).tables
    type_ = table_type("audits")
    assert type_ is not None
    (row,) = tables.rows(type_)
    assert compile_path("performed", type_).to_come(row, tables) == [date(2027, 1, 1)]


@pytest.mark.parametrize(
    ("table", "path", "words"),
    [
        ("processes", "ownr", "did you mean 'owner'"),
        ("processes", "owner.name", "several registers"),
        ("processes", "purpose.x", "no parts"),
        ("processes", "inputs.last", "needs a list whose items have a date"),
        ("processes", "parent.id", "has no parent"),
        ("processes", "inputs.", "ends too early"),
        ("processes", "", "ends too early"),
        ("audits", "organisation", "ends too early"),
        ("audits", "auditors.nme", "did you mean 'name'"),
    ],
)
def test_a_path_that_leads_nowhere(table: str, path: str, words: str) -> None:
    type_ = table_type(table)
    assert type_ is not None
    with pytest.raises(PathError, match=words):
        compile_path(path, type_)


@pytest.mark.parametrize("name", ["audit", "audits.kind", "audits.findings.grade", "duties.role", ""])
def test_what_is_no_table(name: str) -> None:
    assert table_type(name) is None
