"""CSV (RFC 4180): one row a finding, for spreadsheets and filters.

UTF-8 with a byte order mark, since without one spreadsheet programs take the text for the code page of the machine and
spoil every letter beyond ASCII. A text that a spreadsheet would run as a formula gets an apostrophe in front.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from typing import Final

from isocheck.assessment.gate import Gate
from isocheck.assessment.identities import write_identity
from isocheck.assessment.results import Assessment, Finding
from isocheck.reports.ci import Relative
from isocheck.reports.text import cell_guard
from isocheck.terms import label

__all__ = ["COLUMNS", "render"]

COLUMNS: Final = {
    "requirement": "id of the requirement, or of a numbered sub-item",
    "label": "the same as prose shows it",
    "clause": "title of the clause",
    "check": "the check that failed; 'absent' and 'integrity' for what is missing or leads nowhere",
    "grade": "major, minor or opportunity; always potential",
    "register": "register of the entry",
    "entry": "id of the entry, empty where the register as a whole is meant",
    "item": "part of the entry",
    "message": "what was found",
    "because": "reason for the grade",
    "remedy": "what to do",
    "file": "from the root of the repository",
    "line": "empty where a file as a whole is meant",
    "column": "likewise",
    "cell": "sheet and cell of a workbook",
    "waived": "reason of the waiver, who approved it, and until when",
    "baseline": "'known' or 'new', empty where no baseline was given",
    "identity": "what makes it the same finding in another run",
}
"""Columns in their order, and what they hold."""


def render(assessment: Assessment, gate: Gate | None = None, relative: Relative = str) -> bytes:
    """Return the table with its header; the same assessment gives the same bytes."""
    gate = gate or Gate()
    titles = {clause.id: clause.title for clause in assessment.clauses()}
    file = StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for finding in assessment.findings:
        writer.writerow(map(cell_guard, _cells(finding, titles[finding.clause], gate, relative)))
    return file.getvalue().encode("utf-8-sig", "backslashreplace")


def _cells(finding: Finding, title: str, gate: Gate, relative: Relative) -> Iterator[str]:
    place, waived = finding.location, gate.waiver(finding)
    in_text = place.line and place.cell is None
    yield from (finding.requirement, label(finding.requirement), title, finding.check, finding.grade)
    yield from (finding.register, finding.entry, finding.item, finding.message, finding.because, finding.remedy)
    yield relative(place.file)
    yield from (str(place.line), str(place.column)) if in_text else ("", "")
    yield f"{place.sheet}!{place.cell}" if place.cell is not None else ""
    yield f"{waived.reason} ({waived.approved_by}, until {waived.expires})" if waived else ""
    yield "" if gate.baseline is None else "known" if finding.identity in gate.known else "new"
    yield write_identity(finding.identity)
