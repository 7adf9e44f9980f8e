"""The error tree: everything that makes isocheck exit with 2, and what is wrong with an input."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from isocheck.location import Location

__all__ = ["InputError", "IsocheckError", "OutputError", "Problem", "UsageError", "did_you_mean", "quoted"]

_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with an input, and where."""

    message: str
    location: Location | None = None

    def __str__(self) -> str:
        return f"{self.location}: {self.message}" if self.location else self.message


class IsocheckError(Exception):
    """Base of all errors that end a run with exit code 2."""


class UsageError(IsocheckError):
    """The command line asks for something that does not exist or cannot be done."""


class OutputError(IsocheckError):
    """A result cannot be written where it was asked for."""


class InputError(IsocheckError):
    """Input that cannot be read; carries every problem found, sorted by place, each once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems), key=_by_place))
        super().__init__("\n".join(map(str, self.problems)))


def _by_place(problem: Problem) -> tuple[str, int, int, str]:
    where = problem.location
    return (where.file, where.line, where.column, problem.message) if where else ("", 0, 0, problem.message)


def quoted(value: object) -> str:
    """Return a value as messages show it.

    A text stands in quotes, what is not printable escaped, at most 60 characters of it; lists and mappings are named.
    """
    if isinstance(value, str):
        return repr(value if len(value) <= _LONGEST else value[: _LONGEST - 1] + "…")
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "nothing"
    return "a list" if isinstance(value, list) else "a mapping" if isinstance(value, dict) else repr(value)


def did_you_mean(word: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """Return "; did you mean …?" for the nearest known word (`cutoff` 0 to 1: how near), or an empty text."""
    return _nearest(word, tuple(known), cutoff) if len(word) <= _LONGEST else ""


@lru_cache(maxsize=1024)
def _nearest(word: str, known: tuple[str, ...], cutoff: float) -> str:
    near = get_close_matches(word, known, n=1, cutoff=cutoff)
    return f"; did you mean {near[0]!r}?" if near else ""
