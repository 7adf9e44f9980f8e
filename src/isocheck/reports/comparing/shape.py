"""The shape of a comparison as JSON, declared once: mypy holds the renderer to it, and its JSON Schema is made from it.

A field may be added under the same version; a field that goes, or changes its meaning, raises `FORMAT_VERSION`.
"""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import Field, TypeAdapter
from typing_extensions import TypedDict

from isocheck.assessment.comparison import Direction, Remark
from isocheck.reports.result_schema import Grades, Location, Natural, Share, Standard, Tool, published
from isocheck.terms import Grade, Verdict

__all__ = ["FORMAT_VERSION", "Result", "comparison_schema"]

FORMAT_VERSION: Final = 1

Day = Annotated[str, Field(json_schema_extra={"format": "date"})]


class Side(TypedDict):
    """One of the two assessments."""

    label: Annotated[str, Field(description="What the user called it: a file, a folder, or REVISION:path.")]
    as_of: Annotated[Day, Field(description="Day of the assessment, as YYYY-MM-DD.")]
    dated: Annotated[str, Field(description="Where that day comes from, such as 'today'.")]
    tool_version: Annotated[str, Field(description="Version of isocheck that assessed it.")]
    standard: Annotated[Standard, Field(description="The edition against which was assessed.")]
    organisation: Annotated[str, Field(description="Whose system was assessed; may be empty.")]
    applicable: Annotated[Natural, Field(description="Requirements that apply and lie inside the engagement.")]
    met: Annotated[Natural, Field(description="Requirements that are conforming or described.")]
    score: Annotated[
        Share | None, Field(description="met / applicable, rounded to four places; null where nothing applies.")
    ]
    gaps: Annotated[Grades, Field(description="Gaps by potential grade, one for each check of a requirement.")]


class Change(TypedDict):
    """A finding and what became of it.

    Requirement, check, register, entry and item together identify it from one assessment to another.
    """

    requirement: Annotated[str, Field(description="Id of the requirement, which may be a numbered sub-item.")]
    check: Annotated[str, Field(description="Name of the check, stable within its requirement.")]
    register: Annotated[str, Field(description="The register that the finding is about.")]
    entry: Annotated[str, Field(description="Id of the entry; empty where the whole register is meant.")]
    item: Annotated[str, Field(description="The part of the entry that is meant; may be empty.")]
    grade: Annotated[Grade, Field(description="Potential grade now; where it is found no longer, the last one.")]
    was: Annotated[Grade | None, Field(description="Potential grade before; null where it was not found.")]
    remark: Annotated[
        Remark,
        Field(description="What is to be known of the change; empty where there is nothing."),
    ]
    said: Annotated[str, Field(description="The remark in words; may be empty.")]
    message: Annotated[str, Field(description="What was found.")]
    remedy: Annotated[str, Field(description="What would close the gap.")]
    location: Annotated[Location, Field(description="Where the cause stands, or stood.")]


class Changes(TypedDict):
    """Findings by what became of them; each stands in one list."""

    new: Annotated[list[Change], Field(description="Found now and not before, though the same was looked at.")]
    regressed: Annotated[list[Change], Field(description="Found before and graver now.")]
    eased: Annotated[list[Change], Field(description="Found before and less grave now.")]
    unchanged: Annotated[list[Change], Field(description="Found before and now, with the same grade.")]
    closed: Annotated[list[Change], Field(description="Found before and not now; the remark says whether mended.")]
    not_looked_at: Annotated[list[Change], Field(description="Found on one side, where the other did not look.")]


class VerdictChange(TypedDict):
    """A requirement that both sides looked at, with another verdict than before."""

    requirement: Annotated[str, Field(description="Id of the requirement.")]
    title: Annotated[str, Field(description="Short title of its clause; isocheck's, not the standard's.")]
    was: Annotated[Verdict, Field(description="Verdict before.")]
    verdict: Annotated[Verdict, Field(description="Verdict now.")]
    direction: Annotated[
        Direction,
        Field(description="Whether more is shown than before, or less; 'other' where nothing was earned or lost."),
    ]


class Comparison(TypedDict):
    """Two assessments side by side."""

    old: Annotated[Side, Field(description="The older side.")]
    new: Annotated[Side, Field(description="The newer side.")]
    findings: Annotated[Changes, Field(description="Findings by what became of them.")]
    verdicts: Annotated[list[VerdictChange], Field(description="Requirements with another verdict than before.")]
    notices: Annotated[list[str], Field(description="What cannot be compared, and what else has to be known.")]


class Point(TypedDict):
    """One state in a series; numbers are null where it cannot be shown."""

    label: Annotated[str, Field(description="What the user called it: a file, a folder, or REVISION:path.")]
    as_of: Annotated[Day, Field(description="Day of the assessment, as YYYY-MM-DD.")]
    applicable: Annotated[Natural | None, Field(description="Requirements that apply and lie inside the engagement.")]
    met: Annotated[Natural | None, Field(description="Requirements that are conforming or described.")]
    score: Annotated[Share | None, Field(description="met / applicable, rounded to four places.")]
    major: Annotated[Natural | None, Field(description="Potential major gaps.")]
    minor: Annotated[Natural | None, Field(description="Potential minor gaps.")]
    problem: Annotated[str, Field(description="Why it cannot be shown; empty where it can.")]


class Result(TypedDict):
    """A comparison by isocheck, and a series over time. Same inputs give the same bytes."""

    format_version: Annotated[Literal[1], Field(description="Version of this shape.")]
    tool: Annotated[Tool, Field(description="The program that wrote the comparison.")]
    comparison: Annotated[Comparison | None, Field(description="Two sides; null where a series has not two of them.")]
    history: Annotated[list[Point], Field(description="The series, oldest first; empty where none was asked for.")]


def comparison_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a comparison."""
    return published(TypeAdapter(Result), "comparison", FORMAT_VERSION)
