from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isocheck.assessment.comparison import REMARKS, ByTime, Comparison, Remark, VerdictChange, by_time, compare
from isocheck.assessment.results import Consequence, Engagement, Extent, Finding, RegisterRow, Standard, count
from isocheck.assessment.snapshots import CheckState, RequirementState, Snapshot, entries_of
from isocheck.errors import UsageError
from isocheck.location import Location
from isocheck.terms import Grade, Verdict

STANDARD = Standard("iso9001-2015", "ISO 9001", "2015", ("Amd 1:2024",), "high")
FAILED, PASSED, NOTHING = CheckState("failed", 0), CheckState("passed", 0), CheckState("nothing", 0)
LOOKED = {number: CheckState("passed", 0, number) for number in (1, 2)}
AUDITS = RegisterRow("audits", "Audits", 2, ("A1", "A2"))
IDS = ("8.5.1-a", "8.5.1-b", "8.5.10", "9.2.2-a", "9.2.2-c")


def finding(
    requirement: str = "9.2.2-a",
    check: str = "criteria",
    register: str = "audits",
    entry: str = "A1",
    item: str = "",
    grade: Grade = Grade.MINOR,
    **more: Any,
) -> Finding:
    values: dict[str, Any] = {
        "kind": "fills",
        "because": "why",
        "message": "criteria is empty",
        "tests": "has criteria",
    }
    values |= {"remedy": "Do it.", "extent": Extent(1, 2, 2), "location": Location("qms/audits.yaml", 3, 5, 3, 7)}
    return Finding(requirement, check, item=item, register=register, entry=entry, grade=grade, **(values | more))


def side(
    *findings: Finding,
    verdict: Verdict = Verdict.DESCRIBED,
    answer: CheckState | None = PASSED,
    ids: Iterable[str] = IDS,
    audits: RegisterRow | None = AUDITS,
    **more: Any,
) -> Snapshot:
    """A side that looked at a few requirements; all have one verdict and one check, `criteria`."""
    checks = {} if answer is None else {"criteria": answer}
    states = {id_: RequirementState(id_, "Title", "Duty.", verdict, checks, counted=True) for id_ in ids}
    made = Snapshot(
        label="x",
        root="qms",
        dated="today",
        version="0.1.0",
        standard=STANDARD,
        as_of=date(2026, 6, 30),
        organisation="Ltd",
        engagement=Engagement(),
        counts=count(verdict for _ in states),
        gaps=((Grade.MAJOR, 0), (Grade.MINOR, len(findings)), (Grade.OPPORTUNITY, 0)),
        requirements=states,
        findings=findings,
        entries=entries_of(filter(None, [audits])),
    )
    return replace(made, **more)


def lists(comparison: Comparison) -> dict[str, list[Remark]]:
    """The remarks of every list that is not empty."""
    names = ("added", "regressed", "eased", "unchanged", "closed", "not_looked_at")
    held = {name: [change.remark for change in getattr(comparison, name)] for name in names}
    return {name: remarks for name, remarks in held.items() if remarks}


ONE = finding()
MAJOR = finding(grade=Grade.MAJOR)
ABSENT = finding("9.2.2-a", "absent", entry="", kind="absent", tests="")
FALLEN = Consequence("9.2.2-a", "criteria", "audits/A1: criteria is empty")
ROOT = finding("9.2.2-c", "criteria", entry="A2", consequences=(FALLEN,))

