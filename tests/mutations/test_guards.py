"""What is no gap: changes to the machine shop that an auditor would not write up, and no check may either."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.conftest import LATHE
from tests.mutations.edit import Change, changed
from tests.mutations.test_mutations import _assess, _said

_OUTPUT = {
    "kind": "output",
    "description": "Thread of 12 parts too tight",
    "detected": "2026-06-26",
    "effect_on_conformity": "Cannot be fitted by hand",
    "authority": "roles/R08",
    "correction": {"what": "Locked in the red cage"},
}

GUARDS: dict[str, Change] = {
    "a concession that is asked for and awaited": Change(
        {}, (), {"nonconformities": [{"id": "N90", **_OUTPUT, "disposition": ["concession"]}]}
    ),
    "rework that is still to be done": Change(
        {}, (), {"nonconformities": [{"id": "N90", **_OUTPUT, "disposition": ["rework"]}]}
    ),
    "parts scrapped out of a batch, the others released": Change(
        {},
        (),
        {
            "nonconformities": [
                {
                    **_OUTPUT,
                    "id": "N90",
                    "detected": "2026-05-19",
                    "batch": "B2604",
                    "disposition": ["scrap"],
                    "correction": {"what": "Scrapped", "date": "2026-05-19"},
                }
            ]
        },
    ),
    "faulty parts set apart, the rest of the batch released before they were mended": Change(
        {
            "nonconformities/N02.disposition": ["segregate", "rework"],
            "releases/L05.released": "2026-01-28",
            "releases/L05.evidence.0.date": "2026-01-28",
        },
        (),
        {},
    ),
    "a fault of which nobody says when it was found": Change({"nonconformities/N01.after_delivery": None}, (), {}),
    "a provider still to be tried": Change(
        {},
        (),
        {
            "providers": [
                {
                    "id": "S90",
                    "name": "Crag Forgings",
                    "provides": "Forged blanks",
                    "role": "a",
                    "critical": True,
                    "status": "new",
                    "criteria": "Trial lot of 20",
                    "controls": ["Trial order only"],
                    "effect": "Cracks",
                    "verification": "All measured",
                }
            ]
        },
    ),
    "a provider of former times": Change(
        {}, (), {"providers": [{"id": "S90", "name": "Old Foundry", "status": "former"}]}
    ),
    "an action on a provider that was barred instead": Change(
        {"providers/S10.evaluations.1.actions": [{"id": "a1", "what": "Answer", "due": "2025-06-30"}]}, (), {}
    ),
    "an earlier certificate beside its renewal": Change({"providers/S02.certificates.0.expires": "2023-01-31"}, (), {}),
    "points on which a provider need not be told anything": Change(
        {"providers/S01.applies": ["d", "e"], "providers/S01.information": ["a", "d", "e"]}, (), {}
    ),
    "a small provider that is told what to bring, and no more": Change({"providers/S07.information": ["a"]}, (), {}),
    "a change that is planned and not yet looked at": Change(
        {},
        (),
        {
            "changes": [
                {"id": "CH90", "subject": "production", "description": "New coolant", "planned_date": "2026-06-29"}
            ]
        },
    ),
    "a change that nobody intended and nobody allowed": Change({"changes/CH3.authorised_by": None}, (), {}),
    "a release by an inspector who left afterwards": Change({"people/P12.left": "2026-06-12"}, (), {}),
    "a tool that went back to its owner": Change(
        {"property/PY3.condition": "returned", "property/PY3.protected": None}, (), {}
    ),
}


@pytest.mark.parametrize("name", GUARDS)
def test_what_is_no_gap_stays_none(name: str, tmp_path: Path) -> None:
    files: dict[Path, Any] = changed(LATHE, GUARDS[name])
    assert files, "nothing was changed"
    assessment = _assess(tmp_path, files)
    assert not assessment.findings, _said(assessment)
