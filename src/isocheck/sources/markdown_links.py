"""What the body of a Markdown file refers to: relative links, wiki links, and words that look like an id."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple
from urllib.parse import unquote

from isocheck.errors import Problem
from isocheck.location import Location
from isocheck.sources.markdown_text import Lines, MarkdownText, blank, printable

__all__ = ["Link", "Mention", "References", "find_references"]

_MOST = 20_000
_DEEPEST = 100

# A set of characters in front lets the search skip to them.
_TOKENS = re.compile(r"[\\!\[\]](?:(?<=\\).|(?<=!)\[|(?<=\[)|(?<=\])\(?)")
_EMPTY_LINE = re.compile(r"\n[ \t]*+\n")
_WIKI = re.compile(r"!?\[\[([^\[\]\n]{1,1000})\]\]")
_PIECE = r"(?:[^\x00-\x20()\\]|\\.)*+"
_TITLE = r"""(?:"(?:[^"\\]|\\.)*+"|'(?:[^'\\]|\\.)*+'|\((?:[^()\\]|\\.)*+\))"""
_DESTINATION = re.compile(
    r"[ \t]*+(?:\n[ \t]*+)?+"
    rf"(?:<((?:[^<>\n\\]|\\.)*+)>|((?!<){_PIECE}(?:\({_PIECE}\){_PIECE})*+))"
    rf"(?:\s++{_TITLE})?+\s*+\)"
)
_SPACED = re.compile(r"([^\n()<>\"]*+(?:\([^\n()<>\"]*+\)[^\n()<>\"]*+)*+)\)")
_DEFINITION = re.compile(r"\n {0,3}\[(?!\^)[^\[\]\n]{1,999}\]:[ \t]*+(?:<([^<>\n]*+)>|([^\s<]\S*+))")
_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*+:|//")
_ENDING = re.compile(r"\.\w{1,8}$")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_FRAGMENT = re.compile("[#?]")

_ADDRESS = re.compile(r"(?:https?|ftp)://[^\s<>|()\[\]\"']*+")
_FROM_DIGIT = re.compile(r"[0-9][\w./-]*+")
_ID = re.compile(r"[^\W_]++(?:[-._/][^\W_]++)*+")
_LETTER = re.compile(r"[^\W\d_]")
_DIGIT = re.compile(r"\d")
_LONGEST_ID = 64
_LONGEST_RUN = 200


@dataclass(frozen=True, slots=True)
class Link:
    """A link to another file: its path, decoded and without fragment, or the target of a wiki link without heading."""

    target: str
    location: Location
    kind: Literal["path", "wiki"]
    image: bool = False


class Mention(NamedTuple):
    """A word of the body that looks like an id, where it stands first.

    Few of a file's words turn out to be ids, so `location` is worked out when it is asked for.
    """

    text: str
    begin: int
    end: int
    lines: Lines

    @property
    def location(self) -> Location:
        """The place in the file."""
        return self.lines.place(self.begin, self.end)


class References(NamedTuple):
    """What one body refers to, in the order of its places; `problems` tells where it was too much to keep."""

    links: tuple[Link, ...]
    ids: tuple[Mention, ...]
    problems: list[Problem]


class _Found(NamedTuple):
    """A link as it is written: from its bracket to its end, and where its destination begins."""

    begin: int
    end: int
    destination: int
    written: str
    kind: Literal["path", "wiki"]
    image: bool = False


def find_references(text: MarkdownText) -> References:
    """Find links outside code, and words that look like an id outside code blocks; each word once.

    A link is kept if it may lead to another file: absolute addresses and headings of the same file are left out. At
    most 20,000 of each are kept, and a problem tells so.
    """
    found = sorted([*_inline(text.prose), *_definitions(text.prose)])
    links = [
        Link(target, text.lines.place(each.begin, each.end), each.kind, each.image)
        for each in found[:_MOST]
        if (target := _path(each.written) if each.kind == "path" else _page(each.written))
    ]
    destinations: list[tuple[int, int]] = []
    for each in found:
        if each.kind == "path" and (not destinations or each.destination >= destinations[-1][1]):
            destinations.append((each.destination, each.end))
    ids, more = _ids(text, blank(text.blocks, destinations))
    problems = [
        Problem(f"this file has more than {_MOST} {what}; the others are not looked at", Location(text.lines.name))
        for what, many in (("links", len(found) > _MOST), ("ids", more))
        if many
    ]
    return References(tuple(links), ids, problems)


