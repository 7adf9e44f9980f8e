"""Where mapped entries stand: a place in an entry is looked up as the place in the row that it came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from isocheck.location import Location
from isocheck.qms.description import MappedOrigin
from isocheck.qms.mapping import Fault, RowMapping
from isocheck.sources.rows import Rows

__all__ = ["MappedRows"]


class MappedRows(MappedOrigin):
    """A file of rows as an origin of entries: a place in an entry is looked up as the place in its row.

    `of_file` are what the file itself tells, such as its name, under the names of fields.
    """

    def __init__(self, rows: Rows, mapping: RowMapping, of_file: Mapping[str, str] | None = None) -> None:
        self._rows = rows
        self._mapping = mapping
        self._of_file = of_file or {}
        self._kept: dict[tuple[int, str], list[int]] = {}

    def drop_empty_parts(self, number: int, entry: dict[str, Any]) -> None:
        """Take parts that say nothing out of an entry, and note where the others of a list stand."""
        for name, value in list(entry.items()):
            if value == {}:
                del entry[name]
            elif isinstance(value, list) and {} in value:
                self._kept[number, name] = [at for at, part in enumerate(value) if part != {}]
                entry[name] = [part for part in value if part != {}]

    @property
    def name(self) -> str:
        """The file's name as messages show it."""
        return self._rows.name

    def locate(self, path: Sequence[str | int]) -> Location:
        """Return the place of a part of an entry: `path` begins with the number of its row."""
        if not path:
            return self._rows.locate(())
        number, *rest = path
        if self._kept and len(rest) > 1 and isinstance(number, int) and isinstance(rest[1], int):
            kept = self._kept.get((number, str(rest[0])))
            if kept is not None and rest[1] < len(kept):
                rest[1] = kept[rest[1]]
        row = self._rows.rows[number] if isinstance(number, int) else {}
        return self._rows.locate((number, *self._mapping.own(rest, {**row, **self._of_file} if self._of_file else row)))

    def locate_fault(self, number: int, fault: Fault) -> Location:
        """Return the place of what could not be read of a row."""
        return self._rows.locate((number, *fault.own)) if fault.own else self.locate((number, *fault.route))
