"""Values that the declaration of a source gives itself: constants, and what the organisation's words stand for.

They are read as the field's values in files are, so that what is wrong with one is told once, where it is declared.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from isocheck.qms.description import Route
from isocheck.qms.fields import is_placeholder
from isocheck.qms.filling import Names
from isocheck.qms.mapping import shape_at
from isocheck.qms.registers import REGISTERS, Register
from isocheck.qms.settings import SourceSettings
from isocheck.qms.shape import Shape, shapes
from isocheck.qms.validating import adapter, validate
from isocheck.qms.values import Style, parts_of, reader

__all__ = ["clauses_given", "constants_of", "style_of", "words_of", "wrong_values"]


def style_of(source: SourceSettings, target: str = "") -> Style:
    """Return how a source writes the values of one of our fields."""
    unit = (source.units or {}).get(target)
    return Style(source.dates, source.decimal == "comma", str(unit) if unit else None)


def constants_of(source: SourceSettings) -> dict[str, Any]:
    """Return the constants of a source as registers take them; its declaration is known to hold."""
    model = REGISTERS[source.register_ or ""].model
    return {
        name: _read(value, shapes(model)[name], style_of(source, name))
        for name, value in (source.constants or {}).items()
    }


def words_of(source: SourceSettings) -> dict[str, dict[str, Any]]:
    """Return what the organisation's words stand for, as registers take it; the declaration is known to hold."""
    model = REGISTERS[source.register_ or ""].model
    found: dict[str, dict[str, Any]] = {}
    for name, words in (source.values or {}).items():
        shape = shape_at(model, tuple(name.split(".")))
        assert shape is not None, "targets were checked"
        style = style_of(source, name)
        found[name] = {own: _read(value, shape, style) for own, value in (words or {}).items()}
    return found


def wrong_values(source: SourceSettings) -> Iterator[tuple[Route, str]]:
    """Yield what is wrong with the values that a declaration gives, with the way to each; all fields are known."""
    register = REGISTERS[source.register_ or ""]
    for way, target, value in _given(source):
        if way[0] == "constants" and len(target) > 1:
            yield way, f"constants fill fields, not parts of them: give {target[0]!r} with all that it holds"
        elif wrong := _wrong(register, target, value, style_of(source, ".".join(target))):
            yield way, wrong


def clauses_given(source: SourceSettings) -> Iterator[tuple[Route, str]]:
    """Yield each clause that a declaration gives as a value, with the way to it."""
    register = REGISTERS.get(source.register_ or "")
    for way, target, value in _given(source) if register else ():
        assert register is not None
        shape = shape_at(register.model, target)
        if shape is not None and shape.kind == "clause" and not _wrong(register, target, value, Style()):
            read = _read(value, shape, Style())
            yield from ((way, clause) for clause in (read if isinstance(read, list) else [read]) if clause)


def _given(source: SourceSettings) -> Iterator[tuple[Route, Names, Any]]:
    for name, value in (source.constants or {}).items():
        yield ("constants", name), tuple(name.split(".")), value
    for name, words in (source.values or {}).items():
        for own, value in (words or {}).items():
            yield ("values", name, own), tuple(name.split(".")), value


def _read(value: Any, shape: Shape, style: Style) -> Any:
    read = reader(shape, style, {})
    if not shape.many or shape.kind == "row":
        return read(value)
    found: list[Any] = []
    for part in parts_of(value, shape):
        each = read(part)
        found += each if isinstance(each, list) else [each]
    return found


def _wrong(register: Register, target: Names, value: Any, style: Style) -> str:
    """Say why a field does not take a value, or return an empty text."""
    shape = shape_at(register.model, target)
    assert shape is not None, "targets were checked"
    if isinstance(value, str) and is_placeholder(value):
        return ""
    try:
        made = _read(value, shape, style)
    except ValueError as error:
        return f"{target[-1]}: {error}"
    for length in range(len(target), 0, -1):
        head = shape_at(register.model, target[: length - 1]) if length > 1 else None
        made = {target[length - 1]: made}
        if head is not None and head.many:
            made = [made]
    row = made if register.single else {"id": "-1", **made}
    _, wrong = validate(adapter(register.name), register.model, [row])
    return wrong[0].message if wrong else ""
