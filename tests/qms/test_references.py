from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from isocheck.errors import InputError
from tests.making import scope_of

Write = Callable[..., Path]


@pytest.mark.parametrize("name", ["PR-1", "pr.1", "PR 1", "processes/PR-1", "processes/pr_1"])
def test_a_reference_is_resolved_to_the_id_as_the_entry_has_it(write: Write, name: str) -> None:
    root = write(isocheck="", a=f"processes: [{{id: PR-1}}]\naudits: [{{id: A, processes: ['{name}']}}]\n")
    description = scope_of(root).description
    assert description.entries("audits")[0].processes == ("PR-1",)
    assert description.dangling == []


@pytest.mark.parametrize("name", ["R1", "roles/R1", "roles/r1"])
def test_a_reference_into_several_registers_keeps_the_register(write: Write, name: str) -> None:
    root = write(isocheck="", a=f"roles: [{{id: R1}}]\npeople: [{{id: P1}}]\nprocesses: [{{id: PR, owner: {name}}}]\n")
    assert scope_of(root).description.entries("processes")[0].owner == "roles/R1"


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("PR-11", "did you mean 'PR-1'"),
        ("PR", ""),
        ("people/PR-1", ""),
        ("zzz", ""),
    ],
)
def test_a_reference_that_leads_nowhere_is_emptied_and_noted(write: Write, name: str, near: str) -> None:
    root = write(isocheck="", a=f"processes: [{{id: PR-1}}]\naudits: [{{id: A, processes: [{name}]}}]\n")
    description = scope_of(root).description
    assert description.entries("audits")[0].processes == (None,)
    (dangling,) = description.dangling
    assert (dangling.register, dangling.entry, dangling.route, dangling.value) == (
        "audits",
        "A",
        ("processes", 0),
        name,
    )
    assert near in dangling.near


def test_a_name_that_two_registers_have_names_neither(write: Write) -> None:
    root = write(isocheck="", a="roles: [{id: X}]\npeople: [{id: X}]\nprocesses: [{id: PR, owner: X}]\n")
    description = scope_of(root).description
    assert description.entries("processes")[0].owner is None
    assert [dangling.candidates for dangling in description.dangling] == [("roles/X", "people/X")]


def test_suggestions_end_where_more_is_wrong_than_a_slip(write: Write) -> None:
    rows = "".join(f"  - {{id: A{at}, processes: [PR-1{at}]}}\n" for at in range(150))
    root = write(isocheck="", a=f"processes: [{{id: PR-1}}]\naudits:\n{rows}")
    near = [dangling.near for dangling in scope_of(root).description.dangling]
    assert len(near) == 150
    assert near[0]
    assert near[149] == ""


def test_the_engagement_names_what_is_there(write: Write) -> None:
    settings = "engagement:\n  processes:\n    - pr.1\n    - PR9\n"
    with pytest.raises(InputError) as caught:
        scope_of(write(isocheck=settings, a="processes: [{id: PR-1}]\n"))
    (problem,) = caught.value.problems
    assert problem.message == "'PR9' is none of processes"
    assert problem.location is not None
    assert problem.location.line == 4


def test_an_engagement_may_name_what_could_not_be_read(write: Write) -> None:
    settings = "engagement: {processes: [PR9]}\n"
    with pytest.raises(InputError) as caught:
        scope_of(write(isocheck=settings, a="processes: [{id: PR9}, {id: P"))
    assert ["PR9" in problem.message for problem in caught.value.problems] == [False]
