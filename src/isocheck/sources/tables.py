"""What is true of a table wherever it stands: its headings, and the words that a spreadsheet writes for an error."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from isocheck.errors import InputError, Problem, quoted
from isocheck.location import Location

__all__ = ["ERRORS", "check_headings", "listed", "shortened"]

ERRORS = frozenset(
    ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!")  # noqa: RUF005 - two lines of words
    + ("#GETTING_DATA", "#CONNECT!", "#UNKNOWN!", "#BUSY!", "#PYTHON!")
)
"""What a cell holds whose formula could not be worked out."""

_SHOWN = 20
_LISTED = 8
_Key = TypeVar("_Key")


def check_headings(headings: Sequence[str], call: Callable[[int], str], place: Callable[[int], Location]) -> None:
    """Refuse headings that are all empty, or that stand twice.

    `call` says how people find a column ("column 3", "column C"), `place` where its heading stands; columns count
    from 0. Raises InputError with a problem for each heading that stands twice.
    """
    if not any(headings):
        raise InputError([Problem("this row holds no headings; declare 'header:' with the number of theirs", place(0))])
    first: dict[str, int] = {}
    problems = []
    for at, heading in enumerate(headings):
        if heading and first.setdefault(heading, at) != at:
            twice = (
                f"the heading {quoted(heading)} stands over {call(first[heading])} and {call(at)}; rename one of them"
            )
            problems.append(Problem(twice, place(at)))
    if problems:
        raise InputError(problems)


def shortened(found: Sequence[tuple[_Key, str]], place: Callable[[_Key], Location], of: str) -> list[Problem]:
    """Return the first problems of one kind, and how many more there are `of` it ("rows of a wrong length")."""
    shown = found if len(found) <= _SHOWN else found[: _SHOWN - 1]
    problems = [Problem(message, place(key)) for key, message in shown]
    if len(shown) < len(found):
        problems.append(Problem(f"and {len(found) - len(shown)} more {of}, the last one here", place(found[-1][0])))
    return problems


def listed(items: Sequence[object]) -> str:
    """Return the first few of many things for a message: "5, 8, 9 and 7 more"."""
    shown = ", ".join(map(str, items[:_LISTED]))
    return shown if len(items) <= _LISTED else f"{shown} and {len(items) - _LISTED} more"
