"""Who holds roles, and who owns processes and objectives through them."""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from isocheck.qms.fields import PersonId, RoleId, Who
from isocheck.qms.views.base import Source, View
from isocheck.qms.views.common import here, holders, people_of


class RoleHolder(NamedTuple):
    """A role with the people who hold it on the day of the assessment (5.3)."""

    at: str
    role: RoleId
    held_by: tuple[PersonId, ...]


def _role_holders(source: Source) -> Iterator[RoleHolder]:
    held = holders(source)
    for role in source.description.entries("roles"):
        yield RoleHolder(f"roles/{role.id}", role.id, tuple(held.get(role.id, ())))


class Ownership(NamedTuple):
    """A process or an objective with an owner, and the people who hold that ownership on the day of the assessment.

    There are no rows while no people are described.
    """

    at: str
    register: Literal["processes", "objectives"]
    owner: Who
    owned_by: tuple[PersonId, ...]


def _ownerships(source: Source) -> Iterator[Ownership]:
    if not source.description.entries("people"):
        return
    held = holders(source)
    registers: tuple[Literal["processes", "objectives"], ...] = ("processes", "objectives")
    for register in registers:
        for entry in source.description.entries(register):
            if entry.owner is not None:
                people = (source.entry("people", id_) for id_ in people_of(entry.owner, held))
                there = tuple(person.id for person in people if person is not None and here(person, source))
                yield Ownership(f"{register}/{entry.id}", register, entry.owner, there)


VIEWS = (
    View("role_holders", RoleHolder, ("people",), "at", _role_holders),
    View("ownerships", Ownership, ("processes", "objectives"), "at", _ownerships),
)
