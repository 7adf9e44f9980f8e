"""References between documents, from the links and bare ids in the text of their Markdown files."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from typing import Any

from isocheck.location import Location
from isocheck.qms.description import Composed, Description, Flaw, Places
from isocheck.qms.master_list import File
from isocheck.sources.files import Found
from isocheck.sources.markdown_reader import MarkdownRows
from isocheck.sources.repository import submodules_of
from isocheck.terms import fold

__all__ = ["link"]


def link(description: Description, files: Sequence[File], found: Found) -> None:
    """Fill `references` of documents from the text of their files; a link that leads nowhere becomes a flaw.

    What leads out of the folder of the description, or into a submodule that is not checked out, is out of reach, not
    missing.
    """
    names = _Names(description, found)
    table = description.tables["documents"]
    for file in files:
        if file.position is None or not isinstance(file.rows, MarkdownRows):
            continue
        entry = table.entries[file.position]
        known = list(entry.references)
        first, places = len(known), list[Location]()

        def note(id_: str | None, place: Location) -> None:
            if id_ is not None and id_ != entry.id and id_ not in known:  # noqa: B023 - called in this turn only
                places.append(place)  # noqa: B023
                known.append(id_)  # noqa: B023

        lost: dict[str, Location] = {}
        for each in file.rows.links:
            id_, there = (
                names.of_path(file.relative, each.target) if each.kind == "path" else names.of_wiki(each.target)
            )
            note(id_, each.location)
            if not there:
                lost.setdefault(each.target, each.location)
        for mention in file.rows.ids:
            note(names.by_id.get(fold(mention.text)), mention.location)
        for target, place in lost.items():
            text = f"the link to {target!r} leads nowhere"
            description.flaws.append(Flaw("link", "documents", entry.id, (), text, place, f"link to {target}"))
        if places:
            entry.__dict__["references"] = tuple(known)
            given = [places[0]] * first  # those that the front matter gives have no place in the text
            parts = {"references": (Places(file.rows.name, [*given, *places]), ())}
            table.origins[file.position] = (Composed(table.origins[file.position], parts), ())


def _stem(path: str) -> str:
    """Return a file's name without its ending, case folded: of every path, so that pathlib would cost too much."""
    name = posixpath.basename(path.rstrip("/"))
    stem, _, ending = name.rpartition(".")
    return (stem if stem and ending else name).casefold()


class _Names:
    """What the names in links may stand for: ids, titles and files of documents, and all other files."""

    def __init__(self, description: Description, found: Found) -> None:
        entries = description.entries("documents")
        self.by_id = {fold(entry.id): entry.id for entry in entries}
        self._by_title: dict[str, Any] = {entry.title.casefold(): entry.id for entry in entries if entry.title}
        self._by_path = {entry.path: entry.id for entry in entries if entry.path}
        self._by_stem = {_stem(path): id_ for path, id_ in self._by_path.items()}
        self._files = {found.relative(path) for path in (*found.files, *found.others)}
        self._folders = {""}
        for path in self._files:
            while (path := posixpath.dirname(path)) not in self._folders:
                self._folders.add(path)
        self._out_of_reach = submodules_of(found.root) - self._folders
        self._stems = set(map(_stem, self._files))

    def of_path(self, file: str, target: str) -> tuple[str | None, bool]:
        """Return the document that a relative path names, and whether anything is there or it is out of reach."""
        start = "" if target.startswith("/") else posixpath.dirname(file)
        path = posixpath.normpath(posixpath.join(start, target.lstrip("/") if target.startswith("/") else target))
        if path.startswith(".."):
            return None, True
        found = self._by_path.get(path) or self._by_path.get(f"{path}.md")
        there = path in self._files or f"{path}.md" in self._files or path in self._folders or path == "."
        hidden = any(part.startswith(".") for part in path.split("/") if part not in (".", ".."))
        other = any(path == place or path.startswith(f"{place}/") for place in self._out_of_reach)
        return found, found is not None or there or hidden or other

    def of_wiki(self, target: str) -> tuple[str | None, bool]:
        """Return the document that a wiki link names, by id, file name or title, and whether anything is there."""
        if ":" in target:
            return None, True  # of another place, such as a clause of a standard: [[iso9001:8.5.2]]
        name = posixpath.basename(target).removesuffix(".md")
        key = name.casefold()
        found = self.by_id.get(fold(name)) or self._by_stem.get(key) or self._by_title.get(key)
        return found, found is not None or key in self._stems
