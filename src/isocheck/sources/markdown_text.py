"""The text of a Markdown file: where its code and comments are, where a line begins, what is left without markup.

No tree is built: what the readers of fields and links look for stands on single lines or between brackets, and is
found by patterns once code is blanked out. Every pattern is linear: repeats are possessive or bounded.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from isocheck.location import Location
from isocheck.sources.yaml_reader import UNWANTED

__all__ = ["Lines", "MarkdownText", "blank", "plain", "printable"]

# A set of characters in front lets the search skip to them.
_OPENERS = re.compile(r"[`~<\\](?:(?<=`)`*+|(?<=~)~~++|(?<=<)!--|(?<=\\)[`\\<])")
_BEFORE_FENCE = re.compile(r"[ \t>]*+(?:(?:[-*+]|\d{1,9}[.)])[ \t]++)*+")
_LONGEST_BEFORE = 200
_END_OF_BLOCK = re.compile(r"\n(?=[ \t]*+(?:\n|[-*+>#|]|\d{1,9}[.)]))")
_RUN = re.compile("`+")
_LINE_BREAK = re.compile("\n")
_ANY = re.compile("[^\n]")
_INDENTED = re.compile(r"\n(?: {4}|\t)")
_HOLDS_INDENTED = re.compile(r"[ >]*+(?:[-*+]|\d{1,9}[.)]|!!!|\?\?\?\+?|===|\[\^[^\]\n]++\]:)(?:[ \t]|$)")

_MARKUP = re.compile(r"[\[`<*_\\&\t]")
_WIKI = re.compile(r"!?\[\[([^\[\]\n]{1,1000})\]\]")
_LINK = re.compile(r"!?\[([^\[\]\n]*+)\]\([^()\n]*+(?:\([^()\n]*+\)[^()\n]*+)*+\)")
_CODE = re.compile(r"(?<!`)(`++)([^`]++)\1(?!`)")
_STARS = re.compile(r"(\*{1,3})(?=\S)([^*]*[^*\s])\1")
_UNDERSCORES = re.compile(r"(?<!\w)(_{1,3})(?=\S)([^_]*[^_\s])\1(?!\w)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_BREAK = re.compile(r"<br[ \t]*+/?>", re.IGNORECASE)
_AUTOLINK = re.compile(r"<([^<>\s:@]++[:@][^<>\s]++)>")
_SPACES = re.compile(r"[ \t]{2,}|\t")


class Lines:
    """Where the lines of a file begin, so that an offset becomes a place once it is asked for."""

    __slots__ = ("_breaks", "name")

    def __init__(self, text: str, name: str) -> None:
        self.name = name
        self._breaks = [each.start() for each in _LINE_BREAK.finditer(text)]

    def place(self, begin: int, end: int) -> Location:
        """Return the place of what stands from one offset to another."""
        breaks = self._breaks
        first = last = bisect_left(breaks, begin)
        if end > breaks[first]:
            last = bisect_left(breaks, end)
        return Location(self.name, first, begin - breaks[first - 1], last, end - breaks[last - 1])


class MarkdownText:
    """A file's text with its first `skip` lines (front matter) emptied, and two readings of it.

    `blocks` has code blocks and comments blanked out, `prose` code spans too. Offsets agree between the two, and both
    begin and end with a line break, so that a pattern for a whole line can begin with one.
    """

    __slots__ = ("blocks", "lines", "prose")

    def __init__(self, text: str, name: str, skip: int = 0) -> None:
        whole = "\n" * (skip + 1) + text + "\n"
        self.blocks, self.prose = _without_code(whole)
        self.lines = Lines(whole, name)


def blank(text: str, parts: list[tuple[int, int]]) -> str:
    """Return a text with parts of it, in their order, replaced by spaces; line breaks stay."""
    if not parts:
        return text
    pieces: list[str] = []
    at = 0
    for begin, end in parts:
        pieces += text[at:begin], _ANY.sub(" ", text[begin:end])
        at = end
    return "".join([*pieces, text[at:]])


def _without_code(text: str) -> tuple[str, str]:
    blocks: list[tuple[int, int]] = []
    spans: list[tuple[int, int]] = []
    if "`" in text or "~~~" in text or "<!--" in text:
        _find_code(text, blocks, spans)
    without = blank(text, blocks)
    indented = _indented(without) if _INDENTED.search(without) else []
    without = blank(without, indented)
    return without, blank(without, spans)


def _find_code(text: str, blocks: list[tuple[int, int]], spans: list[tuple[int, int]]) -> None:
    """Collect fenced blocks and comments, and spans of code; what opens first wins."""
    at = until = 0
    runs: dict[int, list[int]] = {}
    unclosed = False
    for found in _OPENERS.finditer(text):
        opener, begin = found[0], found.start()
        if begin < at or opener[0] == "\\":
            continue
        at = found.end()
        if opener == "<!--":
            end = -1 if unclosed else text.find("-->", begin + 2)
            unclosed = end < 0
            if not unclosed:
                at = end + 3
            elif _begins_block(text, begin) is not None:
                at = len(text)
            else:
                continue
            blocks.append((begin, at))
        elif len(opener) > 2 and (before := _begins_block(text, begin)) is not None and _opens(text, opener, at):
            at = _end_of_fence(text, at, opener, ">" in before)
            blocks.append((begin, at))
        elif opener[0] == "`":
            if begin >= until:  # all runs of this block at once: looking for each one's end would be quadratic
                ended = _END_OF_BLOCK.search(text, at)
                until = ended.start() if ended is not None else len(text)
                runs = {}
                for run in _RUN.finditer(text, begin, until):
                    runs.setdefault(run.end() - run.start(), []).append(run.start())
            same = runs.get(len(opener), [])
            after = bisect_right(same, begin)
            if after < len(same):
                at = same[after] + len(opener)
                spans.append((begin, at))


def _begins_block(text: str, at: int) -> str | None:
    """Return what stands before `at` on its line if that is nothing but indentation, quote and list markers."""
    begin = text.rfind("\n", max(0, at - _LONGEST_BEFORE), at) + 1
    before = text[begin:at]
    return before if begin and _BEFORE_FENCE.fullmatch(before) else None


def _opens(text: str, opener: str, at: int) -> bool:
    return opener[0] == "~" or "`" not in text[at : text.find("\n", at)]


def _end_of_fence(text: str, at: int, opener: str, in_quote: bool) -> int:
    left = r"|(?![ \t]*+>)" if in_quote else ""  # the quote's end is the fence's too
    fence = rf"[ \t>]*+{opener[0]}{{{len(opener)},}}+[ \t]*+(?=\n)"
    closing = re.compile(rf"\n(?:{fence}{left})").search(text, at)
    if closing is None:
        return len(text) - 1
    return closing.end() if len(closing[0]) > 1 else closing.start()


def _indented(text: str) -> list[tuple[int, int]]:
    """Return the lines that are code because they are indented and belong to no list."""
    parts: list[tuple[int, int]] = []
    begin = 0
    empty, code, in_list = True, False, False
    for line in text.split("\n"):
        end = begin + len(line)
        if not line or line.isspace():
            empty = True
        elif line.startswith(("    ", "\t")):
            code = code or (empty and not in_list)
            if code:
                parts.append((begin, end))
            empty = False
        else:
            code = False
            in_list = _HOLDS_INDENTED.match(line) is not None or (in_list and (line[0] == " " or not empty))
            empty = line[0] == "#"  # code may follow a heading at once
        begin = end + 1
    return parts


def plain(text: str) -> str:
    """Return a piece of one line without its markup: emphasis, code, what links point at, escapes, doubled spaces."""
    if _MARKUP.search(text) is None and "  " not in text:
        return text.strip()
    if "[" in text:
        text = _LINK.sub(r"\1", _WIKI.sub(lambda match: _shown(match[1]), text))
    if "`" in text:
        text = _CODE.sub(r"\2", text)
    if "<" in text:
        text = _AUTOLINK.sub(r"\1", _BREAK.sub(" ", text))
    for pattern, marker in ((_STARS, "*"), (_UNDERSCORES, "_")):
        for _ in range(4):
            if marker not in text:
                break
            text, count = pattern.subn(r"\2", text)
            if not count:
                break
    if "\\" in text:
        text = _ESCAPE.sub(r"\1", text)
    if "&" in text:
        from html import unescape  # its table of names is large and seldom needed

        text = unescape(text)
    return _SPACES.sub(" ", text).strip()


def _shown(wiki: str) -> str:
    target, bar, shown = wiki.replace("\\|", "|").partition("|")
    return shown if bar and shown else target


def printable(text: str) -> str:
    """Return a text without the characters that no text needs."""
    return UNWANTED.sub("", text)
