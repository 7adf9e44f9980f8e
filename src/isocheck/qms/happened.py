"""Whether a day under an organisation's own name says that something happened, or only that it is meant to.

A column of days often holds both. What its rows say beside the day tells; where that leaves a doubt the day is no
evidence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from isocheck.errors import quoted
from isocheck.qms.dates import Order
from isocheck.qms.fields import is_placeholder
from isocheck.qms.fitting import folded
from isocheck.qms.mapping import Names
from isocheck.qms.shape import Shape
from isocheck.qms.value_synonyms import DONE, NEGATED, PLANNED, REFUSED, STATE_WORDS, UNDONE
from isocheck.qms.values import Style, reader

__all__ = ["EVENTS", "ahead_of", "done_only", "lies_ahead", "says_undone"]

_EVENTS_OF_OTHERS = frozenset(
    {
        ("nonconformities", "detected"),
        ("feedback", "date"),
        ("property", "received"),
        ("changes", "planned_date"),
        ("improvements", "decided"),
    }
)
"""Days with which an entry begins: what is still to be done about it does not touch them."""

_AHEAD = {
    ("documents", "reviewed"): "review_due",
    ("audits", "performed"): "planned",
    ("management_reviews", "held"): "planned",
    ("providers", "evaluations.date"): "reevaluate_by",
}
_FINDINGS = ("findings", "observations")
_LAST = frozenset({"last", "letzte", "letzter", "sist"})


def ahead_of(register: str, target: str) -> str:
    """Return the field for the same day while it lies ahead, empty where there is none."""
    head, _, leaf = target.rpartition(".")
    if leaf == "done" and head in ("actions", "outputs"):
        return f"{head}.due"
    return _AHEAD.get((register, target), "")


def lies_ahead(values: Iterable[Any], today: date, order: Order | None) -> str:
    """Say which day lies ahead however it is read, and so did not happen; empty where none does."""
    readers = [reader(Shape("date"), Style(each), {}) for each in ([order] if order else _ORDERS)]
    for value in values:
        days = [day for read in readers if (day := _day(read, value)) is not None]
        if days and all(day > today for day in days):
            return f"{quoted(str(value))} lies ahead, so that the day tells no more than a plan"
    return ""


_ORDERS: tuple[Order, ...] = ("day-first", "month-first")


def _day(read: Any, value: Any) -> date | None:
    """Return the day that a value stands for, None where it is none."""
    try:
        return date.fromisoformat(str(read(value)))
    except ValueError:
        return None


def says_undone(register: str, target: str, path: Names, rows: Sequence[Mapping[str, Any]]) -> str:
    """Say which value beside a day tells that what the day is for is still to come, or came to nothing."""
    if (register, target) in _EVENTS_OF_OTHERS or _LAST.intersection(folded(path[-1]).split()):
        return ""
    is_review = target == "reviewed"
    is_leave = target.rsplit(".", 1)[-1] in ("approved", "authorised", "released") or target == "gained.date"
    for row in rows:
        for around in _around(row, path):
            for own, state in _states(around, path):
                said = folded(state)
                told, refused = _tells(folded(own), said, is_review, is_leave)
                if (told or refused) and not _has_findings(register, said, row):
                    return (
                        f"some are {quoted(state)}, so that the day may be a planned one"
                        if told
                        else (f"some are {quoted(state)} and have a day all the same")
                    )
    return ""


def _tells(name: str, said: str, is_review: bool, is_leave: bool) -> tuple[bool, bool]:
    """Tell whether a value says that something is still to come, and whether it says that it was refused."""
    if name in NEGATED:
        return not is_review and said in _NO, False
    holds = _way(name)
    told = holds(said, PLANNED) or (not is_review and holds is not _is and holds(said, UNDONE))
    return told, is_leave and holds is not _is and holds(said, REFUSED)


def done_only(register: str, rows: Sequence[Mapping[str, Any]]) -> tuple[str, list[str]] | None:
    """Return the field by which some entries of a register of events are still to come, and its values for the others.

    None where nothing says so, or where an entry of the register may lie ahead.
    """
    if register not in EVENTS:
        return None
    for own in dict.fromkeys(own for row in rows for own in row):
        values = dict.fromkeys(state for row in rows for name, state in _states([row], ("",)) if name == own)
        if any(any(_tells(folded(own), folded(state), False, register != "calibrations")) for state in values):
            return own, [state for state in values if folded(state) in DONE]
    return None


EVENTS = frozenset({"competence", "calibrations", "releases"})
"""Registers in which every entry took place: one that is planned has no place there."""


def _has_findings(register: str, said: str, row: Mapping[str, Any]) -> bool:
    """Tell whether an audit is open only because of what was found in it."""
    return register == "audits" and said == "open" and any(row.get(own) for own in row if folded(own) in _FINDINGS)


def _way(name: str) -> Callable[[str, Iterable[str]], bool]:
    """Return how words are looked for in a field: a state anywhere, a result at its beginning, others as the whole."""
    words = STATE_WORDS.intersection(name.split())
    return _is if not words else _begins if words <= _RESULTS else _contains


def _contains(said: str, phrases: Iterable[str]) -> bool:
    return any(f" {phrase} " in f" {said} " for phrase in phrases)


def _begins(said: str, phrases: Iterable[str]) -> bool:
    return any(f"{said} ".startswith(f"{phrase} ") for phrase in phrases)


def _is(said: str, phrases: Iterable[str]) -> bool:
    return said in phrases


_RESULTS = frozenset({"result", "outcome", "decision", "ergebnis"})
_NO = frozenset({"no", "false", "nein", "nei", "n"})


def _around(row: Mapping[str, Any], path: Names) -> Iterator[list[Mapping[str, Any]]]:
    """Yield, for each day at a path, the mappings in which it stands, up to the item of a list or the row."""
    todo: list[tuple[Any, Names, list[Mapping[str, Any]]]] = [(row, path, [])]
    while todo:
        value, rest, above = todo.pop()
        if isinstance(value, list):
            todo += ((item, rest, [] if isinstance(item, dict) else above) for item in value)
        elif rest and isinstance(value, Mapping):
            todo.append((value.get(rest[0]), rest[1:], [*above, value]))
        elif not rest and value is not None and not (isinstance(value, str) and is_placeholder(value)):
            yield above


def _states(around: Iterable[Mapping[str, Any]], path: Names) -> Iterator[tuple[str, str]]:
    for part in around:
        for own, value in part.items():
            if isinstance(value, bool) and folded(own) in NEGATED:
                yield own, str(value).lower()
            elif isinstance(value, str) and own != path[-1]:
                yield own, value
