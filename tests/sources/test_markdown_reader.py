from __future__ import annotations

import json
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from isocheck.errors import InputError
from isocheck.location import Location
from isocheck.sources.markdown_reader import MarkdownRows, is_template, read_markdown
from isocheck.sources.rows import Rows
from isocheck.sources.yaml_reader import Limits


def read(text: str | bytes, **options: Any) -> MarkdownRows:
    return read_markdown(text if isinstance(text, bytes) else text.encode(), "f.md", **options)


PROCEDURE = """\
---
doc_id: SOP-07
revision: "2.0"
tags: [qms, procedure]
approver:
---

# Calibration

**Document ID:** SOP-07
**Revision:** 2.1
**Approver:** Jane Doe

| Field | Value |
|---|---|
| Owner | Quality manager |

## 1. Purpose

**Method used:** none of this is about the document. See [[SOP-01 Documents|the rules]], PR.001 and
[the form](../04/FRM-01%20Log.md#rows).

## 2. Revisions

| Rev | Date | Author | Change |
|---|---|---|---|
| 1.0 | 2024-02-01 | JD | first |
| 2.2 | 2025-02-01 | JD | second |
"""


def test_front_matter_is_the_row_and_the_body_is_kept_beside_it() -> None:
    rows: Rows = read(PROCEDURE)
    assert rows.rows == [{"doc_id": "SOP-07", "revision": "2.0", "tags": ["qms", "procedure"], "approver": None}]
    assert rows.fields == ("doc_id", "revision", "tags", "approver")
    assert rows.problems == []
    assert rows.locate((0,)) == Location("f.md", 2, 1, 2, 7)
    assert rows.locate((0, "revision")) == Location("f.md", 3, 1, 3, 9)
    assert rows.locate((0, "tags", 1)) == Location("f.md", 4, 13, 4, 22)
    assert rows.locate((0, "missing")) == rows.locate((0,))
    assert rows.locate((1, "revision")) == rows.locate(()) == Location("f.md", 1, 1, 1, 1)


def test_the_body_also_gives_fields_links_and_ids() -> None:
    rows = read(PROCEDURE)
    assert rows.heading == "Calibration"
    assert [(each.field, each.value, str(each.location), each.kind) for each in rows.also] == [
        ("Document ID", "SOP-07", "f.md:10:1", "bold"),
        ("revision", "2.1", "f.md:11:1", "bold"),
        ("approver", "Jane Doe", "f.md:12:1", "bold"),
        ("Owner", "Quality manager", "f.md:16:3", "table"),
        ("Rev", "2.2", "f.md:28:3", "history"),
    ]
    assert rows.also[1].location == Location("f.md", 11, 1, 11, 18)
    assert [(each.target, each.kind, str(each.location)) for each in rows.links] == [
        ("SOP-01 Documents", "wiki", "f.md:20:58"),
        ("../04/FRM-01 Log.md", "path", "f.md:21:1"),
    ]
    assert rows.links[1].location == Location("f.md", 21, 1, 21, 39)
    assert [(each.text, str(each.location)) for each in rows.ids] == [
        ("SOP-07", "f.md:10:18"),
        ("SOP-01", "f.md:20:60"),
        ("PR.001", "f.md:20:90"),
    ]


