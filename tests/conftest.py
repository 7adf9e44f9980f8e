from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from isocheck.cli.run import run
from tests.sources.repositories import Repo

settings.register_profile("ci", max_examples=300, derandomize=True, deadline=None)
settings.register_profile("nightly", max_examples=20_000, deadline=None)
settings.load_profile(os.environ.get("ISOCHECK_HYPOTHESIS_PROFILE", "ci"))

os.environ.pop(
    "COLUMNS", None
)  # workers that run tests side by side get one, and reports would be as narrow as it says

ROOT = Path(__file__).resolve().parent.parent
LATHE = ROOT / "examples" / "lathe-works"
DAY = "2026-06-30"

Ran = tuple[int, str, str]
Run = Callable[..., Ran]
Folder = Callable[[dict[str, str | bytes]], Path]


@pytest.fixture
def isocheck(capfd: pytest.CaptureFixture[str]) -> Run:
    """Runs a command as a user would; returns exit code, standard output, standard error."""

    def call(*arguments: str | Path) -> Ran:
        code = run([str(argument) for argument in arguments])
        out, err = capfd.readouterr()
        return code, out, err

    return call


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Writes files of a description into a folder of its own and returns the folder."""

    def make(**files: str | bytes) -> Path:
        root = tmp_path / "qms"
        root.mkdir(exist_ok=True)
        for name, text in files.items():
            data = text if isinstance(text, bytes) else text.encode()
            (root / f"{name}.yaml").write_bytes(data)
        return root

    return make


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Writes files, by their paths, into a folder of its own and returns the folder."""

    def make(files: dict[str, str | bytes]) -> Path:
        for name, text in files.items():
            path = tmp_path / "qms" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return tmp_path / "qms"

    return make


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repo:
    """An empty repository that knows nothing of the git settings of whoever runs the tests."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    return Repo(tmp_path / "repo")
