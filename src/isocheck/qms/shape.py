"""What fields a row has and of what kind: read once from the annotations of registers and views.

Paths of checks are typed against these shapes when a pack loads, so that a misspelt field is an error in the
pack and never a false gap.
"""

from __future__ import annotations

import types
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from isocheck.qms.fields import Ahead, ClauseRef, Period, Ref, Verbatim

__all__ = ["Shape", "shapes"]

Kind = Literal["text", "date", "interval", "number", "truth", "choice", "reference", "clause", "row", "free"]


class Shape(NamedTuple):
    """The type of one field: what it holds, whether it is a list, where a reference leads.

    `ahead` marks a date that may lie ahead; any other says that something happened, so that a day to come is empty.
    `verbatim` marks a text of which a bare 'none' is kept.
    """

    kind: Kind
    many: bool = False
    choices: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    row: type | None = None
    ahead: bool = False
    verbatim: bool = False

    @property
    def takes_none(self) -> bool:
        """Tell whether a bare 'none' is kept, as what it is in this field or as what is wrong with it."""
        return self.verbatim or self.kind not in ("text", "reference")


@cache
def shapes(row: type) -> dict[str, Shape]:
    """Return the shape of every field of a register's entry, of a part of one, or of a view's row."""
    if not _is_row(row):
        raise TypeError(f"{row!r} is no row")
    hints = get_type_hints(row, include_extras=True)
    return {name: _shape(hint) for name, hint in hints.items() if name != "model_config"}


def _is_row(kind: type) -> bool:
    return issubclass(kind, BaseModel) or (issubclass(kind, tuple) and hasattr(kind, "_fields"))


_SCALARS: dict[Any, Kind] = {
    str: "text",
    date: "date",
    Period: "interval",
    Decimal: "number",
    bool: "truth",
}


def _shape(hint: Any, many: bool = False) -> Shape:
    origin = get_origin(hint)
    if origin is Annotated:
        inner, *notes = get_args(hint)
        for note in notes:
            if isinstance(note, Ref):
                return Shape("reference", many, targets=note.targets)
            if isinstance(note, ClauseRef):
                return Shape("clause", many)
            if isinstance(note, Ahead):
                return Shape("date", many, ahead=True)
            if isinstance(note, Verbatim):
                return Shape("text", many, verbatim=True)
        return _shape(inner, many)
    if origin in (Union, types.UnionType):
        inner = [arg for arg in get_args(hint) if arg is not types.NoneType]
        if len(inner) != 1:
            return Shape("free", many)
        return _shape(inner[0], many)
    if origin is tuple:
        return _shape(get_args(hint)[0], True)
    if origin is Literal:
        return Shape("choice", many, choices=tuple(arg for arg in get_args(hint) if arg is not None))
    if hint in _SCALARS:
        return Shape(_SCALARS[hint], many)
    if isinstance(hint, type) and _is_row(hint):
        return Shape("row", many, row=hint)
    return Shape("free", many)
