"""The commits behind a folder as a graph, from one run of `git log`: which version of a file came from where.

Each commit is compared with its first parent alone. What a file held in any commit is then what the nearest commit
on the way down the first parents gave it; whether a merge brought a file or changed it, a look at the same file in its
other parents tells. So no second comparison is needed, and every commit is there, merges and side branches included.
"""

from __future__ import annotations

import os
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from isocheck.sources.git import RefusedError, run_git

__all__ = ["CUT", "Commit", "Log", "Version", "read_log"]

CUT = -1
"""Stands for a commit that the log does not have, since the clone is shallow or the history too long."""
_MOST_COMMITS = 100_000
_MOST_BYTES = 256 << 20
_FIELDS = ("%H", "%P", "%an", "%ae", "%cs", "%(trailers:only=true,unfold=true)")
_OPTIONS = (
    *("-z", "--raw", "--no-abbrev", "--encoding=UTF-8", "--no-notes", "--no-ext-diff", "--no-textconv"),
    *("--no-renames", "-O/dev/null", "--ignore-submodules=none", "--diff-merges=first-parent"),
    *("--date-order", "--relative", "--format=" + "%x00".join(_FIELDS)),
)


@dataclass(slots=True)
class Commit:
    """One commit: its parents as their places in the log, and per file what it held before and holds now."""

    id: str
    parents: tuple[int, ...]
    author: bytes
    email: bytes
    day: bytes
    """The committer's day, in the committer's time zone."""
    trailers: bytes
    """The trailers of the message as lines 'key: value'."""
    changes: dict[str, tuple[bytes | None, bytes | None]] = field(default_factory=dict)
    """Blob ids by path; None where there is no regular file."""


@dataclass(frozen=True, slots=True)
class Version:
    """What a file holds in some commit."""

    blob: bytes | None
    """None where there is no such file; empty where the commits that would tell are missing."""
    origin: int
    """The commit that wrote it, or CUT."""
    certain: bool
    """Whether `origin` wrote it, and not perhaps a commit that is missing."""
    brought: tuple[tuple[int, str], ...] = ()
    """Every commit on the way that put it into its place, newest first: merges, renamings, at last the origin; each
    with the name that the file has there."""


