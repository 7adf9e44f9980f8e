"""What the plain reports say about the gate: which gaps do not fail the run, and what became of it."""

from __future__ import annotations

from isocheck.assessment.gate import Gate
from isocheck.assessment.results import Assessment, Gap
from isocheck.reports.text import day, number

__all__ = ["baseline_counts", "outcome", "standing"]


def standing(gap: Gap, gate: Gate | None) -> str:
    """Say how many of a gap's findings are waived or known; empty where none is."""
    if not gate:
        return ""
    waivers = [waiver for finding in gap.findings if (waiver := gate.waiver(finding))]
    known = sum(finding.identity in gate.known and not gate.waiver(finding) for finding in gap.findings)
    total = len(gap.findings)
    if not waivers and not known:
        return ""
    if known == total:
        return "known from the baseline"
    if len(waivers) == total:
        return f"waived until {day(min(waiver.expires for waiver in waivers))}"
    parts = [f"{len(waivers)} waived" if waivers else "", f"{known} known from the baseline" if known else ""]
    counting = total - len(waivers) - known
    return f"{number(counting, 'finding')} of {total} may fail the run: {', '.join(filter(None, parts))}"


def baseline_counts(assessment: Assessment, gate: Gate) -> str:
    """Count against the baseline: '12 findings known from the baseline, 2 new, 1 closed, 1 no longer found'."""
    known = number(len(gate.known), "finding")
    said = f"{known} known from the baseline, {len(gate.new(assessment))} new, {len(gate.closed)} closed"
    gone = f", {len(gate.gone)} no longer found" if gate.gone else ""
    return said + gone + (f", {len(gate.misnamed)} void" if gate.misnamed else "")


def outcome(assessment: Assessment, gate: Gate) -> str:
    """Say in a sentence whether the run fails, and what does not fail it."""
    failing = [
        finding
        for finding in assessment.findings
        if gate.fail_on is not None and finding.grade.rank >= gate.fail_on.rank and gate.counts(finding)
    ]
    reasons = [f"{number(len(failing), 'finding')} at or above the threshold, {gate.fail_on}"] if failing else []
    if gate.failed and gate.fail_under is not None and not failing:
        reasons.append(f"the score is below {gate.fail_under:g} %")
    said = f"This run fails: {' and '.join(reasons)}" if gate.failed else "This run passes"
    rest = [
        baseline_counts(assessment, gate) if gate.baseline is not None else "",
        f"{number(len(gate.waived), 'finding')} waived" if gate.waived else "",
        f"{number(len(gate.void), 'waiver')} void" if gate.void else "",
    ]
    return f"{'; '.join(filter(None, (said, *rest)))}."
