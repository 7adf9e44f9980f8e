"""Asking git: always reading, never running what a repository's own configuration names, never over a network.

A repository is input, and input is untrusted. What its configuration may name is switched off here (monitors, hooks,
pagers, signature programs), or not asked for (filters, external and textual differences: never `git status`). The
objects that a partial clone lacks are not fetched: newer versions of git obey GIT_NO_LAZY_FETCH, older ones a list of
allowed transports on which none stands. Replaced and grafted objects count as they were committed.
"""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
from pathlib import Path
from threading import Thread, Timer
from typing import IO

__all__ = ["NoGitError", "RefusedError", "ask_git", "run_git"]

_HARMLESS = (
    *("-c", "core.fsmonitor=", "-c", "core.hooksPath=" + os.devnull, "-c", "core.pager=cat"),
    *("-c", "log.showSignature=false", "-c", "log.mailmap=false", "-c", "log.showRoot=true"),
    *("-c", "core.quotePath=false", "-c", "color.ui=false", "-c", "trailer.separators=:"),
    *("-c", "core.commentChar=#", "-c", "core.commentString=#"),  # or trailers could be taken for comments
    *("-c", "safe.bareRepository=explicit"),  # a bare repository lying among the documents is not this repository
)
_SETTINGS = {
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_GRAFT_FILE": os.devnull,
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
_OWN = re.compile("GIT_(?!CONFIG|CEILING_DIRECTORIES$|DISCOVERY_ACROSS_FILESYSTEM$|EXEC_PATH$)")
"""Variables that speak of another repository, as in a hook; those by which users configure git are theirs to set."""
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_PATIENCE = 120.0
_MOST = 1 << 30
_LONGEST = 300


class NoGitError(Exception):
    """There is no git on this machine."""


class RefusedError(Exception):
    """Git did not answer: its own words, on one line."""


def ask_git(folder: Path, *arguments: str, given: bytes = b"") -> bytes | None:
    """Run a git command in a folder, with `given` as its standard input; return what it prints.

    None where there is no git, `folder` is no repository, or git refuses.
    """
    try:
        return run_git(folder, *arguments, given=given)
    except (NoGitError, RefusedError):
        return None


def run_git(folder: Path, *arguments: str, given: bytes = b"", most: int = _MOST) -> bytes:
    """Run a git command in a folder, with `given` as its standard input; return what it prints.

    Raises NoGitError, and RefusedError where git fails, prints more than `most` bytes or takes longer than two minutes.
    """
    program = _program()
    if program is None:
        raise NoGitError
    settings = {name: value for name, value in os.environ.items() if not _OWN.match(name)} | _SETTINGS
    command = [program, "--no-pager", *_HARMLESS, *arguments]
    pipe = subprocess.PIPE
    try:
        process = subprocess.Popen(command, cwd=folder, env=settings, stdin=pipe, stdout=pipe, stderr=pipe)  # noqa: S603 - no shell, and no argument comes from input unchecked
    except (OSError, ValueError) as error:  # ValueError: an argument with a NUL in it
        raise RefusedError(str(error)) from None
    late = Timer(_PATIENCE, process.kill)
    late.start()
    said: list[bytes] = []
    with process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        helpers = [
            Thread(target=_give, args=(process.stdin, given)),
            Thread(target=_listen, args=(process.stderr, said)),
        ]
        try:
            for helper in helpers:
                helper.start()
            out = process.stdout.read(most + 1)
            if len(out) > most:
                process.kill()
                raise RefusedError(f"git printed more than {most} bytes")
        except BaseException:
            process.kill()
            raise
        finally:
            for helper in helpers:
                helper.join()
            code = process.wait()
            late.cancel()
    if code != 0:
        raise RefusedError(_words(said, code))
    return out


def _program() -> str | None:
    """Return where git is: never in the folder that is looked at, which relative entries of PATH would allow."""
    for folder in filter(os.path.isabs, os.get_exec_path()):
        program = Path(folder) / ("git.exe" if os.name == "nt" else "git")
        if program.is_file() and os.access(program, os.X_OK):
            return str(program)
    return None


def _give(stream: IO[bytes], given: bytes) -> None:
    with contextlib.suppress(OSError), stream:
        stream.write(given)


def _listen(stream: IO[bytes], said: list[bytes]) -> None:
    said.append(stream.read(1 << 16))
    while stream.read(1 << 16):
        pass


def _words(said: list[bytes], code: int) -> str:
    lines = b"".join(said).decode("utf-8", "backslashreplace").splitlines()
    fatal = [line.removeprefix("fatal: ") for line in lines if line.startswith("fatal: ")]
    words = (fatal or [line for line in lines if line.strip()] or [f"git ended with {code}"])[0]
    return _UNPRINTABLE.sub(" ", words)[:_LONGEST]