def test_bold_lines_and_tables_fill_what_front_matter_leaves_out() -> None:
    rows = read(PROCEDURE, bold=True, tables=True)
    assert rows.rows[0] == {
        "doc_id": "SOP-07",
        "revision": "2.0",
        "tags": ["qms", "procedure"],
        "approver": "Jane Doe",
        "Document ID": "SOP-07",
        "Owner": "Quality manager",
    }
    assert rows.fields == ("doc_id", "revision", "tags", "approver", "Document ID", "Owner")
    assert [(each.field, each.kind) for each in rows.also] == [("revision", "bold"), ("Rev", "history")]
    assert rows.locate((0, "approver")) == Location("f.md", 12, 1, 12, 23)
    assert rows.locate((0, "Owner")) == Location("f.md", 16, 3, 16, 26)
    assert rows.locate((0, "revision")) == Location("f.md", 3, 1, 3, 9)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# T\n\n**Owner:** Jane\n", {"Owner": "Jane"}),
        ("# T\n\n**Owner**: Jane\n", {"Owner": "Jane"}),
        ("# T\n\n__Owner:__ Jane  \n__Rev__ : 2", {"Owner": "Jane", "Rev": "2"}),
        ("# T\n\n- **Owner:** Jane\n* **Rev**: 2\n1. **Due:** x\n", {"Owner": "Jane", "Rev": "2", "Due": "x"}),
        ("# T\n\n> **Owner:** Jane  \n> **Rev:** 2\n", {"Owner": "Jane", "Rev": "2"}),
        ("**Rev:** 1.0 | **Owner:** Jane · **Due:** May\n", {"Rev": "1.0", "Owner": "Jane", "Due": "May"}),
        ("**Rev:** 1.0  **Owner:** Jane, QM\n", {"Rev": "1.0", "Owner": "Jane, QM"}),
        ("**Closed by:** ______ **Date:** ___/___/____\n", {}),  # to be filled in by hand
        ("**Date:** [DD/MM/YYYY]\n", {"Date": "[DD/MM/YYYY]"}),
        ("**Approved by (top management):** **Jane *van* Dam**\n", {"Approved by (top management)": "Jane van Dam"}),
        ("**Procedure:** [the *form*](x.md) and [[SOP-3 Form|this]], [[SOP-4]]\n", {"Procedure": "the form and this, SOP-4"}),
        ("**Id:** `SOP_01` my_own_name \\*2 5 * 3 * 2 &amp; <jane@example.org>\n", {"Id": "SOP_01 my_own_name *2 5 * 3 * 2 & jane@example.org"}),
        ("**Owner:** Jane <!-- or\nJohn --> Doe\n", {"Owner": "Jane"}),
        ("<!--\n**Owner:** Jane\n-->\n", {}),
        ("```\n**Owner:** Jane\n```\n", {}),
        ("    **Owner:** Jane\n", {}),
        ("This is **bold:** text. **Owner:** Jane\n", {}),
        ("**Just bold.** Text\n**Bold** and **Owner:** Jane\n", {}),
        ("# T\n\n## 1. Purpose\n\n**Owner:** Jane\n", {}),
        ("# T\n\n## Document control\n\n**Owner:** Jane\n\n## Scope\n\n**Rev:** 2\n", {"Owner": "Jane"}),
        ("# T\n\n# 1. Document Information\n\n**Owner:** Jane\n\n# 2. Scope\n\n**Rev:** 2\n", {"Owner": "Jane"}),
        ("## T\n\n**Owner:** Jane\n", {"Owner": "Jane"}),  # the first heading is the title
        ("Title\n=====\n\n**Owner:** Jane\n\nScope\n-----\n\n**Rev:** 2\n", {"Owner": "Jane"}),
        ("**Owner:** Jane\n---\n**Rev:** 2\n", {"Owner": "Jane", "Rev": "2"}),  # a rule, in what people mean
        ("**Eier：** Åse Ødegård\r\n**Status:** Gjeldende\r\n", {"Eier": "Åse Ødegård", "Status": "Gjeldende"}),
        ("**Owner:** Jane\n**owner:** John\n", {"Owner": "Jane"}),
    ],
)  # fmt: skip
def test_bold_lines(text: str, expected: dict[str, str]) -> None:
    assert (read(text, bold=True).rows or [{}])[0] == expected
    assert read(text).rows == read(text, tables=True).rows == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# T\n\n| Field | Value |\n|---|---|\n| Owner | Jane |\n| **Rev:** | `2` |\n", {"Owner": "Jane", "Rev": "2"}),
        ("| | |\n|--|--|\n| Owner | Jane |\n", {"Owner": "Jane"}),
        ("|  |  |\n|:-|-:|\n| Owner | Jane |\n\n| Rev | 2 |\n", {"Owner": "Jane"}),  # no table without its line
        ("| Document number | SOP-1 |\n|---|---|\n| Owner | Jane |\n", {"Document number": "SOP-1", "Owner": "Jane"}),
        ("| Role | Name |\n|---|---|\n| Author | Jane |\n", {"Author": "Jane"}),
        ("| **Feld** | **Wert** |\n|---|---|\n| Eigentümer | Jörg |\n", {"Eigentümer": "Jörg"}),
        ("Field | Value\n---|---\nOwner | Jane\n", {"Owner": "Jane"}),
        ("| Field | Value |\n|---|---|\n| Options | a \\| b |\n| Empty | |\n| Page | [[a\\|b]] |\n", {"Options": "a | b", "Page": "b"}),
        ("| Field | Value | More |\n|---|---|---|\n| Owner | Jane | x |\n", {}),
        ("| Field | Value |\n|---|---|---|\n| Owner | Jane |\n", {}),
        ("```\n| Field | Value |\n|---|---|\n| Owner | Jane |\n```\n", {}),
        ("# T\n\n## Terms\n\n| Field | Value |\n|---|---|\n| Owner | Jane |\n", {}),
        ("# T\n\n## 📄 Document Control\n\n| Field | Value |\n|---|---|\n| Owner | Jane |\n", {"Owner": "Jane"}),
        ("| Version | Date |\n|---|---|\n| 1.0 | 2024-01-01 |\n", {}),  # revisions
    ],
)  # fmt: skip
def test_two_column_tables(text: str, expected: dict[str, str]) -> None:
    assert (read(text, tables=True).rows or [{}])[0] == expected
    assert read(text).rows == read(text, bold=True).rows == []


