"""What people wait for or must read beside the result: lines on standard error."""

from __future__ import annotations

import sys
from contextlib import suppress

__all__ = ["say"]


def say(text: str) -> None:
    """Write a line to standard error, unprintable characters escaped; one that is closed or full is no error."""
    safe = "".join(char if char.isprintable() else _escaped(char) for char in text)
    encoding = sys.stderr.encoding or "utf-8"
    with suppress(OSError, ValueError):
        print(safe.encode(encoding, "backslashreplace").decode(encoding), file=sys.stderr)


def _escaped(char: str) -> str:
    code = ord(char)
    if 0xDC80 <= code <= 0xDCFF:  # a byte of a file's name that is no UTF-8
        return f"\\x{code - 0xDC00:02x}"
    return char.encode("unicode_escape").decode()
