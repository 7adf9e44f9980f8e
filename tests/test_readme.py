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


def test_the_list_of_requirements_that_no_letter_carries() -> None:
    from isocheck.standard.packs import load_pack
    from isocheck.terms import label

    pack = load_pack("iso9001-2015")
    lines = [
        "# Requirements that no letter carries",
        "",
        "The standard numbers its lists by letters, and states further duties in sentences between them. A gap in such a",
        "sentence has to be named too, so that each has an id of its own: `-s1`, `-s2` in the order of the text. What a",
        "lead-in demands beyond its list is among them (that audits are held at planned intervals in 9.2.1); a lead-in that",
        "only introduces its list is not, since its letters carry it.",
        "",
        "| requirement | what it asks for |",
        "|---|---|",
    ]
    lines += [
        f"| {label(id_)} | {' '.join(requirement.statement.split())} |"
        for id_, requirement in pack.requirements.items()
        if re.search(r"-s\d$", id_)
    ]
    path = ROOT / "docs" / "requirements.md"
    text = "\n".join(lines) + "\n"
    if os.environ.get("ISOCHECK_UPDATE_GOLDEN"):
        path.write_text(text)
    assert path.read_text() == text
