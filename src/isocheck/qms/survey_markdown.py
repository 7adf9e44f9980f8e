"""Looking through Markdown files: where their fields stand, and which folders a source can take together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from isocheck.errors import InputError
from isocheck.qms.fitting import folded
from isocheck.qms.matching import Grounds, Recognised, Table
from isocheck.qms.meanings import known_names, nouns_in
from isocheck.qms.recognising import recognise
from isocheck.qms.survey import Proposed, Survey, exact, is_no_document, written
from isocheck.sources.files import read_bytes
from isocheck.sources.markdown_reader import is_template, read_markdown
from isocheck.sources.yaml_reader import Limits

__all__ = ["documents_in"]

_SUFFIXES = (".md", ".markdown")
_TYPES = ("doc type", "document type", "type", "record type", "kind", "category")
_MOST = 30
_RECORDS = frozenset({"record", "records", "report"})

Mode = tuple[tuple[str, Any], ...]
"""The options of a source that tell where fields stand."""
Row = Mapping[str, Any]

_BODY: Mode = (("bold", True), ("tables", True))


@dataclass(slots=True)
class _Folder:
    """The Markdown files of one folder: those with fields, by the mode in which most have them, and the others."""

    path: Path
    mode: Mode = ()
    read: dict[Path, tuple[Mode, Row]] = field(default_factory=dict)
    bare: list[Path] = field(default_factory=list)
    other: list[Path] = field(default_factory=list)
    key: tuple[str, Mode] | None = None
    kinds: dict[str, list[str]] = field(default_factory=dict)
    """Where a folder mixes kinds: registers, and the values of the field that tells them."""
    told_by: str = ""

    @property
    def files(self) -> list[Path]:
        return [*self.read, *self.bare, *self.other]


def documents_in(seen: Survey, grounds: Grounds, limits: Limits) -> None:
    """Add to a survey the sources that Markdown files make, and say which files make none."""
    folders: dict[Path, _Folder] = {}
    for path in seen.found.others:
        if path.suffix.lower() in _SUFFIXES and not seen.excluded(path):
            seen.count("Markdown")
            folder = folders.setdefault(path.parent, _Folder(path.parent))
            _look(seen, folder, path, limits)
    for folder in folders.values():
        _settle(seen, folder, grounds)
    _cover(seen, seen.found.root, folders, grounds)


# --- one file ---------------------------------------------------------------------------


def _look(seen: Survey, folder: _Folder, path: Path, limits: Limits) -> None:
    shown = seen.found.shown(path)
    try:
        raw = read_bytes(path, shown, limits.bytes)
        if is_template(raw):
            seen.leave(path, "a template with open placeholders")
            folder.other.append(path)
            return
        front = read_markdown(raw, shown, limits=limits).rows
        body = [] if front else read_markdown(raw, shown, bold=True, tables=True, limits=limits).rows
    except InputError as error:
        seen.leave(path, error.problems[0].message)
        folder.other.append(path)
        return
    if front:
        folder.read[path] = _below(front[0])
    elif body and _known(body[0]) > 1:
        folder.read[path] = _BODY, body[0]
    elif is_no_document(path):
        folder.other.append(path)
    else:
        folder.bare.append(path)


def _known(row: Mapping[str, Any]) -> int:
    return sum(folded(name) in known_names() for name in row)


def _below(row: Row) -> tuple[Mode, Row]:
    """Return where the fields in front matter stand, and these: at its top, or below a key of it."""
    known = {name: _known(value) for name, value in row.items() if isinstance(value, dict) and name.isprintable()}
    best = max(known, key=lambda name: known[name], default="")
    return ((("key", best),), row[best]) if best and known[best] > max(1, _known(row)) else ((), row)


# --- one folder -------------------------------------------------------------------------


def _names(seen: Survey, path: Path) -> Iterator[str]:
    for folder in (path, *path.parents):
        if folder == seen.found.root:
            return
        yield folder.name


def _rows(folders: list[_Folder], mode: Mode) -> list[Row]:
    return [row for folder in folders for own, row in folder.read.values() if own == mode]


def _table(seen: Survey, folders: list[_Folder], mode: Mode, rows: list[Row]) -> Table:
    fields = tuple(dict.fromkeys(name for row in rows for name in row))
    names = tuple(_names(seen, folders[0].path)) if len(folders) == 1 else ()
    return Table(rows, fields, names, nested=True, of_file=True)


def _settle(seen: Survey, folder: _Folder, grounds: Grounds) -> None:
    """Settle what a folder's files are; where it mixes kinds that a field tells, what each kind is."""
    modes = [mode for mode, _ in folder.read.values()]
    if not modes:
        return
    folder.mode = max(dict.fromkeys(modes), key=modes.count)
    rows = _rows([folder], folder.mode)
    kinds = _kinds(rows)
    if len(kinds) == 1 and (only := next(iter(kinds))):
        rows_of = _table(seen, [folder], folder.mode, rows)
        told = Table(rows_of.rows, rows_of.fields, (only.replace("_", " "), *rows_of.names), True, True)
        found = recognise(told, grounds)
    else:
        found = recognise(_table(seen, [folder], folder.mode, rows), grounds)
    if not found.register:
        for path in folder.read:
            seen.leave(path, found.why)
        return
    folder.key = (found.register, folder.mode)
    if found.register == "documents" and len(kinds) > 1:
        _part(seen, folder, kinds, grounds)


