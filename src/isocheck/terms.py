"""The vocabulary that every layer shares: grades, verdicts and ids (ISO 9000, ISO 19011, ISO/IEC 17021-1)."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache, lru_cache

__all__ = ["Grade", "Verdict", "above", "fold", "label", "names", "sort_key", "split_id"]


class Grade(StrEnum):
    """How grave a gap may be; always potential, since only a certification body grades findings."""

    OPPORTUNITY = "opportunity"
    MINOR = "minor"
    MAJOR = "major"

    @property
    def rank(self) -> int:
        """0 for an opportunity, 1 for minor, 2 for major."""
        return _GRADE_RANK[self]


_GRADE_RANK = {grade: rank for rank, grade in enumerate(Grade)}


class Verdict(StrEnum):
    """The outcome for a requirement, in the order in which reports show them."""

    CONFORMING = "conforming"
    DESCRIBED = "described"
    MINOR = "minor"
    MAJOR = "major"
    NOT_DESCRIBED = "not-described"
    NOT_YET = "not-yet"
    UNASSESSED = "unassessed"
    NOT_APPLICABLE = "not-applicable"

    @property
    def word(self) -> str:
        """The verdict as prose shows it: 'Not described'."""
        return self.value.replace("-", " ").capitalize()

    @property
    def meaning(self) -> str:
        """One sentence that says when a requirement gets this verdict."""
        return _MEANING[self]


_MEANING = {
    Verdict.CONFORMING: "Checks pass, or there are none, and a person has judged the requirement to be met. "
    "The program alone never says so.",
    Verdict.DESCRIBED: "Entries were looked at and every check that matters passed; a person has yet to judge.",
    Verdict.MINOR: "A check failed or a person found a gap, and the gap is potentially a minor nonconformity.",
    Verdict.MAJOR: "A check failed or a person found a gap, and the gap is potentially a major nonconformity.",
    Verdict.NOT_DESCRIBED: "Nothing in the description speaks to the requirement.",
    Verdict.NOT_YET: "Declared: no occasion in a stated period, or planned for a stated date.",
    Verdict.UNASSESSED: "No check can see it and nobody has judged it, or it lies outside the engagement.",
    Verdict.NOT_APPLICABLE: "Excluded in the scope with a justification, where the standard allows that.",
}

_ID = re.compile(r"(\d+(?:\.\d+)*)(?:-(s\d+|[a-z])(\d+)?)?\Z", re.ASCII)


@lru_cache(maxsize=4096)
def split_id(text: str) -> tuple[str, ...] | None:
    """Split a clause or requirement id into the steps of its path: '9.3.2-c1' gives ('9', '3', '2', 'c', '1').

    Returns None where the text is no id at all.
    """
    match = _ID.match(text)
    if match is None:
        return None
    clause, letter, item = match.groups()
    if letter and letter[0] == "s" and len(letter) > 1 and item:
        return None
    return (*clause.split("."), *(part for part in (letter, item) if part))


@cache
def above(id_: str) -> tuple[str, ...]:
    """Return an id and all that name it, nearest first: '9.3.2-c1' gives 9.3.2-c1, 9.3.2-c, 9.3.2, 9.3 and 9.

    Empty where the text is no id at all.
    """
    if split_id(id_) is None:
        return ()
    found = [id_]
    clause, _, rest = id_.partition("-")
    if rest and rest[0] != "s" and rest[1:]:
        found.append(f"{clause}-{rest[0]}")
    if rest:
        found.append(clause)
    while "." in clause:
        clause = clause.rpartition(".")[0]
        found.append(clause)
    return tuple(found)


def names(outer: str, inner: str) -> bool:
    """Tell whether naming `outer` names `inner`: by path, never by prefix ('8.5.1' does not name '8.5.10')."""
    return outer in above(inner)


def sort_key(id_: str) -> tuple[tuple[int, int, str], ...]:
    """Order ids as the standard prints them: numbers by value, stand-alone requirements before letters."""
    steps = split_id(id_) or ()
    return tuple(
        (0, int(step), "") if step.isdigit() else (1, int(step[1:]), "") if step[1:] else (2, 0, step) for step in steps
    )


def label(id_: str) -> str:
    """Show an id as prose does: '9.2.2 a)', '9.3.2 c) 1)', '8.5.2 (1)'."""
    clause, _, rest = id_.partition("-")
    if not rest:
        return clause
    if rest[0] == "s" and rest[1:]:
        return f"{clause} ({rest[1:]})"
    return f"{clause} {rest[0]})" + (f" {rest[1:]})" if rest[1:] else "")


_SEPARATORS = re.compile(r"[\s._\-]+")


def fold(id_: str) -> str:
    """Fold an entry's id for comparison: case, and space, dot, underscore and hyphen as one separator."""
    return _SEPARATORS.sub("-", id_.strip()).casefold()
