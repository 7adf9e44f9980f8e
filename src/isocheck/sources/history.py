"""What git can tell about files: who changed them last, who approved what they hold now, what they held before.

Where the past is needed and missing (a shallow clone, a refusal of git) the answer is Unknown, never a guess. Days are
those of committers and taggers, in their own time zones: the day on which a content was put into its place, however
old its draft, while the author, who wrote it, is named by the author's name.
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path

from isocheck.errors import InputError
from isocheck.sources.commits import CUT, Commit, Log, Version, read_log
from isocheck.sources.files import read_bytes
from isocheck.sources.git import NoGitError, RefusedError, run_git
from isocheck.sources.worktree import Tree, read_tree

__all__ = ["Approval", "Approvals", "Approver", "Change", "History", "NotCommitted", "Unknown", "read_history"]

_MOST_VERSIONS = 200
_LARGEST_VERSION = 16 << 20
_TAG = ("%(*objectname)", "%(taggername)", "%(taggerdate:short)", "%(refname)")
_NO_REPOSITORY = "not a git repository (or any"
_ADDRESS = re.compile(r"\s*<[^<>]*>\s*$")
_BEGINNING = date(1970, 1, 1)
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Unknown:
    """What cannot be told, and why.

    `present` tells that this is about what is there now, and not only about what was there before.
    """

    why: str
    present: bool = True


@dataclass(frozen=True, slots=True)
class Change:
    """A commit that wrote a file: its full id, its author's name and address, its committer's day."""

    commit: str
    author: str
    email: str
    day: date


@dataclass(frozen=True, slots=True)
class NotCommitted:
    """A file that differs from what was committed last, and that last change."""

    after: Change | Unknown


@dataclass(frozen=True, slots=True)
class Approvals:
    """What counts as an approval: trailers of commit messages, whatever their case, and annotated tags.

    `tags` is a pattern of names such as 'approved/*'. A lightweight tag approves nothing, since it names nobody.
    """

    trailers: tuple[str, ...] = ()
    tags: str | None = None


@dataclass(frozen=True, slots=True)
class Approver:
    """Who approved, as written in a trailer or by the tagger's name; `evidence` is 'commit 1a2b…' or 'tag name'."""

    name: str
    day: date
    evidence: str


@dataclass(frozen=True, slots=True)
class Approval:
    """The approval of a content: by whom, the change that was approved, and what changed the file afterwards."""

    by: tuple[Approver, ...]
    change: Change | Unknown
    since: Change | NotCommitted | None = None

    @property
    def day(self) -> date:
        """The day on which the last of the approvers approved."""
        return max(approver.day for approver in self.by)

    @property
    def outdated(self) -> bool:
        """Whether the file was changed since."""
        return self.since is not None


@dataclass(frozen=True, slots=True)
class _Tag:
    name: str
    at: int
    tagger: str
    day: date


