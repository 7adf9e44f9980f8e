"""Findings on the description itself: references that lead nowhere, and what was read and does not hold."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from isocheck.assessment.gathering import Findings, Identity
from isocheck.assessment.naming import title_of
from isocheck.assessment.results import Extent, Finding
from isocheck.assessment.running import Scope
from isocheck.location import Location
from isocheck.qms.description import FlawKind, Route
from isocheck.terms import Grade

__all__ = ["Emptied", "note_flaws"]


_SHOWN = 5


class Emptied(NamedTuple):
    """A field that was emptied, and the finding which says why."""

    route: Route
    identity: Identity


_FLAWS: dict[FlawKind, tuple[str, str, str]] = {
    "unread": (
        "values can be read",
        "what cannot be read cannot be shown to anybody either; the field counts as empty",
        "Write the value so that it can be read, or say in isocheck.yaml how this source writes it.",
    ),
    "row": (
        "rows and files can be read",
        "what cannot be read cannot be shown to anybody either; it counts as not there",
        "Mend the row or the file, so that what it holds counts.",
    ),
    "duplicate": (
        "an id names one thing",
        "two things of one id cannot be told apart; only the first was looked at",
        "Give each its own id, or take away the one that is not needed.",
    ),
    "list": (
        "the master list and the files agree",
        "whoever goes by the list does not find the file, or finds one that nobody controls",
        "Put the document into the list or take its file away; of what is listed, name the file or the place.",
    ),
    "two-versions": (
        "a document has one version",
        "nobody can tell which one is valid",
        "Find out which version is valid, and write the same in the list, at the top of the file and in its text.",
    ),
    "approval": (
        "what is in use was approved as it is",
        "the approval that history shows is of other content than is there now",
        "Have the present content approved, and record it as the earlier one was.",
    ),
    "link": (
        "what a document points to can be found",
        "whoever follows the text ends in nothing",
        "Point to the document that is meant, or take the reference out.",
    ),
}
"""For each kind of flaw: what is looked at, why it matters, what to do."""


def note_flaws(scope: Scope, findings: Findings) -> dict[tuple[str, str], list[Emptied]]:
    """Make a finding of everything that does not hold; return by register and entry the fields that it left empty."""
    made: dict[tuple[str, str], list[Emptied]] = defaultdict(list)
    integrity = scope.pack.file.integrity
    for row in scope.description.dangling:
        field_name = next(step for step in reversed(row.route) if isinstance(step, str)).replace("_", " ")
        registers = " or ".join(row.targets)
        message = f"{field_name} names {row.value!r}, which is not in {registers}{row.near}"
        remedy = f"Describe {row.value!r} in {registers}, or name what is meant."
        if row.candidates:
            called = ", ".join(row.candidates[:_SHOWN]) + (", …" if len(row.candidates) > _SHOWN else "")
            message = f"{field_name} names {row.value!r}, and {len(row.candidates)} entries are called so: {called}"
            remedy = f"Name the one that is meant by its id, such as {row.candidates[0]!r}."
        _note(
            scope,
            findings,
            made,
            at=integrity.registers.get(row.register, integrity.default),
            check="integrity",
            register=row.register,
            entry=row.entry,
            route=row.route,
            message=message,
            texts=(
                "what is named can be found",
                "what it names cannot be found, so that nothing stands behind it",
                remedy,
            ),
            location=scope.description.locate(row.register, row.entry, row.route),
        )
    for flaw in scope.description.flaws:
        default = integrity.registers.get(flaw.register, integrity.default)
        _note(
            scope,
            findings,
            made,
            at=integrity.kinds.get(flaw.kind, default),
            check=flaw.kind,
            register=flaw.register,
            entry=flaw.entry,
            route=flaw.route,
            message=flaw.message,
            texts=_FLAWS[flaw.kind],
            location=flaw.location,
            item=flaw.item,
        )
    return made


def _note(
    scope: Scope,
    findings: Findings,
    made: dict[tuple[str, str], list[Emptied]],
    *,
    at: str,
    check: str,
    register: str,
    entry: str,
    route: Route,
    message: str,
    texts: tuple[str, str, str],
    location: Location,
    item: str = "",
) -> None:
    """Make a finding of something that does not hold, unless its requirement is not looked at."""
    if not scope.looked_at(at):
        return
    tests, because, remedy = texts
    finding = Finding(
        requirement=at,
        check=check,
        kind="integrity",
        register=register,
        entry=entry,
        item=item or ".".join(str(step + 1) if isinstance(step, int) else step for step in route),
        grade=Grade.MINOR,
        because=because,
        message=message,
        tests=tests,
        remedy=remedy,
        extent=Extent(1, 1, 1),
        location=location,
        title=title_of(scope.tables, register, entry),
    )
    made[register, entry].append(Emptied(route, findings.add(finding)))
