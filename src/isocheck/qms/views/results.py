"""What management reviews came to, and causes that come back."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any, Literal, NamedTuple

from isocheck.qms.description import Route
from isocheck.qms.evaluation import Topic
from isocheck.qms.fields import Planned, ProcessId, Text, Truth
from isocheck.qms.views.base import Source, View
from isocheck.qms.views.common import filled, past
from isocheck.terms import fold


class ReviewPeriod(NamedTuple):
    """All management reviews of one period together: topics treated, kinds of decisions (9.3.2, 9.3.3).

    A review without a period stands alone. `rank` tells the latest period from earlier ones.
    """

    at: str
    period: Text
    topics: tuple[Topic, ...]
    results: tuple[Literal["a", "b", "c"], ...]
    rank: Literal["latest", "earlier"]
    last_held: date | None


def _periods(source: Source) -> Iterator[ReviewPeriod]:
    groups: dict[str, list[Any]] = defaultdict(list)
    for review in source.description.entries("management_reviews"):
        if past(review.held, source):
            groups[f"period {fold(review.period)}" if review.period else f"review {review.id}"].append(review)
    ordered = sorted(groups.values(), key=lambda reviews: max(review.held for review in reviews))
    for reviews in ordered:
        latest = max(reviews, key=lambda review: review.held)
        inputs = (row.topic for review in reviews for row in filled(review.inputs))
        outputs = (row.kind for review in reviews for row in filled(review.outputs))
        yield ReviewPeriod(
            f"management_reviews/{latest.id}",
            latest.period,
            tuple(sorted(set(filled(inputs)))),
            tuple(sorted(set(filled(outputs)))),
            "latest" if reviews is ordered[-1] else "earlier",
            latest.held,
        )


class ReviewDecision(NamedTuple):
    """A decision of a management review, and whether the next review took it up (9.3.2 a).

    `followed` tells whether another review was held since; `taken_up` whether that one names it as 'review:decision'
    or treats topic a while the decision was done before it.
    """

    at: str
    decision: Text
    due: Planned
    done: date | None
    followed: Truth
    taken_up: Truth
    item: str
    route: Route


def _decisions(source: Source) -> Iterator[ReviewDecision]:
    held = [row for row in source.description.entries("management_reviews") if past(row.held, source)]
    held.sort(key=lambda row: row.held)
    for position, review in enumerate(held):
        later = held[position + 1 :]
        named = {fold(name) for row in later for name in filled(row.taken_up)}
        for at, row in enumerate(review.outputs):
            if row is None:
                continue
            following = later[0] if later else None
            taken = None
            if following is not None:
                closed = past(row.done, source) and row.done <= following.held
                taken = closed or fold(f"{review.id}:{row.id}") in named
            yield ReviewDecision(
                f"management_reviews/{review.id}",
                row.action,
                row.due,
                row.done,
                following is not None,
                taken,
                f"outputs {row.id or at + 1}",
                ("outputs", at),
            )


class RecurringCause(NamedTuple):
    """A category of causes within a process (10.2.1).

    `came_back` tells whether a nonconformity with it was found after an action against it had been judged
    effective; `answered` whether the newest one has an action again.
    """

    at: str
    category: Text
    process: ProcessId
    came_back: Truth
    answered: Truth


def _causes(source: Source) -> Iterator[RecurringCause]:
    groups: dict[tuple[str, str | None], list[Any]] = defaultdict(list)
    for row in source.description.entries("nonconformities"):
        if row.cause_category and past(row.detected, source):
            groups[fold(row.cause_category), row.process].append(row)
    for rows in groups.values():
        rows.sort(key=lambda row: row.detected)
        newest = rows[-1]
        worked = [
            row.effect.date
            for row in rows
            if row.effect is not None and row.effect.result == "effective" and past(row.effect.date, source)
        ]
        came_back = any(day < newest.detected for day in worked)
        yield RecurringCause(
            f"nonconformities/{newest.id}",
            newest.cause_category,
            newest.process,
            came_back,
            bool(filled(newest.actions)),
        )


class ActionState(NamedTuple):
    """Actions of one risk, nonconformity or competence together, and whether their effect was judged.

    `last_done` is given once all of them are done. `to_judge` is true where the effect has been judged, or where the
    pack's interval for judging it (effect_review) has gone by since.
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
        if entry.action is not None:
            yield _state(source, "competence", entry, [entry.gained.date if entry.gained else None])


def _state(source: Source, register: Any, entry: Any, done: list[date | None]) -> ActionState:
    complete = bool(done) and all(past(day, source) for day in done)
    last = max(filled(done)) if complete else None
    effect = entry.effect
    wait = source.facts.intervals.get("effect_review")
    ripe = last is not None and wait is not None and wait.after(last) < source.facts.as_of
    judged = effect is not None and (effect.date is not None or effect.result is not None)
    return ActionState(
        f"{register}/{entry.id}",
        register,
        last,
        effect.date if effect else None,
        effect.result if effect else None,
        judged or ripe,
    )


VIEWS = (
    View("action_state", ActionState, ("risks", "nonconformities", "competence"), "at", _action_states),
    View("review_periods", ReviewPeriod, ("management_reviews",), "at", _periods),
    View("decisions", ReviewDecision, ("management_reviews",), "at", _decisions, "item"),
    View("causes", RecurringCause, ("nonconformities",), "at", _causes),
)
