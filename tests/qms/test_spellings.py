"""A field that goes by several names: each is read where it stands, and what one row tells twice is no loss unseen."""

from __future__ import annotations

import json

import pytest

from tests.conftest import Folder, Run
from tests.qms.reading import Found, integrity, read

BOTH = (
    "{} and {} both give {} and differ: the former counts; keep one of them, or name {} under 'ignore' of this source"
)
DUE = "review_due: 'soon' cannot be read as a date"
BY_NAME = '{markdown: "docs/*.md", register: documents}'
NEXT = '{markdown: "docs/*.md", register: documents, fields: {next_review: review_due}}'
FIX = "fields: {fix.due: actions.due}"

CASES: dict[str, tuple[str, dict[str, str], Found]] = {
    "one file under the name of the settings, one under ours": (
        NEXT,
        {"docs/a.md": "---\nid: A\nnext_review: soon\n---\n", "docs/b.md": "---\nid: B\nreview_due: soon\n---\n"},
        [("unread", "documents/A", DUE, "docs/a.md:3:1"), ("unread", "documents/B", DUE, "docs/b.md:3:1")],
    ),
    "two spellings of ours": (
        BY_NAME,
        {"docs/a.md": "---\nid: A\nReview due: soon\n---\n", "docs/b.md": "---\nID: B\nreview_due: soon\n---\n"},
        [("unread", "documents/A", DUE, "docs/a.md:3:1"), ("unread", "documents/B", DUE, "docs/b.md:3:1")],
    ),
    "both names in one file": (
        NEXT,
        {"docs/a.md": "---\nid: A\nreview_due: 2020-01-01\nnext_review: 2027-01-01\n---\n"},
        [("unread", "documents/A", BOTH.format("'next_review'", "'review_due'", "review_due", "'review_due'"), "docs/a.md:3:1")],
    ),
    "both names say the same": (
        NEXT,
        {"docs/a.md": "---\nid: A\nreview_due: 2027-01-01\nnext_review: 1 January 2027\n---\n"},
        [],
    ),
    "the name that counts is yet to be filled in": (
        NEXT,
        {"docs/a.md": "---\nid: A\nreview_due: 2020-01-01\nnext_review: TBD\n---\n"},
        [("unread", "documents/A", BOTH.format("'next_review'", "'review_due'", "review_due", "'review_due'"), "docs/a.md:3:1")],
    ),
    "the other name is yet to be filled in": (
        NEXT,
        {"docs/a.md": "---\nid: A\nreview_due: TBD\nnext_review: 2027-01-01\n---\n"},
        [],
    ),
    "a second version that nothing else compares": (
        '{markdown: "docs/*.md", register: documents, fields: {rev: version}}',
        {"docs/a.md": "---\nid: A\nrev: TBD\nversion: '2'\n---\n"},
        [("unread", "documents/A", BOTH.format("'rev'", "'version'", "version", "'version'"), "docs/a.md:4:1")],
    ),
    "the name of a file against a field": (
        '{markdown: "docs/*.md", register: documents, fields: {file.name: id}}',
        {"docs/a.md": "---\nid: B\n---\n", "docs/c.md": "---\nid: c\n---\n"},
        [("unread", "documents/a", BOTH.format("'file.name'", "'id'", "id", "'id'"), "docs/a.md:2:1")],
    ),
    "a heading that one file has and a field that the other has": (
        '{markdown: "docs/*.md", register: documents, fields: {file.heading: title}}',
        {"docs/a.md": "---\nid: A\n---\n\n# One\n", "docs/b.md": "---\nid: B\ntitle: {x: y}\n---\n"},
        [],
    ),
    "parts of items": (
        "{yaml: log.yaml, register: audits}",
        {"log.yaml": "- id: A1\n  findings: [{grade: grave}, {Grade: bad}]\n- {id: A2, Findings: [{grade: odd}, {grade: minor, Grade: major}]}"},
        [
            ("unread", "audits/A1", "grade: 'grave' is none of opportunity, minor, major, conforming; say under 'values' of this source what it means", "log.yaml:2:15"),
            ("unread", "audits/A1", "grade: 'bad' is none of opportunity, minor, major, conforming; say under 'values' of this source what it means", "log.yaml:2:31"),
            ("unread", "audits/A2", "grade: 'odd' is none of opportunity, minor, major, conforming; say under 'values' of this source what it means", "log.yaml:3:24"),
            ("unread", "audits/A2", BOTH.format("'Findings.grade'", "'Findings.Grade'", "grade", "'Findings.Grade'"), "log.yaml:3:52"),
        ],
    ),
    "items keyed in two spellings": (
        "{yaml: log.yaml, register: nonconformities, fields: {Action_Due: actions.due}}",
        {"log.yaml": "- {id: N1, Action_Due: soon}\n- {id: N2, actions: [{due: soon}]}"},
        [
            ("unread", "nonconformities/N1", "due: 'soon' cannot be read as a date", "log.yaml:1:12"),
            ("unread", "nonconformities/N2", "due: 'soon' cannot be read as a date", "log.yaml:2:23"),
        ],
    ),
    "tables with other headings": (
        '{csv: "log/*.csv", register: audits}',
        {"log/1.csv": "ID,Performed\nA1,soon\n", "log/2.csv": "performed,id\nsoon,A2\n"},
        [
            ("unread", "audits/A1", "performed: 'soon' cannot be read as a date", "log/1.csv:2:4"),
            ("unread", "audits/A2", "performed: 'soon' cannot be read as a date", "log/2.csv:2:1"),
        ],
    ),
    "one table with both headings": (
        "{csv: log.csv, register: people}",
        {"log.csv": "id,Name,name\nP1,Ada,Bo\nP2,Bo,\nP3,,Cy\nP4,Di,Di\n"},
        [("unread", "people/P1", BOTH.format("'Name'", "'name'", "name", "'name'"), "log.csv:2:8")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_field_of_several_names_is_read_under_the_one_that_its_row_has(
    isocheck: Run, folder: Folder, name: str
) -> None:
    source, files, expected = CASES[name]
    root = folder({"isocheck.yaml": f"sources:\n  - {source}\n", **files})
    assert integrity(isocheck, root) == expected


def test_no_name_of_a_field_hides_what_another_file_says_under_its_own(isocheck: Run, folder: Folder) -> None:
    root = folder(
        {
            "isocheck.yaml": f"sources:\n  - {NEXT}\n",
            "docs/a.md": "---\nid: A\nnext_review: 2027-01-01\nstatus: effective\n---\n",
            "docs/b.md": "---\nid: B\nreview_due: 2020-01-01\nstatus: effective\n---\n",
        }
    )
    (source,) = read(isocheck, root)["sources"]
    assert [pair for pair in source["mapped"] if pair[1] == "review_due"] == [
        ["next_review", "review_due"],
        ["review_due", "review_due"],
    ]
    _, out, _ = isocheck("check", root, "--as-of", "2026-06-30", "-f", "json")
    late = [finding for finding in json.loads(out)["findings"] if "2020-01-01" in finding["message"]]
    assert [finding["entry"] for finding in late] == ["B"]
