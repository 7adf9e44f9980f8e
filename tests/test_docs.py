"""Reference pages say what the code and the packs say; ISOCHECK_UPDATE_GOLDEN=1 writes them anew."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from docs import generate

from isocheck.checks import KINDS
from isocheck.qms.registers import REGISTERS

from .conftest import ROOT

DOCS = ROOT / "docs"


@pytest.mark.parametrize("name", generate.PAGES)
def test_a_page_is_as_the_code_describes_it(name: str) -> None:
    text = generate.page(name)
    if os.environ.get("ISOCHECK_UPDATE_GOLDEN"):
        (DOCS / name).write_text(text, "utf-8")
    assert (DOCS / name).read_text("utf-8") == text, "run: python docs/generate.py"


def test_nothing_is_left_out() -> None:
    packs, registers = generate.page("packs.md"), generate.page("registers.md")
    assert [name for name in KINDS if f"\n### `{name}`: " not in packs] == []
    assert [name for name in REGISTERS if f"\n## `{name}`: " not in registers] == []


@pytest.mark.parametrize("path", [*sorted(DOCS.rglob("*.md")), ROOT / "README.md"], ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", path.read_text("utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []
