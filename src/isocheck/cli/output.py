"""Where results go: standard output, or files that are there whole or not at all."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from isocheck.assessment.gate import Gate
from isocheck.assessment.results import Assessment
from isocheck.errors import OutputError, UsageError, did_you_mean
from isocheck.reports.formats import FORMATS, render
from isocheck.sources.atomic import together
from isocheck.sources.files import is_yaml
from isocheck.sources.repository import FromRoot

__all__ = ["FILE_WIDTH", "Target", "print_bytes", "print_report", "screen", "targets", "written"]

FILE_WIDTH = 100
"""Columns of a text that goes to a file."""
_ENDINGS = {name: known.suffixes for name, known in FORMATS.items()}


@dataclass(frozen=True, slots=True)
class Target:
    """A file to be written, and its format."""

    format: str
    path: Path


def targets(
    given: list[str],
    *descriptions: Path,
    others: Sequence[tuple[str, Path]] = (),
    read: Sequence[tuple[str, Path]] = (),
    endings: Mapping[str, tuple[str, ...]] = _ENDINGS,
) -> list[Target]:
    """Read the values of -o: 'FORMAT:FILE', or 'FILE' where its ending tells the format.

    `others` are files that other options have written, `read` such as they have read and leave alone, each with its
    option; `endings` are the formats that there are, each with the endings of files that tell it.
    Raises UsageError where the format is unknown or cannot be told, where two name one file, and where one would be
    read as a part of a description, or is one of what is read.
    """
    inside = [_resolved(description) for description in descriptions]
    found = [_target(text, endings) for text in given]
    named = [(f"-o {text}", target.path) for text, target in zip(given, found, strict=True)]
    places = {_resolved(path): f"{option} {path}" for option, path in read}
    for option, path in (*named, *((f"{option} {path}", path) for option, path in others)):
        place = _resolved(path)
        if place in places:
            raise UsageError(f"{option}: the same file as {places[place]}")
        places[place] = option
        if any(place == each or (is_yaml(place) and each in place.parents) for each in inside):
            raise UsageError(f"{option}: it would stand among the files of the description, or replace one")
    return found


def _resolved(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return path


def _target(text: str, endings: Mapping[str, tuple[str, ...]]) -> Target:
    head, colon, rest = text.partition(":")
    if not text:
        raise UsageError("-o: the name of a file is missing")
    if colon and head in endings:
        if not rest:
            raise UsageError(f"-o {text}: the name of a file is missing")
        return Target(head, Path(rest))
    path = Path(text)
    if colon and len(head) > 1 and not path.suffix:
        raise UsageError(f"-o {text}: {head!r} is no format{did_you_mean(head, endings)}")
    name = next((name for name, known in endings.items() if path.suffix.lower() in known), None)
    if name is None:
        known = ", ".join(endings)
        raise UsageError(f"-o {text}: the ending does not tell the format; write FORMAT:{text} with one of {known}")
    return Target(name, path)


@contextmanager
def written(
    assessment: Assessment,
    files: list[Target],
    gate: Gate | None = None,
    others: Sequence[tuple[Path, bytes]] = (),
    relative: Callable[[str], str] = str,
) -> Iterator[None]:
    """Render and write all reports, and `others`; they take their places together, once the block has ended well.

    `relative` writes the names of files for formats that CI systems read.
    Raises UsageError where one would replace a file that was read, OutputError where one cannot be written: then none
    is.
    """
    outputs = [*((f"-o {target.path}", target.path) for target in files), *((str(path), path) for path, _ in others)]
    read = {_resolved(Path(name)) for name in assessment.source.files} if outputs else set()
    for named, path in outputs:
        if _resolved(path) in read:
            raise UsageError(f"{named}: it would replace a file of the description")
    rendered = []
    for target in files:
        shown = _seen(assessment, target.format, relative)
        data = render(target.format, shown, width=FILE_WIDTH, gate=gate, relative=relative)
        rendered.append((target.path, data))
    with together([*rendered, *others]):
        yield


def _seen(assessment: Assessment, name: str, relative: Callable[[str], str]) -> Assessment:
    """Return an assessment with its places as those see them who read this format, where there is a repository.

    JSON and Markdown go from one machine to another, as the job summary does; what people read beside the files, in a
    terminal or as a client, names them as from where the command was given. Other formats write places themselves.
    """
    if name in ("json", "markdown") and isinstance(relative, FromRoot) and relative.repository is not None:
        from isocheck.assessment.relocating import relocated

        return relocated(assessment, relative)
    return assessment


def print_report(
    assessment: Assessment, name: str, gate: Gate | None = None, relative: Callable[[str], str] = str
) -> None:
    """Write a report to standard output; colour and width follow the terminal."""
    width, plain = screen()
    shown = _seen(assessment, name, relative)
    print_bytes(render(name, shown, width=width, colour=sys.stdout.isatty(), plain=plain, gate=gate, relative=relative))


def screen() -> tuple[int, bool]:
    """Return how many columns standard output has, and whether its encoding calls for signs of ASCII."""
    encoding = (sys.stdout.encoding or "utf-8").lower()
    return shutil.get_terminal_size((FILE_WIDTH, 24)).columns, not encoding.startswith("utf")


def print_bytes(data: bytes) -> None:
    """Write bytes of UTF-8 to standard output, in its own encoding where that is another.

    Raises OutputError where it cannot be written to the end.
    """
    encoding = (sys.stdout.encoding or "utf-8").lower()
    if not encoding.startswith("utf"):
        data = data.decode("utf-8").encode(encoding, "replace")
    try:
        sys.stdout.flush()
        left = memoryview(data)
        while left:  # an unbuffered stream may take a part, as when its reader goes away
            left = left[sys.stdout.buffer.write(left) or 0 :]
        sys.stdout.buffer.flush()
    except OSError as error:
        raise OutputError(f"standard output cannot be written to the end: {error.strerror}") from None
