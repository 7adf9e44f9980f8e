"""A comparison as one HTML page for a meeting, in the look of the gap-analysis report."""

from __future__ import annotations

from typing import Final, NamedTuple

from isocheck.assessment.comparison import Comparison, Course
from isocheck.assessment.snapshots import Snapshot
from isocheck.reports.comparing.chart import chart
from isocheck.reports.comparing.told import (
    Group,
    Part,
    amount,
    entry_of,
    parts,
    place_of,
    readiness,
    sentences,
    unchanged,
)
from isocheck.reports.html import page
from isocheck.reports.html_view import common
from isocheck.reports.text import day
from isocheck.terms import above

__all__ = ["render"]

_TURNED: Final = (("worse", "Worse"), ("better", "Better"), ("other", "Otherwise changed"))


class _Story(NamedTuple):
    """Changes that fall together, as the page tells them."""

    group: Group
    title: str
    headline: str
    places: tuple[tuple[str, str], ...]
    """What shows it, and where."""


def render(course: Course) -> bytes:
    """Return the page; the same comparison gives the same bytes."""
    comparison, history = course.comparison, course.history
    name = (comparison.new.organisation if comparison else "") or "Quality management system"
    days = [comparison.old.as_of, comparison.new.as_of] if comparison else [point.as_of for point in history]
    span = f"{day(min(days))} to {day(max(days))}"
    return page(
        "comparison.html.j2",
        f"{name} · what changed · {span}",
        version=course.version,
        name=name,
        span=span,
        c=comparison,
        stories=[(part, _stories(part, comparison)) for part in parts(comparison)] if comparison else [],
        turned=[(word, changes) for key, word in _TURNED if (changes := comparison.turned(key))] if comparison else [],  # type: ignore[arg-type]  # the three that there are
        unchanged=unchanged(comparison) if comparison else None,
        said=sentences(comparison) if comparison else ("There are no two states to compare.",),
        facts=_facts(course),
        history=history,
        chart=chart(history),
        amount=amount,
        readiness=readiness,
    )


def _facts(course: Course) -> list[tuple[str, str]]:
    comparison = course.comparison
    made = [("Made with", f"isocheck {course.version}")]
    if comparison is None:
        return made
    against = ("Against", str(comparison.new.standard))
    return [("Before", _side(comparison.old)), ("Now", _side(comparison.new)), against, *made]


def _side(side: Snapshot) -> str:
    """Name a side without the folders of the machine on which it was looked at."""
    label = side.label if ":" in side.label else side.label.rstrip("/").rpartition("/")[2]
    return f"{label}, as of {day(side.as_of)} ({side.dated})"


def _stories(part: Part, comparison: Comparison) -> list[_Story]:
    return [_story(part, group, comparison) for group in part.groups]


def _story(part: Part, group: Group, comparison: Comparison) -> _Story:
    message = common([change.finding.message for change in group.changes])
    before = part.old or (part.key == "not-looked-at" and group.first.was is not None)
    side = comparison.old if before else comparison.new
    return _Story(
        group,
        _title(comparison, group.finding.requirement),
        message[:1].upper() + message[1:],
        tuple((entry_of(each.finding), place_of(side, each.finding.location)) for each in group.changes),
    )


def _title(comparison: Comparison, requirement: str) -> str:
    for side in (comparison.new, comparison.old):
        for id_ in above(requirement):
            if id_ in side.requirements:
                return side.requirements[id_].title
    return ""
