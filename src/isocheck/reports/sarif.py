"""SARIF 2.1.0, as code scanning on GitHub reads it.

A rule is a check of a requirement that has a finding, or what is absent from it or leads nowhere; a result is a
finding. What was waived is there as suppressed, what a baseline knows as unchanged. Requirements that pass or do not
apply are left out. No rule has a `security-severity`: gaps in a quality system are no weaknesses of that kind.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any, Final
from urllib.parse import quote

from isocheck.assessment.gate import Gate, Waived
from isocheck.assessment.identities import write_identity
from isocheck.assessment.results import Assessment, ClauseResult, Finding, Notice, RequirementResult
from isocheck.location import Location
from isocheck.reports.ci import Relative, fingerprint, grades, said, sentence, spot, stopped, worst_first
from isocheck.reports.markdown import escape
from isocheck.reports.text import number, one_line
from isocheck.terms import Grade, label, sort_key

__all__ = ["KEPT", "render"]

KEPT: Final = 5000
"""GitHub shows so many results of a run."""

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_NAME = "urn:isocheck"  # the program's name; it has no page of its own to lead to
_ROOT = "%SRCROOT%"
_LEVELS: Final = {Grade.MAJOR: "error", Grade.MINOR: "warning", Grade.OPPORTUNITY: "note"}
_ABSENT = "what the requirement rests on is described"
_BRACE = re.compile(r"[{}]")
_LINK = re.compile(r"\[(?=[^\]]*\]\()")

Rule = tuple[str, str]
"""Requirement and check."""


def render(assessment: Assessment, gate: Gate | None = None, relative: Relative = str) -> bytes:
    """Return a log with one run, indented; the same assessment gives the same bytes."""
    run = _run(assessment, gate or Gate(), relative)
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return (json.dumps(log, indent=1, ensure_ascii=False) + "\n").encode("utf-8", "backslashreplace")


def _run(assessment: Assessment, gate: Gate, relative: Relative) -> dict[str, Any]:
    ranked = worst_first(assessment.findings, gate)
    kept, dropped = ranked[:KEPT], ranked[KEPT:]
    rules: dict[Rule, list[Finding]] = {}
    for finding in sorted(kept, key=lambda finding: (sort_key(finding.requirement), finding.check)):
        rules.setdefault((finding.requirement, finding.check), []).append(finding)
    index = {rule: at for at, rule in enumerate(rules)}
    root = relative(assessment.source.root)
    return {
        "tool": {
            "driver": {
                "name": "isocheck",
                "version": assessment.version,
                "semanticVersion": assessment.version,
                "informationUri": _NAME,
                "rules": _rules(assessment, rules),
            }
        },
        "automationDetails": {"id": f"isocheck/{assessment.standard.id}/{'' if root == '.' else f'{_uri(root)}/'}"},
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The root of the repository."}}},
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": True,
                "toolExecutionNotifications": _notifications(assessment, dropped, gate, relative),
            }
        ],
        "results": [_result(each, index[each.requirement, each.check], gate, relative) for each in kept],
    }


# Rules ----------------------------------------------------------------------------------------------------------


def _rules(assessment: Assessment, rules: dict[Rule, list[Finding]]) -> list[dict[str, Any]]:
    clauses = {clause.id: clause for clause in assessment.clauses()}
    requirements = {each.id: each for each in assessment.with_items()}
    return [
        _rule(findings, requirements[requirement], clauses[findings[0].clause], assessment.standard.name)
        for (requirement, _), findings in rules.items()
    ]


def _rule(
    findings: list[Finding], requirement: RequirementResult, clause: ClauseResult, standard: str
) -> dict[str, Any]:
    first, shown = findings[0], label(requirement.id)
    tests = first.tests or _ABSENT
    plain = next((check.plain for check in requirement.checks if check.name == first.check), "")
    grade = max((finding.grade for finding in findings), key=lambda grade: grade.rank)
    looks = sentence(plain or f"Looks whether {tests}")
    asks, remedy = sentence(requirement.statement), sentence(first.remedy)
    return {
        "id": _rule_id(first),
        "shortDescription": {"text": sentence(f"{shown}: {tests}")},
        "fullDescription": {"text": f"{asks} {looks}"},
        "help": {
            "text": f"{standard}, {shown}, {one_line(clause.title)}. {asks} {looks} Remedy: {remedy}",
            "markdown": f"**{escape(standard)}, {shown}**, {escape(clause.title)}\n\n{escape(asks)}\n\n"
            f"- **What is tested:** {escape(looks)}\n"
            f"- **Remedy:** {escape(remedy)}\n"
            f"- **More:** `isocheck explain {requirement.id}`\n",
        },
        "defaultConfiguration": {"level": _LEVELS[grade]},
        "properties": {"tags": ["quality", f"clause-{clause.id}", first.kind], "label": shown},
    }


def _rule_id(finding: Finding) -> str:
    return f"{finding.requirement}/{finding.check}"


# Results --------------------------------------------------------------------------------------------------------


def _result(finding: Finding, rule: int, gate: Gate, relative: Relative) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": _rule_id(finding),
        "ruleIndex": rule,
        "level": _LEVELS[finding.grade],
        "message": {"text": _text(stopped(said(finding)))},
        "locations": [_location(finding.location, relative) | _subject(finding)],
        "partialFingerprints": {"primaryLocationLineHash": f"{fingerprint(finding.identity)}:1"},
    }
    if gate.baseline is not None:
        result["baselineState"] = "unchanged" if finding.identity in gate.known else "new"
    if gate.waived:  # all results of a run tell, or none does
        waived = gate.waiver(finding)
        result["suppressions"] = [_suppression(waived)] if waived else []
    return result | {"properties": {"grade": finding.grade.value, "because": one_line(finding.because)}}


def _subject(finding: Finding) -> dict[str, Any]:
    name = one_line(f"{finding.subject}/{finding.item}" if finding.item else finding.subject)
    return {"logicalLocations": [{"fullyQualifiedName": name, "kind": "object"}]}


def _location(location: Location, relative: Relative) -> dict[str, Any]:
    at = spot(location, relative)
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": _uri(at.path), "uriBaseId": _ROOT},
            "region": {
                "startLine": at.line,
                "startColumn": at.column,
                "endLine": at.end_line,
                "endColumn": at.end_column,
            },
        }
    }


def _suppression(waived: Waived) -> dict[str, Any]:
    said_ = f"{one_line(waived.reason)} (approved by {one_line(waived.approved_by)}, until {waived.expires})"
    return {"kind": "external", "status": "accepted", "justification": said_}


def _uri(path: str) -> str:
    """Write a relative path as a URI reference; './' keeps a colon from being read as the end of a scheme."""
    uri = quote(path, safe="/:@!$&'()*+,;=-._~", errors="backslashreplace")
    return f"./{uri}" if ":" in uri.partition("/")[0] else uri


def _text(text: str) -> str:
    """Write a text of input as a message: braces and links are syntax there."""
    return _LINK.sub(r"\\[", _BRACE.sub(lambda match: match[0] * 2, text))


# Notifications --------------------------------------------------------------------------------------------------


def _notifications(
    assessment: Assessment, dropped: Sequence[Finding], gate: Gate, relative: Relative
) -> list[dict[str, Any]]:
    notices = [*assessment.notices, *map(Notice, assessment.limits)]
    if dropped:
        held = f"{number(len(dropped), 'finding')} ({grades(dropped)})"
        kept = "what may fail the run is kept before what is waived or known, then the gravest" if gate else ""
        kept = kept or "the gravest are kept"
        notices.insert(0, Notice(f"{held} left out: a run may hold {KEPT} results, and {kept}"))
    notices += [
        Notice(f"the waiver of {write_identity(void.identity)} is void: it {void.why}", void.location)
        for void in gate.void
    ]
    return [_notification(notice, relative) for notice in notices]


def _notification(notice: Notice, relative: Relative) -> dict[str, Any]:
    where = {} if notice.location is None else {"locations": [_location(notice.location, relative)]}
    return {"level": "note", "message": {"text": _text(sentence(notice.text))}} | where
