"""The JSON report: a versioned shape of its own, declared in `result_schema`, written fast and the same each time."""

from __future__ import annotations

import re
from collections.abc import Iterable
from json.encoder import encode_basestring as encode
from typing import TYPE_CHECKING

from isocheck.assessment import results
from isocheck.assessment.gate import Gate
from isocheck.assessment.identities import Identity, write_identity
from isocheck.location import Location
from isocheck.terms import Grade, Verdict

if TYPE_CHECKING:
    from isocheck.reports import result_schema as shape

__all__ = ["encoded", "grades", "placed", "render", "rounded"]


def render(assessment: results.Assessment, gate: Gate | None = None) -> bytes:
    """Return the assessment as JSON in UTF-8, indented, with keys in the order of the declared shape."""
    return encoded(_result(assessment, gate))


def encoded(value: object) -> bytes:
    """Return a value as indented JSON in UTF-8, harmless in a terminal; keys are texts and keep their order."""
    return _harmless((_write(value, "\n") + "\n").encode("utf-8", errors="backslashreplace"))


def _result(assessment: results.Assessment, gate: Gate | None) -> shape.Result:
    standard, organisation = assessment.standard, assessment.organisation
    engagement, source = assessment.engagement, assessment.source
    return {
        "format_version": 1,
        "tool": {"name": "isocheck", "version": assessment.version},
        "standard": {
            "id": standard.id,
            "name": standard.name,
            "edition": standard.edition,
            "amendments": list(standard.amendments),
            "confidence": standard.confidence,
        },
        "as_of": assessment.as_of.isoformat(),
        "organisation": {
            "name": organisation.name,
            "description": organisation.description,
            "employees": organisation.employees,
            "sites": list(organisation.sites),
            "products": list(organisation.products),
            "scope": organisation.scope,
            "boundaries": organisation.boundaries,
        },
        "engagement": {
            "sites": list(engagement.sites),
            "processes": list(engagement.processes),
            "clauses": list(engagement.clauses),
        },
        "source": {
            "root": source.root,
            "files": list(source.files),
            "skipped": list(source.skipped),
            "entries": source.entries,
            "registers": [
                {"name": row.name, "title": row.title, "entries": row.entries, "ids": list(row.ids)}
                for row in source.registers
            ],
        },
        "summary": _summary(assessment),
        "clauses": [_clause(section, clause) for section in assessment.sections for clause in section.clauses],
        "requirements": [_requirement(requirement) for requirement in assessment.requirements()],
        "findings": [_finding(finding) for finding in assessment.findings],
        "documented": [
            {
                "requirement": row.requirement,
                "title": row.title,
                "documented": _documented(row.documented),
                "verdict": row.verdict,
                "found": [_seen(seen) for seen in row.found],
            }
            for row in assessment.documented
        ],
        "exclusions": [
            {
                "clause": row.clause,
                "title": row.title,
                "justification": row.justification,
                "approved": row.approved,
                "accepted": row.accepted,
                "remark": row.remark,
                "location": placed(row.location),
            }
            for row in assessment.exclusions
        ],
        "limits": list(assessment.limits),
        "notices": [
            {"text": notice.text, "location": placed(notice.location) if notice.location else None}
            for notice in assessment.notices
        ],
        "intervals": [
            {"name": name, "length": length, "origin": origin} for name, length, origin in assessment.intervals
        ],
        "gate": None if gate is None else _gate(assessment, gate),
    }


def _gate(assessment: results.Assessment, gate: Gate) -> shape.Gate:
    return {
        "failed": gate.failed,
        "fail_on": gate.fail_on,
        "fail_under": gate.fail_under,
        "waived": [
            {
                "identity": write_identity(waived.identity),
                "reason": waived.reason,
                "approved_by": waived.approved_by,
                "expires": waived.expires.isoformat(),
                "location": placed(waived.location),
            }
            for waived in gate.waived
        ],
        "void": [
            {"identity": write_identity(void.identity), "why": void.why, "location": placed(void.location)}
            for void in gate.void
        ],
        "baseline": gate.baseline,
        "known": _identities(each.identity for each in assessment.findings if each.identity in gate.known),
        "new": _identities(gate.new(assessment)),
        "graver": _identities(gate.graver),
        "closed": _identities(gate.closed),
        "gone": _identities(gate.gone),
        "misnamed": _identities(gate.misnamed),
    }


def _identities(identities: Iterable[Identity]) -> list[str]:
    return [write_identity(identity) for identity in identities]


def _summary(assessment: results.Assessment) -> shape.Summary:
    summary = assessment.summary
    return {
        **_counts(summary.counts),
        "gaps": grades(summary.gaps),
        "findings": grades(summary.findings),
        "clauses": _verdicts(summary.clauses),
        "clause_mean": rounded(summary.clause_mean),
        "weakest": [
            {"clause": weak.id, "title": weak.title, "met": weak.met, "applicable": weak.applicable}
            for weak in summary.weakest
        ],
        "sections": [
            {"id": section.id, "title": section.title, **_counts(section.counts)} for section in assessment.sections
        ],
        "started": summary.started,
        "sentences": list(summary.sentences),
        "next_steps": list(summary.next_steps),
    }


def grades(counts: tuple[tuple[Grade, int], ...]) -> shape.Grades:
    """Return counts by grade."""
    tally = dict(counts)
    return {"major": tally[Grade.MAJOR], "minor": tally[Grade.MINOR], "opportunity": tally[Grade.OPPORTUNITY]}


