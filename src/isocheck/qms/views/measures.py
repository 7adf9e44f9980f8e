"""What is measured against a target, and whether processes are judged: clauses 4.4.1 c and g, 6.2.1 e."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, Literal, NamedTuple

from isocheck.qms.description import Route
from isocheck.qms.fields import Interval, Period, ProcessId, Text, Truth
from isocheck.qms.views.base import Source, View
from isocheck.qms.views.common import filled, past


class Measure(NamedTuple):
    """An indicator of a process, or an objective that is still pursued, with its newest value.

    `awaited` tells that the first value may still lie ahead: its own frequency has not gone by since the beginning (of
    the process or the system; of the objective), or else the interval for evaluating processes or for looking again at
    objectives. `answers` says what was done about a target since it is missed without a break: changes that evaluations
    of the process decided, improvements that name the process; for an objective its actions that are open or were done
    after the newest value. `pending` tells that a process may still answer, since less than the interval for evaluating
    it has gone by.
    """

    subject: str
    indicator: Text
    target: Decimal | None
    better: Literal["higher", "lower"] | None
    frequency: Interval
    last_value: Decimal | None
    last_date: date | None
    awaited: Truth
    answers: tuple[Text, ...]
    pending: Truth
    item: str
    route: Route


def _dated(results: tuple[Any, ...], source: Source) -> list[Any]:
    return sorted((row for row in filled(results) if past(row.date, source)), key=lambda row: row.date)


def _valued(indicator: Any, source: Source) -> list[Any]:
    return [row for row in _dated(indicator.results, source) if row.value is not None]


def _missed_since(measured: Any, dated: list[Any]) -> date | None:
    """Return the first day of the unbroken run of missed targets that lasts to the newest value, or None."""
    since: date | None = None
    for row in reversed(dated):
        if row.value is None or measured.target is None:
            break
        lower = measured.better == "lower"
        if row.value <= measured.target if lower else row.value >= measured.target:
            break
        since = row.date
    return since


def _awaited(begun: date | None, allowed: Period | None, source: Source) -> bool:
    return begun is not None and allowed is not None and allowed.after(begun) >= source.facts.as_of


def _begun(process: Any, source: Source) -> date | None:
    organisation = source.description.single("organisation")
    begun: date | None = process.started or (organisation.system_started if organisation else None)
    return begun


def _indicators(source: Source) -> Iterator[Measure]:
    usual = source.facts.intervals.get("process_evaluation")
    improved: dict[str, list[Any]] = defaultdict(list)
    for improvement in source.description.entries("improvements"):
        for reference in filled(improvement.arises_from):
            improved[reference].append(improvement)
    for process in source.description.entries("processes"):
        subject = f"processes/{process.id}"
        decided = [(row.date, row.changes) for row in filled(process.evaluated)]
        decided += [(row.decided, row.what) for row in improved[subject]]
        for at, row in enumerate(process.indicators):
            if row is None:
                continue
            dated = _dated(row.results, source)
            since = _missed_since(row, dated)
            answers = tuple(
                what for day, what in decided if what and since is not None and past(day, source) and day >= since
            )
            yield Measure(
                subject,
                row.name,
                row.target,
                row.better,
                row.frequency,
                dated[-1].value if dated else None,
                dated[-1].date if dated else None,
                not dated and _awaited(_begun(process, source), row.frequency or usual, source),
                answers,
                not answers and _awaited(since, usual, source),
                f"indicators {row.name or at + 1}",
                ("indicators", at),
            )


def _objectives(source: Source) -> Iterator[Measure]:
    usual = source.facts.intervals.get("objectives_review")
    for row in source.description.entries("objectives"):
        if row.concluded is not None and past(row.concluded.date, source):
            continue
        dated = _dated(row.results, source)
        last = dated[-1] if dated else None
        answers = tuple(
            action.what
            for action in filled(row.actions)
            if action.what and (not past(action.done, source) or (last is not None and action.done > last.date))
        )
        yield Measure(
            f"objectives/{row.id}",
            row.indicator,
            row.target,
            row.better,
            row.frequency,
            last.value if last else None,
            last.date if last else None,
            last is None and _awaited(row.set_on, row.frequency or usual, source),
            answers,
            False,
            "",
            (),
        )


class ProcessState(NamedTuple):
    """A process with its newest evaluation, and the newest day on which one of its indicators was measured.

    `awaited` tells that the first evaluation may still lie ahead: the interval for it has not gone by since the
    process, or the whole system, was put to work.
    """

    at: str
    process: ProcessId
    evaluated: date | None
    result: Text
    awaited: Truth
    measured: date | None


def _process_states(source: Source) -> Iterator[ProcessState]:
    allowed = source.facts.intervals.get("process_evaluation")
    for process in source.description.entries("processes"):
        dated = _dated(process.evaluated, source)
        last = dated[-1] if dated else None
        yield ProcessState(
            f"processes/{process.id}",
            process.id,
            last.date if last else None,
            last.result if last else None,
            last is None and _awaited(_begun(process, source), allowed, source),
            max(
                (row.date for indicator in filled(process.indicators) for row in _valued(indicator, source)),
                default=None,
            ),
        )


VIEWS = (
    View("indicator_state", Measure, ("processes",), "subject", _indicators, "item"),
    View("objective_state", Measure, ("objectives",), "subject", _objectives),
    View("process_state", ProcessState, ("processes",), "at", _process_states),
)
