"""What many tests begin with: a description read against a pack, and packs of a few requirements."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from isocheck.assessment.assess import assess
from isocheck.assessment.results import Assessment
from isocheck.assessment.running import Scope, prepare
from isocheck.qms.loading import Vocabulary, load
from isocheck.standard.model import Pack
from isocheck.standard.packs import load_pack, read_pack
from tests.conftest import DAY

PACK = load_pack("iso9001-2015")


def scope_of(root: Path, pack: Pack = PACK, as_of: str = DAY, selection: tuple[str, ...] = ()) -> Scope:
    """Read a description and set up its assessment."""
    head = pack.file
    words = Vocabulary(pack.ids, frozenset(head.intervals), frozenset(head.rules), frozenset(head.occasions))
    return prepare(pack, load(root, lambda _: words), date.fromisoformat(as_of), selection)


def assessed(root: Path, pack: Pack = PACK, as_of: str = DAY, selection: tuple[str, ...] = ()) -> Assessment:
    """Read a description and assess it."""
    return assess(pack, scope_of(root, pack).description, date.fromisoformat(as_of), selection)


def failing(assessment: Assessment) -> set[str]:
    """Return every check that failed, as 'requirement/check': those with findings, and those that fell with them."""
    findings = assessment.findings
    hanging = {f"{each.requirement}/{each.check}" for finding in findings for each in finding.consequences}
    return {f"{finding.requirement}/{finding.check}" for finding in findings} | hanging


def requirement(id_: str, *checks: dict[str, Any], missing: str = "minor", **more: Any) -> dict[str, Any]:
    """Return a requirement as a pack's file has it; checks say only what matters to the test."""
    return {
        "id": id_,
        "statement": f"Duty {id_}.",
        "evidence": ["Something"],
        "questions": ["How?"],
        "judge": "The rest.",
        "if_missing": {"grade": missing, "because": "reason of absence"},
        "remedy": "Do it.",
        "stage": "2",
        "checks": [{"tests": "words", **check} for check in checks],
        **more,
    }


def clause(id_: str, *requirements: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return a clause as a pack's file has it."""
    return {
        "id": id_,
        "title": f"Clause {id_}",
        "short": id_,
        "intent": "Why.",
        "requirements": [*requirements],
        **more,
    }


def write_pack(folder: Path, *clauses: dict[str, Any], **head: Any) -> Path:
    """Write a pack of section 9 and return its folder; JSON is YAML."""
    folder.mkdir(exist_ok=True)
    first = clauses[0]["requirements"][0]["id"]
    values = {
        "id": "small",
        "name": "Small",
        "edition": "1",
        "title": "A small standard",
        "confidence": "Invented.",
        "integrity": {"default": first},
        "duties": clauses[0]["id"],
    } | head
    (folder / "pack.yaml").write_text(json.dumps(values, indent=1))
    section = {"section": "9", "title": "Nine", "clauses": [*clauses]}
    (folder / "09-nine.yaml").write_text(json.dumps(section, indent=1))
    return folder


def small_pack(folder: Path, *clauses: dict[str, Any], **head: Any) -> Pack:
    """Return a pack of section 9."""
    return read_pack(write_pack(folder / "small", *clauses, **head))
