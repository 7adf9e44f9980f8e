"""What a row becomes: nothing stands in for a value that cannot be read, and of two fields for one of ours one counts."""

from __future__ import annotations

from typing import Any

import pytest

from isocheck.qms.mapping import compile_mapping, own_paths
from isocheck.qms.registers import REGISTERS

CASES: dict[str, tuple[dict[str, Any], list[dict[str, Any]], list[dict[str, Any]], list[str]]] = {
    "a constant holds where the row says nothing": (
        {"constants": {"status": "effective"}},
        [{"id": "D1"}, {"id": "D2", "status": "draft"}],
        [{"id": "D1", "status": "effective"}, {"id": "D2", "status": "draft"}],
        [],
    ),
    "a constant never stands in for what cannot be read": (
        {"constants": {"status": "effective"}},
        [{"id": "D1", "status": "Withdrawn"}, {"id": "D2", "status": "TBD"}],
        [{"id": "D1"}, {"id": "D2", "status": None}],
        ["status"],
    ),
    "a constant gives way to a field of another name": (
        {"constants": {"status": "effective"}, "fields": {"State": ("status",)}},
        [{"id": "D1", "State": "Withdrawn"}],
        [{"id": "D1"}],
        ["status"],
    ),
    "a field of the same name never stands in for the one that the settings name": (
        {"fields": {"Next": ("review_due",)}},
        [{"id": "D1", "Next": "sometime", "review_due": "2030-01-01"}],
        [{"id": "D1"}],
        ["review_due", "review_due"],
    ),
    "of two fields of one name the first counts": (
        {},
        [{"id": "D1", "ID": "D2", "Title": "One", "title": "Two"}],
        [{"id": "D1", "title": "One"}],
        ["id", "title"],
    ),
    "two fields that say the same": (
        {"fields": {"Next": ("review_due",)}},
        [{"id": "D1", "ID": "D1", "Next": "1 January 2030", "review_due": "2030-01-01"}],
        [{"id": "D1", "review_due": "2030-01-01"}],
        [],
    ),
    "each row has the field under another name": (
        {"fields": {"Next": ("review_due",)}},
        [{"id": "D1", "Next": "2030-01-01"}, {"ID": "D2", "review_due": "2020-01-01"}],
        [{"id": "D1", "review_due": "2030-01-01"}, {"id": "D2", "review_due": "2020-01-01"}],
        [],
    ),
    "a constant gives way to either name": (
        {"constants": {"status": "effective"}},
        [{"id": "D1", "Status": "draft"}, {"id": "D2", "status": "TBD"}, {"id": "D3"}],
        [{"id": "D1", "status": "draft"}, {"id": "D2"}, {"id": "D3", "status": "effective"}],
        [],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_a_row_becomes(name: str) -> None:
    options, rows, expected, wrong = CASES[name]
    paths = own_paths(rows, dict.fromkeys(key for row in rows for key in row))
    mapping = compile_mapping(REGISTERS["documents"].model, paths, **{"fields": {}, **options})
    made = [mapping.entry(row) for row in rows]
    assert [entry for entry, _ in made] == expected
    assert [fault.route[0] for _, faults in made for fault in faults] == wrong


def test_every_name_of_a_field_is_shown_as_read() -> None:
    rows = [{"id": "D1", "Next": "2026-01-01", "review_due": "2030-01-01", "Title": "One", "title": "Two"}]
    mapping = compile_mapping(REGISTERS["documents"].model, own_paths(rows, rows[0]), fields={"Next": ("review_due",)})
    names = [("id", "id"), ("Next", "review_due"), ("review_due", "review_due"), ("Title", "title"), ("title", "title")]
    assert sorted(mapping.mapped) == sorted(names)
    assert mapping.unmapped == ()
