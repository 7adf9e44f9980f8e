"""`init --from`: settings for files that are there already, which can be checked at once."""

from __future__ import annotations

import json
import os
import stat
import sys
import tempfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cli.test_bad_input import plainly
from tests.conftest import DAY, LATHE, Run

LOG = """\
last_updated: 2026-01-20
audits:
  - id: AUD-1
    area: Sales
    date: 2026-01-15
    auditor: Ann
    status: Closed
    findings:
      - {id: F1, type: Minor NC, resolved: true}
"""
CALIBRATION = """\
Equipment_ID;Description;Last_Calibration;Interval (months);Next_Calibration_Due;Status
E1;Calliper;13/02/2025;12;13/02/2026;Active
E2;Scale;01/03/2025;12;01/03/2026;Out of service
"""


def procedure(number: int, **more: str) -> str:
    fields = {"doc_id": f"SOP-{number}", "revision": f"1.{number}", "approver": "Ann", "status": "Published", **more}
    return "---\n" + "".join(f"{name}: {value}\n" for name, value in fields.items()) + f"---\n# Procedure {number}\n"


@pytest.fixture
def kept(tmp_path: Path) -> Any:
    def make(files: dict[str, str | bytes]) -> Path:
        root = tmp_path / "qms"
        root.mkdir(exist_ok=True)
        for name, data in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return root

    return make


def proposed(root: Path) -> dict[str, Any]:
    found = yaml.safe_load((root / "isocheck.yaml").read_text("utf-8"))
    assert isinstance(found, dict)
    return found


def squeezed(text: str) -> str:
    return " ".join(text.split())


def test_a_log_is_declared_and_can_be_checked_at_once(isocheck: Run, kept: Any) -> None:
    root = kept({"logs/audit_log.yaml": LOG})
    code, out, err = isocheck("init", "--from", root)
    assert code == 0
    assert "logs/audit_log.yaml [audits] -> audits" in out
    assert "date -> performed" in squeezed(out)
    assert "left out status: no field of ours is meant findings.resolved:" in squeezed(out)
    assert f"Wrote {root / 'isocheck.yaml'}" in err
    assert f"isocheck sources {root}; isocheck check {root}" in err
    assert proposed(root)["sources"] == [
        {
            "yaml": "logs/audit_log.yaml",
            "register": "audits",
            "at": "audits",
            "fields": {
                "area": "scope",
                "date": "performed",
                "auditor": "auditors",
                "findings.type": "findings.grade",
            },
            "values": {"findings.grade": {"Minor NC": "minor"}},
        }
    ]
    text = (root / "isocheck.yaml").read_text()
    assert text.startswith("# yaml-language-server: $schema=isocheck.schema.json\n")
    assert "#   findings.resolved: no field of ours is meant" in text
    assert (root / "isocheck.schema.json").exists()
    code, out, err = isocheck("check", root, "--as-of", DAY, "-f", "json")
    assert (code, err) == (1, "")
    assert any(finding["entry"] == "AUD-1" for finding in json.loads(out)["findings"])


def test_one_list_of_instruments_makes_two_registers(isocheck: Run, kept: Any) -> None:
    root = kept({"registers/calibration.csv": CALIBRATION})
    assert isocheck("init", "--from", root)[0] == 0
    equipment, calibrations = proposed(root)["sources"]
    assert (equipment["register"], equipment["dates"], equipment["units"]) == (
        "equipment",
        "day-first",
        {"interval": "months"},
    )
    assert equipment["values"] == {"status": {"Active": "in use", "Out of service": "blocked"}}
    assert (calibrations["register"], calibrations["id_of"]) == (
        "calibrations",
        ["Equipment_ID", "Last_Calibration"],
    )
    out = json.loads(isocheck("sources", root, "-f", "json")[1])
    assert [source["entries"] for source in out["sources"]] == [2, 2]
    assert [source["wrong"] for source in out["sources"]] == [[], []]


