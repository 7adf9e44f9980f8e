"""Conditions: which rows a check looks at, and what a row has to satisfy.

Joined by "and". `x: v` · `x: [v, w]` · `{is: set}` · `{is: empty}` · `{not: [v]}` (true when blank) ·
`{before: d}` and `{after: d}` (need a date) · `{not_before: d}` and `{not_after: d}` (true when blank), where `d`
is `as_of`, a date, or a path of the row. Three-valued: false beats unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple

from isocheck.checks.paths import Path, PathError, compile_path, path_words
from isocheck.errors import did_you_mean
from isocheck.qms.tables import Row, Tables, TableType
from isocheck.terms import split_id

__all__ = ["Condition", "Where", "compile_where", "in_words"]

Test = Callable[[Row, Tables], bool | None]
_OPERATORS = ("is", "not", "before", "after", "not_before", "not_after")
_DATES: dict[str, tuple[Callable[[date, date], bool], bool | None, str]] = {
    "before": (lambda a, b: a < b, None, "before"),
    "after": (lambda a, b: a > b, None, "after"),
    "not_before": (lambda a, b: a >= b, True, "not before"),
    "not_after": (lambda a, b: a <= b, True, "not after"),
}


class Condition(NamedTuple):
    """One condition on one path; `words` says it in a sentence, `failed` says what is the case instead."""

    path: Path
    test: Test
    words: str
    expected: Any

    def failed(self, row: Row, tables: Tables) -> str:
        """Say what is the case where the condition does not hold."""
        values = self.path.values(row, tables)
        if self.expected is True:
            return f"not {self.path.words}"
        if self.expected is False:
            return self.path.words
        if not values:
            return f"{self.path.words} is empty"
        shown = ", ".join(str(getattr(value, "id", None) or value) for value in values[:5])
        return f"{self.path.words}: {shown}"


class Where(NamedTuple):
    """Conditions that hold together.

    `test` tells whether a row fits: True, False, or None where a blank field leaves it open.
    """

    conditions: tuple[Condition, ...]
    test: Test

    def __bool__(self) -> bool:
        return bool(self.conditions)

    @property
    def words(self) -> str:
        """The conditions as a sentence says them."""
        return " and ".join(condition.words for condition in self.conditions)

    def broken(self, row: Row, tables: Tables) -> Condition:
        """Return the first condition that the row does not satisfy."""
        return next(condition for condition in self.conditions if condition.test(row, tables) is False)

    def open(self, row: Row, tables: Tables) -> Condition:
        """Return the first condition that a blank field leaves open."""
        return next(condition for condition in self.conditions if condition.test(row, tables) is None)


def compile_where(conditions: Mapping[str, Any] | None, table: TableType) -> Where:
    """Type conditions against a table.

    Raises PathError for an unknown field, a constant that the field cannot have, or two conditions that go
    through one list and might meet different items of it.
    """
    compiled = tuple(_compile(path, wanted, table) for path, wanted in (conditions or {}).items())
    lists: dict[str, str] = {}
    for condition in compiled:
        path = condition.path
        head, dot, _ = path.text.partition(".")
        if dot and path.start == "row" and path.steps[0].many:
            if head in lists:
                raise PathError(
                    f"{lists[head]!r} and {path.text!r} go through one list and may meet different items; "
                    f"use 'of: {table.name}.{head}'"
                )
            lists[head] = path.text
    return Where(compiled, _together([condition.test for condition in compiled]))


def _together(tests: list[Test]) -> Test:
    if len(tests) == 1:
        return tests[0]

    def test(row: Row, tables: Tables) -> bool | None:
        unknown = False
        for one in tests:
            answer = one(row, tables)
            if answer is False:
                return False
            if answer is None:
                unknown = True
        return None if unknown else True

    return test


def _compile(text: str, wanted: Any, table: TableType) -> Condition:
    path = compile_path(text, table)
    if isinstance(wanted, Mapping):
        if len(wanted) != 1:
            raise PathError(f"{text}: a condition has one operator of {', '.join(_OPERATORS)}")
        ((operator, value),) = wanted.items()
        if operator == "is":
            return _presence(path, value)
        if operator == "not":
            return _excluded(path, value if isinstance(value, list) else [value])
        if operator in _DATES:
            return _dated(path, operator, value, table)
        raise PathError(f"{text}: {operator!r} is no operator{did_you_mean(operator, _OPERATORS)}")
    if path.shape.kind == "row":
        raise PathError(f"{text}: an entry's part is not compared with a value; use {{is: set}} or go on to a field")
    values = wanted if isinstance(wanted, list) else [wanted]
    constants = frozenset(_constant(path, value) for value in values)

    def equals(row: Row, tables: Tables) -> bool | None:
        found = path.values(row, tables)
        if not found:
            return None if path.unknown(row, tables) else False
        return any(value in constants for value in found)

    def is_one_of(row: Row, tables: Tables) -> bool | None:
        assert path.value is not None
        found = path.value(row, tables)
        return None if found is None else found in constants

    return Condition(path, is_one_of if path.value else equals, _words(text, wanted), wanted)


def in_words(conditions: Mapping[str, Any] | None) -> str:
    """Say conditions as a sentence does; nothing has to be typed for that."""
    return " and ".join(_words(text, wanted) for text, wanted in (conditions or {}).items())


def _words(text: str, wanted: Any) -> str:
    shown = path_words(text)
    if not isinstance(wanted, Mapping):
        values = wanted if isinstance(wanted, list) else [wanted]
        if values in ([True], [False]):
            return f"{'' if values[0] else 'not '}{shown}"
        return f"{shown} is {' or '.join(map(_say, values))}"
    ((operator, value),) = wanted.items()
    if operator == "is":
        return f"{shown} is {'given' if value == 'set' else 'empty'}"
    if operator == "not":
        return f"{shown} is not {' or '.join(map(_say, value if isinstance(value, list) else [value]))}"
    limit = "the day of the assessment" if value == "as_of" else value if _day(value) else path_words(str(value))
    return f"{shown} is {_DATES[operator][2]} {limit}"


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def _say(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _constant(path: Path, value: Any) -> Any:
    shape = path.shape
    if shape.kind == "truth":
        if value is not True and value is not False:
            raise PathError(f"{path.text} is true or false, not {value!r}")
    elif shape.kind == "choice":
        if value not in shape.choices:
            near = did_you_mean(str(value), shape.choices) or f"; known are {', '.join(shape.choices)}"
            raise PathError(f"{path.text} cannot be {value!r}{near}")
    elif shape.kind == "clause":
        if not isinstance(value, str) or split_id(value) is None:
            raise PathError(f"{path.text} is a clause or requirement, not {value!r}")
    else:
        raise PathError(f"{path.text} is free ({shape.kind}) and is not compared with a constant")
    return value


def _presence(path: Path, value: Any) -> Condition:
    if value not in ("set", "empty"):
        raise PathError(f"{path.text}: 'is' takes set or empty, not {value!r}")
    wanted = value == "set"

    def present(row: Row, tables: Tables) -> bool | None:
        return bool(path.values(row, tables)) is wanted

    def is_filled(row: Row, tables: Tables) -> bool | None:
        assert path.value is not None
        return (path.value(row, tables) is not None) is wanted

    return Condition(path, is_filled if path.value else present, _words(path.text, {"is": value}), value)


def _excluded(path: Path, values: list[Any]) -> Condition:
    constants = frozenset(_constant(path, value) for value in values)

    def differs(row: Row, tables: Tables) -> bool | None:
        return not any(value in constants for value in path.values(row, tables))

    def is_none_of(row: Row, tables: Tables) -> bool | None:
        assert path.value is not None
        return path.value(row, tables) not in constants  # a blank is none of them

    return Condition(path, is_none_of if path.value else differs, _words(path.text, {"not": values}), values)


def _dated(path: Path, operator: str, value: Any, table: TableType) -> Condition:
    if path.shape.kind != "date":
        raise PathError(f"{path.text} is no date")
    compare, blank, _ = _DATES[operator]
    fixed = None if value == "as_of" else _day(value)
    other = None if value == "as_of" or fixed else compile_path(str(value), table)
    if other is not None and other.shape.kind != "date":
        raise PathError(f"{other.text} is no date")

    def dated(row: Row, tables: Tables) -> bool | None:
        found = path.values(row, tables)
        if not found:
            return blank
        limits = other.values(row, tables) if other else [fixed or tables.facts.as_of]
        if not limits:
            return blank
        return any(compare(day, max(limits)) for day in found)

    return Condition(path, dated, _words(path.text, {operator: value}), value)
