"""Running a pack's checks on a description: what applies, what is looked at, what each check saw."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from isocheck.checks import Check
from isocheck.checks.base import Outcome, Setup, table_of
from isocheck.checks.intervals import Interval, Intervals
from isocheck.qms.description import Description, Flaw
from isocheck.qms.tables import Tables
from isocheck.qms.views.facts import ClauseFact, DocumentedFact, Facts
from isocheck.standard.model import Pack, Requirement
from isocheck.terms import above, names

__all__ = ["Ran", "Scope", "prepare", "run_checks"]


@dataclass(slots=True)
class Ran:
    """One check of a requirement or of a sub-item (`id`), and what it saw."""

    id: str
    requirement: Requirement
    check: Check
    outcome: Outcome

    @property
    def key(self) -> str:
        """The name by which another check follows this one."""
        return f"{self.id}/{self.check.name}"


@dataclass(slots=True)
class Scope:
    """What an assessment is about: the pack, the tables, intervals, and which requirements are looked at.

    `excluded` holds the exclusions that stand, by requirement; `outside` the requirements outside the engagement.
    """

    pack: Pack
    tables: Tables
    intervals: Intervals
    requirements: tuple[Requirement, ...]
    excluded: dict[str, Any] = field(default_factory=dict)
    outside: frozenset[str] = frozenset()
    ids: frozenset[str] = field(init=False)
    _unread: dict[str, list[Flaw]] | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self.ids = frozenset(requirement.id for requirement in self.requirements)

    @property
    def description(self) -> Description:
        """The organisation's description."""
        return self.tables.description

    @property
    def as_of(self) -> date:
        """The day of the assessment."""
        return self.tables.facts.as_of

    def looked_at(self, id_: str) -> bool:
        """Tell whether a requirement is assessed: selected, applicable and inside the engagement."""
        return id_ in self.ids and id_ not in self.excluded and id_ not in self.outside

    def unread(self, check: Check) -> list[Flaw]:
        """Return the values that could not be read in fields which a check looks at or picks its rows by.

        Such a field is empty, so that the row may not have been picked: a check that passes on the others does not say
        so itself.
        """
        if self._unread is None:
            self._unread = defaultdict(list)
            for flaw in self.description.flaws:
                if flaw.kind == "unread":
                    self._unread[flaw.register].append(flaw)
        if not self._unread:
            return []
        table = table_of(check.table)
        fields = {name for path in (*(check.where or {}), *check.reads) for name in path.split(".")}
        return [
            flaw
            for register in table.rests_on
            for flaw in self._unread.get(register, ())
            if (not table.field or flaw.route[:1] == (table.field,)) and not fields.isdisjoint(flaw.route)
        ]


def prepare(pack: Pack, description: Description, as_of: date, selection: tuple[str, ...] = ()) -> Scope:
    """Set up an assessment; `selection` names clauses or requirements, empty for all."""
    settings = description.settings
    engagement = settings.engagement
    clauses = tuple(filter(None, engagement.clauses)) if engagement else ()
    intervals = _intervals(pack, description)
    facts = Facts(
        as_of,
        clauses=_clause_facts(pack),
        documented=tuple(
            DocumentedFact(req.id, req.documented.kind, req.documented.condition, req.documented.named_by)
            for req in pack.requirements.values()
            if req.documented is not None
        ),
        duties=tuple(
            id_
            for id_ in pack.requirements
            if id_.startswith(f"{pack.file.duties}-") and len(id_.partition("-")[2]) == 1
        ),
        intervals={name: interval.own or interval.default for name, interval in intervals.by_name.items()},
        engaged_clauses=clauses,
    )
    tables = Tables(description, facts, _engaged(description))
    chosen = tuple(
        requirement
        for requirement in pack.requirements.values()
        if not selection or any(_selects(name, requirement) for name in selection)
    )
    outside = frozenset(
        requirement.id for requirement in chosen if clauses and not any(_selects(name, requirement) for name in clauses)
    )
    scope = Scope(pack, tables, intervals, chosen, outside=outside)
    for row in tables.view("exclusion_state"):
        if row.plausible and row.justification and not row.contradicted_by:
            for requirement in chosen:
                if names(row.clause, requirement.id):
                    scope.excluded.setdefault(requirement.id, row)
    return scope


def _selects(name: str, requirement: Requirement) -> bool:
    return names(name, requirement.id) or any(item.id == name for item in requirement.items)


def _clause_facts(pack: Pack) -> dict[str, ClauseFact]:
    named: dict[str, list[str]] = defaultdict(list)
    for requirement in pack.requirements:
        for id_ in above(requirement):
            named[id_].append(requirement)
    facts = {}
    for section in pack.sections:
        everything = [section.section]
        for clause in section.clauses:
            everything += [clause.id, *(req.id for req in clause.requirements)]
        for id_ in everything:
            below = named[id_]
            leaf = id_ in pack.clauses and bool(pack.clauses[id_].requirements)
            plausible = pack.excludable(id_) is not None or all(pack.excludable(req) for req in below)
            against = dict.fromkeys(
                (*pack.contradicted_by(id_), *(name for req in below for name in pack.contradicted_by(req)))
            )
            facts[id_] = ClauseFact(id_, section.section, leaf, plausible, tuple(against))
    return facts


def _intervals(pack: Pack, description: Description) -> Intervals:
    own = description.settings.intervals or {}
    return Intervals(
        {
            name: Interval(
                name,
                spec.default,
                own.get(name),
                spec.past,
                {"own": spec.exceeded.own, "default": spec.exceeded.default, "past": spec.exceeded.past},
            )
            for name, spec in pack.file.intervals.items()
        }
    )


def _engaged(description: Description) -> Any:
    """Return a test for entries inside the engagement, or None where all are."""
    engagement = description.settings.engagement
    sites = {site.casefold() for site in filter(None, engagement.sites)} if engagement else set()
    processes = set(filter(None, engagement.processes)) if engagement else set()
    if not sites and not processes:
        return None

    def engaged(register: str, entry: Any) -> bool:
        site = getattr(entry, "site", None)
        if sites and site is not None and site.casefold() not in sites:
            return False
        if not processes:
            return True
        if register == "processes":
            return entry.id in processes
        touched = getattr(entry, "processes", None) or (getattr(entry, "process", None),)
        named = {name for name in touched if isinstance(name, str)} if register != "designs" else set()
        return not named or bool(named & processes)

    return engaged


def run_checks(scope: Scope) -> Iterator[Ran]:
    """Run every check of every requirement that is looked at, in the order of the standard."""
    setup = Setup(frozenset(scope.pack.file.intervals))
    for requirement in scope.requirements:
        if requirement.id in scope.excluded or requirement.id in scope.outside:
            continue
        for check in requirement.checks:
            yield Ran(requirement.id, requirement, check, check.answer(setup, scope.tables, scope.intervals))
        for item in requirement.items:
            for check in item.checks:
                yield Ran(item.id, requirement, check, check.answer(setup, scope.tables, scope.intervals))