CASES: dict[str, tuple[Snapshot, Snapshot, dict[str, list[Remark]]]] = {
    "nothing": (side(), side(), {}),
    "new": (side(), side(ONE), {"added": [""]}),
    "unchanged, wherever it stands now": (
        side(ONE),
        side(replace(ONE, location=Location("other.yaml", 99), message="criteria is still empty")),
        {"unchanged": [""]},
    ),
    "ids are folded, as in references": (side(finding(entry="A 1")), side(finding(entry="a-1")), {"unchanged": [""]}),
    "another item is another finding": (
        side(finding(item="findings 1")),
        side(finding(item="findings 2")),
        {"added": [""], "closed": ["part"]},
    ),
    "graver": (side(ONE), side(MAJOR), {"regressed": [""]}),
    "less grave": (side(MAJOR), side(ONE), {"eased": [""]}),
    "mended": (side(ONE), side(), {"closed": ["mended"]}),
    "part of an entry": (side(finding(item="auditors 1")), side(), {"closed": ["part"]}),
    "the entry is gone": (side(ONE), side(audits=RegisterRow("audits", "", 1, ("A2",))), {"closed": ["entry-gone"]}),
    "all entries are gone": (
        side(ONE),
        side(ABSENT, audits=RegisterRow("audits", "", 0), answer=NOTHING),
        {"added": [""], "closed": ["entry-gone"]},
    ),
    "entries are not listed": (side(ONE), side(audits=RegisterRow("audits", "", 2)), {"closed": ["unknown"]}),
    "the register is not listed": (side(ONE), side(audits=None), {"closed": ["unknown"]}),
    "gone with another entry that it names": (
        side(finding(message="contradicted by: audits/A2")),
        side(audits=RegisterRow("audits", "", 1, ("A1",))),
        {"closed": ["fewer"]},
    ),
    "gone with another entry that its consequences name": (
        side(finding(consequences=(Consequence("9.2.2-c", "x", "audits/A2: y"),))),
        side(audits=RegisterRow("audits", "", 1, ("A1",))),
        {"closed": ["fewer"]},
    ),
    "a number is no name of an entry": (
        side(finding(message="3 of 7"), audits=RegisterRow("audits", "", 2, ("A1", "3"))),
        side(audits=RegisterRow("audits", "", 1, ("A1",))),
        {"closed": ["mended"]},
    ),
    "a number behind its register is": (
        side(finding(message="as audits/3"), audits=RegisterRow("audits", "", 2, ("A1", "3"))),
        side(audits=RegisterRow("audits", "", 1, ("A1",))),
        {"closed": ["fewer"]},
    ),
    "a whole register of which entries are gone": (
        side(finding(entry="", kind="covers")),
        side(audits=RegisterRow("audits", "", 1, ("A1",))),
        {"closed": ["fewer"]},
    ),
    "fewer entries bring nothing about": (
        side(finding(entry="", kind="exists")),
        side(audits=RegisterRow("audits", "", 1, ("A1",))),
        {"closed": ["mended"]},
    ),
    "looked at no longer": (side(ONE, answer=LOOKED[2]), side(answer=LOOKED[1]), {"closed": ["set-aside"]}),
    "another one deleted": (
        side(ONE, answer=LOOKED[2]),
        side(answer=LOOKED[1], audits=RegisterRow("audits", "", 1, ("A1",))),
        {"closed": ["mended"]},
    ),
    "looked at as before": (side(ONE, answer=LOOKED[2]), side(answer=LOOKED[2]), {"closed": ["mended"]}),
    "a day": (side(finding(kind="current")), side(), {"closed": ["day"]}),
    "another interval": (
        side(finding(kind="current", lapse="own"), intervals={"audits": "12 months"}),
        side(intervals={"audits": "24 months"}),
        {"closed": ["interval"]},
    ),
    "the same interval": (
        side(finding(lapse="own"), intervals={"audits": "12 months"}),
        side(intervals={"audits": "12 months"}),
        {"closed": ["mended"]},
    ),
    "nothing left to look at": (side(ONE), side(answer=NOTHING), {"closed": ["nothing-left"]}),
    "more entries say too little": (side(ONE), side(answer=CheckState("passed", 1)), {"closed": ["too-little"]}),
    "described now": (side(ABSENT), side(), {"closed": ["described"]}),
    "declared to have no occasion": (side(ABSENT), side(verdict=Verdict.NOT_YET), {"closed": ["declared"]}),
    "declared not applicable": (
        side(ONE),
        side(verdict=Verdict.NOT_APPLICABLE, answer=None),
        {"closed": ["not-applicable"]},
    ),
    "no longer excluded": (side(verdict=Verdict.NOT_APPLICABLE, answer=None), side(ONE), {"added": [""]}),
    "falls with another": (side(ONE), side(ROOT), {"added": [""], "unchanged": ["falls-with"]}),
    "fell with another": (side(ROOT), side(ONE), {"added": ["surfaced"], "closed": ["mended"]}),
    "another entry fell": (
        side(finding(entry="A")),
        side(ROOT),
        {"added": [""], "closed": ["entry-gone"]},
    ),
    "empty registers reported under another requirement": (
        side(ABSENT),
        side(replace(ABSENT, requirement="9.2.2-c"), ids=("9.2.2-c",)),
        {"unchanged": [""]},
    ),
    "not selected now": (side(ONE), side(ids=("8.5.10",)), {"not_looked_at": [""]}),
    "not selected before": (side(ids=("8.5.10",)), side(ONE), {"not_looked_at": [""]}),
    "outside the engagement now": (
        side(ONE),
        side(engagement=Engagement(clauses=("8.5",))),
        {"not_looked_at": [""]},
    ),
    "inside by a sub-clause": (side(ONE), side(engagement=Engagement(clauses=("9.2",))), {"closed": ["mended"]}),
    "a prefix is no path": (
        side(finding("8.5.10")),
        side(engagement=Engagement(clauses=("8.5.1",))),
        {"not_looked_at": [""]},
    ),
    "a check that did not exist": (side(answer=None), side(ONE), {"not_looked_at": [""]}),
    "a check that exists no longer": (side(ONE), side(answer=None), {"not_looked_at": [""]}),
    "other sites": (side(ONE), side(engagement=Engagement(sites=("Leeds",))), {"closed": ["engagement"]}),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_what_became_of_a_finding(case: str) -> None:
    old, new, expected = CASES[case]
    assert lists(compare(old, new)) == expected


def test_every_remark_is_a_case_and_has_words() -> None:
    seen = {remark for _, _, held in CASES.values() for remarks in held.values() for remark in remarks}
    assert seen | {"time", "time-gone"} == set(REMARKS)
    assert all(text for remark, text in REMARKS.items() if remark)


def test_only_what_was_mended_counts_as_mended() -> None:
    closed = {change for old, new, _ in CASES.values() for change in compare(old, new).closed}
    assert {change.remark for change in closed if change.mended} == {"mended", "part", "described", "day"}
    assert len({change.remark for change in closed}) > 8


LATER = date(2027, 6, 30)


def test_what_time_alone_brings_is_told_apart() -> None:
    other = finding(entry="A2")
    old, new = side(), side(ONE, other, as_of=LATER)
    time = by_time(old, side(ONE, as_of=LATER))
    assert lists(compare(old, new, time)) == {"added": ["time", ""]}
    assert lists(compare(old, new)) == {"added": ["", ""]}
    assert lists(compare(side(ONE), side(MAJOR), by_time(side(ONE), side(MAJOR)))) == {"regressed": ["time"]}
    assert lists(compare(side(ONE), side(MAJOR), by_time(side(), side(ONE)))) == {"regressed": [""]}


def test_what_time_alone_takes_is_not_mended() -> None:
    old, new = side(ONE), side(as_of=LATER)
    assert lists(compare(old, new, by_time(old, side()))) == {"closed": ["time-gone"]}
    assert lists(compare(old, new, by_time(old, side(MAJOR)))) == {"closed": ["mended"]}
    assert lists(compare(old, new, ByTime())) == {"closed": ["mended"]}


M, X, ND, U, NY, D, C, NA = (
    Verdict.MINOR,
    Verdict.MAJOR,
    Verdict.NOT_DESCRIBED,
    Verdict.UNASSESSED,
    Verdict.NOT_YET,
    Verdict.DESCRIBED,
    Verdict.CONFORMING,
    Verdict.NOT_APPLICABLE,
)


@pytest.mark.parametrize(
    ("was", "verdict", "direction"),
    [(M, D, "better"), (X, M, "better"), (ND, M, "better"), (D, C, "better"), (U, D, "better"), (NY, D, "better"),
     (D, M, "worse"), (M, X, "worse"), (M, ND, "worse"), (C, D, "worse"), (D, U, "worse"), (U, M, "worse"), (NY, M, "worse"),
     (X, ND, "other"), (ND, X, "other"), (M, U, "other"), (X, NY, "other"), (D, NY, "other"), (U, NY, "other"),
     (X, NA, "other"), (NA, X, "other"), (D, NA, "other")],
)  # fmt: skip
def test_which_way_a_verdict_turned(was: Verdict, verdict: Verdict, direction: str) -> None:
    assert VerdictChange("9.2.2-a", "", "", was, verdict).direction == direction


def test_no_way_round_leads_to_two_improvements() -> None:
    for one, other in product(Verdict, Verdict):
        there, back = (VerdictChange("9.2.2-a", "", "", *pair).direction for pair in ((one, other), (other, one)))
        assert (there, back) != ("better", "better")


def test_verdicts_change_without_a_single_new_finding() -> None:
    old, new = side(verdict=C), side(verdict=D, engagement=Engagement(clauses=("9.2.2-a", "8.5.10")))
    comparison = compare(old, new)
    assert [change.requirement for change in comparison.verdicts] == ["8.5.10", "9.2.2-a"]
    assert [change.requirement for change in comparison.turned("worse")] == ["8.5.10", "9.2.2-a"]
    assert comparison.turned("better") == comparison.turned("other") == ()


DELETED = RegisterRow("audits", "", 1, ("A2",))


@pytest.mark.parametrize(
    ("findings", "direction"),
    [
        ((), "better"),
        ((finding(entry="A2"),), "better"),
        ((ONE,), "other"),
        ((ONE, finding(entry="A2")), "better"),
        ((ONE, finding(entry="A2", grade=Grade.OPPORTUNITY)), "other"),
        ((finding("9.2.2-a1"),), "other"),
        ((finding("8.5.10", consequences=(Consequence("9.2.2-a", "x", "y"),)),), "other"),
        ((finding("9.2.2-c"),), "better"),
    ],
)  # fmt: skip
def test_a_verdict_is_better_only_where_something_was_mended(findings: tuple[Finding, ...], direction: str) -> None:
    comparison = compare(side(*findings, verdict=M), side(verdict=D, audits=DELETED))
    assert {change.direction for change in comparison.verdicts if change.requirement == "9.2.2-a"} == {direction}


def test_a_verdict_is_not_better_for_a_check_that_exists_no_longer() -> None:
    comparison = compare(side(ONE, verdict=M, ids=("9.2.2-a",)), side(verdict=D, answer=None, ids=("9.2.2-a",)))
    assert [change.direction for change in comparison.verdicts] == ["other"]


OPPORTUNITY = finding(grade=Grade.OPPORTUNITY)


@pytest.mark.parametrize(
    ("old", "new", "failing"),
    [
        (side(ONE), side(ONE), set()),
        (side(ONE), side(), set()),
        (side(), side(ONE), {"new", "regressed"}),
        (side(), side(OPPORTUNITY), set()),
        (side(OPPORTUNITY), side(ONE), {"regressed"}),
        (side(ONE), side(MAJOR), {"regressed"}),
        (side(verdict=C), side(verdict=D), {"regressed"}),
        (side(verdict=D), side(verdict=C), set()),
        (side(ids=("8.5.10",)), side(ONE), set()),
        (side(), side(ids=("8.5.10",)), {"new", "regressed"}),
        (side(ONE), side(engagement=Engagement(clauses=("8.5",))), {"new", "regressed"}),
        (side(), side(engagement=Engagement(sites=("Leeds",))), {"new", "regressed"}),
        (
            side(engagement=Engagement(sites=("York", "Leeds"))),
            side(engagement=Engagement(sites=("Leeds",))),
            {"new", "regressed"},
        ),
        (side(engagement=Engagement(sites=("leeds",))), side(engagement=Engagement(sites=("Leeds", "York"))), set()),
        (side(engagement=Engagement(processes=("P1",))), side(), set()),
        (side(ONE), side(answer=None), {"regressed"}),
    ],
)
def test_what_fails(old: Snapshot, new: Snapshot, failing: set[str]) -> None:
    comparison = compare(old, new)
    assert {on for on in ("new", "regressed", "never") if comparison.fails(on)} == failing


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"as_of": date(2026, 7, 1)}, "lie 1 day apart; what time alone did is not told apart"),
        ({"as_of": date(2026, 6, 1)}, "lie 29 days apart, and the newer side has the earlier one"),
        ({"standard": replace(STANDARD, amendments=())}, "against ISO 9001:2015 + Amd 1:2024, the newer one against ISO 9001:2015."),
        ({"version": "0.2.0"}, "isocheck 0.1.0, the newer one by 0.2.0"),
        ({"organisation": ""}, "calls the organisation Ltd, the newer one nothing"),
        ({"engagement": Engagement(processes=("P1",))}, "different sites or processes"),
        ({"engagement": Engagement(clauses=("8",))}, "The newer side did not look at 2 requirements (9.2.2 a), 9.2.2 c))"),
    ],
)  # fmt: skip
def test_what_cannot_be_compared_is_said(changed: dict[str, Any], words: str) -> None:
    (notice,) = compare(side(), side(**changed)).notices
    assert words in notice


