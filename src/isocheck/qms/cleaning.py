"""Placeholders are empty fields: rows as the models take them, without touching what was read."""

from __future__ import annotations

from typing import Any

from isocheck.qms.description import Route
from isocheck.qms.fields import is_placeholder
from isocheck.qms.shape import shapes

__all__ = ["clean", "stray_keys"]


def clean(value: Any, dropped: list[Route], route: Route = ()) -> Any:
    """Return `value` with placeholders as None and empty keys left out; the same object where nothing changes.

    Containers are copied only where something changes, so that marks kept by container identity stay good.
    Items of lists become None and keep their position. `dropped` receives the way to each key left out, since an
    unknown key is an error even when it is empty.
    """
    if type(value) is str:
        return None if is_placeholder(value) else value
    if type(value) is dict:
        result = value
        for key, old in value.items():  # texts are most of what there is: they are looked at without a call of this
            kind = type(old)
            if kind is str:
                new = None if is_placeholder(old) else old
            else:
                new = clean(old, dropped, (*route, key)) if kind is dict or kind is list else old
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
        cleaned = [clean(item, dropped, (*route, at)) for at, item in enumerate(value)]
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
