"""What openpyxl does not tell of a sheet that it reads row by row: merged and hidden cells, formulas without a value.

Reading the sheet as a whole would tell, at fifty times the memory, and would fill in every cell of a merged range.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import IO, NamedTuple
from xml.parsers import expat

__all__ = ["Merged", "Scan", "UnusualError", "column_letters", "scan_sheet"]

_REF = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})\Z")
_DATED = re.compile(r"\b(?:TODAY|NOW)\(", re.IGNORECASE)
_ROWS, _COLUMNS = 1_048_576, 16_384
_TRUE = ("1", "true")
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main "
_TAG_C = _MAIN + "c"
_FILLING = (_MAIN + "v", _MAIN + "is")


class UnusualError(Exception):
    """A sheet is not as any spreadsheet program writes it; the message says what is wrong."""


class Merged(NamedTuple):
    """A range of cells that is shown as one; rows and columns from 1."""

    row: int
    column: int
    last_row: int
    last_column: int

    def __str__(self) -> str:
        first, last = column_letters(self.column), column_letters(self.last_column)
        return f"{first}{self.row}:{last}{self.last_row}"


@dataclass(slots=True)
class Scan:
    """Facts on a sheet; rows and columns count from 1, a cell is a pair of them."""

    last_row: int = 0
    """The last row with a value."""
    slots: int = 0
    """Cells from the first column to the last one of each row, empty ones included."""
    merged: dict[tuple[int, int], Merged] = field(default_factory=dict)
    """The merged ranges, by their first cell, which has the value."""
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[range] = field(default_factory=list)
    uncalculated: set[tuple[int, int]] = field(default_factory=set)
    """Formulas without a stored value."""
    formulas: int = 0
    dated: list[tuple[int, int]] = field(default_factory=list)
    """Formulas whose value depends on the day on which they were worked out."""


def column_letters(column: int) -> str:
    """Return what a column is called: 1 is A, 27 is AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _cell(ref: str) -> tuple[int, int]:
    """Return row and column of a cell such as D14."""
    found = _REF.match(ref)
    if found is None:
        raise UnusualError(f"{ref[:20]!r} is the name of no cell")
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    row = int(found[2])
    if not 0 < row <= _ROWS or column > _COLUMNS:
        raise UnusualError(f"there is no cell {ref}")
    return row, column


def scan_sheet(stream: IO[bytes], slots: int) -> Scan:
    """Run through the XML of a sheet once.

    Raises UnusualError where rows or cells stand in an order in which no program writes them, since one of two would be
    lost, or where there are more than `slots` cells; ExpatError where it is no XML.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    scanner = _Scanner(slots, parser)
    parser.StartElementHandler = scanner.start
    parser.ParseFile(stream)
    scanner.end_cell()
    return scanner.scan


class _Scanner:
    """Goes by the beginnings of elements alone, since a call for each end and each text would double the time."""

    def __init__(self, slots: int, parser: expat.XMLParserType) -> None:
        self.scan = Scan()
        self.most = slots
        self.parser = parser
        self.row = self.column = 0
        self.digits = "0"
        self.numbers: dict[str, int] = {}
        self.result: str | None = None
        self.formula: str | None = None
        self.filled = False
        self.within_formula = False
        self.share: str | None = None
        self.shared: set[str] = set()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == _TAG_C:
            if self.formula is not None:
                self.end_cell()
            self.start_cell(attributes)
        elif name in _FILLING:
            self.scan.last_row = self.row
            self.filled = self.formula is None
            self.within_formula = False
        else:
            self.start_other(name.removeprefix(_MAIN), attributes)

    def start_other(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "row":
            self.end_cell()
            self.start_row(attributes)
        elif tag == "f":
            self.formula, self.within_formula = "", True
            self.share = attributes.get("si") if attributes.get("t") == "shared" else None
            self.parser.CharacterDataHandler = self.text
        elif tag == "mergeCell":
            first, _, last = attributes.get("ref", "").partition(":")
            begin = _cell(first)
            self.scan.merged[begin] = Merged(*begin, *_cell(last or first))
        elif tag == "col" and attributes.get("hidden") in _TRUE:
            self.scan.hidden_columns.append(range(int(attributes["min"]), int(attributes["max"]) + 1))

    def start_row(self, attributes: dict[str, str]) -> None:
        try:
            row = int(attributes.get("r", self.row + 1))
        except ValueError:
            row = 0
        if not self.row < row <= _ROWS:
            raise UnusualError(f"row {row} stands after row {self.row}")
        self.row, self.column, self.digits = row, 0, str(row)
        if attributes.get("hidden") in _TRUE:
            self.scan.hidden_rows.add(row)

    def start_cell(self, attributes: dict[str, str]) -> None:
        ref = attributes.get("r")
        column = self.column + 1
        if ref is not None:
            letters = ref.removesuffix(self.digits)
            known = self.numbers.get(letters)
            if known is None:
                known = self.numbers[letters] = _cell(f"{letters}1")[1] if letters.isalpha() else 0
            if known < column or letters == ref:
                raise UnusualError(f"the cell {ref[:20]} stands in row {self.row} after {self.column} columns")
            column = known
        self.scan.slots += column - self.column
        if self.scan.slots > self.most:
            raise UnusualError(f"up to row {self.row} there are more than {self.most:,} cells")
        self.column = column
        self.result = attributes.get("t")

    def text(self, data: str) -> None:
        if self.within_formula:
            self.formula = (self.formula or "") + data
        elif data.strip():
            self.filled = True

    def end_cell(self) -> None:
        """Note what is to be known of a cell that has a formula."""
        if self.formula is None:
            return
        place = self.row, self.column
        self.scan.formulas += 1
        self.scan.last_row = self.row
        if not self.filled and self.result != "str":
            self.scan.uncalculated.add(place)
        if _DATED.search(self.formula) is not None or self.share in self.shared:
            self.scan.dated.append(place)
            if self.share is not None:
                self.shared.add(self.share)
        self.parser.CharacterDataHandler = None
        self.formula = self.share = None
        self.filled = False
