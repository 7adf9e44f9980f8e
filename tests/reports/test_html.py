from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from isocheck.assessment.results import Assessment, Consequence, Finding, RequirementResult
from isocheck.reports.html import render
from isocheck.reports.html_view import prose
from isocheck.reports.text import visible
from isocheck.terms import Grade, Verdict, label
from tests.conftest import Run

from . import fabricated as invented
from .agreement import agrees
from .page import Element, read

SECTIONS = ["summary", "sections", "map", "findings", "clauses", "documents", "exclusions", "method"]


@pytest.fixture(scope="module")
def page(fabricated: Assessment) -> Element:
    return read(render(fabricated).decode())


def said(text: str) -> str:
    """A text as a page shows it."""
    return " ".join(prose(visible(text)).split())


def with_items(assessment: Assessment) -> list[RequirementResult]:
    return [each for result in assessment.requirements() for each in (result, *result.items)]


def row_of(page: Element, id_: str) -> Element:
    return page.id(f"r-{id_}")


def lapsed(count: int, message: str = "reviewed last in May {}") -> Assessment:
    """An assessment with one gap that so many entries show."""
    assessment = invented.fabricated()
    findings = tuple(
        replace(
            invented.PROCESS,
            entry=f"T{at}",
            item="",
            title=f"Turning {at}",
            message=message.format(2000 + at),
            location=invented.at(f"qms/production/{at}.yaml", at + 1, 3),
        )
        for at in range(count)
    )
    return replace(assessment, findings=findings)


def test_the_page_is_what_it_was(fabricated: Assessment) -> None:
    agrees("fabricated.html", render(fabricated))


