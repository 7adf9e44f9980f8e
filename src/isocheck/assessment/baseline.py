"""The baseline: the findings that were there when it was written, so that only new ones fail a run.

One finding a line, sorted, with nothing in it that changes of itself: no time, no line number, no message. The grade
stands in it, so that what has become graver is new.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Annotated, Final, Literal, NamedTuple

from pydantic import ConfigDict, Field, WithJsonSchema

from isocheck.assessment.gate import Gate, looked_at
from isocheck.assessment.identities import Identity, key, read_identity, write_identity
from isocheck.assessment.results import Assessment
from isocheck.errors import InputError, Problem, quoted
from isocheck.qms.beside import whole
from isocheck.qms.fields import Item, Text
from isocheck.sources.yaml_reader import Document
from isocheck.terms import Grade, sort_key

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
    """Findings that a baseline knows, those of them that became graver, and what is found no longer, in order."""

    known: frozenset[Identity]
    graver: tuple[Identity, ...]
    closed: tuple[Identity, ...]


def compare(baseline: Baseline, assessment: Assessment) -> Compared:
    """Hold an assessment against a baseline. What was not looked at this time is not closed."""
    grades = {key(identity): grade for identity, grade in baseline.items()}
    known: set[Identity] = set()
    graver: list[Identity] = []
    found: set[Identity] = set()
    for finding in assessment.findings:
        folded = key(finding.identity)
        found.add(folded)
        if (grade := grades.get(folded)) is None:
            continue
        if finding.grade.rank > grade.rank:
            graver.append(finding.identity)
        else:
            known.add(finding.identity)
    within = looked_at(assessment)
    closed = [identity for identity in baseline if identity[0] in within and key(identity) not in found]
    return Compared(frozenset(known), tuple(graver), tuple(sorted(closed, key=_place)))


def baseline_of(assessment: Assessment, gate: Gate) -> Baseline:
    """Return the findings of an assessment, without those that are waived: their day would never come."""
    return {finding.identity: finding.grade for finding in assessment.findings if gate.waiver(finding) is None}


def prune(baseline: Baseline, assessment: Assessment) -> Baseline:
    """Return a baseline without what is closed, and with the lesser grade of what became less grave."""
    closed = frozenset(compare(baseline, assessment).closed)
    now = {key(finding.identity): finding.grade for finding in assessment.findings}
    return {
        identity: min(grade, now.get(key(identity), grade), key=lambda each: each.rank)
        for identity, grade in baseline.items()
        if identity not in closed
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
