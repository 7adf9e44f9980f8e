"""The baseline: the findings that were there when it was written, so that only new ones fail a run.

One finding a line, sorted, with nothing in it that changes of itself: no time, no line number, no message. The grade
stands in it, so that what has become graver is new.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Annotated, Final, Literal, NamedTuple

from pydantic import ConfigDict, Field, WithJsonSchema

from isocheck.assessment.comparison import fallen, hangs
from isocheck.assessment.gate import Gate, looked_at
from isocheck.assessment.identities import Identity, key, misnamed, read_identity, write_identity
from isocheck.assessment.results import Assessment, Finding
from isocheck.assessment.snapshots import Snapshot, snapshot
from isocheck.errors import InputError, Problem, quoted
from isocheck.qms.beside import whole
from isocheck.qms.fields import Item, Text
from isocheck.sources.yaml_reader import Document
from isocheck.standard.model import Pack
from isocheck.terms import Grade, Verdict, sort_key

__all__ = ["Baseline", "BaselineFile", "Compared", "baseline_of", "compare", "prune", "read_baseline", "write_baseline"]

FORMAT_VERSION: Final = "1"

Baseline = Mapping[Identity, Grade]
"""Findings with the grade that each had."""


class BaselineEntry(Item):
    """A finding that was there."""

    model_config = ConfigDict(json_schema_extra={"required": ["finding", "grade"]})

    finding: Text = Field(
        None,
        description="Identity of the finding: requirement/check register/id, item.",
        json_schema_extra={"type": "string"},
    )
    grade: Annotated[Literal["major", "minor", "opportunity"] | None, WithJsonSchema({"enum": [*map(str, Grade)]})] = (
        Field(None, description="The potential grade that it had; a graver one is new.")
    )


class BaselineFile(Item):
    """A baseline: the findings that were there when it was written, of which none fails a run."""

    model_config = ConfigDict(json_schema_extra={"required": ["format_version", "standard", "findings"]})

    format_version: Annotated[Literal["1"] | None, WithJsonSchema({"const": 1})] = Field(
        None, description="Version of this format: 1."
    )
    standard: Text = Field(
        None, description="Id of the pack against which was assessed.", json_schema_extra={"type": "string"}
    )
    findings: tuple[BaselineEntry, ...] = Field((), description="Findings, sorted by requirement and subject.")


def read_baseline(document: Document, standard: str) -> Baseline:
    """Read a baseline that was written for the pack `standard`.

    Raises InputError with every problem: another version or standard, a text that is no identity, a finding twice.
    """
    data = document.data
    version = data.get("format_version") if isinstance(data, dict) else None
    if version != FORMAT_VERSION:
        text = "this is no baseline: no 'format_version' stands at its top"
        if version is not None:
            text = f"format version {quoted(version)} is not {FORMAT_VERSION}; write the file anew: --write-baseline"
        raise InputError([Problem(text, document.locate(("format_version",)))])
    problems: list[Problem] = []
    file = whole(document, BaselineFile, problems)
    if file.standard != standard:
        text = f"this baseline is of {quoted(file.standard)}, and {quoted(standard)} is checked; write one for that"
        problems.append(Problem(text, document.locate(("standard",))))
    wrong = {problem.location for problem in problems}
    found: dict[Identity, Grade] = {}
    seen: set[Identity] = set()
    for at, entry in enumerate(file.findings):
        identity = read_identity(entry.finding or "")
        if identity is not None and entry.grade is not None and (folded := key(identity)) not in seen:
            seen.add(folded)
            found[identity] = Grade(entry.grade)
            continue
        name, text = "finding", "this finding stands twice; keep one"
        if identity is None:
            text = "expected 'finding' with the identity of a finding"
        elif entry.grade is None:
            name, text = "grade", "'grade' is missing"
        place = document.locate(("findings", at, name))  # resolved for what is wrong alone: there may be thousands
        problems += [] if place in wrong else [Problem(text, place)]
    if problems:
        raise InputError(problems)
    return found


class Compared(NamedTuple):
    """What became of a baseline, in order; see `Gate`."""

    known: frozenset[Identity]
    graver: tuple[Identity, ...]
    closed: tuple[Identity, ...]
    gone: tuple[Identity, ...]
    misnamed: tuple[Identity, ...]


def compare(baseline: Baseline, assessment: Assessment, pack: Pack) -> Compared:
    """Hold an assessment against a baseline.

    What was not looked at this time, and what fails as a consequence of another finding now, is still there.
    """
    known: set[Identity] = set()
    graver: list[Identity] = []
    left = dict.fromkeys(sorted(baseline, key=_place))
    for identity, finding in _found(baseline, assessment):
        left.pop(identity, None)
        if finding.grade.rank > baseline[identity].rank:
            graver.append(finding.identity)
        else:
            known.add(finding.identity)
    lost = [identity for identity in left if any(misnamed(identity, pack))]
    within = looked_at(assessment)
    side = snapshot(assessment, "", "")
    hanging = fallen(side)
    ended: dict[bool, list[Identity]] = {True: [], False: []}
    for identity in left.keys() - set(lost):
        if identity[0] in within and not hangs(identity, hanging):
            ended[_mended(identity, side)].append(identity)
    closed, gone = (tuple(sorted(ended[mended], key=_place)) for mended in (True, False))
    return Compared(frozenset(known), tuple(graver), closed, gone, tuple(lost))


def _found(baseline: Baseline, assessment: Assessment) -> Iterator[tuple[Identity, Finding]]:
    """Yield what a baseline has with the finding that it is now.

    That a register is empty is one finding, reported under the first requirement that asks for it: under another one
    where other requirements are looked at.
    """
    held = {key(identity): identity for identity in baseline}
    same = {key(finding.identity) for finding in assessment.findings}
    empty = {
        identity[2]: identity for folded, identity in held.items() if identity[1] == "absent" and folded not in same
    }
    for finding in assessment.findings:
        identity = held.get(key(finding.identity))
        if identity is None and finding.check == "absent":
            identity = empty.get(finding.subject)
        if identity is not None:
            yield identity, finding


def _mended(identity: Identity, side: Snapshot) -> bool:
    """Tell whether what is found no longer was mended, as far as the description as it is now shows that."""
    requirement, check, subject, _ = identity
    register, _, entry = subject.partition("/")
    if side.verdict(requirement) is Verdict.NOT_APPLICABLE:
        return False
    if check == "absent":
        return side.entries.get(register) != frozenset()
    if entry and (not side.holds(register, entry) or side.engagement.sites or side.engagement.processes):
        return False
    answer = side.answer(requirement, check)
    return answer is None or answer.outcome != "nothing"


def baseline_of(assessment: Assessment, gate: Gate) -> Baseline:
    """Return the findings of an assessment, without those that are waived: their day would never come."""
    return {finding.identity: finding.grade for finding in assessment.findings if gate.waiver(finding) is None}


def prune(baseline: Baseline, assessment: Assessment, compared: Compared) -> Baseline:
    """Return a baseline without what has ended or is misnamed, and with the lesser grade of what became less grave."""
    out = {*compared.closed, *compared.gone, *compared.misnamed}
    now = {identity: finding.grade for identity, finding in _found(baseline, assessment)}
    return {
        identity: min(grade, now.get(identity, grade), key=lambda each: each.rank)
        for identity, grade in baseline.items()
        if identity not in out
    }


def write_baseline(baseline: Baseline, standard: str) -> bytes:
    """Return a baseline as JSON in UTF-8, one finding a line; the same one is always the same bytes."""
    lines = [
        json.dumps({"finding": write_identity(identity), "grade": baseline[identity]}, ensure_ascii=False)
        for identity in sorted(baseline, key=_place)
    ]
    findings = "[\n  " + ",\n  ".join(lines) + "\n ]" if lines else "[]"
    head = f'{{\n "format_version": {FORMAT_VERSION},\n "standard": {json.dumps(standard)},\n "findings": '
    return f"{head}{findings}\n}}\n".encode()


def _place(identity: Identity) -> tuple[object, ...]:
    return (sort_key(identity[0]), *identity)