@pytest.mark.parametrize("made", [invented.fabricated, invented.empty, lambda: invented.many(30), lambda: lapsed(9)])
def test_links_lead_somewhere_and_headings_skip_no_level(made: Callable[[], Assessment]) -> None:
    page = read(render(made()).decode())
    ids = [each.attributes["id"] for each in page if "id" in each.attributes]
    links = [each.attributes["href"] for each in page if "href" in each.attributes]
    assert len(ids) == len(set(ids))
    assert [link for link in links if link[:1] != "#" or link[1:] not in ids] == []
    levels = [int(each.tag[1]) for each in page if re.fullmatch(r"h[1-6]", each.tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("made", [invented.fabricated, invented.empty])
def test_sections_stand_in_their_order_and_in_the_contents(made: Callable[[], Assessment]) -> None:
    page = read(render(made()).decode())
    assert [each.attributes["id"] for each in page.all("section")] == SECTIONS
    (contents,) = page.all("nav")
    assert [each.attributes["href"][1:] for each in contents.all("a")] == SECTIONS
    for section in page.all("section"):
        assert next(iter(section)).tag == "h2"
        assert len(section.text) > len(section.all("h2")[0].text) + 10, "a section that says nothing"


def test_it_loads_nothing_and_runs_nothing(fabricated: Assessment, page: Element) -> None:
    text = render(fabricated).decode()
    assert page.all("script") == page.all("link") == page.all("img") == []
    assert [each for each in page if "src" in each.attributes or "on" in {name[:2] for name in each.attributes}] == []
    (policy,) = [each for each in page.all("meta") if each.attributes.get("http-equiv")]
    assert policy.attributes["content"] == "default-src 'none'; style-src 'unsafe-inline'"
    assert not re.search(r"url\((?!#)|@import", text)


def test_the_same_result_gives_the_same_bytes() -> None:
    assert render(invented.fabricated()) == render(invented.fabricated())


def test_nothing_from_input_steers_or_becomes_markup(fabricated: Assessment, page: Element) -> None:
    text = render(fabricated).decode()
    assert visible(text) == text
    assert page.all("h1")[0].text == "Brännström & Töchter <Präzision> AB"
    assert [each for each in page.all("b") if each.text == "GX|4"] == []
    assert "8.3 is excluded, yet designs/D1 “Gripper <b>GX|4</b>” was released on" in page.text


@pytest.mark.parametrize("name", ['"} body { display: none', "</style><script>", "a\\", "\u202e", "\n"])
def test_a_name_cannot_leave_the_style_sheet(name: str) -> None:
    assessment = invented.fabricated()
    page = read(render(replace(assessment, organisation=replace(assessment.organisation, name=name))).decode())
    (style,) = page.all("style")
    assert page.all("script") == []
    (foot,) = re.findall(r'@bottom-left \{ content: "(.*?)"; font', "".join(map(str, style.held)))
    assert re.fullmatch(r"(?:[\w .,:·+-]|\\[0-9a-f]+ )*", foot)


def test_every_requirement_has_a_row(fabricated: Assessment, page: Element) -> None:
    for result in with_items(fabricated):
        row = row_of(page, result.id)
        assert row.all("th")[0].text == label(result.id)
        assert row.all("th")[0].attributes["scope"] == "row"
        assert said(result.statement) in row.text
        assert said(result.reason) in row.text
        shown = row.all(class_="v")[0]
        assert shown.text == result.verdict.word
        for seen in result.seen:
            assert f"{seen.text} {seen.location}" in row.text
        for check in result.checks:
            assert said(check.plain) in row.text
        if result.judgement:
            assert f"{result.judgement.by}, {result.judgement.on.day} October 2026" in row.text
            assert said(result.judgement.note) in row.text
        elif result.verdict is not Verdict.NOT_APPLICABLE:
            assert said(result.judge) in row.text
            for question in result.questions:
                assert f"{said(question)}" in row.text


def test_rows_lead_to_the_gaps_of_their_requirement(fabricated: Assessment, page: Element) -> None:
    for at, gap in enumerate(fabricated.gaps(), 1):
        links = [each.attributes["href"] for each in row_of(page, gap.first.requirement).all("a")]
        assert f"#gap-{at}" in links


@pytest.mark.parametrize("made", [invented.fabricated, lambda: invented.many(60), lambda: lapsed(9)])
def test_every_gap_says_what_where_why_and_what_to_do(made: Callable[[], Assessment]) -> None:
    assessment = made()
    page = read(render(assessment).decode())
    told = [("gap", at, gap) for at, gap in enumerate(assessment.gaps(), 1)]
    told += [("opportunity", at, gap) for at, gap in enumerate(assessment.opportunities(), 1)]
    assert len(page.all("article", "gap")) == len(told)
    for word, at, gap in told:
        article = page.id(f"{word}-{at}")
        first = gap.first
        grade = "Opportunity" if first.grade is Grade.OPPORTUNITY else f"Potential {first.grade}"
        assert article.text.startswith(grade)
        assert article.all("h4")[0].text.startswith(f"{at}. ")
        asked = next(each.statement for each in with_items(assessment) if each.id == first.requirement)
        for text in (label(first.requirement), asked, first.because, first.remedy):
            assert said(text).casefold() in article.text.casefold()
        for finding in gap.findings:
            assert str(finding.location).removeprefix("qms/") in article.text
            assert finding.entry in article.text
        if len(gap.findings) == 1:
            assert said(first.message).casefold() in article.text.casefold()
        for consequence in gap.consequences:
            assert label(consequence.requirement) in article.text
            assert said(consequence.message) in article.text


def test_what_nothing_is_described_of_says_so(page: Element) -> None:
    (article,) = [each for each in page.all("article") if "climate" in each.text.casefold()]
    assert article.all("header")[0].text == "Potential minor Not described 4.1 (3) Context"


def test_grave_gaps_stand_open_and_the_others_are_folded() -> None:
    page = read(render(invented.many(60)).decode())
    folds = page.all("details", "more")
    assert [each.all("summary")[0].text for each in folds] == [
        "3 more potential major gaps",
        "22 more potential minor gaps",
        "15 opportunities for improvement",
    ]
    assert [len(each.all("article")) for each in folds] == [3, 22, 15]


def test_many_entries_are_one_gap_with_all_its_places() -> None:
    page = read(render(lapsed(9)).decode())
    (article,) = page.all("article", "gap")
    assert article.all("h4")[0].text == "1. Production, 9 places Reviewed last in May …"
    (fold,) = article.all("details")
    assert fold.all("summary")[0].text == "4 more places"
    entries = [each.text for each in article.all("li")]
    assert entries == [
        f"T{at} Turning {at}: reviewed last in May {2000 + at} production/{at}.yaml:{at + 1}:3" for at in range(9)
    ]
    assert [each.text for each in fold.all("li")] == entries[5:]


def test_entries_of_which_the_same_is_said_fall_together() -> None:
    assessment = invented.fabricated()
    fallen = tuple(
        Consequence("9.2.2-b", "overdue", message)
        for message in ("equipment/E1: overdue", "equipment/E2: overdue", "equipment/E3: lost", "No criteria: none")
    )
    page = read(render(replace(assessment, findings=(replace(invented.PROCESS, consequences=fallen),))).decode())
    (told,) = [each.text for each in page.id("gap-1").all("ul", "fallen")[0].all("li")]
    assert told == "9.2.2 b) equipment/E1, equipment/E2: overdue; equipment/E3: lost; No criteria: none"


@pytest.mark.parametrize(
    ("messages", "headline"),
    [
        (["owner is empty", "owner is empty"], "Owner is empty"),
        (["due 2026-10-06 has passed", "due 2026-11-03 has passed"], "Due … has passed"),
        (["last 3 4 months ago", "last 5 6 months ago"], "Last … months ago"),
        (["owner is empty", "no reviewer"], "Owner is empty"),
        (["one two three", "four five three"], "One two three"),
    ],
)
def test_a_headline_says_what_messages_have_in_common(messages: list[str], headline: str) -> None:
    assessment = invented.fabricated()
    findings = tuple(replace(invented.PROCESS, entry=f"T{at}", message=message) for at, message in enumerate(messages))
    page = read(render(replace(assessment, findings=findings)).decode())
    assert page.id("gap-1").all("h4")[0].text.endswith(f"places {headline}")


def test_every_document_has_a_row(fabricated: Assessment, page: Element) -> None:
    rows = page.id("documents").all("tbody")[0].all("tr")
    assert len(rows) == len(fabricated.documented) > 1
    for row, drawn in zip(fabricated.documented, rows, strict=True):
        assert drawn.all("th")[0].text == label(row.requirement)
        assert drawn.all(class_="v")[0].text == row.verdict.word
        held = [f"{seen.text} {seen.location}" for seen in row.found] or ["none named"]
        for text in (row.documented.what, row.documented.kind, *held):
            assert text in drawn.text


def test_every_exclusion_says_what_became_of_it(fabricated: Assessment, page: Element) -> None:
    articles = page.id("exclusions").all("article")
    for row, drawn in zip(fabricated.exclusions, articles, strict=True):
        assert ("Not accepted." in drawn.text) is not row.accepted
        for text in (row.clause, row.title, row.justification, row.remark, str(row.location), row.approved):
            assert said(label(text) if text is row.clause else text) in drawn.text
    assert "Approved A. Brännström, 9 January 2026" in articles[0].text
    assert "Approved by nobody" in articles[1].text


def test_method_says_what_was_read_and_what_was_not_looked_at(fabricated: Assessment, page: Element) -> None:
    method = page.id("method").text
    for text in (*fabricated.limits, *fabricated.source.files, *fabricated.source.skipped):
        assert said(text) in method
    assert "Entries Issues 9, Property of others 12, Audits 3 Left empty Climate change" in method
    assert "Own internal audit 12 months Default management review 12 months" in method
    for verdict in Verdict:
        assert f"{verdict.word} {verdict.meaning}" in method


@pytest.mark.parametrize("made", [invented.fabricated, invented.empty])
def test_tables_tell_what_they_hold_and_what_heads_what(made: Callable[[], Assessment]) -> None:
    page = read(render(made()).decode())
    assert page.all("table")
    for table in page.all("table"):
        assert table.all("caption")[0].text
        assert {each.attributes["scope"] for each in table.all("thead")[0].all("th")} == {"col"}
        for row in table.all("tbody")[0].all("tr"):
            assert [each.attributes["scope"] for each in row.all("th")] == ["row"]
            assert len(row.all("th") + row.all("td")) == len(table.all("thead")[0].all("th"))


def test_a_verdict_is_a_symbol_a_word_and_a_colour(page: Element) -> None:
    shown = [each for each in page.all(class_="v") if each.text != "Opportunity"]
    assert len(shown) > 40
    words = {verdict.word: code for verdict, code in CODES.items()}
    words |= {"Potential minor": "min", "Potential major": "maj"}
    for each in shown:
        code = words[each.text]
        assert each.all("use")[0].attributes["href"] == f"#{code}"
        (above,) = [other for other in page if each in other.held]
        assert code in f"{each.attributes['class']} {above.attributes.get('class', '')}".split()
    assert {each.attributes["id"] for each in page.all("symbol")} == set(CODES.values())


CODES = dict(zip(Verdict, ("con", "des", "min", "maj", "nod", "noy", "una", "noa"), strict=True))


def test_charts_are_told_in_words_too(fabricated: Assessment, page: Element) -> None:
    assert all(each.attributes["aria-hidden"] == "true" for each in page.all("svg"))
    tally = [each.text for each in page.all("ul", "tally")[0].all("li")]
    assert len(tally) == len(Verdict)
    for (verdict, count), text in zip(fabricated.summary.counts.by_verdict, tally, strict=True):
        assert text.startswith(f"{count} {verdict.word} ")
    rows = page.id("sections").all("tbody")[0].all("tr")
    for section, row in zip(fabricated.sections, rows, strict=True):
        assert row.all("th")[0].text == f"{section.id} {section.title}"
        assert row.all("td")[0].text == str(section.counts.total)
        assert [each.text for each in row.all("li")] == [f"{n} {v.word.lower()}" for v, n in section.counts]
        assert len(row.all("rect")) == len(row.all("li"))
    cells = page.id("map").all("ul", "cells")
    drawn = {each.all("a")[0].attributes["href"]: each.text for group in cells for each in group.all("li")}
    for clause in fabricated.clauses():
        if clause.verdict is not None:
            missed = sum(clause.counts[v] for v in (Verdict.MINOR, Verdict.MAJOR, Verdict.NOT_DESCRIBED))
            share = f" {missed}/{clause.counts.total}" if missed else ""
            assert drawn[f"#c-{clause.id}"] == f"{clause.id}{share} {clause.verdict.word.lower()}: {clause.short}"


def test_the_cover_says_who_what_and_when(page: Element) -> None:
    cover = page.all("header", "cover")[0]
    facts = [each.text for each in cover.all("dl")[0].all("div")]
    assert cover.text.startswith("Gap analysis against ISO 9001:2015 with Amendment 1:2024 Brännström")
    assert "as it was described on 30 October 2026" in cover.text
    assert facts == [
        "Organisation Turns and mills parts to customers' drawings",
        "Scope Turning, milling and hardening of parts to customers’ drawings. "
        "Both halls in Örebro; the office in Łódź.",
        "Products and services Turned parts; Grippers | GX",
        "Sites Örebro; Łódź",
        "People 46",
        "Engagement Only sites Örebro; processes PR1, PR2; clauses 4, 8.5, 9",
        "Read 5 files, 24 entries in 3 registers",
        "Made with isocheck 0.1.0, pack iso9001-2015",
    ]


def test_a_report_names_no_folder_of_the_machine_on_which_it_was_made() -> None:
    def moved(finding: Finding) -> Finding:
        return replace(finding, location=replace(finding.location, file=f"/home/j/client/{finding.location.file}"))

    assessment = invented.fabricated()
    source = replace(
        assessment.source,
        root="/home/j/client",
        files=tuple(f"/home/j/client/{name}" for name in assessment.source.files),
    )
    page = read(render(replace(assessment, source=source, findings=tuple(map(moved, assessment.findings)))).decode())
    assert "/home" not in page.text
    assert "below client" in page.id("findings").text
    assert "audits.yaml:31:3" in page.id("gap-1").text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("due 2026-04-02 has passed", "due 2\u00a0April 2026 has passed"),
        ("2026-13-45 is no date", "2026-13-45 is no date"),
        ("MR-2026-04-02 and 2026-04-02.yaml-1", "MR-2026-04-02 and 2\u00a0April 2026.yaml-1"),
        ("see 9.2.2 a), 9.3.2 c) 1) and 8.5.2 (1)", "see 9.2.2\u00a0a), 9.3.2\u00a0c)\u00a01) and 8.5.2\u00a0(1)"),
        ("19 % of 20", "19\u00a0% of 20"),
    ],
)
def test_prose_has_dates_in_words_and_keeps_together_what_belongs_together(text: str, shown: str) -> None:
    assert prose(text) == shown


