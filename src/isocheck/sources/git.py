"""Asking git: always reading, never running what a repository's own configuration names."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

__all__ = ["ask_git"]

# A repository is input, and input is untrusted: its configuration may name programs to run.
_HARMLESS = (
    *("-c", "core.fsmonitor=false", "-c", "core.hooksPath=" + os.devnull, "-c", "log.showSignature=false"),
    *("-c", "core.quotePath=false", "-c", "core.pager=cat"),
)


def ask_git(folder: Path, *arguments: str, given: bytes = b"") -> bytes | None:
    """Run a git command in a folder, with `given` as its standard input; return what it prints.

    None where there is no git, `folder` is no repository, or git refuses.
    """
    settings = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    settings |= {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "LC_ALL": "C"}
    command = ["git", "--no-pager", *_HARMLESS, *arguments]
    try:
        done = subprocess.run(command, cwd=folder, env=settings, input=given, capture_output=True, check=False)  # noqa: S603 - no shell, and no argument comes from input unchecked
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None
