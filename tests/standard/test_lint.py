"""A pack that does not hold together is refused, each problem with its place and, where there is one, a suggestion."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from isocheck.errors import InputError
from isocheck.standard.packs import read_pack
from tests.making import clause, requirement, write_pack

OK = {"name": "x", "kind": "fills", "of": "audits", "fields": ["scope"]}


def problems(folder: Path) -> list[str]:
    with pytest.raises(InputError) as caught:
        read_pack(folder)
    for problem in caught.value.problems:
        assert problem.location is not None
        assert problem.location.line > 0
        assert problem.location.file.startswith("small/")
    return [f"{problem.location.file.removeprefix('small/')}: {problem.message}" for problem in caught.value.problems if problem.location]  # fmt: skip


def test_a_pack_that_holds_together(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "small", clause("9.2", requirement("9.2-a", OK), requirement("9.2-b", follows(OK))))
    pack = read_pack(folder)
    assert list(pack.requirements) == ["9.2-a", "9.2-b"]


def follows(check: dict[str, Any], leader: str = "9.2-a/x") -> dict[str, Any]:
    return {**check, "follows": leader}


CHECKS: list[tuple[dict[str, Any], str]] = [
    ({**OK, "of": "audit"}, "9.2-a/x: 'audit' is no register, no view and no list of entries' parts; did you mean 'audits'?"),
    ({**OK, "fields": ["scpe"]}, "9.2-a/x: 'scpe': 'scpe' is no field; did you mean 'scope'?"),
    ({**OK, "where": {"kind": "intern"}}, "9.2-a/x: kind cannot be 'intern'; did you mean 'internal'?"),
    ({**OK, "grade": "major"}, "9.2-a/x: the grade major needs a reason in 'because'"),
    ({**OK, "rule": "tea"}, "9.2-a/x: 'tea' is no rule of pack.yaml; did you mean 'teas'?"),
    ({**OK, "rule": "teas"}, "9.2-a/x: a rule lifts an opportunity; this check's grade is not one"),
    (follows(OK, "9.2-b/x"), "9.2-a/x: 'follows' names '9.2-b/x', and there is no such check"),
    ({"name": "x", "kind": "current", "of": "audits", "since": "performed", "within": "monthly"}, "'monthly' is no interval of the pack"),
    ({"name": "x", "kind": "ordered", "of": "audits", "dates": ["performed", "scope"]}, "scope is no date"),
    ({"name": "x", "kind": "exists", "of": "audits", "task": "Audit"}, "a task falls due by 'date' and 'within'"),
    ({"name": "x", "kind": "covers", "each": "processes", "by": "audits", "match": {"id": "processes"}, "task": "Audit"}, "a task falls due by 'date' and 'within'"),
    ({**OK, "task": "Fill"}, "'task'"),
    ({**OK, "kind": "fils"}, "fils"),
    ({**OK, "filds": []}, "filds"),
    ({key: value for key, value in OK.items() if key != "name"}, "'name' is missing"),
]  # fmt: skip


@pytest.mark.parametrize(("check", "words"), CHECKS, ids=[case[1][:40] for case in CHECKS])
def test_a_check_that_does_not_fit(tmp_path: Path, check: dict[str, Any], words: str) -> None:
    folder = write_pack(tmp_path / "small", clause("9.2", requirement("9.2-a", check)), rules={"teas": "Tea at five."})
    found = problems(folder)
    assert any(words in problem and problem.startswith("09-nine.yaml") for problem in found), found


HEADS: list[tuple[dict[str, Any], str]] = [
    ({"integrity": {"default": "9.2-z"}}, "integrity: '9.2-z' is no clause or requirement of this pack"),
    ({"integrity": {"default": "9.2-a", "registers": {"audts": "9.2-a"}}}, "integrity: 'audts' is no register; did you mean 'audits'?"),
    ({"duties": "9.9"}, "duties: '9.9' is no clause"),
    ({"roots": {"audits": {"at": "9.2-z", "because": "x"}}}, "roots: '9.2-z' is no clause"),
    ({"roots": {"audts": {"at": "9.2-a", "because": "x"}}}, "roots: 'audts' is no register; did you mean 'audits'?"),
    ({"occasions": ["propperty"]}, "occasions: 'propperty' is no register; did you mean 'property'?"),
    ({"named_leaves": ["9.2.1"]}, "named_leaves: '9.2.1' is no clause"),
    ({"intervals": {"x": {"default": "often", "what": "y"}}}, "expected an interval"),
    ({"calendar": [{"task": "x", "of": "audit", "until": "planned"}]}, "calendar, x: 'audit' is no register"),
    ({"calendar": [{"task": "x", "of": "audits", "until": "performed"}]}, "calendar, x: performed says that something happened"),
    ({"calendar": [{"task": "x", "of": "audits", "until": "planned", "at": "9.2-z"}]}, "calendar: '9.2-z' is no requirement of this pack"),
    ({"calendar": [{"task": "x", "of": "audits"}]}, "calendar, x: current needs either 'until', or 'since' with 'within'"),
    ({"calendar": [{"of": "audits", "until": "planned"}]}, "'task' is missing"),
    ({"colour": "red"}, "colour"),
]  # fmt: skip


@pytest.mark.parametrize(("head", "words"), HEADS, ids=[case[1][:40] for case in HEADS])
def test_a_head_that_does_not_fit(tmp_path: Path, head: dict[str, Any], words: str) -> None:
    folder = write_pack(tmp_path / "small", clause("9.2", requirement("9.2-a", OK)), **head)
    found = problems(folder)
    assert any(words in problem and problem.startswith("pack.yaml") for problem in found), found


TREES: list[tuple[tuple[dict[str, Any], ...], str]] = [
    ((clause("9.2", requirement("9.2-a"), requirement("9.2-a")),), "9.2-a stands twice (first at small/09-nine.yaml:"),
    ((clause("9.2", requirement("9.20-a")),), "9.20-a does not belong below 9.2"),
    ((clause("9.2", requirement("9.2")),), "9.2 does not belong below 9.2"),
    ((clause("10.2", requirement("10.2-a")),), "10.2 does not belong below 9"),
    ((clause("9.2", requirement("9.2-a"), alternatives=["b"]),), "9.2 has no letter 'b'"),
    ((clause("9.2", requirement("9.2-a"), own_title="Ours"),), "9.2 needs either 'title' or 'own_title'"),
    ((clause("9.2", requirement("9.2-a"), contradicted_by=["desings"]),), "'desings' is no register; did you mean 'designs'?"),
    ((clause("9.2", requirement("9.2-a", contradicted_by=["desings"])),), "'desings' is no register; did you mean 'designs'?"),
    ((clause("9.2", requirement("9.2-a", missing="major")),), "9.2-a: absence is potentially major in the named leaves of pack.yaml only"),
    ((clause("9.2", requirement("9.2-a", OK, OK)),), "9.2-a/x: the name 'x' stands twice"),
    ((clause("9.2", requirement("9.2-a", items=[{"id": "9.2-b1", "statement": "x"}])),), "9.2-b1 does not belong below 9.2-a"),
    ((clause("9.2", requirement("9.2-a", items=[{"id": "9.2-a1", "statement": "x", "checks": [{**OK, "tests": "w", "of": "audit"}]}])),), "9.2-a1/x: 'audit' is no register"),
]  # fmt: skip


@pytest.mark.parametrize(("clauses", "words"), TREES, ids=[case[1][:40] for case in TREES])
def test_a_tree_that_does_not_fit(tmp_path: Path, clauses: tuple[dict[str, Any], ...], words: str) -> None:
    assert any(words in problem for problem in problems(write_pack(tmp_path / "small", *clauses)))


def test_a_problem_stands_at_its_line(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "small", clause("9.2", requirement("9.2-a", {**OK, "of": "audit"})))
    lines = (folder / "09-nine.yaml").read_text().splitlines()
    with pytest.raises(InputError) as caught:
        read_pack(folder)
    (problem,) = caught.value.problems
    assert problem.location is not None
    assert '"tests"' in lines[problem.location.line - 1]


def test_all_problems_of_all_files_come_at_once(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "small", clause("9.2", requirement("9.2-a", {**OK, "filds": []})), colour="red")
    assert {problem.partition(":")[0] for problem in problems(folder)} == {"09-nine.yaml", "pack.yaml"}
