"""The shape of the JSON report, declared once: mypy holds the renderer to it, and its JSON Schema is made from it.

The shape has a version of its own. A field may be added under the same version; a field that goes, or that changes
its meaning, raises `FORMAT_VERSION`.
"""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal, NotRequired

from pydantic import Field, TypeAdapter
from typing_extensions import TypedDict

from isocheck.terms import Grade, Verdict

__all__ = ["FORMAT_VERSION", "Result", "published", "result_schema"]

FORMAT_VERSION: Final = 1

Natural = Annotated[int, Field(ge=0)]
Share = Annotated[float, Field(ge=0, le=1)]


class Tool(TypedDict):
    """The program that wrote the result."""

    name: Annotated[Literal["isocheck"], Field(description="Name of the program.")]
    version: Annotated[str, Field(description="Version of the program.")]


class Standard(TypedDict):
    """The edition against which was assessed."""

    id: Annotated[str, Field(description="Id of the pack, such as 'iso9001-2015'.")]
    name: Annotated[str, Field(description="Name of the standard, such as 'ISO 9001'.")]
    edition: Annotated[str, Field(description="Year of the edition.")]
    amendments: Annotated[list[str], Field(description="Amendments that the assessment includes.")]
    confidence: Annotated[str, Field(description="How sure the pack is of the facts that it states.")]


class Organisation(TypedDict):
    """Whose quality management system was assessed; a text is empty where the description does not say."""

    name: Annotated[str, Field(description="Name of the organisation.")]
    description: Annotated[str, Field(description="What the organisation does.")]
    employees: Annotated[str, Field(description="How many people work there, as the description puts it.")]
    sites: Annotated[list[str], Field(description="Sites of the organisation.")]
    products: Annotated[list[str], Field(description="Products and services.")]
    scope: Annotated[str, Field(description="Statement of the scope of the system.")]
    boundaries: Annotated[str, Field(description="Boundaries of the system.")]


class Engagement(TypedDict):
    """What was looked at; an empty list means all."""

    sites: Annotated[list[str], Field(description="Sites inside the engagement; empty means all.")]
    processes: Annotated[list[str], Field(description="Processes inside the engagement; empty means all.")]
    clauses: Annotated[list[str], Field(description="Clauses inside the engagement; empty means all.")]


class Register(TypedDict):
    """A register and how many entries it holds."""

    name: Annotated[str, Field(description="Name of the register, as files write it.")]
    title: Annotated[str, Field(description="Title of the register, as prose shows it.")]
    entries: Annotated[Natural, Field(description="How many entries it holds.")]
    ids: Annotated[list[str], Field(description="Ids of its entries; empty where it holds a single one without an id.")]


class Source(TypedDict):
    """What was read."""

    root: Annotated[str, Field(description="The directory or file that was read.")]
    files: Annotated[list[str], Field(description="Files that were read, as paths that begin with the root.")]
    skipped: Annotated[list[str], Field(description="Files that share no register with isocheck.")]
    entries: Annotated[Natural, Field(description="Entries of all registers together.")]
    registers: Annotated[list[Register], Field(description="Registers with the number of their entries.")]


VerdictCounts = TypedDict(
    "VerdictCounts",
    {
        "conforming": Annotated[Natural, Field(description=Verdict.CONFORMING.meaning)],
        "described": Annotated[Natural, Field(description=Verdict.DESCRIBED.meaning)],
        "minor": Annotated[Natural, Field(description=Verdict.MINOR.meaning)],
        "major": Annotated[Natural, Field(description=Verdict.MAJOR.meaning)],
        "not-described": Annotated[Natural, Field(description=Verdict.NOT_DESCRIBED.meaning)],
        "not-yet": Annotated[Natural, Field(description=Verdict.NOT_YET.meaning)],
        "unassessed": Annotated[Natural, Field(description=Verdict.UNASSESSED.meaning)],
        "not-applicable": Annotated[Natural, Field(description=Verdict.NOT_APPLICABLE.meaning)],
    },
)
VerdictCounts.__doc__ = "How many hold each verdict; every verdict is named, also with 0."