def test_only_what_took_place_is_read(isocheck: Run, kept: Any) -> None:
    course = (
        "Employee,Course,Training Date,Status\nAnn,Welding,2025-01-01,Completed\nBob,Welding,2026-01-01,Scheduled\n"
    )
    record = "---\nemployee: Ann\ncourse: {0}\ndate_trained: 2025-01-01\nstatus: {1}\n---\n# T\n"
    root = kept(
        {
            "training.csv": course,
            "training/1.md": record.format("Welding", "Completed"),
            "training/2.md": record.format("Turning", "Scheduled"),
        }
    )
    assert isocheck("init", "--from", root)[0] == 0
    found = proposed(root)["sources"]
    assert [source["only"] for source in found] == [{"Status": ["Completed"]}, {"status": ["Completed"]}]
    out = json.loads(isocheck("sources", root, "-f", "json")[1])
    assert [source["entries"] for source in out["sources"]] == [1, 1]


def test_a_single_record_of_a_review_is_recognised(isocheck: Run, kept: Any) -> None:
    text = "# Review\n\n**Date:** 2026-01-20\n**Chair:** Ann\n**Attendees:** Ann, Bob\n"
    root = kept({"reviews/MR-2026.md": text})
    assert isocheck("init", "--from", root)[0] == 0
    assert [source["register"] for source in proposed(root)["sources"]] == ["management_reviews"]


def test_the_comment_on_top_of_a_log_tells_that_its_audits_are_internal(isocheck: Run, kept: Any) -> None:
    log = "audits:\n- {id: A1, area: Sales, date: 2026-01-15, auditor: Ann}\n# All audits are internal audits\n"
    root = kept({"log.yaml": f"# Audits\n# performed under clause 9.2\n\n{log}"})
    assert isocheck("init", "--from", root)[0] == 0
    assert "constants" not in proposed(root)["sources"][0]  # one line says audits, another 9.2
    for written in ("isocheck.yaml", "isocheck.schema.json"):
        (root / written).unlink()
    root = kept({"log.yaml": f"---\n# All audits performed under clause 9.2\n{log}"})
    code, out, _ = isocheck("init", "--from", root)
    assert code == 0
    assert proposed(root)["sources"][0]["constants"] == {"kind": "internal"}
    assert "kind is internal, by the comment on top of the file" in squeezed(out)


def test_sheets_of_a_workbook_are_declared_each(isocheck: Run, kept: Any) -> None:
    root = kept({})
    book = openpyxl.Workbook()
    first = book.worksheets[0]
    first.title = "Complaints"
    first.append(["Complaint No", "Date received", "Customer"])
    first.append(["K1", "2026-01-01", "Meyer"])
    book.create_sheet("Master list").append(["Doc No", "Title", "Rev"])
    book["Master list"].append(["SOP-1", "Sales", "3"])
    book.create_sheet("Notes").append(["anything"])
    book.save(root / "qms.xlsx")
    code, out, _ = isocheck("init", "--from", root)
    assert code == 0
    assert [(source["sheet"], source["register"]) for source in proposed(root)["sources"]] == [
        ("Complaints", "feedback"),
        ("Master list", "documents"),
    ]
    assert "qms.xlsx: Notes: names and fields tell no register" in squeezed(out)
    assert isocheck("check", root)[0] == 1


def test_sheets_that_no_source_reads_are_told_hidden_ones_too(isocheck: Run, kept: Any) -> None:
    root = kept({})
    book = openpyxl.Workbook()
    book.worksheets[0].title = "Complaints"
    book["Complaints"].append(["Complaint No", "Date received", "Customer"])
    book["Complaints"].append(["K1", "2026-01-01", "Meyer"])
    for title in ("Lieferanten", "Alt", "Tief"):
        book.create_sheet(title).append(["Nr", "Firma", "Ort"])
    book["Alt"].sheet_state, book["Tief"].sheet_state = "hidden", "veryHidden"
    book.save(root / "qms.xlsx")
    code, out, _ = isocheck("init", "--from", root)
    assert code == 0
    assert [source["sheet"] for source in proposed(root)["sources"]] == ["Complaints"]
    left = squeezed(out).partition("Not recognised")[2]
    assert "qms.xlsx: Lieferanten: names and fields tell no register" in left
    for title in ("Alt", "Tief"):
        assert f"qms.xlsx: {title}: a hidden sheet; show it in the workbook if it is a record" in left
    _, out, _ = isocheck("sources", root, "-f", "json")
    unread = [name.removeprefix(f"{root}/") for name in json.loads(out)["unread"]]
    assert [name for name in unread if name.startswith("qms.xlsx")] == [
        "qms.xlsx: sheet 'Alt'",
        "qms.xlsx: sheet 'Lieferanten'",
        "qms.xlsx: sheet 'Tief'",
    ]


