"""What actions came to."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Literal, NamedTuple

from isocheck.qms.fields import Truth
from isocheck.qms.people import Competence
from isocheck.qms.views.base import Source, View
from isocheck.qms.views.common import filled, here, past


class ActionState(NamedTuple):
    """Actions of one risk, nonconformity or competence together, and whether their effect was judged.

    `last_done` is given once all of them are done; an effect judged on a day to come is none. `to_judge` is true where
    the effect has been judged, or where the pack's interval for judging it (effect_review) has gone by since.
    """

    at: str
    register: Literal["risks", "nonconformities", "competence"]
    last_done: date | None
    effect_date: date | None
    effect_result: Literal["effective", "partly effective", "not effective"] | None
    to_judge: Truth


def _action_states(source: Source) -> Iterator[ActionState]:
    entries = source.description.entries
    for entry in entries("risks"):
        yield _state(source, "risks", entry, [action.done for action in filled(entry.actions)])
    for entry in entries("nonconformities"):
        yield _state(source, "nonconformities", entry, [action.done for action in filled(entry.actions)])
    for entry in entries("competence"):
        if _trained(source, entry):
            yield _state(source, "competence", entry, [entry.gained.date if entry.gained else None])


def _trained(source: Source, entry: Competence) -> bool:
    """Tell whether somebody who is here got a competence by an action: one that is named, or training since joining."""
    person = source.entry("people", entry.person) if entry.person else None
    if person is None or not here(person, source):
        return False
    if entry.action is not None:
        return True
    if entry.gained is None or entry.gained.how not in ("training", "coaching") or entry.gained.date is None:
        return False
    organisation = source.description.single("organisation")
    begun = organisation.system_started if organisation else None
    return person.joined is not None and entry.gained.date > max(filled((person.joined, begun)))


def _state(source: Source, register: Any, entry: Any, done: list[date | None]) -> ActionState:
    complete = bool(done) and all(past(day, source) for day in done)
    last = max(filled(done)) if complete else None
    effect = entry.effect
    wait = source.facts.intervals.get("effect_review")
    ripe = last is not None and wait is not None and wait.after(last) < source.facts.as_of
    judged = effect is not None and (effect.date is not None or effect.result is not None)
    ahead = effect is not None and effect.date is not None and not past(effect.date, source)
    return ActionState(
        f"{register}/{entry.id}",
        register,
        last,
        None if ahead or effect is None else effect.date,
        None if ahead or effect is None else effect.result,
        judged or ripe,
    )


VIEWS = (View("action_state", ActionState, ("risks", "nonconformities", "competence"), "at", _action_states),)