class Counts(TypedDict):
    """Requirements by verdict, and the numbers drawn from them."""

    verdicts: Annotated[VerdictCounts, Field(description="Requirements by verdict.")]
    total: Annotated[Natural, Field(description="All requirements.")]
    outside: Annotated[
        Natural, Field(description="How many of the unassessed requirements lie outside the engagement.")
    ]
    applicable: Annotated[
        Natural, Field(description="Requirements that apply and lie inside the engagement: the whole of the score.")
    ]
    met: Annotated[Natural, Field(description="Requirements that are conforming or described.")]
    score: Annotated[
        Share | None, Field(description="met / applicable, rounded to four places; null where nothing applies.")
    ]


class SectionSummary(Counts):
    """The numbers of one of the sections 4 to 10."""

    id: Annotated[str, Field(description="Number of the section.")]
    title: Annotated[str, Field(description="Title of the section.")]


class Grades(TypedDict):
    """How many have each potential grade."""

    major: Annotated[Natural, Field(description="Potentially major nonconformities.")]
    minor: Annotated[Natural, Field(description="Potentially minor nonconformities.")]
    opportunity: Annotated[Natural, Field(description="Opportunities for improvement; they lower nothing.")]


class WeakClause(TypedDict):
    """A clause with few of its requirements met."""

    clause: Annotated[str, Field(description="Number of the clause.")]
    title: Annotated[str, Field(description="Title of the clause.")]
    met: Annotated[Natural, Field(description="Requirements of the clause that are met.")]
    applicable: Annotated[Natural, Field(description="Requirements of the clause that apply.")]


class Summary(Counts):
    """The numbers of the whole assessment."""

    gaps: Annotated[
        Grades,
        Field(description="Gaps by potential grade; findings of one check on one requirement are one gap."),
    ]
    findings: Annotated[
        Grades, Field(description="Findings by potential grade: a gap has one for each entry that shows it.")
    ]
    clauses: Annotated[
        VerdictCounts, Field(description="Clauses that hold requirements, by the gravest verdict among these.")
    ]
    clause_mean: Annotated[
        Share | None,
        Field(description="Mean of the clauses' shares of met requirements, rounded to four places; null if none."),
    ]
    weakest: Annotated[list[WeakClause], Field(description="The weakest clauses, weakest first.")]
    sections: Annotated[list[SectionSummary], Field(description="The same numbers for each section.")]
    started: Annotated[
        bool, Field(description="False where nothing is there but drafts of documents, or nothing at all.")
    ]
    sentences: Annotated[list[str], Field(description="The result in about three sentences.")]
    next_steps: Annotated[list[str], Field(description="What to do first, most useful first.")]


class Location(TypedDict):
    """A place in a file; lines and columns count from 1."""

    file: Annotated[str, Field(description="The file, as a path that begins with the root.")]
    line: Annotated[Natural, Field(description="Line; 0 means the file as a whole.")]
    column: Annotated[Natural, Field(description="Column; 0 where there is none.")]
    end_line: Annotated[Natural, Field(description="Line in which the place ends; 0 where there is none.")]
    end_column: Annotated[Natural, Field(description="Column after the last character; 0 where there is none.")]
    sheet: NotRequired[Annotated[str, Field(description="Sheet of a workbook; present only there.")]]
    cell: NotRequired[Annotated[str, Field(description="Cell of a workbook, such as 'D8'; present only there.")]]


class Extent(TypedDict):
    """How far a check looked."""

    failing: Annotated[Natural, Field(description="Entries that failed.")]
    looked: Annotated[Natural, Field(description="Entries that were looked at.")]
    population: Annotated[Natural, Field(description="Entries there are, of which a sample may have been looked at.")]
    blank: Annotated[Natural, Field(description="Entries that could not be judged, since a field is empty.")]


class Clause(Counts):
    """A numbered clause below a section; a heading holds no requirements of its own."""

    id: Annotated[str, Field(description="Number of the clause.")]
    section: Annotated[str, Field(description="Number of the section to which it belongs.")]
    title: Annotated[str, Field(description="Title of the clause.")]
    titled: Annotated[bool, Field(description="False where the standard prints no title and this one is isocheck's.")]
    short: Annotated[str, Field(description="A short title; isocheck's, not the standard's.")]
    intent: Annotated[str, Field(description="What the clause is for, in isocheck's words; may be empty.")]
    verdict: Annotated[
        Verdict | None, Field(description="The gravest verdict of its requirements; null for a heading.")
    ]


