"""References between entries: ids made unique, names resolved to entries, what leads nowhere set aside."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from isocheck.errors import Problem, did_you_mean, quoted
from isocheck.location import Location
from isocheck.qms.description import Dangling, Description, Flaw, Origin, Route
from isocheck.qms.shape import shapes
from isocheck.terms import fold

__all__ = ["index_entries", "resolve"]


_SUGGESTIONS = 100  # looking for the nearest name is slow, and where more are wrong no slip of the pen is the cause


class _Step(NamedTuple):
    """One field to look at: a reference, a clause or a part that holds some."""

    name: str
    many: bool
    targets: tuple[str, ...] = ()
    clause: bool = False
    parts: tuple[_Step, ...] = ()
    only: str = ""
    """The register of a single reference that leads into one."""


@cache
def _plan(row: type) -> tuple[_Step, ...]:
    steps = []
    for name, shape in shapes(row).items():
        if shape.kind == "reference":
            only = shape.targets[0] if len(shape.targets) == 1 and not shape.many else ""
            steps.append(_Step(name, shape.many, targets=shape.targets, only=only))
        elif shape.kind == "clause":
            steps.append(_Step(name, shape.many, clause=True))
        elif shape.kind == "row" and shape.row is not None and (parts := _plan(shape.row)):
            steps.append(_Step(name, shape.many, parts=parts))
    return tuple(steps)


def index_entries(description: Description) -> Iterator[Problem]:
    """Index entries by id; yield a problem for each id that stands twice in a register.

    Ids are compared folded: 'PR.001' and 'pr-001' are one.
    """
    for name, table in description.tables.items():
        if table.register.single:
            continue
        first: dict[str, int] = {}
        ids: dict[str, Any] = {}
        for at, entry in enumerate(table.entries):
            before = first.setdefault(fold(entry.id), at)
            if before == at:
                ids[entry.id] = entry
                continue
            origin, path = table.origins[before]
            where = origin.locate((*path, "id"))
            origin, path = table.origins[at]
            other = table.entries[before].id
            same = "" if other == entry.id else f", which is the same id as {quoted(other)}"
            yield Problem(
                f"{name}: the id {quoted(entry.id)} stands twice{same} (first at {where}); give one of them another id",
                origin.locate((*path, "id")),
            )
        description.by_id[name] = ids


def resolve(
    description: Description, clauses: frozenset[str], main: Origin | None, complete: bool = True
) -> Iterator[Problem]:
    """Replace every reference by the id as the entry has it; yield a problem for each unknown clause.

    A field with several target registers then holds 'register/id'. What names no entry is emptied and noted in
    `description.dangling`. `main` is the file of the settings; where the description is not `complete`, it may name
    entries that could not be read.
    """
    resolver = _Resolver(description, clauses)
    for name, table in description.tables.items():
        plan = _plan(table.register.model)
        if plan:
            single = table.register.single
            for at, entry in enumerate(table.entries):
                resolver.walk(entry, plan, name, "" if single else entry.id, at, ())
    settings = description.settings
    if settings.engagement is not None and main is not None:
        resolver.settings(settings.engagement, _plan(type(settings.engagement)), main, complete)
    yield from resolver.problems


class _Resolver:
    def __init__(self, description: Description, clauses: frozenset[str]) -> None:
        self.description = description
        self.clauses = clauses
        self.problems: list[Problem] = []
        self.folded: dict[str, dict[str, str]] = {}
        self.titled: dict[str, dict[str, list[str]]] = {}
        self._by_name: dict[tuple[str, tuple[str, ...]], str | None] = {}
        self._by_own_title: dict[tuple[str, tuple[str, ...]], str | None] = {}

    def walk(self, row: Any, plan: tuple[_Step, ...], register: str, entry: str, at: int, route: Route) -> None:
        values = row.__dict__  # written to directly: pydantic's own setter costs more than the look-up
        for step in plan:
            value = values[step.name]
            if value is None or value == () or (step.only and value in self.description.by_id[step.only]):
                continue  # nothing there, or an id as its entry has it, as most are
            here = (*route, step.name)
            if step.parts:
                if step.many:
                    for index, part in enumerate(value):
                        if part is not None:
                            self.walk(part, step.parts, register, entry, at, (*here, index))
                else:
                    self.walk(value, step.parts, register, entry, at, here)
            elif step.clause:
                self._clauses(values, step, register, entry, at, here)
            elif step.many:
                known = [
                    item if item is None else self._name(item, step.targets, register, entry, at, (*here, index))
                    for index, item in enumerate(value)
                ]
                values[step.name] = tuple(known)
            else:
                values[step.name] = self._name(value, step.targets, register, entry, at, here)

    def _clauses(self, values: dict[str, Any], step: _Step, register: str, entry: str, at: int, here: Route) -> None:
        """Report clauses that the standard does not have: an error, in a file of another shape a flaw."""
        value = values[step.name]
        table = self.description.tables[register]
        for index, clause in enumerate(value if step.many else (value,)):
            if clause is None or clause in self.clauses:
                continue
            route = (*here, index) if step.many else here
            origin, path = table.origins[at]
            problem = self._unknown(clause, origin.locate((*path, *route)))
            if not table.maps(at, str(here[0])):
                self.problems.append(problem)
                continue
            assert problem.location is not None
            flaw = Flaw("unread", register, entry, route, problem.message, problem.location)
            self.description.flaws.append(flaw)
            if step.many:
                values[step.name] = tuple(None if known == clause else known for known in values[step.name])
            else:
                values[step.name] = None

    def settings(self, row: Any, plan: tuple[_Step, ...], main: Origin, complete: bool) -> None:
        """Settings bind the whole run, so that a name which leads nowhere is an error there."""
        for step in plan:
            values = row.__dict__[step.name]
            known = values
            if not step.clause:
                known = tuple(self._lookup(value, step.targets) if value else None for value in values)
                row.__dict__[step.name] = known
            for at, value in enumerate(values):
                place = main.locate(("engagement", step.name, at))
                if step.clause and value and value not in self.clauses:
                    self.problems.append(self._unknown(value, place))
                elif value and known[at] is None and complete:
                    self.problems.append(Problem(f"{quoted(value)} is none of {step.name}", place))

    def _unknown(self, clause: str, where: Location) -> Problem:
        near = did_you_mean(clause, sorted(self.clauses)) if len(self.problems) < _SUGGESTIONS else ""
        return Problem(f"{quoted(clause)} is no clause or requirement of this standard{near}", where)

    def _name(
        self, value: str, targets: tuple[str, ...], register: str, entry: str, at: int, route: Route
    ) -> str | None:
        key = (value, targets)  # the same few people and processes are named by most entries
        if key not in self._by_name:
            self._by_name[key] = self._lookup(value, targets)
        found = self._by_name[key]
        if found is None and self.description.tables[register].maps(at, str(route[0])):
            if key not in self._by_own_title:
                self._by_own_title[key] = self._by_title(value, targets)
            found = self._by_own_title[key]
        if found is None:
            near = ""
            candidates = self._candidates(value, targets, register, str(route[0]), at)
            if not candidates and len(self.description.dangling) < _SUGGESTIONS:
                ids = [id_ for target in targets for id_ in self.description.by_id.get(target, ())]
                near = did_you_mean(value.rpartition("/")[2], ids) if len(ids) <= 2000 else ""
            self.description.dangling.append(Dangling(register, entry, route, value, targets, near, candidates))
        return found

    def _lookup(self, value: str, targets: tuple[str, ...]) -> str | None:
        by_id = self.description.by_id
        if len(targets) == 1:
            if value in by_id[targets[0]]:
                return value
            register, slash, rest = value.partition("/")
            if slash and register == targets[0]:
                value = rest
            return self._folded(targets[0]).get(fold(value))
        register, slash, rest = value.partition("/")
        if slash and register in targets:
            found = self._folded(register).get(fold(rest))
            return None if found is None else f"{register}/{found}"
        key = fold(value)
        found_in = [(target, id_) for target in targets if (id_ := self._folded(target).get(key)) is not None]
        return f"{found_in[0][0]}/{found_in[0][1]}" if len(found_in) == 1 else None

    def _by_title(self, value: str, targets: tuple[str, ...]) -> str | None:
        """Return the one entry that calls itself so, since files of other shapes name people and things, not ids."""
        found = self._called(value, targets)
        if len(found) != 1:
            return None
        target, id_ = found[0]
        return id_ if len(targets) == 1 else f"{target}/{id_}"

    def _called(self, value: str, targets: tuple[str, ...]) -> list[tuple[str, str]]:
        key = " ".join(value.split()).casefold()
        return [(target, id_) for target in targets for id_ in self._titles(target).get(key, ())]

    def _candidates(self, value: str, targets: tuple[str, ...], register: str, field: str, at: int) -> tuple[str, ...]:
        """Return the entries of which a name may mean any, by id or, in files of another shape, by their own names."""
        found = [(target, id_) for target in targets if (id_ := self._folded(target).get(fold(value))) is not None]
        if not found and self.description.tables[register].maps(at, field):
            found = self._called(value, targets)
        return tuple(f"{target}/{id_}" for target, id_ in found) if len(found) > 1 else ()

    def _titles(self, target: str) -> dict[str, list[str]]:
        table = self.titled.get(target)
        if table is None:
            table = self.titled[target] = {}
            for id_, entry in self.description.by_id[target].items():
                for title in filter(None, {getattr(entry, name, None) for name in ("name", "title")}):
                    table.setdefault(" ".join(title.split()).casefold(), []).append(id_)
        return table

    def _folded(self, register: str) -> dict[str, str]:
        table = self.folded.get(register)
        if table is None:
            table = self.folded[register] = {fold(id_): id_ for id_ in self.description.by_id[register]}
        return table
