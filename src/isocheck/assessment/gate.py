"""The gate: whether a result fails a run, by the threshold that was asked for, less what is waived or was there before.

A pure step after the assessment: it never changes a verdict, a share or a finding.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from isocheck.assessment.results import Assessment, Finding
from isocheck.location import Location
from isocheck.terms import Grade

__all__ = ["Gate", "Identity", "Void", "Waived", "fails"]

Identity = tuple[str, str, str, str]
"""What makes a finding the same one in another run: requirement, check, register/id, item."""


@dataclass(frozen=True, slots=True)
class Waived:
    """A finding that somebody with the authority keeps from failing the gate, up to a day."""

    identity: Identity
    reason: str
    approved_by: str
    expires: date
    location: Location


@dataclass(frozen=True, slots=True)
class Void:
    """A waiver that counts for nothing: it has expired, or matches no finding."""

    identity: Identity
    why: str
    location: Location


@dataclass(frozen=True, slots=True)
class Gate:
    """What does not fail a run though it was found, and what is to be said about that.

    `known` are findings that the baseline has, `closed` what stands in it and is found no longer; `baseline` is the
    name of its file, None where there is none.
    """

    waived: tuple[Waived, ...] = ()
    void: tuple[Void, ...] = ()
    baseline: str | None = None
    known: frozenset[Identity] = frozenset()
    closed: tuple[Identity, ...] = ()

    def waiver(self, finding: Finding) -> Waived | None:
        """Return what waives a finding, or None."""
        return next((waived for waived in self.waived if waived.identity == finding.identity), None)

    def counts(self, finding: Finding) -> bool:
        """Tell whether a finding may fail the run: it is neither waived nor in the baseline."""
        return finding.identity not in self.known and self.waiver(finding) is None


def fails(
    assessment: Assessment, fail_on: Grade | None, fail_under: float | None = None, gate: Gate | None = None
) -> bool:
    """Tell whether a finding reaches the grade `fail_on` (None: never), or the score is below `fail_under` percent."""
    gate = gate or Gate()
    if fail_on is not None and any(
        finding.grade.rank >= fail_on.rank and gate.counts(finding) for finding in assessment.findings
    ):
        return True
    if fail_under is None:
        return False
    score = assessment.summary.counts.score
    return score is None or score * 100 < fail_under
