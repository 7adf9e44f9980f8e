"""JUnit XML, valid by the schema of Jenkins (junit-10.xsd): one test case for each requirement.

A gap and a requirement to which nothing speaks are failures; what does not apply, was not assessed or has had no
occasion is skipped, and so is a requirement all of whose findings are waived or stand in the baseline. Sections of the
standard are test suites. The schema has no attribute for file and line, so that they stand in the text of a failure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final
from xml.etree import ElementTree as Xml

from isocheck.assessment.gate import Gate
from isocheck.assessment.results import Assessment, Finding, RequirementResult, SectionResult
from isocheck.reports.ci import Relative, said, spot
from isocheck.reports.text import one_line
from isocheck.terms import Grade, Verdict, label

__all__ = ["render"]

_FAILING: Final = frozenset({Verdict.MINOR, Verdict.MAJOR, Verdict.NOT_DESCRIBED})
_SKIPPED: Final = frozenset({Verdict.NOT_APPLICABLE, Verdict.UNASSESSED, Verdict.NOT_YET})
_UNFAVOURABLE: Final = frozenset({Verdict.MINOR, Verdict.MAJOR})


def render(assessment: Assessment, gate: Gate | None = None, relative: Relative = str) -> bytes:
    """Return the test suites as XML in UTF-8, without a clock's time; the same assessment gives the same bytes."""
    made = _Cases(assessment, gate or Gate(), relative)
    suites = [made.suite(section) for section in assessment.sections]
    whole: Counter[str] = Counter()
    for suite in suites:
        whole.update({key: int(suite.attrib[key]) for key in ("tests", "failures", "errors")})
    root = Xml.Element("testsuites", {"name": one_line(f"isocheck, {assessment.standard}")})
    root.attrib |= {key: str(whole[key]) for key in ("tests", "failures", "errors")} | {"time": "0"}
    root.extend(suites)
    Xml.indent(root)
    text = Xml.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode("utf-8", "backslashreplace")


class _Cases:
    """Makes test cases of requirements."""

    def __init__(self, assessment: Assessment, gate: Gate, relative: Relative) -> None:
        self._gate, self._relative = gate, relative
        self._pack, self._as_of = assessment.standard.id, assessment.as_of.isoformat()
        self._pulled: dict[str, list[Finding]] = {}
        for finding in assessment.findings:
            for id_ in dict.fromkeys(each.requirement for each in finding.consequences):
                self._pulled.setdefault(id_, []).append(finding)

    def suite(self, section: SectionResult) -> Xml.Element:
        """Return a section as a suite."""
        name = one_line(f"{section.id} {section.title}")
        requirements = [each for clause in section.clauses for each in clause.requirements]
        cases = [self._case(each, f"{self._pack}.{name}") for each in requirements]
        suite = Xml.Element("testsuite", {"name": name, "package": self._pack, "time": "0", "errors": "0"})
        suite.attrib |= {
            "tests": str(len(cases)),
            "failures": str(sum(case.find("failure") is not None for case in cases)),
            "skipped": str(sum(case.find("skipped") is not None for case in cases)),
        }
        Xml.SubElement(Xml.SubElement(suite, "properties"), "property", {"name": "as-of", "value": self._as_of})
        suite.extend(cases)
        return suite

    def _case(self, requirement: RequirementResult, class_: str) -> Xml.Element:
        name = one_line(f"{requirement.label} {requirement.statement}")
        case = Xml.Element("testcase", {"name": name, "classname": class_, "time": "0"})
        verdict, reason = requirement.verdict, one_line(requirement.reason)
        if verdict in _SKIPPED:
            Xml.SubElement(case, "skipped", {"type": verdict.value, "message": f"{verdict.word}: {reason}"})
        elif verdict in _FAILING:
            own, pulled = tuple(_gaps(requirement)), tuple(self._roots(requirement))
            bearing = dict.fromkeys((*own, *pulled))
            judged = any(each.judgement and each.judgement.verdict in _UNFAVOURABLE for each in _all(requirement))
            if bearing and not judged and not any(map(self._gate.counts, bearing)):
                why = "; ".join(dict.fromkeys(map(self._excused, bearing)))
                Xml.SubElement(case, "skipped", {"type": verdict.value, "message": f"{verdict.word}, but {why}"})
            else:
                said_ = said(own[0]) if own else reason
                failure = Xml.SubElement(case, "failure", {"type": verdict.value, "message": said_})
                failure.text = "\n".join(self._lines(requirement, own, pulled))
        return case

    def _roots(self, requirement: RequirementResult) -> Iterator[Finding]:
        """Yield findings elsewhere with which this requirement falls."""
        for each in _all(requirement):
            yield from self._pulled.get(each.id, ())

    def _excused(self, finding: Finding) -> str:
        waived = self._gate.waiver(finding)
        if waived is None:
            return "known in the baseline"
        reason, by = one_line(waived.reason), one_line(waived.approved_by)
        return f"waived: {reason} (approved by {by}, until {waived.expires})"

    def _lines(
        self, requirement: RequirementResult, own: Iterable[Finding], pulled: Iterable[Finding]
    ) -> Iterator[str]:
        yield f"{requirement.verdict.word}: {one_line(requirement.reason)}"
        for each in _all(requirement):
            if each.judgement and each.judgement.verdict in _UNFAVOURABLE:
                judgement = each.judgement
                yield one_line(f"Judged {judgement.verdict} by {judgement.by} on {judgement.on}: {judgement.note}")
        for finding in own:
            excused = "" if self._gate.counts(finding) else f" [{self._excused(finding)}]"
            yield f"{self._at(finding)}: potential {finding.grade}: {said(finding)}{excused}"
        for finding in dict.fromkeys(pulled):
            yield f"{self._at(finding)}: falls with {label(finding.requirement)}: {said(finding)}"
        if requirement.remedy:
            yield f"Remedy: {one_line(requirement.remedy)}"

    def _at(self, finding: Finding) -> str:
        at = spot(finding.location, self._relative)
        return one_line(f"{at.path}:{at.line}")


def _all(requirement: RequirementResult) -> tuple[RequirementResult, ...]:
    return (requirement, *requirement.items)


def _gaps(requirement: RequirementResult) -> Iterator[Finding]:
    """Yield what counts as a gap, that of sub-items included, since it rolls up."""
    for each in _all(requirement):
        yield from (finding for finding in each.findings if finding.grade is not Grade.OPPORTUNITY)