def _inline(text: str) -> Iterator[_Found]:
    """Yield links and wiki links; brackets are matched on a stack, since link texts hold brackets and images."""
    if "[" not in text:
        return
    opened: list[tuple[int, bool]] = []
    at = since = 0
    for token in _TOKENS.finditer(text):
        begin = token.start()
        kind = token[0]
        if begin < at or kind[0] == "\\":
            continue
        if opened:
            if _EMPTY_LINE.search(text, since, begin):  # no link goes over one
                opened.clear()
            since = begin
        if kind[-1] == "[":
            image = kind[0] == "!"
            if text.startswith("[", token.end()) and (wiki := _WIKI.match(text, begin)) is not None:
                at = wiki.end()
                yield _Found(begin, at, begin, wiki[1], "wiki", image)
            else:
                opened.append((begin, image))
                since = begin
        elif opened:
            opening, image = opened.pop()
            if kind == "](" and (closed := _destination(text, token.end())) is not None:
                written, at = closed
                yield _Found(opening, at, token.end(), written, "path", image)
                if not image:  # what holds a link is no link
                    opened = [each for each in opened[-_DEEPEST:] if each[1]]


def _destination(text: str, at: int) -> tuple[str, int] | None:
    """Return a link's destination and where the link ends; one with spaces too, if it ends like a file's name."""
    match = _DESTINATION.match(text, at)
    if match is not None:
        return match[1] if match[1] is not None else match[2], match.end()
    match = _SPACED.match(text, at)
    if match is not None and _ENDING.search(_FRAGMENT.split(match[1], maxsplit=1)[0].rstrip()):
        return match[1].strip(), match.end()
    return None


def _definitions(text: str) -> Iterator[_Found]:
    """Yield the targets of '[name]: target' lines, whether or not a link uses the name."""
    if "]:" in text:
        for match in _DEFINITION.finditer(text):
            group = 1 if match[1] is not None else 2
            yield _Found(match.start() + 1, match.end(), match.start(group), match[group], "path")


def _path(written: str) -> str:
    """Return the path that a destination names, or nothing where it leads to no other file."""
    if "\\" in written:
        written = _ESCAPE.sub(r"\1", written)
    if "&" in written:
        from html import unescape

        written = unescape(written)
    if _ELSEWHERE.match(written):
        return ""
    path = _FRAGMENT.split(written, maxsplit=1)[0]
    return printable(unquote(path)) if path else ""


def _page(written: str) -> str:
    """Return the page that a wiki link names, without heading and without the words shown for it."""
    target = written.replace("\\|", "|").partition("|")[0].partition("#")[0]
    return "" if "://" in target else printable(target).strip()


def _ids(text: MarkdownText, body: str) -> tuple[tuple[Mention, ...], bool]:
    if "://" in body:
        body = blank(body, [match.span() for match in _ADDRESS.finditer(body)])
    seen: dict[str, tuple[int, int]] = {}
    for match in _FROM_DIGIT.finditer(body):  # most words have no digit and are never looked at
        begin, end = match.span()
        least = max(0, begin - _LONGEST_RUN)
        while begin > least and ((char := body[begin - 1]).isalnum() or char in "./-_"):
            begin -= 1
        run = body[begin:end]
        if _LETTER.search(run) is None:  # a clause, a date
            continue
        for word in _candidates(run):
            if word not in seen:
                if len(seen) >= _MOST:
                    return _mentions(text, seen), True
                at = begin + run.index(word)
                seen[word] = at, at + len(word)
    return _mentions(text, seen), False


def _candidates(run: str) -> Iterator[str]:
    """Yield the ids that a run of letters, digits and separators may hold.

    A slash may belong to an id ('QP/QA/4') or stand between two; a file is often named after its id.
    """
    whole = run.strip("-._/")
    for word in (whole, *whole.split("/")) if "/" in whole else (whole,):
        if len(word) <= _LONGEST_ID and _LETTER.search(word) and _DIGIT.search(word) and _ID.fullmatch(word):
            yield word
            if word[-3:].lower() == ".md":
                yield word[:-3]


def _mentions(text: MarkdownText, seen: dict[str, tuple[int, int]]) -> tuple[Mention, ...]:
    return tuple(Mention(word, begin, end, text.lines) for word, (begin, end) in seen.items())
