"""Tables that checks run over: registers, nested lists and views, as rows with what names and places each."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from isocheck.qms.description import Description, Route
from isocheck.qms.registers import REGISTERS
from isocheck.qms.shape import Shape, shapes
from isocheck.qms.views import VIEWS, View
from isocheck.qms.views.facts import Facts

_PART_NAMES = ("name", "what", "text", "title", "clause", "certificate", "number", "topic", "ref", "to")
_PART_LENGTH = 80

__all__ = ["Row", "Subject", "TableType", "Tables", "table_type"]


class Subject(NamedTuple):
    """What a row is about: an entry ('audits', 'A2'), and the part of it that is meant, for a finding's identity."""

    register: str
    entry: str
    item: str
    route: Route

    def __str__(self) -> str:
        name = f"{self.register}/{self.entry}" if self.entry else self.register
        return f"{name}, {self.item}" if self.item else name


@dataclass(slots=True)
class Row:
    """One row: its data and, for a nested list, the entry in which it stands."""

    data: Any
    parent: Any
    index: int


class TableType(NamedTuple):
    """The type of a table: what its rows and their parents are, known before any data is read.

    `field` is the nested list of `base`, empty for a register or a view. `rests_on` are the registers without
    which there is nothing to look at.
    """

    name: str
    base: str
    field: str
    row: type
    parent: type | None
    rests_on: tuple[str, ...]
    view: View | None

    @property
    def columns(self) -> dict[str, Shape]:
        """The fields of a row."""
        return shapes(self.row)


def table_type(name: str) -> TableType | None:
    """Return the type of a table by its name: 'audits', 'audits.findings' or 'audit_assignments'."""
    base, _, field = name.partition(".")
    if base in VIEWS:
        view = VIEWS[base]
        return None if field else TableType(name, base, "", view.row, None, view.rests_on, view)
    if base not in REGISTERS:
        return None
    model = REGISTERS[base].model
    if not field:
        return TableType(name, base, "", model, None, (base,), None)
    shape = shapes(model).get(field)
    if shape is None or shape.kind != "row" or shape.row is None:
        return None
    return TableType(name, base, field, shape.row, model, (base,), None)


class Tables:
    """All tables of one description; views and nested lists are made when first asked for, once.

    `engaged` tells whether an entry lies inside the engagement.
    """

    def __init__(
        self, description: Description, facts: Facts, engaged: Callable[[str, Any], bool] | None = None
    ) -> None:
        self.description = description
        self.facts = facts
        self._engaged = engaged
        self._rows: dict[str, list[Row]] = {}
        self._subjects: dict[str, list[Row]] = {}
        self._views: dict[str, list[Any]] = {}

    def empty(self, register: str) -> bool:
        """Tell whether a register has no entry."""
        return not self.description.tables[register].entries

    def entry(self, register: str, id_: str) -> Any | None:
        """Return an entry by its id as resolved references hold it."""
        return self.description.by_id.get(register, {}).get(id_)

    def view(self, name: str) -> list[Any]:
        """Return the rows of a view; empty while nothing that it rests on is filled."""
        rows = self._views.get(name)
        if rows is None:
            view = VIEWS[name]
            filled = not all(map(self.empty, view.rests_on))
            rows = self._views[name] = list(view.make(self)) if filled else []
        return rows

    def rows(self, table: TableType) -> list[Row]:
        """Return all rows of a table."""
        rows = self._rows.get(table.name)
        if rows is None:
            rows = self._rows[table.name] = self._make(table)
        return rows

    def subjects(self, table: TableType) -> list[Row]:
        """Return the rows of a table that lie inside the engagement."""
        if self._engaged is None:
            return self.rows(table)
        rows = self._subjects.get(table.name)
        if rows is None:
            rows = [row for row in self.rows(table) if self._is_engaged(table, row)]
            self._subjects[table.name] = rows
        return rows

    def subject(self, table: TableType, row: Row) -> Subject:
        """Say what a row is about."""
        if table.view is not None:
            return subject_of_view(table.view, row.data)
        owner = row.parent if table.field else row.data
        entry = "" if REGISTERS[table.base].single else owner.id
        if not table.field:
            return Subject(table.base, entry, "", ())
        row_type: type = type(owner)
        many = shapes(row_type)[table.field].many
        part = part_name(row.data, getattr(owner, table.field), row.index) if many else ""
        route: Route = (table.field, row.index) if many else (table.field,)
        return Subject(table.base, entry, f"{table.field} {part}".strip(), route)

    def _make(self, table: TableType) -> list[Row]:
        if table.view is not None:
            return [Row(data, None, at) for at, data in enumerate(self.view(table.base))]
        entries = self.description.tables[table.base].entries
        if not table.field:
            return [Row(entry, None, at) for at, entry in enumerate(entries)]
        rows = []
        for entry in entries:
            value = getattr(entry, table.field)
            for at, item in enumerate(value if isinstance(value, tuple) else (value,)):
                if item is not None:
                    rows.append(Row(item, entry, at))
        return rows

    def _is_engaged(self, table: TableType, row: Row) -> bool:
        assert self._engaged is not None
        if table.view is None:
            return self._engaged(table.base, row.parent if table.field else row.data)
        subject = subject_of_view(table.view, row.data)
        entry = self.entry(subject.register, subject.entry) if subject.entry else None
        return entry is None or self._engaged(subject.register, entry)


def part_name(part: Any, among: Sequence[Any], index: int) -> str:
    """Return what tells a part of an entry from its neighbours: its id, else its text, else its place in the list.

    A text that another part has too tells nothing; only a place shifts when something is put in before it.
    """
    id_ = getattr(part, "id", None)
    if id_:
        return str(id_)
    text = _told(part)
    if text and sum(_told(other) == text for other in among if other is not None) == 1:
        return text
    return str(index + 1)


def _told(part: Any) -> str:
    texts = (getattr(part, name, None) for name in _PART_NAMES)
    text = next((text for text in texts if isinstance(text, str) and text), "")
    return textwrap.shorten(text.replace(",", ""), _PART_LENGTH, placeholder="…")  # a comma would part the item in two


def subject_of_view(view: View, data: Any) -> Subject:
    """Say what a view's row is about, by its columns `at` and `item`."""
    register, _, entry = getattr(data, view.at).partition("/")
    item = str(getattr(data, view.item)) if view.item else ""
    return Subject(register, entry, item, getattr(data, "route", ()))


def singles(names: Sequence[str] = tuple(REGISTERS)) -> tuple[str, ...]:
    """Return the names of the registers that hold one entry and may lead a path."""
    return tuple(name for name in names if REGISTERS[name].single)
