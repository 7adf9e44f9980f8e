"""A comparison as plain text for a terminal or a log; its last lines are the numbers."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Final

from isocheck.assessment.comparison import Comparison, Course, VerdictChange
from isocheck.assessment.snapshots import Point
from isocheck.reports.comparing.told import (
    Group,
    amount,
    entry_of,
    parts,
    readiness,
    sentences,
    side_of,
    unchanged,
)
from isocheck.reports.text import ASCII_SYMBOLS, SYMBOLS, number, one_line
from isocheck.terms import Grade, Verdict, label

__all__ = ["render"]

_WIDEST: Final = 100
_LEAST: Final = 32
_SHOWN: Final = 12
"""How many of a list are told in full."""
_ALSO: Final = 4


def render(course: Course, width: int, plain: bool = False) -> str:
    """Return the text in lines of at most `width` columns, as far as words allow; `plain` uses signs of ASCII only."""
    pen = _Pen(max(_LEAST, min(width, _WIDEST)), ASCII_SYMBOLS if plain else SYMBOLS)
    blocks = []
    if course.comparison:
        blocks += list(_comparison(course.comparison, pen))
    if course.history:
        blocks.insert(1, list(_history(course.history, pen)))
    if course.comparison is None:
        blocks.append(pen.wrap("There are no two states to compare."))
    text = "\n\n".join("\n".join(block) for block in blocks if block) + "\n"
    return text.replace("–", "-").replace("…", "...").replace("“", '"').replace("”", '"') if plain else text


class _Pen:
    """How to write: in how many columns, with which signs."""

    def __init__(self, width: int, symbols: dict[Verdict, str]) -> None:
        self.width = width
        self.symbols = symbols

    def wrap(self, text: str, first: str = "", rest: str | None = None) -> list[str]:
        """Wrap running text behind a beginning."""
        indent = " " * len(first) if rest is None else rest
        return textwrap.wrap(
            one_line(text),
            self.width,
            initial_indent=first,
            subsequent_indent=indent,
            break_on_hyphens=False,
            break_long_words=False,
        )

    def grade(self, grade: Grade) -> str:
        """A grade with its sign."""
        if grade is Grade.OPPORTUNITY:
            return "* opportunity"
        return f"{self.symbols[Verdict(grade.value)]} potential {grade}"


def _comparison(comparison: Comparison, pen: _Pen) -> Iterator[list[str]]:
    old, new = comparison.old, comparison.new
    yield [
        *pen.wrap(f"Comparison against {new.standard}{f': {new.organisation}' if new.organisation else ''}"),
        *pen.wrap(side_of(old), "  before  "),
        *pen.wrap(side_of(new), "  now     "),
    ]
    yield pen.wrap(" ".join(sentences(comparison)))
    for notice in comparison.notices:
        yield pen.wrap(notice, "note  ")
    for part in parts(comparison):
        groups = part.groups
        if not groups:
            continue
        lines = [*pen.wrap(f"{part.title}, {amount(part.changes)}", "", "  "), *pen.wrap(part.lead, "  ")]
        for group in groups[:_SHOWN]:
            lines += _group(group, pen)
        if len(groups) > _SHOWN:
            lines.append(f"  and {len(groups) - _SHOWN} more")
        yield lines
    for title, direction in (("Better", "better"), ("Worse", "worse"), ("Otherwise changed", "other")):
        if changes := comparison.turned(direction):  # type: ignore[arg-type]  # the three that there are
            yield list(_verdicts(title, changes, pen))
    rows = [*parts(comparison), unchanged(comparison)]
    yield [line for part in rows for line in pen.wrap(amount(part.changes), f"  {part.title:<17} ", " " * 8)]


def _group(group: Group, pen: _Pen) -> Iterator[str]:
    finding = group.finding
    regraded = f", {group.regraded}" if group.regraded else ""
    yield from pen.wrap(
        f"{pen.grade(finding.grade)}{regraded}  {label(finding.requirement)}  {finding.location}", "", "  "
    )
    yield from pen.wrap(f"{entry_of(finding)}: {finding.message}", "  ")
    if also := group.changes[1:]:
        more = [entry_of(change.finding) for change in also[:_ALSO]]
        more += [f"{len(also) - _ALSO} more"] if len(also) > _ALSO else []
        yield from pen.wrap("; ".join(more), "  also  ")
    if group.first.said:
        yield from pen.wrap(group.first.said, "  ")


def _verdicts(title: str, changes: tuple[VerdictChange, ...], pen: _Pen) -> Iterator[str]:
    yield f"{title}, {number(len(changes), 'requirement')}"
    indent = max(len(label(change.requirement)) for change in changes[:_SHOWN]) + 4
    for change in changes[:_SHOWN]:
        text = f"{change.was.word} before, {change.verdict.word.lower()} now ({change.title})"
        yield from pen.wrap(text, f"  {label(change.requirement):<{indent - 2}}")
    if len(changes) > _SHOWN:
        yield f"  and {len(changes) - _SHOWN} more"


def _history(history: tuple[Point, ...], pen: _Pen) -> Iterator[str]:
    yield "Readiness over time"
    yield "  as of        met major minor"
    for point in history:
        begin = f"  {point.as_of}"
        if point.problem:
            yield from pen.wrap(f"{point.label} could not be shown: {point.problem}", f"{begin}  ", "    ")
            continue
        numbers = f"{begin} {readiness(point):>5} {point.major:>5} {point.minor:>5}"
        label_ = one_line(point.label)
        if len(numbers) + len(label_) + 2 <= pen.width:
            yield f"{numbers}  {label_}"
        else:
            yield numbers
            yield from pen.wrap(label_, "    ")