def test_a_line_of_dashes_inside_a_table_begins_no_other() -> None:
    rows = read("| Field | Value |\n|---|---|\n| Owner | Jane |\n|---|---|\n| Rev | 2 |\n", tables=True)
    assert (rows.rows, rows.also) == ([{"Owner": "Jane", "Rev": "2"}], ())


def test_a_field_that_is_empty_everywhere_is_a_field_all_the_same() -> None:
    rows = read("**Owner:**\n**Rev:** 2\n", bold=True)
    assert (rows.fields, rows.rows) == (("Owner", "Rev"), [{"Rev": "2"}])
    assert rows.locate((0, "Owner")) == Location("f.md", 1, 1, 1, 11)
    assert rows.locate((0,)).line == 1


def revisions(*rows: tuple[str, str], header: str = "Rev | Date | Change") -> str:
    body = "".join(f"| {version} | {day} | x |\n" for version, day in rows)
    return f"# T\n\n## Revisions\n\n| {header} |\n|---|---|---|\n{body}"


@pytest.mark.parametrize(
    ("text", "newest"),
    [
        (revisions(("1.0", "2024-01-01"), ("1.1", "2025-01-01")), "1.1"),
        (revisions(("1.1", "2025-01-01"), ("1.0", "2024-01-01")), "1.1"),
        (revisions(("A", "2024.03.01"), ("B", "2024.01.01"), ("C", "2023.01.01")), "A"),
        (revisions(("1", "01/02/2024"), ("2", "03/01/2024")), "2"),  # the order of day and month is in doubt: the last
        (revisions(("2", "03/01/2024"), ("1", "01/02/2024")), "2"),  # in doubt, and the versions count down
        (revisions(("1", "25/02/2024"), ("2", "03/01/2024"), ("3", "26/02/2023")), "1"),
        (revisions(("1", "April 15, 2026"), ("2", "3 Mar 2026"), ("3", "May 2025")), "1"),
        (revisions(("2", "2024-01-01"), ("1", "2024-01-01")), "2"),  # both on one day, counting down
        (revisions(("1", "2024-01-01"), ("2", "2024-01-01")), "2"),
        (revisions(("1.9", ""), ("1.10", "")), "1.10"),
        (revisions(("1.10", "TBD"), ("1.9", "")), "1.10"),
        (revisions(("A", ""), ("B", ""), ("", "")), "B"),
        (revisions(("2024-01-01", "3"), ("2023-01-01", "2"), header="Date | Version | By"), "3"),
        (revisions(("1.0", "2024-01-01"), header="Version | Date | Description"), "1.0"),
        (revisions(("", "2024-01-01")), None),
        (revisions(("SOP-1", "1.0"), header="Document | Version | Date"), None),  # a list of documents
        (revisions(("1.0", "x"), header="Version | Place | Size"), None),
    ],
)  # fmt: skip
def test_the_newest_row_of_a_table_of_revisions(text: str, newest: str | None) -> None:
    assert [each.value for each in read(text).also if each.kind == "history"] == ([newest] if newest else [])


