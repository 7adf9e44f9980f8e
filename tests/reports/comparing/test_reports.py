from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import jsonschema
import pytest
from markdown_it import MarkdownIt

from isocheck.assessment.comparison import REMARKS, Course
from isocheck.assessment.snapshots import Point
from isocheck.reports.comparing.formats import FORMATS, render_course
from isocheck.reports.comparing.markdown import LIMIT
from isocheck.reports.comparing.markdown import render as render_markdown
from isocheck.reports.comparing.shape import FORMAT_VERSION, comparison_schema
from isocheck.reports.text import visible
from isocheck.terms import label
from tests.reports import compared
from tests.reports.agreement import agrees
from tests.reports.page import Element, read

Made = Callable[[], Course]
MADE = [compared.course, compared.bare, compared.series]
ENDS = {"terminal": "txt", "json": "json", "markdown": "md", "html": "html"}


def page(made: Made = compared.course) -> Element:
    return read(render_course("html", made()).decode())


@pytest.mark.parametrize("name", FORMATS)
def test_a_comparison_is_reported_as_it_was(name: str) -> None:
    agrees(f"comparison.{ENDS[name]}", render_course(name, compared.course()))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("made", MADE)
def test_the_same_comparison_gives_the_same_harmless_bytes(name: str, made: Made) -> None:
    first = render_course(name, made())  # type: ignore[arg-type]
    assert first == render_course(name, made())  # type: ignore[arg-type]
    text = first.decode()
    assert name == "json" or visible(text) == text


# --- JSON


@pytest.mark.parametrize("made", MADE)
def test_json_fits_its_schema(made: Made) -> None:
    schema = comparison_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    told = json.loads(render_course("json", made()))
    validator.validate(told)
    for changed in (told | {"extra": 1}, told | {"format_version": 2}, {key: told[key] for key in ("tool", "history")}):
        assert not validator.is_valid(changed)


def test_the_schema_is_as_it_was() -> None:
    schema = comparison_schema()
    agrees("comparison.schema.json", json.dumps(schema, indent=1, ensure_ascii=False).encode() + b"\n")
    assert schema["properties"]["format_version"]["const"] == FORMAT_VERSION
    for shape in (schema, *schema["$defs"].values()):
        for name, field in shape.get("properties", {}).items():
            assert field["description"].endswith("."), name


def test_json_holds_every_change() -> None:
    course = compared.course()
    assert course.comparison is not None
    found = json.loads(render_course("json", course))["comparison"]["findings"]
    assert len(found.pop("new")) == len(course.comparison.added)
    for name, told in found.items():
        assert len(told) == len(getattr(course.comparison, name))
    assert {each["said"] for each in found["closed"]} <= set(REMARKS.values())


# --- Markdown


def test_markdown_begins_with_counts_then_what_is_new() -> None:
    text = render_course("markdown", compared.course()).decode()
    assert text.splitlines()[2] == "|  | Findings |"
    headings = re.findall(r"^## (.*)$", text, re.MULTILINE)
    assert headings == [
        "New",
        "Regressed",
        "Closed",
        "No longer found",
        "Less grave",
        "Not looked at",
        "Readiness over time",
    ]
    tables = [token for token in MarkdownIt("commonmark").enable("table").parse(text) if token.type == "table_open"]
    assert len(tables) == 9
    assert "<script" not in text


@pytest.mark.parametrize("limit", [LIMIT, 4000, 2000])
def test_markdown_is_never_too_long_for_a_comment(limit: int) -> None:
    course = compared.course()
    assert course.comparison is not None
    change = course.comparison.added[0]
    many = tuple(
        replace(change, finding=replace(change.finding, check=f"check-{at}", message="ß" * 200)) for at in range(2000)
    )
    text = render_markdown(replace(course, comparison=replace(course.comparison, added=many)), limit).decode()
    assert len(text.encode()) <= limit <= 65_536
    assert "left out to keep this page short" in text


# --- Terminal


@pytest.mark.parametrize("width", [20, 40, 80, 200])
@pytest.mark.parametrize("made", MADE)
def test_the_terminal_report_fits(width: int, made: Made) -> None:
    text = render_course("terminal", made(), width).decode()
    for line in text.splitlines():
        words = line.split()
        assert len(line) <= max(32, min(width, 100)) or len(words) < 2 or max(map(len, words)) > 8
        assert len(line) <= max(72, min(width, 100))


def test_the_terminal_report_ends_with_the_numbers() -> None:
    lines = render_course("terminal", compared.course()).decode().splitlines()
    assert [line[2:20].strip() for line in lines[-7:]] == [
        "New",
        "Regressed",
        "Closed",
        "No longer found",
        "Less grave",
        "Not looked at",
        "Unchanged",
    ]


def test_a_plain_terminal_gets_ascii_signs() -> None:
    plain = render_course("terminal", compared.course(), plain=True).decode()
    assert not set(plain) & set("✗▲◐–…“”")


# --- HTML


