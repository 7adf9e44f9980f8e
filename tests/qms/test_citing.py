"""Clauses of other standards are no evidence for ISO 9001, wherever the other is named; what is left out is told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Folder, Run
from tests.qms.reading import integrity, read

SOURCE = "sources:\n  - {csv: list.csv, register: documents}\n"
AS_YAML = "sources:\n  - {yaml: list.yaml, register: documents}\n"


def described(isocheck: Run, root: Path) -> set[str]:
    _, out, err = isocheck("check", root, "--as-of", "2026-06-30", "-f", "json")
    assert err == ""
    found: set[str] = set()
    todo: list[dict[str, Any]] = [*json.loads(out)["requirements"]]
    while todo:
        requirement = todo.pop()
        todo += requirement["items"]
        if requirement["verdict"] == "described":
            found.add(requirement["id"])
    return found


def listed(folder: Folder, standard: str, clauses: str) -> Path:
    row = f'D1,x,effective,/srv/D1,"{standard}","{clauses}"'
    return folder({"isocheck.yaml": SOURCE, "list.csv": f"id,title,status,location,Standard,clauses\n{row}\n"})


def unread(isocheck: Run, root: Path) -> list[str]:
    return [message for check, _, message, _ in integrity(isocheck, root) if check == "unread"]


@pytest.mark.parametrize(
    ("standard", "is_ours"),
    [
        ("ISO 9001", True),
        ("ISO9001:2015", True),
        ("9001", True),
        ("9001-2015", True),
        ("DIN EN ISO 9001:2015-11", True),
        ("NS-EN ISO 9001:2015+A1:2024", True),
        ("ISO 9001 / ISO 14001", True),
        ("ISO 14001, ISO 9001", True),
        ("ISO 14001 og ISO 9001", True),
        ("ISO 14001/9001", True),
        ("ISO 13485:2016 & 21 CFR 820; ISO 9001:2015", True),
        ("ISO 9001 (and ISO 14001)", True),
        ("QMS (ISO 9001)", True),
        ("ISO 39001:2012", False),
        ("ISO 29001:2020", False),
        ("ISO 90011", False),
        ("ISO 9001-3", False),
        ("DOC-9001", False),
        ("ISO 13485 (based on ISO 9001)", False),
        ("ISO 13485 [ISO 9001]", False),
        ("IATF 16949, based on ISO 9001", False),
        ("AS9100D (ISO 9001)", False),
        ("GMP (ISO 9001)", False),
        ("ISO 14001, not ISO 9001", False),
        ("other than ISO 9001", False),
        ("ISO 9001:2008", False),  # its clauses are numbered otherwise
        ("MDR", False),
    ],
)
def test_clauses_of_a_row_count_only_where_it_names_iso_9001(
    isocheck: Run, folder: Folder, standard: str, is_ours: bool
) -> None:
    root = listed(folder, standard, "4.3, 5.2.2, 6.2.1")
    assert ({"6.2.1-s2", "7.5.1-a"} <= described(isocheck, root)) is is_ours
    (source,) = read(isocheck, root)["sources"]
    assert source["left"] == ([] if is_ours else ["1 × row whose clauses are of another standard and were left out"])
    assert unread(isocheck, root) == []


def test_nothing_is_wrong_with_a_clause_that_another_standard_numbers_otherwise(isocheck: Run, folder: Folder) -> None:
    assert unread(isocheck, listed(folder, "MDR", "Annex IX")) == []
    assert unread(isocheck, listed(folder, "ISO 9001", "Annex IX")) == [
        "clauses: expected a clause such as 8.5.1 or 9.2.2 c), not 'Annex IX'"
    ]


OTHERS = [
    ("ISO 13485:2016, 4.3, 5.2.2, 6.2.1", 3),
    ("ISO 13485:2016; 4.3; 5.2.2 | 6.2.1", 3),
    ("ISO 14001: 4.3, 5.2.2, 6.2.1", 3),
    ("AS9100 4.3, 5.2.2, 6.2.1", 3),
    ("VDA 6.3, 4.3, 5.2.2, 6.2.1", 4),
    ("MDR 2017/745, 4.3, 5.2.2, 6.2.1", 3),
    ("4.3, 5.2.2, 6.2.1 (ISO 13485)", 3),
    ("4.3, 5.2.2 of ISO 13485, 6.2.1", 3),
    ("ISO 13485 (based on ISO 9001) 4.3, 5.2.2, 6.2.1", 3),
    ("ISO 9001:2008, 4.3, 5.2.2, 6.2.1", 3),
    ("ISO 13485:2016", 1),
]


@pytest.mark.parametrize(("clauses", "count"), OTHERS)
def test_a_standard_in_a_cell_holds_for_all_that_follows(
    isocheck: Run, folder: Folder, clauses: str, count: int
) -> None:
    root = listed(folder, "", clauses)
    assert described(isocheck, root) == described(isocheck, listed(folder, "", ""))
    root = listed(folder, "", clauses)
    (source,) = read(isocheck, root)["sources"]
    assert source["left"] == [f"{count} × clause of another standard that was left out"]
    assert unread(isocheck, root) == []


OURS = [
    "ISO 9001:2015, 4.3, 5.2.2, 6.2.1",
    "ISO 9001: 4.3; 5.2.2; 6.2.1",
    "ISO 9001:2015 clause 4.3 | §5.2.2 | 6.2.1",
    "4.3, 5.2.2, 6.2.1 (ISO 9001)",
    "4.3 (ISO 9001:2015), clause 5.2.2 of ISO 9001, 6.2.1",
    "ISO 9001 / ISO 14001 4.3, 5.2.2, 6.2.1",
]


@pytest.mark.parametrize("clauses", OURS)
def test_a_cell_that_names_iso_9001_is_read(isocheck: Run, folder: Folder, clauses: str) -> None:
    root = listed(folder, "", clauses)
    found = described(isocheck, root)
    assert unread(isocheck, root) == []
    assert read(isocheck, root)["sources"][0]["left"] == []
    assert found == described(isocheck, listed(folder, "", "4.3, 5.2.2, 6.2.1"))


@pytest.mark.parametrize(
    "clauses",
    [
        "ISO 9001 5.2.2, 6.2.1; ISO 14001 4.3, 8.2",
        "ISO 14001 4.3, 8.2; ISO 9001 5.2.2, 6.2.1",
        "5.2.2, 6.2.1 (ISO 9001), 4.3, 8.2 (ISO 14001)",
    ],
)
def test_of_a_cell_that_names_several_standards_the_clauses_of_iso_9001_count(
    isocheck: Run, folder: Folder, clauses: str
) -> None:
    root = listed(folder, "", clauses)
    found = described(isocheck, root)
    assert read(isocheck, root)["sources"][0]["left"] == ["2 × clause of another standard that was left out"]
    assert unread(isocheck, root) == []
    assert found == described(isocheck, listed(folder, "", "5.2.2, 6.2.1"))


def test_a_standard_without_a_clause_is_no_clause(isocheck: Run, folder: Folder) -> None:
    assert unread(isocheck, listed(folder, "", "ISO 9001:2015")) == [
        "clauses: expected a clause such as 8.5.1 or 9.2.2 c), not 'ISO 9001:2015'"
    ]


@pytest.mark.parametrize(
    ("clauses", "like", "left"),
    [
        ("['ISO 13485:2016', '4.3', '5.2.2', '6.2.1']", "[]", 3),
        ("['ISO 9001:2015 6.2.1', 'ISO 14001 4.3', '5.2.2']", "['6.2.1']", 2),
        ("['ISO 9001:2015', '6.2.1', '5.2.2']", "['6.2.1', '5.2.2']", 0),
        ("ISO 13485 6.2.1", "[]", 1),
    ],
)
def test_lists_of_clauses_are_read_as_cells_are(
    isocheck: Run, folder: Folder, clauses: str, like: str, left: int
) -> None:
    def of(clauses: str) -> Path:
        return folder(
            {
                "isocheck.yaml": AS_YAML,
                "list.yaml": f"- {{id: D1, title: x, status: effective, location: /srv/D1, clauses: {clauses}}}\n",
            }
        )

    root = of(clauses)
    found = described(isocheck, root)
    assert unread(isocheck, root) == []
    told = [f"{left} × clause of another standard that was left out"] if left else []
    assert read(isocheck, root)["sources"][0]["left"] == told
    assert found == described(isocheck, of(like))


def test_the_clause_of_a_finding_may_be_of_another_standard(isocheck: Run, folder: Folder) -> None:
    log = "- {id: A1, findings: [{id: F1, clause: ISO 13485 8.2.4}, {id: F2, clause: Annex A}]}"
    root = folder({"isocheck.yaml": "sources:\n  - {yaml: log.yaml, register: audits}\n", "log.yaml": log})
    assert read(isocheck, root)["sources"][0]["left"] == ["1 × clause of another standard that was left out"]
    assert [(message, place) for _, _, message, place in integrity(isocheck, root)] == [
        ("clause: expected a clause such as 8.5.1 or 9.2.2 c), not 'Annex A'", "log.yaml:1:67")
    ]
