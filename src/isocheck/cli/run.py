"""One place where a run ends: errors become lines on standard error, and every end an exit code."""

from __future__ import annotations

import errno
import os
import sys
import traceback
from collections.abc import Sequence
from typing import TextIO

import typer

from isocheck.cli.app import app
from isocheck.cli.messages import say
from isocheck.errors import InputError, IsocheckError

__all__ = ["run"]

_SHOWN = 1000
_INTERRUPTED = 130  # what the library behind the commands makes of Ctrl-C
_OUTPUT = (errno.EPIPE, errno.EBADF, errno.ENOSPC, errno.EIO, errno.EAGAIN)
_TRACEBACK = "ISOCHECK_TRACEBACK"


def run(arguments: Sequence[str]) -> int:
    """Run a command; return 0 (nothing to object), 1 (findings) or 2 (could not run)."""
    _provide_streams()
    try:
        code = _call(arguments)
        sys.stdout.flush()
    except BaseException as error:  # what libraries in other languages raise is no Exception
        for line in _lines(error):
            say(f"error: {line}")
        code = 2
    _release_streams()
    return code


def _call(arguments: Sequence[str]) -> int:
    try:
        code = app(args=list(arguments), prog_name="isocheck", standalone_mode=False)
    except typer.Exit as end:
        code = end.exit_code
    if code == _INTERRUPTED:
        raise KeyboardInterrupt
    return code if isinstance(code, int) else 0


def _lines(error: BaseException) -> list[str]:
    """Say what ended a run: a line for each problem."""
    if isinstance(error, InputError):
        rest = len(error.problems) - _SHOWN
        lines = [str(problem) for problem in error.problems[:_SHOWN]]
        return [*lines, f"and {rest} more problem{'s' if rest > 1 else ''}"] if rest > 0 else lines
    if isinstance(error, IsocheckError):
        return [str(error)]
    if isinstance(error, typer.TyperException):
        context = getattr(error, "ctx", None)
        message = error.format_message() if hasattr(error, "format_message") else str(error)
        help_ = f" (see: {context.command_path} --help)" if context else ""
        return [" ".join(message.split()).removesuffix(".") + help_]
    if isinstance(error, typer.Abort | KeyboardInterrupt):
        return ["interrupted"]
    if isinstance(error, MemoryError):
        return ["not enough memory for this input"]
    # The library behind the commands turns a broken pipe into an exit of its own.
    if isinstance(error, SystemExit) or (isinstance(error, OSError) and error.errno in _OUTPUT):
        reason = getattr(error, "strerror", None) or os.strerror(errno.EPIPE)
        return [f"standard output cannot be written to the end: {reason}"]
    return [_crash(error)]


def _crash(error: BaseException) -> str:
    if os.environ.get(_TRACEBACK):
        traceback.print_exception(error)
    where = traceback.extract_tb(error.__traceback__)[-1]
    return (
        f"isocheck itself failed ({type(error).__name__}: {error}, in {where.name}, line {where.lineno}). "
        f"That is a fault of the program: please report it, with what {_TRACEBACK}=1 prints."
    )


def _provide_streams() -> None:
    """Replace standard streams that were closed before the start: output then fails, messages go nowhere."""
    if sys.stdout is None:
        reading, writing = os.pipe()
        os.close(reading)
        sys.stdout = os.fdopen(writing, "w", encoding="utf-8")
    if sys.stderr is None:
        sys.stderr = _nowhere()


def _release_streams() -> None:
    """Lead a standard stream that takes nothing more into nothing: the interpreter flushes it again when it ends."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            with _nowhere() as sink:
                os.dup2(sink.fileno(), stream.fileno())


def _nowhere() -> TextIO:
    return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123 - the name is no path of ours
