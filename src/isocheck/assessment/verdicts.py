"""Verdicts: what all checks of a requirement amount to, and the reason in a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from isocheck.assessment.findings import blocks, declared, silent
from isocheck.assessment.gathering import Findings
from isocheck.assessment.naming import title_of
from isocheck.assessment.results import CheckResult, Documented, Extent, RequirementResult, Seen
from isocheck.assessment.running import Ran, Scope
from isocheck.checks.base import noun
from isocheck.qms.tables import Subject
from isocheck.standard.model import Requirement, SubItem
from isocheck.terms import Grade, Verdict, label

__all__ = ["judge_clause"]

_SHOWN = 4


def judge_clause(
    scope: Scope,
    requirements: Iterable[Requirement],
    alternatives: tuple[str, ...],
    ran: Mapping[str, list[Ran]],
    findings: Findings,
) -> tuple[RequirementResult, ...]:
    """Judge the requirements of one clause; `alternatives` are letters of which the organisation picks.

    `ran` holds what ran by requirement, that of its sub-items included.
    """
    results = [_judge(scope, requirement, ran.get(requirement.id, []), findings) for requirement in requirements]
    if alternatives:
        results = _by_alternatives(results, alternatives)
    return tuple(results)


def _by_alternatives(results: list[RequirementResult], letters: tuple[str, ...]) -> list[RequirementResult]:
    """Give letters that nobody used the verdict of one that was (8.7.1)."""
    ids = {f"{result.clause}-{letter}" for result in results for letter in letters}
    used = [result for result in results if result.id in ids and result.verdict is not Verdict.UNASSESSED]
    taken = [result for result in used if any(check.outcome != "nothing" for check in result.checks)]
    if not taken:
        return results
    met = taken[0]
    return [
        replace(result, verdict=met.verdict, reason=f"An alternative: met by {met.label}.")
        if result.id in ids and result.verdict is Verdict.UNASSESSED
        else result
        for result in results
    ]


def _judge(scope: Scope, requirement: Requirement, ran: list[Ran], findings: Findings) -> RequirementResult:
    verdict, reason = _verdict(scope, requirement, ran, findings)
    own = [item for item in ran if item.id == requirement.id]
    found = findings.ordered_by_requirement().get(requirement.id, ())
    return RequirementResult(
        id=requirement.id,
        clause=requirement.clause,
        statement=requirement.statement,
        verdict=verdict,
        reason=reason,
        documented=Documented(
            requirement.documented.kind, requirement.documented.what, requirement.documented.condition
        )
        if requirement.documented
        else None,
        qualifier=requirement.qualifier or "",
        stage=int(requirement.stage),
        evidence=requirement.evidence,
        questions=requirement.questions,
        judge=requirement.judge,
        remedy=requirement.remedy,
        checks=tuple(_check(item, findings) for item in own),
        seen=_seen(scope, ran),
        findings=found,
        items=tuple(
            _judge_item(scope, requirement, item, [one for one in ran if one.id == item.id], findings)
            for item in requirement.items
        ),
    )


def _judge_item(
    scope: Scope, requirement: Requirement, item: SubItem, ran: list[Ran], findings: Findings
) -> RequirementResult:
    verdict, reason = _verdict(scope, requirement, ran, findings)
    return RequirementResult(
        id=item.id,
        clause=requirement.clause,
        statement=item.statement,
        verdict=verdict,
        reason=reason,
        documented=None,
        qualifier="",
        stage=int(requirement.stage),
        evidence=(),
        questions=item.questions,
        judge="",
        remedy=requirement.remedy,
        checks=tuple(_check(one, findings) for one in ran),
        seen=_seen(scope, ran),
        findings=findings.ordered_by_requirement().get(item.id, ()),
    )


def _verdict(scope: Scope, requirement: Requirement, ran: list[Ran], findings: Findings) -> tuple[Verdict, str]:
    if requirement.id in scope.excluded:
        row = scope.excluded[requirement.id]
        return Verdict.NOT_APPLICABLE, f"{label(row.clause)} is declared not applicable: {row.justification}"
    if requirement.id in scope.outside:
        return Verdict.UNASSESSED, "It lies outside the engagement."
    extra = [
        item.grade for item in findings.ordered_by_requirement().get(requirement.id, ()) if item.kind == "integrity"
    ]
    grades = [grade for item in ran for grade in findings.grades.get(item.key, ())] + extra
    gaps = [grade for grade in grades if grade is not Grade.OPPORTUNITY]
    if gaps:
        gravest = max(gaps, key=lambda grade: grade.rank)
        return Verdict(gravest.value), _failing(ran, findings, len(gaps))
    if not ran:
        return Verdict.UNASSESSED, "No check of this tool can see it; a person has to judge."
    missing = [item for item in ran if (item.outcome.nothing == "absent" and blocks(item)) or silent(item, ran)]
    if missing:
        return _not_described(scope, missing, findings)
    planned = [item.outcome.planned for item in ran if item.outcome.planned is not None]
    if planned:
        return Verdict.NOT_YET, f"The first one is planned for {min(planned)}."
    unknown = [item for item in ran if item.outcome.unknown and item.check.grade is not Grade.OPPORTUNITY]
    if unknown:  # what others pass is no answer about those that nobody could be asked about
        first = unknown[0]
        of = f"{first.outcome.unknown} of {first.outcome.population} {noun(first.check.table)}"
        return Verdict.UNASSESSED, f"Of {of} it is unknown: {first.check.tests}."
    looked = [item for item in ran if item.outcome.looked and item.check.grade is not Grade.OPPORTUNITY]
    if looked:
        return Verdict.DESCRIBED, _passing(scope, looked)
    return Verdict.UNASSESSED, _unseen(ran)


def _failing(ran: list[Ran], findings: Findings, count: int) -> str:
    roots = [findings.roots[item.key] for item in ran if item.outcome.failures and item.key in findings.roots]
    failed = sum(1 for item in ran if item.outcome.failures)
    text = f"{failed} of {len(ran)} checks failed" if ran else "A reference leads nowhere"
    if len(ran) == 1:
        text = "The check failed"
    places = f", in {count} places" if count > 1 else ""
    hanging = f"; see also {label(roots[0])}" if roots else ""
    return f"{text}{places}{hanging}."


def _not_described(scope: Scope, missing: list[Ran], findings: Findings) -> tuple[Verdict, str]:
    answers = [declared(scope, item) for item in missing]
    if all(answers):
        return Verdict.NOT_YET, f"Declared: {answers[0]}"
    first = next(item for item, answer in zip(missing, answers, strict=True) if not answer)
    root = findings.roots.get(first.key)
    if first.outcome.nothing == "blank":
        return Verdict.NOT_DESCRIBED, f"Entries exist, but none says enough to look at {first.check.tests}."
    if root is not None and root != first.requirement.id:
        return Verdict.NOT_DESCRIBED, f"Nothing is described that it could be seen from; reported under {label(root)}."
    return Verdict.NOT_DESCRIBED, "Nothing in the description speaks to it."


def _passing(scope: Scope, looked: list[Ran]) -> str:
    total = sum(item.outcome.looked for item in looked)
    blank = sum(item.outcome.blank for item in looked)
    checks = "1 check" if len(looked) == 1 else f"{len(looked)} checks"
    lapses = sum(len(item.outcome.failures) for item in looked)
    if lapses:  # no more than that, or the verdict would be another
        text = f"{checks} looked at {total} and found {'opportunities' if lapses > 1 else 'an opportunity'}, but no gap"
    else:
        text = f"{checks} passed on {total} looked at"
    unread = len({flaw for item in looked for flaw in scope.unread(item.check)})
    if blank:
        text += f"; {blank} said too little to be looked at"
    if unread:
        text += f"; {unread} value{'s' if unread > 1 else ''} that would be looked at could not be read"
    return f"{text}."


def _unseen(ran: list[Ran]) -> str:
    hints = [item for item in ran if item.outcome.looked]
    if hints:
        return "Only hints can be seen by this tool; a person has to judge."
    item = ran[0]
    if item.outcome.population:
        return f"No occasion among {item.outcome.population} {noun(item.check.table)}."
    return f"No occasion in {noun(item.check.table)}."


def _check(ran: Ran, findings: Findings) -> CheckResult:
    outcome = ran.outcome
    if outcome.failures:
        state = "failed"
        message = outcome.failures[0].message
    elif outcome.nothing is not None:
        state = "nothing"
        message = {
            "absent": f"nothing to look at: no {' and no '.join(name.replace('_', ' ') for name in outcome.empty)}",
            "no occasion": "no occasion",
            "blank": f"{outcome.blank} entries say too little",
        }[outcome.nothing]
    else:
        state = "passed"
        message = f"{outcome.looked} looked at" + (f", {outcome.blank} say too little" if outcome.blank else "")
    return CheckResult(
        name=ran.check.name,
        kind=getattr(ran.check, "kind", ""),
        tests=ran.check.tests,
        plain=ran.check.plain(),
        grade=ran.check.grade,
        outcome=state,  # type: ignore[arg-type]  # one of the three words
        nothing=outcome.nothing,
        message=message,
        extent=Extent(len(outcome.failures), outcome.looked, outcome.population, outcome.blank),
        root=findings.roots.get(ran.key),
    )


def _seen(scope: Scope, ran: list[Ran]) -> tuple[Seen, ...]:
    subjects: dict[Subject, None] = {}
    for item in ran:
        if not item.outcome.failures:
            subjects.update(dict.fromkeys(item.outcome.passed[:2]))
    return tuple(seen(scope, subject) for subject in list(subjects)[:_SHOWN] if subject.entry or subject.route)


def seen(scope: Scope, subject: Subject) -> Seen:
    """Name an entry as evidence, with its title and place."""
    title = title_of(scope.tables, subject.register, subject.entry)
    location = scope.description.locate(subject.register, subject.entry, subject.route)
    return Seen(str(subject), title, location)
