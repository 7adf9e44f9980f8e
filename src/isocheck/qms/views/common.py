"""Steps that several views take."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from isocheck.qms.views.base import Source

__all__ = ["IN_FORCE", "filled", "here", "holders", "past", "people_of", "processes_of"]

IN_FORCE = ("approved", "effective")
"""Statuses of a document that is in force."""


def filled(values: Iterable[Any]) -> list[Any]:
    """Return the values that are not empty."""
    return [value for value in values if value is not None]


def past(day: date | None, source: Source) -> bool:
    """Tell whether something has happened: a date is set and does not lie in the future."""
    return day is not None and day <= source.facts.as_of


def here(person: Any, source: Source) -> bool:
    """Tell whether a person works for the organisation on the day of the assessment."""
    begun = person.joined is None or past(person.joined, source)
    return begun and not past(person.left, source)


def holders(source: Source) -> dict[str, list[str]]:
    """Return for each role the people who hold it on the day of the assessment."""
    held: dict[str, list[str]] = defaultdict(list)
    for person in source.description.entries("people"):
        if here(person, source):
            for role in filled(person.roles):
                held[role].append(person.id)
    return held


def people_of(who: str | None, held: dict[str, list[str]]) -> list[str]:
    """Return the people behind a 'roles/id' or 'people/id'."""
    if who is None:
        return []
    register, _, id_ = who.partition("/")
    return [id_] if register == "people" else list(held.get(id_, ()))


def processes_of(source: Source) -> dict[str, set[str]]:
    """Return for each person the processes that he or she owns or works in."""
    held = holders(source)
    own: dict[str, set[str]] = defaultdict(set)
    for process in source.description.entries("processes"):
        for person in people_of(process.owner, held):
            own[person].add(process.id)
    for person in source.description.entries("people"):
        own[person.id].update(filled(person.works_in))
    return own
