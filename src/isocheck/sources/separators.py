"""What separates the values of a CSV file: told from its first lines, or not at all."""

from __future__ import annotations

import csv
import io

from isocheck.errors import InputError, Problem, did_you_mean, quoted
from isocheck.location import Location

__all__ = ["NO_SEPARATOR", "declared_separator", "told_separator"]

_NAMES = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|", r"\t": "\t"}
_CALLED = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe"}
_SAMPLE = 40  # records
_LOOKED_AT = 400_000  # characters
NO_SEPARATOR = "\x1f"
"""Separates nothing: no text that was read can hold it."""


def declared_separator(declared: str, name: str) -> str:
    """Return the character that a declaration such as ";" or "tab" means; raises InputError where it means none."""
    bare = declared if len(declared) == 1 else declared.strip().lower()
    found = _NAMES.get(bare, bare)
    if len(found) != 1 or found.isalnum() or found in ' "\r\n':
        message = f"the separator is one character such as ';' or the word tab, not {quoted(declared)}"
        raise InputError([Problem(message + did_you_mean(bare, _NAMES), Location(name))])
    return found


def told_separator(text: str, line: int, name: str) -> str:
    """Return what separates the values of a table, of which `text` begins with the headings.

    A separator is taken where it fits all of the first rows and no other does, or some of them and no other any.
    Raises InputError where that cannot be told: a wrong guess would put values under wrong headings.
    """
    head = text[:_LOOKED_AT]
    fits = {separator: _fit(head, separator, len(head) < len(text)) for separator in _CALLED}
    possible = {separator: fit for separator, fit in fits.items() if fit is not None and fit[0] > 1}
    if not possible:
        if None in fits.values():
            message = "a quote among the headings is not closed, or text stands after it"
            raise InputError([Problem(message, Location(name, line, 1, line, 1))])
        below = [separator for separator, fit in fits.items() if fit is not None and fit[2]]
        if not below:
            return NO_SEPARATOR
        message = "this line is not separated, those below it are: declare 'header:' with the line of the headings"
        raise InputError([Problem(message, Location(name, line, 1, line, 1))])
    fully = [separator for separator, (_, share, _) in possible.items() if share == 1]
    partly = [separator for separator, (_, share, _) in possible.items() if share]
    chosen = fully if len(fully) == 1 else partly
    if len(chosen) == 1:
        return chosen[0]
    which = " or ".join(_CALLED[separator] for separator in possible)
    example = _CALLED[max(possible, key=lambda separator: possible[separator][0])]
    message = f"it cannot be told whether {which} separates the values; declare it, such as 'separator: {example}'"
    if len(possible) == 1:
        message = f"a {which} separates the headings, but no row below; declare 'separator:' or 'header:'"
    raise InputError([Problem(message, Location(name, line, 1, line, 1))])


def _fit(head: str, separator: str, cut: bool) -> tuple[int, float, bool] | None:
    """Return how many headings a separator gives, which share of the rows fits them, and whether it separates all rows.

    None where the headings cannot be read with it.
    """
    reader = csv.reader(io.StringIO(head, newline=""), delimiter=separator, strict=True, skipinitialspace=True)
    try:
        headings = len(next(reader))
    except csv.Error:
        return None
    sizes: list[int] = []
    while len(sizes) < _SAMPLE:
        try:
            cells = next(reader)
        except csv.Error:  # a quote that is not in order says nothing about the separator
            continue
        except StopIteration:
            break
        if any(cells):
            while len(cells) > headings and not cells[-1].strip():
                cells.pop()
            sizes.append(len(cells))
    if cut and len(sizes) < _SAMPLE:
        del sizes[-1:]  # the last row may be a part of one
    fitting = sum(1 < size <= headings for size in sizes)
    share = fitting / len(sizes) if sizes else 1.0
    return headings, share, len(sizes) > 1 and min(sizes) > 1 and min(sizes) == max(sizes)