def test_a_key_of_its_own() -> None:
    text = "---\ntitle: Page\nqms:\n  id: D-1\n  owner: Jane\n---\n"
    rows = read(text, key="qms")
    assert (rows.fields, rows.rows) == (("id", "owner"), [{"id": "D-1", "owner": "Jane"}])
    assert rows.locate((0, "owner")) == Location("f.md", 5, 3, 5, 8)
    assert rows.locate((0,)) == Location("f.md", 4, 3, 4, 5)
    assert read("---\ntitle: Page\n---\n", key="qms").rows == []
    assert read("---\nqms:\n---\n", key="qms").rows == []
    with pytest.raises(InputError, match=r"f\.md:3:1: 'qms' holds fields such as 'title: …', not a list"):
        read("---\ntitle: Page\nqms: [1]\n---\n", key="qms")


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        (b"---\na: 1\n---\n", ("a",)),
        (b"\xef\xbb\xbf--- \t\r\na: 1\r\n--- \r\nb: 2\r\n", ("a",)),
        (b"---\na: 1\n...\nb: 2\n---\n", ("a",)),
        (b"---\n# comment\n\na: 1\n---", ("a",)),
        (b"---\n\na: 1\n---\n", ("a",)),
        (b"---\n---\n", ()),
        (b"---\n# only\n---\n", ()),
        (b"", ()),
        (b"---", ()),
        (b"---\n", ()),
        (b"---\n\nA rule, then text.\n\n---\n", ()),
        (b"---\nA rule that nothing closes.\n", ()),
        (b"----\na: 1\n----\n", ()),
        (b"text\n---\na: 1\n---\n", ()),
        (b"+++\nno TOML\n", ()),
        (b"{{< figure >}}\n", ()),
    ],
)  # fmt: skip
def test_where_front_matter_is(text: bytes, fields: tuple[str, ...]) -> None:
    rows = read(text)
    assert rows.fields == fields
    assert len(rows.rows) == bool(fields)


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        (b"---\njust text\n---\n", "f.md:2:1", "front matter holds fields such as 'title: …', not 'just text'"),
        (b"---\n# c\n- a\n- b\n---\n", "f.md:3:1", "not a list"),
        (b"---\na: 1\nb: 'x\n---\n# T\n", "f.md:4:1", "a quote is not closed before the end of the file (in what begins on line 3)"),
        (b"---\na: 1\na: 2\n---\n", "f.md:3:1", "the key 'a' stands twice"),
        (b"---\na: 1\n b: 2\n---\n", "f.md:3:3", "a colon cannot stand here"),
        (b"---\na: !!set {}\n---\n", "f.md:2:4", "the tag '!!set' is not allowed"),
        (b"---\na: 1\nb: 2\n# T\n", "f.md:1:1", "never ends; close it with a line '---'"),
        (b"---\na: 1\n---\n\nna\xefve\n", "f.md:5:3", "the byte 0xef is not UTF-8"),
        (b"\xff\xfe-\x00", "f.md:1:1", "UTF-16"),
        (b"+++\na = 1\n+++\n", "f.md:1:1", "front matter in TOML is not read"),
        (b'{\n  "a": 1\n}\n', "f.md:1:1", "front matter in JSON is not read"),
        (b"---\na: {{name}}\n---\n", "f.md:2:5", "a key must be a text"),
    ],
)  # fmt: skip
def test_front_matter_that_cannot_be_read(text: bytes, place: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read(text)
    assert str(caught.value.problems[0].location) == place
    assert message in caught.value.problems[0].message


def test_a_file_may_be_too_large() -> None:
    with pytest.raises(InputError, match="larger than"):
        read("# T\n", limits=Limits(bytes=3))


LINKS = [
    ("[a](b.md)", ["b.md"]),
    ("[a](<b c.md> 'title') [d](e.md \"t\")", ["b c.md", "e.md"]),
    ("[a](../02/SOP-01%20%C3%A5.md#part) [q](x.md?plain=1)", ["../02/SOP-01 å.md", "x.md"]),
    ("[a](my file.md#x) [b](not a file)", ["my file.md"]),  # as written by people, though no renderer links it
    ("[a](b_(c).md)", ["b_(c).md"]),
    ("[a [b] c](d.md)", ["d.md"]),
    ("[a\nb](c.md) [a\n\nb](c.md)", ["c.md"]),
    ("[![alt](p.png)](d.md)", ["d.md", "p.png"]),
    ("[a][r]\n\n[r]: ref.md\n[s]: https://example.org", ["ref.md"]),
    ("[a](https://x.org/a.md) [b](mailto:j@x.org) [c](#part) [d](//x.org/y) [e]()", []),
    ("`[a](b.md)` ``[[c]] ` `` \\[a](b.md)", []),
    ("```\n[a](b.md)\n```\n\n~~~~ md\n[a](b.md)\n~~~\n[[x]]\n~~~~\n[d](e.md)", ["e.md"]),
    ("1. Do\n\n   ```\n   [a](b.md)\n   ```\n\n    [c](d.md)", ["d.md"]),
    ("text\n\n    [a](b.md)\n\n[c](d.md)", ["d.md"]),
    ("> ```\n> [a](b.md)\n\n[c](d.md)", ["d.md"]),
    ("<!-- [a](b.md)\n\n[[c]] -->\n[d](e.md) <!-- [f](g.md) --> [h](i.md)", ["e.md", "i.md"]),
    ("an unclosed ` here\n\n[a](b.md) and ` there", ["b.md"]),
    ("| ` |\n|---|\n| [a](b.md) |\n| ` |", ["b.md"]),
    ("[a [b](c.md) d](e.md)", ["c.md"]),
    ("[[SOP-03 Review]] [[a/b#part|shown]] ![[pic.png]] [[#here]] [[x\\|y]]", ["SOP-03 Review", "a/b", "pic.png", "x"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "targets"), LINKS)
def test_links(text: str, targets: list[str]) -> None:
    assert [each.target for each in read(text).links] == targets


def test_images_are_told_apart() -> None:
    links = read("![a](b.png) [c](d.md) ![[e.png]] [[f]]\n").links
    assert [(each.kind, each.image) for each in links] == [
        ("path", True),
        ("path", False),
        ("wiki", True),
        ("wiki", False),
    ]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("See SOP-12, PR.001 and (FRM_01). Again SOP-12.", ["SOP-12", "PR.001", "FRM_01"]),
        ("Clause 7.5.1, 12 days, 2024-01-01, A-B, QM 04", []),
        ("**SOP-1** _SOP-2_ `SOP-3` [SOP-4](x9.md) [[SOP-5 Title]]", ["SOP-1", "SOP-2", "SOP-3", "SOP-4", "SOP-5"]),
        ("QP/QA/04 SOP-1/SOP-2", ["QP/QA/04", "SOP-1/SOP-2", "SOP-1", "SOP-2"]),
        ("SOP-07.md 05-records", ["SOP-07.md", "SOP-07", "05-records"]),
        ("https://example.org/SOP-1?x=SOP-2 [a](SOP-3.md)\n\n[b]: SOP-4.md", []),
        ("```\nSOP-1\n```\n<!-- SOP-2 -->\n", []),
        ("ПР-01 Überprüfung-7", ["ПР-01", "Überprüfung-7"]),
        ("SOP--1 " + "A1" * 40, []),
    ],
)
def test_words_that_look_like_ids(text: str, ids: list[str]) -> None:
    assert [each.text for each in read(f"---\nid: SOP-99\n---\n{text}").ids] == ids