def test_without_the_extra_workbooks_are_passed_over(isocheck: Run, kept: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    root = kept({"a.xlsx": b"PK", "audits.yaml": LOG})
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    code, out, _ = isocheck("init", "--from", root)
    assert (code, len(proposed(root)["sources"])) == (0, 1)
    assert "a.xlsx: workbooks are read with an extra: pip install 'isocheck[xlsx]'" in squeezed(out)


# --- Markdown ----------------------------------------------------------------------------


def test_documents_that_are_alike_make_one_source(isocheck: Run, kept: Any) -> None:
    root = kept(
        {
            "docs/1/SOP 1.md": procedure(1),
            "docs/2/SOP-2.md": procedure(2),
            "docs/README.md": "# About\n",
            "_templates/t.md": procedure(9),
            "docs/broken.md": "---\ntitle: [\n---\n",
        }
    )
    code, out, _ = isocheck("init", "--from", root)
    found = proposed(root)
    assert code == 0
    assert [source["markdown"] for source in found["sources"]] == ["docs/**/*.md"]
    assert found["exclude"] == ["_templates/*", "*/README.md"]
    assert "docs/broken.md" in out
    out = json.loads(isocheck("sources", root, "-f", "json")[1])
    assert (out["sources"][0]["entries"], len(out["sources"][0]["wrong"])) == (2, 1)


def test_folders_of_different_kinds_make_a_source_each(isocheck: Run, kept: Any) -> None:
    below = "---\nqms: {id: P1, version: '2', approved_by: Ann, status: draft}\ntags: [x]\n---\n# P\n"
    report = "# Audit\n\n**Audit ID:** AR-1\n**Audit date:** 2026-01-02\n**Auditor:** Ann\n\nText.\n"
    root = kept({"procedures/p.md": below, "audits/a.md": report, "notes/n.md": "# Nothing\n"})
    code, out, _ = isocheck("init", "--from", root)
    assert code == 0
    by_pattern = {source["markdown"]: source for source in proposed(root)["sources"]}
    assert set(by_pattern) == {"procedures/*.md", "audits/*.md"}
    assert by_pattern["procedures/*.md"]["key"] == "qms"
    audits = by_pattern["audits/*.md"]
    assert (audits["register"], audits["bold"]) == ("audits", True)
    assert audits["fields"] == {"Audit ID": "id", "Audit date": "performed", "Auditor": "auditors"}
    assert "notes/n.md: has no fields at its top" in out


def test_a_folder_that_mixes_kinds_is_parted_by_the_field_that_tells_them(isocheck: Run, kept: Any) -> None:
    review = "---\nid: MR-1\ndoc_type: management review\nmeeting_date: 2026-01-02\nattendees: [Ann]\n---\n# M\n"
    root = kept(
        {
            "all/1.md": procedure(1, doc_type="procedure"),
            "all/2.md": procedure(2, doc_type="policy"),
            "all/3.md": review,
            "all/4.md": procedure(4, doc_type="record"),
        }
    )
    code, out, _ = isocheck("init", "--from", root)
    assert code == 0
    parts = {source["register"]: source["only"]["doc_type"] for source in proposed(root)["sources"]}
    assert parts == {"documents": ["procedure", "policy"], "management_reviews": ["management review"]}
    assert "doc_type record: records; their register is not told" in squeezed(out)
    read = json.loads(isocheck("sources", root, "-f", "json")[1])
    assert {source["register"]: source["entries"] for source in read["sources"]} == {
        "documents": 2,
        "management_reviews": 1,
    }


def test_a_place_without_a_record_is_said_and_nothing_claimed(isocheck: Run, kept: Any) -> None:
    root = kept({"docs/p.md": procedure(1), "records/audits/.gitkeep": "", "records/training/README.md": "# Here\n"})
    code, out, _ = isocheck("init", "--from", root)
    assert code == 0
    assert "records/audits/ (Audits) records/training/ (Competence)" in squeezed(out)
    assert [source["register"] for source in proposed(root)["sources"]] == ["documents"]


# --- what is left alone -------------------------------------------------------------------


def test_files_in_our_own_shape_stay_as_they_are(isocheck: Run, kept: Any) -> None:
    root = kept({"own.yaml": "documents:\n  - {id: D1, title: Own}\n", "audits.yaml": LOG})
    code, out, _ = isocheck("init", "--from", root)
    assert code == 0
    assert "Read as it is, in the registers' own shape own.yaml" in squeezed(out)
    assert [source["yaml"] for source in proposed(root)["sources"]] == ["audits.yaml"]


def test_an_example_in_our_own_shape_gives_the_same_result_with_settings_proposed(
    isocheck: Run, tmp_path: Path
) -> None:
    root = tmp_path / "lathe"
    root.mkdir()
    for path in LATHE.glob("*.yaml"):
        if path.name != "isocheck.yaml":
            (root / path.name).write_bytes(path.read_bytes())
    assert isocheck("init", "--from", root)[0] == 0
    assert "sources" not in proposed(root)
    assert isocheck("check", root, "--as-of", DAY)[0] in (0, 1)


def test_settings_that_are_there_are_never_overwritten(isocheck: Run, kept: Any) -> None:
    for name in ("isocheck.yaml", "isocheck.yml"):
        root = kept({"audits.yaml": LOG, name: "format_version: 1\n"})
        code, out, err = isocheck("init", "--from", root)
        assert (code, out) == (2, "")
        assert f"{root / name} is there already; nothing was written" in err
        assert (root / name).read_text() == "format_version: 1\n"
        (root / name).unlink()


def test_a_schema_that_is_there_stays(isocheck: Run, kept: Any) -> None:
    root = kept({"audits.yaml": LOG, "isocheck.schema.json": "{}"})
    assert isocheck("init", "--from", root)[0] == 0
    assert (root / "isocheck.schema.json").read_text() == "{}"


def test_a_dry_run_prints_the_settings_and_writes_nothing(isocheck: Run, kept: Any) -> None:
    root = kept({"audits.yaml": LOG})
    code, out, err = isocheck("init", "--from", root, "--dry-run")
    assert code == 0
    assert "audits.yaml [audits] -> audits" in err
    assert "left out status: no field of ours is meant" in squeezed(err)
    assert yaml.safe_load(out)["sources"][0]["register"] == "audits"
    assert sorted(path.name for path in root.iterdir()) == ["audits.yaml"]


def test_where_nothing_is_recognised_nothing_is_written(isocheck: Run, kept: Any) -> None:
    root = kept({"ledger.csv": "Account,Debit\n1,2\n", "compose.yml": "services: {web: {image: x}}\n"})
    for more in ((), ("--dry-run",)):
        code, _, err = isocheck("init", "--from", root, *more)
        assert code == 2
        assert "nothing was recognised (1 YAML, 1 CSV), and nothing was written" in err
    assert len(list(root.iterdir())) == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "name a folder"),
        (("--dry-run", "x"), "--dry-run belongs to --from"),
        (("--from", "{root}/audits.yaml"), "is a file; name a folder"),
        (("--from", "{root}/nowhere"), "there is no such file or folder"),
        (("{root}/other", "--from", "{root}"), "isocheck.yaml stands beside the files that it declares"),
    ],
)
def test_a_wrong_command_line_is_exit_2(isocheck: Run, kept: Any, arguments: tuple[str, ...], words: str) -> None:
    root = kept({"audits.yaml": LOG})
    code, out, err = isocheck("init", *(text.format(root=root) for text in arguments))
    assert (code, out, words in err) == (2, "", True)
    assert sorted(path.name for path in root.iterdir()) == ["audits.yaml"]


