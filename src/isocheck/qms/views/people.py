"""Who answers for what."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from isocheck.qms.fields import ClauseId, PersonId, RoleId, Truth
from isocheck.qms.views.base import Source, View
from isocheck.qms.views.common import filled, holders, past
from isocheck.terms import names


class Duty(NamedTuple):
    """A duty that the standard wants assigned (5.3), with the roles that cover it and the people who hold them.

    A role covers a duty where it names it or the clause above it. `communicated` tells whether every such role was
    made known, on a day that has come; None where no role covers the duty.
    """

    at: str
    duty: ClauseId
    role: tuple[RoleId, ...]
    person: tuple[PersonId, ...]
    communicated: Truth


def _duties(source: Source) -> Iterator[Duty]:
    held = holders(source)
    roles = source.description.entries("roles")
    for duty in source.facts.duties:
        covering = [role for role in roles if any(names(named, duty) for named in filled(role.covers))]
        people = tuple(dict.fromkeys(person for role in covering for person in held.get(role.id, ())))
        told = all(_told(role, source) for role in covering) if covering else None
        at = f"roles/{covering[0].id}" if covering else "roles"
        yield Duty(at, duty, tuple(role.id for role in covering), people, told)


def _told(role: Any, source: Source) -> bool:
    """Tell whether a role was made known: an item says to whom, how or when, and not only for a day to come."""
    return any(
        (row.to or row.how or row.date) and (row.date is None or past(row.date, source))
        for row in filled(role.communicated)
    )


VIEWS = (View("duties", Duty, ("roles",), "at", _duties, "duty"),)
