"""Reading a JSON report back, as one side of a comparison; whoever wrote the file, it is input and may be anything.

Only what a comparison needs is asked for, so that a result written before a field was added can still be read.
"""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Final, Literal, NotRequired

from pydantic import Field, TypeAdapter, ValidationError
from typing_extensions import TypedDict

from isocheck.assessment import results
from isocheck.assessment.snapshots import CheckState, RequirementState, Snapshot, entries_of
from isocheck.errors import InputError, Problem
from isocheck.location import Location
from isocheck.reports.result_schema import FORMAT_VERSION
from isocheck.terms import Grade, Verdict

__all__ = ["read_result"]

_SHOWN: Final = 20
"""How many problems of a file are told."""
Natural = Annotated[int, Field(ge=0)]


class _Version(TypedDict):
    format_version: int


class _Tool(TypedDict):
    name: Literal["isocheck"]
    version: str


class _Standard(TypedDict):
    id: str
    name: str
    edition: str
    amendments: list[str]
    confidence: str


class _Organisation(TypedDict):
    name: str


class _Engagement(TypedDict):
    sites: list[str]
    processes: list[str]
    clauses: list[str]


class _Register(TypedDict):
    name: str
    title: str
    entries: Natural
    ids: NotRequired[list[str]]


class _Source(TypedDict):
    root: str
    registers: list[_Register]


class _Grades(TypedDict):
    major: Natural
    minor: Natural
    opportunity: Natural


class _Summary(TypedDict):
    verdicts: dict[Verdict, Natural]
    outside: Natural
    gaps: _Grades


class _Clause(TypedDict):
    id: str
    short: str


class _Extent(TypedDict):
    failing: Natural
    looked: Natural
    population: Natural
    blank: Natural


class _Check(TypedDict):
    name: str
    outcome: Literal["passed", "failed", "nothing"]
    extent: _Extent


class _Item(TypedDict):
    id: str
    clause: str
    statement: str
    verdict: Verdict
    checks: list[_Check]


class _Requirement(_Item):
    items: list[_Item]


class _Location(TypedDict):
    file: str
    line: Natural
    column: Natural
    end_line: Natural
    end_column: Natural
    sheet: NotRequired[str]
    cell: NotRequired[str]


class _Consequence(TypedDict):
    requirement: str
    check: str
    message: str


class _Finding(TypedDict):
    requirement: str
    check: str
    kind: str
    register: str
    entry: str
    item: str
    grade: Grade
    because: str
    message: str
    tests: str
    remedy: str
    extent: _Extent
    lapse: Literal["own", "default", "past"] | None
    consequences: list[_Consequence]
    location: _Location


class _Interval(TypedDict):
    name: str
    length: str


class _Result(TypedDict):
    tool: _Tool
    standard: _Standard
    as_of: date
    organisation: _Organisation
    engagement: _Engagement
    source: _Source
    summary: _Summary
    clauses: list[_Clause]
    requirements: list[_Requirement]
    findings: list[_Finding]
    intervals: NotRequired[list[_Interval]]


def read_result(raw: bytes, name: str) -> Snapshot:
    """Return what a result file holds, as a side of a comparison; `name` is the file as messages show it.

    A byte order mark, as some editors write it, is passed over.
    Raises InputError where it is no JSON, no result of isocheck, of another version of the format, or does not fit.
    """
    raw = raw.removeprefix(BOM_UTF8)
    try:
        version = TypeAdapter(_Version).validate_json(raw, strict=True)["format_version"]
        if version == FORMAT_VERSION:
            return _snapshot(TypeAdapter(_Result).validate_json(raw, strict=True), name)
    except ValidationError as error:
        raise InputError(_problems(error, name)) from None
    told = f"this result has format version {version}, and only version {FORMAT_VERSION} can be read"
    raise InputError([Problem(f"{told}; write it anew with: isocheck check -o {name}", Location(name))])


def _problems(error: ValidationError, name: str) -> Iterator[Problem]:
    for each in error.errors(include_url=False, include_context=False, include_input=False)[:_SHOWN]:
        if each["type"] == "json_invalid":
            yield Problem(f"no JSON: {each['msg'].partition(': ')[2]}", Location(name))
        else:
            where = ".".join(str(step + 1) if isinstance(step, int) else step for step in each["loc"]) or "the file"
            yield Problem(f"no result of isocheck: {where}: {each['msg'].lower()}", Location(name))


def _snapshot(result: _Result, name: str) -> Snapshot:
    standard, engagement, summary = result["standard"], result["engagement"], result["summary"]
    verdicts = tuple((verdict, summary["verdicts"].get(verdict, 0)) for verdict in Verdict)
    return Snapshot(
        label=name,
        root=result["source"]["root"],
        dated="as the result says",
        version=result["tool"]["version"],
        standard=results.Standard(
            standard["id"],
            standard["name"],
            standard["edition"],
            tuple(standard["amendments"]),
            standard["confidence"],
        ),
        as_of=result["as_of"],
        organisation=result["organisation"]["name"],
        engagement=results.Engagement(
            tuple(engagement["sites"]), tuple(engagement["processes"]), tuple(engagement["clauses"])
        ),
        counts=results.Counts(verdicts, summary["outside"]),
        gaps=(
            (Grade.MAJOR, summary["gaps"]["major"]),
            (Grade.MINOR, summary["gaps"]["minor"]),
            (Grade.OPPORTUNITY, summary["gaps"]["opportunity"]),
        ),
        requirements={state.id: state for state in _states(result)},
        findings=tuple(map(_finding, result["findings"])),
        entries=entries_of(
            results.RegisterRow(row["name"], row["title"], row["entries"], tuple(row.get("ids", ())))
            for row in result["source"]["registers"]
        ),
        intervals={each["name"]: each["length"] for each in result["intervals"]} if "intervals" in result else None,
    )


def _states(result: _Result) -> Iterator[RequirementState]:
    titles = {clause["id"]: clause["short"] for clause in result["clauses"]}
    for requirement in result["requirements"]:
        yield _state(requirement, titles, counted=True)
        for item in requirement["items"]:
            yield _state(item, titles, counted=False)


def _state(item: _Item, titles: dict[str, str], *, counted: bool) -> RequirementState:
    checks = {
        check["name"]: CheckState(check["outcome"], check["extent"]["blank"], check["extent"]["looked"])
        for check in item["checks"]
    }
    title = titles.get(item["clause"], "")
    return RequirementState(item["id"], title, item["statement"], item["verdict"], checks, counted)


def _finding(told: _Finding) -> results.Finding:
    extent, place = told["extent"], told["location"]
    return results.Finding(
        requirement=told["requirement"],
        check=told["check"],
        kind=told["kind"],
        register=told["register"],
        entry=told["entry"],
        item=told["item"],
        grade=told["grade"],
        because=told["because"],
        message=told["message"],
        tests=told["tests"],
        remedy=told["remedy"],
        extent=results.Extent(extent["failing"], extent["looked"], extent["population"], extent["blank"]),
        location=Location(
            place["file"],
            place["line"],
            place["column"],
            place["end_line"],
            place["end_column"],
            place.get("sheet"),
            place.get("cell"),
        ),
        lapse=told["lapse"],
        consequences=tuple(
            results.Consequence(each["requirement"], each["check"], each["message"]) for each in told["consequences"]
        ),
    )