class History:
    """What the repository around a folder knows of the files below it; paths are relative to the folder, POSIX.

    `shallow` tells that older commits are missing. Where git refuses to answer, `why_unknown` holds its words and
    every answer is Unknown.
    """

    def __init__(
        self,
        root: Path,
        approvals: Approvals,
        *,
        tree: Tree | None = None,
        log: Log | None = None,
        tags: tuple[_Tag, ...] = (),
        shallow: bool = False,
        why_unknown: str | None = None,
    ) -> None:
        """Take what `read_history` found; without a log every answer is Unknown."""
        self.shallow = shallow
        self.why_unknown = why_unknown
        self._root = root.resolve()
        self._trailers = frozenset(name.strip().casefold() for name in approvals.trailers)
        self._tree = tree or Tree(root, {}, frozenset())
        self._log = log or Log([], frozenset())
        self._tags = tags
        self._standing: dict[str, dict[tuple[int, bytes | None], list[_Tag]]] = {}

    def asking(self, approvals: Approvals) -> History:
        """Return the same history, read once, for which other things count as an approval.

        Tags count only as far as they were read: a history to be asked in several ways is read with all of them.
        """
        pattern = approvals.tags
        tags = tuple(tag for tag in self._tags if pattern is not None and fnmatchcase(tag.name, pattern))
        return History(
            self._root,
            approvals,
            tree=self._tree,
            log=self._log,
            tags=tags,
            shallow=self.shallow,
            why_unknown=self.why_unknown,
        )

    def changed(self, path: str) -> Change | NotCommitted | Unknown | None:
        """Return the last change of what a file holds, which a renaming is not; None where no commit has the file."""
        name = self._name(path)
        if name is None or isinstance(name, Unknown):
            return name
        last = self._change(self._log.version(name, 0), name)
        same = self._tree.same(name)
        if isinstance(same, str):
            return Unknown(same)
        return last if same else NotCommitted(last)

    def approval(self, path: str) -> Approval | Unknown | None:
        """Return who approved what a file holds, or held last before it was changed; None where nobody did.

        Unknown that is not of the present: nobody approved what the file holds now; who approved what it held before
        cannot be told.

        Evidence is a trailer of the commit that wrote it or of a merge that brought it, and an annotated tag on a
        commit of this line of history that has the file as that commit wrote it.
        """
        name = self._name(path)
        if name is None or isinstance(name, Unknown):
            return name
        same = self._tree.same(name)
        if isinstance(same, str):
            return Unknown(same)
        version = self._log.version(name, 0)
        change = self._change(version, name)
        since: Change | NotCommitted | None = None if same else NotCommitted(change)
        for _ in range(_MOST_VERSIONS):
            if by := self._approvers(version):
                return Approval(by, change, since)
            if isinstance(change, Unknown):
                return Unknown(change.why, since is None)
            since = change
            version = self._log.before(version)
            if version.blob is None:
                return None
            change = self._change(version)
        return Unknown(f"none of its last {_MOST_VERSIONS} versions was approved, and no more were looked at", False)

    def versions(self, path: str) -> Iterator[tuple[Change | Unknown, bytes | Unknown]]:
        """Yield what a file held, newest first, on every line that led to the present; also of a path that is gone.

        At most 200 versions; one that is missing here or larger than 16 MiB is Unknown. In a shallow clone there may
        have been more.
        """
        name = self._inside(path)
        if not isinstance(name, str):
            return
        writings = self._log.writings(name)[:_MOST_VERSIONS]
        changes = {at: self._written(at) if certain else self._missing() for at, _, certain in writings}
        contents = self._contents([blob for _, blob, _ in writings])
        for (at, _, _), content in zip(writings, contents, strict=True):
            yield changes[at], content

    def removed(self) -> tuple[str, ...]:
        """Return the paths that some commit had and the newest has not, sorted."""
        return tuple(sorted(name for name in self._log.names if name not in self._tree.blobs))

    def _inside(self, path: str) -> str | Unknown:
        """Return a path as git has it, links followed."""
        if self.why_unknown is not None:
            return Unknown(self.why_unknown)
        try:
            return (self._root / path).resolve().relative_to(self._root).as_posix()
        except (OSError, RuntimeError, ValueError):
            return Unknown("it lies outside the folder that was looked at")

    def _name(self, path: str) -> str | Unknown | None:
        name = self._inside(path)
        if isinstance(name, Unknown) or name in self._tree.blobs:
            return name
        for parent in Path(name).parents[:-1]:
            if parent.as_posix() in self._tree.others or os.path.lexists(self._root / parent / ".git"):
                return Unknown("it is kept in another repository")
        return None

    def _missing(self) -> Unknown:
        return Unknown("the clone is shallow: older commits are missing" if self.shallow else "its history is too long")

    def _change(self, version: Version, name: str | None = None) -> Change | Unknown:
        """Return the change that wrote a version; of `name`, it must be the one that the tree has."""
        if not version.certain or version.origin == CUT:
            return self._missing()
        if name is not None and version.blob != self._tree.blobs[name]:
            return Unknown("git's log does not tell how it came to be what it is")
        return self._written(version.origin)

    def _written(self, at: int) -> Change | Unknown:
        commit = self._log.commits[at]
        day = _day(commit.day)
        if day is None:
            return Unknown(f"the commit {commit.id} has a date that cannot be read")
        return Change(commit.id, _text(commit.author), _text(commit.email), day)

    def _approvers(self, version: Version) -> tuple[Approver, ...]:
        found: list[Approver] = []
        for at, _ in version.brought:
            if at != version.origin or version.certain:
                found += self._signed(self._log.commits[at])
        for name in {name for _, name in version.brought}:
            for tag in self._tagged(name).get((version.origin, version.blob), ()):
                found.append(Approver(tag.tagger, tag.day, f"tag {tag.name}"))
        return tuple(found)

    def _tagged(self, name: str) -> dict[tuple[int, bytes | None], list[_Tag]]:
        """Return the tags whose commits have a file, by the commit that wrote what it holds there, and that."""
        if name not in self._standing:
            self._standing[name] = defaultdict(list)
            for tag in self._tags:
                version = self._log.version(name, tag.at)
                if version.blob and version.origin != CUT:
                    self._standing[name][version.origin, version.blob].append(tag)
        return self._standing[name]

    def _signed(self, commit: Commit) -> Iterator[Approver]:
        """Yield whom the trailers of a commit name."""
        day = _day(commit.day)
        for line in commit.trailers.splitlines():
            key, _, value = _text(line).partition(":")
            if day is not None and key.strip().casefold() in self._trailers and value.strip():
                yield Approver(_ADDRESS.sub("", value).strip() or value.strip(" <>"), day, f"commit {commit.id}")

    def _contents(self, blobs: list[bytes]) -> Iterator[bytes | Unknown]:
        """Yield what blobs hold, asking git for some 16 MiB at a time."""
        if not blobs:
            return
        try:
            sizes = [_size(line) for line in self._batch("--batch-check", blobs).splitlines()]
        except RefusedError as refused:
            yield from [Unknown(str(refused))] * len(blobs)
            return
        begun = 0
        while begun < len(blobs):
            end, total = begun, 0
            while end < len(blobs) and (end == begun or total + (sizes[end] or 0) <= _LARGEST_VERSION):
                total += sizes[end] or 0
                end += 1
            yield from self._group(blobs[begun:end], sizes[begun:end])
            begun = end

    def _group(self, blobs: list[bytes], sizes: list[int | None]) -> Iterator[bytes | Unknown]:
        fit = [blob for blob, size in zip(blobs, sizes, strict=True) if size is not None and size <= _LARGEST_VERSION]
        try:
            out, at = self._batch("--batch", fit) if fit else b"", 0
        except RefusedError as refused:
            yield from [Unknown(str(refused))] * len(blobs)
            return
        for size in sizes:
            if size is None:
                yield Unknown("this clone does not have it")
            elif size > _LARGEST_VERSION:
                yield Unknown(f"it is larger than {_LARGEST_VERSION >> 20} MiB")
            else:
                at = out.index(b"\n", at) + 1
                yield out[at : at + size]
                at += size + 1

    def _batch(self, how: str, blobs: list[bytes]) -> bytes:
        return run_git(self._tree.folder, "cat-file", how, given=b"".join(blob + b"\n" for blob in blobs))


