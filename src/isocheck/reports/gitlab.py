"""GitLab Code Quality: a JSON array of findings, shown in merge requests.

A potential major gap is `major`, a potential minor one `minor`, an opportunity `info`: GitLab's `critical` and
`blocker` say more than a check of a description can know. What is waived or known in the baseline is left out, and
the last element says how many findings that are.
"""

from __future__ import annotations

import json
from typing import Any, Final

from isocheck.assessment.gate import Gate
from isocheck.assessment.results import Assessment, Finding
from isocheck.location import Location
from isocheck.reports.ci import Relative, fingerprint, left_out, said, sentence, spot, stopped
from isocheck.reports.text import one_line
from isocheck.terms import Grade, label

__all__ = ["render"]

_SEVERITIES: Final = {Grade.MAJOR: "major", Grade.MINOR: "minor", Grade.OPPORTUNITY: "info"}
_NOTE = "left-out"


def render(assessment: Assessment, gate: Gate | None = None, relative: Relative = str) -> bytes:
    """Return the report as JSON in UTF-8, gravest first; the same assessment gives the same bytes."""
    gate = gate or Gate()
    issues = [_issue(finding, relative) for finding in assessment.findings if gate.counts(finding)]
    if out := left_out(assessment.findings, gate):
        where = next((waived.location for waived in gate.waived), Location(gate.baseline or assessment.source.root))
        issues.append(_entry(f"isocheck: {out}.", _NOTE, fingerprint((_NOTE, "", "", "")), "info", where, relative))
    return (json.dumps(issues, indent=2, ensure_ascii=False) + "\n").encode("utf-8", "backslashreplace")


def _issue(finding: Finding, relative: Relative) -> dict[str, Any]:
    description = f"{label(finding.requirement)} {stopped(said(finding))} Remedy: {sentence(finding.remedy)}"
    return _entry(
        description,
        f"{finding.requirement}/{finding.check}",
        fingerprint(finding.identity),
        _SEVERITIES[finding.grade],
        finding.location,
        relative,
    )


def _entry(
    description: str, check: str, mark: str, severity: str, where: Location, relative: Relative
) -> dict[str, Any]:
    at = spot(where, relative)
    return {
        "description": description,
        "check_name": check,
        "fingerprint": mark,
        "severity": severity,
        "location": {"path": one_line(at.path), "lines": {"begin": at.line, "end": at.end_line}},
    }
