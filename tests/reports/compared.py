"""An invented comparison for the tests of reports: every list, every kind of remark, a series with a hole."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from isocheck.assessment.comparison import REMARKS, Change, Comparison, Course, VerdictChange, compare
from isocheck.assessment.results import Assessment, count
from isocheck.assessment.snapshots import Point, snapshot
from isocheck.terms import Grade, Verdict

from . import fabricated as invented

HOSTILE = invented.ESCAPE


def course() -> Course:
    """Two sides and a series; texts hold what a careless report would pass on."""
    comparison = full(invented.fabricated())
    return Course("0.1.0", comparison, history())


def bare() -> Course:
    """Two sides of which nothing can be said."""
    side = snapshot(invented.empty(), "qms", "today")
    return Course("0.1.0", compare(side, side))


def series() -> Course:
    """A series of one state, so that there is nothing to compare."""
    return Course("0.1.0", None, history()[:1])


def full(assessment: Assessment) -> Comparison:
    """A comparison in which each list holds something."""
    new = snapshot(assessment, "qms", "today")
    old = replace(new, label="v1.0:qms", root="v1.0:qms", dated="day of commit 1a2b3c4d5", as_of=date(2025, 10, 30))
    gaps = [finding for finding in assessment.findings if finding.grade is not Grade.OPPORTUNITY]
    before = [
        replace(finding, location=replace(finding.location, file=f"v1.0:qms/{finding.location.file}"))
        for finding in assessment.findings
    ]
    closing = [remark for remark in REMARKS if remark not in {"", "falls-with", "surfaced", "time"}]
    gone = [before[at % len(before)] for at in range(len(closing))]
    return Comparison(
        old=old,
        new=new,
        added=(
            *(Change(finding, None) for finding in gaps[:2]),
            *(Change(replace(gaps[2], entry=f"E{at}"), None, "time") for at in range(7)),
            Change(gaps[3], None, "surfaced"),
            *(Change(finding, None) for finding in assessment.findings if finding.grade is Grade.OPPORTUNITY),
        ),
        regressed=(
            Change(gaps[0], Grade.MINOR, "time"),
            Change(gaps[4], Grade.OPPORTUNITY),
        ),
        eased=(Change(gaps[5], Grade.MAJOR),),
        unchanged=(Change(gaps[6], gaps[6].grade), Change(gaps[7], gaps[7].grade, "falls-with")),
        closed=tuple(
            Change(replace(finding, entry=f"X{at}"), finding.grade, remark)
            for at, (finding, remark) in enumerate(zip(gone, closing, strict=True))
        ),
        not_looked_at=(Change(gaps[1], None), Change(before[0], before[0].grade)),
        verdicts=(
            VerdictChange("8.5.1-a", "Production", "Duty.", Verdict.DESCRIBED, Verdict.MINOR),
            VerdictChange("9.2.2-a", f"Audits {HOSTILE} | <b>", "Duty.", Verdict.MAJOR, Verdict.DESCRIBED),
            VerdictChange("9.3.2-c", "Inputs", "Duty.", Verdict.MAJOR, Verdict.NOT_YET),
        ),
        notices=("The two days of assessment lie 365 days apart.", f"{HOSTILE} calls itself <Töchter> | `x`."),
    )


def history() -> tuple[Point, ...]:
    """Nine states, one that cannot be read, two on one day."""
    numbers = ((10, 9, 14), (12, 7, 12), None, (15, 3, 9), (15, 3, 9), (19, 0, 4), (20, 0, 0), (22, 1, 0), (23, 0, 0))
    days = (date(2025, 10, 30), *(date(2026, month, 3) for month in (1, 2, 4, 4, 6, 8, 9, 10)))
    return tuple(
        Point(
            f"{at}a2b3c4d5:qms",
            day,
            count([Verdict.DESCRIBED] * held[0] + [Verdict.MINOR] * (23 - held[0])) if held else None,
            held[1] if held else 0,
            held[2] if held else 0,
            "" if held else f"2a2b3c4d5:qms/a.yaml:1:9: {HOSTILE} <b> | is missing",
        )
        for at, (day, held) in enumerate(zip(days, numbers, strict=True))
    )