class Documented(TypedDict):
    """Documented information that a requirement asks for."""

    kind: Annotated[str, Field(description="'maintain' for a document, 'retain' for a record, or another duty.")]
    what: Annotated[str, Field(description="What is to be documented.")]
    condition: Annotated[str, Field(description="'always', or when it is asked for.")]


class Seen(TypedDict):
    """An entry that a check looked at and that passed, or a document that answers a requirement."""

    subject: Annotated[str, Field(description="The entry as 'register/id'.")]
    text: Annotated[str, Field(description="What the entry says, in short.")]
    location: Annotated[Location, Field(description="Where it stands.")]


class Check(TypedDict):
    """What one check answered."""

    name: Annotated[str, Field(description="Name of the check, stable within its requirement.")]
    kind: Annotated[str, Field(description="Kind of the check, such as 'exists' or 'covers'.")]
    tests: Annotated[str, Field(description="The words of the requirement that it tests.")]
    plain: Annotated[str, Field(description="What it looks at, in a sentence.")]
    grade: Annotated[Grade, Field(description="The potential grade of its failure.")]
    outcome: Annotated[
        Literal["passed", "failed", "nothing"],
        Field(description="What came out; 'nothing' means that there was nothing to look at, which never passes."),
    ]
    nothing: Annotated[
        Literal["absent", "no occasion", "blank"] | None,
        Field(description="Why there was nothing to look at; null where there was something."),
    ]
    message: Annotated[str, Field(description="What came out, in words.")]
    extent: Annotated[Extent, Field(description="How far the check looked.")]
    root: Annotated[
        str | None,
        Field(description="The requirement under which the failure or absence is reported, where it is another one."),
    ]


class Judgement(TypedDict):
    """What a human assessor recorded on a requirement."""

    verdict: Annotated[Verdict, Field(description="The verdict that the assessor gave.")]
    note: Annotated[str, Field(description="The assessor's note; may be empty.")]
    by: Annotated[str, Field(description="Who judged.")]
    on: Annotated[str, Field(description="When, as YYYY-MM-DD.", json_schema_extra={"format": "date"})]


class Requirement(TypedDict):
    """One requirement with its verdict; its findings stand in the list of findings, under its id."""

    id: Annotated[str, Field(description="Id of the requirement: '9.2.2-a', '9.3.2-c4', '8.5.2-s1'.")]
    clause: Annotated[str, Field(description="Number of the clause to which it belongs.")]
    statement: Annotated[str, Field(description="What it asks for, in isocheck's words.")]
    verdict: Annotated[Verdict, Field(description="The outcome.")]
    reason: Annotated[str, Field(description="Why it has this verdict.")]
    documented: Annotated[Documented | None, Field(description="Documented information that it asks for, if any.")]
    qualifier: Annotated[str, Field(description="Latitude that the standard gives, such as 'as applicable'; or empty.")]
    stage: Annotated[int, Field(description="When on the way to certification it is usually dealt with; 1 is first.")]
    evidence: Annotated[list[str], Field(description="Typical evidence.")]
    questions: Annotated[list[str], Field(description="Questions that an auditor may ask.")]
    judge: Annotated[str, Field(description="What is left to a person to judge; may be empty.")]
    remedy: Annotated[str, Field(description="What would close a gap; may be empty.")]
    checks: Annotated[list[Check], Field(description="What its checks answered.")]
    seen: Annotated[list[Seen], Field(description="Entries and documents that speak for it.")]
    judgement: Annotated[Judgement | None, Field(description="What a person recorded; null if nobody did.")]
    items: Annotated[
        list[Requirement],
        Field(description="Numbered sub-items; they roll up into this requirement and are not counted."),
    ]


class Consequence(TypedDict):
    """A check that fails only because of a finding elsewhere."""

    requirement: Annotated[str, Field(description="Id of the requirement that falls with the finding.")]
    check: Annotated[str, Field(description="Name of the check.")]
    message: Annotated[str, Field(description="What came out, in words.")]


