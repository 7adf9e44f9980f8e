"""Places in formats that travel are as seen from the root of the repository, wherever the command was started."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.sources.repositories import Repo

STARTS = {"the root": (".", "qms"), "the folder": ("qms", "."), "beside it": ("other", "../qms")}


@pytest.mark.parametrize("name", STARTS)
def test_json_and_markdown_are_the_same_from_everywhere(
    isocheck: Run, repo: Repo, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    repo.write("qms/audits.yaml", "audits:\n  - {id: A1, kind: internal, performed: 2026-01-05}\n")
    repo.write("other/notes.txt", "x")
    start, path = STARTS[name]
    monkeypatch.chdir(repo.path / start)
    code, out, err = isocheck(
        "check", path, "--as-of", "2026-06-30", "-f", "json", "-o", "../report.md" if start != "." else "report.md"
    )
    assert (code, err) == (1, "")
    found = json.loads(out)
    assert found["source"]["root"] == "qms"
    assert found["source"]["files"] == ["qms/audits.yaml"]
    assert {each["location"]["file"] for each in found["findings"]} == {"qms", "qms/audits.yaml"}
    page = (repo.path / "report.md").read_text()
    assert "`qms:1:1`" in page or "`qms`" in page
    assert "../" not in page


def test_without_a_repository_places_are_as_the_user_would_write_them(isocheck: Run, tmp_path: Path) -> None:
    (tmp_path / "qms").mkdir()
    (tmp_path / "qms" / "audits.yaml").write_text("audits: [{id: A1}]\n")
    found = json.loads(isocheck("check", tmp_path / "qms", "-f", "json")[1])
    assert found["source"]["root"] == f"{tmp_path}/qms"
