"""How grave a failure may be (the rules of grading), on a pack of a few requirements."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from isocheck.terms import Grade, Verdict
from tests.making import assessed, clause, requirement, small_pack

Write = Callable[..., Path]

FILLS = {"name": "filled", "kind": "fills", "of": "documents", "fields": ["title"]}
RECENT = {"name": "recent", "kind": "exists", "of": "audits", "where": {"kind": "internal"}, "date": "performed", "within": "internal_audit"}  # fmt: skip
CYCLE = {"internal_audit": {"default": "12 months", "past": "18 months", "what": "audits"}}


def documents(empty: int, filled: int) -> str:
    rows = [f"  - {{id: E{at}}}" for at in range(empty)] + [f"  - {{id: F{at}, title: x}}" for at in range(filled)]
    return "\n".join(("documents:", *rows)) + "\n"


@pytest.mark.parametrize(
    ("empty", "filled", "grade"),
    [
        (1, 0, Grade.MINOR),
        (2, 0, Grade.MINOR),
        (3, 0, Grade.MAJOR),
        (3, 6, Grade.MAJOR),
        (3, 7, Grade.MINOR),
        (1, 399, Grade.MINOR),
        (134, 266, Grade.MAJOR),
        (133, 267, Grade.MINOR),
    ],
)
def test_a_third_and_at_least_three_are_no_single_lapse(
    write: Write, tmp_path: Path, empty: int, filled: int, grade: Grade
) -> None:
    pack = small_pack(tmp_path, clause("9.2", requirement("9.2-a", FILLS)))
    found = assessed(write(isocheck="", a=documents(empty, filled)), pack).findings
    assert {finding.grade for finding in found} == {grade}
    assert len(found) == empty
    assert all(finding.because for finding in found)
    assert {(finding.extent.failing, finding.extent.looked) for finding in found} == {(empty, empty + filled)}


@pytest.mark.parametrize(
    ("own", "performed", "grade"),
    [
        ("", "2025-07-01", None),
        ("", "2025-06-01", Grade.OPPORTUNITY),
        ("", "2024-12-01", Grade.MAJOR),
        ("6 months", "2025-12-01", Grade.MINOR),
        ("24 months", "2024-12-31", None),
        ("24 months", "2024-06-01", Grade.MAJOR),
    ],
)
def test_whose_interval_is_overrun_decides(
    write: Write, tmp_path: Path, own: str, performed: str, grade: Grade | None
) -> None:
    pack = small_pack(tmp_path, clause("9.2", requirement("9.2-a", RECENT)), intervals=CYCLE)
    settings = f"intervals: {{internal_audit: {own}}}\n" if own else ""
    root = write(isocheck=settings, a=f"audits: [{{id: A, kind: internal, performed: {performed}}}]\n")
    assert [finding.grade for finding in assessed(root, pack).findings] == ([grade] if grade else [])


@pytest.mark.parametrize(("adopted", "grade"), [("", Grade.OPPORTUNITY), ("rules: [titles]\n", Grade.MINOR)])
def test_an_adopted_rule_lifts_an_opportunity(write: Write, tmp_path: Path, adopted: str, grade: Grade) -> None:
    check = {**FILLS, "grade": "opportunity", "because": "good practice", "rule": "titles"}
    pack = small_pack(tmp_path, clause("9.2", requirement("9.2-a", check)), rules={"titles": "Your rule: titles."})
    (finding,) = assessed(write(isocheck=adopted, a=documents(1, 0)), pack).findings
    assert finding.grade is grade
    assert finding.because == ("good practice" if grade is Grade.OPPORTUNITY else "Your rule: titles.")


def test_an_opportunity_lowers_nothing_and_alone_yields_nothing(write: Write, tmp_path: Path) -> None:
    hint = {**FILLS, "name": "hint", "grade": "opportunity", "because": "good practice"}
    owner = {**FILLS, "name": "typed", "fields": ["type"]}
    pack = small_pack(tmp_path, clause("9.2", requirement("9.2-a", hint, owner), requirement("9.2-b", hint)))
    result = assessed(write(isocheck="", a="documents: [{id: D, type: x}]\n"), pack)
    verdicts = {requirement.id: requirement.verdict for requirement in result.requirements()}
    assert verdicts == {"9.2-a": Verdict.DESCRIBED, "9.2-b": Verdict.UNASSESSED}
    assert [finding.grade for finding in result.findings] == [Grade.OPPORTUNITY] * 2


def test_opportunities_in_any_number_stay_opportunities(write: Write, tmp_path: Path) -> None:
    hint = {**FILLS, "grade": "opportunity", "because": "good practice"}
    pack = small_pack(tmp_path, clause("9.2", requirement("9.2-a", hint)))
    found = assessed(write(isocheck="", a=documents(9, 0)), pack).findings
    assert {finding.grade for finding in found} == {Grade.OPPORTUNITY}


@pytest.mark.parametrize(
    ("leaves", "other", "grade"),
    [(["9.2"], "", Grade.MAJOR), (["9.2"], "documents: [{id: D, title: x}]\n", Grade.MINOR), ([], "", Grade.MINOR)],
)
def test_absence_is_major_where_a_named_leaf_is_bare(
    write: Write, tmp_path: Path, leaves: list[str], other: str, grade: Grade
) -> None:
    missing = "major" if leaves else "minor"
    body = clause("9.2", requirement("9.2-a", RECENT, missing=missing), requirement("9.2-b", FILLS, missing=missing))
    pack = small_pack(tmp_path, body, intervals=CYCLE, named_leaves=leaves)
    found = assessed(write(isocheck="", a=other), pack).findings
    absent = next(finding for finding in found if finding.register == "audits")
    assert (absent.kind, absent.grade, absent.requirement) == ("absent", grade, "9.2-a")
    assert absent.because == ("other parts of the clause are described" if other else "reason of absence")


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("", Verdict.NOT_DESCRIBED),
        ("documents: [{id: D, title: x}]\n", Verdict.DESCRIBED),
        ("documents: [{id: D}]\n", Verdict.MINOR),
        ("documents: [{id: D}, {id: E}, {id: F}]\n", Verdict.MAJOR),
    ],
)
def test_the_machine_alone_never_says_conforming(write: Write, tmp_path: Path, text: str, verdict: Verdict) -> None:
    pack = small_pack(tmp_path, clause("9.2", requirement("9.2-a", FILLS), requirement("9.2-b")))
    first, second = assessed(write(isocheck="", a=text), pack).requirements()
    assert (first.verdict, second.verdict) == (verdict, Verdict.UNASSESSED)


@pytest.mark.parametrize(
    ("check", "text", "verdict"),
    [
        ({"where": {"status": "effective"}}, "documents: [{id: D, status: draft}]", Verdict.UNASSESSED),
        ({"where": {"status": "effective"}}, "documents: [{id: D}]", Verdict.NOT_DESCRIBED),
        ({"where": {"status": "effective"}}, "documents: [{id: D}, {id: E, status: effective, title: x}]", Verdict.DESCRIBED),
        ({"may_be_empty": True}, "", Verdict.UNASSESSED),
        ({"when": {"organisation.alone": True}}, "documents: [{id: D}]\norganisation: {alone: false}", Verdict.UNASSESSED),
    ],
)  # fmt: skip
def test_nothing_to_look_at_never_passes(
    write: Write, tmp_path: Path, check: dict[str, Any], text: str, verdict: Verdict
) -> None:
    pack = small_pack(tmp_path, clause("9.2", requirement("9.2-a", {**FILLS, **check})))
    (result,) = assessed(write(isocheck="", a=f"{text}\n"), pack).requirements()
    assert result.verdict is verdict
