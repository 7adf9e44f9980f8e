"""What falls due: a pure function of pack, description, day and last day.

It asks the checks themselves, so that what is overdue here is what fails there on the same day; what no check looks at
comes from the pack's `calendar`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal, NamedTuple

from isocheck import __version__
from isocheck.assessment.assess import engagement_of, standard_of
from isocheck.assessment.naming import title_of
from isocheck.assessment.results import Engagement, Standard
from isocheck.assessment.running import Scope, prepare
from isocheck.checks import Check
from isocheck.checks.base import Setup
from isocheck.checks.due import Due
from isocheck.location import Location
from isocheck.qms.description import Description
from isocheck.qms.registers import REGISTERS
from isocheck.standard.model import Pack
from isocheck.terms import above, sort_key

__all__ = ["Calendar", "Item", "Owner", "Rule", "calendar"]

Rule = Literal["written", "own", "yours", "default"]
"""Whose day it is: written down, by the entry's own interval, by the organisation's, by a default that binds nobody."""
_SOURCES: dict[str, Rule] = {"entry": "own", "own": "yours", "default": "default"}


class Owner(NamedTuple):
    """Who sees to something: a role or a person as 'register/id' with the name, empty where nobody is named.

    `through` says how that follows where the entry itself names nobody.
    """

    ref: str = ""
    name: str = ""
    through: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """Something that falls due on a day, or needs a day and has none (`day` is None, `why` says what is missing).

    `entry` is empty where it is about a register as a whole; `part` names the part of an entry that is meant.
    `requirements` are those that it serves, the first one first. `interval` and `last` tell what the day follows from;
    they are empty where it is written down. `overdue` is the number of days that have gone by since, 0 if none.
    """

    day: date | None
    task: str
    name: str
    register: str
    entry: str
    part: str
    requirements: tuple[str, ...]
    owner: Owner
    location: Location
    rule: Rule | None
    interval: str
    last: date | None
    overdue: int
    why: str

    @property
    def title(self) -> str:
        """What is to be done, in plain words."""
        return f"{self.task} {self.name}".rstrip()

    @property
    def subject(self) -> str:
        """The entry that it is about, as 'register/id'."""
        return f"{self.register}/{self.entry}" if self.entry else self.register

    @property
    def identity(self) -> tuple[str, str, str, str]:
        """What makes it the same thing on another day: register, entry, part and task."""
        return self.register, self.entry, self.part, self.task


@dataclass(frozen=True, slots=True)
class Calendar:
    """Everything that falls due up to a day, overdue first; `later` counts what falls due after that."""

    version: str
    standard: Standard
    organisation: str
    engagement: Engagement
    as_of: date
    until: date
    items: tuple[Item, ...]
    undated: tuple[Item, ...]
    later: int

    @property
    def overdue(self) -> tuple[Item, ...]:
        """What is overdue, longest first."""
        return tuple(item for item in self.items if item.overdue)

    @property
    def coming(self) -> tuple[Item, ...]:
        """What falls due from the day of the calendar on."""
        return tuple(item for item in self.items if not item.overdue)


def calendar(pack: Pack, description: Description, as_of: date, until: date) -> Calendar:
    """Return what is overdue on a day and what falls due from then up to the day `until`.

    What is done, superseded, ended, excluded or outside the engagement is not in it.
    """
    scope = prepare(pack, description, as_of)
    owners = _Owners(scope)
    organisation = description.single("organisation")
    merged: dict[tuple[str, str, str, str], Item] = {}
    for requirement, due in _dues(scope):
        item = _item(scope, owners, requirement, due)
        held = merged.get(item.identity)
        merged[item.identity] = _merged(held, item) if held else item
    items = [item for item in merged.values() if not _told(item, merged)]
    dated = sorted((item for item in items if item.day), key=_order)
    return Calendar(
        version=__version__,
        standard=standard_of(pack),
        organisation=(organisation.name if organisation else None) or "",
        engagement=engagement_of(description),
        as_of=as_of,
        until=until,
        items=tuple(item for item in dated if item.overdue or (item.day or as_of) <= until),
        undated=tuple(sorted((item for item in items if not item.day), key=_order)),
        later=sum(not item.overdue and (item.day or as_of) > until for item in dated),
    )


def _dues(scope: Scope) -> Iterator[tuple[str, Due]]:
    """Yield what falls due, each with the requirement that it serves, an empty text for none."""
    setup = Setup(frozenset(scope.pack.file.intervals))

    def asked(id_: str, check: Check) -> Iterator[tuple[str, Due]]:
        return ((id_, due) for due in check.falls_due(setup, scope.tables, scope.intervals))

    for requirement in scope.requirements:
        if scope.looked_at(requirement.id):
            for check in requirement.checks:
                yield from asked(requirement.id, check)
            for item in requirement.items:
                for check in item.checks:
                    yield from asked(item.id, check)
    for also in scope.pack.file.calendar:
        if also.at is None or scope.looked_at(also.at):
            dues = asked(also.at or "", also.check)
            yield from (each for each in dues if each[1].day is not None or not also.may_lack)


def _item(scope: Scope, owners: _Owners, requirement: str, due: Due) -> Item:
    subject, allowed = due.subject, due.allowed
    rule: Rule | None = None
    if due.day is not None:
        rule = _SOURCES[allowed.source] if allowed else "written"
    return Item(
        day=due.day,
        task=due.task,
        name=_name(scope, due),
        register=subject.register,
        entry=subject.entry,
        part=subject.item,
        requirements=(requirement,) if requirement else (),
        owner=owners.of(due, requirement),
        location=scope.description.locate(*due.place),
        rule=rule,
        interval=str(allowed.period) if allowed else "",
        last=due.last,
        overdue=max(0, (scope.as_of - due.day).days) if due.day else 0,
        why=due.why,
    )


def _merged(one: Item, other: Item) -> Item:
    """Return one item for a task that several checks look at: the earliest day counts, and one without any does not."""
    first, second = sorted((one, other), key=lambda item: item.day or date.max)  # as they come, where on one day
    if second.day is None and first.day is not None:
        return first
    return replace(first, requirements=tuple(dict.fromkeys((*first.requirements, *second.requirements))))


def _told(item: Item, merged: dict[tuple[str, str, str, str], Item]) -> bool:
    """Tell whether an item about a register as a whole says nothing that an entry's item does not say sooner."""
    if item.entry or item.part or REGISTERS[item.register].single:
        return False
    last = item.day or date.max
    return any(
        other.entry and other.register == item.register and other.task == item.task and (other.day or date.max) <= last
        for other in merged.values()
    )


