"""What the declaration of a source asks for and no file has: shown, and told by a check, since it may hide rows.

A misspelt name drops what was meant as silently as if nobody had written it down.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from isocheck.errors import quoted
from isocheck.qms.settings import SourceSettings
from isocheck.qms.sourcing import format_of, pattern_of
from isocheck.sources.files import Found, glob
from isocheck.sources.rows import Rows

__all__ = ["never_met", "nothing_fits", "nothing_taken", "words"]

_NAMED = 3


def words(value: Any) -> list[str]:
    """Return what a field says, or what is wanted of it, with case folded: rows are picked by that."""
    return [text.casefold() for text in _said(value)]


def _said(value: Any) -> list[str]:
    """Return what a field says, or what is wanted of it, as it is written: yes and no as true and false."""
    parts = value if isinstance(value, list) else (value,)
    texts = (part for part in parts if part is not None and not isinstance(part, dict | list))
    return [str(part).lower() if isinstance(part, bool) else str(part) for part in texts]


def never_met(source: SourceSettings, files: Sequence[Rows]) -> Iterator[str]:
    """Yield the key that no file has, the fields that 'only' names and no row has, and values of others there."""
    if source.key and files and not any(getattr(read, "has_key", False) for read in files):
        yield source.key
    if not any(read.rows for read in files):
        return
    for own, wanted in (source.only or {}).items():
        said = {word for read in files for row in read.rows for word in words(row.get(own))}
        if not said:
            yield own
        elif missed := [word for word in _said(wanted) if word.casefold() not in said]:
            yield from (f"{own}: {word}" for word in missed)


def nothing_fits(source: SourceSettings, found: Found, excluded: Sequence[str]) -> str:
    """Return what to tell of a source whose pattern no file fits."""
    pattern = pattern_of(source)
    every = sorted((*found.files, *found.others))
    if out := [path for path in every if glob(pattern).match(found.relative(path))]:
        return f"no file fits {pattern} but for those that 'exclude' leaves out: {_listed(found, out)}"
    fits = re.compile(glob(pattern).pattern, re.DOTALL | re.IGNORECASE).match
    near = [path for path in every if fits(found.relative(path)) and not found.excluded(path, excluded)]
    if near:
        return f"no file fits {pattern}; but for capital and small letters these would: {_listed(found, near)}"
    return f"no file fits {pattern} yet"


def _listed(found: Found, files: Sequence[Path]) -> str:
    shown = [found.relative(path) for path in files[:_NAMED]]
    return ", ".join(shown) + (f" and {len(files) - _NAMED} more" if len(files) > _NAMED else "")


def nothing_taken(source: SourceSettings, files: Sequence[Rows], unmet: Sequence[str], taken: int) -> str:
    """Return what to tell of a source that has files: names that are never met, and that no row is taken at all."""
    rows = sum(len(read.rows) for read in files)
    said = []
    if unmet and (rows or source.key in unmet):
        named = ", ".join(quoted(name) for name in unmet)
        said.append(f"no file has {named}, which this source names: not in use yet, or written otherwise there")
    if rows and not taken and not said and source.only:
        said.append(f"of {rows} row{'s' if rows > 1 else ''} 'only' names none")
    if files and not rows and not said and format_of(source) == "markdown":
        said.append("no file that is read holds fields")
    return f"{pattern_of(source)} ({source.register_}): {'; '.join(said)}" if said else ""