class Log:
    """The commits from the newest one down, each before its parents, and what each did to the files of one folder."""

    def __init__(self, commits: Sequence[Commit], boundary: frozenset[str]) -> None:
        """Take the commits in the order of the log; those in `boundary` seem to have written all they hold."""
        self.commits = commits
        self.index = {commit.id: place for place, commit in enumerate(commits)}
        self._boundary = {self.index[name] for name in boundary if name in self.index}
        self._touching: dict[str, list[int]] = defaultdict(list)
        for place, commit in enumerate(commits):
            for name in commit.changes:
                self._touching[name].append(place)
        self._chains, self._follow = self._lines()
        self._in_chains: dict[str, dict[int, list[int]]] = {}
        self._moved: dict[int, dict[str, str]] = {}
        self._versions: dict[tuple[str, int | None], Version] = {}

    @property
    def names(self) -> Iterator[str]:
        """Every path that some commit wrote or removed."""
        return iter(self._touching)

    def _parent(self, at: int) -> int | None:
        """Return the first parent, None at the beginning of what the log has."""
        parents = self.commits[at].parents
        return parents[0] if parents else None

    def _lines(self) -> tuple[list[int], list[int | None]]:
        """Cut history into lines of first parents: the line of each commit, and the commit that a line goes on with."""
        chains = [CUT] * len(self.commits)
        follow: list[int | None] = []
        for at in range(len(self.commits)):
            if chains[at] == CUT:
                chains[at] = len(follow)
                follow.append(None)
            parent = self._parent(at)
            if parent is not None and parent != CUT and chains[parent] == CUT:
                chains[parent] = chains[at]
            else:
                follow[chains[at]] = parent
        return chains, follow

    def _touched(self, name: str, at: int | None) -> int | None:
        """Return the nearest commit down the first parents that touched a file: None if none did, or CUT."""
        chains = self._in_chains.get(name)
        if chains is None:
            chains = self._in_chains[name] = defaultdict(list)
            for place in self._touching.get(name, ()):
                chains[self._chains[place]].append(place)
        while at is not None and at != CUT:
            chain = self._chains[at]
            places = chains.get(chain, ())
            found = bisect_left(places, at)
            if found < len(places):
                return places[found]
            at = self._follow[chain]
        return at

    def blob(self, name: str, at: int) -> bytes | None:
        """Return what a file holds in a commit, as `Version.blob`."""
        touched = self._touched(name, at)
        if touched == CUT:
            return b""
        return None if touched is None else self.commits[touched].changes[name][1]

    def version(self, name: str, at: int | None) -> Version:
        """Return the version of a file that a commit has; `at` is its place, CUT, or None for before all history."""
        touched = self._touched(name, at)
        if (name, touched) not in self._versions:
            self._versions[name, touched] = self._trace(name, touched)
        return self._versions[name, touched]

    def _trace(self, name: str, at: int | None) -> Version:
        brought: list[tuple[int, str]] = []
        blob: bytes | None = None
        while True:
            touched = self._touched(name, at)
            if touched is None or touched == CUT:
                return Version(blob if brought else None if touched is None else b"", CUT, False, tuple(brought))
            blob = self.commits[touched].changes[name][1]
            if blob is None:
                return Version(None, touched, touched not in self._boundary)
            brought.append((touched, name))
            if touched in self._boundary:
                return Version(blob, touched, False, tuple(brought))
            others = [(parent, self.blob(name, parent)) for parent in self.commits[touched].parents[1:]]
            same = [parent for parent, held in others if held == blob]
            former = self._former(touched).get(name)
            if same:
                at = same[0]
            elif any(held == b"" for _, held in others):
                return Version(blob, touched, False, tuple(brought))
            elif former is not None:
                name, at = former, self._parent(touched)
            else:
                return Version(blob, touched, True, tuple(brought))

    def before(self, version: Version) -> Version:
        """Return the version that a version took the place of, down the first parents of its origin."""
        if version.origin == CUT or not version.certain:
            return Version(b"", CUT, False)
        return self.version(version.brought[-1][1], self._parent(version.origin))

    def _former(self, at: int) -> dict[str, str]:
        """Return the names that files had which a commit renamed and left as they were, where that is unmistakable."""
        if at not in self._moved:
            there: dict[bytes, list[str]] = defaultdict(list)
            gone: dict[bytes, list[str]] = defaultdict(list)
            for name, (old, new) in self.commits[at].changes.items():
                if old is None and new is not None:
                    there[new].append(name)
                elif old is not None and new is None:
                    gone[old].append(name)
            moved = ((names, gone[blob]) for blob, names in there.items() if blob in gone)
            self._moved[at] = {new[0]: old[0] for new, old in moved if len(new) == len(old) == 1}
        return self._moved[at]

    def writings(self, name: str) -> list[tuple[int, bytes, bool]]:
        """Return every commit that wrote a file, newest first, the blob, and whether it is certain that it wrote it.

        On any line that led to the newest commit, but not those that only brought what another had written: merges, and
        renamings, whose former name is followed.
        """
        found: dict[int, tuple[bytes, bool]] = {}
        todo, done = [(name, 0)], set()
        while todo:
            name, since = todo.pop()
            done.add(name)
            for at in self._touching.get(name, ()):
                blob = self.commits[at].changes[name][1]
                if at < since or blob is None:
                    continue
                others = [self.blob(name, parent) for parent in self.commits[at].parents[1:]]
                former = self._former(at).get(name)
                if blob in others:
                    continue
                if former is None:
                    found[at] = blob, at not in self._boundary and b"" not in others
                elif former not in done:
                    todo.append((former, at))
        return [(at, *found[at]) for at in sorted(found)]


def read_log(folder: Path, head: str, boundary: frozenset[str], most: int = _MOST_COMMITS) -> Log:
    """Read the history of the files below a folder, from the commit `head` down, at most `most` commits.

    `boundary` holds the ids of commits whose parents a shallow clone lacks. Raises NoGitError and RefusedError.
    """
    tokens = run_git(folder, "log", *_OPTIONS, f"--max-count={most}", head, most=_MOST_BYTES).split(b"\0")
    try:
        return Log(list(_commits(tokens)), boundary)
    except (IndexError, ValueError):
        raise RefusedError("its log has a shape that is not known") from None


def _commits(tokens: list[bytes]) -> Iterator[Commit]:
    width, end = len(_FIELDS), len(tokens) - 1
    raw: list[tuple[list[bytes], dict[str, tuple[bytes | None, bytes | None]]]] = []
    at = 0
    while at < end:
        fields = tokens[at : at + width]
        at += width
        changes: dict[str, tuple[bytes | None, bytes | None]] = {}
        while at < end and tokens[at].startswith((b":", b"\n:")):
            old_mode, new_mode, old_id, new_id, _ = tokens[at].lstrip(b"\n:").split(b" ")
            old, new = old_id if old_mode[:2] == b"10" else None, new_id if new_mode[:2] == b"10" else None
            if old != new:
                changes[os.fsdecode(tokens[at + 1])] = old, new
            at += 2
        raw.append((fields, changes))
    index = {fields[0]: place for place, (fields, _) in enumerate(raw)}
    for (name, parents, author, email, day, trailers), changes in raw:
        places = tuple(index.get(parent, CUT) for parent in parents.split())
        yield Commit(name.decode(), places, author, email, day, trailers, changes)
