"""Each view on a small description: views/NAME.yaml has the description and, row by row, columns with their values."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from isocheck.qms.registers import REGISTERS
from isocheck.qms.tables import table_type
from isocheck.qms.views import VIEWS
from tests.making import scope_of

Write = Callable[..., Path]

HERE = Path(__file__).parent / "views"
CASES = {path.stem: path for path in sorted(HERE.glob("*.yaml"))}


def plain(value: Any) -> Any:
    """Return a value as the files of cases write it: lists, truths, nothing; days and numbers as text."""
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    return str(value) if isinstance(value, date | Decimal) else value


@pytest.mark.parametrize("name", CASES)
def test_a_view(write: Write, name: str) -> None:
    case = YAML(typ="safe").load(CASES[name].read_text("utf-8"))
    found = scope_of(write(isocheck="", a=case["qms"])).tables.view(name)
    expected = [{column: plain(value) for column, value in row.items()} for row in case["rows"]]
    rows = [{column: plain(getattr(row, column)) for column in wanted} for row, wanted in zip(found, expected, strict=True)]  # fmt: skip
    assert rows == expected


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
