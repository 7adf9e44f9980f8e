"""What views need to know beside the registers: the day, the pack's clauses, intervals in force."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal, NamedTuple

from isocheck.qms.fields import Period
from isocheck.terms import names

__all__ = ["ClauseFact", "DocumentedFact", "DocumentedKind", "Facts"]

DocumentedKind = Literal["maintain", "retain", "maintain and retain", "available", "amend", "exist", "consider"]
"""What a standard wants done with documented information."""


class ClauseFact(NamedTuple):
    """What a pack says about a clause or a requirement, as far as views need it.

    `excludable` tells whether it may be declared not applicable at all; `contradicted_by` are the registers whose
    entries show that it does apply.
    """

    id: str
    section: str
    leaf: bool
    excludable: bool
    contradicted_by: tuple[str, ...] = ()


class DocumentedFact(NamedTuple):
    """Documented information that a requirement asks for; `named_by` is a register whose `document` names it too."""

    requirement: str
    kind: DocumentedKind
    condition: str
    named_by: str | None = None


@dataclass(frozen=True)
class Facts:
    """The surroundings of an assessment: `as_of`, clauses and requirements by id, intervals in force by name."""

    as_of: date
    clauses: Mapping[str, ClauseFact] = field(default_factory=dict)
    documented: tuple[DocumentedFact, ...] = ()
    duties: tuple[str, ...] = ()
    intervals: Mapping[str, Period] = field(default_factory=dict)
    engaged_clauses: tuple[str, ...] = ()

    @cached_property
    def leaves(self) -> tuple[str, ...]:
        """Clauses that hold requirements, in the order of the standard."""
        return tuple(fact.id for fact in self.clauses.values() if fact.leaf)

    @cached_property
    def _named(self) -> dict[str, tuple[str, ...]]:
        return {}

    def leaves_named(self, id_: str) -> tuple[str, ...]:
        """Return the leaf clauses that naming `id_` names; a single letter names none in whole."""
        found = self._named.get(id_)
        if found is None:
            found = self._named[id_] = tuple(leaf for leaf in self.leaves if names(id_, leaf))
        return found
