"""What git adds, through the commands: approvals as evidence, and open entries that were deleted."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run
from tests.qms.reading import integrity
from tests.sources.repositories import REAL_GIT, Repo

SOURCE = """
sources:
  - markdown: "docs/*.md"
    register: documents
    approval: {trailers: [Approved-by], tags: "release/*"}
people:
  - {id: P1, name: Kari}
  - {id: P2, name: Ola}
"""
DOCUMENT = "---\nid: {id}\nstatus: effective\n---\n# {id}\n{text}\n"


def document(id_: str, text: str = "") -> str:
    return DOCUMENT.format(id=id_, text=text)


def result(isocheck: Run, root: Path) -> Any:
    code, out, err = isocheck("check", root, "--as-of", "2026-06-30", "-f", "json")
    assert (code, err) == (1, "")
    return json.loads(out)


def approved(isocheck: Run, root: Path) -> set[str]:
    """Return the documents that no finding calls unapproved."""
    found = result(isocheck, root)["findings"]
    found = [each for each in found if each["requirement"] == "7.5.2-c"]
    wanting = {each["entry"] for each in found if each["check"] in ("approved", "approval")}
    every = {path.stem for path in (root / "docs").glob("*.md")}
    return every - wanting


def outcome(isocheck: Run, root: Path) -> tuple[str, str, int]:
    """Return the verdict on approvals, what the check of them answered, and how many documents it looked at."""
    (requirement,) = [each for each in result(isocheck, root)["requirements"] if each["id"] == "7.5.2-c"]
    (check,) = [each for each in requirement["checks"] if each["name"] == "approved"]
    return requirement["verdict"], check["outcome"], check["extent"]["looked"]


def of_approval(isocheck: Run, root: Path) -> list[tuple[str, list[str]]]:
    """Return the findings on approvals, each with what hangs on it."""
    found = [each for each in result(isocheck, root)["findings"] if each["requirement"] == "7.5.2-c"]
    return [(each["check"], [one["message"] for one in each["consequences"]]) for each in found]


def notices(isocheck: Run, root: Path) -> list[str]:
    """Return the notices on what was, without those on names of fields that no row has now."""
    told = (notice["text"] for notice in result(isocheck, root)["notices"])
    return [text for text in told if "which this source names" not in text]


def test_trailers_and_tags_approve_what_is_there_now(isocheck: Run, repo: Repo) -> None:
    repo.write("isocheck.yaml", SOURCE)
    repo.write("docs/D1.md", document("D1"))
    repo.commit("2026-01-10", "First\n\nApproved-by: Ola <ola@example.org>")
    repo.write("docs/D2.md", document("D2"))
    repo.write("docs/D3.md", document("D3"))
    repo.commit("2026-02-10")
    repo.tag("release/1", "2026-02-11")
    repo.write("docs/D3.md", document("D3", "changed"))
    repo.write("docs/D4.md", document("D4"))
    repo.commit("2026-03-10")
    root = repo.path
    assert integrity(isocheck, root) == [
        ("approval", "documents/D3", "changed on 2026-03-10 by Kari after the approval of 2026-02-11", "docs/D3.md:1:1")
    ]
    assert approved(isocheck, root) == {"D1", "D2"}
    hanging = ["documents/D3: approved is empty; approved by is empty"]
    assert of_approval(isocheck, root) == [("approval", hanging), ("approved", [])]  # of D3 one, and one of D4
    assert notices(isocheck, root) == []


@pytest.mark.parametrize("name", ["TBD", "[Name]", "<name>"])
def test_a_trailer_that_was_not_filled_in_approves_nothing(isocheck: Run, repo: Repo, name: str) -> None:
    repo.write("isocheck.yaml", SOURCE)
    repo.write("docs/D1.md", document("D1"))
    repo.commit("2026-01-10", f"First\n\nApproved-by: {name}")
    assert approved(isocheck, repo.path) == set()


@pytest.mark.parametrize("own", ["approved_by: P1", "approved: 2020-01-01", "approved: sometime", "approved_by: TBD"])
def test_what_a_file_says_of_its_approval_is_not_made_whole_by_git(isocheck: Run, repo: Repo, own: str) -> None:
    repo.write("isocheck.yaml", SOURCE)
    repo.write("docs/D1.md", document("D1").replace("status:", f"{own}\nstatus:"))
    repo.commit("2026-01-10", "First\n\nApproved-by: Ola")
    assert approved(isocheck, repo.path) == ({"D1"} if "TBD" in own else set())


def test_sources_with_approvals_of_their_own_read_history_once(
    isocheck: Run, repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.write(
        "isocheck.yaml",
        """
