"""What is wrong with a value, in words that somebody who fills in a register can act on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from isocheck.errors import did_you_mean, quoted
from isocheck.qms.description import Route
from isocheck.qms.shape import shapes

__all__ = ["reword"]

_COMMON = ("id", "site", "note", "extra")
_SHORT = re.compile(r"[\w. /-]{1,40}\Z")


def reword(kind: str, route: Route, model: type, error: Mapping[str, Any] | None) -> str:
    """Turn a validation error of pydantic's into a sentence; `route` leads from the entry to the value."""
    names = [step for step in route if isinstance(step, str)]
    name = names[-1] if names else "entry"
    value = error["input"] if error else None
    if kind == "extra_forbidden":
        return _unknown(name, names, model, value)
    if kind == "missing":
        return f"{name!r} is missing: every entry needs one" if name == "id" else f"{name!r} is missing"
    if kind == "literal_error" and error:
        return _choice(name, value, str(error["ctx"]["expected"]))
    if kind in ("tuple_type", "list_type"):
        example = f"[{value}]" if _SHORT.match(str(value)) else "[…], or one line with '- ' for each"
        return f"{name}: expected a list; write {name}: {example}"
    if kind == "dict_type":
        return f"{name}: expected lines of 'name: value' below it, not {quoted(value)}"
    if kind in ("model_type", "model_attributes_type"):
        if not names and "id" in shapes(model):
            return f"expected an entry beginning with '- id:', not {quoted(value)}"
        head = f"{name}: " if names else ""
        return f"{head}expected fields such as {_fields(names, model)}, not {quoted(value)}"
    if kind == "string_type":
        hint = "; put it in quotes if it is meant as text" if isinstance(value, bool) else ""
        return f"{name}: expected a text, not {quoted(value)}{hint}"
    if kind == "value_error" and error:
        return f"{name}: {error['ctx']['error']}"
    return f"{name}: {error['msg'] if error else kind}"


def _row(names: list[str], model: type) -> type | None:
    row: type | None = model
    for name in names:
        shape = shapes(row).get(name) if row else None
        row = shape.row if shape else None
    return row


def _unknown(name: str, names: list[str], model: type, value: Any) -> str:
    row = _row(names[:-1], model) or model
    known = [_alias(row, field) for field in shapes(row)]
    near = did_you_mean(name, known)
    if not near and (value is None or " " in name):
        near = "; if it belongs to the text before it, put that whole text in quotes"
    elif not near:
        near = f"; known are {', '.join(known)}"
        near += "; the organisation's own fields go under 'extra'" if "extra" in known else ""
    return f"{quoted(name)} is no field here{near}"


def _alias(row: type, field: str) -> str:
    fields = getattr(row, "model_fields", {})
    return str(fields[field].alias or field) if field in fields else field


def _choice(name: str, value: Any, expected: str) -> str:
    choices = expected.replace(" or ", ", ").replace("'", "").split(", ")
    near = did_you_mean(value, choices) if isinstance(value, str) else ""
    return f"{name}: {quoted(value)} is none of {', '.join(choices)}{near}"


def _fields(names: list[str], model: type) -> str:
    row = _row(names, model)
    known = [_alias(row, field) for field in shapes(row) if field not in _COMMON] if row else []
    return ", ".join(known[:4]) or "name and value"
