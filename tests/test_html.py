from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from isocheck.assessment.results import Assessment
from isocheck.reports.html import render

from .reports.fabricated import empty, fabricated, many

VOID = {"col", "meta", "br", "link", "rect", "path", "circle", "use", "img", "hr"}


class Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.stack: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.headings: list[int] = []
        self.words: list[str] = []
        self.wrong: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag not in VOID:
            self.stack.append(tag)
        if found.get("id"):
            self.ids.append(str(found["id"]))
        if found.get("href"):
            self.links.append(str(found["href"]))
        if found.get("src"):
            self.wrong.append(f"loads {found['src']}")
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self.stack or self.stack.pop() != tag:
            self.wrong.append(f"unbalanced {tag} at {self.getpos()}")

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


@pytest.mark.parametrize("assessment", [fabricated(), empty(), many(30)], ids=["varied", "empty", "many"])
def test_the_page_is_well_formed_and_complete(assessment: Assessment) -> None:
    page = Page(render(assessment).decode())
    assert page.wrong == []
    assert page.stack == []
    assert len(page.ids) == len(set(page.ids))
    assert [link for link in page.links if link.startswith("#") and link[1:] not in page.ids] == []
    assert [link for link in page.links if not link.startswith("#")] == []
    assert page.headings[0] == 1
    assert all(after - before <= 1 for before, after in zip(page.headings, page.headings[1:], strict=False))


def test_nothing_is_lost() -> None:
    assessment = fabricated()
    text = re.sub(r"\s+", "", Page(render(assessment).decode()).text)
    for finding in assessment.findings:
        assert re.sub(r"\s+", "", finding.because) in text
        assert re.sub(r"\s+", "", finding.remedy) in text
    for result in assessment.requirements():
        assert re.sub(r"\s+", "", result.label) in text


def test_it_loads_nothing_and_runs_nothing() -> None:
    page = render(fabricated()).decode()
    assert "<script" not in page
    assert "default-src 'none'" in page
    assert not re.search(r"(?:src|href)=[\"']?(?:https?:)?//|url\((?!#)", page)


def test_the_same_result_gives_the_same_bytes() -> None:
    assert render(fabricated()) == render(fabricated())
