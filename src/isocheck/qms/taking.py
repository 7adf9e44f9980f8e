"""Rows of a source into the description: mapped, validated, joined; what does not hold is a flaw with its place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from isocheck.errors import InputError, Problem, did_you_mean, quoted
from isocheck.location import Location
from isocheck.qms.citing import is_ours
from isocheck.qms.description import Description, Flaw, FlawKind, Origin, Route, SourceReport
from isocheck.qms.fields import is_placeholder
from isocheck.qms.given import constants_of, style_of, words_of
from isocheck.qms.mapped_rows import MappedRows
from isocheck.qms.mapping import Fault, RowMapping, compile_mapping, own_paths, shape_at
from isocheck.qms.master_list import MasterList
from isocheck.qms.never_met import never_met, nothing_taken, words
from isocheck.qms.registers import REGISTERS, Register
from isocheck.qms.settings import SourceSettings
from isocheck.qms.shape import shapes
from isocheck.qms.sourcing import TABLES, Taken, format_of, names, pattern_of
from isocheck.qms.validating import adapter, says_something, validate
from isocheck.sources.files import Found
from isocheck.sources.rows import Rows
from isocheck.terms import fold

__all__ = ["Read", "Taker", "entries_of", "mapping_of"]

_OF_FILE = ("file.name", "file.path", "file.heading")
_STANDARD = ("standard", "standards")
_VERSION = "version"


Read = tuple[SourceSettings, list[Path]]
"""A source that was read, and its files."""


class _OfFile(NamedTuple):
    """A file of a batch: which of the batch's rows are its own, and whether some were left out on purpose.

    `versions` are its own names for the version, with case folded; `lost` is what could not be read as a row.
    """

    path: Path
    relative: str
    read: Rows
    origin: MappedRows
    rows: range
    is_in_part: bool
    versions: frozenset[str]
    lost: list[Problem]


@dataclass(slots=True)
class _Batch:
    """The rows of one source on their way into a register: together, since thousands of files hold one row each.

    `are_files` tells that each row is a document and a file. `faults` are by the number of the row, `declared` is the
    place of the source.
    """

    declared: tuple[Origin, Route]
    register: Register
    mapping: RowMapping
    are_files: bool
    rows: list[dict[str, Any]] = field(default_factory=list)
    places: list[tuple[MappedRows, Route]] = field(default_factory=list)
    faults: defaultdict[int, list[tuple[Fault, Location]]] = field(default_factory=lambda: defaultdict(list))
    files: list[_OfFile] = field(default_factory=list)
    versions: frozenset[str] = frozenset()
    is_clean: bool = False

    def __post_init__(self) -> None:
        self.versions = frozenset(own.casefold() for own, ours in self.mapping.mapped if ours == _VERSION)
        self.is_clean = self.mapping.is_flat and not self.are_files  # a heading that became a title may say nothing


@dataclass(slots=True)
class Taker:
    """Takes one source after another into a description; documents that are files are compared with the master list."""

    description: Description
    found: Found
    documents: MasterList
    sources: list[Read] = field(default_factory=list)
    _positions: dict[str, dict[str, int]] = field(default_factory=dict)
    _beside: dict[str, list[set[str]]] = field(default_factory=dict)
    """For each YAML file and workbook what stands beside the list or the sheet of each source that reads it."""

    @property
    def beside(self) -> list[str]:
        """Parts of YAML files and sheets of workbooks that no source reads, each behind the name of its file."""
        return [f"{file}: {way}" for file, seen in self._beside.items() for way in sorted(set.intersection(*seen))]

    def take(self, taken: Taken, place: tuple[Origin, Route]) -> None:
        """Take what one source yielded; `place` is where its declaration stands.

        Raises InputError where a table lacks a column that the declaration names.
        """
        source = taken.source
        register = REGISTERS[source.register_ or ""]
        table = self.description.tables[register.name]
        mapping = mapping_of(source, [read for _, read in taken.rows])
        if table.place is None:
            table.place = (MappedRows(taken.rows[0][1], mapping), ()) if taken.rows else place
        if format_of(source) in TABLES:
            _check_columns(taken, place)
        self.sources.append((source, taken.files))
        if not taken.files:
            taken.leave("place with no file yet")
        before, rows = len(table.entries), 0
        bare: list[Path] = []
        batch = _Batch(place, register, mapping, format_of(source) == "markdown" and register.name == "documents")
        for path, problem in taken.unreadable:
            self._lost(register, path, problem)
        for path, read in taken.rows:
            self.description.notices += ((notice.message, notice.location) for notice in read.notices)
            rows += len(read.rows)
            if format_of(source) == "markdown" and not read.rows and not read.problems:
                taken.leave("file that holds no fields")
                bare.append(path)
            if (beside := getattr(read, "beside", None)) is not None:  # of YAML and of workbooks
                self._beside.setdefault(read.name, []).append(set(beside))
            self._gather(taken, path, read, batch)
        self._take_batch(batch)
        read_files = [read for _, read in taken.rows]
        unmet = tuple(dict.fromkeys((*mapping.unmet, *never_met(source, read_files))))
        if text := nothing_taken(source, read_files, unmet, len(batch.rows)):
            self.description.notices.append((text, place[0].locate(place[1])))
        self.description.sources.append(
            SourceReport(
                format=format_of(source) or "",
                pattern=pattern_of(source),
                register=register.name,
                files=tuple(self.found.shown(path) for path in taken.files),
                rows=rows,
                entries=len(table.entries) - before,
                mapped=mapping.mapped,
                unmapped=mapping.unmapped,
                ignored=mapping.ignored,
                unmet=unmet,
                left=tuple(f"{count} × {why}" for why, count in taken.left.items()),
                sample=str(source.sample) if source.sample else "",
                templates=tuple(map(self.found.shown, taken.templates)),
                bare=tuple(map(self.found.shown, bare)),
            )
        )

    def _lost(self, register: Register, path: Path, problem: Problem) -> None:
        where = problem.location
        assert where is not None, "readers give places"
        self._flaw("row", register.name, "", (), problem.message, where, self.found.relative(path))

    def _flaw(
        self, kind: FlawKind, register: str, entry: str, route: Route, message: str, location: Location, item: str = ""
    ) -> None:
        self.description.flaws.append(Flaw(kind, register, entry, route, message, location, item))

    def _gather(self, taken: Taken, path: Path, read: Rows, batch: _Batch) -> None:
        """Add the rows of a file to what is taken in one go; what is no entry becomes a flaw."""
        source, register, mapping = taken.source, batch.register, batch.mapping
        relative = self.found.relative(path)
        lost = list(read.problems)
        origin = MappedRows(read, mapping, _of_file(mapping, relative, read))
        citing = [source.standard] if source.standard else [n for n in read.fields if n.casefold() in _STANDARD]
        left, first, versions = len(read.rows), len(batch.rows), batch.versions
        for number, entry, wrong in entries_of(source, mapping, read, relative):
            left -= 1
            if citing and _of_another_standard(read.rows[number], citing) and _drop_clauses(entry, register.model):
                taken.leave("row whose clauses are of another standard and were left out")
                wrong = [fault for fault in wrong if not _is_clause(register.model, fault.route)]
            if batch.are_files:
                self.documents.complete(entry, relative, getattr(read, "heading", ""))
            if not register.single and _is_blank(entry.get("id")):
                lost.append(Problem("this has no id, so that it is no entry", origin.locate((number,))))
                continue
            for fault in wrong:  # placed before parts that say nothing are taken out, and the others move up
                if fault.of_another:
                    taken.leave("clause of another standard that was left out")
                    continue
                if batch.are_files and _is_another_version(fault, mapping, read.rows[number], entry):
                    versions -= {_VERSION}
                    continue
                batch.faults[len(batch.rows)].append((fault, origin.locate_fault(number, fault)))
            if not batch.is_clean:
                origin.drop_empty_parts(number, entry)
            batch.rows.append(entry)
            batch.places.append((origin, (number,)))
        taken.leave("row that 'only' does not name", left)
        rows = range(first, len(batch.rows))
        batch.files.append(_OfFile(path, relative, read, origin, rows, bool(left), versions, lost))

    def _take_batch(self, batch: _Batch) -> None:
        """Validate all rows of a source at once, join them file by file, and report what does not hold."""
        register = batch.register
        made, unfit = validate(adapter(register.name), register.model, batch.rows, batch.is_clean)
        for at, route, message in unfit:
            origin, row = batch.places[at]
            batch.faults[at].append((Fault(route, message), origin.locate((*row, *route))))
        for file in batch.files:
            for problem in file.lost:
                self._lost(register, file.path, problem)
            for at in file.rows:
                entry, (origin, route) = made[at], batch.places[at]
                for fault, where in batch.faults.get(at, ()):
                    id_ = "" if register.single else entry.id if entry is not None else str(batch.rows[at]["id"])
                    self._flaw("unread", register.name, id_, fault.route, fault.message, where)
                if entry is not None and not (register.single and not says_something(entry)):
                    self._join(batch, entry, (origin, route), file.relative if batch.are_files else None)
            if batch.are_files and not file.is_in_part:
                self.documents.met(file.relative, file.read, file.origin, file.versions)

    def _join(self, batch: _Batch, entry: Any, origin: tuple[Origin, Route], document: str | None) -> None:
        """Append an entry; where its id is taken, join a document's file with its line in the list, or report it.

        `document` is the path of the file that is a document, None for other entries.
        """
        register = batch.register
        table = self.description.tables[register.name]
        positions = self._positions.get(register.name)
        if positions is None:
            known = ("" if register.single else fold(before.id) for before in table.entries)
            positions = self._positions[register.name] = {id_: at for at, id_ in enumerate(known)}
        key = "" if register.single else fold(entry.id)
        other = positions.get(key)
        if other is None:
            positions[key] = len(table.entries)
            table.entries.append(entry)
            table.origins.append(origin)
            if document is not None:
                self.documents.of_file(len(table.entries) - 1)
        elif document is not None and self.documents.join(other, entry, origin, document):
            pass
        else:
            rows, route = origin
            if register.single:
                text = f"{register.name} holds one entry, and there is one already"
            else:
                before, path = table.origins[other]
                before_id = before.locate((*path, "id"))
                where = before_id if document is None else self.documents.first(other)
                here = rows.locate((*route, "id"))
                if here == before_id or (document is not None and here.file == where.file):
                    settings, way = batch.declared
                    text = f"two sources read this file, the second declared at {settings.locate(way)}"
                    text += "; leave it to one of them, or say with 'only' which rows belong to which"
                else:
                    again = f"the id {quoted(entry.id)} stands for something else already"
                    text = f"{again} ({where}); give one another id"
            id_ = "" if register.single else table.entries[other].id
            self._flaw("duplicate", register.name, id_, ("id",), text, rows.locate((*route, "id")))


def entries_of(
    source: SourceSettings, mapping: RowMapping, read: Rows, relative: str
) -> Iterator[tuple[int, dict[str, Any], list[Fault]]]:
    """Yield the rows of a file that the source takes: number, entry, and what could not be read of it."""
    of_file = _of_file(mapping, relative, read)
    only = [(own, frozenset(words(wanted))) for own, wanted in (source.only or {}).items()]
    for number, row in enumerate(read.rows):
        if not only or all(not known.isdisjoint(words(row.get(own))) for own, known in only):
            yield number, *mapping.entry({**row, **of_file} if of_file else row)


def _of_file(mapping: RowMapping, relative: str, read: Rows) -> dict[str, str]:
    """Return what a file itself tells of those fields that the mapping takes from there."""
    if mapping.own_names.isdisjoint(_OF_FILE):
        return {}
    told = {
        "file.name": PurePosixPath(relative).stem,
        "file.path": relative,
        "file.heading": getattr(read, "heading", ""),
    }
    return {name: text for name, text in told.items() if text and name in mapping.own_names}


def mapping_of(source: SourceSettings, files: Sequence[Rows]) -> RowMapping:
    """Return how the rows of these files become entries, by what the source declares and the fields that they have."""
    fields: dict[str, None] = {}
    for read in files:
        fields |= dict.fromkeys(read.fields)
    nested = format_of(source) not in TABLES
    paths = own_paths((row for read in files for row in read.rows) if nested else (), fields)
    wanted = {own: tuple(names(value)) for own, value in (source.fields or {}).items()}
    id_of = tuple(filter(None, source.id_of))
    paths += [(name,) for name in _OF_FILE if name in wanted or name in id_of]
    return compile_mapping(
        REGISTERS[source.register_ or ""].model,
        paths,
        fields=wanted,
        ignore=filter(None, source.ignore),
        style=style_of(source),
        units={name: str(unit) for name, unit in (source.units or {}).items()},
        values=words_of(source),
        constants=constants_of(source),
        id_of=id_of,
    )


def _check_columns(taken: Taken, place: tuple[Origin, Route]) -> None:
    """Raise InputError for each column that the declaration names and a file does not have."""
    source, (settings, route) = taken.source, place
    ways: dict[str, Route] = {own: ("fields", own) for own in source.fields or {}}
    ways |= {own: ("only", own) for own in source.only or {}}
    ways |= {own: ("id_of", at) for at, own in enumerate(source.id_of) if own}
    problems = []
    for _, read in taken.rows:
        for own, way in ways.items():
            if own not in read.fields and own not in _OF_FILE:
                near = did_you_mean(own, read.fields) or f"; it has {', '.join(read.fields)}"
                text = f"{read.name} has no column {quoted(own)}{near}"
                problems.append(Problem(text, settings.locate((*route, *way))))
    if problems:
        raise InputError(problems)


def _is_blank(value: Any) -> bool:
    return not isinstance(value, str) or is_placeholder(value)


def _is_another_version(fault: Fault, mapping: RowMapping, row: Mapping[str, Any], entry: Mapping[str, Any]) -> bool:
    """Tell whether a file gives a version beside the one that counts: that is compared as those in its text are."""
    if fault.route != (_VERSION,) or len(fault.own) != 1 or _is_blank(entry.get(_VERSION)):
        return False
    (name,), (counts, *_) = fault.own, mapping.own(fault.route, row)
    return str(name).casefold() == _VERSION != str(counts).casefold() and isinstance(row.get(str(name)), str)


def _drop_clauses(entry: dict[str, Any], model: type) -> bool:
    """Take all references to clauses out of an entry and its parts; tell whether there were any."""
    dropped = False
    for name, shape in shapes(model).items():
        value = entry.get(name)
        if not value:
            continue
        if shape.kind == "clause":
            del entry[name]
            dropped = True
        elif shape.row is not None:
            for part in value if isinstance(value, list) else (value,):
                dropped |= isinstance(part, dict) and _drop_clauses(part, shape.row)
    return dropped


def _is_clause(model: type, route: Route) -> bool:
    shape = shape_at(model, tuple(step for step in route if isinstance(step, str)))
    return shape is not None and shape.kind == "clause"


def _of_another_standard(row: Mapping[str, Any], citing: Sequence[str]) -> bool:
    """Tell whether a row says that the clauses it cites are those of another standard than ISO 9001."""
    texts = [
        ", ".join(map(str, value)) if isinstance(value, list) else str(value) for value in map(row.get, citing) if value
    ]
    return bool(texts) and not any(is_ours(text) for text in texts)
