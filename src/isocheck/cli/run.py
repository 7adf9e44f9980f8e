"""One place where a run ends: errors become lines on standard error, and every end an exit code."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence

import typer

from isocheck.cli.app import app
from isocheck.errors import InputError, IsocheckError

__all__ = ["run"]

_SHOWN = 200
_TRACEBACK = "ISOCHECK_TRACEBACK"


def run(arguments: Sequence[str]) -> int:
    """Run a command; return 0 (nothing to object), 1 (findings) or 2 (could not run)."""
    try:
        code = app(args=list(arguments), prog_name="isocheck", standalone_mode=False)
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except typer.Exit as end:
        return end.exit_code
    except typer.TyperException as error:
        show = getattr(error, "show", None)  # a wrong command line also shows how the command is used
        show() if show else _say(f"error: {error}")
        return 2
    except (typer.Abort, KeyboardInterrupt):
        _say("interrupted")
        return 2
    except InputError as error:
        for problem in error.problems[:_SHOWN]:
            _say(f"error: {problem}")
        rest = len(error.problems) - _SHOWN
        if rest > 0:
            _say(f"error: and {rest} more problems")
        return 2
    except IsocheckError as error:
        _say(f"error: {error}")
        return 2
    except BrokenPipeError:
        _drop_output()
        _say("error: standard output was closed before everything was written")
        return 2
    except MemoryError:
        _say("error: not enough memory for this input")
        return 2
    except Exception as error:
        if os.environ.get(_TRACEBACK):
            traceback.print_exc()
        where = traceback.extract_tb(error.__traceback__)[-1]
        _say(
            f"error: isocheck itself failed ({type(error).__name__}: {error}, in {where.name}, line {where.lineno}). "
            f"That is a fault of the program: please report it, with what {_TRACEBACK}=1 prints."
        )
        return 2


def _say(text: str) -> None:
    safe = "".join(char if char.isprintable() or char == "\t" else f"\\x{ord(char):02x}" for char in text)
    encoding = sys.stderr.encoding or "utf-8"
    print(safe.encode(encoding, "backslashreplace").decode(encoding), file=sys.stderr)


def _drop_output() -> None:
    """Let the interpreter flush what is left of standard output into nothing."""
    sink = os.open(os.devnull, os.O_WRONLY)
    os.dup2(sink, sys.stdout.fileno())
    os.close(sink)
