"""Paths: how a check names a value of a row.

`field.field`: references hop to the entry they name, lists flatten. `.last` and `.first` take the newest and the
oldest of a dated list; `parent.` goes from a nested row to its entry; `.register` and `.ref` read a reference.
A path may begin with a register of one entry, such as `organisation.alone`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from operator import attrgetter
from typing import Any, Literal, NamedTuple

from isocheck.errors import did_you_mean
from isocheck.qms.description import Route
from isocheck.qms.registers import REGISTERS
from isocheck.qms.shape import Shape, shapes
from isocheck.qms.tables import Row, Tables, TableType

__all__ = ["Path", "PathError", "compile_path", "path_words"]

Place = tuple[Any, Route]
"""A value and the way to it from the row."""

_Step = Callable[[Any, Tables], Any]


class PathError(ValueError):
    """A path names a field that does not exist, or hops where it cannot."""


class Path(NamedTuple):
    """A path with the shape of what it yields; `many` where it may yield several values.

    `known` tells whether an empty list is knowledge (in a view) and not a blank (in a register). `happened` tells that
    it yields days on which something happened: those to come are passed over. `every` returns the values of a row that
    are filled, `values` those of them that are not passed over. `value` is there where a path yields at most one, and
    returns that or None: most conditions are about one field, and need no list.
    """

    text: str
    shape: Shape
    many: bool
    known: bool
    steps: tuple[_Way, ...]
    start: Literal["row", "parent"] | str
    happened: bool
    every: Callable[[Row, Tables], list[Any]]
    values: Callable[[Row, Tables], list[Any]]
    value: Callable[[Row, Tables], Any] | None

    @property
    def words(self) -> str:
        """The path as a sentence says it."""
        return path_words(self.text)

    @property
    def route(self) -> Route:
        """The way from the row to where a failure on this path stands: its first field, if that is one of the row."""
        return (self.text.partition(".")[0],) if self.start == "row" else ()

    def places(self, row: Row, tables: Tables) -> list[Place]:
        """Return every value with the way to it; None where a field is empty, so that holes are seen."""
        current: list[Place] = [(_begin(self.start, row, tables), ())]
        for way in self.steps:
            following: list[Place] = []
            for value, route in current:
                if value is None:
                    following.append((None, route))
                else:
                    following += way.follow(value, route, tables)
            current = following
        if self.happened:
            as_of = tables.facts.as_of
            return [(value if value is not None and value <= as_of else None, route) for value, route in current]
        return current

    def to_come(self, row: Row, tables: Tables) -> list[date]:
        """Return the days that would say that something happened, and lie ahead."""
        return [day for day in self.every(row, tables) if day > tables.facts.as_of] if self.happened else []

    def unknown(self, row: Row, tables: Tables) -> bool:
        """Tell whether a path that yields nothing is blank, rather than known to be none."""
        if not self.known or len(self.steps) != 1:
            return True
        start = _begin(self.start, row, tables)
        return start is None or self.steps[0].take(start, tables) is None

    def untold(self, row: Row, tables: Tables) -> bool:
        """Tell whether an empty path ends in a field of which nobody can know whether it would be filled."""
        untold = tables.description.untold
        if not untold:
            return False
        *ways, last = self.steps
        holders = [_begin(self.start, row, tables)]
        for way in ways:
            holders = [value for held in holders if held is not None for value, _ in way.follow(held, (), tables)]
        return any(last.name in untold.get((type(held), getattr(held, "id", "")), ()) for held in holders)


class _Way(NamedTuple):
    """One step of a path: how to take it, and what it adds to the route (empty for a hop or a pick).

    `plain` is true where the step reads a field and does nothing else; `register` is where a hop finds its entry.
    """

    name: str
    take: _Step
    many: bool
    hop: bool = False
    plain: bool = False
    register: str = ""

    def follow(self, value: Any, route: Route, tables: Tables) -> list[Place]:
        taken = self.take(value, tables)
        if self.many:
            if not taken:
                return [(None, (*route, self.name))]
            return [(item, (*route, self.name, at)) for at, item in enumerate(taken)]
        return [(taken, route if self.hop or not self.name else (*route, self.name))]


def _begin(start: str, row: Row, tables: Tables) -> Any:
    if start == "row":
        return row.data
    return row.parent if start == "parent" else tables.description.single(start)


def _every(start: str, ways: tuple[_Way, ...]) -> Callable[[Row, Tables], list[Any]]:
    """Make the function that reads the values of a path that may yield several."""
    if start == "row" and len(ways) == 1 and ways[0].plain:
        field = attrgetter(ways[0].name)

        def listed(row: Row, _: Tables) -> list[Any]:
            return [item for item in field(row.data) or () if item is not None]

        return listed

    def followed(row: Row, tables: Tables) -> list[Any]:
        current = [_begin(start, row, tables)]
        for way in ways:
            take = way.take
            if way.many:
                current = [item for value in current if value is not None for item in (take(value, tables) or ())]
            else:
                current = [take(value, tables) for value in current if value is not None]
        return [value for value in current if value is not None]

    return followed


def _only(start: str, ways: tuple[_Way, ...]) -> Callable[[Row, Tables], Any]:
    """Make the function that reads the value of a path that yields at most one; most are one field of the row."""
    if start == "row" and len(ways) == 1 and ways[0].plain:
        field = attrgetter(ways[0].name)
        return lambda row, _: field(row.data)
    if start == "row" and len(ways) == 3 and ways[0].plain and ways[1].register and ways[2].plain:
        return _hopped(ways[0].name, ways[1].register, ways[2].name)
    takes = [way.take for way in ways]

    def followed(row: Row, tables: Tables) -> Any:
        value = row.data if start == "row" else _begin(start, row, tables)
        for take in takes:
            if value is None:
                return None
            value = take(value, tables)
        return value

    return followed


def _hopped(reference: str, register: str, name: str) -> Callable[[Row, Tables], Any]:
    """Make the function that reads one field of the entry that a field of the row names."""
    first, last = attrgetter(reference), attrgetter(name)

    def hopped(row: Row, tables: Tables) -> Any:
        ref = first(row.data)
        entry = None if ref is None else tables.entry(register, ref)
        return None if entry is None else last(entry)

    return hopped


def _listed(value: Callable[[Row, Tables], Any]) -> Callable[[Row, Tables], list[Any]]:
    def single(row: Row, tables: Tables) -> list[Any]:
        found = value(row, tables)
        return [] if found is None else [found]

    return single


def _past(every: Callable[[Row, Tables], list[Any]]) -> Callable[[Row, Tables], list[Any]]:
    def past(row: Row, tables: Tables) -> list[Any]:
        days = every(row, tables)
        return [day for day in days if day <= tables.facts.as_of] if days else days

    return past


def _past_only(value: Callable[[Row, Tables], Any]) -> Callable[[Row, Tables], Any]:
    def past(row: Row, tables: Tables) -> Any:
        day = value(row, tables)
        return day if day is not None and day <= tables.facts.as_of else None

    return past


def path_words(text: str) -> str:
    """Say a path as a sentence does: 'actions.done' is 'actions: done'."""
    parts = [part for part in text.split(".") if part not in ("parent", "last", "ref", "register", "id")]
    return ": ".join(part.replace("_", " ") for part in parts) or text


def compile_path(text: str, table: TableType) -> Path:
    """Type a path against a table.

    Raises PathError, with a suggestion where there is one, for a field that does not exist.
    """
    names = text.split(".")
    row: type | None = table.row
    start: str = "row"
    register = "" if table.field or table.view else table.base
    if names[0] == "parent":
        if table.parent is None:
            raise PathError(f"{table.name} has no parent; 'parent' leads from a nested list to its entry")
        row, start, register, names = table.parent, "parent", table.base, names[1:]
    elif names[0] not in shapes(table.row) and names[0] in REGISTERS and REGISTERS[names[0]].single:
        row, start, register, names = REGISTERS[names[0]].model, names[0], names[0], names[1:]
    if not names or not all(names):
        raise PathError(f"the path {text!r} ends too early")
    builder = _Builder(text, row, register)
    for name in names:
        builder.step(name)
    known = table.view is not None and start == "row"
    assert builder.shape is not None
    ways, shape = tuple(builder.ways), builder.shape
    happened = shape.kind == "date" and not shape.ahead
    if builder.many:
        every = _every(start, ways)
        values, value = _past(every) if happened else every, None
    else:
        any_value = _only(start, ways)
        value = _past_only(any_value) if happened else any_value
        every, values = _listed(any_value), _listed(value)
    return Path(text, shape, builder.many, known, ways, start, happened, every, values, value)


class _Builder:
    def __init__(self, text: str, row: type | None, register: str) -> None:
        self.text = text
        self.row = row
        self.register = register
        self.shape: Shape | None = None
        self.many = False
        self.ways: list[_Way] = []

    def step(self, name: str) -> None:
        shape = self.shape
        if shape is not None and shape.kind == "row":
            if name in ("last", "first"):
                self._pick(name, shape)
                return
            self.row, self.register = shape.row, ""
        elif shape is not None and shape.kind == "reference":
            self._reference(name, shape)
            return
        elif shape is not None:
            raise PathError(f"{self.text!r}: {name!r} follows a field that has no parts")
        assert self.row is not None
        if name == "ref" and self.register:
            register = self.register
            self.ways.append(_Way("", lambda entry, _: f"{register}/{entry.id}", False, True))
            self.shape = Shape("reference", targets=(register, register))
            return
        self._field(name)

    def _field(self, name: str) -> None:
        assert self.row is not None
        columns = shapes(self.row)
        shape = columns.get(name)
        if shape is None:
            near = did_you_mean(name, columns) or f"; known are {', '.join(columns)}"
            raise PathError(f"{self.text!r}: {name!r} is no field{near}")
        self.ways.append(_Way(name, lambda value, _: getattr(value, name), shape.many, plain=True))
        self.many = self.many or shape.many
        self.shape = shape

    def _pick(self, name: str, shape: Shape) -> None:
        row = shape.row
        if not shape.many or row is None or shapes(row).get("date", Shape("text")).kind != "date":
            raise PathError(f"{self.text!r}: .{name} needs a list whose items have a date")
        newest = name == "last"
        field = self.ways.pop().name

        def pick(value: Any, tables: Tables) -> Any:
            dated = [item for item in getattr(value, field) if item is not None and _happened(item.date, tables)]
            if not dated:
                return None
            return max(dated, key=_date) if newest else min(dated, key=_date)

        self.ways.append(_Way(field, pick, False))
        self.many = any(way.many for way in self.ways)
        self.shape = Shape("row", False, row=row)

    def _reference(self, name: str, shape: Shape) -> None:
        targets = shape.targets
        if name == "register":
            only = targets[0] if len(targets) == 1 else ""
            self.ways.append(_Way("", lambda ref, _: only or ref.partition("/")[0], False, True))
            self.shape = Shape("choice", choices=targets)
            return
        if name == "ref":
            if len(targets) == 1:
                self.ways.append(_Way("", lambda ref, _: f"{targets[0]}/{ref}", False, True))
            self.shape = Shape("reference", targets=targets if len(targets) > 1 else targets * 2)
            return
        if len(targets) != 1:
            raise PathError(
                f"{self.text!r}: {name!r} follows a reference into several registers; only .register and .ref"
            )
        target = targets[0]
        self.ways.append(_Way("", lambda ref, tables: tables.entry(target, ref), False, True, register=target))
        self.row, self.register, self.shape = REGISTERS[target].model, target, None
        self.step(name)


def _date(item: Any) -> date:
    day: date = item.date
    return day


def _happened(day: date | None, tables: Tables) -> bool:
    return day is not None and day <= tables.facts.as_of
