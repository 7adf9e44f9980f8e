"""Finding and opening files below a root: never outside it, never waiting on what is no file."""

from __future__ import annotations

import os
import posixpath
import re
import stat
from collections.abc import Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from urllib.parse import unquote

from isocheck.errors import InputError, Problem
from isocheck.location import Location
from isocheck.sources.yaml_reader import too_large

__all__ = ["Found", "discover", "glob", "is_folder", "is_there", "is_yaml", "plain_path", "probe", "read_bytes"]

_SUFFIXES = (".yaml", ".yml")
_PASSED_OVER = frozenset({"node_modules", "__pycache__"})
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


@dataclass(slots=True)
class Found:
    """The files below a root, in the order of their paths, and links that lead outside it.

    `files` are the YAML files, `others` all other ones.
    """

    root: Path
    files: list[Path] = field(default_factory=list)
    others: list[Path] = field(default_factory=list)
    links: list[tuple[Path, bool]] = field(default_factory=list)
    """Links that are not followed, and whether that is because they lead in a circle."""
    other_links: list[tuple[Path, bool]] = field(default_factory=list)
    """The same for files that are no YAML: they matter only where a source names them."""
    unreadable: list[tuple[Path, str]] = field(default_factory=list)
    folders: list[Path] = field(default_factory=list)

    def shown(self, path: Path) -> str:
        """Return a path as messages and reports show it: as the user would write it from where he or she stands.

        Bytes that are not UTF-8 and control characters are escaped, since they would reach terminals and files.
        """
        return _shown(path)

    def excluded(self, path: Path, patterns: Sequence[str]) -> bool:
        """Tell whether a path below the root fits one of the patterns, such as 'archive/**' or '*.bak.yaml'."""
        if not patterns or path == self.root:
            return False
        name = path.relative_to(self.root).as_posix()
        return any(fnmatchcase(name, pattern) or fnmatchcase(f"{name}/", pattern) for pattern in patterns)

    def fitting(self, pattern: str, excluded: Sequence[str] = ()) -> list[Path]:
        """Return the files that fit a pattern such as 'docs/**/*.md', in which '**/' stands for any folders, or none.

        Those that fit one of the excluded patterns are left out. Raises InputError where a link that fits leads
        outside the root or in a circle.
        """
        fits = glob(pattern).match
        links = [link for link in (*self.links, *self.other_links) if fits(self.relative(link[0]))]
        if links := [link for link in links if not self.excluded(link[0], excluded)]:
            raise InputError(self._linked(links))
        files = (path for path in sorted((*self.files, *self.others)) if fits(self.relative(path)))
        return [path for path in files if not self.excluded(path, excluded)]

    def relative(self, path: Path) -> str:
        """Return the path from the root, with slashes."""
        if path == self.root:
            return path.name
        root = self.root.as_posix()
        return path.as_posix().removeprefix(f"{root}/" if root != "." else "")

    def problems(self, patterns: Sequence[str] = ()) -> list[Problem]:
        """Return a problem for each link that leads outside the root and each folder that cannot be read."""
        found = self._linked([link for link in self.links if not self.excluded(link[0], patterns)])
        return found + [
            Problem(f"cannot be read: {reason}", self._at(path))
            for path, reason in self.unreadable
            if not self.excluded(path, patterns)
        ]

    def _linked(self, links: Sequence[tuple[Path, bool]]) -> list[Problem]:
        outside = f"this link leads outside {self.shown(self.root)}; exclude it or copy what it names"
        return [
            Problem("this link leads in a circle; remove it" if circle else outside, self._at(path))
            for path, circle in links
        ]

    def _at(self, path: Path) -> Location:
        return Location(self.shown(path))


def _shown(path: Path) -> str:
    text = os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")
    return _UNPRINTABLE.sub(lambda match: match[0].encode("unicode_escape").decode(), text)


@cache
def glob(pattern: str) -> re.Pattern[str]:
    """Return what paths fit a pattern in which '*' and '?' stop at slashes, and '**/' is any folders, or none."""
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", pattern.removeprefix("./"))
    meaning = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    return re.compile("".join(meaning.get(part) or re.escape(part) for part in parts) + r"\Z", re.DOTALL)


