"""Design projects: how far each has come, its reviews and trials in one list, and its changes (8.3)."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

from isocheck.qms.description import Route
from isocheck.qms.fields import Date, Planned, Proof, Text, Truth, Who
from isocheck.qms.parts import Action, Review
from isocheck.qms.views.base import Source, View
from isocheck.qms.views.common import filled, past

Point = Literal["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"]
SourceLetter = Literal["a", "b", "c", "d", "e"]
Result = Literal["in order", "passed", "problems"]


class DesignState(NamedTuple):
    """A design project that has begun, as it stands on the day of the assessment.

    `plan` has the points of 8.3.2 that its plan takes in, by letter or by the field that answers it. `inputs` has the
    sources of 8.3.3 that gave an input or were looked at in vain, `inputs_given` those that gave one. `law` names
    obligations on its product. `past_inputs` tells that work on its inputs has begun to show: a review, a trial, an
    output, a release. `reviewed`, `verified` and `validated` are the first day with a result, `verification` and
    `validation` the newest result; `in_use` says why validation had to wait for use.
    """

    design: str
    plan: tuple[Point, ...]
    inputs: tuple[SourceLetter, ...] | None
    inputs_given: tuple[SourceLetter, ...] | None
    law: tuple[Text, ...]
    past_inputs: Truth
    inputs_reviewed: Review | None
    released: Date
    reviewed: Date
    verified: Date
    verification: Result | None
    validated: Date
    validation: Result | None
    in_use: Text


def _states(source: Source) -> Iterator[DesignState]:
    laws: dict[str, list[str]] = defaultdict(list)
    for obligation in source.description.entries("obligations"):
        for product in filled(obligation.products):
            laws[product].append(obligation.id)
    for design in source.description.entries("designs"):
        if design.started is not None and not past(design.started, source):
            continue
        kinds = tuple(dict.fromkeys(row.kind for row in filled(design.inputs) if row.kind))
        reviews, verification, validation = (
            _with_result(rows, source) for rows in (design.reviews, design.verification, design.validation)
        )
        released = design.released if past(design.released, source) else None
        yield DesignState(
            f"designs/{design.id}",
            _points(design.plan),
            _sources(design, kinds),
            kinds if kinds or not filled(design.inputs) else None,
            tuple(laws.get(design.product, ())),
            bool(reviews or verification or validation or filled(design.outputs) or released),
            design.inputs_reviewed,
            released,
            reviews[0].date if reviews else None,
            verification[0].date if verification else None,
            verification[-1].result if verification else None,
            validation[0].date if validation else None,
            validation[-1].result if validation else None,
            next((row.after_release for row in validation if row.after_release), None),
        )


def _sources(design: Any, kinds: tuple[SourceLetter, ...]) -> tuple[SourceLetter, ...] | None:
    """Return where inputs came from or were looked for; None where there are inputs and nothing says so."""
    sources = (*kinds, *filled(design.inputs_considered))
    return sources if sources or not filled(design.inputs) else None


def _points(plan: Any) -> tuple[Point, ...]:
    if plan is None:
        return ()
    answers: tuple[tuple[Point, Any], ...] = (
        ("b", filled(plan.stages)),
        ("d", plan.responsibilities),
        ("e", plan.resources),
        ("f", plan.interfaces),
    )
    return tuple(dict.fromkeys((*filled(plan.considers), *(point for point, answer in answers if answer))))


def _with_result(rows: tuple[Any, ...], source: Source) -> list[Any]:
    """Return reviews or trials that took place and say what came out, the oldest first."""
    done = [row for row in filled(rows) if row.result is not None and past(row.date, source)]
    return sorted(done, key=lambda row: row.date)


class DesignControl(NamedTuple):
    """A review, a verification or a validation of a design (8.3.4); one that is planned for a day to come is left out.

    `released` is the day of the design's release; `open_action_due` the earliest deadline of an action that is open.
    """

    design: str
    kind: Literal["review", "verification", "validation"]
    date: Date
    result: Result | None
    actions: tuple[Action, ...]
    record: Proof
    released: Date
    open_action_due: Planned
    item: str
    route: Route


def _controls(source: Source) -> Iterator[DesignControl]:
    kinds: tuple[tuple[Literal["review", "verification", "validation"], str], ...] = (
        ("review", "reviews"),
        ("verification", "verification"),
        ("validation", "validation"),
    )
    for design in source.description.entries("designs"):
        for kind, field in kinds:
            for at, row in enumerate(getattr(design, field)):
                if row is None or (row.date is not None and not past(row.date, source)):
                    continue
                waiting = [action.due for action in filled(row.actions) if action.due and not past(action.done, source)]
                yield DesignControl(
                    f"designs/{design.id}",
                    kind,
                    row.date,
                    row.result,
                    row.actions,
                    row.record,
                    design.released,
                    min(waiting, default=None),
                    f"{field} {at + 1}",
                    (field, at),
                )


class DesignChange(NamedTuple):
    """A change of a design (8.3.6), told in its project or in the register of changes; `date` is when it was made."""

    subject: str
    id: Text
    date: Date
    what: Text
    reviewed: Review | None
    authorised_by: Who
    authorised: Date
    adverse: Text
    item: str = ""
    route: Route = ()


def _changes(source: Source) -> Iterator[DesignChange]:
    for design in source.description.entries("designs"):
        for at, row in enumerate(design.changes):
            if row is not None:
                yield DesignChange(
                    f"designs/{design.id}",
                    row.id,
                    row.date,
                    row.what,
                    row.reviewed,
                    row.authorised_by,
                    row.authorised,
                    row.adverse,
                    f"changes {row.id or at + 1}",
                    ("changes", at),
                )
    for change in source.description.entries("changes"):
        if change.subject == "design":
            done = [action.what for action in filled(change.actions) if action.what]
            yield DesignChange(
                f"changes/{change.id}",
                change.id,
                change.done,
                change.description,
                change.reviewed,
                change.authorised_by,
                None,
                done[0] if done else change.consequences,
            )


VIEWS = (
    View("design_states", DesignState, ("designs",), "design", _states),
    View("design_controls", DesignControl, ("designs",), "design", _controls, "item"),
    View("design_changes", DesignChange, ("designs",), "subject", _changes, "item"),
)
