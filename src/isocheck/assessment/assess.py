"""The assessment: a pure function of pack, description and day."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from isocheck import __version__
from isocheck.assessment.findings import collect
from isocheck.assessment.naming import named
from isocheck.assessment.results import (
    Assessment,
    ClauseResult,
    Counts,
    DocumentedRow,
    Engagement,
    ExclusionRow,
    Notice,
    Organisation,
    RegisterRow,
    RequirementResult,
    SectionResult,
    Source,
    Standard,
    count,
)
from isocheck.assessment.running import Ran, Scope, prepare, run_checks
from isocheck.assessment.summary import limits, summarise
from isocheck.assessment.verdicts import judge_clause, seen
from isocheck.qms.description import Description
from isocheck.qms.tables import Subject
from isocheck.standard.model import Pack
from isocheck.terms import Verdict

__all__ = ["assess", "engagement_of", "standard_of"]

_GRAVITY = (
    Verdict.MAJOR,
    Verdict.MINOR,
    Verdict.NOT_DESCRIBED,
    Verdict.UNASSESSED,
    Verdict.NOT_YET,
    Verdict.DESCRIBED,
    Verdict.CONFORMING,
    Verdict.NOT_APPLICABLE,
)


def assess(pack: Pack, description: Description, as_of: date, selection: tuple[str, ...] = ()) -> Assessment:
    """Assess a description against a pack as of a day.

    `selection` names clauses or requirements to look at, empty for all. The same inputs give the same result.
    """
    scope = prepare(pack, description, as_of, selection)
    ran = list(run_checks(scope))
    findings = collect(scope, ran)
    by_requirement: dict[str, list[Ran]] = defaultdict(list)
    for item in ran:
        by_requirement[item.requirement.id].append(item)
    sections = []
    for section in pack.sections:
        clauses = []
        for clause in section.clauses:
            chosen = [requirement for requirement in clause.requirements if requirement.id in scope.ids]
            if clause.requirements and not chosen:
                continue
            results = judge_clause(scope, chosen, clause.alternatives, by_requirement, findings)
            clauses.append(
                ClauseResult(
                    clause.id,
                    clause.name,
                    clause.title is not None,
                    clause.short,
                    clause.intent,
                    gravest(results),
                    _count(scope, results),
                    results,
                )
            )
        clauses = _drop_bare_headings(clauses) if selection else clauses
        everything = tuple(result for clause in clauses for result in clause.requirements)
        if clauses:
            sections.append(SectionResult(section.section, section.title, _count(scope, everything), tuple(clauses)))
    ordered = findings.ordered()
    return Assessment(
        version=__version__,
        standard=standard_of(pack),
        as_of=as_of,
        organisation=_organisation(description),
        engagement=engagement_of(description),
        source=_source(description),
        summary=summarise(scope, tuple(sections), ordered),
        sections=tuple(sections),
        findings=ordered,
        documented=_documented(scope, tuple(sections)),
        exclusions=_exclusions(scope),
        limits=limits(scope, tuple(sections), ran, selection),
        notices=tuple(Notice(text, where) for text, where in description.notices),
        intervals=tuple(
            (name, str(interval.own or interval.default), "your own" if interval.own else "default of this tool")
            for name, interval in scope.intervals.by_name.items()
        ),
    )


def gravest(results: tuple[RequirementResult, ...]) -> Verdict | None:
    """Return the gravest verdict, None where there is none."""
    return min((result.verdict for result in results), key=_GRAVITY.index, default=None)


def _count(scope: Scope, results: tuple[RequirementResult, ...]) -> Counts:
    return count((result.verdict for result in results), sum(result.id in scope.outside for result in results))


def _drop_bare_headings(clauses: list[ClauseResult]) -> list[ClauseResult]:
    kept = [clause.id for clause in clauses if clause.requirements]
    return [clause for clause in clauses if clause.requirements or any(id_.startswith(f"{clause.id}.") for id_ in kept)]


def standard_of(pack: Pack) -> Standard:
    """Say what was checked against."""
    head = pack.file
    return Standard(head.id, head.name, head.edition, head.amendments, head.confidence)


def _organisation(description: Description) -> Organisation:
    entry, scope = description.single("organisation"), description.single("scope")
    sites = tuple(site.name or site.id for site in entry.sites if site and (site.name or site.id)) if entry else ()
    return Organisation(
        name=(entry.name if entry else None) or "",
        description=(entry.description if entry else None) or "",
        employees=(entry.employees if entry else None) or "",
        sites=sites,
        products=tuple(filter(None, entry.products)) if entry else (),
        scope=(scope.statement if scope else None) or "",
        boundaries=(scope.boundaries if scope else None) or "",
    )


def engagement_of(description: Description) -> Engagement:
    """Say what was looked at."""
    engagement = description.settings.engagement
    if engagement is None:
        return Engagement()
    return Engagement(
        tuple(filter(None, engagement.sites)),
        tuple(filter(None, engagement.processes)),
        tuple(filter(None, engagement.clauses)),
    )


def _source(description: Description) -> Source:
    rows = (
        RegisterRow(
            name,
            table.register.title,
            len(table.entries),
            () if table.register.single else tuple(entry.id for entry in table.entries),
        )
        for name, table in description.tables.items()
    )
    return Source(description.root, description.files, description.skipped, tuple(rows))


def _documented(scope: Scope, sections: tuple[SectionResult, ...]) -> tuple[DocumentedRow, ...]:
    answers = {row.requirement: row for row in scope.tables.view("required_documents")}
    rows = []
    for section in sections:
        for clause in section.clauses:
            for result in clause.requirements:
                if result.documented is None:
                    continue
                row = answers.get(result.id)
                named = [Subject("documents", id_, "", ()) for id_ in (row.document if row else ())]
                named += [Subject("records", id_, "", ()) for id_ in (row.record if row else ())]
                found = tuple(seen(scope, subject) for subject in named)
                rows.append(DocumentedRow(result.id, clause.title, result.documented, result.verdict, found))
    return tuple(rows)


def _exclusions(scope: Scope) -> tuple[ExclusionRow, ...]:
    entry = scope.description.single("scope")
    rows: list[ExclusionRow] = []
    if entry is None:
        return ()
    for state in scope.tables.view("exclusion_state"):
        declared = entry.exclusions[state.route[1]]
        clause = scope.pack.clauses.get(state.clause)
        remark = ""
        if not state.plausible:
            remark = "The standard does not let this clause be left out."
        elif state.contradicted_by:
            shown = (f"{named(scope.tables, entry)} ({entry})" for entry in state.contradicted_by)
            remark = f"The description shows the activity: {', '.join(shown)}."
        elif not state.justification:
            remark = "No justification is given."
        by = named(scope.tables, declared.approved_by) if declared.approved_by else ""
        rows.append(
            ExclusionRow(
                state.clause,
                clause.name if clause else "",
                state.justification or "",
                ", ".join(str(part) for part in (by, declared.approved) if part),
                not remark,
                remark,
                scope.description.locate("scope", "", state.route),
            )
        )
    return tuple(rows)