class Finding(TypedDict):
    """A requirement that a check shows not to be met.

    Requirement, check, register, entry and item together identify it from one run to another; a line never does.
    """

    requirement: Annotated[str, Field(description="Id of the requirement, which may be a numbered sub-item.")]
    check: Annotated[str, Field(description="Name of the check, stable within its requirement.")]
    kind: Annotated[str, Field(description="Kind of the check, or 'absent' or 'integrity'.")]
    register: Annotated[str, Field(description="The register that the finding is about.")]
    entry: Annotated[str, Field(description="Id of the entry; empty where the whole register is meant.")]
    item: Annotated[str, Field(description="The part of the entry that is meant; may be empty.")]
    identity: Annotated[
        str,
        Field(description="All of these as one text, as waivers and baselines name it: '9.2.2-c/impartial audits/A2'."),
    ]
    grade: Annotated[Grade, Field(description="Potential grade; only a certification body grades nonconformities.")]
    because: Annotated[str, Field(description="Reason for the grade.")]
    message: Annotated[str, Field(description="What was found.")]
    tests: Annotated[str, Field(description="The words of the requirement that the check tests.")]
    remedy: Annotated[str, Field(description="What would close the gap.")]
    extent: Annotated[Extent, Field(description="How far the check looked.")]
    lapse: Annotated[
        Literal["own", "default", "past"] | None,
        Field(
            description="Which interval was overrun: the organisation's own, the pack's default, or the pack's last "
            "limit; null where none was."
        ),
    ]
    consequences: Annotated[list[Consequence], Field(description="Checks that fail only because of this finding.")]
    location: Annotated[Location, Field(description="Where the cause stands.")]


class DocumentedRow(TypedDict):
    """One line of the documented-information matrix."""

    requirement: Annotated[str, Field(description="Id of the requirement that asks for it.")]
    title: Annotated[str, Field(description="Title of the clause.")]
    documented: Annotated[Documented, Field(description="What is to be documented, and when.")]
    verdict: Annotated[Verdict, Field(description="Verdict of the requirement.")]
    found: Annotated[list[Seen], Field(description="Documents and records that answer it.")]


class Exclusion(TypedDict):
    """A declared exclusion and what became of it."""

    clause: Annotated[str, Field(description="Id of the clause or requirement that is excluded.")]
    title: Annotated[str, Field(description="Title of the clause.")]
    justification: Annotated[str, Field(description="Why it does not apply, as the organisation puts it.")]
    approved: Annotated[str, Field(description="By whom and when the exclusion was approved; may be empty.")]
    accepted: Annotated[bool, Field(description="False where the exclusion is a finding on 4.3.")]
    remark: Annotated[str, Field(description="What isocheck makes of it.")]
    location: Annotated[Location, Field(description="Where it is declared.")]


class Notice(TypedDict):
    """Something that a reader of the result has to know and that is no finding."""

    text: Annotated[str, Field(description="What it is.")]
    location: Annotated[Location | None, Field(description="Where it shows; null where that is no one place.")]


class Interval(TypedDict):
    """An interval in force."""

    name: Annotated[str, Field(description="Name of the interval.")]
    length: Annotated[str, Field(description="Its length, such as '12 months'.")]
    origin: Annotated[str, Field(description="'own' for the organisation's own, 'default' for the pack's default.")]


class Waived(TypedDict):
    """A finding that does not fail the run, since somebody with the authority approved that for a time."""

    identity: Annotated[str, Field(description="Identity of the finding.")]
    reason: Annotated[str, Field(description="Why it may stand for now.")]
    approved_by: Annotated[str, Field(description="Who approved it.")]
    expires: Annotated[
        str,
        Field(description="Last day on which the waiver counts, as YYYY-MM-DD.", json_schema_extra={"format": "date"}),
    ]
    location: Annotated[Location, Field(description="Where the waiver stands.")]


class Void(TypedDict):
    """A waiver that counts for nothing."""

    identity: Annotated[str, Field(description="Identity of the finding that the waiver names.")]
    why: Annotated[str, Field(description="Why it is void: it expired, its finding became graver, or it matches none.")]
    location: Annotated[Location, Field(description="Where the waiver stands.")]


