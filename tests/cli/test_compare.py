"""`isocheck compare`: sides of every kind, series, what fails, and what cannot be read."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from isocheck.cli.schemas import schema_of
from tests.conftest import DAY, LATHE, Run
from tests.repositories import Repository

Write = Callable[..., Path]

HEAD = "format_version: 1\nstandard: iso9001-2015\n"
BARE = "audits: [{id: A1, kind: internal, performed: 2026-03-01}, {id: A2, kind: internal, performed: 2026-03-02}]\n"
FULL = (
    "audits: [{id: A1, kind: internal, performed: 2026-03-01, criteria: ISO 9001, scope: All of it},"
    " {id: A2, kind: internal, performed: 2026-03-02}]\n"
)
ONE = "audits: [{id: A2, kind: internal, performed: 2026-03-02}]\n"


def told(run: tuple[int, str, str]) -> Any:
    code, out, err = run
    assert (code, err) == (0, "")
    found = json.loads(out)
    jsonschema.validate(found, schema_of("comparison"), format_checker=jsonschema.FormatChecker())
    return found


def about(changes: list[dict[str, Any]], entry: str, check: str = "criteria") -> list[str]:
    return [each["remark"] for each in changes if each["entry"] == entry and each["check"] == check]


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """Audits without criteria, then one with, then that one deleted, then a file that cannot be read; mended on disk."""
    made = Repository(tmp_path / "repo")
    made.commit("2026-04-01", {"qms/isocheck.yaml": HEAD, "qms/a.yaml": BARE})
    made.git("tag", "v1")
    made.commit("2026-05-01", {"qms/a.yaml": FULL})
    made.commit("2026-05-02", {"readme": "x"})
    made.commit("2026-05-03", {"qms/a.yaml": ONE})
    made.commit("2026-05-04", {"qms/a.yaml": "audits: ["})
    (made.folder / "qms" / "a.yaml").write_text(FULL)
    monkeypatch.chdir(made.folder)
    return made


def checks(found: Any, name: str = "criteria") -> set[str]:
    return {
        each["check"]
        for changes in found["comparison"]["findings"].values()
        for each in changes
        if name in each["check"]
    }


def test_result_files_folders_and_revisions_are_compared_alike(
    isocheck: Run, repository: Repository, tmp_path: Path
) -> None:
    results = tmp_path / "results"
    results.mkdir()
    for name, text in (("old", BARE), ("new", FULL)):
        (repository.folder / "qms" / "a.yaml").write_text(text)
        assert isocheck("check", "qms", "--as-of", DAY, "-o", results / f"{name}.json")[0] == 1
    found = [
        told(isocheck("compare", old, new, "--as-of", DAY, "-f", "json"))["comparison"]
        for old in ("v1:qms", str(results / "old.json"))
        for new in ("qms", "HEAD~3:qms", str(results / "new.json"))
    ]
    numbers = [{name: len(held) for name, held in each["findings"].items()} for each in found]
    assert all(each == numbers[0] for each in numbers)
    assert numbers[0]["closed"] == 1
    assert numbers[0]["new"] == 0
    for each in found:
        (closed,) = each["findings"]["closed"]
        assert (closed["requirement"], closed["entry"], closed["remark"]) == ("9.2.2-b", "A1", "mended")
        assert each["notices"] == []


def test_what_is_deleted_is_not_mended(isocheck: Run, repository: Repository) -> None:
    found = told(isocheck("compare", "v1:qms", "HEAD~1:qms", "-f", "json"))["comparison"]["findings"]["closed"]
    assert {each["remark"] for each in found if each["entry"] == "A1"} == {"entry-gone"}
    said = isocheck("compare", "v1:qms", "HEAD~1:qms")[1]
    assert "Closed            none" in said
    assert "the entry is gone from the description, not mended" in said


def test_the_day_is_that_of_the_commit_of_the_result_or_today(
    isocheck: Run, repository: Repository, tmp_path: Path
) -> None:
    result = tmp_path / "r.json"
    isocheck("check", "qms", "--as-of", DAY, "-o", result)
    found = told(isocheck("compare", "v1:qms", result, "-f", "json"))["comparison"]
    assert [(found[side]["as_of"], found[side]["dated"].split(" of ")[0]) for side in ("old", "new")] == [
        ("2026-04-01", "day"),
        (DAY, "as the result says"),
    ]
    found = told(isocheck("compare", "v1:qms", "qms", "--as-of", "2026-06-01", "-f", "json"))["comparison"]
    assert [(found[side]["as_of"], found[side]["dated"]) for side in ("old", "new")] == [
        ("2026-06-01", "as asked for")
    ] * 2
    assert "as of 1 April 2026 (day of commit" in isocheck("compare", "v1:qms", "qms")[1]
    assert "(today)" in isocheck("compare", "v1:qms", "qms")[1]


def test_places_of_an_old_state_name_the_revision(isocheck: Run, repository: Repository) -> None:
    found = told(isocheck("compare", "v1:qms", "qms", "-f", "json"))["comparison"]["findings"]
    places = {each["location"]["file"] for each in found["closed"]}
    assert "v1:qms/a.yaml" in places
    assert all(place.startswith("v1:qms") for place in places)
    assert {each["location"]["file"] for each in found["new"]} <= {"qms/a.yaml", "qms/isocheck.yaml", "qms"}
    code, _, err = isocheck("compare", "v1:qms", "HEAD:qms")
    assert (code, err) == (2, "error: HEAD:qms/a.yaml:2:1: a value is missing here\n")


def test_what_time_alone_brought_is_marked(isocheck: Run, write: Write, tmp_path: Path) -> None:
    root, old, new = write(isocheck=HEAD, a=FULL), tmp_path / "old.json", tmp_path / "new.json"
    isocheck("check", root, "--as-of", DAY, "-o", old)
    isocheck("check", root, "--as-of", "2028-06-30", "-o", new)
    alone = told(isocheck("compare", old, new, "-f", "json"))["comparison"]
    assert "not told apart" in alone["notices"][0]
    assert "time" not in {each["remark"] for each in alone["findings"]["new"]}
    repository = Repository(root)
    repository.commit("2028-06-30", {})
    code, out, _ = isocheck("compare", old, root, "-f", "json", "--as-of", "2028-06-30")
    found = json.loads(out)["comparison"]
    assert code == 0
    assert {each["remark"] for each in found["findings"]["new"]} == {"time"}
    assert "marked as such" in found["notices"][0]


@pytest.mark.parametrize(
    ("old", "new", "fail_on", "code"),
    [
        ("v1:qms", "qms", "new", 0),
        ("v1:qms", "qms", "regressed", 0),
        ("qms", "v1:qms", "new", 1),
        ("qms", "v1:qms", "regressed", 1),
        ("qms", "v1:qms", "never", 0),
        ("qms", "qms", "regressed", 0),
    ],
)
def test_what_fails(isocheck: Run, repository: Repository, old: str, new: str, fail_on: str, code: int) -> None:
    assert isocheck("compare", old, new, "--as-of", DAY, "--fail-on", fail_on)[0] == code
    assert isocheck("compare", old, new, "--as-of", DAY)[0] == 0


def test_a_requirement_that_one_side_did_not_look_at_is_neither_new_nor_closed(
    isocheck: Run, repository: Repository, tmp_path: Path
) -> None:
    part = tmp_path / "part.json"
    isocheck("check", "qms", "--as-of", DAY, "--clause", "9.2.2-b", "-o", part)
    for sides, word in (((part, "qms"), "older"), (("qms", part), "newer")):
        found = told(isocheck("compare", *sides, "--as-of", DAY, "-f", "json"))["comparison"]
        assert found["findings"]["new"] == found["findings"]["closed"] == found["verdicts"] == []
        assert len(found["findings"]["not_looked_at"]) > 20
        assert [each["requirement"] for each in found["findings"]["unchanged"]] == ["9.2.2-b"]
        assert f"The {word} side did not look at 295 requirements" in found["notices"][0]
    for gate in ("new", "regressed"):
        assert isocheck("compare", part, "qms", "--as-of", DAY, "--fail-on", gate)[0] == 0
        code, out, _ = isocheck("compare", "qms", part, "--as-of", DAY, "--fail-on", gate)
        assert code == 1
        assert "a newer side that looks at less fails" in " ".join(out.split())


def test_a_series_is_a_range_with_what_cannot_be_read(isocheck: Run, repository: Repository) -> None:
    code, out, err = isocheck("compare", "--history", "v1..HEAD:qms", "-f", "json")
    assert (code, err) == (0, "")
    found = json.loads(out)
    jsonschema.validate(found, schema_of("comparison"))
    assert [point["as_of"] for point in found["history"]] == ["2026-04-01", "2026-05-01", "2026-05-03", "2026-05-04"]
    *readable, broken = found["history"]
    assert all(point["score"] is not None and point["problem"] == "" for point in readable)
    assert (broken["score"], broken["met"], broken["major"]) == (None, None, None)
    assert broken["problem"] == f"{broken['label']}/a.yaml:2:1: a value is missing here"
    comparison = found["comparison"]
    assert (comparison["old"]["as_of"], comparison["new"]["as_of"]) == ("2026-04-01", "2026-05-03")
    text = isocheck("compare", "--history", "v1..HEAD:qms")[1]
    assert "Readiness over time" in text
    assert "could not be shown: " in text


@pytest.mark.parametrize("gate", ["new", "regressed"])
@pytest.mark.parametrize(
    ("series", "words"),
    [
        ("v1..HEAD:qms", "--fail-on cannot compare the newest state of the series, "),
        ("HEAD..then:qms", "--fail-on cannot compare the oldest state of the series, "),
        ("HEAD~1:qms", "--fail-on needs two states to compare, and the series has only one (HEAD~1:qms)"),
    ],
)
def test_a_gate_needs_the_two_ends_of_a_series(
    isocheck: Run, repository: Repository, series: str, words: str, gate: str
) -> None:
    head = repository.git("rev-parse", "HEAD")
    repository.commit("2026-05-05", {"qms/a.yaml": FULL})
    repository.git("tag", "then")
    repository.git("reset", "--quiet", "--hard", head)
    assert isocheck("compare", "--history", series)[0] == 0
    code, out, err = isocheck("compare", "--history", series, "--fail-on", gate)
    assert (code, out) == (2, "")
    assert words in err
    assert "or name OLD and NEW" in err or "name OLD and NEW, or" in err


def test_a_gate_compares_the_ends_of_a_series(isocheck: Run, repository: Repository) -> None:
    asked = ("--as-of", DAY, "--fail-on", "new")
    assert isocheck("compare", "--history", "v1..HEAD~3:qms", *asked)[0] == 0
    assert isocheck("compare", "v1:qms", "HEAD~3:qms", "--history", "v1..HEAD:qms", *asked)[0] == 0


@pytest.fixture
def compared(isocheck: Run, write: Write, tmp_path: Path) -> Callable[..., Any]:
    """Compares two texts of a description, the older one as a result file; return the comparison."""

    def make(old: str, new: str, old_settings: str = "", new_settings: str = "") -> Any:
        write(isocheck=HEAD + old_settings, a=old)
        isocheck("check", tmp_path / "qms", "--as-of", DAY, "-o", tmp_path / "old.json")
        write(isocheck=HEAD + new_settings, a=new)
        sides = (tmp_path / "old.json", tmp_path / "qms", "--as-of", DAY)
        return told(isocheck("compare", *sides, "-f", "json"))["comparison"]

    return make


EXCLUDED = "scope: {statement: All, exclusions: [{clause: '8.3', justification: Nothing is designed.}]}\n"


def test_what_is_gone_with_another_entry_is_neither_mended_nor_better(
    isocheck: Run, compared: Callable[..., Any], tmp_path: Path
) -> None:
    found = compared(EXCLUDED + "designs: [{id: DV1, name: Pump}, {id: DV2, name: Valve}]\n", EXCLUDED)
    (gone,) = [each for each in found["findings"]["closed"] if each["check"] == "contradicted"]
    assert gone["remark"] == "fewer"
    assert {each["direction"] for each in found["verdicts"]} == {"other"}
    said = isocheck("compare", tmp_path / "old.json", tmp_path / "qms", "--as-of", DAY)[1]
    assert "Closed            none" in said
    assert "got better" not in said


EQUIPMENT = (
    "equipment: [{id: E1, checks_conformity: true, traceability_required: %s}, {id: E2, traceability_required: true}]\n"
)


def test_what_is_only_declared_otherwise_is_not_mended(compared: Callable[..., Any]) -> None:
    found = compared(EQUIPMENT % "true", EQUIPMENT % "false")
    closed = [each for each in found["findings"]["closed"] if each["requirement"].startswith("7.1.5.2")]
    assert {each["remark"] for each in closed} == {"set-aside"}
    assert "better" not in {each["direction"] for each in found["verdicts"]}


def test_what_is_only_allowed_to_be_older_is_not_mended(compared: Callable[..., Any]) -> None:
    text, settings = "audits: [{id: A1, kind: internal, performed: 2024-01-01}]\n", "intervals: {internal_audit: %s}\n"
    found = compared(text, text, settings % "12 months", settings % "60 months")
    assert {each["remark"] for each in found["findings"]["closed"]} == {"interval"}


def test_a_byte_order_mark_before_a_result_is_passed_over(isocheck: Run, write: Write, tmp_path: Path) -> None:
    root, path = write(isocheck=HEAD, a=BARE), tmp_path / "x.json"
    isocheck("check", root, "--as-of", DAY, "-o", path)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert isocheck("compare", path, path)[0] == 0


def test_a_series_beside_two_sides_and_of_result_files(isocheck: Run, repository: Repository, tmp_path: Path) -> None:
    files = [tmp_path / f"{day}.json" for day in ("2026-06-30", "2026-05-30", "2026-07-30")]
    for file in files:
        isocheck("check", "qms", "--as-of", file.stem, "-o", file)
    given = [part for file in files for part in ("--history", file)]
    found = json.loads(isocheck("compare", *given, "-f", "json")[1])
    assert [point["as_of"] for point in found["history"]] == ["2026-05-30", "2026-06-30", "2026-07-30"]
    assert found["comparison"]["old"]["label"].endswith("2026-05-30.json")
    found = json.loads(isocheck("compare", "v1:qms", "qms", "--history", files[0], "-f", "json")[1])
    assert len(found["history"]) == 1
    assert found["comparison"]["old"]["label"] == "v1:qms"
    found = json.loads(isocheck("compare", "--history", files[0], "-f", "json")[1])
    assert found["comparison"] is None
    for name in ("terminal", "markdown", "html"):
        assert isocheck("compare", "--history", files[0], "-f", name)[0] == 0


def test_a_state_before_the_description_was_there_is_a_point_that_says_so(
    isocheck: Run, repository: Repository
) -> None:
    repository.commit("2026-06-01", {"more/isocheck.yaml": HEAD, "more/a.yaml": FULL})
    found = json.loads(isocheck("compare", "--history", "v1..HEAD:more", "-f", "json")[1])
    assert found["history"][0]["problem"].endswith(
        "there is no file or folder 'more' in " + found["history"][0]["label"].split(":")[0]
    )
    assert found["history"][1]["problem"] == ""


def test_another_edition_is_exit_2_and_in_a_series_a_point_that_says_so(
    isocheck: Run, repository: Repository, tmp_path: Path
) -> None:
    isocheck("check", "qms", "--as-of", "2026-04-01", "-o", tmp_path / "a.json")
    result = json.loads((tmp_path / "a.json").read_text())
    result["standard"]["edition"] = "2008"
    (tmp_path / "b.json").write_text(json.dumps(result))
    code, out, err = isocheck("compare", tmp_path / "b.json", "qms")
    assert (code, out) == (2, "")
    assert "was assessed against ISO 9001:2008" in err
    found = json.loads(isocheck("compare", "--history", tmp_path / "b.json", "--history", "qms", "-f", "json")[1])
    assert found["history"][0]["problem"].startswith("assessed against ISO 9001:2008")
    assert found["comparison"] is None


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "no JSON: EOF"),
        ("{", "no JSON: EOF"),
        ("[" * 100_000, "no JSON: recursion limit exceeded"),
        ("\udcff", "no JSON: "),
        ("[]", "no result of isocheck: the file: "),
        ("{}", "no result of isocheck: format_version: field required"),
        ('{"format_version": "1"}', "no result of isocheck: format_version: "),
        (
            '{"format_version": 2}',
            "format version 2, and only version 1 can be read; write it anew with: isocheck check",
        ),
        ('{"format_version": 1, "findings": [{}]}', "no result of isocheck: findings.1.requirement: field required"),
    ],
)
def test_what_is_no_result_is_exit_2(isocheck: Run, tmp_path: Path, content: str, words: str) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(content.encode("utf-8", "surrogateescape"))
    code, out, err = isocheck("compare", path, LATHE)
    assert (code, out) == (2, "")
    assert err.startswith(f"error: {path}: ")
    assert words in err
    assert err.count("\n") <= 20


@pytest.mark.parametrize(
    "field", ["as_of", "findings", "requirements", "engagement", "clauses", "standard", "summary", "source", "tool"]
)
@pytest.mark.parametrize("value", [0, None, "x", [0], {"a": 0}])
def test_a_result_that_does_not_fit_is_exit_2(
    isocheck: Run, write: Write, tmp_path: Path, field: str, value: object
) -> None:
    root, path = write(isocheck=HEAD, a=BARE), tmp_path / "x.json"
    isocheck("check", root, "--as-of", DAY, "-o", path)
    path.write_text(json.dumps(json.loads(path.read_text()) | {field: value}))
    code, _, err = isocheck("compare", path, root)
    assert code == 2
    assert f"{path}: no result of isocheck: {field}" in err


def test_a_result_of_before_a_field_was_added_can_be_read(isocheck: Run, write: Write, tmp_path: Path) -> None:
    root, path = write(isocheck=HEAD, a=BARE), tmp_path / "x.json"
    isocheck("check", root, "--as-of", DAY, "-o", path)
    result = json.loads(path.read_text())
    for row in result["source"]["registers"]:
        del row["ids"]
    del result["documented"], result["limits"], result["intervals"]
    path.write_text(json.dumps(result | {"later": 1}))
    write(a=FULL)
    assert told(isocheck("compare", path, root, "--as-of", DAY, "-f", "json"))["comparison"]["findings"]["closed"]
    found = told(isocheck("compare", root, path, "--as-of", DAY, "-f", "json"))["comparison"]["findings"]
    assert found["new"]
    write(a=ONE)
    isocheck("compare", path, root)


def test_a_result_that_is_too_large_is_exit_2(isocheck: Run, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(b" " * (1024 * 1024 + 1))
    code, _, err = isocheck("compare", path, path, "--max-file-size", "1")
    assert (code, "--max-file-size" in err) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "compare needs OLD and NEW, or --history"),
        (("qms",), "compare needs OLD and NEW"),
        (("qms", "none"), "there is no file or folder 'none'; for a state in git write none: (the whole repository)"),
        (("v1", "qms"), "write v1: (the whole repository) or v1:FOLDER"),
        (("v9:qms", "qms"), "'v9' is no revision of the repository"),
        (("v1:none", "qms"), "v1:none: there is no file or folder 'none' in v1"),
        (("--history", "v9..HEAD"), "'v9' is no revision"),
        ((":/1:qms", "qms"), "':/1:qms' names no revision before the colon"),
        (("HEAD:", "qms"), "HEAD: is the whole repository; for the folder alone write HEAD:qms"),
        (("--history", "HEAD..v1:qms"), "the other way round, v1..HEAD, it has some"),
        (("--history", "HEAD..HEAD:qms"), "'HEAD..HEAD' has no commit after its beginning"),
        (("--history", "v1..HEAD:none"), "there is no file or folder 'none' in any of its states"),
        (("--history", "v1:none"), "there is no file or folder 'none' in v1"),
        (("--history", "none.json"), "there is no file or folder 'none.json'"),
        (("--history", "v1..HEAD:qms", "--points", "1"), "--points"),
        (("--history", "v1..HEAD:qms", "--clause", "99"), "no clause"),
        (("--history", "v1..HEAD:qms", "--standard", "iso9002"), "no standard"),
        (("qms", "qms", "-o", "x.foo"), "does not tell the format"),
        (("qms", "qms", "-o", "qms/x.yaml"), "does not tell"),
        (("qms", "qms", "-o", "json:qms/x.yaml"), "among the files of the description"),
        (("qms", "qms", "--fail-on", "closed"), "closed"),
        (("--", "-n:qms", "qms"), "'-n' is no revision"),
    ],
)
def test_a_wrong_command_line_is_exit_2(
    isocheck: Run, repository: Repository, arguments: tuple[str, ...], words: str
) -> None:
    code, out, err = isocheck("compare", *arguments)
    assert (code, out) == (2, "")
    assert words in err


def test_outside_a_repository_files_are_compared_and_revisions_are_not(
    isocheck: Run, write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write(isocheck=HEAD, a=BARE)
    monkeypatch.chdir(tmp_path)
    assert isocheck("compare", root, root)[0] == 0
    code, _, err = isocheck("compare", "HEAD:qms", root)
    assert (code, "there is no git repository" in err) == (2, True)


def test_a_report_does_not_replace_what_it_was_made_from(isocheck: Run, write: Write, tmp_path: Path) -> None:
    root, path = write(isocheck=HEAD, a=BARE), tmp_path / "x.json"
    isocheck("check", root, "-o", path)
    before = path.read_bytes()
    assert isocheck("compare", path, root, "-o", path)[0] == 2
    assert isocheck("compare", root, root, "--history", path, "-o", path)[0] == 2
    assert path.read_bytes() == before


def test_reports_are_written_together_and_are_the_same_twice(
    isocheck: Run, repository: Repository, tmp_path: Path
) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        outputs = [part for end in ("html", "md", "json", "txt") for part in ("-o", tmp_path / name / f"x.{end}")]
        assert isocheck("compare", "v1:qms", "HEAD~1:qms", "--history", "v1..HEAD:qms", *outputs)[0] == 0
    one, two = ({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("one", "two"))
    assert one == two
    assert len(one) == 4
    assert str(tmp_path).encode() not in b"".join(one.values())


def test_neither_the_work_tree_nor_the_index_is_touched(isocheck: Run, repository: Repository) -> None:
    before = {path: path.read_bytes() for path in repository.folder.rglob("*") if path.is_file()}
    isocheck("compare", "v1:qms", "HEAD~1:qms", "--history", "v1..HEAD:qms")
    assert {path: path.read_bytes() for path in repository.folder.rglob("*") if path.is_file()} == before
