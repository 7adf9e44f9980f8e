"""Writing files that are there whole or not at all: written beside, then renamed."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from isocheck.errors import OutputError

__all__ = ["together", "write_atomically"]


def write_atomically(files: Sequence[tuple[Path, bytes]]) -> None:
    """Write files so that a reader sees the old ones or the new ones; a link's target is written, its mode kept.

    What is no regular file, such as /dev/stdout, is written to directly. Raises OutputError where one cannot be.
    """
    with together(files):
        pass


@contextlib.contextmanager
def together(files: Sequence[tuple[Path, bytes]]) -> Iterator[None]:
    """Write several files, of which all or none take their places: once the block has ended well.

    Each is written as `write_atomically` does. Raises OutputError where one cannot be.
    """
    staged: list[tuple[Path, Path, Path]] = []
    direct: list[tuple[Path, bytes]] = []
    try:
        for path, data in files:
            with _named(path):
                target = _target(path)
                if target is None:
                    direct.append((path, data))
                else:
                    staged.append((path, _beside(target, data), target))
        for path, data in direct:
            with _named(path):
                path.write_bytes(data)
        yield
        for path, beside, target in staged:
            with _named(path):
                beside.replace(target)
    finally:
        for _, beside, _ in staged:
            with contextlib.suppress(OSError):
                beside.unlink()


@contextlib.contextmanager
def _named(path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, RuntimeError, ValueError) as error:
        raise OutputError(f"{path}: cannot be written: {getattr(error, 'strerror', None) or error}") from None


def _target(path: Path) -> Path | None:
    """Return the file that `path` leads to, or None for what is no regular file."""
    target = path.resolve()
    if target.is_dir():
        raise OutputError(f"{path}: cannot be written: it is a folder")
    if not target.parent.is_dir():
        raise OutputError(f"{path}: cannot be written: the folder {path.parent} does not exist")
    if not target.exists():
        return target
    if not stat.S_ISREG(target.stat().st_mode):
        return None
    if not os.access(target, os.W_OK):  # a file that was protected on purpose is not replaced behind its owner's back
        raise OutputError(f"{path}: cannot be written: it is read-only")
    return target


def _beside(target: Path, data: bytes) -> Path:
    """Write what `target` is to hold into a new file beside it."""
    handle, name = tempfile.mkstemp(prefix=".isocheck-", suffix=".tmp", dir=target.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        beside.chmod(stat.S_IMODE(target.stat().st_mode) if target.exists() else _default_mode())
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise
    return beside


def _default_mode() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
