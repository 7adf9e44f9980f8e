"""What was read from where, as plain text and as JSON."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any, get_type_hints

from isocheck.assessment.reading import Reading, ReadSource
from isocheck.reports.dataclass_schema import envelope

__all__ = ["reading_json", "reading_schema", "reading_text"]

_WIDEST = 110
_SHOWN = 20
_FEW = 5


def reading_json(reading: Reading) -> bytes:
    """Return what was read as JSON."""
    return (json.dumps({"format_version": 1, **asdict(reading)}, indent=1, ensure_ascii=False) + "\n").encode()


def reading_schema() -> dict[str, Any]:
    """Return the JSON Schema of `reading_json`."""
    return envelope("sources", "What isocheck read from where", get_type_hints(Reading))


def reading_text(reading: Reading, width: int) -> str:
    """Return what was read as text of at most `width` columns."""
    return "\n".join(_lines(reading, max(40, min(width, _WIDEST)))) + "\n"


def _lines(reading: Reading, width: int) -> Iterator[str]:
    yield f"What was read of {reading.root}"
    for source in reading.sources:
        yield ""
        yield from _source(source, width)
    if reading.own:
        yield ""
        entries = sum(count for _, count in reading.own)
        yield f"YAML in the registers' own shape: {_plural(len(reading.own), 'file')}, {_plural(entries, 'entry')}"
        yield from _list("files", [f"{name} ({count})" for name, count in reading.own], width)
    if reading.skipped or reading.unread:
        yield ""
        yield "Not read"
        yield from _list("no register", reading.skipped, width)
        yield from _list("no source", reading.unread, width)


def _source(source: ReadSource, width: int) -> Iterator[str]:
    yield from textwrap.wrap(
        f"{source.pattern} ({source.format}) -> {source.register}", width, subsequent_indent="    "
    )
    counts = (_plural(len(source.files), "file"), _plural(source.rows, "row"), _plural(source.entries, "new entry"))
    yield f"  {', '.join(counts)}"
    yield from _list("read", [f"{own} -> {ours}" if own != ours else own for own, ours in source.mapped], width)
    yield from _list("not read", source.unmapped, width)
    yield from _list("left out", (*source.ignored, *source.left), width)
    yield from _list("templates", _first(source.templates), width)
    yield from _list("no fields", _first(source.bare), width)
    yield from _list("never met", source.unmet, width)
    if source.sample:
        yield from _list("sample", [source.sample], width)
    for at, text in enumerate(source.wrong[:_SHOWN]):
        head = "wrong" if at == 0 else ""
        yield from textwrap.wrap(text, width, initial_indent=f"  {head:<11}", subsequent_indent=" " * 15)
    if len(source.wrong) > _SHOWN:
        yield f"{' ' * 13}and {len(source.wrong) - _SHOWN} more; isocheck check tells all"


def _first(files: tuple[str, ...]) -> list[str]:
    """Return the first of many files, and how many more there are."""
    more = len(files) - _FEW
    return [*files[:_FEW], f"and {more} more"] if more > 0 else [*files]


def _list(head: str, items: tuple[str, ...] | list[str], width: int) -> Iterator[str]:
    if items:
        shown = [*items[: 3 * _SHOWN], *([f"and {len(items) - 3 * _SHOWN} more"] if len(items) > 3 * _SHOWN else [])]
        yield from textwrap.wrap(
            ", ".join(shown),
            width,
            initial_indent=f"  {head:<11}",
            subsequent_indent=" " * 13,
            break_long_words=False,
            break_on_hyphens=False,
        )


def _plural(count: int, noun: str) -> str:
    if count != 1:
        noun = f"{noun.removesuffix('y')}ies" if noun.endswith("y") else f"{noun}s"
    return f"{count} {noun}"
