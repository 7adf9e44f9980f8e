"""Small descriptions, each a folder with its expectation beside it; a new folder is a new case.

`conforming`: no finding, and the verdicts named. `gaps`: exactly these findings, each as "requirement check
register/id file:line grade", with what follows from it. `broken`: exactly these lines, {} being the folder. The keys
`why`, `clauses` (a selection) and `as_of` are written by hand; ISOCHECK_UPDATE_GOLDEN=1 writes the others anew.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from tests.conftest import DAY, Run

HERE = Path(__file__).parent
CASES = sorted(path for path in HERE.glob("*/*") if path.is_dir() and path.parent.name != "__pycache__")
GIVEN = ("why", "clauses", "as_of")


def _finding(finding: dict[str, Any]) -> str:
    subject = "/".join(filter(None, (finding["register"], finding["entry"])))
    place = finding["location"]
    where = f"{Path(place['file']).name}:{place['line']}"
    line = f"{finding['requirement']} {finding['check']} {subject} {where} {finding['grade']}"
    follow = " ".join(sorted({consequence["requirement"] for consequence in finding["consequences"]}))
    return f"{line} -> {follow}" if follow else line


def _outcome(isocheck: Run, folder: Path, given: dict[str, Any]) -> dict[str, Any]:
    selection = [part for clause in given.get("clauses", []) for part in ("--clause", clause)]
    arguments = ["check", folder, "--as-of", str(given.get("as_of", DAY)), *selection, "-f", "json"]
    strict = ["--fail-on", "opportunity"] if folder.parent.name == "conforming" else []
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    code, out, err = isocheck(*arguments, *strict)
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    if folder.parent.name == "broken":
        assert out == ""
        return {"exit": code, "problems": err.replace(str(folder), "{}").splitlines()}
    assert err == ""
    result = json.loads(out)
    found: dict[str, Any] = {"exit": code, "findings": [_finding(finding) for finding in result["findings"]]}
    if folder.parent.name == "conforming":
        found["verdicts"] = {entry["id"]: entry["verdict"] for entry in result["requirements"]}
    return found


@pytest.mark.parametrize("folder", CASES, ids=[f"{path.parent.name}/{path.name}" for path in CASES])
def test_an_example(isocheck: Run, folder: Path) -> None:
    beside = folder.with_name(f"{folder.name}.yaml")
    yaml = YAML()
    yaml.width = 10_000
    expected = yaml.load(beside.read_text())
    outcome = _outcome(isocheck, folder, expected)
    if os.environ.get("ISOCHECK_UPDATE_GOLDEN"):
        for key in [key for key in expected if key not in GIVEN]:
            del expected[key]
        expected.update(outcome)
        with beside.open("w") as stream:
            yaml.dump(expected, stream)
    assert outcome == {key: value for key, value in expected.items() if key not in GIVEN}


@pytest.mark.parametrize(("kind", "code"), [("conforming", 0), ("broken", 2)])
def test_examples_are_of_their_kind(kind: str, code: int) -> None:
    for beside in (HERE / kind).glob("*.yaml"):
        expected = YAML().load(beside.read_text())
        assert expected["exit"] == code, beside.name
        assert beside.with_suffix("").is_dir()
        if kind == "conforming":
            assert expected["findings"] == [], beside.name
            assert set(expected["verdicts"].values()) != {"unassessed"}, beside.name


def test_examples_of_gaps_are_gaps() -> None:
    for beside in (HERE / "gaps").glob("*.yaml"):
        assert YAML().load(beside.read_text())["findings"] != [], beside.name