def test_approvers_and_entries_go_by_their_names(isocheck: Run, write: Callable[..., Path], tmp_path: Path) -> None:
    root = write(
        isocheck="format_version: 1\nstandard: iso9001-2015\n",
        firm="people: [{id: P1, name: Marion Wren}]\n"
        "orders: [{id: O-2, customer: Hale, reviewed: 2026-04-20, committed: 2026-04-13}]\n"
        "designs: [{id: DV1, name: Remote monitoring}]\n"
        "scope: {exclusions: [{clause: '8.3', justification: We advise, approved_by: people/P1, approved: 2026-01-10}]}\n",
    )
    out = tmp_path / "report.html"
    assert isocheck("report", root, "--as-of", "2026-06-30", "-o", out)[0] == 0
    page = read(out.read_text(encoding="utf-8"))
    exclusions = page.id("exclusions").text
    assert "Approved Marion Wren, 10 January 2026" in exclusions
    assert "The description shows the activity: Remote monitoring (designs/DV1)." in exclusions
    assert "Design projects: DV1 Remote monitoring" in page.id("findings").text
    assert re.search(r"The gravest are about [a-z][^.]* \(\d[\d.]+\)", page.id("summary").text)


# Contrast of each verdict's ink on paper and on its own tint, light and dark.
CONTRAST = {
    "con": (7.6, 5.8, 9.3, 6.3),
    "des": (8.0, 6.8, 9.2, 7.5),
    "min": (7.5, 6.2, 10.4, 7.1),
    "nod": (8.5, 8.5, 9.1, 9.1),
    "noy": (7.6, 6.4, 9.7, 7.7),
    "una": (6.8, 6.8, 9.0, 9.0),
    "noa": (5.5, 5.1, 6.9, 6.2),
}


def test_colours_stand_off_as_they_have_to(fabricated: Assessment) -> None:
    text = render(fabricated).decode()
    light, dark = (dict(re.findall(r"--([a-z-]+): (#[0-9a-f]+)", part)) for part in _tokens(text))
    for scheme, at in ((light, 0), (dark, 2)):
        for code, wanted in CONTRAST.items():
            assert round(_contrast(scheme[code], scheme["paper"]), 1) == wanted[at]
            assert round(_contrast(scheme[code], scheme[f"{code}-t"]), 1) == wanted[at + 1]
        assert _contrast(scheme["maj"], scheme["paper"]) >= 8.3
        assert _contrast(scheme["on-maj"], scheme["maj-t"]) >= 8.3
        for code in ("ink", "soft", "link"):
            assert _contrast(scheme[code], scheme["paper"]) >= 4.5


def _tokens(text: str) -> tuple[str, str]:
    light, dark = re.findall(r":root \{(.*?)\}", text, re.DOTALL)
    return light, dark


def _contrast(one: str, other: str) -> float:
    """WCAG 2.2, contrast ratio."""
    bright, dim = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
