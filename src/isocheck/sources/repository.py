"""Where a description stands: paths as seen from the root of its repository, wherever the command was started."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

__all__ = ["repository_of", "seen_from_root"]


def repository_of(path: Path) -> Path | None:
    """Return the root of the git repository that holds a file or folder, None where there is none.

    It is the nearest folder upwards that holds `.git`: a folder, or a file in worktrees and submodules.
    """
    try:
        place = path.resolve()
        return next((folder for folder in (place, *place.parents) if (folder / ".git").exists()), None)
    except (OSError, RuntimeError):
        return None


def seen_from_root(description: Path) -> Callable[[str], str]:
    """Return a function that writes the name of a file as seen from the root of the description's repository.

    It takes names as locations hold them (as one would write them from the current folder) and returns relative POSIX
    paths; where there is no repository, relative to the description's own folder. Links are followed, since git and
    those who show its files know a file by the place where it stands. A file that stands elsewhere keeps its name.
    """
    root = repository_of(description)
    if root is None:
        root = _resolved(description)
        root = root if root.is_dir() else root.parent

    @cache
    def seen(file: str) -> str:
        place = _resolved(Path(file))
        return place.relative_to(root).as_posix() if place.is_relative_to(root) else Path(file).as_posix()

    return seen


def _resolved(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return path.absolute()