def test_the_same_folder_may_be_named_twice(isocheck: Run, kept: Any) -> None:
    root = kept({"audits.yaml": LOG})
    assert isocheck("init", root, "--from", f"{root}/")[0] == 0


# --- what cannot be read ------------------------------------------------------------------


def test_what_cannot_be_read_is_excluded_and_said_so_that_a_check_runs(isocheck: Run, kept: Any) -> None:
    root = kept(
        {
            "audits.yaml": LOG,
            "tag.yaml": "a: !!python/object:x 1\n",
            "near.yaml": "procesess: [{id: P1}]\n",
            "wrong.yaml": "roles:\n  - {id: R1, colour: red}\n",
            "[odd] *?.yaml": "a: [\n",
            "nested/isocheck.yaml": "format_version: 1\n",
            "empty.csv": "",
            "binary.csv": b"\xff\xfe\x00\x01",
            "broken.xlsx": b"no workbook",
            "huge.yaml": "audits: " + "x" * (1024 * 1024),
        }
    )
    (root / "out").symlink_to("/usr")
    (root / "audits.csv").symlink_to("/etc/hosts")
    (root / "dangling.yaml").symlink_to("nowhere.yaml")
    os.mkfifo(root / "pipe.yaml")
    code, out, _ = isocheck("init", "--from", root, "--max-file-size", "1")
    assert code == 0
    excluded = set(proposed(root)["exclude"])
    assert {
        "tag.yaml",
        "near.yaml",
        "nested/isocheck.yaml",
        "out",
        "dangling.yaml",
        "pipe.yaml",
        "huge.yaml",
    } < excluded
    assert "[[]odd] [*][?].yaml" in excluded
    for name in ("tag.yaml", "wrong.yaml", "empty.csv", "binary.csv", "broken.xlsx", "pipe.yaml", "huge.yaml"):
        assert name in out
    assert isocheck("check", root)[::2] == (1, "")


