"""The gate: whether a result fails a run, by the threshold that was asked for."""

from __future__ import annotations

from isocheck.assessment.results import Assessment
from isocheck.terms import Grade

__all__ = ["fails"]


def fails(assessment: Assessment, fail_on: Grade | None, fail_under: float | None = None) -> bool:
    """Tell whether a finding reaches the grade `fail_on` (None: never), or the score is below `fail_under` percent."""
    if fail_on is not None and any(finding.grade.rank >= fail_on.rank for finding in assessment.findings):
        return True
    if fail_under is None:
        return False
    score = assessment.summary.counts.score
    return score is None or score * 100 < fail_under