@pytest.mark.parametrize("made", MADE)
def test_links_lead_somewhere_and_headings_skip_no_level(made: Made) -> None:
    found = page(made)
    ids = [each.attributes["id"] for each in found if "id" in each.attributes]
    links = [each.attributes["href"] for each in found if "href" in each.attributes]
    assert len(ids) == len(set(ids))
    assert [link for link in links if link[:1] != "#" or link[1:] not in ids] == []
    levels = [int(each.tag[1]) for each in found if re.fullmatch(r"h[1-6]", each.tag)]
    assert levels[0] == levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_it_loads_nothing_and_runs_nothing() -> None:
    found = page()
    assert found.all("script") == found.all("link") == found.all("img") == []
    (policy,) = [each for each in found.all("meta") if each.attributes.get("http-equiv")]
    assert policy.attributes["content"] == "default-src 'none'; style-src 'unsafe-inline'"


def test_the_page_tells_every_change_but_the_unchanged() -> None:
    course, found = compared.course(), page()
    assert course.comparison is not None
    assert [each.attributes["id"] for each in found.all("section")] == [
        "summary",
        "history",
        "new",
        "regressed",
        "closed",
        "gone",
        "eased",
        "not-looked-at",
        "verdicts",
    ]
    for change in course.comparison.added:
        assert change.finding.subject in found.id("new").text
        assert change.said in found.id("new").text
    assert "was potential minor" in found.id("regressed").text
    assert "was an opportunity" in found.id("regressed").text
    mended = [change for change in course.comparison.closed if change.mended]
    assert len(found.id("closed").all("tbody")[0].all("tr")) == len(mended) == 4
    for change in course.comparison.closed:
        told = {
            id_: [each.text for each in found.id(id_).all("td") if each.attributes["data-l"] == "To know"]
            for id_ in ("closed", "gone")
        }
        assert (change.said in told["closed"]) is change.mended
        assert (change.said in told["gone"]) is not change.mended
    for verdict in course.comparison.verdicts:
        row = next(each for each in found.id("verdicts").all("tr") if label(verdict.requirement) in each.text)
        assert [each.text for each in row.all(class_="v")] == [verdict.was.word, verdict.verdict.word]
    for notice in course.comparison.notices:
        assert " ".join(visible(notice).split()) in found.id("summary").text


def test_places_do_not_name_the_machine() -> None:
    course = compared.course()
    assert course.comparison is not None
    text = page().id("closed").text
    assert "v1.0:" not in text
    old = replace(course.comparison.old, label="/home/j/client/old.json")
    moved = replace(course, comparison=replace(course.comparison, old=old))
    assert "/home" not in read(render_course("html", moved).decode()).text


def test_the_chart_is_told_in_words_and_numbers() -> None:
    history, found = compared.history(), page().id("history")
    assert all(each.attributes["aria-hidden"] == "true" for each in found.all("svg"))
    scores, gaps = found.all("svg", "plot")
    assert len(scores.all("circle")) == 8
    assert len(scores.all("line", "way")) == 6
    assert len(gaps.all("rect", "maj")) == sum(point.major > 0 for point in history)
    assert len(gaps.all("rect", "min")) == sum(point.minor > 0 for point in history)
    rows = found.all("tbody")[0].all("tr")
    assert len(rows) == len(history)
    for point, row in zip(history, rows, strict=True):
        cells = [each.text for each in row.all("td")]
        if point.problem:
            assert cells[1:] == ["–", "–", "–"]
            assert "could not be shown" in cells[0]
        else:
            assert point.counts is not None
            assert cells[1].startswith(f"{point.counts.met} of 23 (")
            assert cells[2:] == [str(point.major), str(point.minor)]


def test_points_stand_by_their_days_and_never_on_each_other() -> None:
    (scores, gaps) = page().id("history").all("svg", "plot")
    places = [float(each.attributes["cx"].rstrip("%")) for each in scores.all("circle")]
    assert places == sorted(places)
    assert (places[0], places[-1]) == (16, 95)
    assert all(after - before > 2.5 for before, after in pairwise(places)), "bars are 2.5 wide"
    heights = [float(each.attributes["height"]) for each in gaps.all("rect", "maj")]
    assert heights == sorted(heights[:4], reverse=True) + heights[4:]
    ys = [int(each.attributes["cy"]) for each in scores.all("circle")]
    assert ys == sorted(ys, reverse=True), "the score rises all the way"


@pytest.mark.parametrize("count", [1, 2, 200])
def test_a_series_of_any_length_can_be_drawn(count: int) -> None:
    one = compared.history()[0]
    points: tuple[Point, ...] = (one,) * count
    found = read(render_course("html", Course("0.1.0", None, points)).decode())
    assert len(found.id("history").all("circle")) == count


def test_what_nothing_can_be_said_of_says_so() -> None:
    assert "There are no two states to compare." in page(compared.series).text
    assert "No requirement has another verdict than before." in page(compared.bare).text
    assert [each.text for each in page(compared.bare).all("p", "say")][1:3] == ["None.", "None."]
