"""Waivers and baseline through the command line: what fails a run, what does not, and what is said of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from isocheck.cli.schemas import schema_of
from tests.conftest import DAY, LATHE, Run

Write = Callable[..., Path]

TITLES = "7.5.2-a/identified documents/"
CASE = ("--clause", "7.5.2-a", "--as-of", DAY)
BEFORE, AFTER = "2026-06-29", "2026-07-01"


def documents(untitled: Iterable[str], titled: int = 9) -> str:
    """Documents of which each without a title is a finding: minor up to two of eleven, major from a third on.

    One whose id ends with '+' has a title: what was to be mended is.
    """
    rows = [f"  - {{id: {id_.removesuffix('+')}{', title: t' * id_.endswith('+')}}}" for id_ in untitled]
    rows += [f"  - {{id: T{at}, title: t}}" for at in range(titled)]
    return "\n".join(("documents:", *rows)) + "\n"


def waiver(finding: str, expires: str = "2026-12-31", **more: str | None) -> str:
    fields = {"finding": f'"{finding}"', "reason": "New numbering", "approved_by": "Head of quality"} | more
    lines = [f"{name}: {value}" for name, value in (*fields.items(), ("expires", expires)) if value is not None]
    return "  - " + "\n    ".join(lines) + "\n"


def waivers(*given: str) -> str:
    return "waivers:\n" + "".join(given)


def gate(isocheck: Run, root: Path, *arguments: str | Path, case: tuple[str, ...] = CASE) -> dict[str, Any]:
    """Check, hold the result against its schema, and return the gate with the exit code."""
    code, out, err = isocheck("check", root, *case, "-f", "json", *arguments)
    assert "error" not in err
    result = json.loads(out)
    jsonschema.validate(result, schema_of("result"))
    assert result["gate"]["failed"] == bool(code)
    found: dict[str, Any] = result["gate"]
    return found


def named(rows: list[dict[str, Any]]) -> list[str]:
    return [row["identity"].removeprefix(TITLES) for row in rows]


# --- waivers ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("untitled", "given", "failed", "waived", "void"),
    [
        ("D1", [("D1", "2026-06-30")], False, ["D1"], []),
        ("D1", [("D1", BEFORE)], True, [], ["expired on 2026-06-29"]),
        ("D1", [("D1", AFTER)], False, ["D1"], []),
        ("D1", [("D1", "9999-12-31")], False, ["D1"], []),
        ("D.01", [("d-01", AFTER)], False, ["D.01"], []),
        ("D1", [("D2", AFTER)], True, [], ["matches no finding"]),
        ("", [("D2", AFTER)], False, [], ["matches no finding"]),
        ("", [("D2", BEFORE)], False, [], ["expired on 2026-06-29 and matches no finding"]),
        ("D1 D2", [("D1", AFTER)], True, ["D1"], []),
        ("D1 D2", [("D1", AFTER), ("D2", AFTER)], False, ["D1", "D2"], []),
        ("D1 D2", [("D1", AFTER), ("D2", BEFORE)], True, ["D1"], ["expired on 2026-06-29"]),
        ("D1", [("D1, title", AFTER)], True, [], [f"matches no finding; of the same entry there is '{TITLES}D1'"]),
    ],
)
def test_what_a_waiver_does(
    isocheck: Run,
    write: Write,
    untitled: str,
    given: list[tuple[str, str]],
    failed: bool,
    waived: list[str],
    void: list[str],
) -> None:
    text = waivers(*(waiver(TITLES + subject, expires) for subject, expires in given))
    found = gate(isocheck, write(isocheck="", a=documents(untitled.split()), waivers=text))
    assert found["failed"] is failed
    assert named(found["waived"]) == waived
    assert [row["why"] for row in found["void"]] == void


@pytest.mark.parametrize(
    ("untitled", "grade", "failed", "waived", "void"),
    [
        ("D1", None, False, ["D1"], []),
        ("D1", "minor", False, ["D1"], []),
        ("D1", "major", False, ["D1"], []),
        ("D1", "opportunity", True, [], ["covers findings up to opportunity, and this one is potentially minor: where that is approved as well, write 'grade: minor'"]),
        ("D1 D2 D3 D4 D5", None, True, [], ["covers findings up to minor, and this one is potentially major: where that is approved as well, write 'grade: major'"]),
        ("D1 D2 D3 D4 D5", "major", True, ["D1"], []),
    ],
)  # fmt: skip
def test_a_waiver_covers_findings_up_to_its_grade(
    isocheck: Run,
    write: Write,
    untitled: str,
    grade: str | None,
    failed: bool,
    waived: list[str],
    void: list[str],
) -> None:
    text = waivers(waiver(f"{TITLES}D1", grade=grade))
    found = gate(isocheck, write(isocheck="", a=documents(untitled.split()), waivers=text))
    assert (found["failed"], named(found["waived"])) == (failed, waived)
    assert [row["why"] for row in found["void"]] == void


def test_a_waiver_names_a_part_of_an_entry(isocheck: Run, write: Write) -> None:
    case = ("--clause", "7.5.1-a", "--as-of", DAY)
    root = write(isocheck="", a=documents([]))
    parts = ["4.3-s3", "5.2.2-a", "6.2.1-s2"]
    assert gate(isocheck, root, case=case)["failed"]
    finding = "7.5.1-a/asked documents, {}"
    write(waivers=waivers(*(waiver(finding.format(part), grade="major") for part in parts[:2])))
    assert gate(isocheck, root, case=case)["failed"]
    write(waivers=waivers(*(waiver(finding.format(part), grade="major") for part in parts)))
    found = gate(isocheck, root, case=case)
    assert not found["failed"]
    assert [row["identity"] for row in found["waived"]] == [finding.format(part) for part in parts]


def test_a_waiver_of_what_is_not_looked_at_is_not_void(isocheck: Run, write: Write) -> None:
    text = waivers(waiver("9.2.2-c/impartial audits/A2"), waiver("9.2.2-c/impartial audits/A3", BEFORE))
    root = write(isocheck="", a=documents([]), waivers=text)
    assert [row["why"] for row in gate(isocheck, root)["void"]] == ["expired on 2026-06-29"]
    write(isocheck="engagement: {clauses: ['7.5']}\n")
    assert len(gate(isocheck, root, case=("--as-of", DAY))["void"]) == 1


def test_what_reports_show_can_be_pasted(isocheck: Run, write: Write) -> None:
    """Every finding of a lapsed description, waived by its identity as the report has it."""
    day = ("--as-of", "2027-12-31")
    findings = json.loads(isocheck("check", LATHE, *day, "-f", "json")[1])["findings"]
    path = (
        write(w=waivers(*(waiver(each["identity"], "2028-01-01", grade=each["grade"]) for each in findings))) / "w.yaml"
    )
    found = gate(isocheck, LATHE, "--waivers", path, "--fail-on", "opportunity", case=day)
    assert (len(found["waived"]), found["void"]) == (len(findings), [])
    audits = "9.2.1-s1/recent audits"
    assert audits in {each["identity"] for each in findings}
    assert f"  id       {audits}\n" in isocheck("check", LATHE, *day)[1]
    assert f"- **Identity:** `{audits}`\n" in isocheck("check", LATHE, *day, "-f", "markdown")[1]


def test_waivers_change_no_verdict_no_share_and_no_report_for_a_client(
    isocheck: Run, write: Write, tmp_path: Path
) -> None:
    root = write(isocheck="", a=documents(["D1", "D2"]))
    html, deliverable = tmp_path / "check.html", tmp_path / "report.html"

    def reports() -> tuple[bytes, bytes, bytes, dict[str, Any]]:
        out = isocheck("check", root, *CASE, "-f", "json", "-o", html)[1]
        assert isocheck("report", root, *CASE, "-o", deliverable, "-o", tmp_path / "report.json")[0] == 0
        result: dict[str, Any] = json.loads(out)
        return html.read_bytes(), deliverable.read_bytes(), (tmp_path / "report.json").read_bytes(), result

    *before, result = reports()
    write(waivers=waivers(waiver(f"{TITLES}D1"), waiver(f"{TITLES}D2", BEFORE)))
    *after, waived = reports()
    assert after == before
    assert waived.pop("gate") != result.pop("gate")
    assert waived == result


def test_the_score_knows_no_waiver(isocheck: Run, write: Write) -> None:
    root = write(isocheck="", a=documents(["D1"]), waivers=waivers(waiver(f"{TITLES}D1")))
    assert not gate(isocheck, root)["failed"]
    assert gate(isocheck, root, "--fail-under", "50")["failed"]
    assert "This run fails: the score is below 50 %; 1 finding waived." in flat(
        isocheck("check", root, *CASE, "--fail-under", "50")[1]
    )


def test_waivers_stand_beside_the_description_or_where_the_option_says(
    isocheck: Run, write: Write, tmp_path: Path
) -> None:
    root = write(isocheck="", a=documents(["D1"]), waivers=waivers(waiver(f"{TITLES}D1")))
    assert not gate(isocheck, root)["failed"]
    assert not gate(isocheck, root / "a.yaml")["failed"]
    elsewhere = (root / "waivers.yaml").rename(tmp_path / "elsewhere.yaml")
    assert gate(isocheck, root)["failed"]
    assert not gate(isocheck, root, "--waivers", elsewhere)["failed"]
    (root / "waivers.yaml").symlink_to(elsewhere)
    assert isocheck("check", root, *CASE)[0] == 2
    write(isocheck="exclude: [waivers.yaml]\n")
    assert refused(isocheck, root) == [
        "{}/waivers.yaml: this link leads outside the description; name what it leads to: --waivers FILE"
    ]


GOOD = waiver(f"{TITLES}D1")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (waivers(GOOD.replace("    reason: New numbering\n", "")), ["2:5: 'reason' is missing: why the finding may stand for now"]),
        (waivers(GOOD.replace("New numbering", "TBD")), ["3:5: 'reason' is missing: why the finding may stand for now"]),
        (waivers(GOOD.replace("Head of quality", "")), ["4:5: 'approved_by' is missing: who takes that upon himself or herself"]),
        (waivers(GOOD.replace("    expires: 2026-12-31\n", "")), ["2:5: 'expires' is missing: the last day on which it counts"]),
        (waivers(GOOD.replace("2026-12-31", "never")), ["5:5: expires: expected a date as YYYY-MM-DD, not 'never'"]),
        (waivers("  - reason: x\n    approved_by: y\n    expires: 2026-12-31\n"), ["2:5: 'finding' is missing: the identity of a finding, as reports show it"]),
        (waivers(waiver("audits/A2")), ["2:5: finding: expected the identity of a finding as reports show it, such as '9.2.2-c/impartial audits/A2', not 'audits/A2'"]),
        (waivers(waiver("7.5.2-b1/identified documents/D1")), ["2:5: finding: '7.5.2-b1' is no requirement of ISO 9001; did you mean '7.5.2-b'?"]),
        (waivers(waiver("7.5.2/identified documents/D1")), ["2:5: finding: '7.5.2' is no requirement of ISO 9001; did you mean '7.5.2-c'?"]),
        (waivers(waiver("7.5.2-a/identifid documents/D1")), ["2:5: finding: 'identifid' is no check of 7.5.2-a; did you mean 'identified'?"]),
        (waivers(waiver("7.5.2-a/x documents/D1")), ["2:5: finding: 'x' is no check of 7.5.2-a; known are identified, records, absent, integrity, unread, row, duplicate, list, two-versions, approval, link"]),
        (waivers(waiver("7.5.2-a/identified document/D1")), ["2:5: finding: 'document' is no register; did you mean 'documents'?"]),
        (waivers(GOOD, waiver(f"{TITLES}d 1".replace("d 1", "D1"))), ["6:5: this finding is waived twice (first at {}/waivers.yaml:2:5); keep one of the two"]),
        (waivers(waiver(f"{TITLES}D.1"), waiver(f"{TITLES}d-1", BEFORE)), ["6:5: this finding is waived twice (first at {}/waivers.yaml:2:5); keep one of the two"]),
        (waivers(GOOD.replace("reason", "reson")), ["2:5: 'reason' is missing: why the finding may stand for now", "3:5: 'reson' is no field here; did you mean 'reason'?"]),
        (waivers(GOOD.replace(f'"{TITLES}D1"', "[a]")), ["2:5: finding: expected a text, not a list"]),
        (waivers(waiver(f"{TITLES}D1", grade="grave")), ["5:5: grade: 'grave' is none of major, minor, opportunity"]),
        ("waiver: []\n", ["1:1: 'waiver' is no field here; did you mean 'waivers'?"]),
        ("- a\n", ["1:1: expected fields such as format_version, waivers, not a list"]),
        ("waivers: {a: b}\n", ["1:1: waivers: expected a list; write waivers: […], or one line with '- ' for each"]),
        ("waivers: [\n", ["2:1: a value is missing here"]),
        ("format_version: 2\n", ["1:1: format_version: '2' is none of 1"]),
        (waivers(waiver("7.5.2-a/x documents/D1"), waiver("7.5.2-a/y documents/D1", reason=None)), ["2:5: finding: 'x' is no check of 7.5.2-a; known are identified, records, absent, integrity, unread, row, duplicate, list, two-versions, approval, link", "6:5: 'reason' is missing: why the finding may stand for now", "6:5: finding: 'y' is no check of 7.5.2-a; known are identified, records, absent, integrity, unread, row, duplicate, list, two-versions, approval, link"]),
    ],
)  # fmt: skip
def test_waivers_that_cannot_be_read(isocheck: Run, write: Write, text: str, lines: list[str]) -> None:
    root = write(isocheck="", a=documents(["D1"]), waivers=text)
    assert refused(isocheck, root) == [f"{{}}/waivers.yaml:{line}" for line in lines]
    assert isocheck("report", root, *CASE, "-o", root / "r.html")[0] == 0


def refused(isocheck: Run, root: Path, *arguments: str | Path) -> list[str]:
    code, out, err = isocheck("check", root, *CASE, *arguments)
    assert (code, out) == (2, "")
    assert "itself failed" not in err
    return [line.removeprefix("error: ").replace(str(root), "{}") for line in err.splitlines()]


def test_waivers_that_are_not_there_or_go_by_another_name(isocheck: Run, write: Write) -> None:
    root = write(isocheck="", a=documents(["D1"]))
    assert refused(isocheck, root, "--waivers", root / "none") == ["{}/none: cannot be read: No such file or directory"]
    (root / "waivers.yml").write_text(waivers(GOOD))
    said = "rename this file to waivers.yaml: under this name no waivers are read"
    assert refused(isocheck, root) == [f"{{}}/waivers.yml: {said}"]


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        (waivers(GOOD), True),
        (waivers(waiver(f"{TITLES}D1", grade="major")), True),
        (waivers(waiver(f"{TITLES}D1", grade="grave")), False),
        (waivers(GOOD.replace("expires", "until")), False),
        (waivers(GOOD.replace("    reason: New numbering\n", "")), False),
        (waivers(GOOD.replace("New numbering", "")), False),
    ],
)
def test_waivers_fit_their_schema(text: str, fits: bool) -> None:
    from isocheck.sources.yaml_reader import read_yaml

    data = read_yaml(text.encode(), "waivers.yaml").data
    assert jsonschema.Draft202012Validator(schema_of("waivers")).is_valid(data) is fits


@pytest.mark.parametrize("name", ["waivers", "baseline", "assessment"])
def test_schemas_are_called_alike(name: str) -> None:
    assert schema_of(name)["title"] == f"isocheck {name}, version 1"
    assert schema_of("result")["title"] == "isocheck result, version 1"


# --- the baseline -----------------------------------------------------------------------


def begun(isocheck: Run, root: Path, *arguments: str | Path) -> Path:
    """Write a baseline of a description, beside its files, and return it."""
    path = root / "baseline.json"
    code, _, err = isocheck("check", root, *CASE, "--write-baseline", path, *arguments)
    assert (code, err) == (0, f"Wrote {path}\n")
    jsonschema.validate(json.loads(path.read_text()), schema_of("baseline"))
    return path


def test_a_baseline_is_one_finding_a_line_sorted_and_the_same_each_time(isocheck: Run, write: Write) -> None:
    root = write(isocheck="", a=documents(["D2", "D.01"]))
    path = begun(isocheck, root)
    text = path.read_text()
    assert text == (
        '{\n "format_version": 1,\n "standard": "iso9001-2015",\n "findings": [\n'
        f'  {{"finding": "{TITLES}D.01", "grade": "minor"}},\n'
        f'  {{"finding": "{TITLES}D2", "grade": "minor"}}\n'
        " ]\n}\n"
    )
    write(a="# another line\n" + documents(["D2", "D.01"], titled=20))
    isocheck("check", root, "--clause", "7.5.2-a", "--as-of", "2031-01-01", "--write-baseline", path)
    assert path.read_text() == text
    write(a=documents([]))
    assert '"findings": []' in begun(isocheck, root).read_text()


@pytest.mark.parametrize(
    ("before", "after", "failed", "known", "new", "graver", "closed"),
    [
        ("D1", "D1", False, ["D1"], [], [], []),
        ("D.01", "d-01", False, ["d-01"], [], [], []),
        ("D1", "D1 D2", True, ["D1"], ["D2"], [], []),
        ("D1 D2", "D1+ D2", False, ["D2"], [], [], ["D1"]),
        ("D1 D2", "D1+ D2+ D3", True, [], ["D3"], [], ["D1", "D2"]),
        ("D1", "D1+", False, [], [], [], ["D1"]),
        ("", "D1", True, [], ["D1"], [], []),
        ("D1 D2", "D1 D2 D3 D4 D5", True, [], ["D1", "D2", "D3", "D4", "D5"], ["D1", "D2"], []),
        ("D1 D2 D3 D4 D5", "D1 D2 D3+ D4+ D5+", False, ["D1", "D2"], [], [], ["D3", "D4", "D5"]),
    ],
)
def test_only_what_is_new_or_graver_fails(
    isocheck: Run,
    write: Write,
    before: str,
    after: str,
    failed: bool,
    known: list[str],
    new: list[str],
    graver: list[str],
    closed: list[str],
) -> None:
    root = write(isocheck="", a=documents(before.split()))
    path = begun(isocheck, root)
    write(a=documents(after.split()))
    found = gate(isocheck, root, "--baseline", path)
    assert (found["failed"], found["baseline"]) == (failed, str(path))
    told = {name: [text.removeprefix(TITLES) for text in found[name]] for name in ("known", "new", "graver", "closed")}
    assert told == {"known": known, "new": new, "graver": graver, "closed": closed}
    assert gate(isocheck, root)["failed"] == any(not each.endswith("+") for each in after.split())


@pytest.mark.parametrize(
    ("settings", "after", "closed", "gone"),
    [
        ("", "D1+ D2", ["D1"], []),
        ("", "D2", [], ["D1"]),
        ("", "D1+", ["D1"], ["D2"]),
        ("engagement: {sites: [S1]}", "D1+ D2", [], ["D1"]),
    ],
    ids=["mended", "deleted", "both", "sites narrowed"],
)
def test_what_is_found_no_longer_is_closed_only_where_it_shows_to_be_mended(
    isocheck: Run, write: Write, settings: str, after: str, closed: list[str], gone: list[str]
) -> None:
    root = write(isocheck="", a=documents(["D1", "D2"]))
    path = begun(isocheck, root)
    write(isocheck=settings, a=documents(after.split()))
    found = gate(isocheck, root, "--baseline", path)
    told = [[text.removeprefix(TITLES) for text in found[name]] for name in ("closed", "gone")]
    assert told == [closed, gone]
    code, _, err = isocheck("check", root, *CASE, "--baseline", path, "--prune", "-f", "csv")
    ended = [*((id_, "closed") for id_ in closed), *((id_, "no longer found") for id_ in gone)]
    said = [f"{path}: {TITLES}{id_}: {word}\n" for id_, word in ended]
    assert (code, err) == (0, "".join([f"Wrote {path}\n", *said]))
    assert not [id_ for id_, _ in ended if f"{TITLES}{id_}" in path.read_text()]


NONE_SO_FAR = "occasions: [{register: nonconformities, starts: 2026-01-01, ends: 2026-12-31, reason: 'None so far; the head, 2026-06-01'}]"
UNTRACED = "scope: {exclusions: [{clause: '7.1.5.2', justification: Nobody asks for it., approved_by: h, approved: 2026-01-02}]}"


@pytest.mark.parametrize(
    ("finding", "before", "settings", "after", "state"),
    [
        ("9.2.1-s1/absent audits", "", "", "audits: [{id: A1, planned: 2026-09-01}]", "closed"),
        ("10.2.2-a/absent nonconformities", "", NONE_SO_FAR, "", "gone"),
        ("7.1.5.2-b/marked equipment/E1", "equipment: [{id: E1, traceability_required: true}]", "", f"equipment: [{{id: E1}}]\n{UNTRACED}", "gone"),
        ("7.1.5.2-b/marked equipment/E1", "equipment: [{id: E1, traceability_required: true}]", "", "equipment: [{id: E1, traceability_required: false}]", "gone"),
        ("7.1.5.2-b/marked equipment/E1", "equipment: [{id: E1, traceability_required: true}]", "", "equipment: [{id: E1, traceability_required: true, marked: label, status: in use}]", "closed"),
    ],
    ids=["described", "declared", "excluded", "nothing left", "mended"],
)  # fmt: skip
def test_what_is_declared_away_is_not_closed(
    isocheck: Run, write: Write, finding: str, before: str, settings: str, after: str, state: str
) -> None:
    case = ("--clause", finding.partition("-")[0], "--as-of", DAY)
    root = write(isocheck="", a=before)
    path = root / "baseline.json"
    isocheck("check", root, *case, "--write-baseline", path)
    assert f'"{finding}"' in path.read_text()
    write(isocheck=settings, a=after)
    found = gate(isocheck, root, "--baseline", path, case=case)
    assert [finding in found[name] for name in ("closed", "gone")] == [state == "closed", state == "gone"]


def test_an_empty_register_is_the_same_finding_under_another_requirement(isocheck: Run, write: Write) -> None:
    root, day = write(isocheck="", a=""), ("--as-of", DAY)
    path = root / "baseline.json"
    isocheck("check", root, *day, "--write-baseline", path)
    old = path.read_text()
    assert ("4.4.1-s2/absent processes" in old, "9.2.1-a/absent processes" in old) == (True, False)
    write(isocheck="engagement: {clauses: ['9.2']}")
    found = gate(isocheck, root, "--baseline", path, "--prune", case=day)
    assert "9.2.1-a/absent processes" in found["known"]
    assert (found["failed"], found["new"], found["closed"], found["gone"]) == (False, [], [], [])
    assert path.read_text() == old


@pytest.mark.parametrize(
    "finding", ["7.5.2-z/identified documents/D1", "7.5.2-a/identifid documents/D1", "7.5.2-a/identified document/D1"]
)
def test_what_a_baseline_has_of_what_is_not_there_is_void(isocheck: Run, write: Write, finding: str) -> None:
    root = write(isocheck="", a=documents(["D1"]))
    path = begun(isocheck, root)
    good = path.read_bytes()
    path.write_text(
        BASELINE.replace("7.5.2-a/identified documents/D1", finding).replace(
            "]}", f', {{"finding": "{TITLES}D1", "grade": "minor"}}]}}'
        )
    )
    found = gate(isocheck, root, "--baseline", path)
    assert (found["failed"], found["misnamed"], found["closed"], found["gone"]) == (False, [finding], [], [])
    out = flat(isocheck("check", root, *CASE, "--baseline", path)[1])
    assert "1 new, 0 closed" not in out
    assert f"0 closed, 1 void void {finding} void names a requirement, check or register that there is not" in out
    said = f"{path}: {finding}: void, since there is no such requirement, check or register\n"
    assert isocheck("check", root, *CASE, "--baseline", path, "-f", "csv")[2] == said
    isocheck("check", root, *CASE, "--baseline", path, "--prune")
    assert path.read_bytes() == good


@pytest.mark.parametrize(
    ("before", "after", "kept"),
    [
        ("D1 D2", "D2", [("D2", "minor")]),
        ("D1 D2", "D2 D3", [("D2", "minor")]),
        ("D1 D2 D3 D4 D5", "D1 D2", [("D1", "minor"), ("D2", "minor")]),
        ("D1 D2", "D1 D2 D3 D4 D5", [("D1", "minor"), ("D2", "minor")]),
        ("D1", "", []),
    ],
)
def test_a_baseline_shrinks_and_never_grows(
    isocheck: Run, write: Write, before: str, after: str, kept: list[tuple[str, str]]
) -> None:
    root = write(isocheck="", a=documents(before.split()))
    path = begun(isocheck, root)
    old = path.read_bytes()
    write(a=documents(after.split()))
    isocheck("check", root, *CASE, "--baseline", path)
    assert path.read_bytes() == old
    found = gate(isocheck, root, "--baseline", path, "--prune")
    held = [(row["finding"].removeprefix(TITLES), row["grade"]) for row in json.loads(path.read_text())["findings"]]
    assert held == kept
    again = gate(isocheck, root, "--baseline", path, "--prune")
    assert again == found | {"closed": [], "gone": []}
    assert "Wrote" not in isocheck("check", root, *CASE, "--baseline", path, "--prune")[2]


def test_what_falls_with_another_finding_now_is_still_there(isocheck: Run, write: Write) -> None:
    case, finding = ("--as-of", DAY), "9.2.2-c/auditors audits/A1"
    audit = "audits: [{id: A1, kind: internal, performed: 2026-03-01, criteria: ISO 9001, scope: All"
    root = write(isocheck="", a=f"{audit}}}]")
    path = root / "baseline.json"
    isocheck("check", root, *case, "--write-baseline", path)
    old = path.read_text()
    write(a=f"{audit}, auditors: [people/P9]}}]")
    found = gate(isocheck, root, "--baseline", path, "--prune", case=case)
    assert f'"{finding}"' in old
    assert not [name for name in ("known", "closed", "gone") if finding in found[name]]
    assert path.read_text() == old


def test_what_was_not_looked_at_is_not_closed(isocheck: Run, write: Write) -> None:
    root = write(isocheck="", a=documents(["D1"]))
    path = begun(isocheck, root)
    old = path.read_bytes()
    found = gate(isocheck, root, "--baseline", path, "--prune", case=("--clause", "7.5.2-b", "--as-of", DAY))
    assert found["closed"] == []
    assert path.read_bytes() == old


def test_what_is_waived_stays_out_of_a_baseline_and_fails_when_its_day_is_past(isocheck: Run, write: Write) -> None:
    root = write(isocheck="", a=documents(["D1", "D2"]), waivers=waivers(waiver(f"{TITLES}D1", DAY)))
    path = begun(isocheck, root)
    assert "D1" not in path.read_text()
    found = gate(isocheck, root, "--baseline", path)
    assert (found["failed"], found["known"], named(found["waived"]), found["new"]) == (
        False,
        [f"{TITLES}D2"],
        ["D1"],
        [],
    )
    late = gate(isocheck, root, "--baseline", path, case=("--clause", "7.5.2-a", "--as-of", AFTER))
    assert (late["failed"], late["new"], len(late["void"])) == (True, [f"{TITLES}D1"], 1)


def test_a_baseline_lifts_no_score(isocheck: Run, write: Write) -> None:
    root = write(isocheck="", a=documents(["D1"]))
    path = begun(isocheck, root)
    assert isocheck("check", root, *CASE, "--baseline", path)[0] == 0
    assert isocheck("check", root, *CASE, "--baseline", path, "--fail-under", "50")[0] == 1
    assert isocheck("check", root, *CASE, "--write-baseline", path, "--fail-under", "50")[0] == 1


BASELINE = '{"format_version": 1, "standard": "iso9001-2015",\n "findings": [{"finding": "7.5.2-a/identified documents/D1", "grade": "minor"}]}\n'


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", ["1:1: this is no baseline: no 'format_version' stands at its top"]),
        ("[]", ["1:1: this is no baseline: no 'format_version' stands at its top"]),
        ("{", ["2:1: a value is missing here"]),
        (BASELINE.replace("1,", "2,"), ["1:2: format version '2' is not 1; write the file anew: --write-baseline"]),
        (BASELINE.replace("2015", "2008"), ["1:23: this baseline is of 'iso9001-2008', and 'iso9001-2015' is checked; write one for that"]),
        (BASELINE.replace('"standard": "iso9001-2015",', ""), ["1:1: this baseline is of nothing, and 'iso9001-2015' is checked; write one for that"]),
        (BASELINE.replace("minor", "grave"), ["2:62: grade: 'grave' is none of major, minor, opportunity"]),
        (BASELINE.replace(', "grade": "minor"', ""), ["2:16: 'grade' is missing"]),
        (BASELINE.replace("identified documents", "documents"), ["2:16: expected 'finding' with the identity of a finding"]),
        (BASELINE.replace("]}", ', {"finding": "7.5.2-a/identified documents/d1", "grade": "minor"}]}'), ["2:82: this finding stands twice; keep one"]),
        (BASELINE.replace("findings", "finding"), ["2:2: 'finding' is no field here; did you mean 'findings'?"]),
        (BASELINE.replace("\n", "\n<<<<<<< HEAD\n", 1), ["3:12: a ',' or the closing '}' is missing (in what begins on line 1)"]),
    ],
)  # fmt: skip
def test_a_baseline_that_cannot_be_read(isocheck: Run, write: Write, text: str, lines: list[str]) -> None:
    root = write(isocheck="", a=documents(["D1"]))
    path = root / "baseline.json"
    path.write_text(text)
    for more in ((), ("--prune",)):
        assert refused(isocheck, root, "--baseline", path, *more) == [f"{{}}/baseline.json:{line}" for line in lines]
    assert path.read_text() == text


def test_a_baseline_that_is_not_there(isocheck: Run, write: Write) -> None:
    root = write(isocheck="", a=documents(["D1"]))
    said = ["{}/none.json: cannot be read: No such file or directory"]
    assert refused(isocheck, root, "--baseline", root / "none.json") == said


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--baseline", "b.json", "--write-baseline", "b.json"), "use one of them"),
        (("--prune",), "--prune needs --baseline"),
        (("--prune", "--write-baseline", "b.json"), "--prune needs --baseline"),
        (("-o", "b.json", "--write-baseline", "b.json"), "--write-baseline b.json: the same file as -o b.json"),
        (("-o", "b.json", "--baseline", "b.json", "--prune"), "--baseline b.json: the same file as -o b.json"),
        (("-o", "b.json", "--baseline", "b.json"), "-o b.json: the same file as --baseline b.json"),
        (("-o", "csv:w.yaml", "--waivers", "w.yaml"), "-o csv:w.yaml: the same file as --waivers w.yaml"),
        (("--write-baseline", "w.yaml", "--waivers", "w.yaml"), "--write-baseline w.yaml: the same file as --waivers"),
        (("--write-baseline", "qms/register.csv"), "qms/register.csv: it would replace a file of the description"),
        (("--write-baseline", "qms/a.yaml"), "it would stand among the files of the description, or replace one"),
        (("--write-baseline", "none/b.json"), "the folder none does not exist"),
    ],
)
def test_options_that_do_not_go_together(
    isocheck: Run, write: Write, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    settings = "sources: [{register: equipment, csv: register.csv}]"
    root = write(isocheck=settings, a=documents(["D1"]))
    (root / "register.csv").write_text("id\nE1\n")
    (tmp_path / "b.json").write_text(BASELINE)
    (tmp_path / "w.yaml").write_text(waivers(GOOD))
    monkeypatch.chdir(tmp_path)
    before = held(tmp_path)
    code, _, err = isocheck("check", "qms", *CASE, *arguments)
    assert (code, words in err) == (2, True), err
    assert held(tmp_path) == before


def held(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_no_report_replaces_the_waivers_beside_a_description(isocheck: Run, write: Write) -> None:
    root = write(a=documents(["D1"]), waivers=waivers(GOOD))
    before = held(root)
    for path in (root, root / "a.yaml"):
        code, _, err = isocheck("check", path, *CASE, "-o", f"csv:{root}/waivers.yaml")
        assert (code, "-o csv:" in err) == (2, True), err
    assert held(root) == before


def test_a_report_that_cannot_be_written_leaves_the_baseline_alone(isocheck: Run, write: Write, tmp_path: Path) -> None:
    root = write(isocheck="", a=documents(["D1"]))
    path = begun(isocheck, root)
    old = path.read_bytes()
    write(a=documents([]))
    assert isocheck("check", root, *CASE, "--baseline", path, "--prune", "-o", tmp_path / "no" / "x.md")[0] == 2
    assert path.read_bytes() == old


# --- what people read -------------------------------------------------------------------


def flat(text: str) -> str:
    return " ".join(text.split())


def test_summaries_tell_waived_void_and_known_apart(isocheck: Run, write: Write) -> None:
    root = write(isocheck="", a=documents(["D1", "D2", "D3"], titled=20))
    path = begun(isocheck, root)
    text = waivers(waiver(f"{TITLES}D3"), waiver(f"{TITLES}D4", BEFORE), waiver(f"{TITLES}D9"))
    write(a=documents(["D2", "D3", "D4"], titled=20), waivers=text)
    code, out, _ = isocheck("check", root, *CASE, "--baseline", path)
    said = flat(out)
    assert code == 1
    assert "The 1 gap, what may fail the run first ▲ potential minor 7.5.2 a)" in said
    assert "documents/D4: title is empty also documents/D2; documents/D3" in said
    assert "gate 1 finding of 3 may fail the run: 1 waived, 1 known from the baseline" in said
    assert f"Waived: 1 finding {TITLES}D3 until 31 December 2026, approved by Head of quality: New numbering" in said
    assert f"Void: 2 waivers {root}/waivers.yaml:6:5 {TITLES}D4 expired on 2026-06-29" in said
    assert f"{root}/waivers.yaml:10:5 {TITLES}D9 matches no finding" in said
    counted = "2 findings known from the baseline, 1 new, 0 closed, 1 no longer found"
    assert f"Baseline {path} {counted} gone {TITLES}D1 gone does not show as mended" in said
    outcome = (
        "This run fails: 1 finding at or above the threshold, minor; 2 findings known from the baseline, 1 new, "
        "0 closed, 1 no longer found; 1 finding waived; 2 waivers void."
    )
    assert said.endswith(outcome)
    page = isocheck("check", root, *CASE, "--baseline", path, "-f", "markdown")[1]
    assert f"**{outcome}**" in page
    assert "## Waived\n\n| Finding | Reason | Approved by | Until |" in page
    assert f"| `{TITLES}D3` | New numbering | Head of quality | 31 December 2026 |" in page
    assert f"| `{root}/waivers.yaml:6:5` | `{TITLES}D4` | expired on 2026-06-29 |" in page
    assert f"- No longer found: `{TITLES}D1`" in page


def test_void_waivers_are_told_beside_every_other_format(isocheck: Run, write: Write) -> None:
    root = write(isocheck="", a=documents(["D1"]), waivers=waivers(waiver(f"{TITLES}D1", BEFORE)))
    said = f"{root}/waivers.yaml:2:5: the waiver of {TITLES}D1 expired on 2026-06-29\n"
    for format_, told in (("terminal", ""), ("markdown", said), ("html", said), ("json", said)):
        assert isocheck("check", root, *CASE, "-f", format_)[2] == told


def test_without_waivers_and_baseline_nothing_is_said_of_a_gate(isocheck: Run, write: Write) -> None:
    root = write(isocheck="", a=documents(["D1"]))
    assert "This run" not in isocheck("check", root, *CASE)[1]
    assert "This run" not in isocheck("check", root, *CASE, "-f", "markdown")[1]
