"""What is learnt from nonconformities: how far each was weighed, causes that come back, what was done against them."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any, Literal, NamedTuple

from isocheck.qms.fields import ProcessId, Text, Truth
from isocheck.qms.views.base import Source, View
from isocheck.qms.views.common import filled, past
from isocheck.terms import fold


def _fresh(row: Any, source: Source) -> bool:
    """Tell whether a nonconformity was found so lately that weighing it may still go on."""
    wait = source.facts.intervals.get("nonconformity_review")
    if row.detected is None or wait is None or past(row.closed, source):
        return False
    return wait.after(row.detected) >= source.facts.as_of


class NonconformityState(NamedTuple):
    """A nonconformity with what was made of it (10.2.1).

    `found_lately` tells that it is open and was found within the pack's interval for weighing what to do
    (nonconformity_review). `action_is_needed` tells that action on the cause is needed, false where nobody has said
    so yet. `actions` says what each corrective action is.
    """

    at: str
    kind: Literal["output", "system", "complaint", "audit"] | None
    found_lately: Truth
    reviewed: date | None
    action_needed: Truth
    action_is_needed: Truth
    cause: Text
    similar_result: Text
    actions: tuple[Text, ...]


def _states(source: Source) -> Iterator[NonconformityState]:
    for row in source.description.entries("nonconformities"):
        yield NonconformityState(
            f"nonconformities/{row.id}",
            row.kind,
            _fresh(row, source),
            row.reviewed.date if row.reviewed else None,
            row.action_needed,
            row.action_needed is True,
            row.cause,
            row.similar_result,
            tuple(action.what for action in filled(row.actions)),
        )


class RecurringCause(NamedTuple):
    """A category of causes within a process (10.2.1), placed at its newest nonconformity.

    `came_back` tells that it was found again after an action against it had been judged effective, and that no newer
    action has been judged so since; `came_back_unanswered` that nothing is being done about that either.
    `repeats_without_action` tells that it was found three times or more within the pack's interval of evaluation and
    never acted on.
    """

    at: str
    category: Text
    process: ProcessId
    came_back: Truth
    came_back_unanswered: Truth
    repeats_without_action: Truth
    item: str


def _causes(source: Source) -> Iterator[RecurringCause]:
    groups: dict[tuple[str, str | None], list[Any]] = defaultdict(list)
    for row in source.description.entries("nonconformities"):
        if row.cause_category and past(row.detected, source):
            groups[fold(row.cause_category), row.process].append(row)
    span = source.facts.intervals.get("evaluation")
    since = span.before(source.facts.as_of) if span else date.min
    for rows in groups.values():
        rows.sort(key=lambda row: row.detected)
        newest = rows[-1]
        worked = [row.effect.date for row in rows if _worked(row, source)]
        came_back = not _worked(newest, source) and any(day < newest.detected for day in worked)
        acted = bool(filled(newest.actions))
        lately = [row for row in rows if row.detected >= since]
        yield RecurringCause(
            f"nonconformities/{newest.id}",
            newest.cause_category,
            newest.process,
            came_back,
            came_back and not acted and not _fresh(newest, source),
            len(lately) >= 3 and not any(filled(row.actions) for row in rows),
            f"cause {newest.cause_category}",
        )


def _worked(row: Any, source: Source) -> bool:
    effect = row.effect
    return effect is not None and effect.result == "effective" and past(effect.date, source)


class Countermeasure(NamedTuple):
    """Something against an undesired effect (10.1 b), with the day on which it was done.

    An improvement of that kind, or what was done about a nonconformity.
    """

    at: str
    done: date | None


def _countermeasures(source: Source) -> Iterator[Countermeasure]:
    entries = source.description.entries
    for row in entries("improvements"):
        if row.kind == "b":
            yield _first(source, f"improvements/{row.id}", [row.done])
    for row in entries("nonconformities"):
        days = [row.correction.date if row.correction else None, *(action.done for action in filled(row.actions))]
        yield _first(source, f"nonconformities/{row.id}", days)


def _first(source: Source, at: str, days: list[date | None]) -> Countermeasure:
    return Countermeasure(at, min((day for day in days if day is not None and past(day, source)), default=None))


VIEWS = (
    View("nonconformity_state", NonconformityState, ("nonconformities",), "at", _states),
    View("causes", RecurringCause, ("nonconformities",), "at", _causes, "item"),
    View("countermeasures", Countermeasure, ("improvements", "nonconformities"), "at", _countermeasures),
)
