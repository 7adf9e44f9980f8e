"""Rows of plain data into the models of registers, with everything that is wrong with them told in one go."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from functools import cache
from typing import Any, NamedTuple

from pydantic import TypeAdapter, ValidationError

from isocheck.qms.cleaning import clean, stray_keys
from isocheck.qms.description import Route
from isocheck.qms.registers import REGISTERS
from isocheck.qms.wording import reword

__all__ = ["Wrong", "adapter", "says_something", "validate"]

_NONE_GIVEN: set[str] = set()


class Wrong(NamedTuple):
    """What is wrong with a row: its number, the way to the value, and the words for it."""

    at: int
    route: Route
    message: str


@cache
def adapter(register: str) -> TypeAdapter[list[Any]]:
    """Return what validates a list of a register's entries."""
    return TypeAdapter(list[REGISTERS[register].model])  # type: ignore[arg-type, misc]  # the model is known at run time only


def says_something(entry: Any) -> bool:
    """Tell whether anything is filled in: an entry of placeholders alone is no entry."""
    values = entry.__dict__.values()
    return any(any(item is not None for item in value) if isinstance(value, tuple) else value for value in values)


def validate(
    adapter: TypeAdapter[Any], model: type, rows: list[Any], is_clean: bool = False
) -> tuple[list[Any], list[Wrong]]:
    """Return the entry of each row, without the values that are wrong, and these; None where nothing can be kept.

    `is_clean` says that placeholders are left out already.
    """
    faults: list[Wrong] = []
    dropped: list[Route] = []
    cleaned = rows if is_clean else clean(rows, dropped, (), model)
    for route in dropped:
        at = route[0]
        assert isinstance(at, int)
        if (stray := stray_keys(model, route[1:])) is not None:
            faults.append(Wrong(at, stray, reword("extra_forbidden", stray, model, None)))
    try:
        entries = list(adapter.validate_python(cleaned))
    except ValidationError as error:
        wrong: list[tuple[Any, ...]] = []
        for item in error.errors(include_url=False, include_context=True):
            at, *rest = item["loc"]
            assert isinstance(at, int)
            faults.append(Wrong(at, tuple(rest), reword(item["type"], tuple(rest), model, item)))
            wrong.append(item["loc"])
        return _what_remains(adapter, cleaned, wrong), faults
    for entry in entries:  # pydantic notes which fields were given; nobody asks, and it is a tenth of all memory
        object.__setattr__(entry, "__pydantic_fields_set__", _NONE_GIVEN)
    return entries, faults


def _what_remains(adapter: TypeAdapter[Any], rows: list[Any], wrong: list[tuple[Any, ...]]) -> list[Any]:
    """Return the entries without the values that are wrong, so that whatever else is wrong shows in the same run.

    None stands for an entry of which nothing can be kept.
    """
    kept = list(rows)
    for at in {place[0] for place in wrong}:
        kept[at] = deepcopy(rows[at])
    for at, *way in wrong:
        kept[at] = _without(kept[at], way)
    remaining: list[Any] = []
    fields: dict[int, set[Any]] = {}
    for at, *way in wrong:
        fields.setdefault(at, set()).update(way[:1])
    for at, row in enumerate(kept):
        entry = _valid(adapter, row)
        if entry is None and isinstance(row, dict):  # an item of a list may not be empty: the whole list goes
            entry = _valid(adapter, {name: value for name, value in row.items() if name not in fields.get(at, ())})
        remaining.append(entry)
    return remaining


def _valid(adapter: TypeAdapter[Any], row: Any) -> Any | None:
    try:
        return adapter.validate_python([row])[0]
    except ValidationError:
        return None


def _without(row: Any, way: Sequence[Any]) -> Any:
    holder = row
    for step in way[:-1]:
        holder = holder[step] if isinstance(holder, list) else (holder or {}).get(step)
    if isinstance(holder, dict) and way:
        holder.pop(way[-1], None)
    elif isinstance(holder, list) and way:
        holder[way[-1]] = None
    return row
