"""Whether values that were met fit a field of ours, and how they are to be read there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from isocheck.errors import quoted
from isocheck.qms.dates import Order
from isocheck.qms.fields import is_placeholder
from isocheck.qms.mapping import Names
from isocheck.qms.shape import Shape
from isocheck.qms.value_synonyms import CHOICES, STATES, TRUTHS, UNITS
from isocheck.qms.values import Style, parts_of, reader

__all__ = ["Fit", "comma_of", "fit", "folded", "order_of", "values_at"]

_SAMPLE = 1000
_CAMEL = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])")
_APART = re.compile(r"[\W_]+")
_YEAR_LAST = re.compile(r"(\d{1,2})([-./])\s?(\d{1,2})\2\s?\d{4}(?:\D|\Z)", re.ASCII)
_BARE = re.compile(r"\d{1,4}\Z", re.ASCII)
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*%?\Z", re.ASCII)
_COMMA = re.compile(r"[+-]?\d+,(?:\d{1,2}|\d{4,})%?\Z", re.ASCII)
_POINT = re.compile(r"[+-]?\d+\.\d+%?\Z", re.ASCII)
_MONTHS = frozenset({1, 3, 6, 12, 18, 24, 36, 48, 60})
_ORDERS: tuple[Order, ...] = ("day-first", "month-first")
_DAYS = frozenset({30, 60, 90, 120, 180, 182, 183, 365, 730, 1095})


def folded(name: str) -> str:
    """Return a name in lower case, its words parted by spaces: "Next_Cal.Due" and "nextCalDue" are "next cal due"."""
    return " ".join(_APART.sub(" ", _CAMEL.sub(" ", name)).split()).casefold()


def values_at(rows: Iterable[Mapping[str, Any]], path: Names) -> list[Any]:
    """Return what rows hold at a path, lists on the way flattened, without what is empty or a placeholder."""
    found: list[Any] = []
    for row in rows:
        _collect(row, path, found)
    return found


def _collect(value: Any, path: Names, found: list[Any]) -> None:
    if isinstance(value, list):
        if path or all(not isinstance(item, dict | list) for item in value):
            for item in value:
                _collect(item, path, found)
        else:
            found.append(value)
    elif path:
        if isinstance(value, dict):
            _collect(value.get(path[0]), path[1:], found)
    elif value is not None and not (isinstance(value, str) and is_placeholder(value)):
        found.append(value)


def order_of(values: Iterable[Any]) -> tuple[Order | None, str]:
    """Return the order of day and month that values prove, and a remark where they need one and prove none."""
    first = second = unsure = False
    example = ""
    for value in values:
        match = _YEAR_LAST.match(value.strip()) if isinstance(value, str) else None
        if match is None:
            continue
        one, other = int(match[1]), int(match[3])
        first, second = first or one > 12, second or other > 12
        if one <= 12 and other <= 12:
            unsure, example = True, example or value
    if first and second:
        return None, "dates stand in both orders, day first and month first, so that neither is declared"
    if first or second:
        return ("day-first" if first else "month-first"), ""
    if unsure:
        return None, f"dates such as {quoted(example)} may mean two days: declare 'dates: day-first' or 'month-first'"
    return None, ""


def comma_of(values: Iterable[Any]) -> bool:
    """Tell whether numbers prove that a comma parts their decimals."""
    texts = [value.strip() for value in values if isinstance(value, str)]
    return any(map(_COMMA.match, texts)) and not any(map(_POINT.match, texts))


@dataclass(slots=True)
class Fit:
    """What became of the values of one field: `why` not, or with which words and unit they are read.

    `remark` says what will not be read although the field is taken.
    """

    why: str = ""
    words: dict[str, Any] = field(default_factory=dict)
    unit: str | None = None
    remark: str = ""


def fit(register: str, target: str, shape: Shape, own: str, values: Sequence[Any], style: Style) -> Fit:
    """Tell whether values may stand in a field: at least half of those that are filled can be read there."""
    values = values[:_SAMPLE]
    if not values:
        return Fit()
    match shape.kind:
        case "row" | "free":
            return Fit("holds no parts that could be told apart")
        case "text" | "reference":
            return _texts(shape, target, values)
        case "interval":
            return _intervals(shape, own, values)
        case "choice" | "truth":
            return _choices(register, target, shape, values)
        case _:
            return _read(shape, style, values)


def _read(shape: Shape, style: Style, values: Sequence[Any], words: Mapping[str, Any] | None = None) -> Fit:
    styles = (
        [style] if style.order else [Style("day-first", style.comma, style.unit), Style("month-first", style.comma)]
    )
    readers = [reader(shape, each, words or {}) for each in styles]
    parts = [part for value in values for part in (parts_of(value, shape) if shape.many else (value,))]
    unread = [part for part in parts if not any(_reads(read, part) for read in readers)]
    if 2 * len(unread) > len(parts):
        return Fit(f"{_examples(unread)} cannot be read as {_KINDS.get(shape.kind, shape.kind)}")
    return Fit(words=dict(words or {}), remark=f"{_examples(unread)} will not be read" if unread else "")


_KINDS = {
    "date": "a date",
    "number": "a number",
    "interval": "an interval",
    "clause": "a clause",
    "choice": "one of ours",
    "truth": "yes or no",
}


def _reads(read: Any, value: Any) -> bool:
    try:
        read(value)
    except ValueError:
        return False
    return True


def _examples(values: Sequence[Any]) -> str:
    shown = [quoted(value) for value in dict.fromkeys(map(str, values))]
    return ", ".join([*shown[:3], *([f"and {len(shown) - 3} more"] if len(shown) > 3 else [])])


_PLAIN = frozenset(
    {"id", "version", "period", "title", "name", "type", "likelihood", "impact", "batch", "result", "unit"}
)


def _texts(shape: Shape, target: str, values: Sequence[Any]) -> Fit:
    """Refuse what is no text, and answers, states, days and bare numbers where a description or a person is meant."""
    if any(isinstance(value, dict | list) for value in values):
        return Fit("holds parts, not a text")
    leaf = target.rsplit(".", 1)[-1]
    if leaf in _PLAIN:
        return Fit()
    states = [value for value in values if isinstance(value, bool) or folded(value) in STATES]
    if 2 * len(states) > len(values):
        return Fit(f"{_examples(states)} tells a state, and {leaf} is something else")
    texts = [value for value in values if isinstance(value, str)]
    days = [text for text in texts if _is_day(text)]
    if 2 * len(days) > len(values):
        return Fit(f"{_examples(days)} is a day, and {leaf} is none")
    if shape.kind == "reference" and set(shape.targets) <= {"roles", "people"}:
        numbers = [text for text in texts if _NUMBER.match(text)]
        if 2 * len(numbers) > len(values):
            return Fit(f"{_examples(numbers)} names nobody")
    return Fit()


_DATE = Shape("date")
_DAYS_FIRST = reader(_DATE, Style("day-first"), {})
_MONTHS_FIRST = reader(_DATE, Style("month-first"), {})


def _is_day(text: str) -> bool:
    return _reads(_DAYS_FIRST, text) or _reads(_MONTHS_FIRST, text)


def _intervals(shape: Shape, own: str, values: Sequence[Any]) -> Fit:
    bare = {int(value) for value in values if isinstance(value, str) and _BARE.match(value.strip())}
    unit = next((UNITS[word] for word in reversed(folded(own).split()) if word in UNITS), None)
    remark = ""
    if bare and unit is None:
        unit = "months" if bare <= _MONTHS and max(bare) >= 6 else "days" if bare <= _DAYS else None
        if unit is None:
            return Fit(f"{_examples([str(number) for number in sorted(bare)])} has no unit")
        remark = f"bare numbers ({_examples([str(number) for number in sorted(bare)])}) are taken as {unit}"
    found = _read(shape, Style(unit=unit), values)
    found.unit = unit if bare else None
    found.remark = "; ".join(filter(None, (remark, found.remark)))
    return found


def _choices(register: str, target: str, shape: Shape, values: Sequence[Any]) -> Fit:
    known: Mapping[str, Any] = CHOICES.get((register, target), {}) if shape.kind == "choice" else TRUTHS
    ours = {folded(choice) for choice in shape.choices}
    words: dict[str, Any] = {}
    for value in values:
        for part in parts_of(value, shape) if shape.many else (value,):
            text, name = part, ""
            if isinstance(part, bool):
                text, name = str(part).lower(), "yes" if part else "no"
            elif isinstance(part, str):
                name = folded(part)
            if name in known and name not in ours:
                words.setdefault(text.strip(), known[name])
    merged: dict[str, Any] = {}
    for text, meaning in words.items():
        if folded(text) not in {folded(other) for other in merged}:
            merged[text] = meaning
    return _read(shape, Style(), values, merged)
