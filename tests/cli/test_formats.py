"""Formats that CI systems read, as a run writes them: paths from the root of the repository, wherever it was started."""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest

from tests.conftest import ROOT, Run

SOLO = ROOT / "examples" / "solo-consultancy"
FILES: dict[str, Callable[[str], set[str]]] = {
    "sarif": lambda text: {
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for result in json.loads(text)["runs"][0]["results"]
    },
    "junit": lambda text: {
        match[1]
        for failure in Xml.fromstring(text).iter("failure")
        for match in re.finditer(r"^(.+?):\d+: potential", failure.text or "", re.MULTILINE)
    },
    "gitlab": lambda text: {issue["location"]["path"] for issue in json.loads(text)},
    "github": lambda text: set(re.findall(r"[ ,]file=([^,:]*)", text)),
    "csv": lambda text: {row["file"] for row in csv.DictReader(StringIO(text.removeprefix("\ufeff")))},
}


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with a description below its root."""
    root = tmp_path / "repository"
    shutil.copytree(SOLO, root / "group" / "q ms")
    (root / ".git").mkdir()
    return root


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("start", [".", "group/q ms", ".."])
def test_places_are_those_that_the_repository_knows(
    isocheck: Run, repository: Path, monkeypatch: pytest.MonkeyPatch, name: str, start: str
) -> None:
    monkeypatch.chdir(repository / start)
    path = {".": "group/q ms", "group/q ms": ".", "..": "repository/group/q ms"}[start]
    code, out, err = isocheck("check", path, "--as-of", "2026-10-30", "-f", name)
    assert (code, err) == (1, "")
    found = FILES[name](out)
    assert found
    for file in found:
        assert (repository / file.replace("%20", " ")).is_file(), file


def test_one_run_writes_them_all_and_the_next_the_same(isocheck: Run, repository: Path, tmp_path: Path) -> None:
    files = {"sarif": "x.sarif", "junit": "x.xml", "csv": "x.csv", "gitlab": "x.json", "github": "x.txt"}
    clear = {"sarif", "junit", "csv"}  # of which the ending tells the format
    outputs = [f"{'' if name in clear else f'{name}:'}{tmp_path / file}" for name, file in files.items()]
    arguments = [part for output in outputs for part in ("-o", output)]
    runs = []
    for _ in range(2):
        code, _, err = isocheck("check", repository / "group" / "q ms", "--as-of", "2026-10-30", *arguments)
        assert (code, err) == (1, "")
        runs.append({name: (tmp_path / file).read_bytes() for name, file in files.items()})
    assert runs[0] == runs[1]
    for name, data in runs[0].items():
        found = FILES[name](data.decode())
        assert found
        assert all(file.startswith("group/q") for file in found)


def test_an_ending_that_says_too_little(isocheck: Run) -> None:
    code, _, err = isocheck("check", SOLO, "-o", "gitlab")
    assert (code, "write FORMAT:gitlab with one of" in err) == (2, True)
