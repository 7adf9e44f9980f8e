"""Pages of prose for `explain` and rows for `clauses`: what a pack says, ready for a report to show."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import dataclass

from isocheck.assessment.results import Assessment, RequirementResult
from isocheck.checks import KINDS, Check
from isocheck.errors import UsageError, did_you_mean
from isocheck.standard.model import Clause, Pack, Requirement, SubItem
from isocheck.terms import Grade, Verdict, label

__all__ = ["ClauseRow", "Page", "Part", "RequirementRow", "explain", "tree"]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a page: a heading, paragraphs, and lines of a list."""

    heading: str
    text: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A page of prose."""

    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class RequirementRow:
    """A requirement in the tree of clauses."""

    id: str
    statement: str
    documented: str
    condition: str
    stage: int
    checks: int
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClauseRow:
    """A section or a clause in the tree; `level` is 1 for a section."""

    id: str
    title: str
    level: int
    requirements: tuple[RequirementRow, ...]


def tree(pack: Pack, documented: bool = False, stage: int | None = None) -> tuple[ClauseRow, ...]:
    """Return the tree of a pack; filters leave out requirements, and clauses in which none is left."""
    rows: list[ClauseRow] = []
    for section in pack.sections:
        below = []
        for clause in section.clauses:
            kept = tuple(
                _row(requirement)
                for requirement in clause.requirements
                if (requirement.documented or not documented) and (stage is None or int(requirement.stage) == stage)
            )
            below.append(ClauseRow(clause.id, clause.name, clause.id.count(".") + 1, kept))
        full = {row.id for row in below if row.requirements}
        if documented or stage is not None:
            below = [row for row in below if any(f"{id_}.".startswith(f"{row.id}.") for id_ in full)]
        if below:
            rows += [ClauseRow(section.section, section.title, 1, ()), *below]
    return tuple(rows)


def _row(requirement: Requirement) -> RequirementRow:
    asked = requirement.documented
    return RequirementRow(
        requirement.id,
        requirement.statement,
        f"{asked.kind}: {asked.what}" if asked else "",
        asked.condition if asked else "",
        int(requirement.stage),
        len(requirement.checks) + sum(len(item.checks) for item in requirement.items),
        tuple(item.id for item in requirement.items),
    )


def explain(pack: Pack, topic: str, assessment: Assessment | None = None) -> Page:
    """Explain a clause, a requirement, a verdict, a grade or a kind of check; with an assessment, also its result.

    Raises UsageError for anything else, with a suggestion.
    """
    results = {} if assessment is None else {result.id: result for result in assessment.with_items()}
    if topic in pack.requirements:
        requirement = pack.requirements[topic]
        return Page(_title(pack, topic), tuple(_requirement(pack, requirement, results)))
    if topic in pack.items:
        item, requirement = pack.items[topic]
        parts = (*_item(item), *_result(results.get(topic)))
        return Page(_title(pack, topic), (*parts, *_requirement(pack, requirement, {})))
    if topic in pack.clauses:
        return Page(_title(pack, topic), tuple(_clause(pack, pack.clauses[topic], results)))
    for section in pack.sections:
        if section.section == topic:
            lines = tuple(f"{clause.id} {clause.name}" for clause in section.clauses)
            return Page(f"{topic} {section.title}", (Part("Clauses", (), lines),))
    word = topic.casefold().replace(" ", "-")
    if word in KINDS:
        return _kind(pack, word)
    if word in set(Verdict):
        return Page(Verdict(word).word, (Part("Verdict", (Verdict(word).meaning,)), *_legend()))
    if word == Grade.OPPORTUNITY:
        text = "Good practice beyond the words of the requirement. It hangs beside the verdict and lowers nothing."
        return Page("Opportunity", (Part("Grade", (text,)),))
    known = (*sorted(pack.ids), *KINDS, *(str(verdict) for verdict in Verdict), "opportunity")
    near = did_you_mean(word, known) or "; a clause (9.2.2), a requirement (9.2.2-b), a verdict or a kind of check is"
    raise UsageError(f"nothing to explain about {topic!r}{near}")


def _title(pack: Pack, id_: str) -> str:
    clause = pack.clauses[id_.partition("-")[0]]
    return f"{label(id_)} {clause.name}"


def _clause(pack: Pack, clause: Clause, results: dict[str, RequirementResult]) -> Iterator[Part]:
    yield Part("Why it exists", (clause.intent,))
    ground = pack.excludable(clause.id)
    if ground:
        yield Part("Can be declared not applicable", (ground,))
    if clause.alternatives:
        yield Part("Alternatives", (f"Any of the letters {', '.join(clause.alternatives)} will do.",))
    below = [other for other in pack.clauses.values() if other.id.startswith(f"{clause.id}.")]
    if below:
        yield Part("Clauses below", (), tuple(f"{other.id} {other.name}" for other in below))
    for requirement in clause.requirements:
        yield from _requirement(pack, requirement, results, short=True)


def _requirement(
    pack: Pack, requirement: Requirement, results: dict[str, RequirementResult], short: bool = False
) -> Iterator[Part]:
    heading = label(requirement.id) if short else "What it asks for"
    qualifier = (f"Qualifier: {requirement.qualifier}.",) if requirement.qualifier else ()
    yield Part(heading, (requirement.statement, *qualifier))
    if requirement.items:
        yield Part("In particular", (), tuple(f"{label(item.id)} {item.statement}" for item in requirement.items))
    if requirement.documented:
        asked = requirement.documented
        yield Part("Documented information", (f"{asked.kind.capitalize()}: {asked.what} ({asked.condition}).",))
    yield from _result(results.get(requirement.id))
    if not short:
        ground = pack.excludable(requirement.id)
        if ground:
            yield Part("Can be declared not applicable", (ground,))
    yield Part("Typical evidence", (), requirement.evidence)
    yield Part("An auditor asks", (), requirement.questions)
    checks = [*requirement.checks, *(check for item in requirement.items for check in item.checks)]
    if checks:
        yield Part("Checks", (), tuple(map(_say, checks)))
    yield Part("Left to a human", (requirement.judge,))
    missing = requirement.if_missing
    yield Part("If it is missing", (f"Potentially {missing.grade}: {missing.because}", requirement.remedy))


def _item(item: SubItem) -> Iterator[Part]:
    yield Part("What it asks for", (item.statement,))
    if item.questions:
        yield Part("An auditor asks", (), item.questions)


def _say(check: Check) -> str:
    grade = "" if check.grade is Grade.MINOR else f" Potentially {check.grade}: {check.because}."
    return f"{check.name}: {check.plain()} Tests: {check.tests}.{grade}"


def _result(result: RequirementResult | None) -> Iterator[Part]:
    if result is None:
        return
    lines = [f"{finding.location}: {finding.subject}: {finding.message}" for finding in result.findings]
    lines += [f"{check.name}: {check.outcome}, {check.message}" for check in result.checks]
    lines += [f"seen: {seen.subject} {seen.text} ({seen.location})" for seen in result.seen]
    yield Part(f"Verdict here: {result.verdict.word}", (result.reason,), tuple(lines))


def _legend() -> Iterator[Part]:
    yield Part("All verdicts", (), tuple(f"{verdict.word}: {verdict.meaning}" for verdict in Verdict))


def _kind(pack: Pack, name: str) -> Page:
    kind = KINDS[name]
    keys = [
        f"{field.alias or key}{'' if field.is_required() else ' (optional)'}: {field.description}"
        for key, field in kind.model_fields.items()
        if key != "kind"
    ]
    example = next(
        (
            f"{requirement.id}/{check.name}: {check.plain()}"
            for requirement in pack.requirements.values()
            for check in requirement.checks
            if isinstance(check, kind)
        ),
        "",
    )
    parts = [Part("What it does", (inspect.getdoc(kind) or "",)), Part("Keys", (), tuple(keys))]
    if example:
        parts.append(Part("Example", (example,)))
    return Page(f"{name}: {kind.title}", tuple(parts))
