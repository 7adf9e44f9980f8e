"""A comparison as Markdown, fit for a comment on a pull request: counts first, then what is new."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from isocheck.assessment.comparison import Comparison, Course, VerdictChange
from isocheck.assessment.snapshots import Point
from isocheck.reports.comparing.told import (
    Group,
    Part,
    amount,
    entry_of,
    parts,
    readiness,
    sentences,
    side_of,
    unchanged,
)
from isocheck.reports.markdown_page import Block, code, escape, fit, head, row
from isocheck.reports.text import day, number
from isocheck.terms import Grade, label

__all__ = ["LIMIT", "render"]

LIMIT: Final = 65_000
"""Bytes of a page; a comment on GitHub holds 65,536 characters."""
_PLACES: Final = 8
_RANKS: Final = {"new": 2, "regressed": 1, "closed": 5, "gone": 4, "eased": 6, "not-looked-at": 7}
"""In which order lists lose rows where the page is too long: the highest first."""


def render(course: Course, limit: int = LIMIT) -> bytes:
    """Return the comparison as a page of at most `limit` bytes of UTF-8."""
    return fit(_blocks(course), limit).encode("utf-8")


def _blocks(course: Course) -> Iterator[Block]:
    comparison = course.comparison
    if comparison is None:
        yield Block("# Comparison\n\nThere are no two states to compare.\n")
    else:
        yield Block(_title(comparison))
        for part in parts(comparison):
            if part.changes:
                yield _part(part)
        if comparison.verdicts:
            yield _verdicts(comparison)
    if course.history:
        cells = head("As of", "State", ">Met", ">Potential major", ">Potential minor")
        yield Block(f"\n## Readiness over time\n\n{cells}", map(_point, course.history), len(course.history), rank=3)


def _title(comparison: Comparison) -> str:
    old, new = comparison.old, comparison.new
    name = escape(new.organisation) or "Quality management system"
    counts = "".join(
        row(part.title, amount(part.changes)) for part in (*parts(comparison), unchanged(comparison)) if _shown(part)
    )
    notices = "".join(f"> {escape(notice)}\n>\n" for notice in comparison.notices)
    return (
        f"# {name}: what changed against {escape(str(new.standard))}\n\n{head('', 'Findings')}{counts}\n"
        f"{' '.join(map(escape, sentences(comparison)))}\n\n"
        f"Before: {escape(side_of(old))}. Now: {escape(side_of(new))}.\n" + (f"\n{notices}" if notices else "")
    )


def _shown(part: Part) -> bool:
    """Whether a list is worth a row of the counts though it is empty."""
    return bool(part.changes) or part.key in {"new", "regressed", "closed", "unchanged"}


def _part(part: Part) -> Block:
    groups = part.groups
    cells = head("Grade", "Requirement", "Finding", "Stood" if part.old else "Place", "Remark")
    rows = map(_group, groups)
    before = f"\n## {part.title}\n\n{part.lead}\n\n{cells}"
    return Block(before, rows, len(groups), rank=_RANKS[part.key], what="row")


def _group(group: Group) -> str:
    finding = group.finding
    grade = "Opportunity" if finding.grade is Grade.OPPORTUNITY else f"Potential {finding.grade}"
    places = [
        f"{code(str(change.finding.location))} {escape(entry_of(change.finding))}" for change in group.changes[:_PLACES]
    ]
    if len(group.changes) > _PLACES:
        places.append(f"and {len(group.changes) - _PLACES} more")
    return row(
        f"{grade}{f', {group.regraded}' if group.regraded else ''}",
        label(finding.requirement),
        escape(finding.message),
        "<br>".join(places),
        escape(group.first.said),
    )


def _verdicts(comparison: Comparison) -> Block:
    order = ("worse", "better", "other")
    changes = sorted(comparison.verdicts, key=lambda change: order.index(change.direction))
    said = number(len(changes), "requirement")
    cells = head("", "Requirement", "Before", "Now")
    before = f"\n<details>\n<summary>{said} with another verdict than before</summary>\n\n{cells}"
    return Block(before, map(_verdict, changes), len(changes), "\n</details>\n", rank=8)


def _verdict(change: VerdictChange) -> str:
    word = {"better": "Better", "worse": "Worse", "other": "Otherwise"}[change.direction]
    return row(word, f"{label(change.requirement)} {escape(change.title)}", change.was.word, change.verdict.word)


def _point(point: Point) -> str:
    if point.problem:
        return row(day(point.as_of), f"{code(point.label)} could not be shown: {escape(point.problem)}", "", "", "")
    return row(day(point.as_of), code(point.label), readiness(point), str(point.major), str(point.minor))