def test_a_word_is_kept_where_it_stands_first() -> None:
    (mention,) = read("# T\n\nSee SOP-1\nand SOP-1.\n").ids
    assert mention.location == Location("f.md", 3, 5, 3, 10)


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("# A *b* `c` #\n", "A b c"),
        ("Title\n===\n", "Title"),
        ("```\n# no\n```\n## Two\n\n# One\n\n# Other", "One"),
        ("#no\n\n    # no\n\n####### no\n", ""),
        ("# a\x1bb\n", "ab"),
    ],
)
def test_the_heading(text: str, heading: str) -> None:
    assert read(text).heading == heading


@pytest.mark.parametrize(
    ("text", "template"),
    [
        ("---\nid: CAPA-<% tp.date %>\n---\n# CAPA\n", True),
        ("---\nid: {{id}}\n---\n# CAPA\n", True),  # no YAML
        ("---\nid: '{{id}}'\n---\n", True),
        ("---\nid: 1\n---\n# {{title}}\n", True),
        ("---\nid: {% x %}\n", True),  # never ends
        ("---\nid: 1\n---\n# T\n\nThe system of {{ORGANISATION}}.\n", False),
        ("", False),
    ],
)
def test_templates_are_told(text: str, template: bool) -> None:
    assert is_template(text.encode()) is template
    try:
        assert read(text).template is template
    except InputError:
        assert template
    assert is_template(b"\xff\xfe") is False


