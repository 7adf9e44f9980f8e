"""The result in numbers and in sentences: what it says, what to do first, what was not looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

from isocheck.assessment.results import ClauseResult, Finding, Gap, SectionResult, Summary, WeakClause, count, gaps_of
from isocheck.assessment.running import Ran, Scope
from isocheck.qms.description import Description
from isocheck.qms.registers import REGISTERS
from isocheck.terms import Grade, Verdict, label, sort_key

__all__ = ["limits", "summarise"]

_WEAKEST = 5
_STEPS = 5
_NAMED = 3


def summarise(scope: Scope, sections: tuple[SectionResult, ...], findings: tuple[Finding, ...]) -> Summary:
    """Draw the numbers and the prose from the results."""
    clauses = [clause for section in sections for clause in section.clauses if clause.requirements]
    counts = count(
        (result.verdict for clause in clauses for result in clause.requirements),
        sum(clause.counts.outside for clause in clauses),
    )
    shares = [
        WeakClause(clause.id, clause.title, clause.counts.met, clause.counts.applicable)
        for clause in clauses
        if clause.counts.applicable
    ]
    shares.sort(key=lambda clause: clause.met / clause.applicable)
    gaps = gaps_of(findings)
    bare = _not_started(scope.description)
    mean = sum(clause.met / clause.applicable for clause in shares) / len(shares) if shares else None
    verdicts = count(clause.verdict for clause in clauses if clause.verdict is not None)
    summary = Summary(
        counts=counts,
        clauses=verdicts,
        gaps=_by_grade(gap.first.grade for gap in gaps),
        findings=_by_grade(finding.grade for finding in findings),
        weakest=tuple(clause for clause in shares[:_WEAKEST] if clause.met < clause.applicable),
        clause_mean=mean,
        sentences=(),
        next_steps=(),
        started=not bare,
    )
    return replace(
        summary,
        sentences=tuple(_sentences(summary, _gravest(gaps, clauses), bare)),
        next_steps=tuple(islice(_first_entries(findings) if bare else _next_steps(gaps), _STEPS)),
    )


def _not_started(description: Description) -> str:
    """Say that a system has not been put to work, or return an empty text: nothing is there but drafts of documents."""
    filled = {name for name, table in description.tables.items() if table.entries}
    if not filled:
        return "Nothing is described yet, so that nothing can be said about the system itself."
    documents = description.entries("documents")
    if not documents or filled - {"documents", "organisation"}:
        return ""
    if any(entry.approved or entry.status not in (None, "draft", "in review") for entry in documents):
        return ""
    drafts = _plural(len(documents), "document")
    return (
        f"Not started: {drafts}, {'a draft' if len(documents) == 1 else 'all of them drafts'}, and nothing else. The "
        "gaps say what is still to be written and done, not what is broken."
    )


def _by_grade(grades: Iterable[Grade]) -> tuple[tuple[Grade, int], ...]:
    tally = Counter(grades)
    return tuple((grade, tally[grade]) for grade in reversed(Grade))


def _plural(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def _gravest(gaps: tuple[Gap, ...], clauses: list[ClauseResult]) -> list[str]:
    """Name what the gravest major gaps are about, in our words: 'choosing providers (8.4.1)'."""
    major = dict.fromkeys(gap.first.clause for gap in gaps if gap.first.grade is Grade.MAJOR)
    short = {clause.id: clause.short for clause in clauses}
    return [f"{short[id_][:1].lower()}{short[id_][1:]} ({id_})" for id_ in islice(major, _NAMED)]


def _sentences(summary: Summary, named: list[str], bare: str) -> Iterator[str]:
    counts = summary.counts
    if bare:
        yield bare
    yield (
        f"Of {_plural(counts.applicable, 'applicable requirement')}, {counts.met} "
        f"{'is' if counts.met == 1 else 'are'} described or judged to conform."
    )
    grades = dict(summary.gaps)
    major, minor = grades.get(Grade.MAJOR, 0), grades.get(Grade.MINOR, 0)
    if major or minor:
        parts = [_plural(major, "potential major gap")] if major else []
        parts += [_plural(minor, "potential minor gap")] if minor else []
        about = " and ".join(filter(None, (", ".join(named[:-1]), *named[-1:])))
        gravest = f". The gravest {'is' if major == 1 else 'are'} about {about}" if named else ""
        yield f"The checks found {' and '.join(parts)}{gravest}."
    else:
        yield "No check found a gap."
    unseen = counts[Verdict.UNASSESSED] - counts.outside
    waiting = counts[Verdict.DESCRIBED] + unseen
    if waiting:
        yield (
            f"A person has yet to judge {_plural(waiting, 'requirement')}: a description shows what is written down, "
            "not what is done."
        )


def _next_steps(gaps: tuple[Gap, ...]) -> Iterator[str]:
    """Yield remedies of the gravest gaps, each once."""
    real = [gap.first for gap in gaps if gap.first.grade is not Grade.OPPORTUNITY]
    remedies = {finding.requirement: f"{label(finding.requirement)}: {finding.remedy}" for finding in real}
    yield from remedies.values()
    if not real:
        yield "Have a competent person judge what is described, on site and with samples of the records."


def _first_entries(findings: tuple[Finding, ...]) -> Iterator[str]:
    """Yield what to fill in first where nothing is described: registers in the order of the standard."""
    absent = [finding for finding in findings if finding.kind == "absent"]
    for finding in sorted(absent, key=lambda finding: sort_key(finding.requirement)):
        yield (f"{label(finding.requirement)}: fill in '{finding.register}' ({finding.location}). {finding.remedy}")


def limits(
    scope: Scope, sections: tuple[SectionResult, ...], ran: list[Ran], selection: tuple[str, ...]
) -> tuple[str, ...]:
    """Say what was not looked at, and what the result does not say."""
    return tuple(_limits(scope, sections, ran, selection))


def _limits(
    scope: Scope, sections: tuple[SectionResult, ...], ran: list[Ran], selection: tuple[str, ...]
) -> Iterator[str]:
    description = scope.description
    yield (
        "What was looked at is a description. Whether people work as it says is for an auditor to find out, and only a "
        "certification body certifies; every grade is potential."
    )
    unseen = [
        label(result.id)
        for section in sections
        for clause in section.clauses
        for result in clause.requirements
        if result.verdict is Verdict.UNASSESSED and result.id not in scope.outside
    ]
    if unseen:
        shown = ", ".join(unseen[:40]) + (f" and {len(unseen) - 40} more" if len(unseen) > 40 else "")
        yield f"No check saw {_plural(len(unseen), 'requirement')}, and nobody judged them: {shown}."
    if selection:
        yield f"Only {', '.join(map(label, selection))} was looked at."
    if scope.outside:
        yield f"{_plural(len(scope.outside), 'requirement')} outside the engagement were not looked at."
    unknown = sum(item.outcome.unknown for item in ran)
    if unknown:
        yield f"{_plural(unknown, 'answer')} of checks stayed open because git could not tell who approved a document."
    blank = sum(item.outcome.blank - item.outcome.unknown for item in ran)
    if blank:
        yield f"{_plural(blank, 'answer')} of checks stayed open because an entry says too little."
    places = [
        entry.id
        for name in ("documents", "records")
        for entry in description.entries(name)
        if entry.location is not None and entry.path is None
    ]
    if places:
        yield f"{_plural(len(places), 'document or record', 'documents and records')} kept elsewhere were not opened."
    if any(True for name in ("documents", "records") for entry in description.entries(name) if entry.path):
        yield "Files that the description names were looked for, not read."
    if description.skipped:
        yield f"{_plural(len(description.skipped), 'YAML file')} without a register of isocheck were passed over."
    if description.unread:
        yield f"{_plural(len(description.unread), 'file')} that no source names were not read."
    for report in description.sources:
        if report.sample:
            yield f"{REGISTERS[report.register].title}: what {report.pattern} holds is {report.sample}."
    for sample in description.entries("samples"):
        if sample.population:
            yield (
                f"{(sample.of_what or 'something').capitalize()}: a sample of {len(sample.items)} from "
                f"{sample.population} was looked at{f' ({sample.chosen})' if sample.chosen else ''}."
            )
