"""What evaluations and management reviews came to."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any, Literal, NamedTuple

from isocheck.qms.description import Route
from isocheck.qms.evaluation import Topic
from isocheck.qms.fields import PersonId, Planned, Text, Truth
from isocheck.qms.views.base import Source, View
from isocheck.qms.views.common import filled, past
from isocheck.terms import fold

_NOTHING = "none needed"
"""The answer by which a review decides that there is nothing to do."""


class Evaluation(NamedTuple):
    """Something that is monitored, with its newest evaluation (9.1.1, 9.1.3).

    `due` tells whether there has to be one: where there is one, or where the time set for it has gone by since
    monitoring began.
    """

    at: str
    answers: tuple[Literal["a", "b", "c", "d", "e", "f", "g"], ...]
    evaluated: date | None
    conclusion: Text
    due: Truth


def _evaluations(source: Source) -> Iterator[Evaluation]:
    organisation = source.description.single("organisation")
    for row in source.description.entries("monitoring"):
        done = [item for item in filled(row.evaluated) if past(item.date, source)]
        last = max(done, key=lambda item: item.date, default=None)
        begun = row.started or (organisation.system_started if organisation else None)
        wait = row.when_evaluated or source.facts.intervals.get("evaluation")
        early = begun is not None and wait is not None and wait.after(begun) >= source.facts.as_of
        yield Evaluation(
            f"monitoring/{row.id}",
            tuple(filled(row.answers)),
            last.date if last else None,
            last.conclusion if last else None,
            bool(filled(row.evaluated)) or not early,
        )


class ReviewAttendance(NamedTuple):
    """A management review that was held, with everybody who chaired it or took part (9.3.1)."""

    at: str
    present: tuple[PersonId, ...]


def _attendances(source: Source) -> Iterator[ReviewAttendance]:
    for review in _held(source):
        present = filled((review.chaired_by, *review.attendees))
        yield ReviewAttendance(f"management_reviews/{review.id}", tuple(dict.fromkeys(present)))


def _held(source: Source) -> list[Any]:
    """Return the management reviews that were held, oldest first."""
    held = [row for row in source.description.entries("management_reviews") if past(row.held, source)]
    return sorted(held, key=lambda row: row.held)


def _period(review: Any) -> str:
    """Return what reviews of one period have in common; a review without a period stands alone."""
    return f"period {fold(review.period)}" if review.period else f"review {review.id}"


def _running(reviews: list[Any], source: Source) -> bool:
    return any(review.ends is not None and review.ends >= source.facts.as_of for review in reviews)


class ReviewPeriod(NamedTuple):
    """All management reviews of one period together: topics treated, kinds of decisions (9.3.2, 9.3.3).

    A review without a period stands alone. A topic counts as treated once its summary says something, a decision once
    its action does. `rank` tells the latest period from earlier ones and from one that is still running; `first` tells
    that no review was held before.
    """

    at: str
    period: Text
    topics: tuple[Topic, ...]
    results: tuple[Literal["a", "b", "c"], ...]
    conclusion: Text
    rank: Literal["latest", "earlier", "running"]
    first: Truth
    last_held: date | None


def _periods(source: Source) -> Iterator[ReviewPeriod]:
    groups: dict[str, list[Any]] = defaultdict(list)
    for review in _held(source):
        groups[_period(review)].append(review)
    ordered = sorted(groups.values(), key=lambda reviews: reviews[-1].held)
    complete = [reviews for reviews in ordered if not _running(reviews, source)]
    for reviews in ordered:
        last = reviews[-1]
        inputs = {row.topic for review in reviews for row in filled(review.inputs) if row.summary}
        outputs = {row.kind for review in reviews for row in filled(review.outputs) if row.action}
        rank: Literal["latest", "earlier", "running"] = "earlier" if reviews in complete else "running"
        yield ReviewPeriod(
            f"management_reviews/{last.id}",
            last.period,
            tuple(sorted(filled(inputs))),
            tuple(sorted(filled(outputs))),
            next((review.conclusion for review in reversed(reviews) if review.conclusion), None),
            "latest" if complete and reviews is complete[-1] else rank,
            reviews is ordered[0],
            last.held,
        )


class ReviewDecision(NamedTuple):
    """A decision of a management review, and whether the reviews after it took it up (9.3.2 a).

    `followed` tells whether the reviews of a later period are complete; `taken_up` whether it was done by then, or a
    later review names it as 'review:decision'. That nothing is needed is no decision to take up.
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
    held = _held(source)
    groups: dict[str, list[Any]] = defaultdict(list)
    for review in held:
        groups[_period(review)].append(review)
    for position, review in enumerate(held):
        later = held[position + 1 :]
        named = {fold(name) for row in later for name in filled(row.taken_up)}
        own = _period(review)
        others = (groups[key] for key in dict.fromkeys(map(_period, later)) if key != own)
        following = next((reviews for reviews in others if not _running(reviews, source)), None)
        for at, row in enumerate(review.outputs):
            if row is None or (row.action or "").strip().casefold().startswith(_NOTHING):
                continue
            name = row.id or str(at + 1)
            taken = None
            if following is not None:
                taken = (past(row.done, source) and row.done <= following[-1].held) or (
                    fold(f"{review.id}:{name}") in named
                )
            yield ReviewDecision(
                f"management_reviews/{review.id}",
                row.action,
                row.due,
                row.done,
                following is not None,
                taken,
                f"outputs {name}",
                ("outputs", at),
            )


VIEWS = (
    View("evaluations", Evaluation, ("monitoring",), "at", _evaluations),
    View("review_attendance", ReviewAttendance, ("management_reviews",), "at", _attendances),
    View("review_periods", ReviewPeriod, ("management_reviews",), "at", _periods),
    View("decisions", ReviewDecision, ("management_reviews",), "at", _decisions, "item"),
)
