"""The gate: whether a result fails a run, by the threshold that was asked for, less what is waived or was there before.

A pure step after the assessment: it never changes a verdict, a share or a finding.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from isocheck.assessment.identities import Identity
from isocheck.assessment.results import Assessment, Finding, Gap
from isocheck.location import Location
from isocheck.terms import Grade, names

__all__ = ["Gate", "Identity", "Void", "Waived", "failing_first", "fails", "looked_at"]


@dataclass(frozen=True, slots=True)
class Waived:
    """A finding that somebody with the authority keeps from failing the gate, up to and including a day."""

    identity: Identity
    reason: str
    approved_by: str
    expires: date
    location: Location


@dataclass(frozen=True, slots=True)
class Void:
    """A waiver that counts for nothing: it has expired, its finding became graver, or it matches none."""

    identity: Identity
    why: str
    location: Location


@dataclass(frozen=True, slots=True)
class Gate:
    """What does not fail a run though it was found, and what is to be said about that.

    `baseline` is the name of its file, None where there is none. `known` are findings that it has, `graver` those that
    it has with a lesser grade, so that they count as new. Of what stands in it and is found no longer, `closed` was
    mended, and of `gone` that does not show: its entry is not described any more, or nothing is left to look at.
    `misnamed` is what names a requirement, check or register that there is not. `fail_on` (None: never) and
    `fail_under` are the thresholds that were asked for, `failed` what came of them.
    """

    waived: tuple[Waived, ...] = ()
    void: tuple[Void, ...] = ()
    baseline: str | None = None
    known: frozenset[Identity] = frozenset()
    closed: tuple[Identity, ...] = ()
    gone: tuple[Identity, ...] = ()
    misnamed: tuple[Identity, ...] = ()
    graver: tuple[Identity, ...] = ()
    fail_on: Grade | None = None
    fail_under: float | None = None
    failed: bool = False
    _waivers: dict[Identity, Waived] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_waivers", {waived.identity: waived for waived in self.waived})

    def __bool__(self) -> bool:
        """Tell whether anything is to be said beside the result itself."""
        return bool(self.waived or self.void or self.baseline is not None)

    def waiver(self, finding: Finding) -> Waived | None:
        """Return what waives a finding, or None."""
        return self._waivers.get(finding.identity)

    def counts(self, finding: Finding) -> bool:
        """Tell whether a finding may fail the run: it is neither waived nor in the baseline."""
        return finding.identity not in self.known and finding.identity not in self._waivers

    def new(self, assessment: Assessment) -> tuple[Identity, ...]:
        """Return the findings that are neither in the baseline nor waived; none where there is no baseline."""
        if self.baseline is None:
            return ()
        return tuple(finding.identity for finding in assessment.findings if self.counts(finding))


def fails(
    assessment: Assessment, fail_on: Grade | None, fail_under: float | None = None, gate: Gate | None = None
) -> bool:
    """Tell whether a finding reaches the grade `fail_on` (None: never), or the score is below `fail_under` percent.

    The score is that of the assessment, whatever is waived or known.
    """
    gate = gate or Gate()
    if fail_on is not None and any(
        finding.grade.rank >= fail_on.rank and gate.counts(finding) for finding in assessment.findings
    ):
        return True
    if fail_under is None:
        return False
    score = assessment.summary.counts.score
    return score is None or score * 100 < fail_under


def failing_first(gaps: Iterable[Gap], gate: Gate | None) -> tuple[Gap, ...]:
    """Order gaps, and the findings of each, so that what may fail the run stands before what is waived or known."""
    if not gate:
        return tuple(gaps)
    ordered = (Gap(tuple(sorted(gap.findings, key=lambda finding: not gate.counts(finding)))) for gap in gaps)
    return tuple(sorted(ordered, key=lambda gap: not gate.counts(gap.first)))


def looked_at(assessment: Assessment) -> frozenset[str]:
    """Return the requirements and sub-items that were selected and lie inside the engagement.

    Of any other nothing was found because nothing was looked for.
    """
    clauses = assessment.engagement.clauses
    return frozenset(
        result.id
        for result in assessment.with_items()
        if not clauses or any(names(clause, result.id) for clause in clauses)
    )
