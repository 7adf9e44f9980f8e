"""A bare 'none' or 'no' is no answer where a text is to tell something, in our own shape and in files of any other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Folder
from tests.making import assessed, failing, scope_of

Write = Callable[..., Path]


@pytest.mark.parametrize("word", ["none", "None", "NONE", "no", "No", "NO", "nil", "Nothing", "FALSE"])
def test_a_word_that_denies_leaves_a_text_empty(write: Write, word: str) -> None:
    """It is quoted, since a plain false is no text."""
    root = write(isocheck="", a=f"equipment: [{{id: E1, marked: '{word}', maintained: '{word}, it is wiped daily'}}]")
    (entry,) = scope_of(root).description.entries("equipment")
    assert (entry.marked, entry.maintained) == (None, f"{word}, it is wiped daily")


KEPT: list[tuple[str, str, str]] = [
    ("equipment", "site", "NO"),
    ("equipment", "id", "No"),
    ("people", "name", "No"),
    ("orders", "differences", "none"),
    ("orders", "new_requirements", "None"),
    ("nonconformities", "similar_result", "none"),
    ("nonconformities", "qms_change", "no"),
    ("changes", "consequences", "none"),
    ("risks", "impact", "nil"),
]


@pytest.mark.parametrize(("register", "field", "word"), KEPT)
def test_a_name_and_an_answer_that_may_be_none_are_kept(write: Write, register: str, field: str, word: str) -> None:
    fields = {"id": "X", field: word}
    root = write(isocheck="", a=f"{register}: [{fields}]")
    (entry,) = scope_of(root).description.entries(register)
    assert getattr(entry, field) == word


def test_so_are_texts_in_lists_and_parts_and_references(write: Write) -> None:
    root = write(
        isocheck="",
        a="""
competence: [{id: C1, evidence: [none, certificate 7], effect: {date: 2026-01-02, evidence: no}}]
audits: [{id: A1, findings: [{id: no, statement: none, nonconformity: none}], processes: [none]}]
""",
    )
    description = scope_of(root).description
    (competence,) = description.entries("competence")
    (audit,) = description.entries("audits")
    assert competence.evidence == (None, "certificate 7")
    assert competence.effect.evidence is None
    assert (audit.findings[0].id, audit.findings[0].statement, audit.findings[0].nonconformity) == ("no", None, None)
    assert audit.processes == (None,)
    assert description.dangling == []


def test_what_is_no_text_is_still_told_to_be_wrong(write: Write, isocheck: Callable[..., Any]) -> None:
    root = write(isocheck="", a="equipment: [{id: E1, checks_conformity: 'no'}]")
    code, _, err = isocheck("check", root)
    assert (code, "expected true or false, not 'no'" in err) == (2, True)


def test_a_cause_that_is_none_is_a_finding(write: Write) -> None:
    entry = "nonconformities: [{id: N1, detected: 2026-01-05, action_needed: true, cause: CAUSE, closed: 2026-03-01}]"
    told = failing(assessed(write(isocheck="", a=entry.replace("CAUSE", "worn insert"))))
    denied = failing(assessed(write(isocheck="", a=entry.replace("CAUSE", "none"))))
    assert "10.2.1-b2/cause" in denied - told


def test_a_column_of_yes_and_no_does_not_fill_a_text_with_no(folder: Folder) -> None:
    root = folder(
        {
            "isocheck.yaml": "sources: [{csv: list.csv, register: equipment, fields: {No: id, Label: marked, Ref: certificate}}]",
            "list.csv": "No,Label,Ref,Status\nE1,No,None,in use\nE2,yes,,in use\nNO,NO,,in use\n",
        }
    )
    description = scope_of(root).description
    assert [(entry.id, entry.marked, entry.certificate) for entry in description.entries("equipment")] == [
        ("E1", None, None),
        ("E2", "yes", None),
        ("NO", None, None),
    ]
    assert description.dangling == []


def test_the_organisation_may_say_what_no_means(folder: Folder) -> None:
    root = folder(
        {
            "isocheck.yaml": "sources: [{csv: list.csv, register: equipment, values: {marked: {No: no label needed}}}]",
            "list.csv": "id,marked\nE1,No\n",
        }
    )
    assert scope_of(root).description.entries("equipment")[0].marked == "no label needed"
