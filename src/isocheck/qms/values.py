"""From what an organisation wrote to what a field of a register takes: one reading for each kind of field.

What comes out is text in the form that registers read (dates as YYYY-MM-DD, clauses as 9.2.2-c), so that the registers'
own rules hold for every format alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, assert_never

from isocheck.errors import did_you_mean, quoted
from isocheck.qms.citing import clause_in, under_their_standards
from isocheck.qms.dates import Order, read_days
from isocheck.qms.fields import is_placeholder, parse_period
from isocheck.qms.shape import Shape
from isocheck.terms import split_id

__all__ = ["Style", "parts_of", "reader"]

Read = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Style:
    """How an organisation writes dates and numbers, and what a bare number means in an interval."""

    order: Order | None = None
    comma: bool = False
    unit: str | None = None


_SEPARATORS = re.compile(r"[;,|\n]")
_SEPARATORS_OF_TEXT = re.compile(r"[;|\n]")
_TRUTH = {"yes": True, "y": True, "true": True, "1": True, "no": False, "n": False, "false": False, "0": False}
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+(?:,\d+)?\Z", re.ASCII)
_BARE = re.compile(r"\d{1,4}\Z", re.ASCII)
_LETTERED = re.compile(r"(\d+(?:\.\d+)*)[\s-]*\(?([a-z])(?:\)|\b)[\s-]*\(?(\d*)\)?\Z", re.ASCII)
_CITED = re.compile(r"\A(?:§{1,2}|clauses?|cl\.|sections?)?\s*", re.IGNORECASE)


def reader(shape: Shape, style: Style, words: Mapping[str, Any]) -> Read:
    """Return what reads one value for a field of this shape; it raises ValueError with what is wrong.

    `words` are the organisation's values and ours, compared with case folded.
    """
    read = _of_kind(shape, style)
    if not words:
        return read
    known = {_folded(str(own)): ours for own, ours in words.items()}

    def translated(value: Any) -> Any:
        if isinstance(value, str | bool):
            key = _folded(str(value))
            if key in known:
                return known[key]
        return read(value)

    return translated


def parts_of(value: Any, shape: Shape) -> list[Any]:
    """Return the parts of a value for a field that holds a list: a list's items, or what separators part in a text.

    A comma parts references and clauses; in a list of texts it may belong to one of them. Each clause of another
    standard has the name of that in front, since it is named but once in a list of several.
    """
    if isinstance(value, list):
        return under_their_standards(value) if shape.kind == "clause" else value
    if not isinstance(value, str):
        return [value]
    by = _SEPARATORS_OF_TEXT if shape.kind == "text" else _SEPARATORS
    parts = [part for piece in by.split(value) if (part := piece.strip())]
    return [part for part in under_their_standards(parts) if part is not None] if shape.kind == "clause" else parts


def _folded(text: str) -> str:
    return " ".join(text.replace("_", " ").replace("-", " ").split()).casefold()


def _of_kind(shape: Shape, style: Style) -> Read:
    kind = shape.kind
    match kind:
        case "text" | "reference":
            return _text
        case "date":
            return lambda value: _date(value, style.order, shape.ahead)
        case "interval":
            return lambda value: _interval(value, style.unit)
        case "number":
            return lambda value: _number(value, style.comma)
        case "truth":
            return _truth
        case "choice":
            choices = {_folded(choice): choice for choice in shape.choices}
            return lambda value: _choice(value, choices)
        case "clause":
            return _clause
        case "row" | "free":
            return lambda value: value
        case _:
            assert_never(kind)


def _text(value: Any) -> Any:
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ", ".join(value)
    if isinstance(value, dict | list | bool):  # a ticked box says neither what nor who
        raise ValueError(f"expected a text, not {quoted(value)}")
    return value


def _date(value: Any, order: Order | None, ahead: bool) -> Any:
    if not isinstance(value, str):
        raise ValueError(f"expected a date, not {quoted(value)}")
    if is_placeholder(value):
        return None
    days = read_days(value, order)
    # Of a month alone: what was done counts from its first day, what is due is due by its last.
    return (days.last if ahead else days.first).isoformat()


def _interval(value: Any, unit: str | None) -> Any:
    if not isinstance(value, str):
        raise ValueError(f"expected an interval such as '12 months', not {quoted(value)}")
    if is_placeholder(value):
        return None
    text = value.strip()
    if _BARE.match(text):
        if unit is None:
            raise ValueError(f"{quoted(value)} has no unit; say under 'units' of this source what it means")
        text = f"{text} {unit}"
    parse_period(text)
    return text


def _number(value: Any, comma: bool) -> Any:
    if isinstance(value, str):
        bare = value.strip().removesuffix("%").strip()
        if not comma:
            return bare
        if "." in bare and not _GROUPED.match(bare):
            raise ValueError(f"{quoted(value)} has a point where the decimals are said to be parted by a comma")
        return bare.replace(".", "").replace(",", ".")
    return value


def _truth(value: Any) -> Any:
    if isinstance(value, str):
        if is_placeholder(value):
            return None
        found = _TRUTH.get(value.strip().casefold())
        if found is None:
            hint = "say under 'values' of this source what it means"
            raise ValueError(f"expected yes or no, not {quoted(value)}; {hint}")
        return found
    return value


def _choice(value: Any, choices: Mapping[str, str]) -> Any:
    if isinstance(value, str) and choices.get(value) == value:
        return value  # as most are written
    if not isinstance(value, str):
        raise ValueError(f"expected one of {', '.join(choices.values())}, not {quoted(value)}")
    if is_placeholder(value):
        return None
    found = choices.get(_folded(value))
    if found is None:
        near = did_you_mean(value, choices.values()) or "; say under 'values' of this source what it means"
        raise ValueError(f"{quoted(value)} is none of {', '.join(choices.values())}{near}")
    return found


def _clause(value: Any) -> Any:
    if not isinstance(value, str) or is_placeholder(value):
        return value
    bare = _CITED.sub("", clause_in(value), count=1).strip()
    if match := _LETTERED.match(bare):
        bare = f"{match[1]}-{match[2]}{match[3]}"
    if split_id(bare) is None:
        raise ValueError(f"expected a clause such as 8.5.1 or 9.2.2 c), not {quoted(value)}")
    return bare
