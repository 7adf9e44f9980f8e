"""Earlier states of a folder, read from git: the objects themselves, never the work tree, the index or a filter.

`git archive` would run the filters that a repository's configuration names, and leave out what its attributes say;
what an assessment of an old state needs is what was committed. Beside what is laid out stands a folder `.git` that
borrows the objects of the repository and has that commit checked out, so that git tells of approvals what it told then.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from isocheck.errors import InputError, Problem, UsageError, quoted
from isocheck.location import Location
from isocheck.sources.git import ask_git

__all__ = ["Revision", "Tree", "between", "checkout", "find_revision"]

_BATCH = 64 * 1024 * 1024
"""How many bytes are asked of git in one go."""
_DEEP = (
    "; this is a shallow clone, fetch the history first (git fetch --unshallow, or fetch-depth: 0 where CI checks out)"
)


@dataclass(frozen=True, slots=True)
class Revision:
    """A commit, with a path below the root of its repository (empty: the root), as `label` names both."""

    label: str
    commit: str
    committed: date
    path: str


@dataclass(frozen=True, slots=True)
class Tree:
    """What a revision holds below its path, laid out in a temporary folder."""

    revision: Revision
    root: Path

    def told(self, text: str) -> str:
        """Write places below the temporary folder as 'REVISION:path'."""
        inside = f"{self.revision.label}{'/' if self.revision.path else ''}"
        return text.replace(f"{self.root.as_posix()}/", inside).replace(self.root.as_posix(), self.revision.label)


@dataclass(frozen=True, slots=True)
class _Object:
    mode: str
    hash: str
    size: int
    path: str


def find_revision(text: str, folder: Path) -> Revision:
    """Find what 'REVISION:PATH' names in the repository around `folder`; a path that begins with './' begins there.

    Raises UsageError where there is no repository or no such revision; a path is looked up when it is laid out.
    """
    name, _, path = text.partition(":")
    if not name:
        raise UsageError(f"{quoted(text)} names no revision before the colon; write it as HEAD:qms or v1.0:")
    path = _from_top(path, folder)
    return Revision(f"{name}:{path}", *_dated(_commit(name, folder), folder), path)


def between(text: str, folder: Path, points: int) -> list[Revision]:
    """Return the commits of 'FIRST..LAST:PATH' that touch the path, oldest first, with FIRST itself before them.

    Only first parents are followed. Of more than `points`, that many are chosen, evenly spread, both ends among them.
    Without ':PATH' the folder itself is meant, with ':' the root of its repository.
    Raises UsageError as `find_revision` does, and where the range holds no commit or the path is in none of the chosen.
    """
    names, colon, path = text.partition(":")
    first, _, last = names.partition("..")
    if not first or last.startswith("."):
        raise UsageError(f"{quoted(text)} is no range of revisions; write it as v1..HEAD")
    path = _from_top(path if colon else "./", folder)
    begin, end = _commit(first, folder), _commit(last or "HEAD", folder)
    if not _log(folder, "--max-count=1", f"{begin}..{end}"):
        back = _log(folder, "--max-count=1", f"{end}..{begin}")
        why = f"; the other way round, {last or 'HEAD'}..{first}, it has some" if back else ""
        raise UsageError(f"the range {quoted(names)} has no commit after its beginning{why}{_advice(folder)}")
    below = ["--", f":(top,literal){path}"] if path else []
    listed = _log(folder, "--first-parent", "--reverse", f"{begin}..{end}", *below)
    if listed is None:
        raise UsageError(f"git cannot list the commits of {quoted(names)}{_advice(folder)}")
    chosen = _spread([_dated(begin, folder), *listed], points)
    if all(ask_git(folder, "cat-file", "-e", f"{commit}:{path}") is None for commit, _ in reversed(chosen)):
        raise UsageError(f"{quoted(text)}: there is no file or folder {quoted(path)} in any of its states")
    return [Revision(f"{commit[:9]}:{path}", commit, when, path) for commit, when in chosen]


def _log(folder: Path, *asked: str) -> list[tuple[str, date]] | None:
    """Return commits with the days on which they were committed; None where git cannot tell."""
    listed = ask_git(folder, "log", "--format=%H %cs", *asked)
    if listed is None:
        return None
    pairs = (line.split() for line in listed.decode("ascii").splitlines())
    return [(commit, date.fromisoformat(when)) for commit, when in pairs]


def _dated(commit: str, folder: Path) -> tuple[str, date]:
    listed = _log(folder, "--max-count=1", commit)
    if not listed:
        raise UsageError(f"git cannot read the commit {commit}{_advice(folder)}")
    return listed[0]


def _spread(commits: list[tuple[str, date]], points: int) -> list[tuple[str, date]]:
    """Choose some evenly, the first and the last among them."""
    last = len(commits) - 1
    if last < points:
        return commits
    return [commits[at * last // (points - 1)] for at in range(points)]


def _commit(name: str, folder: Path) -> str:
    if ask_git(folder, "rev-parse", "--git-dir") is None:
        raise UsageError(f"{quoted(name)} cannot be looked up: there is no git repository at {folder}, or no git")
    found = ask_git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    if not found:
        raise UsageError(f"{quoted(name)} is no revision of the repository at {folder}{_advice(folder)}")
    return found.decode("ascii").strip()


def _advice(folder: Path) -> str:
    """Say what to do about a commit that is missing, where the clone is a shallow one."""
    shallow = (ask_git(folder, "rev-parse", "--is-shallow-repository") or b"").strip() == b"true"
    return _DEEP if shallow else ""


def _from_top(path: str, folder: Path) -> str:
    """Return a path as seen from the root of the repository; one that begins with './' or '../' starts in `folder`."""
    parts: list[str] = []
    begin = ""
    if path == "." or path.startswith(("./", "../")):
        begin = (ask_git(folder, "rev-parse", "--show-prefix") or b"").decode("utf-8", "surrogateescape").strip("\n")
    for part in f"{begin}/{path}".split("/"):
        if part == ".." and parts:
            parts.pop()
        elif part == "..":
            raise UsageError(f"{quoted(path)} leads out of the repository")
        elif part not in {"", "."}:
            parts.append(part)
    return "/".join(parts)


# Laying out a state ---------------------------------------------------------------------------------------------


@contextmanager
def checkout(folder: Path, limit: int) -> Iterator[Callable[[Revision], Tree]]:
    """Give a function that lays out revisions in a temporary folder, which goes when the block ends.

    A file that several of them hold is read once. One of more than `limit` bytes is there with its size and without
    what it holds. The function raises InputError for a path that a revision does not have, and for what cannot be laid
    out.
    """
    with tempfile.TemporaryDirectory(prefix="isocheck-") as made:
        home = Path(made).resolve()
        (home / "held").mkdir()
        borrowed = _borrowed(folder)

        def lay_out(revision: Revision) -> Tree:
            top = Path(tempfile.mkdtemp(dir=home))
            _borrow(top / ".git", revision.commit, borrowed)
            return _laid_out(revision, folder, home, top, limit)

        yield lay_out


def _borrowed(folder: Path) -> dict[str, bytes]:
    """Return the files by which a folder `.git` stands for the repository: all but what is checked out."""
    tags = ask_git(folder, "for-each-ref", "--format=%(objectname) %(refname)", "refs/tags/") or b""
    objects, shallow = (ask_git(folder, "rev-parse", "--git-path", name) or b"" for name in ("objects", "shallow"))
    place, cut = ((folder / os.fsdecode(name.removesuffix(b"\n"))).resolve() for name in (objects, shallow))
    files = {"objects/info/alternates": os.fsencode(place.as_posix()) + b"\n", "packed-refs": tags}
    return files | ({"shallow": cut.read_bytes()} if cut.is_file() else {})


def _borrow(git: Path, commit: str, files: dict[str, bytes]) -> None:
    """Write a folder `.git` in which a commit is checked out."""
    sha256 = len(commit) == 64
    config = f"[core]\nrepositoryformatversion = {int(sha256)}\nbare = false\n"
    config += "[extensions]\nobjectFormat = sha256\n" if sha256 else ""
    own = {"HEAD": f"{commit}\n".encode("ascii"), "config": config.encode("ascii")}
    for name, content in (files | own).items():
        path = git / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    (git / "refs").mkdir()


def _laid_out(revision: Revision, folder: Path, home: Path, top: Path, limit: int) -> Tree:
    name = f"{revision.commit}:{revision.path}"
    root = top / revision.path
    into = root
    listed = ask_git(folder, "ls-tree", "-r", "-z", "-l", "--full-tree", name)
    if listed is None:  # no folder
        if (ask_git(folder, "cat-file", "-t", name) or b"").strip() != b"blob":
            there = f"there is no file or folder {quoted(revision.path)} in {revision.label.partition(':')[0]}"
            raise InputError([Problem(there, Location(revision.label))])
        hash_ = ask_git(folder, "rev-parse", "--verify", name) or b""
        size = ask_git(folder, "cat-file", "-s", name) or b""
        listed = b"100644 blob %s %s\t%s" % (hash_.strip(), size.strip(), os.fsencode(root.name))
        into = root.parent
    try:
        _write(list(map(_object, filter(None, listed.split(b"\0")))), folder, home / "held", into, limit)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError([Problem(f"cannot be laid out: {reason}", Location(revision.label))]) from None
    return Tree(revision, root)


def _object(line: bytes) -> _Object:
    head, _, path = line.partition(b"\t")
    mode, _, hash_, size = head.decode("ascii").split()
    return _Object(mode, hash_, int(size) if size.isdigit() else 0, os.fsdecode(path))


def _write(objects: list[_Object], folder: Path, held: Path, root: Path, limit: int) -> None:
    """Write files, then links, so that nothing is ever written through a link; a submodule is an empty folder."""
    root.mkdir(parents=True, exist_ok=True)
    _fetch([each for each in objects if not (held / each.hash).exists()], folder, held, limit)
    for each in sorted(objects, key=lambda each: each.mode == "120000"):
        parts = each.path.split("/")
        if {"", ".", "..", ".git"} & {part.casefold() for part in parts} or Path(*parts).parts != tuple(parts):
            raise ValueError(f"{quoted(each.path)} is no path that can be written")
        target = root.joinpath(*parts)
        if each.mode == "160000":
            target.mkdir(parents=True)
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        if each.mode == "120000":
            target.symlink_to(os.fsdecode((held / each.hash).read_bytes()))
        else:
            _link(held / each.hash, target)


def _link(source: Path, target: Path) -> None:
    try:
        target.hardlink_to(source)
    except FileExistsError:
        raise
    except OSError:  # a file system without links, or too many of them
        shutil.copyfile(source, target)


def _fetch(objects: list[_Object], folder: Path, held: Path, limit: int) -> None:
    """Write what objects hold, each under its hash."""
    wanted = {each.hash: each.size for each in objects if each.mode != "160000"}
    batch: list[str] = []
    room = _BATCH
    for hash_, size in wanted.items():
        if size > limit:
            with (held / hash_).open("wb") as stream:
                stream.truncate(size)
            continue
        if batch and size > room:
            _read(batch, folder, held)
            batch, room = [], _BATCH
        batch.append(hash_)
        room -= size
    if batch:
        _read(batch, folder, held)


def _read(hashes: list[str], folder: Path, held: Path) -> None:
    asked = "".join(f"{hash_}\n" for hash_ in hashes).encode("ascii")
    answer = ask_git(folder, "cat-file", "--batch", given=asked) or b""
    at = 0
    for hash_ in hashes:
        end = answer.find(b"\n", at)
        head = answer[at:end].split()
        if end < 0 or len(head) != 3 or head[0].decode("ascii", "replace") != hash_:
            raise ValueError("git does not have all that the revision holds; a partial clone has to be completed first")
        size = int(head[2])
        (held / hash_).write_bytes(answer[end + 1 : end + 1 + size])
        at = end + 1 + size + 1
