"""Filling the entry of one row with what is more than one value for one field: parts, lists, and shared fields.

What cannot be read, and what a row tells twice, becomes a fault: it is left out, and never lost unseen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from isocheck.errors import quoted
from isocheck.qms.citing import AnotherStandard
from isocheck.qms.description import Route
from isocheck.qms.fields import is_placeholder
from isocheck.qms.shape import Shape, shapes
from isocheck.qms.values import Read, parts_of

__all__ = ["Fault", "Filling", "Names", "Step"]

Names = tuple[str, ...]
"""The way to a field by names alone: ('findings', 'grade')."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A value that could not be read: where it would have gone, and what is wrong with it.

    `own` is the way to it in the row, where that does not follow from `route`. Nothing is wrong with a clause that is
    `of_another` standard; it is left out all the same.
    """

    route: Route
    message: str
    own: Route = ()
    of_another: bool = False

    @classmethod
    def of(cls, route: Route, name: str, error: ValueError) -> Fault:
        """Return what reading a field of this name came to."""
        return cls(route, f"{name}: {error}", of_another=isinstance(error, AnotherStandard))


@dataclass(frozen=True, slots=True)
class Step:
    """One field of a row: the way to it, the way to where it goes, and what reads it."""

    own: Names
    target: Names
    shape: Shape
    read: Read
    heads: tuple[bool, ...]
    """For each name of the target but the last: whether it is a list of parts."""
    is_shared: bool = False
    """Whether another field goes to the same place, so that a row may tell it twice."""

    def below(self, items: bool) -> Step:
        """Return the step for what stands below the first own name: in each item of a list, or in a mapping."""
        if items:
            return Step(self.own[1:], self.target[1:], self.shape, self.read, self.heads[1:], self.is_shared)
        return Step(self.own[1:], self.target, self.shape, self.read, self.heads, self.is_shared)


class _Told(NamedTuple):
    """What a row says of a field to which several of its own lead: under which name, and what that means to us."""

    own: str
    value: Any
    read: Any


class Filling:
    """Fills the entry of one row with what is not plain: parts, lists, and fields that go by several names."""

    __slots__ = ("_faults", "_refused", "_settled", "_told")

    def __init__(self, faults: list[Fault], settled: frozenset[str]) -> None:
        self._faults = faults
        self._settled = settled
        self._refused: set[tuple[Route, Route]] = set()
        self._told: dict[Route, _Told] = {}

    def fill(
        self, steps: Iterable[Step], row: Mapping[str, Any], entry: dict[str, Any], route: Route, above: Route
    ) -> None:
        """Fill an entry, or the part of one at `route`, from a row, or from what stands in one at `above`."""
        for step in steps:
            value = row.get(step.own[0])
            if value is None:
                continue
            if len(step.own) == 1:
                self._put(step, value, entry, route, above)
            elif isinstance(value, dict):
                self.fill([step.below(items=False)], value, entry, route, (*above, step.own[0]))
            elif isinstance(value, list):
                self._fill_from_list(step, value, entry, route, (*above, step.own[0]))
            else:
                self._refuse(step, value, (*route, step.target[0]), (*above, step.own[0]))

    def _fill_from_list(self, step: Step, value: list[Any], entry: dict[str, Any], route: Route, above: Route) -> None:
        """Fill from the items of a list: those of a list of ours, or a single part or field from its one item."""
        head = step.target[0]
        if step.heads[:1] == (True,):
            items = entry.setdefault(head, [])
            items += ({} for _ in range(len(value) - len(items)))
            inner = [step.below(items=True)]
            for at, item in enumerate(value):
                if isinstance(item, dict):
                    self.fill(inner, item, items[at], (*route, head, at), (*above, at))
                else:
                    self._refuse(step, item, (*route, head, at), (*above, at))
            return
        said = [(at, item) for at, item in enumerate(value) if item is not None]
        if len(said) == 1:
            ((at, part),) = said
            if isinstance(part, dict):
                self.fill([step.below(items=False)], part, entry, route, (*above, at))
            else:
                self._refuse(step, part, (*route, head), (*above, at))
        elif any(isinstance(item, dict) for _, item in said):
            text = f"expected one mapping under {quoted(_dotted(above))}, not a list of {len(said)}"
            hint = "keep the one that counts, or send them to a field that holds several"
            self._fault((*route, head), f"{head}: {text}; {hint}", above)
        elif said:
            self._refuse(step, value, (*route, head), above)

    def _refuse(self, step: Step, value: Any, route: Route, above: Route) -> None:
        """Note what says something where parts were to be read, unless it is read or left out as it stands."""
        own = _dotted(above)
        if value is None or value is False or own in self._settled:
            return
        if isinstance(value, str) and is_placeholder(value, telling=True):
            return
        text = f"expected fields such as {quoted(step.own[1])} under {quoted(own)}, not {quoted(value)}"
        hint = f"write it so, or say under 'fields' or 'ignore' of this source what {quoted(own)} is"
        self._fault(route, f"{step.target[0]}: {text}; {hint}", above)

    def _fault(self, route: Route, message: str, own: Route) -> None:
        """Note what is wrong with a value from which several fields would have come once for each part of ours."""
        if (route, own) not in self._refused:
            self._refused.add((route, own))
            self._faults.append(Fault(route, message, own))

    def _put(self, step: Step, value: Any, entry: dict[str, Any], route: Route, above: Route) -> None:
        if step.shape.kind == "row":
            _refuse_parts(step, value, route, self._faults)
            return
        for name, many in zip(step.target, step.heads, strict=False):
            if many:
                items = entry.setdefault(name, [])
                if not items:
                    items.append({})
                entry, route = items[0], (*route, name, 0)
            else:
                entry, route = entry.setdefault(name, {}), (*route, name)
        name = step.target[-1]
        if not step.shape.many:
            wrong: Fault | None = None
            try:
                read = step.read(value)
            except ValueError as error:
                read, wrong = None, Fault.of((*route, name), name, error)
            if step.is_shared and self._is_told(
                step, _Told(_dotted((*above, *step.own)), value, read), (*route, name), above
            ):
                return
            if wrong is not None:
                self._faults.append(wrong)
            elif read is not None:
                entry[name] = read
            return
        found = entry.setdefault(name, [])
        for part in parts_of(value, step.shape):
            try:
                read = step.read(part)
            except ValueError as error:
                self._faults.append(Fault.of((*route, name, len(found)), name, error))
                found.append(None)
            else:
                found += read if isinstance(read, list) else [read]

    def _is_told(self, step: Step, said: _Told, route: Route, above: Route) -> bool:
        """Tell whether the row says this under another name already; that it says something else there is a fault.

        Nothing stands in for what the first name leaves open: it may well be left open on purpose.
        """
        first = self._told.setdefault(route, said)
        if first is said:
            return False
        is_same = said.value == first.value or (said.read is not None and said.read == first.read)
        if not is_same and not (isinstance(said.value, str) and is_placeholder(said.value)):
            text = (
                f"{quoted(first.own)} and {quoted(said.own)} both give {step.target[-1]} and differ: the former counts"
            )
            hint = f"keep one of them, or name {quoted(said.own)} under 'ignore' of this source"
            self._faults.append(Fault(route, f"{text}; {hint}", (*above, step.own[0])))
        return True


def _dotted(way: Route) -> str:
    """Return the organisation's name for what stands at the end of a way."""
    return ".".join(name for name in way if isinstance(name, str))


def _refuse_parts(step: Step, value: Any, route: Route, faults: list[Fault]) -> None:
    """Note what stands where parts with fields of their own are expected; mappings are read field by field."""
    name = step.target[-1]
    for at, part in enumerate(value if isinstance(value, list) else (value,)):
        if part is None or isinstance(part, dict) or (isinstance(part, str) and is_placeholder(part)):
            continue
        fields = ", ".join(list(shapes(step.shape.row))[:3]) if step.shape.row else "name and value"
        text = f"{name}: expected fields such as {fields}, not {quoted(part)}"
        faults.append(Fault((*route, *step.target, *((at,) if isinstance(value, list) else ())), text))
