"""waivers.yaml: findings that do not fail a run up to a day, since somebody with the authority takes that upon himself.

A waiver is no concession of the standard: the finding stands, with its verdict, in every report.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, WithJsonSchema

from isocheck.assessment.gate import Void, Waived, looked_at
from isocheck.assessment.identities import Identity, key, misnamed, read_identity, write_identity
from isocheck.assessment.results import Assessment, Finding
from isocheck.errors import InputError, Problem, quoted
from isocheck.location import Location
from isocheck.qms.beside import whole
from isocheck.qms.fields import Item, Planned, Text
from isocheck.sources.yaml_reader import Document
from isocheck.standard.model import Pack
from isocheck.terms import Grade

__all__ = ["Waiver", "WaiverEntry", "WaiverFile", "read_waivers", "waive"]

_EXAMPLE = "9.2.2-c/impartial audits/A2"
_NEEDED = {
    "finding": "the identity of a finding, as reports show it",
    "reason": "why the finding may stand for now",
    "approved_by": "who takes that upon himself or herself",
    "expires": "the last day on which it counts",
}


class WaiverEntry(Item):
    """One finding that does not fail a run; all fields but the grade are needed."""

    model_config = ConfigDict(json_schema_extra={"required": [*_NEEDED]})

    finding: Text = Field(
        None,
        description=f"Identity of the finding as reports show it, such as {_EXAMPLE}.",
        json_schema_extra={"type": "string"},
    )
    reason: Text = Field(
        None, description="Why the finding may stand for now.", json_schema_extra={"type": ["string", "number"]}
    )
    approved_by: Text = Field(
        None, description="Who approved it, with the authority to.", json_schema_extra={"type": ["string", "number"]}
    )
    expires: Planned = Field(
        None, description="Last day on which the waiver counts.", json_schema_extra={"type": "string"}
    )
    grade: Annotated[Literal["major", "minor", "opportunity"] | None, WithJsonSchema({"enum": [*map(str, Grade)]})] = (
        Field(None, description="The gravest potential grade that it covers; minor where it is left out.")
    )


class WaiverFile(Item):
    """The file waivers.yaml."""

    format_version: Annotated[Literal["1"], WithJsonSchema({"enum": ["1", 1]})] | None = Field(
        None, description="Version of this format: 1."
    )
    waivers: tuple[WaiverEntry, ...] = Field((), description="Waivers, one a finding.")


@dataclass(frozen=True, slots=True)
class Waiver:
    """What the file says of one finding, and where."""

    identity: Identity
    reason: str
    approved_by: str
    expires: date
    grade: Grade
    """The gravest grade that it covers."""
    location: Location


def read_waivers(document: Document, pack: Pack) -> tuple[Waiver, ...]:
    """Read waivers and hold them against a pack.

    Raises InputError with every problem: a field that is missing, a requirement, check or register that does not exist,
    a finding that is waived twice.
    """
    problems: list[Problem] = []
    file = whole(document, WaiverFile, problems)
    wrong = {problem.location for problem in problems}
    found: dict[Identity, Waiver] = {}
    for at, entry in enumerate(file.waivers):
        for name in (name for name in _NEEDED if getattr(entry, name) is None):
            where = document.locate(("waivers", at, name))
            if where not in wrong or name not in document.data["waivers"][at]:  # a wrong value has been told
                problems.append(Problem(f"{name!r} is missing: {_NEEDED[name]}", where))
        if entry.finding is None:
            continue
        place = document.locate(("waivers", at, "finding"))
        identity = read_identity(entry.finding)
        if identity is None:
            text = f"expected the identity of a finding as reports show it, such as {_EXAMPLE!r}"
            problems.append(Problem(f"finding: {text}, not {quoted(entry.finding)}", place))
            continue
        problems += [Problem(f"finding: {text}", place) for text in misnamed(identity, pack)]
        if (first := found.get(key(identity))) is not None:
            text = f"this finding is waived twice (first at {first.location}); keep one of the two"
            problems.append(Problem(text, place))
        elif entry.reason is not None and entry.approved_by is not None and entry.expires is not None:
            grade = Grade(entry.grade or Grade.MINOR)
            found[key(identity)] = Waiver(identity, entry.reason, entry.approved_by, entry.expires, grade, place)
    if problems:
        raise InputError(problems)
    return tuple(found.values())


def waive(assessment: Assessment, waivers: Iterable[Waiver]) -> tuple[tuple[Waived, ...], tuple[Void, ...]]:
    """Return what is waived on the day of an assessment, and the waivers that count for nothing, with the reason.

    A waiver counts up to and including the day on which it expires, and up to and including its grade: what became
    graver is another thing than what was approved. One whose requirement was not looked at is neither.
    """
    by_key: dict[Identity, list[Finding]] = defaultdict(list)
    by_entry: dict[Identity, list[Identity]] = defaultdict(list)
    for finding in assessment.findings:
        folded = key(finding.identity)
        by_key[folded].append(finding)
        by_entry[*folded[:3], ""].append(finding.identity)
    within = looked_at(assessment)
    waived: list[Waived] = []
    void: list[Void] = []
    for waiver in waivers:
        matched = by_key.get(key(waiver.identity), [])
        expired = f"expired on {waiver.expires.isoformat()}" if waiver.expires < assessment.as_of else ""
        graver = max((each.grade for each in matched), key=lambda grade: grade.rank, default=waiver.grade)
        beyond = ""
        if graver.rank > waiver.grade.rank:
            beyond = (
                f"covers findings up to {waiver.grade}, and this one is potentially {graver}: "
                f"where that is approved as well, write 'grade: {graver}'"
            )
        elif matched and not expired:
            waived += [
                Waived(each.identity, waiver.reason, waiver.approved_by, waiver.expires, waiver.location)
                for each in matched
            ]
            continue
        unmatched = ""
        if not matched and waiver.identity[0] in within:
            others = by_entry.get((*key(waiver.identity)[:3], ""), [])
            hint = f"; of the same entry there is {write_identity(others[0])!r}" if others else ""
            unmatched = f"matches no finding{hint}"
        if why := " and ".join(filter(None, (expired, beyond, unmatched))):
            void.append(Void(waiver.identity, why, waiver.location))
    return tuple(waived), tuple(void)
