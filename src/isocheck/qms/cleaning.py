"""Placeholders are empty fields: rows as the models take them, without touching what was read."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from isocheck.qms.description import Route
from isocheck.qms.fields import is_placeholder
from isocheck.qms.shape import shapes

__all__ = ["clean", "stray_keys"]


class _Plan(NamedTuple):
    """The fields of a row in which a bare 'none' says nothing, and what is in those that hold parts."""

    telling: frozenset[str]
    parts: dict[str, type]


_NO_PLAN = _Plan(frozenset(), {})


@cache
def _plan(row: type | None) -> _Plan:
    if row is None:
        return _NO_PLAN
    # An alias, where Python keeps the name, is the name without its underscore.
    fields = {name.removesuffix("_"): shape for name, shape in shapes(row).items()}
    return _Plan(
        frozenset(name for name, shape in fields.items() if not shape.takes_none),
        {name: shape.row for name, shape in fields.items() if shape.row is not None},
    )


def clean(value: Any, dropped: list[Route], route: Route = (), row: type | None = None, telling: bool = False) -> Any:
    """Return `value` with placeholders as None and empty keys left out; the same object where nothing changes.

    Containers are copied only where something changes, so that marks kept by container identity stay good.
    Items of lists become None and keep their position. `dropped` receives the way to each key left out, since an
    unknown key is an error even when it is empty. `row` is the model of the rows in `value`, if they are known to have
    one; `telling` says that texts in it are to tell something, so that a bare 'none' is a placeholder too.
    """
    if type(value) is str:
        return None if is_placeholder(value, telling) else value
    if type(value) is dict:
        result = value
        plan = _plan(row)
        for key, old in value.items():  # texts are most of what there is: they are looked at without a call of this
            kind = type(old)
            if kind is str:
                new = None if is_placeholder(old, key in plan.telling) else old
            elif kind is dict or kind is list:
                new = clean(old, dropped, (*route, key), plan.parts.get(key), key in plan.telling)
            else:
                new = old
            if new is not old or new is None:
                if result is value:
                    result = dict(value)
                if new is None:
                    dropped.append((*route, key))
                    del result[key]
                else:
                    result[key] = new
        return result
    if type(value) is list:
        cleaned = [clean(item, dropped, (*route, at), row, telling) for at, item in enumerate(value)]
        return cleaned if any(new is not old for new, old in zip(cleaned, value, strict=True)) else value
    return value


def stray_keys(model: type, route: Route) -> Route | None:
    """Return the way to the first key on `route` that `model` does not have, or None where all are known."""
    row: type | None = model
    for at, step in enumerate(route):
        if isinstance(step, int):
            continue
        if row is None:
            return None
        shape = shapes(row).get(step) or shapes(row).get(f"{step}_")  # an alias, where Python keeps the name
        if shape is None:
            return route[: at + 1]
        row = shape.row
    return None