def read_history(root: Path, approvals: Approvals) -> History | None:
    """Read what git knows of the files below a folder, or beside a file; None without git or a repository.

    Nothing is written, nothing fetched, and no program runs that the repository's configuration names.
    """
    folder = root if root.is_dir() else root.parent
    try:
        shallow = run_git(folder, "rev-parse", "--is-shallow-repository").strip() == b"true"
        if run_git(folder, "rev-parse", "--is-inside-work-tree").strip() != b"true":
            raise RefusedError("this is no work tree")
        head = _head(folder)
        if head is None:
            return History(folder, approvals)
        tree = read_tree(folder, head)
        log = read_log(folder, head, _boundary(folder) if shallow else frozenset())
        tags = tuple(_tags(folder, approvals.tags, log)) if approvals.tags is not None else ()
    except NoGitError:
        return None
    except RefusedError as refused:
        if _NO_REPOSITORY in str(refused):
            return None
        return History(folder, approvals, why_unknown=f"git does not tell: {refused}")
    return History(folder, approvals, tree=tree, log=log, tags=tags, shallow=shallow)


def _head(folder: Path) -> str | None:
    """Return the commit that is checked out, None where nothing was committed yet."""
    try:
        return run_git(folder, "rev-parse", "--verify", "HEAD^{commit}").decode().strip()
    except RefusedError:
        branch = run_git(folder, "symbolic-ref", "-q", "HEAD").decode().strip()
        if run_git(folder, "for-each-ref", "--format=x", branch):
            raise
        return None


def _boundary(folder: Path) -> frozenset[str]:
    """Return the commits whose parents a shallow clone lacks."""
    name = run_git(folder, "rev-parse", "--git-path", "shallow")
    path = folder / os.fsdecode(name.removesuffix(b"\n"))
    try:
        return frozenset(read_bytes(path, "shallow", _LARGEST_VERSION).decode().split())
    except (InputError, ValueError):
        raise RefusedError("the clone is shallow, and where it begins cannot be read") from None


def _tags(folder: Path, pattern: str, log: Log) -> Iterator[_Tag]:
    """Yield the annotated tags of a pattern that name somebody and stand on a commit of the log."""
    for line in run_git(folder, "for-each-ref", "--format=" + "%00".join(_TAG), "refs/tags/").splitlines():
        target, tagger, day, ref = line.split(b"\0")  # a lightweight tag has no target
        at = log.index.get(target.decode())
        name = ref.decode("utf-8", "backslashreplace").removeprefix("refs/tags/")
        made = _day(day)
        if at is not None and made is not None and tagger.strip() and fnmatchcase(name, pattern):
            yield _Tag(name, at, _text(tagger), made)


def _size(line: bytes) -> int | None:
    """Return the size that `cat-file --batch-check` tells of a blob, None where it is missing."""
    parts = line.split()
    return int(parts[2]) if len(parts) == 3 and parts[1] == b"blob" else None


def _day(text: bytes) -> date | None:
    """Read a day as git writes it; what git cannot read it shows as the beginning of its calendar."""
    try:
        day = date.fromisoformat(text.decode())
    except ValueError:
        return None
    return day if day > _BEGINNING else None


def _text(raw: bytes) -> str:
    """Return a name as it may be shown: control characters would reach terminals and files of other formats."""
    return _UNPRINTABLE.sub(" ", raw.decode("utf-8", "backslashreplace")).strip()
