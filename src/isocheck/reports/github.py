"""Annotations of GitHub Actions: commands on standard output that a run shows beside the lines of a pull request.

Texts are escaped as the toolkit of GitHub (`@actions/core`) does it, so that nothing in a description can end a
command or begin one. A step shows ten errors, ten warnings and ten notices: the gravest are written, and a last notice
says how many more there are, and how many are waived or known in the baseline.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from isocheck.assessment.gate import Gate
from isocheck.assessment.results import Assessment, Finding
from isocheck.reports.ci import Relative, grades, left_out, said, sentence, spot, stopped, worst_first
from isocheck.reports.text import number, one_line
from isocheck.terms import Grade, label

__all__ = ["SHOWN", "Annotation", "chosen", "render"]

SHOWN: Final = 10
"""Annotations of one kind that GitHub shows of a step."""

_KINDS: Final = {Grade.MAJOR: "error", Grade.MINOR: "warning", Grade.OPPORTUNITY: "notice"}


@dataclass(frozen=True, slots=True)
class Annotation:
    """One annotation; `properties` are in the order in which the toolkit writes them."""

    kind: str
    message: str
    properties: dict[str, str]

    def __str__(self) -> str:
        """The workflow command; properties that are empty are left out."""
        held = ",".join(f"{name}={_property(value)}" for name, value in self.properties.items() if value)
        return f"::{self.kind} {held}::{_data(self.message)}"


def render(assessment: Assessment, gate: Gate | None = None, relative: Relative = str) -> bytes:
    """Return the commands, one a line; nothing where there is nothing to say."""
    lines = (f"{annotation}\n" for annotation in chosen(assessment, gate or Gate(), relative))
    return "".join(lines).encode("utf-8", "backslashreplace")


def chosen(assessment: Assessment, gate: Gate, relative: Relative) -> list[Annotation]:
    """Return the annotations that GitHub will show, worst first."""
    held: dict[Grade, list[Finding]] = {grade: [] for grade in _KINDS}
    for finding in worst_first(assessment.findings, gate):
        if gate.counts(finding):
            held[finding.grade].append(finding)
    out = left_out(assessment.findings, gate)
    last = bool(out) or any(len(findings) > SHOWN for findings in held.values())
    room = dict.fromkeys(_KINDS, SHOWN) | {Grade.OPPORTUNITY: SHOWN - last}  # the last notice is one of ten
    found = [_annotation(finding, relative) for grade, each in held.items() for finding in each[: room[grade]]]
    more = [finding for grade, each in held.items() for finding in each[room[grade] :]]
    texts = [f"{number(len(more), 'more finding')} not shown here: {grades(more)}"] if more else []
    texts += [out] if out else []
    return found + ([Annotation("notice", " ".join(map(sentence, texts)), {"title": "isocheck"})] if last else [])


def _annotation(finding: Finding, relative: Relative) -> Annotation:
    at = spot(finding.location, relative)
    grade = "opportunity" if finding.grade is Grade.OPPORTUNITY else f"potential {finding.grade}"
    properties = {
        "title": f"{label(finding.requirement)}, {grade}",
        "file": one_line(at.path),
        "line": str(at.line),
        "endLine": str(at.end_line),
    }
    if at.line == at.end_line:  # columns hold within one line only, and the last one is included
        properties |= {"col": str(at.column), "endColumn": str(at.end_column - 1)}
    message = f"{stopped(said(finding))}\nRemedy: {sentence(finding.remedy)}"
    return Annotation(_KINDS[finding.grade], message, properties)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
