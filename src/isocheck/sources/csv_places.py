"""Where the values of a CSV file stand, looked up in its text when somebody asks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from isocheck.location import Location
from isocheck.sources.decoding import LINE_END

__all__ = ["CsvPlaces"]


class CsvPlaces:
    """The places of cells, by the line on which their record begins (from 1) and their number in it (from 0)."""

    __slots__ = ("_cell", "_name", "_separator", "_starts", "_text")

    def __init__(self, name: str, text: str, separator: str) -> None:
        self._name = name
        self._text = text
        self._separator = separator
        self._cell = re.compile(rf' *+(?:"[^"]*+(?:""[^"]*+)*+"|(?!")[^{re.escape(separator)}\r\n]*+)')
        self._starts: list[int] | None = None

    def place(self, line: int, index: int) -> Location:
        """Return the place of a cell with its quotes, without spaces around it; the record's end if it has none."""
        cells = list(self._cells(self._begin(line)))
        begin, end = cells[index] if index < len(cells) else (cells[-1][1],) * 2
        while begin < end and self._text[begin].isspace():
            begin += 1
        while begin < end and self._text[end - 1].isspace():
            end -= 1
        return self._location(begin, end)

    def broken(self, line: int) -> Location:
        """Return the place of the first cell of a record whose quote is not closed, or closed before the cell ends."""
        *_, (begin, _) = self._cells(self._begin(line))
        while self._text[begin : begin + 1] == " ":
            begin += 1
        return self._location(begin, begin + 1)

    def _begin(self, line: int) -> int:
        return self._line_starts()[line - 1]

    def _line_starts(self) -> list[int]:
        if self._starts is None:
            self._starts = [0, *(found.end() for found in LINE_END.finditer(self._text))]
        return self._starts

    def _cells(self, at: int) -> Iterator[tuple[int, int]]:
        """Yield where each cell of a record begins and ends; the last one is the first that is no proper cell."""
        text = self._text
        while True:
            found = self._cell.match(text, at)
            if found is None:
                yield at, min(at + 1, len(text))
                return
            yield at, found.end()
            at = found.end()
            if text[at : at + 1] != self._separator:
                return
            at += 1

    def _location(self, begin: int, end: int) -> Location:
        starts = self._line_starts()
        line, end_line = bisect_right(starts, begin), bisect_right(starts, end)
        return Location(self._name, line, begin - starts[line - 1] + 1, end_line, end - starts[end_line - 1] + 1)
