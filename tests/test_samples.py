"""Files that others wrote, read as they are: what a person would write down from reading them, and no more."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT, Run

SAMPLES = ROOT / "tests" / "samples"


@pytest.fixture
def sample(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    name: str = request.param
    copy = tmp_path / name
    shutil.copytree(SAMPLES / name, copy)
    shutil.copy(SAMPLES / f"{name}.isocheck.yaml", copy / "isocheck.yaml")
    return copy


def result(isocheck: Run, root: Path, day: str) -> Any:
    code, out, err = isocheck("check", root, "--as-of", day, "-f", "json")
    assert (code, err) == (1, "")
    return json.loads(out)


LOGS = {
    # The audits: who audited is not known, against what and to whom is not said, and there is no report.
    ("7.5.3.1-b/integrity", "audits/AUD-2025-0001", "audit_log.yaml:10"): "auditors names 'Henrik Strand', which is not in people",
    ("7.5.3.1-b/integrity", "audits/AUD-2025-0002", "audit_log.yaml:20"): "auditors names 'Quality Assistant Agent', which is not in people",
    ("9.2.1-a2/named", "audits", "audit_log.yaml:6"): "of 2 audits, none where kind is internal and clauses is given with performed up to 2025-09-01",
    ("9.2.2-b/criteria", "audits/AUD-2025-0001", "audit_log.yaml:7"): "criteria is empty",
    ("9.2.2-b/criteria", "audits/AUD-2025-0002", "audit_log.yaml:17"): "criteria is empty",
    ("9.2.2-d/reported", "audits/AUD-2025-0001", "audit_log.yaml:7"): "reported: to is empty",
    ("9.2.2-d/reported", "audits/AUD-2025-0002", "audit_log.yaml:17"): "reported: to is empty",
    ("9.2.2-f/report", "audits/AUD-2025-0001", "audit_log.yaml:7"): "report is empty",
    ("9.2.2-f/report", "audits/AUD-2025-0002", "audit_log.yaml:17"): "report is empty",
    # Their findings: what was found is not told, and the minor one has no nonconformity behind it.
    ("9.2.2-e/followed", "audits/AUD-2025-0001, findings FND-001", "audit_log.yaml:13"): "nonconformity is empty",
    ("9.2.2-f/findings", "audits/AUD-2025-0001, findings FND-001", "audit_log.yaml:13"): "statement is empty",
    ("9.2.2-f/findings", "audits/AUD-2025-0002, findings FND-002", "audit_log.yaml:23"): "statement is empty",
    # The nonconformities: one overdue, one closed without a day; both without correction, review and decision.
    ("10.2.1-c/overdue", "nonconformities/NC-2025-0001, actions In Progress", "nonconformity_log.yaml:12"): "due 2025-07-31 has passed, 32 days ago",
    ("10.2.2-b/closed-when", "nonconformities/NC-2025-0002", "nonconformity_log.yaml:14"): "closed is empty",
    ("10.2.1-a1/reacted", "nonconformities/NC-2025-0001", "nonconformity_log.yaml:6"): "correction: what is empty",
    ("10.2.1-a1/reacted", "nonconformities/NC-2025-0002", "nonconformity_log.yaml:14"): "correction: what is empty",
    ("10.2.1-b/need", "nonconformities/NC-2025-0001", "nonconformity_log.yaml:6"): "action needed is empty",
    ("10.2.1-b/need", "nonconformities/NC-2025-0002", "nonconformity_log.yaml:14"): "action needed is empty",
    ("10.2.1-b1/reviewed", "nonconformities/NC-2025-0001", "nonconformity_log.yaml:6"): "reviewed is empty",
    ("10.2.1-b1/reviewed", "nonconformities/NC-2025-0002", "nonconformity_log.yaml:14"): "reviewed is empty",
    # The improvements: ideas that nobody decided on, with no result.
    ("10.1-s1/chosen", "improvements", "improvement_log.yaml:5"): "of 2 improvements, none where what is given and decided is given",
    ("10.1-b/effects", "improvements", "improvement_log.yaml:5"): "of 2 countermeasures, none with done up to 2025-09-01",
    ("10.3-s1/results", "improvements", "improvement_log.yaml:5"): "of 2 improvements, none where result is given with done up to 2025-09-01",
}  # fmt: skip


@pytest.mark.parametrize("sample", ["yaml-logs"], indirect=True)
def test_logs_give_what_a_person_finds_in_them(isocheck: Run, sample: Path) -> None:
    found = {
        (
            f"{finding['requirement']}/{finding['check']}",
            ", ".join(filter(None, ("/".join(filter(None, (finding["register"], finding["entry"]))), finding["item"]))),
            "{file}:{line}".format(**finding["location"]).removeprefix(f"{sample}/"),
        ): finding["message"]
        for finding in result(isocheck, sample, "2025-09-01")["findings"]
        if finding["kind"] != "absent" and finding["grade"] != "opportunity"
    }
    assert {
        (check, entry.removesuffix(", auditors.1"), place): text for (check, entry, place), text in found.items()
    } == LOGS


@pytest.mark.parametrize("sample", ["front-matter"], indirect=True)
def test_a_skeleton_is_not_started_and_not_broken(isocheck: Run, sample: Path) -> None:
    found = result(isocheck, sample, "2026-06-30")
    assert found["summary"]["started"] is False
    assert found["summary"]["sentences"][0].startswith("Not started: 21 documents, all of them drafts")
    met = [row["id"] for row in found["requirements"] if row["verdict"] == "described"]
    assert met == ["7.5.2-a", "7.5.2-b"]  # each has a title, a version and a file: that much is true of drafts
    flaws = [(each["check"], each["entry"]) for each in found["findings"] if each["kind"] == "integrity"]
    assert flaws == [("link", "QM-01")]  # one document that it points to is not among those that were handed on


@pytest.mark.parametrize("sample", ["front-matter"], indirect=True)
def test_clauses_of_another_standard_are_not_read_as_ours(isocheck: Run, sample: Path) -> None:
    found = result(isocheck, sample, "2026-06-30")
    assert not any(row["found"] for row in found["documented"])
    (source,) = json.loads(isocheck("sources", sample, "-f", "json")[1])["sources"]
    assert source["left"] == [
        "1 × template with open placeholders",
        "21 × row whose clauses are of another standard and were left out",
        "1 × file that holds no fields",
    ]
