"""An organisation's description, read and resolved: tables of entries, and where each of them stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from isocheck.location import Location
from isocheck.qms.registers import REGISTERS, Register
from isocheck.qms.settings import Settings

__all__ = [
    "Composed",
    "Dangling",
    "Description",
    "Flaw",
    "FlawKind",
    "MappedOrigin",
    "Origin",
    "Places",
    "Route",
    "SourceReport",
    "Table",
]

Route = tuple[str | int, ...]
"""The way from an entry to one of its parts: ('findings', 1, 'grade')."""


class Origin(Protocol):
    """A file that entries were read from."""

    @property
    def name(self) -> str:
        """The file's name as messages show it."""

    def locate(self, path: Sequence[str | int]) -> Location:
        """Return the place of the last step of `path` that the file has."""


class MappedOrigin(Origin):
    """A file in a shape of the organisation's own: what does not hold there is a flaw to be told, not an error."""

    def maps(self, path: Sequence[str | int]) -> bool:
        """Tell whether this part of an entry was mapped, and not written in the registers' own shape."""
        return True


class Composed(MappedOrigin):
    """Where an entry stands that several files tell together: each field named in `parts` where it came from."""

    def __init__(self, entry: tuple[Origin, Route], parts: Mapping[str, tuple[Origin, Route]]) -> None:
        self._origin, self._route = entry
        self._parts = parts

    @property
    def name(self) -> str:
        """The name of the file that has the entry, as messages show it."""
        return self._origin.name

    def locate(self, path: Sequence[str | int]) -> Location:
        """Return the place of a part of the entry; `path` begins with a field."""
        part = self._parts.get(path[0]) if path and isinstance(path[0], str) else None
        origin, route = part or (self._origin, self._route)
        return origin.locate((*route, *path))

    def maps(self, path: Sequence[str | int]) -> bool:
        """Tell whether this part of the entry was mapped; what another file told was."""
        return path[0] in self._parts or (isinstance(self._origin, MappedOrigin) and self._origin.maps(path))


class Places(Origin):
    """An origin that knows the place of every item of a field, as found in a text."""

    def __init__(self, name: str, places: Sequence[Location]) -> None:
        self._name = name
        self._places = places

    @property
    def name(self) -> str:
        """The file's name as messages show it."""
        return self._name

    def locate(self, path: Sequence[str | int]) -> Location:
        """Return the place of an item, else the first."""
        at = path[-1] if path and isinstance(path[-1], int) else 0
        return self._places[at if at < len(self._places) else 0]


@dataclass(slots=True)
class Table:
    """The entries of one register, and for each its file and the path to it there.

    `place` is where the register's key stands, None where no file has it.
    """

    register: Register
    entries: list[Any] = field(default_factory=list)
    origins: list[tuple[Origin, Route]] = field(default_factory=list)
    place: tuple[Origin, Route] | None = None
    _positions: dict[str, int] | None = None

    def maps(self, at: int, field: str) -> bool:
        """Tell whether a field of the entry at a position was mapped from a file of the organisation's own shape."""
        origin, path = self.origins[at]
        return isinstance(origin, MappedOrigin) and origin.maps((*path, field))

    def position(self, id_: str) -> int:
        """Return the position of the entry with this id; a register of one entry has no ids."""
        if self._positions is None:
            single = self.register.single
            self._positions = {"" if single else entry.id: at for at, entry in enumerate(self.entries)}
        return self._positions[id_]


@dataclass(frozen=True, slots=True)
class Dangling:
    """A reference that names no entry: the field counts as empty."""

    register: str
    entry: str
    route: Route
    value: str
    targets: tuple[str, ...]
    near: str
    """A suggestion, or an empty text."""
    candidates: tuple[str, ...] = ()
    """The entries that are called so, as 'register/id', where there are several."""


FlawKind = Literal["unread", "row", "duplicate", "list", "two-versions", "approval", "link"]
"""What does not hold: a value, a row or file, an id given twice, the master list, a version, an approval, a link."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something in the organisation's own files that does not hold: it was left out, and no check counts it.

    `entry` is empty where it belongs to no entry; `item` then tells flaws of one register apart.
    """

    kind: FlawKind
    register: str
    entry: str
    route: Route
    message: str
    location: Location
    item: str = ""


@dataclass(frozen=True, slots=True)
class SourceReport:
    """What became of one source: files, rows, entries, and its fields by what was done with them.

    `mapped` pairs the organisation's names with ours. `left` says in words which rows or files were left out and why;
    `templates` and `bare` are those files that were taken for templates, and that hold no fields.
    """

    format: str
    pattern: str
    register: str
    files: tuple[str, ...]
    rows: int
    entries: int
    mapped: tuple[tuple[str, str], ...] = ()
    unmapped: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    unmet: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    sample: str = ""
    templates: tuple[str, ...] = ()
    bare: tuple[str, ...] = ()


@dataclass(slots=True)
class Description:
    """Everything that was read below one root, with references resolved.

    `tables` has every register, empty ones too. `home` is isocheck.yaml or the root where there is none.
    `found` tells for each path that documents and records name whether it is there.
    """

    root: str
    home: Location
    settings: Settings
    files: tuple[str, ...]
    skipped: tuple[str, ...]
    tables: dict[str, Table] = field(default_factory=lambda: {name: Table(reg) for name, reg in REGISTERS.items()})
    by_id: dict[str, dict[str, Any]] = field(default_factory=dict)
    dangling: list[Dangling] = field(default_factory=list)
    flaws: list[Flaw] = field(default_factory=list)
    sources: list[SourceReport] = field(default_factory=list)
    unread: tuple[str, ...] = ()
    """Files that no source names and that are no YAML."""
    notices: list[tuple[str, Location | None]] = field(default_factory=list)
    found: dict[str, bool] = field(default_factory=dict)
    untold: dict[tuple[type, str], frozenset[str]] = field(default_factory=dict)
    """By model and id the fields whose emptiness tells nothing, since who would have filled them could not be asked."""
    _emptied: set[tuple[str, str, str]] | None = None

    def emptied(self, register: str, entry: str, field: str) -> bool:
        """Tell whether a field of an entry was left empty for what does not hold, which is a finding of its own."""
        if self._emptied is None:
            left = [flaw for flaw in self.flaws if flaw.route and flaw.kind in ("unread", "approval")]
            self._emptied = {(flaw.register, flaw.entry, str(flaw.route[0])) for flaw in left}
            # Who approved and when are one thing: neither is taken where an approval does not hold.
            self._emptied |= {(flaw.register, flaw.entry, "approved_by") for flaw in left if flaw.kind == "approval"}
        return (register, entry, field) in self._emptied

    def entries(self, register: str) -> list[Any]:
        """Return the entries of a register."""
        return self.tables[register].entries

    def single(self, register: str) -> Any | None:
        """Return the entry of a register that holds one, or None."""
        entries = self.tables[register].entries
        return entries[0] if entries else None

    def locate(self, register: str, entry: str, route: Route = ()) -> Location:
        """Return where a part of an entry stands; for an empty `entry` where the register does, else `home`."""
        table = self.tables[register]
        if table.register.single and table.entries:
            entry = ""
        elif not entry:
            if table.place is None:
                return self.home
            origin, path = table.place
            return origin.locate(path)
        origin, path = table.origins[table.position(entry)]
        return origin.locate((*path, *route))
