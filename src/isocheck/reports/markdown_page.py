"""Parts of pages in GitHub-flavoured Markdown: texts from input made harmless, tables, and rows that may be left out.

Texts from input are escaped so that they read as they were written: no markup, no HTML, no mention of a user, no
formula. Where a page would be too long, whole rows are left out from the least grave end, and the page says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from isocheck.reports.text import number, one_line

__all__ = ["Block", "code", "escape", "fit", "head", "row"]

# How texts from input are written -------------------------------------------------------------------------------

_MARKUP = re.compile(r"[\\`*_\[\]<>~&#]")
_MENTION = re.compile(r"(?<![A-Za-z0-9_/])([@#])(?=[A-Za-z0-9])")
_LINK = re.compile(r":(?=//)|(?<=www)\.", re.IGNORECASE)
_START = re.compile(r"[-+=]|\d+(?=[.)](?:\s|\Z))")
_PLAIN_CODE = re.compile(r"[^`|\\]+")


def escape(text: str) -> str:
    """Write text so that Markdown, also in a table's cell, shows it as it is, in one line."""
    said = _MARKUP.sub(r"\\\g<0>", one_line(text))
    said = _MENTION.sub(r"\1<!-- -->", _LINK.sub(r"\\\g<0>", said))
    said = said.replace("|", "&#124;").replace("$", "&#36;")
    if start := _START.match(said):
        before = start.end() if start[0].isdigit() else 0
        said = f"{said[:before]}\\{said[before:]}"
    return said


def code(text: str) -> str:
    """Write text in a fixed pitch, also in a table's cell."""
    said = one_line(text)
    if not said:
        return ""
    if _PLAIN_CODE.fullmatch(said):
        return f"`{said}`"
    return f"<code>{''.join(each if each.isalnum() or each in ' /' else f'&#{ord(each)};' for each in said)}</code>"


def row(*cells: str) -> str:
    """A row of a table."""
    return f"| {' | '.join(cells)} |\n"


def head(*cells: str) -> str:
    """A table's first two lines; a cell that begins with '>' is aligned to the right."""
    return row(*(cell.lstrip(">") for cell in cells)) + row(*("--:" if cell[:1] == ">" else ":--" for cell in cells))


@dataclass(frozen=True, slots=True)
class Block:
    """A part of the page: rows between a beginning and an end.

    Rows are made as they are needed. Where the page is too long, blocks lose rows in the order of `rank`, the highest
    first; `what` and `whats` name one row and more than one.
    """

    before: str
    rows: Iterable[str] = ()
    amount: int = 0
    after: str = ""
    rank: int = 0
    what: str = "row"
    whats: str = ""


# How the page is kept short -------------------------------------------------------------------------------------


def fit(blocks: Iterable[Block], limit: int) -> str:
    """Join blocks; where they are too long, leave out whole rows, the least grave first."""
    parts = [_Part(block, limit) for block in blocks]
    for part in sorted(parts, key=lambda part: -part.block.rank):
        over = sum(each.size for each in parts) - limit
        if over > 0:
            part.shorten(over)
    page = "".join(part.text for part in parts)
    return page if _size(page) <= limit else _cut(page, limit)


def _size(text: str) -> int:
    return len(text.encode("utf-8"))


def _cut(page: str, limit: int) -> str:
    """The first lines of a page of which nothing but its frame is left and which is still too long."""
    held = page.encode("utf-8")[: max(limit, 0)].decode("utf-8", errors="ignore")
    return held[: held.rfind("\n") + 1] or held


class _Part:
    """A block of which as many rows are held as may stand on the page."""

    def __init__(self, block: Block, limit: int) -> None:
        self.block = block
        self.rows: list[str] = []
        self.sizes: list[int] = []
        held = 0
        for row in block.rows:
            held += _size(row)
            if held > limit:
                break
            self.rows.append(row)
            self.sizes.append(_size(row))

    @property
    def note(self) -> str:
        """What was left out, in words."""
        out = self.block.amount - len(self.rows)
        if not out:
            return ""
        said = number(out, self.block.what, self.block.whats)
        verb = "is" if out == 1 else "are"
        more = "more " if self.rows else ""
        said = said.replace(" ", f" {more}", 1)
        return f"\n**{said} {verb} left out to keep this page short; the JSON report has all.**\n"

    @property
    def text(self) -> str:
        """The block as it stands on the page."""
        return f"{self.block.before}{''.join(self.rows)}{self.note}{self.block.after}"

    @property
    def size(self) -> int:
        """Bytes of the text."""
        return _size(self.block.before) + sum(self.sizes) + _size(self.note) + _size(self.block.after)

    def shorten(self, over: int) -> None:
        """Leave out rows from the end until that many bytes are saved, or none is left."""
        wanted = self.size - over
        frame = _size(self.block.before) + _size(self.block.after)
        held = sum(self.sizes)
        while self.rows and frame + held + _size(self.note) > wanted:
            self.rows.pop()
            held -= self.sizes.pop()