sources:
  - {markdown: docs/D1.md, register: documents, approval: {trailers: [Approved-by]}}
  - {markdown: docs/D2.md, register: documents, approval: {tags: "release/*"}}
  - {markdown: docs/D3.md, register: documents, approval: {trailers: [Signed-by]}}
  - {markdown: docs/D4.md, register: documents, approval: {tags: "draft/*"}}
people:
  - {id: P1, name: Kari}
  - {id: P2, name: Ola}
""",
    )
    for number in "1234":
        repo.write(f"docs/D{number}.md", document(f"D{number}"))
    repo.commit("2026-01-10", "First\n\nApproved-by: Ola")
    repo.tag("release/1", "2026-01-11")
    runs = tmp_path / "runs"
    program = tmp_path / "bin" / "git"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\necho "$@" >> "{runs}"\nexec "{REAL_GIT}" "$@"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    assert approved(isocheck, repo.path) == {"D1", "D2"}
    assert [" log " in line for line in runs.read_text().splitlines()].count(True) == 1


def test_whom_nobody_knows_approves_nothing(isocheck: Run, repo: Repo) -> None:
    repo.write("isocheck.yaml", SOURCE)
    repo.write("docs/D1.md", document("D1"))
    commit = repo.commit("2026-01-10", "First\n\nApproved-by: pending")
    said = f"commit {commit} names 'pending' as approver, who is neither in people nor in roles"
    assert integrity(isocheck, repo.path) == [("approval", "documents/D1", said, "docs/D1.md:1:1")]
    assert outcome(isocheck, repo.path) == ("minor", "failed", 1)
    assert of_approval(isocheck, repo.path) == [
        ("approval", ["documents/D1: approved is empty; approved by is empty"]),
    ]


def test_a_date_that_cannot_be_read_is_one_finding_where_the_name_is_there(isocheck: Run, repo: Repo) -> None:
    repo.write("isocheck.yaml", SOURCE)
    repo.write("docs/D1.md", document("D1").replace("status:", "approved: soon\napproved_by: P1\nstatus:"))
    repo.write("docs/D2.md", document("D2").replace("status:", "approved: soon\nstatus:"))
    repo.commit("2026-01-10")
    assert approved(isocheck, repo.path) == {"D1"}
    assert [
        len(each["consequences"]) for each in result(isocheck, repo.path)["findings"] if each["check"] == "unread"
    ] == [1, 0]


def test_a_shallow_clone_says_unknown(isocheck: Run, repo: Repo, tmp_path: Path) -> None:
    repo.write("isocheck.yaml", SOURCE)
    repo.write("docs/D1.md", document("D1"))
    repo.commit("2026-01-10", "First\n\nApproved-by: Ola")
    repo.write("notes.txt", "x")
    repo.commit("2026-02-10", "Second\n\nApproved-by: Ola")
    shallow = tmp_path / "shallow"
    repo.git("clone", "--quiet", "--depth", "1", f"file://{repo.path}", str(shallow))
    assert approved(isocheck, repo.path) == {"D1"}
    assert outcome(isocheck, shallow) == ("unassessed", "nothing", 0)
    assert approved(isocheck, shallow) == {"D1"}  # no finding calls it unapproved
    assert notices(isocheck, shallow) == [
        "Of 1 document it is unknown what git shows of their approval: the clone is shallow: older commits are missing."
    ]
    (shallow / "docs" / "D2.md").write_text(
        document("D2").replace("status:", "approved: 2026-01-05\napproved_by: P1\nstatus:")
    )
    assert outcome(isocheck, shallow) == ("unassessed", "passed", 1)  # that D2 was approved tells nothing of D1
    (shallow / "docs" / "D2.md").unlink()
    limits = result(isocheck, shallow)["limits"]
    assert "2 answers of checks stayed open because git could not tell who approved a document." in limits
    assert not any("none of 1 says enough" in each["message"] for each in result(isocheck, shallow)["findings"])


def test_in_a_shallow_clone_too_what_is_new_was_not_approved(isocheck: Run, repo: Repo, tmp_path: Path) -> None:
    repo.write("isocheck.yaml", SOURCE)
    repo.write("docs/D1.md", document("D1"))
    repo.write("docs/D2.md", document("D2"))
    repo.write("docs/D3.md", document("D3").replace("status:", "approved: 2026-01-05\nstatus:"))
    repo.commit("2026-01-10", "First\n\nApproved-by: Ola")
    repo.write("notes.txt", "x")
    repo.commit("2026-02-10")
    repo.write("docs/D1.md", document("D1", "changed"))
    repo.commit("2026-03-10")
    shallow = tmp_path / "shallow"
    repo.git("clone", "--quiet", "--depth", "2", f"file://{repo.path}", str(shallow))
    assert approved(isocheck, shallow) == {"D2"}
    (shallow / "docs" / "D2.md").write_text(document("D2", "not committed"))
    assert approved(isocheck, shallow) == set()


def test_a_tag_on_what_a_shallow_clone_has_approves_it(isocheck: Run, repo: Repo, tmp_path: Path) -> None:
    repo.write("isocheck.yaml", SOURCE)
    repo.write("docs/D1.md", document("D1"))
    repo.commit("2026-01-10")
    repo.commit("2026-02-10")
    repo.tag("release/1", "2026-02-11")
    shallow = tmp_path / "shallow"
    repo.git("clone", "--quiet", "--depth", "1", f"file://{repo.path}", str(shallow))
    assert outcome(isocheck, shallow) == ("described", "passed", 1)
    assert notices(isocheck, shallow) == []


def test_what_points_to_a_document_of_unknown_approval_is_open_too(isocheck: Run, repo: Repo, tmp_path: Path) -> None:
    repo.write("isocheck.yaml", SOURCE + "policy: {statement: We make it well, document: D1}\n")
    repo.write("docs/D1.md", document("D1"))
    repo.commit("2026-01-10")
    repo.commit("2026-02-10")
    shallow = tmp_path / "shallow"
    repo.git("clone", "--quiet", "--depth", "1", f"file://{repo.path}", str(shallow))
    said = "none of approved by, document: approved by is given"
    assert said in [each["message"] for each in result(isocheck, repo.path)["findings"]]
    assert not [each for each in result(isocheck, shallow)["findings"] if "approved by" in each["message"]]


def test_of_a_shallow_clone_nobody_knows_what_was_deleted(isocheck: Run, repo: Repo, tmp_path: Path) -> None:
    repo.write("log.yaml", NATIVE["before"])
    repo.commit("2026-01-10")
    repo.write("log.yaml", NATIVE["after"])
    repo.commit("2026-02-10")
    shallow = tmp_path / "shallow"
    repo.git("clone", "--quiet", "--depth", "1", f"file://{repo.path}", str(shallow))
    assert notices(isocheck, shallow) == [
        "It is unknown whether open nonconformities or audit findings were deleted: the clone is shallow: older commits "
        "are missing."
    ]


def test_without_a_repository_nothing_is_known_of_approvals(isocheck: Run, repo: Repo, tmp_path: Path) -> None:
    root = tmp_path / "plain"
    (root / "docs").mkdir(parents=True)
    (root / "isocheck.yaml").write_text(SOURCE)
    (root / "docs" / "D1.md").write_text(document("D1"))
    assert outcome(isocheck, root) == ("unassessed", "nothing", 0)
    assert approved(isocheck, root) == {"D1"}
    assert notices(isocheck, root) == [
        "Of 1 document it is unknown what git shows of their approval: the folder is in no repository of git."
    ]


NATIVE = {
    "before": "nonconformities:\n  - {id: N1, detected: 2026-01-05}\n  - {id: N2, closed: 2026-01-06}\n"
    "  - {id: N3, status: closed}\n  - {id: N-4}\n",
    "after": "nonconformities:\n  - {id: n.4}\n",
}
MAPPED = {
    "before": "log:\n  - {no: N1, found: 2026-01-05}\n  - {no: N2, shut: 2026-01-06}\n  - {no: N4}\n",
    "after": "log:\n  - {no: N4}\n",
}
MAPPING = "sources:\n  - {yaml: log.yaml, at: log, register: nonconformities, fields: {no: id, found: detected, shut: closed}}\n"


@pytest.mark.parametrize("shape", ["native", "mapped"])
def test_an_open_nonconformity_that_was_deleted_is_told(isocheck: Run, repo: Repo, shape: str) -> None:
    texts = NATIVE if shape == "native" else MAPPED
    repo.write("isocheck.yaml", MAPPING if shape == "mapped" else "people: []\n")
    repo.write("log.yaml", texts["before"])
    repo.commit("2026-01-10")
    assert notices(isocheck, repo.path) == []
    repo.write("log.yaml", texts["after"])
    repo.commit("2026-02-10")
    said = "nonconformity N1 was open on 2026-01-10 and is described no longer; say what became of it"
    assert notices(isocheck, repo.path) == [said]
    found = result(isocheck, repo.path)
    assert not any("N1" in finding["message"] for finding in found["findings"])


def test_rows_that_the_source_leaves_out_were_not_deleted(isocheck: Run, repo: Repo) -> None:
    repo.write("isocheck.yaml", MAPPING.replace("fields:", "only: {kind: nc}, fields:"))
    repo.write("log.yaml", "log:\n  - {no: N1, kind: nc}\n  - {no: X1, kind: idea}\n")
    repo.commit("2026-01-10")
    repo.write("log.yaml", "log:\n  - {no: N1, kind: nc}\n")
    repo.commit("2026-02-10")
    assert notices(isocheck, repo.path) == []


def test_a_log_whose_fields_were_renamed_is_said_to_be_unknown(isocheck: Run, repo: Repo) -> None:
    repo.write("isocheck.yaml", MAPPING)
    repo.write("log.yaml", "log:\n  - {number: N1}\n")
    repo.commit("2026-01-10")
    repo.write("log.yaml", "log:\n  - {no: N2}\n")
    repo.commit("2026-02-10")
    assert notices(isocheck, repo.path) == [
        "1 older version of this log cannot be read as it is read now; what was deleted there is unknown"
    ]


def removed(repo: Repo) -> None:
    (repo.path / "audits.yaml").unlink()


def rewritten(repo: Repo) -> None:
    repo.write("audits.yaml", "audits:\n  - {id: A1, performed: 2026-01-05}\n")


@pytest.mark.parametrize("change", [removed, rewritten])
def test_an_open_audit_finding_that_was_deleted_is_told(
    isocheck: Run, repo: Repo, change: Callable[[Repo], None]
) -> None:
    repo.write("people.yaml", "people:\n  - {id: P1}\n")
    repo.write(
        "audits.yaml",
        "audits:\n  - id: A1\n    performed: 2026-01-05\n    findings:\n      - {id: F1, grade: minor}\n"
        "      - {id: F2, grade: opportunity}\n      - {id: F3, grade: minor, nonconformity: N1}\n",
    )
    repo.commit("2026-01-10")
    change(repo)
    repo.commit("2026-02-10")
    said = "finding F1 of audit A1 was open on 2026-01-10 and is described no longer; say what became of it"
    assert notices(isocheck, repo.path) == [said]
    repo.write("isocheck.yaml", "history: false\n")
    assert notices(isocheck, repo.path) == []


def test_what_git_says_of_a_file_puts_it_into_no_list(isocheck: Run, repo: Repo) -> None:
    listed = SOURCE.replace("people:", "  - {csv: list.csv, register: documents}\npeople:")
    repo.write("isocheck.yaml", listed)
    repo.write("list.csv", "id,path\nD1,docs/D1.md\n")
    repo.write("docs/D1.md", document("D1"))
    repo.write("docs/D2.md", document("D2"))
    repo.commit("2026-01-10", "First\n\nApproved-by: Ola")
    said = "docs/D2.md is there, and the master list does not have it"
    assert integrity(isocheck, repo.path) == [("list", "documents/D2", said, "docs/D2.md:1:1")]
