"""What the formats for CI systems share: places in a repository, what a finding says in one line, its fingerprint."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256

from isocheck.assessment.gate import Gate, Identity
from isocheck.assessment.results import Finding, gaps_of
from isocheck.location import Location
from isocheck.reports.text import number, one_line
from isocheck.terms import Grade

__all__ = [
    "Relative",
    "Spot",
    "fingerprint",
    "grades",
    "left_out",
    "said",
    "sentence",
    "spot",
    "stopped",
    "worst_first",
]

Relative = Callable[[str], str]
"""Writes the name of a file, as locations hold it, as a POSIX path from the root of the repository.

`str` leaves names as they are.
"""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place as CI systems want it: always a line and a column, and an end after the beginning (exclusive)."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int


def spot(location: Location, relative: Relative) -> Spot:
    """Return a location as a spot: a whole file and a cell of a workbook are shown at their first line."""
    path = relative(location.file)
    if not location.line or location.cell is not None:
        return Spot(path, 1, 1, 1, 2)
    line, column = location.line, max(location.column, 1)
    end_line, end_column = location.end_line, location.end_column
    if (end_line, end_column) <= (line, column):
        end_line, end_column = line, column + 1
    return Spot(path, line, column, end_line, max(end_column, 1))


def said(finding: Finding) -> str:
    """Say a finding in one line: 'audits/A2, auditors 1: …', with the cell where its place is one of a workbook."""
    item = f", {finding.item}" if finding.item else ""
    cell = f" ({finding.location.sheet}!{finding.location.cell})" if finding.location.cell is not None else ""
    return one_line(f"{finding.subject}{item}: {finding.message}{cell}")


def stopped(text: str) -> str:
    """End a text, in one line, with a full stop."""
    line = one_line(text)
    return line if line.endswith((".", "!", "?")) else f"{line}."


def sentence(text: str) -> str:
    """Begin a text with a capital letter and end it with a full stop."""
    line = stopped(text)
    return line[:1].upper() + line[1:]


def fingerprint(identity: Identity) -> str:
    """Return 32 hexadecimal digits drawn from a finding's identity, the same in every run and on every line."""
    return sha256("\0".join(identity).encode("utf-8", "backslashreplace")).hexdigest()[:32]


def worst_first(findings: Iterable[Finding], gate: Gate) -> list[Finding]:
    """Order findings: those first that may fail the run, then those that are waived or known, each by grade.

    Within a grade the first of each gap comes before the second of any: where only some are shown, no gap hides behind
    another.
    """
    ranked = [
        ((not gate.counts(finding), -finding.grade.rank, place, rank), finding)
        for rank, gap in enumerate(gaps_of(findings))
        for place, finding in enumerate(gap.findings)
    ]
    return [finding for _, finding in sorted(ranked, key=lambda pair: pair[0])]


def left_out(findings: Iterable[Finding], gate: Gate) -> str:
    """Say how many of the findings are waived and how many the baseline knows; empty where none is."""
    held = tuple(findings)
    waived = sum(gate.waiver(finding) is not None for finding in held)
    known = sum(not gate.counts(finding) for finding in held) - waived
    parts = [
        *([f"{number(waived, 'finding')} {'is' if waived == 1 else 'are'} waived"] if waived else []),
        *([f"{number(known, 'finding')} {'is' if known == 1 else 'are'} known in the baseline"] if known else []),
    ]
    return " and ".join(parts)


def grades(findings: Iterable[Finding]) -> str:
    """Count findings in words: '2 potential major, 7 potential minor, 1 opportunity'."""
    held = [finding.grade for finding in findings]
    tally = {grade: held.count(grade) for grade in reversed(Grade)}
    return ", ".join(
        number(count, "opportunity", "opportunities") if grade is Grade.OPPORTUNITY else f"{count} potential {grade}"
        for grade, count in tally.items()
        if count
    )
