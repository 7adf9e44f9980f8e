"""An assessment whose places are named otherwise: as seen from the root of a repository, where it is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from isocheck.assessment.results import Assessment, Finding, RequirementResult, Seen
from isocheck.location import Location

__all__ = ["relocated"]


def relocated(assessment: Assessment, name: Callable[[str], str]) -> Assessment:
    """Return the same assessment with each file called what `name` makes of it; nothing else changes."""

    def place(location: Location) -> Location:
        return replace(location, file=name(location.file))

    def finding(one: Finding) -> Finding:
        return replace(one, location=place(one.location))

    def seen(one: Seen) -> Seen:
        return replace(one, location=place(one.location))

    def requirement(one: RequirementResult) -> RequirementResult:
        return replace(
            one,
            seen=tuple(map(seen, one.seen)),
            findings=tuple(map(finding, one.findings)),
            items=tuple(map(requirement, one.items)),
        )

    source = assessment.source
    return replace(
        assessment,
        findings=tuple(map(finding, assessment.findings)),
        sections=tuple(
            replace(
                section,
                clauses=tuple(
                    replace(clause, requirements=tuple(map(requirement, clause.requirements)))
                    for clause in section.clauses
                ),
            )
            for section in assessment.sections
        ),
        documented=tuple(replace(row, found=tuple(map(seen, row.found))) for row in assessment.documented),
        exclusions=tuple(replace(row, location=place(row.location)) for row in assessment.exclusions),
        notices=tuple(
            replace(notice, location=place(notice.location) if notice.location else None)
            for notice in assessment.notices
        ),
        source=replace(
            source,
            root=name(source.root),
            files=tuple(map(name, source.files)),
            skipped=tuple(map(name, source.skipped)),
        ),
    )
