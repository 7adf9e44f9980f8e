"""The master list of documents against the files on disk, both ways: what only one has, and what they tell differently.

Markdown sources of `documents` describe files; every other source of `documents`, and a register of our own, is a list.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from isocheck.errors import quoted
from isocheck.location import Location
from isocheck.qms.description import Composed, Description, Flaw, Origin, Route
from isocheck.qms.fields import is_placeholder
from isocheck.sources.rows import Rows
from isocheck.terms import fold

__all__ = ["File", "MasterList"]

_COMPARED = ("version", "status")
_GONE = ("superseded", "obsolete")


@dataclass(slots=True)
class File:
    """A file of a document: what was read of it, and the position of its entry, None where it has none."""

    relative: str
    rows: Rows
    origin: Origin
    position: int | None
    versions: frozenset[str]
    """The file's own names for the version, with case folded."""


@dataclass(slots=True)
class MasterList:
    """Documents of a list and documents of files, as they come in."""

    description: Description
    files: list[File] = field(default_factory=list)
    _alone: set[int] = field(default_factory=set)
    """Positions of entries that a file alone tells."""
    _joined: set[int] = field(default_factory=set)
    """Positions of entries that the list and a file tell together."""
    _by_path: dict[str, Any] | None = None
    _waiting: int | None = None

    def complete(self, entry: dict[str, Any], relative: str, heading: str) -> None:
        """Fill in what the file itself tells: its path, its heading as the title, the id that the list has for it."""
        entry.setdefault("path", relative)
        if heading and (not entry.get("title") or is_placeholder(str(entry["title"]))):
            entry["title"] = heading
        if not entry.get("id") or is_placeholder(str(entry["id"])):
            listed = self._listed().get(relative)
            if listed is not None:
                entry["id"] = listed.id

    def _listed(self) -> dict[str, Any]:
        """Return the entries of the list by path: lists are taken before files are."""
        if self._by_path is None:
            entries = self.description.entries("documents")
            self._by_path = {entry.path: entry for entry in entries if entry.path}
        return self._by_path

    def of_file(self, position: int) -> None:
        """Note that an entry comes from a file alone."""
        self._listed()
        self._alone.add(position)
        self._waiting = position

    def join(self, position: int, entry: Any, origin: tuple[Origin, Route]) -> bool:
        """Join a file's entry with that of the list at `position`; False where another file has this id already."""
        if position in self._alone or position in self._joined:
            return False
        self._joined.add(position)
        self._waiting = position
        table = self.description.tables["documents"]
        listed = table.entries[position]
        for name in _COMPARED:
            there, here = getattr(listed, name), getattr(entry, name)
            if there is not None and here is not None and not _same(there, here):
                text = f"{name} {quoted(here)} in the file, {quoted(there)} in the master list"
                self._flaw("two-versions", listed.id, (name,), text, origin[0].locate((*origin[1], name)))
        from_file = {}
        for name, value in entry.__dict__.items():
            if value not in (None, ()) and listed.__dict__[name] in (None, ()):
                listed.__dict__[name] = value
                from_file[name] = origin
        table.origins[position] = (Composed(table.origins[position], from_file), ())
        return True

    def met(self, relative: str, rows: Rows, origin: Origin, versions: frozenset[str]) -> None:
        """Note a file that was read; its entry is the one that was joined or appended last."""
        self.files.append(File(relative, rows, origin, self._waiting, versions))
        self._waiting = None

    def compare(self) -> None:
        """Report what the list and the files do not both have, and versions that one file gives in two ways."""
        self._versions_in_files()
        entries = self.description.entries("documents")
        listed = [at for at in range(len(entries)) if self._is_listed(at)]
        # A few documents described beside the files, such as those from outside, are no list of these files.
        if not self.files or not any(at in self._joined or entries[at].path for at in listed):
            return
        by_path = {entries[at].path for at in listed if entries[at].path}
        for file in self.files:
            alone = file.position is None or not self._is_listed(file.position)
            if alone and file.relative not in by_path:
                id_ = entries[file.position].id if file.position is not None else ""
                text = f"{file.relative} is there, and the master list does not have it"
                self._flaw("list", id_, ("path",), text, file.origin.locate(()), "" if id_ else file.relative)
        table = self.description.tables["documents"]
        for at in listed:
            entry = entries[at]
            if at in self._joined or entry.path or entry.location or entry.origin == "external":
                continue
            if entry.status not in _GONE:
                origin, path = table.origins[at]
                text = "stands in the master list, and no file has it; name its 'path', or its 'location' elsewhere"
                self._flaw("list", entry.id, ("path",), text, origin.locate((*path, "id")))

    def _is_listed(self, position: int) -> bool:
        return position not in self._alone

    def _versions_in_files(self) -> None:
        """Report a version that the body of a file gives otherwise than its front matter."""
        entries = self.description.entries("documents")
        for file in self.files:
            if file.position is None:
                continue
            entry = entries[file.position]
            for value, where in _versions(file):
                if entry.version and not is_placeholder(value) and not _same(entry.version, value):
                    text = f"version {quoted(value)} here, {quoted(entry.version)} elsewhere"
                    self._flaw("two-versions", entry.id, ("version",), text, where)

    def _flaw(self, kind: Any, entry: str, route: Route, message: str, where: Location, item: str = "") -> None:
        self.description.flaws.append(Flaw(kind, "documents", entry, route, message, where, item))


_VERSION = frozenset({"version", "revision", "rev", "rev.", "ver", "issue"})


def _versions(file: File) -> Iterator[tuple[str, Location]]:
    """Yield every version that a file gives beside the one that was taken, with its place."""
    for again in getattr(file.rows, "also", ()):
        if again.field.casefold() in file.versions | _VERSION:
            yield again.value, again.location
    for number, row in enumerate(file.rows.rows):
        for name, value in row.items():
            if name.casefold() in _VERSION - file.versions and isinstance(value, str):
                yield value, file.rows.locate((number, name))


def _same(one: str, other: str) -> bool:
    return _bare(one) == _bare(other)


def _bare(text: str) -> str:
    folded = fold(text)
    return folded.removeprefix("version-").removeprefix("rev-").removeprefix("v") or folded
