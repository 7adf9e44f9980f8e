"""What two assessments are compared by: less than an assessment, so that a result file can give it as well."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from isocheck.assessment.results import (
    Assessment,
    Counts,
    Engagement,
    Finding,
    RegisterRow,
    RequirementResult,
    Standard,
)
from isocheck.terms import Grade, Verdict, above, fold, names

__all__ = ["CheckState", "Point", "RequirementState", "Snapshot", "entries_of", "point", "snapshot"]


@dataclass(frozen=True, slots=True)
class CheckState:
    """What a check answered, how many entries said too little to be judged, and how many could be (None: unknown)."""

    outcome: str
    blank: int
    looked: int | None = None


@dataclass(frozen=True, slots=True)
class RequirementState:
    """A requirement or sub-item with its verdict; `title` is the short title of its clause."""

    id: str
    title: str
    statement: str
    verdict: Verdict
    checks: Mapping[str, CheckState]
    counted: bool
    """False for a sub-item, which rolls up."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One side of a comparison.

    `label` is what the user called it, `root` the folder with which its places begin; `dated` says where its day comes
    from.
    """

    label: str
    root: str
    dated: str
    version: str
    standard: Standard
    as_of: date
    organisation: str
    engagement: Engagement
    counts: Counts
    gaps: tuple[tuple[Grade, int], ...]
    """Gaps by grade, as in the summary of the assessment."""
    requirements: Mapping[str, RequirementState]
    findings: tuple[Finding, ...]
    entries: Mapping[str, frozenset[str] | None]
    """Ids of each register, folded as in references; None where they are not known."""
    intervals: Mapping[str, str] | None = None
    """The intervals in force by name; None where they are not known."""

    def looked_at(self, requirement: str) -> bool:
        """Tell whether a requirement or sub-item was selected and lies inside the engagement."""
        clauses = self.engagement.clauses
        inside = not clauses or any(names(each, requirement) or names(requirement, each) for each in clauses)
        return inside and any(each in self.requirements for each in above(requirement))

    def verdict(self, requirement: str) -> Verdict | None:
        """Return the verdict of a requirement, or of the one to which a sub-item belongs."""
        return next((self.requirements[id_].verdict for id_ in above(requirement) if id_ in self.requirements), None)

    def answer(self, requirement: str, check: str) -> CheckState | None:
        """Return what a check answered, None where it was not asked."""
        state = self.requirements.get(requirement)
        return state.checks.get(check) if state else None

    def holds(self, register: str, entry: str) -> bool | None:
        """Tell whether the description has an entry; None where that is not known."""
        ids = self.entries.get(register)
        return None if ids is None else fold(entry) in ids

    def deleted(self, register: str, later: Snapshot) -> frozenset[str]:
        """Return the folded ids of entries that a later side has no longer; none where one side does not list them."""
        before, after = self.entries.get(register), later.entries.get(register)
        return frozenset() if before is None or after is None else before - after


@dataclass(frozen=True, slots=True)
class Point:
    """One state in a series; `problem` says why it cannot be shown, and is empty where it can."""

    label: str
    as_of: date
    counts: Counts | None = None
    major: int = 0
    minor: int = 0
    problem: str = ""

    @property
    def score(self) -> float | None:
        """The share of applicable requirements that are met, 0 to 1."""
        return self.counts.score if self.counts else None


def point(side: Snapshot) -> Point:
    """Return a side as a point of a series."""
    gaps = dict(side.gaps)
    return Point(side.label, side.as_of, side.counts, gaps[Grade.MAJOR], gaps[Grade.MINOR])


def entries_of(registers: Iterable[RegisterRow]) -> dict[str, frozenset[str] | None]:
    """Return the folded ids of registers; None for one that has entries and does not list them."""
    return {row.name: frozenset(map(fold, row.ids)) if row.ids or not row.entries else None for row in registers}


def snapshot(assessment: Assessment, label: str, dated: str) -> Snapshot:
    """Return what a comparison needs of an assessment."""
    return Snapshot(
        label=label,
        root=assessment.source.root,
        dated=dated,
        version=assessment.version,
        standard=assessment.standard,
        as_of=assessment.as_of,
        organisation=assessment.organisation.name,
        engagement=assessment.engagement,
        counts=assessment.summary.counts,
        gaps=assessment.summary.gaps,
        requirements={state.id: state for state in _states(assessment)},
        findings=assessment.findings,
        entries=entries_of(assessment.source.registers),
        intervals={name: length for name, length, _ in assessment.intervals},
    )


def _states(assessment: Assessment) -> Iterator[RequirementState]:
    for clause in assessment.clauses():
        for requirement in clause.requirements:
            yield _state(requirement, clause.short, counted=True)
            for item in requirement.items:
                yield _state(item, clause.short, counted=False)


def _state(requirement: RequirementResult, title: str, *, counted: bool) -> RequirementState:
    checks = {
        check.name: CheckState(check.outcome, check.extent.blank, check.extent.looked) for check in requirement.checks
    }
    return RequirementState(requirement.id, title, requirement.statement, requirement.verdict, checks, counted)
