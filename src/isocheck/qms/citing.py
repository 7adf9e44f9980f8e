"""Of which standard the clauses are that a text cites: ISO 9001, whose they are to count, or any other.

Many standards number their clauses alike, so that 8.5.1 of ISO 13485 would pass for 8.5.1 of ISO 9001. In doubt a
clause is of another standard: it is then missing, and that is told, where it would else be evidence of what it is not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from isocheck.errors import quoted

__all__ = ["AnotherStandard", "clause_in", "is_ours", "under_their_standards"]


class AnotherStandard(ValueError):  # noqa: N818 - nothing is wrong with it: it is only none of ours
    """Says that a clause is one of another standard than ISO 9001."""


class _Named(NamedTuple):
    """Standards that a text names side by side, as in 'ISO 9001 / ISO 14001': whether ours is one, and where."""

    is_ours: bool
    start: int
    end: int


_BODIES = (
    "iso|iec|ieee|cen|en|din|ns|ds|ss|sfs|bs|nf|une|uni|nen|önorm|oenorm|sn|pn|csn|čsn|as|nzs|ansi|asme|astm|aami|csa|"
    "can|jis|gb|api|iatf|sae|tl|ts|tr|pas|gost|ohsas"
)
_RULES = "mdr|ivdr|mdd|qsr|cfr|mdsap|gmp|gdp|glp|gcp|haccp|gdpr|vda|tisax|directive|regulation"
_LETTER = r"[^\W\d_]"
_STANDARD = re.compile(
    rf"(?<![^\W_])(?:21\s)?(?P<rules>{_RULES})(?![^\W_])(?:\s\d{{4}}/\d{{2,4}}|\s(?:part\s)?\d{{3}}(?![\d.]))?"
    rf"|(?<![^\W_])(?P<words>(?:(?:{_BODIES})[\s/-]{{0,3}}){{1,6}}|{_LETTER}{{2,}}[\s/-]{{0,2}})?"
    r"(?<![\d.])(?P<number>\d{3,6})(?!\d)(?P<part>-\d{1,2}(?!\d))?"
    r"(?:\s?[:/-]?\s?(?P<year>(?:19|20)\d\d)(?!\d)(?:-\d\d(?!\d))?(?:\s?[+/]\s?a(?:md)?\.?\s?\d(?::\d{4})?)?)?",
    re.IGNORECASE,
)
_BODY = re.compile(rf"(?:{_BODIES})[\s/-]*", re.IGNORECASE)
_ISO = re.compile(r"\biso(?![^\W\d_])", re.IGNORECASE)
_OWN_NUMBER = "9001"
_OTHER_EDITIONS = frozenset({"1987", "1994", "2000", "2008"})
"""Editions of ISO 9001 whose clauses are numbered otherwise."""
_YEAR = re.compile(r"(?:19|20)\d\d\Z", re.ASCII)
_DIGIT = re.compile(r"\d")
_HINT = re.compile(rf"\d{{3}}|{_RULES}", re.IGNORECASE)
"""What stands in each text that names a standard: most cells hold clauses alone."""
_JOINED = re.compile(r"[\s,;/|&+()]*(?:(?:and|und|og|och|et|y|e|en|i)[\s(]+)?\Z", re.IGNORECASE)
_DENIED = re.compile(
    r"\b(?:not?|non|except|other than|without|based (?:up)?on|derived from|aligned (?:with|to)|in line with|"
    r"ikke|basert på|inte|baserad på|nicht|kein|basiert auf|in anlehnung an)\W*\Z",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_EMPTY_BRACKETS = re.compile(r"\(\s*\)|\[\s*\]")
_EDGES = " \t\n:,;/–-"


def is_ours(text: str) -> bool | None:
    """Tell whether clauses that stand under a text are those of ISO 9001; None where it names no standard.

    What is named first counts, with all that is named side by side with it; what stands in brackets behind the name of
    another, as ISO 9001 in 'ISO 13485 (based on ISO 9001)', does not.
    """
    named = _named(text)
    return named[0].is_ours if named else None


def under_their_standards(parts: Sequence[Any]) -> list[Any]:
    """Return the parts of one cell or list, with the standard in front of each whose clause is one of another.

    A standard that is named holds for all that follows until the next is named, and where it is named behind clauses,
    as in '8.4, 8.5 (ISO 13485)', for those before it too. A part that only names a standard for what follows is None.
    """
    found: list[Any] = []
    holding, since = "", 0
    for at, part in enumerate(parts):
        named = _named(part) if isinstance(part, str) else []
        if not named:
            found.append(f"{holding} {part}" if holding and isinstance(part, str) else part)
            continue
        first, last = named[0], named[-1]
        if not first.is_ours and _DIGIT.search(part, 0, first.start):
            name = part[first.start : first.end]
            found[since:] = [f"{name} {each}" if isinstance(each, str) else each for each in found[since:]]
        holding = "" if last.is_ours else part[last.start : last.end]
        following = parts[at + 1] if at + 1 < len(parts) else None
        is_heading = isinstance(following, str) and not _named(following) and not _without(part, first)
        found.append(None if is_heading else part)
        since = len(found)
    return found


def clause_in(text: str) -> str:
    """Return what a text cites of ISO 9001, without the name of the standard.

    Raises AnotherStandard where it names another.
    """
    named = _named(text)
    if not named:
        return text.strip()
    first = named[0]
    if not first.is_ours:
        raise AnotherStandard(f"{quoted(text)} is of another standard than ISO 9001")
    return _without(text, first)


def _without(text: str, named: _Named) -> str:
    rest = _EMPTY_BRACKETS.sub("", f"{text[: named.start]} {text[named.end :]}").strip(_EDGES)
    return rest.removesuffix(" of").rstrip()


def _named(text: str) -> list[_Named]:
    """Return the standards that a text names, those side by side together; what brackets hold where no other is."""
    if not _HINT.search(text):
        return []
    return _groups(_BRACKETS.sub(lambda match: " " * len(match[0]), text), text) or _groups(text, text)


def _groups(text: str, whole: str) -> list[_Named]:
    found: list[_Named] = []
    for match in _STANDARD.finditer(text):
        if (ours := _is_ours(match)) is None:
            continue
        if found and _JOINED.match(whole, found[-1].end, match.start()):
            found[-1] = _Named(found[-1].is_ours or ours, found[-1].start, match.end())
        else:
            found.append(_Named(ours and not _DENIED.search(text, 0, match.start()), match.start(), match.end()))
    return found


def _is_ours(match: re.Match[str]) -> bool | None:
    """Tell whether what may name a standard names ours; None where it names none: a year, a number of no standard."""
    if match["rules"]:
        return False
    words = match["words"] or ""
    is_own_number = match["number"] == _OWN_NUMBER and not match["part"]
    if is_own_number and (not words or _ISO.search(words)):
        return match["year"] not in _OTHER_EDITIONS
    if not words or (_YEAR.match(match["number"]) and not _BODY.match(words)):
        return None
    return False
