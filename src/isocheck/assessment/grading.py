"""How grave a failure may be, and why."""

from __future__ import annotations

from isocheck.assessment.running import Ran, Scope
from isocheck.checks.base import Failure
from isocheck.terms import Grade

__all__ = ["grade_failure"]

_ONE_GAP = "the requirement is not met here; nothing yet says that the system as a whole fails"


def grade_failure(ran: Ran, failure: Failure, scope: Scope) -> tuple[Grade, str]:
    """Return the potential grade of a failure with its reason.

    An overrun interval is graded by whose interval it is. A third of what was looked at, and at least three, turns
    minor into major. An opportunity becomes minor where the organisation adopted the rule that the check names.
    """
    check, outcome = ran.check, ran.outcome
    if check.grade is Grade.OPPORTUNITY:
        rules = scope.description.settings.rules
        if check.rule is not None and check.rule in rules:
            return Grade.MINOR, scope.pack.file.rules[check.rule]
        return Grade.OPPORTUNITY, check.because or ""
    if failure.lapse is not None:
        grade = scope.intervals.grade(failure.interval, failure.lapse)
        because = _lapse(failure, scope)
    else:
        grade, because = check.grade, check.because or _ONE_GAP
    failing = len(outcome.failures)
    if grade is Grade.MINOR and not failure.whole and failing >= 3 and failing * 3 >= outcome.looked:
        return Grade.MAJOR, f"{failing} of {outcome.looked}: a third or more of what was looked at, so no single lapse"
    return grade, because


def _lapse(failure: Failure, scope: Scope) -> str:
    if failure.lapse == "default":
        return "only the default of this tool is overrun; the standard names no interval and none of your own is set"
    if failure.lapse == "past" and failure.interval is not None:
        return (
            f"more than {scope.intervals.by_name[failure.interval].past} have passed, so that it no longer takes place"
        )
    return "an interval that you set for yourselves is overrun"
