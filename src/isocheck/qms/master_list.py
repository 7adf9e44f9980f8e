"""The master list of documents against the files on disk, both ways: what only one has, and what they tell differently.

Markdown sources of `documents` describe files; every other source of `documents`, and a register of our own, is a list.
A line of the list and a file are one document where the line names the file's path; where no line does, by their id.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from isocheck.errors import quoted
from isocheck.location import Location
from isocheck.qms.description import Composed, Description, Flaw, MappedOrigin, Origin, Route
from isocheck.qms.fields import is_placeholder
from isocheck.sources.files import Found, plain_path, probe
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
    is_repeated: bool = False
    """Whether it has the id of another file, which is told already."""


@dataclass(slots=True)
class MasterList:
    """Documents of a list and documents of files, as they come in: lists are taken before files are."""

    description: Description
    found: Found
    expected: frozenset[str]
    """The paths of all files of documents, those too that were not yet taken."""
    files: list[File] = field(default_factory=list)
    _alone: set[int] = field(default_factory=set)
    """Positions of entries that a file alone tells."""
    _joined: dict[int, Location] = field(default_factory=dict)
    """Positions of entries that the list and a file tell together, and where that file has the id."""
    _by_path: dict[str, list[int]] | None = None
    _paths: dict[int, str] = field(default_factory=dict)
    """The paths that entries of the list name, as they are on disk."""
    _by_id: dict[str, int] = field(default_factory=dict)
    """The positions of the list's entries by their folded ids."""
    _own_ids: dict[str, str] = field(default_factory=dict)
    """The ids that files give themselves where a line of the list has another one for their path."""
    _waiting: int | None = None
    _refused: bool = False

    def complete(self, entry: dict[str, Any], relative: str, heading: str) -> None:
        """Fill in what the file itself tells: its path, its heading as the title, the id that the list has for it."""
        entry.setdefault("path", relative)
        if heading and (not entry.get("title") or is_placeholder(str(entry["title"]))):
            entry["title"] = heading
        id_ = str(entry.get("id") or "")
        own = "" if is_placeholder(id_) else id_
        line = self._line(relative, own)
        if line is None:
            return
        listed = self.description.entries("documents")[line].id
        if own and fold(own) != fold(listed):
            self._own_ids[relative] = own
        entry["id"] = listed if relative in self._own_ids or not own else own

    def _line(self, relative: str, own: str) -> int | None:
        """Return the position of the line that names a path; of several that of the file's own id, else one in use."""
        entries = self.description.entries("documents")
        lines = self._lines().get(relative, ())
        return min(lines, key=lambda at: (fold(entries[at].id) != fold(own), entries[at].status in _GONE), default=None)

    def _lines(self) -> dict[str, list[int]]:
        """Return the positions of the list's entries by the path that they name; index their ids too."""
        if self._by_path is None:
            self._by_path = defaultdict(list)
            for at, entry in enumerate(self.description.entries("documents")):
                self._by_id[fold(entry.id)] = at
                if entry.path:
                    self._by_path[self._path(at, entry)].append(at)
        return self._by_path

    def _path(self, at: int, entry: Any) -> str:
        """Return the path that an entry of the list names, and write it into the entry as it is on disk.

        One that begins with a slash means the same file and is told later; here it only finds that file.
        """
        path: str = entry.path
        rooted = path.startswith(("/", "\\"))
        self._paths[at] = plain_path(self.found.root, path.lstrip("/\\") if rooted else path)
        if not rooted:
            entry.__dict__["path"] = self._paths[at]
        return self._paths[at]

    def of_file(self, position: int) -> None:
        """Note that an entry comes from a file alone."""
        self._lines()
        self._alone.add(position)
        self._waiting = position

    def join(self, position: int, entry: Any, origin: tuple[Origin, Route], relative: str) -> bool:
        """Join a file's entry with that of the list at `position`; False where another file has this id already."""
        table = self.description.tables["documents"]
        listed = table.entries[position]
        path = self._paths.get(position, "")
        elsewhere = path in self.expected and path != relative
        if position in self._alone or position in self._joined or elsewhere:
            self._refused = True
            return False
        rows, route = origin
        self._joined[position] = rows.locate((*route, "id"))
        self._waiting = position
        if own := self._own_ids.get(relative):
            text = f"id {quoted(own)} in the file, {quoted(listed.id)} in the master list, which names {relative}"
            self._flaw("list", listed.id, ("id",), text + self._other_line(own), self._joined[position])
        if path and path != relative and probe(self.found.root, path) is False:
            text = f"path {quoted(listed.path)} in the master list, where no file is; the file is {relative}"
            self._flaw("list", listed.id, ("path",), text, self._place(position, "path"))
            listed.__dict__["path"] = None
        for name in _COMPARED:
            there, here = getattr(listed, name), getattr(entry, name)
            if there is not None and here is not None and not _same(there, here):
                text = f"{name} {quoted(here)} in the file, {quoted(there)} in the master list"
                self._flaw("two-versions", listed.id, (name,), text, rows.locate((*route, name)))
        from_file = {}
        for name, value in entry.__dict__.items():
            if value not in (None, ()) and listed.__dict__[name] in (None, ()):
                listed.__dict__[name] = value
                from_file[name] = origin
        table.origins[position] = (Composed(table.origins[position], from_file), ())
        return True

    def first(self, position: int) -> Location:
        """Return where the file that has the id of an entry stands, for another one that has it too."""
        if position in self._joined:
            return self._joined[position]
        if position in self._alone:
            return self._place(position, "id")
        return Location(self.found.shown(self.found.root / self._paths[position]))  # it may not have been taken yet

    def _other_line(self, own: str) -> str:
        """Say where the list has the id that a file of another line gives itself."""
        at = self._by_id.get(fold(own))
        if at is None:
            return ""
        return (
            f"; {quoted(self.description.entries('documents')[at].id)} is another line there ({self._place(at, 'id')})"
        )

    def met(self, relative: str, rows: Rows, origin: Origin, versions: frozenset[str]) -> None:
        """Note a file that was read; its entry is the one that was joined or appended last."""
        self.files.append(File(relative, rows, origin, self._waiting, versions, self._refused))
        self._waiting, self._refused = None, False

    def compare(self) -> None:
        """Report what the list and the files do not both have, and versions that one file gives in two ways."""
        self._versions_in_files()
        entries = self.description.entries("documents")
        listed = [at for at in range(len(entries)) if self._is_listed(at)]
        if not self.files:
            return
        meets = self._joined or any(file.relative in self._lines() for file in self.files)
        if not meets and (lines := [at for at in listed if self._is_of_a_table(at)]):
            self._nothing_meets(lines)
            return
        # A few documents described beside the files, such as those from outside, are no list of these files.
        if not any(at in self._joined or entries[at].path for at in listed):
            return
        for file in self.files:
            lines = self._lines().get(file.relative, [])
            self._same_path(file, lines)
            alone = file.position is None or not self._is_listed(file.position)
            if alone and not lines and not file.is_repeated:
                id_ = entries[file.position].id if file.position is not None else ""
                text = f"{file.relative} is there, and the master list does not have it"
                self._flaw("list", id_, ("path",), text, file.origin.locate(()), "" if id_ else file.relative)
        for at in listed:
            entry = entries[at]
            if at in self._joined or entry.path or entry.location or entry.origin == "external":
                continue
            if entry.status not in _GONE:
                text = "stands in the master list, and no file has it; name its 'path', or its 'location' elsewhere"
                self._flaw("list", entry.id, ("path",), text, self._place(at, "id"))

    def _is_of_a_table(self, at: int) -> bool:
        """Tell whether an entry comes from a list in a file of the organisation's own, and is to be found here."""
        entry, (origin, _) = self.description.entries("documents")[at], self.description.tables["documents"].origins[at]
        here = entry.location is None and entry.origin != "external" and entry.status not in _GONE
        return here and isinstance(origin, MappedOrigin)

    def _nothing_meets(self, lines: list[int]) -> None:
        """Report once that a list and the files were not held against each other, since nothing joins the two."""
        origin, _ = self.description.tables["documents"].origins[lines[0]]
        entries = f"{len(lines)} entr{'ies' if len(lines) > 1 else 'y'}"
        files = f"{len(self.files)} file{'s' if len(self.files) > 1 else ''}"
        text = (
            f"the master list ({entries}) and the {files} of documents have no id and no path in common, so that "
            "neither was held against the other; give both the same ids, or name each file under 'path'"
        )
        self._flaw("list", "", (), text, origin.locate(()), "list and files")

    def _same_path(self, file: File, lines: list[int]) -> None:
        """Report the lines that name a file which is that of another line, unless they are of what is gone."""
        entries = self.description.entries("documents")
        first = file.position if file.position in lines else lines[0] if lines else None
        for at in lines:
            if first is not None and at != first and entries[at].status not in _GONE:
                where = self._place(first, "path")
                text = f"{file.relative} is the file of {quoted(entries[first].id)} already ({where}); name its own"
                self._flaw("list", entries[at].id, ("path",), text, self._place(at, "path"))

    def _place(self, at: int, name: str) -> Location:
        origin, path = self.description.tables["documents"].origins[at]
        return origin.locate((*path, name))

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
