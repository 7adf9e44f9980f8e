from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from io import StringIO

import pytest

from isocheck.assessment.gate import Gate
from isocheck.assessment.results import Assessment
from isocheck.location import Location
from isocheck.reports.csv_report import COLUMNS, render
from isocheck.reports.text import cell_guard

from .agreement import agrees
from .fabricated import OWN_WORK
from .gates import GATE


def rows(report: bytes) -> list[dict[str, str]]:
    """Rows by column, read as other programs read them."""
    return list(csv.DictReader(StringIO(report.decode("utf-8-sig"), newline="")))


def test_the_table_is_as_it_was(fabricated: Assessment) -> None:
    agrees("report.csv", render(fabricated, GATE))


def test_one_row_a_finding_with_all_columns(
    fabricated: Assessment, empty: Assessment, many: Callable[[int], Assessment]
) -> None:
    held = rows(render(fabricated))
    assert [row["check"] for row in held] == [finding.check for finding in fabricated.findings]
    assert all(list(row) == list(COLUMNS) for row in held)
    assert rows(render(empty)) == []
    identities = [row["identity"] for row in rows(render(many(25_000)))]
    assert len(set(identities)) == len(identities) == 25_000


def test_line_ends_and_mark_are_those_that_spreadsheets_want(fabricated: Assessment) -> None:
    report = render(fabricated)
    assert report.startswith(b"\xef\xbb\xbfrequirement,label,clause,")
    assert report.count(b"\n") == report.count(b"\r\n") == len(fabricated.findings) + 1


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t=", "\r=", "\n@", " =", "\u00a0=", "＝", "＠"])
def test_no_cell_is_a_formula(fabricated: Assessment, sign: str) -> None:
    text = f"{sign}cmd|'/c calc'!A1"
    finding = replace(
        OWN_WORK, register=text, entry=text, item=text, message=text, because=text, remedy=text, check=text
    )
    finding = replace(finding, location=Location(text, 1, 1))
    (row,) = rows(render(replace(fabricated, findings=(finding,))))
    for column in ("register", "entry", "item", "message", "because", "remedy", "check", "file"):
        assert row[column].startswith("'")
    assert all(cell[:1] not in {"=", "+", "-", "@", "\t", "\r", "\n", " "} for cell in row.values())


@pytest.mark.parametrize("text", ["a=b", "'=b", "", "2026-01-01", "a\tb"])
def test_other_texts_stay(text: str) -> None:
    assert cell_guard(text) == text.replace("\t", " ")


def test_places(fabricated: Assessment) -> None:
    by_check = {row["identity"]: row for row in rows(render(fabricated))}
    places = {
        identity: tuple(row[name] for name in ("file", "line", "column", "cell")) for identity, row in by_check.items()
    }
    assert places["9.2.2-c/impartial audits/A2, auditors 1"] == ("audits.yaml", "34", "17", "")
    assert places["8.5.3-s2/reported property/P-7*"] == ("registers/property of others.xlsx", "", "", "Property!D8")
    assert places["4.1-s3/decided climate"] == ("isocheck.yaml", "", "", "")


def test_waivers_and_baseline(fabricated: Assessment) -> None:
    held = rows(render(fabricated, GATE))
    waived = {row["check"]: row["waived"] for row in held if row["waived"]}
    assert waived == {"impartial": "Two people; see D7 (Åsa Lindqvist, until 2027-03-31)"}
    assert [row["check"] for row in held if row["baseline"] == "known"] == ["treated"]
    assert {row["baseline"] for row in held} == {"known", "new"}
    assert {row["baseline"] for row in rows(render(fabricated, Gate()))} == {""}