def test_a_folder_that_may_not_be_read_is_excluded(kept: Any) -> None:
    root = kept({"audits.yaml": LOG, "closed/x.yaml": "a: 1\n", "b.yaml": LOG})
    (root / "closed").chmod(0)
    (root / "b.yaml").chmod(0)
    try:
        assert plainly("init", "--from", root)[0] == 0
        assert proposed(root)["exclude"] == ["b.yaml", "closed"]
        assert plainly("check", root)[0] == 1
    finally:
        (root / "closed").chmod(stat.S_IRWXU)


def test_a_root_that_may_not_be_read_is_exit_2(kept: Any) -> None:
    root = kept({"audits.yaml": LOG})
    root.chmod(0)
    try:
        code, out, err = plainly("init", "--from", root)
    finally:
        root.chmod(stat.S_IRWXU)
    assert (code, out) == (2, "")
    assert "Permission denied" in err


def test_names_that_no_pattern_can_write_plainly_are_declared_all_the_same(isocheck: Run, kept: Any) -> None:
    header = "Supplier ID,Supplier name,Products\n"
    root = kept({" Lieferanten\n ä [1].csv": header + "S1,Steel AG,steel\n"})
    assert isocheck("init", "--from", root)[0] == 0
    out = json.loads(isocheck("sources", root, "-f", "json")[1])
    assert [source["entries"] for source in out["sources"]] == [1]


def test_a_name_that_is_no_text_is_declared_all_the_same(isocheck: Run, kept: Any) -> None:
    root = kept({"docs/p.md": procedure(1), "suppliers.csv": "Supplier ID,Supplier name,Products\nS1,Steel AG,steel\n"})
    (root / "suppliers.csv").rename(root / os.fsdecode(b"suppliers \xff.csv"))
    assert isocheck("init", "--from", root)[0] == 0
    assert [source.get("csv") for source in proposed(root)["sources"]] == ["suppliers ?.csv", None]
    assert isocheck("check", root)[0] == 1


def test_a_link_out_among_documents_keeps_the_others_from_nothing(isocheck: Run, kept: Any) -> None:
    root = kept({"docs/p.md": procedure(1), "docs/q.md": procedure(2)})
    (root / "docs/out.md").symlink_to("/etc/hosts")
    (root / "docs/circle.md").symlink_to("circle.md")
    assert isocheck("init", "--from", root)[0] == 0
    assert set(proposed(root)["exclude"]) == {"docs/circle.md", "docs/out.md"}
    assert [source["markdown"] for source in proposed(root)["sources"]] == ["docs/*.md"]
    assert isocheck("check", root)[0] == 1


