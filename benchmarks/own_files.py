"""A description kept as Markdown files and one CSV file, as `sources` reads it."""

from __future__ import annotations

import csv
from datetime import timedelta
from pathlib import Path

from benchmarks.entries import AS_OF

__all__ = ["write_own_files"]

_SETTINGS = """sources:
  - markdown: "docs/**/*.md"
    register: documents
    fields: {doc_id: id, revision: version, approver: approved_by, approved_on: approved, valid_from: effective}
    values: {status: {Valid: effective}}
  - csv: registers/calibration.csv
    register: calibrations
    dates: day-first
    fields: {No: id, Laboratory: by}
people:
  - {id: P1, name: Ada Berg}
equipment:
"""
_DOCUMENT = """---
doc_id: D-{at:05}
title: Procedure number {at}
type: procedure
revision: "{version}"
status: Valid
owner: Ada Berg
approver: Ada Berg
approved_on: {approved}
valid_from: {approved}
clauses: ["8.5.1"]
---

# Procedure number {at}

**Revision:** {version}

See [the one before](../{folder}/D-{before:05}.md) and D-{other:05}.

{text}
"""
_TEXT = (
    "What is done here, in which order, by whom, and what is written down afterwards; nobody reads it but a machine.\n"
)


def write_own_files(root: Path, documents: int, rows: int) -> None:
    """Write `documents` Markdown files in folders of a hundred, and a CSV file of `rows` rows and nine columns."""
    instruments = max(rows // 20, 1)
    (root / "registers").mkdir(parents=True)
    named = "".join(f"  - {{id: E-{at:05}, interval: 12 months}}\n" for at in range(instruments))
    (root / "isocheck.yaml").write_text(_SETTINGS + named, "utf-8")
    for at in range(documents):
        folder = root / "docs" / f"{at // 100:03}"
        folder.mkdir(parents=True, exist_ok=True)
        before = max(at - 1, 0)
        text = _DOCUMENT.format(
            at=at,
            version=f"1.{at % 10}",
            approved=AS_OF - timedelta(days=at % 300),
            before=before,
            folder=f"{before // 100:03}",
            other=at * 7 % documents,
            text=_TEXT * 12,
        )
        (folder / f"D-{at:05}.md").write_text(text, "utf-8")
    with (root / "registers" / "calibration.csv").open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream)
        table.writerow(
            [
                "No",
                "Equipment",
                "Performed",
                "Laboratory",
                "Traceable to",
                "Certificate",
                "As found",
                "As left",
                "Result",
            ]
        )
        for at in range(rows):
            day = (AS_OF - timedelta(days=at % 350)).strftime("%d/%m/%Y")
            table.writerow(
                [
                    f"C{at}",
                    f"E-{at % instruments:05}",
                    day,
                    "Northmoor",
                    "National standards",
                    f"N-{at}",
                    "in",
                    "in",
                    "ok",
                ]
            )