def _type_field(rows: list[Row]) -> str:
    for wanted in _TYPES:
        for name in dict.fromkeys(name for row in rows for name in row):
            if folded(name) == wanted:
                return name
    return ""


def _kinds(rows: list[Row]) -> dict[str, list[str]]:
    """Return the registers that the field for the type names, each with the values that name it."""
    name = _type_field(rows)
    found: dict[str, list[str]] = {}
    for row in rows if name else ():
        value = row.get(name)
        if isinstance(value, str) and value:
            spoken = nouns_in(value)
            kind = "documents" if not spoken or "documents" in spoken else spoken[0]
            kind = "" if folded(value) in _RECORDS else kind
            values = found.setdefault(kind, [])
            if value not in values:
                values.append(value)
    return found


def _part(seen: Survey, folder: _Folder, kinds: dict[str, list[str]], grounds: Grounds) -> None:
    rows = _rows([folder], folder.mode)
    name = _type_field(rows)
    parts: dict[str, list[str]] = {"documents": list(kinds.get("documents", []))}
    for kind, values in kinds.items():
        if kind in ("", "documents"):
            continue
        mine = [row for row in rows if row.get(name) in values]
        table = _table(seen, [folder], folder.mode, mine)
        found = recognise(Table(table.rows, table.fields, (kind.replace("_", " "), *table.names), True, True), grounds)
        if found.register == kind:
            parts[kind] = values
        else:
            parts["documents"] += values
    left = kinds.get("", [])
    if len(parts) > 1 or left:
        folder.kinds, folder.told_by = {kind: values for kind, values in parts.items() if values}, name
        if left:
            label = seen.found.relative(folder.path) if folder.path != seen.found.root else "."
            seen.left.append((f"{label}: {name} {', '.join(left)}", "records; their register is not told"))


# --- patterns ----------------------------------------------------------------------------


def _cover(seen: Survey, folder: Path, folders: dict[Path, _Folder], grounds: Grounds) -> None:
    """Declare a folder with all below it as one source where that is all alike, else each folder by itself."""
    below = [one for path, one in folders.items() if path == folder or folder in path.parents]
    told = [one for one in below if one.read or one.bare]
    if not told:
        return
    inside = sorted({_child(folder, path) for path in folders if folder in path.parents})
    if folder not in folders and len(inside) == 1:
        _cover(seen, inside[0], folders, grounds)
        return
    alike = {one.key for one in told}
    if len(told) > 1 and len(alike) == 1 and None not in alike and not any(one.kinds for one in told):
        _declare(seen, below, True, folder, grounds)
        return
    here = folders.get(folder)
    if here is not None:
        if here.key is not None:
            _declare(seen, [here], False, folder, grounds)
        else:
            seen.left += ((seen.found.relative(path), "has no fields at its top") for path in here.bare)
    for child in inside:
        _cover(seen, child, folders, grounds)


def _child(folder: Path, path: Path) -> Path:
    return folder / path.relative_to(folder).parts[0]


def _declare(seen: Survey, folders: list[_Folder], deep: bool, base: Path, grounds: Grounds) -> None:
    first = next(one for one in folders if one.key is not None)
    assert first.key is not None
    register, mode = first.key
    for one in folders:
        _exclude_others(seen, one)
    relative = seen.found.relative(base) if base != seen.found.root else ""
    files = [path for one in folders for path in one.files if not seen.excluded(path)]
    parts: dict[str, list[str]] = first.kinds or {register: []}
    for suffix in dict.fromkeys(path.suffix for path in files):
        name = f"**/*{suffix}" if deep else f"*{suffix}"
        pattern = written("/".join(filter(None, (relative, name))))
        these = [path for path in files if path.suffix == suffix]
        if not seen.names(pattern, these):
            seen.left.append((pattern, "the pattern would name other files, or links out of this folder"))
            continue
        for kind, values in parts.items():
            options = dict(mode)
            rows = _rows(folders, mode)
            if values:
                options["only"] = {first.told_by: values}
                rows = [row for row in rows if row.get(first.told_by) in values]
            found: Recognised = recognise(_table(seen, folders, mode, rows), grounds, kind)
            if not found.register:
                seen.left.append((pattern, found.why))
                continue
            seen.sources.append(Proposed("markdown", pattern, these, options, found))


def _exclude_others(seen: Survey, folder: _Folder) -> None:
    """Exclude what is no document; files without fields only where most are, else a check should tell of them."""
    for path in folder.other:
        if is_no_document(path):
            name = exact(seen.found, folder.path / path.name).rsplit("/", 1)[-1]
            seen.exclude.setdefault(name if folder.path == seen.found.root else f"*/{name}", "about the folder itself")
    few = len(folder.read) < len(folder.bare)
    if few and len(folder.bare) <= _MOST:
        for path in folder.bare:
            seen.exclude[exact(seen.found, path)] = "has no fields at its top"
            seen.leave(path, "has no fields at its top")
    else:
        why = "has no fields at its top; a check will tell of it"
        seen.left += ((seen.found.relative(path), why) for path in folder.bare)
