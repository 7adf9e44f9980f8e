"""Writing files that are there whole or not at all: written beside, then renamed."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from pathlib import Path

from isocheck.errors import OutputError

__all__ = ["write_atomically"]


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file so that a reader sees the old one or the new one; a link's target is written, its mode kept.

    What is no regular file, such as /dev/stdout, is written to directly. Raises OutputError where it cannot be.
    """
    try:
        target = path.resolve()
        if target.is_dir():
            raise OutputError(f"{path}: cannot be written: it is a folder")
        if not target.parent.is_dir():
            raise OutputError(f"{path}: cannot be written: the folder {path.parent} does not exist")
        if target.exists() and not stat.S_ISREG(target.stat().st_mode):
            path.write_bytes(data)
            return
        _replace(target, data)
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {error.strerror}") from None


def _replace(target: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        beside.chmod(stat.S_IMODE(target.stat().st_mode) if target.exists() else _default_mode())
        beside.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise


def _default_mode() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
