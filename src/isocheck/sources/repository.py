"""Where a description stands: paths as seen from the root of its repository, wherever the command was started."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path

from isocheck.errors import InputError
from isocheck.sources.files import read_bytes

__all__ = ["FromRoot", "repository_of", "seen_from_root", "submodules_of"]

_PATH = re.compile(r'^[ \t]*path[ \t]*=[ \t]*"?([^"\r\n]+?)"?[ \t]*$', re.IGNORECASE | re.MULTILINE)
_LARGEST = 1 << 20


def repository_of(path: Path) -> Path | None:
    """Return the root of the git repository that holds a file or folder, None where there is none.

    It is the nearest folder upwards that holds `.git`: a folder, or a file in worktrees and submodules.
    """
    try:
        place = path.resolve()
        return next((folder for folder in (place, *place.parents) if (folder / ".git").exists()), None)
    except (OSError, RuntimeError):
        return None


def submodules_of(folder: Path) -> frozenset[str]:
    """Return the places below a folder at which its repository keeps other ones, as `.gitmodules` names them.

    Its text is read and git is not asked: that they may lie there is all that is wanted.
    """
    root = repository_of(folder)
    if root is None:
        return frozenset()
    try:
        text = read_bytes(root / ".gitmodules", ".gitmodules", _LARGEST).decode("utf-8", "replace")
        below = folder.resolve().relative_to(root).as_posix()
    except (InputError, OSError, RuntimeError, ValueError):
        return frozenset()
    places = (posixpath.relpath(posixpath.normpath(path), below) for path in _PATH.findall(text))
    return frozenset(place for place in places if place != "." and place.partition("/")[0] != "..")


class FromRoot:
    """Writes the name of a file as seen from the root of the description's repository.

    It takes names as locations hold them (as one would write them from the current folder) and returns relative POSIX
    paths; where there is no repository (`repository` is None), relative to the description's own folder. Links are
    followed, since git and those who show its files know a file by the place where it stands. A file that stands
    elsewhere keeps its name.
    """

    def __init__(self, description: Path) -> None:
        self.repository = repository_of(description)
        own = _resolved(description)
        self._root = self.repository or (own if own.is_dir() else own.parent)
        self._seen: dict[str, str] = {}

    def __call__(self, file: str) -> str:
        """Return the name of a file as seen from the root."""
        seen = self._seen.get(file)
        if seen is None:
            place = _resolved(Path(file))
            inside = place.is_relative_to(self._root)
            seen = place.relative_to(self._root).as_posix() if inside else Path(file).as_posix()
            self._seen[file] = seen
        return seen


def seen_from_root(description: Path) -> FromRoot:
    """Return what writes the names of files as seen from the root of a description's repository."""
    return FromRoot(description)


def _resolved(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return path.absolute()