def test_the_same_circumstances_need_no_word() -> None:
    assert compare(side(ONE), side()).notices == ()


@pytest.mark.parametrize("changed", [{"id": "iso9001-2026"}, {"edition": "2026"}])
def test_another_edition_cannot_be_compared(changed: dict[str, Any]) -> None:
    with pytest.raises(UsageError, match="cannot be compared"):
        compare(side(), side(standard=replace(STANDARD, **changed)))


findings = st.lists(
    st.builds(
        finding,
        requirement=st.sampled_from(IDS),
        entry=st.sampled_from(("A1", "A2", "A3")),
        item=st.sampled_from(("", "findings 1")),
        grade=st.sampled_from(Grade),
    ),
    unique_by=lambda each: each.identity,
    max_size=8,
)


@given(findings, findings)
def test_each_finding_stands_in_one_list(before: list[Finding], after: list[Finding]) -> None:
    comparison = compare(side(*before), side(*after))
    told = [
        change.finding.identity
        for changes in (
            comparison.added,
            comparison.regressed,
            comparison.eased,
            comparison.unchanged,
            comparison.closed,
            comparison.not_looked_at,
        )
        for change in changes
    ]
    assert sorted(told) == sorted({each.identity for each in (*before, *after)})
    back = compare(side(*after), side(*before))
    assert {change.finding.identity for change in comparison.added} == {c.finding.identity for c in back.closed}
    assert {change.finding.identity for change in comparison.regressed} == {c.finding.identity for c in back.eased}
