"""Every line of output in the README is produced here; ISOCHECK_UPDATE_GOLDEN=1 writes it anew."""

from __future__ import annotations

import os
import re

import pytest

from .conftest import ROOT, Run

README = ROOT / "README.md"
BLOCK = re.compile(r"<!-- output: (?P<command>.*?) -->\n```text\n(?P<text>.*?)```", re.DOTALL)


def test_the_output_in_the_readme_is_real(isocheck: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    text = README.read_text()
    assert len(BLOCK.findall(text)) == 2

    def real(match: re.Match[str]) -> str:
        out = isocheck(*match["command"].split())[1]
        return f"<!-- output: {match['command']} -->\n```text\n{out}```"

    fresh = BLOCK.sub(real, text)
    if os.environ.get("ISOCHECK_UPDATE_GOLDEN"):
        README.write_text(fresh)
    assert README.read_text() == fresh