def is_yaml(path: Path) -> bool:
    """Tell by its ending whether a file is read as YAML."""
    return path.name.lower().endswith(_SUFFIXES)


def discover(root: Path) -> Found:
    """Find all files below a folder, or the one file that `root` is; what is hidden is passed over.

    Raises InputError where there is nothing at `root`, or nothing that may be looked at.
    """
    try:
        if not stat.S_ISDIR(root.stat().st_mode):
            return Found(root, [root])
        inside = root.resolve()
    except (FileNotFoundError, NotADirectoryError):
        raise InputError([Problem("there is no such file or folder", Location(_shown(root)))]) from None
    except (OSError, RuntimeError, ValueError) as error:
        raise InputError([Problem(f"cannot be read: {_reason(error)}", Location(_shown(root)))]) from None
    found = Found(root)
    linked: dict[bool, list[Path]] = {True: [], False: []}
    todo = [root]
    while todo:
        folder = todo.pop()
        try:
            entries = list(os.scandir(folder))
        except OSError as error:
            found.unreadable.append((folder, _reason(error)))
            continue
        for entry in entries:
            if entry.name.startswith(".") or entry.name in _PASSED_OVER:
                continue
            path = folder / entry.name
            yaml = is_yaml(path)
            if entry.is_symlink():
                target = _target(path)
                if target is None or not target.is_relative_to(inside):
                    folder_too = is_folder(path)
                    (found.links if yaml or folder_too else found.other_links).append((path, target is None))
                elif not is_folder(target):
                    linked[yaml].append(path)
            elif entry.is_dir():
                todo.append(path)
                found.folders.append(path)
            else:
                (found.files if yaml else found.others).append(path)
    for files, links in ((found.files, linked[True]), (found.others, linked[False])):
        if links:
            direct = {path.resolve() for path in files}
            files += [path for path in links if path.resolve() not in direct]
        files.sort(key=lambda path: path.as_posix())
    return found


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)


def _target(path: Path) -> Path | None:
    """Return what a link leads to in the end, or None where it leads in a circle."""
    try:
        target = path.resolve()
    except (OSError, RuntimeError):
        return None
    return None if target.is_symlink() else target  # from Python 3.13 on a circle ends where it began


def read_bytes(path: Path, shown: str, limit: int) -> bytes:
    """Return what a file holds, at most `limit` bytes.

    Raises InputError for what is too large, is no file, or cannot be read.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise InputError([Problem("this is no file that can be read", Location(shown))])
        if status.st_size > limit:
            raise InputError([Problem(too_large(limit), Location(shown))])
        with path.open("rb") as stream:
            raw = stream.read(min(status.st_size, limit) + 1)  # room for the limit would cost more than the reading
            if len(raw) > status.st_size:  # it has grown, or the system does not tell its size
                raw += stream.read(limit + 1 - len(raw))
    except OSError as error:
        raise InputError([Problem(f"cannot be read: {_reason(error)}", Location(shown))]) from None
    if len(raw) > limit:
        raise InputError([Problem(too_large(limit), Location(shown))])
    return raw


def is_folder(path: Path) -> bool:
    """Tell whether a path leads to a folder; one that no file can have, such as one too long, does not."""
    return os.path.isdir(path)  # noqa: PTH112 - unlike Path.is_dir never raises


def is_there(path: Path) -> bool:
    """Tell whether there is anything at a path; at one that no file can have there is not."""
    return os.path.exists(path)  # noqa: PTH110 - unlike Path.exists never raises


def probe(base: Path, name: str) -> bool | None:
    """Tell whether a file or folder is there below `base`; None where the name leads outside, links included."""
    try:
        target = (base / name).resolve()
        if not target.is_relative_to(base.resolve()):
            return None
        return target.exists()
    except (OSError, RuntimeError, ValueError):
        return False


def plain_path(base: Path, name: str) -> str:
    """Return a path as it is below `base`, where it is written otherwise: with backslashes, './' or percent signs.

    As it is written goes first, since names of files may hold such signs. What leads nowhere in any way stays as it is.
    """
    slashed = name.replace("\\", "/")
    for spelling in dict.fromkeys((name, slashed, unquote(name), unquote(slashed))):
        plain = posixpath.normpath(spelling)
        if probe(base, plain):
            return plain
    return name
