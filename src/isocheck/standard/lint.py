"""What a pack has to satisfy before it is used: ids in place, names that lead somewhere, checks that fit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from isocheck.checks import Check
from isocheck.checks.base import Setup
from isocheck.checks.paths import PathError
from isocheck.errors import Problem, did_you_mean
from isocheck.location import Location
from isocheck.qms.registers import REGISTERS
from isocheck.standard.model import Clause, Pack, Requirement
from isocheck.terms import Grade, names

__all__ = ["lint"]

Route = tuple[str | int, ...]


class _File(Protocol):
    def locate(self, path: Sequence[str | int]) -> Location: ...


def lint(pack: Pack, documents: Mapping[str, _File]) -> Iterator[Problem]:
    """Yield every problem of a pack, each with its place; `documents` are its files by section, '' is pack.yaml."""
    yield from _lint_head(pack, documents[""])
    seen: dict[str, tuple[_File, Route]] = {}
    setup = Setup(frozenset(pack.file.intervals))
    for section in pack.sections:
        file = documents[section.section]
        for at, clause in enumerate(section.clauses):
            here: Route = ("clauses", at)
            for id_, above, route in _ids(section.section, clause, here):
                place = (*route, "id")
                if id_ in seen:
                    first, earlier = seen[id_]
                    yield Problem(f"{id_} stands twice (first at {first.locate(earlier)})", file.locate(place))
                seen.setdefault(id_, (file, place))
                if not names(above, id_) or id_ == above:
                    yield Problem(f"{id_} does not belong below {above}", file.locate(place))
            yield from _lint_clause(pack, clause, file, here, setup)


def _ids(section: str, clause: Clause, here: Route) -> Iterator[tuple[str, str, Route]]:
    """Yield each id with the one that it has to stand below."""
    yield clause.id, section, here
    for at, requirement in enumerate(clause.requirements):
        route = (*here, "requirements", at)
        yield requirement.id, clause.id, route
        for index, item in enumerate(requirement.items):
            yield item.id, requirement.id, (*route, "items", index)


def _lint_head(pack: Pack, file: _File) -> Iterator[Problem]:
    head = pack.file
    for name, id_, route in (
        ("integrity", head.integrity.default, ("integrity", "default")),
        ("duties", head.duties, ("duties",)),
        *(("integrity", id_, ("integrity", "registers", reg)) for reg, id_ in head.integrity.registers.items()),
        *(("integrity", id_, ("integrity", "kinds", kind)) for kind, id_ in head.integrity.kinds.items()),
        *(("roots", root.at, ("roots", reg)) for reg, root in head.roots.items()),
        *(("named_leaves", id_, ("named_leaves", at)) for at, id_ in enumerate(head.named_leaves)),
    ):
        if id_ not in pack.ids:
            yield Problem(f"{name}: {id_!r} is no clause or requirement of this pack", file.locate(route))
    for name, registers in (
        ("integrity", tuple(head.integrity.registers)),
        ("roots", tuple(head.roots)),
        ("occasions", head.occasions),
    ):
        yield from _registers(name, registers, file, (name,))

    setup = Setup(frozenset(head.intervals))
    for at, due in enumerate(head.calendar):
        place = file.locate(("calendar", at))
        if due.at is not None and due.at not in pack.requirements:
            yield Problem(f"calendar: {due.at!r} is no requirement of this pack", place)
        try:
            due.check.compile(setup)
        except PathError as error:
            yield Problem(f"calendar, {due.task}: {error}", place)


def _registers(name: str, registers: Iterable[str], file: _File, route: Route) -> Iterator[Problem]:
    for register in registers:
        if register not in REGISTERS:
            yield Problem(f"{name}: {register!r} is no register{did_you_mean(register, REGISTERS)}", file.locate(route))


def _lint_clause(pack: Pack, clause: Clause, file: _File, here: Route, setup: Setup) -> Iterator[Problem]:
    if (clause.title is None) == (clause.own_title is None):
        yield Problem(f"{clause.id} needs either 'title' or 'own_title'", file.locate(here))
    yield from _registers(clause.id, clause.contradicted_by, file, (*here, "contradicted_by"))
    for letter in clause.alternatives:
        if f"{clause.id}-{letter}" not in pack.requirements:
            yield Problem(f"{clause.id} has no letter {letter!r}", file.locate((*here, "alternatives")))
    for at, requirement in enumerate(clause.requirements):
        route = (*here, "requirements", at)
        yield from _registers(requirement.id, requirement.contradicted_by, file, (*route, "contradicted_by"))
        yield from _lint_missing(pack, requirement, file, route)
        yield from _lint_checks(pack, requirement.id, requirement.checks, file, route, setup)
        for index, item in enumerate(requirement.items):
            yield from _lint_checks(pack, item.id, item.checks, file, (*route, "items", index), setup)


def _lint_missing(pack: Pack, requirement: Requirement, file: _File, route: Route) -> Iterator[Problem]:
    leaf = any(names(named, requirement.id) for named in pack.file.named_leaves)
    if requirement.if_missing.grade is Grade.MAJOR and not leaf:
        text = f"{requirement.id}: absence is potentially major in the named leaves of pack.yaml only"
        yield Problem(text, file.locate((*route, "if_missing")))


def _lint_checks(
    pack: Pack, id_: str, checks: tuple[Check, ...], file: _File, route: Route, setup: Setup
) -> Iterator[Problem]:
    seen: set[str] = set()
    for at, check in enumerate(checks):
        here = (*route, "checks", at)
        text = ""
        if check.name in seen:
            text = f"the name {check.name!r} stands twice"
        elif check.grade is not Grade.MINOR and not check.because:
            text = f"the grade {check.grade} needs a reason in 'because'"
        elif check.rule is not None and check.rule not in pack.file.rules:
            text = f"{check.rule!r} is no rule of pack.yaml{did_you_mean(check.rule, pack.file.rules)}"
        elif check.rule is not None and check.grade is not Grade.OPPORTUNITY:
            text = "a rule lifts an opportunity; this check's grade is not one"
        elif check.follows is not None and not _leads(pack, check.follows):
            text = f"'follows' names {check.follows!r}, and there is no such check"
        if text:
            yield Problem(f"{id_}/{check.name}: {text}", file.locate(here))
        seen.add(check.name)
        try:
            check.compile(setup)
        except PathError as error:
            yield Problem(f"{id_}/{check.name}: {error}", file.locate(here))


def _leads(pack: Pack, follows: str) -> bool:
    id_, _, name = follows.partition("/")
    if id_ in pack.requirements:
        return any(check.name == name for check in pack.requirements[id_].checks)
    return id_ in pack.items and any(check.name == name for check in pack.items[id_][0].checks)