def test_what_terminals_would_obey_is_left_out_and_told() -> None:
    rows = read("**Owner:** \x1b[31mJane\n**Rev:** 2\n\n[a](b%1b.md) [[c\x07]]\n", bold=True)
    assert rows.rows == [{"Rev": "2"}]
    assert [str(each) for each in rows.problems] == ["f.md:1:1: the character U+001B cannot stand in a text; remove it"]
    assert [each.target for each in rows.links] == ["b.md", "c"]


N = 20_000
HOSTILE = {
    "brackets": "[" * N,
    "closings": "[" * N + "](a)" * N,
    "links never closed": "[a](" * N,
    "titles never closed": "[a](b '" * N,
    "parentheses": "[a](" + "()" * N,
    "destinations": "[a](<" * N,
    "wiki": "[[a|" * N,
    "backticks of every length": "".join("`" * (i % 300 + 1) + "a" for i in range(2000)),
    "fences": "```a\n~~~\n" * N,
    "fences on one line": "``` " * N,
    "comments": "a <!--" * N,
    "emphasis": "**Owner:** " + "*a **b " * N + "** *" * N,
    "underscores": "**Owner:** " + "_a " * N + "__a_" * N,
    "labels": "**a:** b " * N,
    "different labels": "".join(f"**a{i}:** b\n" for i in range(N)),
    "label never closed": "**a" * N,
    "one line": "a1-" * 300_000,
    "spaces": "# a" + " " * 300_000 + "#",
    "table": "|a|b|\n|---|---|\n" + "|c|d|\n" * N,
    "wide table": "|a" * N + "|\n" + "|-" * N + "|\n" + "|x" * N,
    "delimiters": "|-|-|\n" * N,
    "underlined": "a\n---\n" * N,
    "front matter": "---\n" + "# a\n" * N,
    "toml": "+++\n" + "a\n" * N,
    "returns": "\r" * N,
    "values": "**a:** " + "[a](" * N + "<a:" * N + "`a" * N + "&amp;" * N,
    "blanks to fill in": "**a:** " + "_ /" * N + "x",
    "big version": "|Rev|Date|\n|-|-|\n|" + "9" * 5000 + "|x|\n|" + "1." * N + "|y|\n",
}


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_text_ends_soon(case: str) -> None:
    rows = read(HOSTILE[case], bold=True, tables=True)
    assert len(rows.rows) <= 1


def test_more_than_anybody_writes_is_told() -> None:
    many = 20_001
    rows = read("[[a]]" * many)
    assert len(rows.links) == many - 1
    (problem,) = rows.problems
    assert str(problem) == "f.md: this file has more than 20000 links; the others are not looked at"
    (problem,) = read("".join(f"A-{i} " for i in range(many))).problems
    assert "more than 20000 ids" in problem.message
    (problem,) = read("|a|b|\n|-|-|\n" + "|c|d|\n" * many).problems
    assert "more than 20000 bold lines or rows" in problem.message


texts = st.text("aB1 é漢𝔘_:#-'\"{}[]&*!|>%@,~`<=", max_size=12)
values = st.recursive(
    texts | st.none() | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=4,
)


