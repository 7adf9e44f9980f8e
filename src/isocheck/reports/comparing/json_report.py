"""A comparison as JSON, in the shape that `shape` declares."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from isocheck.assessment import comparison as compared
from isocheck.assessment import snapshots
from isocheck.reports.json_report import encoded, grades, placed, rounded

if TYPE_CHECKING:
    from isocheck.reports.comparing import shape

__all__ = ["render"]


def render(course: compared.Course) -> bytes:
    """Return the comparison as JSON in UTF-8, indented, with keys in the order of the declared shape."""
    return encoded(_result(course))


def _result(course: compared.Course) -> shape.Result:
    return {
        "format_version": 1,
        "tool": {"name": "isocheck", "version": course.version},
        "comparison": _comparison(course.comparison) if course.comparison else None,
        "history": [_point(point) for point in course.history],
    }


def _comparison(held: compared.Comparison) -> shape.Comparison:
    return {
        "old": _side(held.old),
        "new": _side(held.new),
        "findings": {
            "new": _changes(held.added),
            "regressed": _changes(held.regressed),
            "eased": _changes(held.eased),
            "unchanged": _changes(held.unchanged),
            "closed": _changes(held.closed),
            "not_looked_at": _changes(held.not_looked_at),
        },
        "verdicts": [
            {
                "requirement": change.requirement,
                "title": change.title,
                "was": change.was,
                "verdict": change.verdict,
                "direction": change.direction,
            }
            for change in held.verdicts
        ],
        "notices": list(held.notices),
    }


def _side(side: snapshots.Snapshot) -> shape.Side:
    standard = side.standard
    return {
        "label": side.label,
        "as_of": side.as_of.isoformat(),
        "dated": side.dated,
        "tool_version": side.version,
        "standard": {
            "id": standard.id,
            "name": standard.name,
            "edition": standard.edition,
            "amendments": list(standard.amendments),
            "confidence": standard.confidence,
        },
        "organisation": side.organisation,
        "applicable": side.counts.applicable,
        "met": side.counts.met,
        "score": rounded(side.counts.score),
        "gaps": grades(side.gaps),
    }


def _changes(changes: Iterable[compared.Change]) -> list[shape.Change]:
    return [_change(change) for change in changes]


def _change(change: compared.Change) -> shape.Change:
    finding = change.finding
    return {
        "requirement": finding.requirement,
        "check": finding.check,
        "register": finding.register,
        "entry": finding.entry,
        "item": finding.item,
        "grade": finding.grade,
        "was": change.was,
        "remark": change.remark,
        "said": change.said,
        "message": finding.message,
        "remedy": finding.remedy,
        "location": placed(finding.location),
    }


def _point(point: snapshots.Point) -> shape.Point:
    counts = point.counts
    return {
        "label": point.label,
        "as_of": point.as_of.isoformat(),
        "applicable": counts.applicable if counts else None,
        "met": counts.met if counts else None,
        "score": rounded(point.score),
        "major": point.major if counts else None,
        "minor": point.minor if counts else None,
        "problem": point.problem,
    }
