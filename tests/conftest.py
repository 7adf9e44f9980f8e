from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from isocheck.cli.run import run

settings.register_profile("ci", max_examples=300, derandomize=True, deadline=None)
settings.register_profile("nightly", max_examples=20_000, deadline=None)
settings.load_profile(os.environ.get("ISOCHECK_HYPOTHESIS_PROFILE", "ci"))

ROOT = Path(__file__).resolve().parent.parent
LATHE = ROOT / "examples" / "lathe-works"
DAY = "2026-06-30"

Ran = tuple[int, str, str]
Run = Callable[..., Ran]


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
