from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from isocheck.cli.schemas import schema_of
from tests.conftest import DAY, LATHE, Run

Write = Callable[..., Path]


@pytest.mark.parametrize(
    "text", [b"", b"# nothing\n", b"\xef\xbb\xbfaudits: []\n", b"audits:\r\n  - id: A1\r\n", b"services: {web: 1}\n"]
)
def test_what_is_accepted(isocheck: Run, write: Write, text: bytes) -> None:
    assert isocheck("check", write(isocheck="", a=text))[0] == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--standard", "iso9002"), "no standard 'iso9002'"),
        (("--clause", "8.33"), "no clause"),
        (("--as-of", "30.6.2026"), "YYYY-MM-DD"),
        (("-o", "x.foo"), "does not tell the format"),
        (("-o", "/nowhere/x.html"), "does not exist"),
        (("--fail-on", "sometimes"), "sometimes"),
    ],
)
def test_a_wrong_command_line_is_exit_2(isocheck: Run, arguments: tuple[str, ...], words: str) -> None:
    code, _, err = isocheck("check", LATHE, *arguments)
    assert (code, words in err) == (2, True)


def test_a_starting_description_is_not_described_and_not_broken(
    isocheck: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # a short path, which no line break parts
    root = Path("new")
    assert isocheck("init", root)[0] == 0
    code, out, err = isocheck("check", root, "-f", "json")
    assert (code, err) == (1, "")
    verdicts = {entry["verdict"] for entry in json.loads(out)["requirements"]}
    assert verdicts == {"not-described", "unassessed"}
    for path in root.glob("*.yaml"):
        assert path.read_text().startswith("# yaml-language-server: $schema=isocheck.schema.json\n")
        assert not re.search(r"[&*]id\d", path.read_text())
    said = isocheck("check", root)[1]
    assert "Nothing is described yet" in said
    assert f"1. 4.1 (1): fill in 'issues' ({root / 'organisation.yaml'}" in " ".join(said.split())
    assert isocheck("init", root)[0] == 2


def test_the_examples_in_a_starting_description_can_be_used_as_they_are(isocheck: Run, tmp_path: Path) -> None:
    root = tmp_path / "new"
    assert isocheck("init", root)[0] == 0
    used = 0
    for path in root.glob("*.yaml"):
        text = path.read_text()
        filled = re.sub(
            r"((?:^# {3,}.*\n)+)(\w+): \[\]$", lambda m: f"{m[2]}:\n{m[1].replace('# ', '')}", text, flags=re.M
        )
        used += filled.count("- id:")
        path.write_text(filled)
    assert used == 11
    code, out, err = isocheck("check", root, "-f", "json")
    assert (code, err) == (1, "")
    dangling = [each["message"] for each in json.loads(out)["findings"] if each["kind"] == "integrity"]
    assert [message for message in dangling if "PR2" not in message] == []


def test_reports_are_written_where_they_are_asked_for(isocheck: Run, tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("a.html", "b.json", "c.md", "d.txt")]
    assert isocheck("check", LATHE, "--as-of", DAY, *(part for file in files for part in ("-o", file)))[0] == 0
    assert all(file.stat().st_size for file in files)
    assert isocheck("report", LATHE, "--as-of", "2027-12-31", "-o", tmp_path / "r.html")[0] == 0


def test_a_selection_looks_at_its_clause_only(isocheck: Run) -> None:
    _, out, _ = isocheck("check", LATHE, "--as-of", DAY, "--clause", "8.5.1", "-f", "json")
    assert {entry["clause"] for entry in json.loads(out)["requirements"]} == {"8.5.1"}


@pytest.mark.parametrize("topic", ["9.2.2", "9.2.2-b", "9.3.2-c4", "8", "not-yet", "covers", "opportunity"])
def test_explain(isocheck: Run, topic: str) -> None:
    code, out, _ = isocheck("explain", topic)
    assert (code, len(out) > 60) == (0, True)


def test_explain_says_why_this_organisation_got_its_verdict(isocheck: Run) -> None:
    out = isocheck("explain", "9.2.1-s1", "--qms", LATHE, "--as-of", "2027-12-31")[1]
    assert "Verdict here: Major" in out
    assert isocheck("explain", "9.2.9")[0] == 2


def test_the_tree_of_clauses(isocheck: Run) -> None:
    tree = json.loads(isocheck("clauses", "-f", "json")[1])["clauses"]
    assert sum(len(clause["requirements"]) for clause in tree) == 296
    some = json.loads(isocheck("clauses", "--documented", "-f", "json")[1])["clauses"]
    assert all(req["documented"] for clause in some for req in clause["requirements"])
    assert 0 < len(json.loads(isocheck("clauses", "--stage", "1", "-f", "json")[1])["clauses"]) < len(tree)


@pytest.mark.parametrize("name", ["qms", "pack", "assessment", "waivers", "baseline", "result"])
def test_schemas_describe_every_field(isocheck: Run, name: str) -> None:
    code, out, _ = isocheck("schema", name)
    schema = json.loads(out)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert code == 0

    def bare(node: object, path: str = "") -> list[str]:
        found = []
        if isinstance(node, dict):
            for key, value in node.get("properties", {}).items() if isinstance(node.get("properties"), dict) else ():
                if isinstance(value, dict) and "description" not in value and "$ref" not in value and key != "kind":
                    found.append(f"{path}/{key}")
            for key, value in node.items():
                found += bare(value, f"{path}/{key}")
        elif isinstance(node, list):
            for value in node:
                found += bare(value, path)
        return found

    assert bare(schema) == []


def test_results_and_descriptions_fit_their_schemas(isocheck: Run) -> None:
    out = isocheck("check", LATHE, "--as-of", "2027-12-31", "-f", "json")[1]
    jsonschema.validate(json.loads(out), schema_of("result"))
