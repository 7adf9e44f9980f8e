"""The calendar says of each day what the checks say on that day, and leaves nothing out that has a day or needs one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from isocheck.assessment.calendar import Calendar, Item, calendar
from isocheck.assessment.running import run_checks
from isocheck.checks import Check
from isocheck.checks.covers import Covers
from isocheck.checks.current import Current
from isocheck.checks.exists import Exists
from isocheck.checks.spaced import Spaced
from isocheck.qms.registers import REGISTERS
from isocheck.qms.shape import shapes
from isocheck.standard.model import Pack
from tests.conftest import DAY, LATHE
from tests.making import PACK, scope_of

Write = Callable[..., Path]
SOLO = LATHE.parent / "solo-consultancy"
BARE = Pack(PACK.file.model_copy(update={"calendar": ()}), PACK.sections)
AHEAD = date(2027, 6, 30)


def made(root: Path, as_of: str = DAY, until: date = AHEAD, pack: Pack = PACK) -> Calendar:
    return calendar(pack, scope_of(root, as_of=as_of).description, date.fromisoformat(as_of), until)


def one(root: Path, task: str, as_of: str = DAY) -> Item:
    found = made(root, as_of, date.max)
    (item,) = [item for item in (*found.items, *found.undated) if item.task == task]
    return item


def checks() -> Iterator[tuple[str, Check]]:
    for requirement in PACK.requirements.values():
        for id_, held in (
            (requirement.id, requirement.checks),
            *((item.id, item.checks) for item in requirement.items),
        ):
            yield from ((f"{id_}/{check.name}", check) for check in held)


# --- the calendar and the checks agree ------------------------------------------------------


@pytest.mark.parametrize("root", [LATHE, SOLO], ids=["lathe", "solo"])
def test_what_a_check_finds_overdue_is_overdue_and_the_reverse(root: Path) -> None:
    scope = scope_of(root)
    seen = 0
    for step in range(0, 1100, 61):
        day = date(2025, 9, 1) + timedelta(step)
        found = calendar(BARE, scope.description, day, date.max)
        overdue = {item.identity for item in found.items if item.overdue}
        undated = {item.identity for item in found.undated}
        failed = set()
        for ran in run_checks(scope_of(root, as_of=str(day))):
            task = getattr(ran.check, "task", None)
            for failure in ran.outcome.failures if task else ():
                subject = failure.subject
                identity = (subject.register, subject.entry, subject.item, task)
                if failure.lapse is None and not isinstance(ran.check, Current):  # there is none at all
                    assert identity in overdue | undated or not subject.entry, (day, ran.key, identity)
                    failed.add(identity)
                    continue
                failed.add(identity)
                if failure.whole:  # an entry's item may tell it already
                    assert any(each[0] == subject.register and each[3] == task for each in overdue), (day, ran.key)
                else:
                    assert identity in overdue, (day, ran.key, identity)
        assert overdue <= failed, day
        seen += len(overdue)
    assert seen


def test_what_is_due_beyond_the_checks_is_what_the_pack_lists() -> None:
    scope = scope_of(LATHE)
    listed = {also.task for also in PACK.file.calendar}
    for step in range(0, 1100, 61):
        day = date(2025, 9, 1) + timedelta(step)
        plain = {item.identity for item in calendar(BARE, scope.description, day, date.max).items}
        found = {item.identity for item in calendar(PACK, scope.description, day, date.max).items}
        assert plain <= found
        assert {identity[3] for identity in found - plain} <= listed


def test_an_instrument_that_is_overdue_and_in_use_is_overdue() -> None:
    days = [ran for ran in run_checks(scope_of(LATHE, as_of="2028-01-01")) if ran.key == "7.1.5.2-b/honest"]
    overdue = {item.subject for item in made(LATHE, "2028-01-01").overdue if item.task == "Calibrate"}
    failed = {str(failure.subject) for ran in days for failure in ran.outcome.failures}
    assert failed
    assert failed <= overdue


# --- nothing is left out --------------------------------------------------------------------

WITHOUT_TASK = {
    "10.1-a/products": "an improvement is nothing to appoint a day for",
    "10.1-b/effects": "likewise",
    "10.1-c/system": "likewise",
    "10.3-s1/results": "likewise",
}


def test_every_check_on_time_has_a_task_or_a_reason() -> None:
    timed = {
        name
        for name, check in checks()
        if isinstance(check, Current | Exists | Covers) and (isinstance(check, Current) or check.within)
    }
    tasks = {name for name, check in checks() if getattr(check, "task", None)}
    assert timed - tasks == set(WITHOUT_TASK)
    assert tasks <= timed
    assert any(isinstance(check, Spaced) for _, check in checks())  # they look back: nothing falls due


D = "2026-10-05"
ACTION = f"actions: [{{id: a, what: x, due: {D}}}]"
CASES = {
    "documents.review_due": f"documents: [{{id: D, status: effective, origin: external, review_due: {D}}}]",
    "audits.planned": f"audits: [{{id: A, kind: certification, planned: {D}}}]",
    "audits.findings.response_due": f"audits: [{{id: A, kind: certification, findings: [{{grade: minor, response_due: {D}}}]}}]",
    "audit_programme.ends": f"audit_programme: [{{id: P, ends: {D}}}]",
    "management_reviews.planned": f"management_reviews: [{{id: M, planned: {D}}}]",
    "management_reviews.ends": f"management_reviews: [{{id: M, held: 2026-06-01, ends: {D}}}]",
    "management_reviews.outputs.due": f"management_reviews: [{{id: M, held: 2026-06-01, outputs: [{{action: x, due: {D}}}]}}]",
    "production.revalidate_by": f"production: [{{id: P, special: true, revalidate_by: {D}}}]",
    "competence.expires": f"people: [{{id: P}}]\ncompetence: [{{id: K, person: P, competence: Diving, expires: {D}}}]",
    "objectives.due": f"objectives: [{{id: O, due: {D}}}]",
    "objectives.actions.due": f"objectives: [{{id: O, {ACTION}}}]",
    "risks.actions.due": f"risks: [{{id: R, {ACTION}}}]",
    "nonconformities.actions.due": f"nonconformities: [{{id: N, {ACTION}}}]",
    "changes.actions.due": f"changes: [{{id: C, {ACTION}}}]",
    "providers.evaluations.actions.due": f"providers: [{{id: S, evaluations: [{{{ACTION}}}]}}]",
    "designs.reviews.actions.due": f"designs: [{{id: D, reviews: [{{date: 2026-01-05, {ACTION}}}]}}]",
    "designs.verification.actions.due": f"designs: [{{id: D, verification: [{{date: 2026-01-05, {ACTION}}}]}}]",
    "designs.validation.actions.due": f"designs: [{{id: D, validation: [{{date: 2026-01-05, {ACTION}}}]}}]",
    "resources.maintenance.due": f"resources: [{{id: R, kind: building, maintenance: [{{what: x, due: {D}}}]}}]",
    "providers.certificates.expires": f"providers: [{{id: S, certificates: [{{name: x, expires: {D}}}]}}]",
    "providers.reevaluate_by": f"providers: [{{id: S, reevaluate_by: {D}}}]",
    "equipment.due": f"equipment: [{{id: E, due: {D}}}]",
}  # fmt: skip
NOT_DUE = {
    "organisation.system_started": "a beginning",
    "processes.started": "a beginning",
    "designs.started": "a beginning",
    "products.offered": "a beginning",
    "monitoring.started": "a beginning",
    "audit_programme.starts": "a beginning",
    "documents.effective": "a beginning: whoever approved it has done what there is to do",
    "people.joined": "a beginning",
    "people.left": "an end that asks nothing of anybody",
    "samples.starts": "the period that a sample is from",
    "samples.ends": "the period that a sample is from",
}


def planned() -> Iterator[str]:
    def walk(row: type, path: str) -> Iterator[str]:
        for name, shape in shapes(row).items():
            if shape.kind == "date" and shape.ahead:
                yield f"{path}.{name}"
            elif shape.row is not None:
                yield from walk(shape.row, f"{path}.{name}")

    for register in REGISTERS.values():
        yield from walk(register.model, register.name)


def test_every_day_that_may_lie_ahead_is_in_the_calendar_or_has_a_reason_not_to_be() -> None:
    assert set(planned()) == {*CASES, *NOT_DUE}
    assert not set(CASES) & set(NOT_DUE)


@pytest.mark.parametrize("field", CASES)
def test_a_day_ahead_is_in_the_calendar(write: Write, field: str) -> None:
    root = write(register=CASES[field])
    found = [item for item in made(root).items if str(item.day) == D]
    assert len(found) == 1
    assert found[0].rule == "written"
    assert found[0].register == field.partition(".")[0]
    assert not [item for item in made(root).undated if item.identity == found[0].identity]


# --- what is done drops out -----------------------------------------------------------------

GAUGE = "id: E, name: Micrometer, checks_conformity: true, traceability_required: true, status: in use"
GONE: dict[str, str] = {
    "an action that is done": f"nonconformities: [{{id: N, closed: 2026-06-01, actions: [{{id: a, due: {D}, done: 2026-05-01}}]}}]",
    "a risk that is closed": f"risks: [{{id: R, closed: 2026-06-01, {ACTION}}}]",
    "an objective that ended": f"objectives: [{{id: O, due: {D}, concluded: {{date: 2026-06-01}}, {ACTION}}}]",
    "an audit that was performed": f"audits: [{{id: A, kind: customer, planned: {D}, performed: 2026-06-01}}]",
    "a document that was superseded": f"documents: [{{id: D, status: superseded, origin: external, review_due: {D}}}]",
    "an instrument that is retired": f"equipment: [{{id: E, status: retired, due: {D}}}]",
    "a provider that is blocked": f"providers: [{{id: S, status: blocked, reevaluate_by: {D}, certificates: [{{expires: {D}}}], evaluations: [{{{ACTION}}}]}}]",
    "a competence of somebody who left": f"people: [{{id: P, left: 2026-05-01}}]\ncompetence: [{{id: K, person: P, competence: x, expires: {D}}}]",
    "a competence that was renewed": f"people: [{{id: P}}]\ncompetence: [{{id: K, person: P, competence: x, expires: {D}}}, {{id: L, person: P, competence: x, expires: 2029-01-01}}]",
    "a decision that nothing is needed": "management_reviews: [{id: M, held: 2026-06-01, outputs: [{action: none needed}]}]",
}  # fmt: skip


@pytest.mark.parametrize("case", GONE)
def test_what_is_over_drops_out(write: Write, case: str) -> None:
    found = made(write(register=GONE[case]))
    assert [item.title for item in found.items if str(item.day) == D] == []
    assert [item.title for item in found.undated if item.entry in ("N", "R", "O", "A", "D", "E", "S", "K", "M")] == []


# --- days and rules -------------------------------------------------------------------------


def test_a_day_follows_from_the_entry_the_organisation_or_the_default(write: Write) -> None:
    gauge = (
        f"equipment: [{{{GAUGE}, interval: 12 months}}]\ncalibrations: [{{id: C, equipment: E, performed: 2025-08-31}}]"
    )
    item = one(write(a=gauge), "Calibrate")
    assert (item.day, item.rule, item.interval, item.last) == (date(2026, 8, 31), "own", "12 months", date(2025, 8, 31))
    document = "documents: [{id: D, title: Rules, status: effective, reviewed: 2025-08-31}]"
    item = one(write(a=document, isocheck="intervals: {document_review: 18 months}"), "Review document")
    assert (item.day, item.rule, item.title) == (date(2027, 2, 28), "yours", "Review document D Rules")
    item = one(write(a=document, isocheck="standard: iso9001-2015"), "Review document")
    assert (item.day, item.rule, item.interval) == (date(2028, 8, 31), "default", "36 months")


def test_of_several_days_since_which_an_interval_runs_the_newest_counts(write: Write) -> None:
    root = write(a="documents: [{id: D, status: effective, approved: 2024-01-15, reviewed: 2026-01-15}]")
    assert one(root, "Review document").last == date(2026, 1, 15)


def test_the_last_day_is_still_in_time_and_the_next_is_not(write: Write) -> None:
    root = write(a=f"equipment: [{{{GAUGE}, due: 2026-06-30}}]")
    assert one(root, "Calibrate", "2026-06-30").overdue == 0
    assert one(root, "Calibrate", "2026-07-02").overdue == 2


def test_of_two_days_for_one_task_the_earlier_counts(write: Write) -> None:
    root = write(
        a="documents: [{id: D, status: effective, reviewed: 2026-01-15, review_interval: 12 months, review_due: 2026-09-01}]"
    )
    item = one(root, "Review document")
    assert (item.day, item.rule) == (date(2026, 9, 1), "written")
    root = write(
        a="documents: [{id: D, status: effective, reviewed: 2025-08-15, review_interval: 12 months, review_due: 2026-09-01}]"
    )
    item = one(root, "Review document")
    assert (item.day, item.rule) == (date(2026, 8, 15), "own")


def test_a_planned_audit_stands_in_for_the_interval_only_where_it_comes_in_time(write: Write) -> None:
    held = "{id: A, kind: internal, planned: 2025-10-01, performed: 2025-10-01}"
    root = write(a=f"audits: [{held}, {{id: B, kind: internal, planned: 2026-09-01}}]")
    assert one(root, "Hold internal audit").entry == "B"
    root = write(a=f"audits: [{held}, {{id: B, kind: internal, planned: 2026-12-01}}]")
    days = [(item.entry, str(item.day)) for item in made(root).items if item.task == "Hold internal audit"]
    assert days == [("", "2026-10-01"), ("B", "2026-12-01")]


def test_what_lies_beyond_the_last_day_is_counted(write: Write) -> None:
    root = write(
        a="audits: [{id: A, kind: customer, planned: 2026-07-01}, {id: B, kind: customer, planned: 2026-07-02}]"
    )
    found = made(root, until=date(2026, 7, 1))
    assert [item.entry for item in found.items] == ["A"]
    assert found.later == 1
    assert len(made(root, "2026-07-09", date(2026, 7, 9)).overdue) == 2


def test_what_needs_a_day_and_has_none_is_said(write: Write) -> None:
    item = one(write(a="equipment: [{id: E, traceability_required: true, status: in use}]"), "Calibrate")
    assert (item.day, item.rule, item.why) == (None, None, "no day under due")
    item = one(write(a="audits: [{id: A, kind: internal}]"), "Hold internal audit")
    assert (item.day, item.entry) == (None, "A")
    assert one(write(a="organisation: {name: x}"), "Hold management review").why == "none so far"
    item = one(write(a="documents: [{id: D, origin: internal, reviewed: 2026-01-01}]"), "Review document")
    assert (item.day, item.why) == (None, "status is empty")


# --- what is in -----------------------------------------------------------------------------

TWO = "audits: [{id: A, kind: internal, planned: 2026-09-01, site: North}, {id: B, kind: internal, planned: 2026-09-02, site: South}]"


def test_the_engagement_and_exclusions_are_kept_to(write: Write) -> None:
    def entries(settings: str, **more: str) -> set[str]:
        return {item.entry for item in made(write(a=TWO, isocheck=settings, **more)).items}

    assert {"A", "B"} <= entries("standard: iso9001-2015")
    assert entries("engagement: {sites: [North]}") == {"A"}
    assert entries("engagement: {clauses: ['7']}") == set()
    process = {
        "b": "production: [{id: P, special: true, revalidate_by: 2026-09-01}]",
        "isocheck": "standard: iso9001-2015",
    }
    assert "P" in {item.entry for item in made(write(**process)).items}
    scope = "scope: {exclusions: [{clause: 8.5.1-f, justification: Every result is measured afterwards}]}"
    assert "P" not in {item.entry for item in made(write(**process, c=scope)).items}


# --- who ------------------------------------------------------------------------------------


def test_who_sees_to_it(write: Write) -> None:
    gauge = f"equipment: [{{{GAUGE}, due: 2026-09-01}}]\n"
    people = "people: [{id: P, name: Ada, roles: [R]}]\n"
    assert one(write(a=gauge), "Calibrate").owner.ref == ""
    owner = one(write(a=f"{gauge}{people}roles: [{{id: R, title: Inspector, covers: [7.1.5]}}]"), "Calibrate").owner
    assert (owner.ref, owner.name, owner.through) == ("roles/R", "Inspector (Ada)", "covers the requirement")
    roles = "roles: [{id: R, title: Inspector}]\nprocesses: [{id: PR, owner: roles/R, clauses: [7.1.5.2]}]"
    owner = one(write(a=f"{gauge}{people}{roles}"), "Calibrate").owner
    assert (owner.ref, owner.through) == ("roles/R", "owns process PR")
    action = f"risks: [{{id: R, owner: roles/R, actions: [{{what: Guard, owner: people/P, due: {D}}}]}}]\n"
    item = one(write(a=f"{action}{people}roles: [{{id: R}}]"), "Carry out")
    assert (item.owner.name, item.name) == ("Ada", "Guard (R)")
    action = f"risks: [{{id: R, owner: roles/R, actions: [{{id: a1, what: Guard, due: {D}}}]}}]\n"
    item = one(write(a=f"{action}{people}roles: [{{id: R, title: Boss}}]"), "Carry out")
    assert (item.owner.name, item.owner.through, item.name) == ("Boss (Ada)", "", "a1 Guard (R)")
    assert item.location.line == 1
    assert one(write(a=f"audits: [{{id: A, kind: internal, planned: {D}, auditors: [P]}}]\n{people}roles: [{{id: R}}]"), "Hold internal audit").owner.name == "Ada"  # fmt: skip


def test_an_audit_of_a_process_is_not_its_owners_to_hold(write: Write) -> None:
    root = write(
        a="processes: [{id: PR, owner: people/P}]\npeople: [{id: P, name: Ada}]\n"
        "audits: [{id: A, kind: internal, performed: 2025-01-10, processes: [PR]}]"
    )
    assert one(root, "Audit process").owner.ref == ""
    assert one(root, "Evaluate process").owner.name == "Ada"
