"""A description kept as Markdown files and one CSV file, as `sources` reads it."""

from __future__ import annotations

import csv
from datetime import timedelta
from pathlib import Path

from benchmarks.entries import AS_OF

__all__ = ["write_own_files"]

_FLAWED = 20
"""Every twentieth document and instrument has a gap, as in the other descriptions that are measured."""
_SETTINGS = """sources:
  - markdown: "docs/**/*.md"
    register: documents
    fields:
      doc_id: id
      revision: version
      approver: approved_by
      approved_on: approved
      valid_from: effective
      kept_at: location
    values: {status: {Valid: effective}}
  - csv: registers/calibration.csv
    register: calibrations
    dates: day-first
    fields: {No: id, Laboratory: by}
people:
  - {id: P1, name: Ada Berg}
equipment:
"""
_INSTRUMENT = """  - id: E-{at:05}
    name: Micrometer {at}
    used_for: diameters at the machine
    suitable_for: tolerances from 0.02 mm
    checks_conformity: true
    traceability_required: true
    interval: 12 months
    traceable_to: national standard of length
    status: in use
    marked: label with the due date
    safeguarded: sealed thimble
    maintained: cleaned each day
"""
_DOCUMENT = """---
doc_id: D-{at:05}
title: Procedure number {at}
type: procedure
revision: "{version}"
status: Valid
owner: Ada Berg
author: Ada Berg
reviewed_by: Ada Berg
reviewed: {reviewed}
approver: Ada Berg
approved_on: {approved}
valid_from: {approved}
format: Markdown
kept_at: shelf at the line
access: everybody at the line
distribution: one copy at each place
protection: only the owner changes it
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
_COLUMNS = (
    *("No", "Equipment", "Performed", "Laboratory", "Traceable to"),
    *("Certificate", "As found", "As left", "Result"),
)


def _is_flawed(at: int) -> bool:
    return at % _FLAWED == _FLAWED - 1


def _document(at: int, documents: int) -> str:
    before = max(at - 1, 0)
    approved = AS_OF - timedelta(days=1400 if _is_flawed(at) else at % 300)
    return _DOCUMENT.format(
        at=at,
        version=f"1.{at % 10}",
        reviewed=approved,
        approved=approved,
        before=before,
        folder=f"{before // 100:03}",
        other=at * 7 % documents,
        text=_TEXT * 12,
    )


def _calibration(at: int, instruments: int) -> list[str]:
    instrument = at % instruments
    days = 500 if _is_flawed(instrument) else instrument % 350
    day = AS_OF - timedelta(days=days + 350 * (at // instruments))
    who = ("Northmoor", "National standards")
    return [f"C{at}", f"E-{instrument:05}", day.strftime("%d/%m/%Y"), *who, f"N-{at}", "in", "in", "ok"]


def write_own_files(root: Path, documents: int, rows: int) -> None:
    """Write `documents` Markdown files in folders of a hundred, and a CSV file of `rows` rows and nine columns."""
    instruments = max(rows // 20, 1)
    (root / "registers").mkdir(parents=True)
    named = "".join(_INSTRUMENT.format(at=at) for at in range(instruments))
    (root / "isocheck.yaml").write_text(_SETTINGS + named, "utf-8")
    for at in range(documents):
        folder = root / "docs" / f"{at // 100:03}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"D-{at:05}.md").write_text(_document(at, documents), "utf-8")
    with (root / "registers" / "calibration.csv").open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream)
        table.writerow(_COLUMNS)
        table.writerows(_calibration(at, instruments) for at in range(rows))
