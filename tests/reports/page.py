"""A page as a tree, read strictly: an element that is not closed, or closed out of turn, is an error."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"col", "meta"}


@dataclass(eq=False)
class Element:
    """An element with its attributes and what it holds, texts and elements."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    held: list[Element | str] = field(default_factory=list)

    def __iter__(self) -> Iterator[Element]:
        """Yield all elements below this one, as they stand on the page."""
        for each in self.held:
            if isinstance(each, Element):
                yield each
                yield from each

    @property
    def text(self) -> str:
        """All text, with white space of any kind and length as one space."""
        return " ".join("".join(self._texts()).split())

    def _texts(self) -> Iterator[str]:
        for each in self.held:
            if isinstance(each, str):
                yield each
            elif each.tag not in {"style", "title"}:
                yield " "
                yield from each._texts()
                yield " "

    def all(self, tag: str = "", class_: str = "") -> list[Element]:
        """Return elements below with that tag and that class."""
        return [
            each
            for each in self
            if (not tag or each.tag == tag) and (not class_ or class_ in each.attributes.get("class", "").split())
        ]

    def id(self, name: str) -> Element:
        """Return the element of that id."""
        (found,) = [each for each in self if each.attributes.get("id") == name]
        return found


def read(text: str) -> Element:
    """Read a page."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    assert len(reader.stack) == 1, f"not closed: {[each.tag for each in reader.stack[1:]]}"
    return reader.stack[0]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.stack = [Element("")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.stack[-1].held.append(element)
        if tag not in VOID:
            self.stack.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.stack[-1].held.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        closed = self.stack.pop()
        assert closed.tag == tag, f"{closed.tag} closed as {tag} at {self.getpos()}"

    def handle_data(self, data: str) -> None:
        self.stack[-1].held.append(data)