def _order(item: Item) -> tuple[Any, ...]:
    requirement = sort_key(item.requirements[0]) if item.requirements else ()
    return item.day or date.max, requirement, item.task, item.register  # then as the files have it


# --- names --------------------------------------------------------------------------------

_SAYS = ("action", "what", "name", "statement", "indicator", "competence", "topic")


def _name(scope: Scope, due: Due) -> str:
    """Say what an item is about: a part of an entry by what it says, then the entry by its id and title."""
    subject = due.subject
    if not subject.entry:
        return subject.item
    title = title_of(scope.tables, subject.register, subject.entry)
    entry = f"{subject.entry} {title}".rstrip()
    if not subject.item:
        return entry
    says = next((value for field in _SAYS if isinstance(value := getattr(due.data, field, None), str)), "")
    part = subject.item.partition(" ")[2] or subject.item
    id_ = part.rpartition(" ")[2]
    shown = part if not says else says if part in says or id_.isdecimal() else f"{id_} {says}"
    return f"{shown} ({entry})"


class _Owners:
    """Finds who sees to something: whom the entry names, else whoever answers for the requirement."""

    _FIELDS = ("owner", "person", "chaired_by", "auditors", "who", "approved_by")

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._tables = scope.tables
        self._by_requirement: dict[str, Owner] = {}

    def of(self, due: Due, requirement: str) -> Owner:
        """Return who sees to what falls due."""
        subject = due.subject
        if due.others:
            return self._answering(requirement)
        whole = self._scope.description.single(subject.register) if REGISTERS[subject.register].single else None
        entry = self._tables.entry(subject.register, subject.entry) if subject.entry else whole
        part = self._part(entry, due.place[2])
        for row in (*part, entry):
            for field in self._FIELDS:
                if found := self._refs(field, getattr(row, field, None)):
                    return self._named(found)
        return self._answering(requirement)

    def _part(self, entry: Any, route: tuple[str | int, ...]) -> list[Any]:
        """Return the parts of an entry on the way to the place that is meant, innermost first."""
        rows: list[Any] = []
        for step in route:
            entry = entry[step] if isinstance(step, int) else getattr(entry, step, None)
            if entry is None:
                break
            rows.append(entry)
        return rows[::-1]

    def _refs(self, field: str, value: Any) -> tuple[str, ...]:
        values = value if isinstance(value, tuple) else (value,)
        people = field in ("person", "chaired_by", "auditors")
        return tuple(f"people/{each}" if people else each for each in values if isinstance(each, str))

    def _named(self, refs: tuple[str, ...], through: str = "") -> Owner:
        return Owner(", ".join(refs), ", ".join(dict.fromkeys(map(self._who, refs))), through)

    def _who(self, ref: str) -> str:
        """Return a person's name; a role's title with the names of those who hold it."""
        register, _, id_ = ref.partition("/")
        name = title_of(self._tables, register, id_) or id_
        if register != "roles":
            return name
        held = next((row.held_by for row in self._tables.view("role_holders") if row.role == id_), ())
        people = ", ".join(title_of(self._tables, "people", person) or person for person in held)
        return f"{name} ({people})" if people else name

    def _answering(self, requirement: str) -> Owner:
        """Return the role that covers a requirement, or else the owner of the process that fulfils it."""
        found = self._by_requirement.get(requirement)
        if found is None:
            found = self._by_requirement[requirement] = self._find(requirement)
        return found

    def _find(self, requirement: str) -> Owner:
        entries = self._scope.description.entries
        for id_ in (requirement, *above(requirement)):
            roles = tuple(f"roles/{role.id}" for role in entries("roles") if id_ in role.covers)
            if roles:
                return self._named(roles, "covers the requirement")
            owning = [row for row in entries("processes") if id_ in row.clauses and row.owner]
            if owning and len({row.owner for row in owning}) == 1:
                return self._named((owning[0].owner,), f"owns process {owning[0].id}")
        return Owner()