def test_files_of_a_folder_that_are_alike_make_one_source(isocheck: Run, kept: Any) -> None:
    header = "NCR No,Date detected,Root cause\n"
    root = kept(
        {
            "ncr/2024.csv": header + "1,2024-01-02,x\n",
            "ncr/2025.csv": header + "2,13/02/2025,y\n",
            "other/ncr-1.csv": header + "3,2025-01-02,z\n",
            "other/ncr-2.csv": "NCR,Detected on,Root cause\n4,2025-01-02,z\n",
        }
    )
    assert isocheck("init", "--from", root)[0] == 0
    sources = {source["csv"]: source for source in proposed(root)["sources"]}
    assert set(sources) == {"ncr/*.csv", "other/ncr-1.csv", "other/ncr-2.csv"}
    assert sources["ncr/*.csv"]["dates"] == "day-first"


# --- any folder ---------------------------------------------------------------------------

_HEADS = st.sampled_from(
    [
        "id",
        "title",
        "status",
        "owner",
        "revision",
        "approver",
        "doc_id",
        "date",
        "date_detected",
        "auditor",
        "findings",
        "actions",
        "clauses",
        "standard",
        "NCR No",
        "Root cause",
        "Closed",
        "Equipment_ID",
        "Next calibration",
        "Last calibration",
        "Employee",
        "Course",
        "Expiry",
        "review_interval",
        "Supplier",
        "x.y",
        "?",
        "TBD",
        "é",
        "key",
        "a b",
        "path",
        "kind",
        "doc_type",
        "qms",
    ]
)
_CELLS = st.sampled_from(
    [
        *("", "TBD", "2026-01-02", "03/04/2026", "13/04/2026", "Open", "yes", "12", "9.2", "99.1", "Ann", "1,5", "A1"),
        *(
            "../../x",
            "/etc",
            "ISO 13485",
            "management review",
            "- x",
            "#",
            "a: b",
            "~",
            "true",
            "=1",
            "<% x %>",
            "e\u0301",
        ),
    ]
)
_NESTED = st.recursive(
    _CELLS | st.none() | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_HEADS, inner, max_size=3),
    max_leaves=5,
)
_STEMS = st.sampled_from(
    [
        "audits",
        "ncr",
        "calibration",
        "documents",
        "roles",
        "README",
        "assessment",
        "a*b",
        "[z]",
        " lead",
        "TBD",
        "master list",
        "vorlage",
        "processs",
    ]
)
_ROWS = st.lists(st.dictionaries(_HEADS, _NESTED, min_size=1, max_size=5), max_size=3)


@st.composite
def _files(draw: st.DrawFn) -> tuple[str, str]:
    folder, stem = draw(st.sampled_from(["", "docs/", "records/audits/", "_templates/"])), draw(_STEMS)
    kind = draw(st.sampled_from(["yaml", "yml", "csv", "md", "bold.md"]))
    rows = draw(_ROWS)
    if kind.startswith("y"):
        key = draw(st.sampled_from(["audits", "log", "a.b", "nonconformities", ""]))
        return f"{folder}{stem}.{kind}", json.dumps({key: rows} if key else rows)
    heads = [*dict.fromkeys(name for row in rows for name in row)]
    if kind == "csv":
        mark = draw(st.sampled_from(",;\t"))
        lines = [heads, *([str(row.get(name) or "") for name in heads] for row in rows)]
        return f"{folder}{stem}.csv", "\n".join(mark.join(line) for line in lines)
    row = rows[0] if rows else {}
    if kind == "md":
        return f"{folder}{stem}.md", "---\n" + json.dumps(row) + "\n---\n# Heading\n"
    return f"{folder}{stem}.md", "# Heading\n\n" + "\n".join(f"**{name}:** {row[name]}" for name in row)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(files=st.lists(_files(), min_size=1, max_size=6))
def test_whatever_is_proposed_can_be_checked(isocheck: Run, files: list[tuple[str, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "qms"
        for name, text in files:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text, "utf-8")
        code, _, err = isocheck("init", "--from", root)
        if code == 2:
            assert "nothing was recognised" in err
            assert not (root / "isocheck.yaml").exists()
            return
        assert code == 0, err
        code, _, err = isocheck("check", root, "-f", "json")
        assert (code in (0, 1), err) == (True, "")
