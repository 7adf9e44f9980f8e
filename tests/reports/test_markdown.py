from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from isocheck.assessment.results import Assessment
from isocheck.reports.markdown import escape, render
from isocheck.reports.text import one_line

from .agreement import agrees

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])

HOSTILE = (
    "<b>bold</b> & &amp; <script>alert(1)</script>",
    "a | b || c \\| d \\",
    "`code` ``more`` ```\nfence",
    "*stars* _lines_ __dunder__ ~~gone~~ snake_case_name",
    "[link](https://example.invalid) ![image](x) [ref]: y [^1]",
    "https://example.invalid and www.example.invalid",
    "# heading #",
    "- item",
    "+ item",
    "=====",
    "1. first",
    "8.3 is no list",
    "2) second",
    "> quoted",
    "    indented",
    "line\n\n# break\r\nnext\ttab",
    "$x$ costs $5",
    "---",
)


def shown(markdown: str) -> list[tuple[str, str]]:
    """What a reader sees: the text of every inline part with the element that holds it."""
    tokens = PARSER.parse(markdown)
    return [(before.tag, _text(token)) for before, token in pairwise(tokens) if token.type == "inline"]


def _text(inline: Token) -> str:
    children = inline.children or []
    plain = {"text", "text_special", "code_inline", "softbreak"}
    unknown = [child for child in children if child.type not in plain and child.content != "<!-- -->"]
    assert not unknown, f"{inline.content!r} became {[child.type for child in unknown]}"
    return "".join(child.content for child in children if child.type in plain)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize(
    ("frame", "element"),
    [("{}\n", "p"), ("### {}\n", "h3"), ("- {}\n", "p"), ("| a |\n| :-- |\n| {} |\n", "td")],
    ids=["paragraph", "heading", "item", "cell"],
)
def test_a_hostile_text_reads_as_it_was_written(text: str, frame: str, element: str) -> None:
    assert shown(frame.format(escape(text)))[-1] == (element, one_line(text))


@given(st.text(st.characters(codec="utf-8"), min_size=1).filter(lambda text: bool(one_line(text))))
def test_any_text_reads_as_it_was_written(text: str) -> None:
    for frame, element in (("{}\n", "p"), ("| a |\n| :-- |\n| {} |\n", "td")):
        assert shown(frame.format(escape(text)))[-1] == (element, one_line(text))


def test_no_user_and_no_issue_is_mentioned() -> None:
    assert escape("ask @alice about #12, not a@b") == "ask @<!-- -->alice about \\#<!-- -->12, not a@b"


def test_the_page_is_as_it_was(fabricated: Assessment) -> None:
    agrees("report.md", render(fabricated))


def test_an_empty_assessment_gives_a_page(empty: Assessment) -> None:
    page = render(empty).decode()
    assert "No gap found" in page
    assert "|" not in page


def test_no_control_character_stands_on_the_page(fabricated: Assessment) -> None:
    page = render(fabricated).decode()
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", page)
    assert "␛\\[31m" in page


def test_every_row_has_the_cells_of_its_table(fabricated: Assessment) -> None:
    tables = re.findall(r"(?:^\|.*\n)+", render(fabricated).decode(), re.MULTILINE)
    assert len(tables) == 7
    for table in tables:
        assert len({line.count("|") for line in table.splitlines()}) == 1


def test_a_table_comes_first_then_only_what_did_not_pass(fabricated: Assessment) -> None:
    page = render(fabricated).decode()
    assert [line[:1] for line in page.splitlines() if line][:4] == ["#", "*", "#", "|"]
    rest = page.partition("| **All** |")[2].partition("\n")[2]
    assert "✅ Conforming |" not in rest.replace("| 🔶 Minor | ✅ Conforming |", "")  # what a person said, overruled
    assert "🔵 Described" not in rest
    assert "9.2.2 f)" not in rest
    assert "8.5.1 f)" not in rest
    assert "## Exclusions not accepted\n" in rest
    met = [replace(clause, met=clause.applicable) for clause in fabricated.summary.weakest]
    assert "## Weakest" in rest
    assert b"## Weakest" not in render(replace(fabricated, summary=replace(fabricated.summary, weakest=tuple(met))))


def test_gaps_come_before_opportunities_which_are_folded(fabricated: Assessment) -> None:
    page = render(fabricated).decode()
    folded = page[page.index("<details>") : page.index("</details>")]
    for finding in fabricated.findings:
        in_fold = escape(finding.message) in folded
        assert in_fold is (finding.grade == "opportunity")
    assert "<details>\n<summary>3 opportunities" in page


def test_gaps_that_a_person_found_and_conflicts_are_shown(fabricated: Assessment) -> None:
    page = render(fabricated).decode()
    judged = page[page.index("## What a person") : page.index("## Documented")]
    assert "| 4.3 (1) | 🛑 Major | 🛑 Major | The drawing \\<GX" in judged
    assert "| 9.2.2 d) | 🔶 Minor | ✅ Conforming | Seen in the mailbox. | Joy Okafor, 28 October 2026 |" in judged
    assert judged.count("Joy Okafor") == 2


def test_a_gap_that_only_a_person_found_is_no_clean_result(fabricated: Assessment) -> None:
    gaps = tuple((grade, 0) for grade, _ in fabricated.summary.gaps)
    page = render(replace(fabricated, findings=(), summary=replace(fabricated.summary, gaps=gaps))).decode()
    assert "**No check found a gap, a person found 8.**" in page


def test_the_page_never_exceeds_its_limit(fabricated: Assessment) -> None:
    whole = render(fabricated)
    for limit in range(0, len(whole) + 1, 7):
        page = render(fabricated, limit)
        assert len(page) <= limit
        page.decode()
    assert render(fabricated, len(whole)) == whole


def test_what_is_cut_is_whole_rows_of_the_least_grave(many: Callable[[int], Assessment]) -> None:
    assessment = many(40_000)
    page = render(assessment)
    assert 990_000 < len(page) <= 1_000_000
    text = page.decode()
    gaps = assessment.gaps()
    rows = text[text.index("## Gaps") :].splitlines()
    shown = [row for row in rows if row.startswith("| ") and "equipment/" in row]
    assert all(row.endswith(" |") for row in shown)
    assert [unescape(row).split(" | ")[2].split(":")[0] for row in shown] == [
        gap.first.message.split(":")[0] for gap in gaps[: len(shown)]
    ]
    assert f"**{len(gaps) - len(shown)} more gaps are left out" in text
    assert "**10000 opportunities are left out" in text


def test_one_row_that_is_longer_than_the_page_is_left_out(fabricated: Assessment) -> None:
    long = replace(fabricated.findings[0], message="x" * 50_000)
    page = render(replace(fabricated, findings=(long,)), 20_000)
    assert len(page) <= 20_000
    assert b"1 gap is left out" in page
