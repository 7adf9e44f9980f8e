"""Where results go: standard output, or files that are there whole or not at all."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from isocheck.assessment.results import Assessment
from isocheck.errors import UsageError, did_you_mean
from isocheck.reports.formats import FORMATS, format_of_suffix, render
from isocheck.sources.atomic import write_atomically

__all__ = ["Target", "print_bytes", "print_report", "targets", "write_all"]

_FILE_WIDTH = 100


@dataclass(frozen=True, slots=True)
class Target:
    """A file to be written, and its format."""

    format: str
    path: Path


def targets(given: list[str]) -> list[Target]:
    """Read the values of -o: 'FORMAT:FILE', or 'FILE' where its ending tells the format.

    Raises UsageError where the format is unknown or cannot be told.
    """
    return [_target(text) for text in given]


def _target(text: str) -> Target:
    head, colon, rest = text.partition(":")
    if colon and head in FORMATS:
        if not rest:
            raise UsageError(f"-o {text}: the name of a file is missing")
        return Target(head, Path(rest))
    path = Path(text)
    if colon and len(head) > 1 and not path.suffix:
        raise UsageError(f"-o {text}: {head!r} is no format{did_you_mean(head, FORMATS)}")
    name = format_of_suffix(path.suffix)
    if name is None:
        known = ", ".join(FORMATS)
        raise UsageError(f"-o {text}: the ending does not tell the format; write FORMAT:{text} with one of {known}")
    return Target(name, path)


def write_all(assessment: Assessment, files: list[Target]) -> None:
    """Render everything first, then write; each file is there whole or not at all.

    Raises OutputError where a file cannot be written.
    """
    rendered = [(target, render(target.format, assessment, width=_FILE_WIDTH)) for target in files]
    for target, data in rendered:
        write_atomically(target.path, data)


def print_report(assessment: Assessment, name: str) -> None:
    """Write a report to standard output; colour and width follow the terminal."""
    colour = sys.stdout.isatty()
    width = shutil.get_terminal_size((100, 24)).columns
    encoding = (sys.stdout.encoding or "utf-8").lower()
    print_bytes(render(name, assessment, width=width, colour=colour, plain=not encoding.startswith("utf")))


def print_bytes(data: bytes) -> None:
    """Write bytes of UTF-8 to standard output, in its own encoding where that is another."""
    encoding = (sys.stdout.encoding or "utf-8").lower()
    if not encoding.startswith("utf"):
        data = data.decode("utf-8").encode(encoding, "replace")
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