def _counts(counts: results.Counts) -> shape.Counts:
    return {
        "verdicts": _verdicts(counts),
        "total": counts.total,
        "outside": counts.outside,
        "applicable": counts.applicable,
        "met": counts.met,
        "score": rounded(counts.score),
    }


def _verdicts(counts: results.Counts) -> shape.VerdictCounts:
    return {
        "conforming": counts[Verdict.CONFORMING],
        "described": counts[Verdict.DESCRIBED],
        "minor": counts[Verdict.MINOR],
        "major": counts[Verdict.MAJOR],
        "not-described": counts[Verdict.NOT_DESCRIBED],
        "not-yet": counts[Verdict.NOT_YET],
        "unassessed": counts[Verdict.UNASSESSED],
        "not-applicable": counts[Verdict.NOT_APPLICABLE],
    }


def rounded(share: float | None) -> float | None:
    """Return a share to four places."""
    return None if share is None else round(share, 4)


def _clause(section: results.SectionResult, clause: results.ClauseResult) -> shape.Clause:
    return {
        "id": clause.id,
        "section": section.id,
        "title": clause.title,
        "titled": clause.titled,
        "short": clause.short,
        "intent": clause.intent,
        "verdict": clause.verdict,
        **_counts(clause.counts),
    }


def _requirement(requirement: results.RequirementResult) -> shape.Requirement:
    judgement = requirement.judgement
    return {
        "id": requirement.id,
        "clause": requirement.clause,
        "statement": requirement.statement,
        "verdict": requirement.verdict,
        "reason": requirement.reason,
        "documented": _documented(requirement.documented) if requirement.documented else None,
        "qualifier": requirement.qualifier,
        "stage": requirement.stage,
        "evidence": list(requirement.evidence),
        "questions": list(requirement.questions),
        "judge": requirement.judge,
        "remedy": requirement.remedy,
        "checks": [_check(check) for check in requirement.checks],
        "seen": [_seen(seen) for seen in requirement.seen],
        "judgement": {
            "verdict": judgement.verdict,
            "note": judgement.note,
            "by": judgement.by,
            "on": judgement.on.isoformat(),
        }
        if judgement
        else None,
        "items": [_requirement(item) for item in requirement.items],
    }


def _documented(documented: results.Documented) -> shape.Documented:
    return {"kind": documented.kind, "what": documented.what, "condition": documented.condition}


def _check(check: results.CheckResult) -> shape.Check:
    return {
        "name": check.name,
        "kind": check.kind,
        "tests": check.tests,
        "plain": check.plain,
        "grade": check.grade,
        "outcome": check.outcome,
        "nothing": check.nothing,
        "message": check.message,
        "extent": _extent(check.extent),
        "root": check.root,
    }


def _seen(seen: results.Seen) -> shape.Seen:
    return {"subject": seen.subject, "text": seen.text, "location": placed(seen.location)}


def _finding(finding: results.Finding) -> shape.Finding:
    return {
        "requirement": finding.requirement,
        "check": finding.check,
        "kind": finding.kind,
        "register": finding.register,
        "entry": finding.entry,
        "item": finding.item,
        "identity": write_identity(finding.identity),
        "grade": finding.grade,
        "because": finding.because,
        "message": finding.message,
        "tests": finding.tests,
        "remedy": finding.remedy,
        "extent": _extent(finding.extent),
        "lapse": finding.lapse,
        "consequences": [
            {"requirement": fallen.requirement, "check": fallen.check, "message": fallen.message}
            for fallen in finding.consequences
        ],
        "location": placed(finding.location),
    }


def _extent(extent: results.Extent) -> shape.Extent:
    return {
        "failing": extent.failing,
        "looked": extent.looked,
        "population": extent.population,
        "blank": extent.blank,
    }


def placed(location: Location) -> shape.Location:
    """Return a place; sheet and cell only where there are such."""
    place: shape.Location = {
        "file": location.file,
        "line": location.line,
        "column": location.column,
        "end_line": location.end_line,
        "end_column": location.end_column,
    }
    if location.sheet is not None:
        place["sheet"] = location.sheet
    if location.cell is not None:
        place["cell"] = location.cell
    return place


def _write(value: object, newline: str) -> str:
    """Write as `json.dumps(value, indent=1, ensure_ascii=False)` does, in half its time.

    The standard library indents in Python, by one generator for each level; its C encoder cannot indent.
    """
    if isinstance(value, str):
        return encode(value)
    inner = newline + " "
    if isinstance(value, dict):
        members = [f'"{key}": {_write(member, inner)}' for key, member in value.items()]
        return f"{{{inner}{f',{inner}'.join(members)}{newline}}}" if members else "{}"
    if isinstance(value, list):
        elements = [encode(each) if type(each) is str else _write(each, inner) for each in value]
        return f"[{inner}{f',{inner}'.join(elements)}{newline}]" if elements else "[]"
    return "null" if value is None else "true" if value is True else "false" if value is False else repr(value)


_STEERING = (
    re.compile(rb"\x7f"),
    re.compile(rb"\xc2[\x80-\x9f]"),
    re.compile(rb"\xe2\x80[\x8e\x8f\xa8-\xae]"),
    re.compile(rb"\xe2\x81[\xa6-\xa9]"),
)
"""DEL, C1 controls, line and paragraph separators, and what turns the direction of text, in UTF-8."""


def _harmless(content: bytes) -> bytes:
    """Escape what JSON lets stand in a text but a terminal or an editor obeys."""
    for pattern in _STEERING:
        content = pattern.sub(lambda match: b"\\u%04x" % ord(match[0].decode()), content)
    return content