@given(st.dictionaries(texts.filter(lambda text: text != "<<"), values, max_size=4), st.sampled_from(["\n", "\r\n"]))
def test_any_front_matter_reads_back(data: dict[str, Any], end: str) -> None:
    front = "".join(f"{dumps(name)}: {dumps(value)}\n" for name, value in data.items())  # JSON is YAML
    rows = read(f"---\n{front}---\n# T\n".replace("\n", end))
    assert rows.rows == ([data] if data else [])
    assert rows.heading == "T"
    for line, name in enumerate(data, 2):
        assert rows.locate((0, name)) == Location("f.md", line, 1, line, len(dumps(name)) + 1)


def dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


PIECES = ['[', ']', '(', ')', '](', '[[', ']]', '![', '`', '```', '~~~', '<!--', '-->', '\\', '|', '|-|-|', '*', '**', '_', '__', ':**', '#', '>', '-', '1.', '\n', '\n\n', '\n---\n', '\r\n', '\t', '\x1b', 'A-1', 'a.md', 'é', '𝔘', '{{', '+++']  # fmt: skip


@given(
    st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=40).map(" ".join)
    | st.text(st.characters(codec="utf-8"))
)
def test_any_body_is_read_and_every_place_is_in_the_file(body: str) -> None:
    text = f"---\na: 1\n---\n{body}"
    rows = read(text, bold=True, tables=True)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    places = [each.location for found in (rows.links, rows.ids, rows.also, rows.problems) for each in found]
    places += [rows.locate((0, name)) for name in rows.fields]
    for place in places:
        assert place is not None
        assert 1 <= place.line <= place.end_line <= len(lines)
        assert 1 <= place.column <= len(lines[place.line - 1]) + 1
        assert 1 <= place.end_column <= len(lines[place.end_line - 1]) + 1
        assert (place.line, place.column) <= (place.end_line, place.end_column)
    for each in rows.ids:
        assert lines[each.location.line - 1][each.location.column - 1 : each.location.end_column - 1] == each.text


BLOCKS = [
    "# Title [a](heading.md)",
    "Text with [a](b.md), `code [c](d.md)` and [e *f*](g.md 'title').",
    "Text over\ntwo lines with [a\nb](c.md) and ![image](d.png).",
    "A ` that stays open and [a](b.md).",
    "- item [a](b.md)\n- item `x`\n\n  more [c](d.md)",
    "1. step\n\n   ```yaml\n   [a](b.md)\n   ```\n\n2. step [c](d.md)",
    "```\n[a](b.md)\n```",
    "~~~ x\n```\n[a](b.md)\n~~~",
    "````\n```\n[a](b.md)\n```\n````",
    "> quoted [a](b.md)\n> more",
    "| a | b |\n|---|---|\n| [a](b.md) | `[c](d.md)` |\n| ` | [e](f.md) |",
    "<!-- [a](b.md) -->",
    "    [a](indented.md)",
    "[ref]: target.md",
    "[![x](y.png)](z.md) [p [q] r](s.md) [t](<u v.md>)",
    "\\[a](b.md) [c]\\(d.md) [e](f\\_g.md) [h](i&amp;j.md)",
    "[a](b(c)d.md) [e](f%20g.md) [h] (i.md) [j](k l.md 'm')",
    "Setext [a](b.md)\n---",
    "***",
]


def rendered(text: str) -> list[str]:
    """Return what a full parser makes of links and images."""
    found = []
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        todo = list(token.children or ())
        while todo:
            child = todo.pop()
            todo += child.children or ()
            if child.type in ("link_open", "image"):
                found.append(unquote(str(child.attrs["href" if child.type == "link_open" else "src"])))
    return sorted(found)


@given(st.lists(st.sampled_from(BLOCKS), max_size=8))
def test_links_are_those_that_a_full_parser_finds(blocks: list[str]) -> None:
    text = "\n\n".join(["First.", *blocks, "Last."])
    links = [each.target for each in read(text).links if each.target != "target.md"]  # definitions nobody renders
    assert sorted(links) == rendered(text)
