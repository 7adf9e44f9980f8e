"""Whether files are as they were committed, told without git's own comparison.

`git status` and `git diff` send files through the programs that a repository's configuration names as filters. Here a
file is hashed as git would hash it unfiltered; where that does not fit, it may still be the same but for line ends, or
the file of which git keeps a pointer; where a filter stands between the two, nothing can be said.
"""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path

from isocheck.errors import InputError
from isocheck.sources.files import read_bytes
from isocheck.sources.git import RefusedError, run_git

__all__ = ["Tree", "read_tree"]

_MOST_BYTES = 64 << 20
_LARGEST = 256 << 20
_POINTER = re.compile(rb"version https://git-lfs\.github\.com/spec/v1\n(?:.*\n)*?oid sha256:([0-9a-f]{64})\n")
_POINTER_SIZE = 1024
_CONVERTING = ("filter", "ident", "working-tree-encoding")


class Tree:
    """The files below a folder in one commit, and how those in the work tree compare."""

    def __init__(self, folder: Path, blobs: dict[str, bytes], others: frozenset[str]) -> None:
        """Take blob ids by path; `others` are the places of other repositories."""
        self.folder = folder
        self.blobs = blobs
        self.others = others
        self._converted: frozenset[str] | None = None
        self._same: dict[str, bool | str] = {}

    def same(self, name: str) -> bool | str:
        """Tell whether a file of the tree is in the work tree as it was committed, or why that cannot be told."""
        if name not in self._same:
            self._same[name] = self._compare(name)
        return self._same[name]

    def _compare(self, name: str) -> bool | str:
        if not os.path.lexists(self.folder / name):
            return False
        try:
            raw = read_bytes(self.folder / name, name, _LARGEST)
        except InputError as error:
            return error.problems[0].message
        blob = self.blobs[name]
        if blob in (_hash(raw, blob), _hash(raw.replace(b"\r\n", b"\n"), blob)):
            return True
        try:
            pointer = self._pointer(blob)
            if pointer is not None:
                return hashlib.sha256(raw).hexdigest().encode() == pointer
            if self._converted is None:
                self._converted = self._convert()
        except RefusedError as refused:
            return str(refused)
        if name in self._converted:
            return "its content is converted on its way into git, so that it cannot be compared"
        return False

    def _pointer(self, blob: bytes) -> bytes | None:
        """Return the SHA-256 of the content that a blob only points to, as Git LFS does."""
        if int(run_git(self.folder, "cat-file", "-s", blob.decode())) > _POINTER_SIZE:
            return None
        pointer = _POINTER.match(run_git(self.folder, "cat-file", "blob", blob.decode(), most=_POINTER_SIZE))
        return pointer[1] if pointer else None

    def _convert(self) -> frozenset[str]:
        """Return the files that attributes subject to a conversion other than that of line ends."""
        names = b"".join(os.fsencode(name) + b"\0" for name in self.blobs)
        found = run_git(self.folder, "check-attr", "-z", "--stdin", *_CONVERTING, given=names).split(b"\0")
        triples = zip(found[::3], found[2::3], strict=False)
        return frozenset(os.fsdecode(name) for name, value in triples if value not in (b"unspecified", b"unset"))


def _hash(raw: bytes, like: bytes) -> bytes:
    """Return the id that git gives to a content, by the hash that another id was made with."""
    make = hashlib.sha1 if len(like) == 40 else hashlib.sha256
    return make(b"blob %d\0" % len(raw) + raw, usedforsecurity=False).hexdigest().encode()


def read_tree(folder: Path, commit: str) -> Tree:
    """Read which files a commit has below a folder. Raises NoGitError and RefusedError."""
    blobs: dict[str, bytes] = {}
    others: set[str] = set()
    for line in run_git(folder, "ls-tree", "-r", "-z", commit, most=_MOST_BYTES).split(b"\0")[:-1]:
        about, _, name = line.partition(b"\t")
        mode, _, blob = about.split(b" ")
        if mode == b"160000":
            others.add(os.fsdecode(name))
        elif mode != b"120000":
            blobs[os.fsdecode(name)] = blob
    return Tree(folder, blobs, frozenset(others))