class Gate(TypedDict):
    """Whether the run failed, and what was found that does not fail it; verdicts and shares know nothing of it."""

    failed: Annotated[bool, Field(description="Whether the run failed: exit code 1.")]
    fail_on: Annotated[
        Grade | None, Field(description="A finding of this grade or a graver one fails the run; null: none does.")
    ]
    fail_under: Annotated[
        float | None, Field(description="A score below this many per cent fails the run; null: none does.")
    ]
    waived: Annotated[list[Waived], Field(description="Findings that are waived; they do not fail the run.")]
    void: Annotated[list[Void], Field(description="Waivers that count for nothing.")]
    baseline: Annotated[str | None, Field(description="Name of the baseline's file; null where there is none.")]
    known: Annotated[list[str], Field(description="Findings that the baseline has; they do not fail the run.")]
    new: Annotated[
        list[str], Field(description="Findings that are neither known nor waived; empty where there is no baseline.")
    ]
    graver: Annotated[
        list[str], Field(description="Findings that the baseline has with a lesser grade; they count as new.")
    ]
    closed: Annotated[list[str], Field(description="What the baseline has and was mended.")]
    gone: Annotated[
        list[str],
        Field(
            description="What the baseline has and is found no longer without showing to be mended: its entry is not "
            "described any more, or nothing is left to look at."
        ),
    ]
    misnamed: Annotated[
        list[str],
        Field(description="What the baseline has of a requirement, check or register that there is not; it is void."),
    ]


class Result(TypedDict):
    """The result of an assessment by isocheck.

    Same inputs give the same bytes. Grades are potential: only a certification body grades nonconformities.
    """

    format_version: Annotated[Literal[1], Field(description="Version of this shape.")]
    tool: Annotated[Tool, Field(description="The program that wrote the result.")]
    standard: Annotated[Standard, Field(description="The edition against which was assessed.")]
    as_of: Annotated[
        str,
        Field(description="The day for which the result holds, as YYYY-MM-DD.", json_schema_extra={"format": "date"}),
    ]
    organisation: Annotated[Organisation, Field(description="Whose system was assessed.")]
    engagement: Annotated[Engagement, Field(description="What was looked at.")]
    source: Annotated[Source, Field(description="What was read.")]
    summary: Annotated[Summary, Field(description="The numbers of the whole assessment.")]
    clauses: Annotated[list[Clause], Field(description="Clauses in the order of the standard.")]
    requirements: Annotated[list[Requirement], Field(description="Requirements in the order of the standard.")]
    findings: Annotated[list[Finding], Field(description="Findings, gravest first, then in the order of the standard.")]
    documented: Annotated[list[DocumentedRow], Field(description="Documented information that is asked for.")]
    exclusions: Annotated[list[Exclusion], Field(description="Declared exclusions.")]
    limits: Annotated[list[str], Field(description="What was not looked at and what the result does not say.")]
    notices: Annotated[list[Notice], Field(description="What a reader has to know and is no finding.")]
    intervals: Annotated[list[Interval], Field(description="Intervals in force.")]
    gate: Annotated[Gate | None, Field(description="What came of the gate; null in a report that has none.")]


def result_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of the JSON report."""
    return published(TypeAdapter(Result), "result", FORMAT_VERSION)


def published(type_: TypeAdapter[Any], name: str, version: int) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a format of ours: objects closed, every field described."""
    shape = type_.json_schema()
    definitions = shape.pop("$defs")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:isocheck:{name}:{version}",
        "title": f"isocheck {name}, version {version}",
        **_tidy(shape, definitions),
        "$defs": {name: _tidy(definitions[name], definitions) for name in sorted(definitions)},
    }


def _tidy(schema: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    """Close an object, describe each field, and drop the titles that pydantic makes up from names."""
    tidy = {key: value for key, value in schema.items() if key not in {"title", "properties"}}
    tidy["description"] = " ".join(schema["description"].split())
    if "properties" in schema:
        tidy["additionalProperties"] = False
        tidy["properties"] = {name: _described(field, definitions) for name, field in schema["properties"].items()}
    return tidy


def _described(field: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    """Give a field the description that pydantic leaves out where it equals that of the type."""
    described = {key: value for key, value in field.items() if key != "title"}
    if "description" not in described:
        described["description"] = definitions[field["$ref"].rpartition("/")[2]]["description"]
    return described
