"""The compiled form of a pack stands in for its YAML and for nothing else."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from isocheck.errors import InputError
from isocheck.standard.packs import COMPILED, compile_pack, read_pack
from tests.conftest import ROOT

NAME = "iso9001-2015"
SECTION = "10-improvement.yaml"
MARK = "Read from the compiled form."


@pytest.fixture(scope="module")
def compiled() -> bytes:
    """The pack's compiled form."""
    return compile_pack(ROOT / "clauses" / NAME)


@pytest.fixture
def folder(tmp_path: Path, compiled: bytes) -> Path:
    """A pack with its compiled form beside it, as the wheel has it; the first intent there tells which one was read."""
    pack = tmp_path / NAME
    shutil.copytree(ROOT / "clauses" / NAME, pack)
    data = json.loads(compiled)
    data["files"][SECTION]["clauses"][0]["intent"] = MARK
    (pack / COMPILED).write_text(json.dumps(data), "utf-8")
    return pack


def first_intent(folder: Path) -> str:
    return read_pack(folder).sections[-1].clauses[0].intent


def test_it_holds_what_the_yaml_says(folder: Path, compiled: bytes) -> None:
    from_yaml = read_pack(ROOT / "clauses" / NAME)
    (folder / COMPILED).write_bytes(compiled)
    from_json = read_pack(folder)
    assert from_json.file == from_yaml.file
    assert from_json.sections == from_yaml.sections


def test_it_is_read_while_it_names_the_yaml_beside_it(folder: Path) -> None:
    assert first_intent(folder) == MARK


def test_an_edited_pack_wins_over_it(folder: Path) -> None:
    path = folder / SECTION
    path.write_text(path.read_text("utf-8") + "# a remark\n", "utf-8")
    assert first_intent(folder) != MARK


def test_an_added_or_renamed_file_wins_over_it(folder: Path) -> None:
    (folder / SECTION).rename(folder / "10-better.yaml")
    assert first_intent(folder) != MARK


def test_an_edited_pack_is_checked(folder: Path) -> None:
    path = folder / SECTION
    path.write_text(path.read_text("utf-8").replace("of: nonconformities", "of: nonconformitys", 1), "utf-8")
    with pytest.raises(InputError, match="nonconformitys"):
        read_pack(folder)


def _other_version(data: dict[str, Any]) -> str:
    return json.dumps(data | {"made_from": "0" * 64})


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", "null", '{"made_from": 1}', "\ud800", None],
    ids=["empty", "cut off", "a list", "null", "without files", "no UTF-8", "of another program"],
)
def test_one_that_cannot_be_used_is_passed_over(folder: Path, compiled: bytes, content: str | None) -> None:
    text = _other_version(json.loads(compiled)) if content is None else content
    (folder / COMPILED).write_bytes(text.encode("utf-8", "surrogatepass"))
    assert first_intent(folder) != MARK


def test_one_that_fits_and_holds_no_pack_is_passed_over(folder: Path, compiled: bytes) -> None:
    data = json.loads(compiled)
    del data["files"]["pack.yaml"]["name"]
    (folder / COMPILED).write_text(json.dumps(data), "utf-8")
    assert read_pack(folder).file.name == "ISO 9001"


def test_a_pack_that_does_not_hold_together_is_not_compiled(folder: Path) -> None:
    path = folder / SECTION
    path.write_text(path.read_text("utf-8").replace("of: nonconformities", "of: nonconformitys", 1), "utf-8")
    with pytest.raises(InputError):
        compile_pack(folder)
