"""CSV as rows of texts with positions, as spreadsheets and databases of any country write it.

What is written is what is read, without the spaces around it. Nothing is lost silently, and no value is taken for that
of another column: a row with more values than columns is not read, and one that ends early is read and announced.
"""

from __future__ import annotations

import csv
import io
import re
from array import array
from collections.abc import Sequence
from itertools import islice
from typing import Any, NoReturn

from isocheck.errors import InputError, Problem, quoted
from isocheck.location import Location
from isocheck.sources.csv_places import CsvPlaces
from isocheck.sources.decoding import LINE_END, decode, without_unwanted
from isocheck.sources.separators import NO_SEPARATOR, declared_separator, told_separator
from isocheck.sources.tables import ERRORS, check_headings, listed, shortened
from isocheck.sources.yaml_reader import Limits, too_large

__all__ = ["CsvTable", "read_csv"]

_CONTENT = re.compile(r'[^\s,;|"]')
_SEP_LINE = re.compile(r'"?sep=([^"\r\n])"?[\t ,;|]*(?:\r\n?|\n|\Z)', re.IGNORECASE)
_SPECIAL = re.compile(r'="|#[A-Z]')
_KEPT_AS_TEXT = re.compile(r'="([^"]*)"\Z')
_LONGEST = 100  # lines of one record: beyond, a quote was forgotten


class CsvTable:
    """The rows of one CSV file, by the headings of their columns; fits the protocol Rows."""

    __slots__ = ("_columns", "_header", "_lines", "_places", "fields", "name", "notices", "problems", "rows")

    def __init__(self, name: str, places: CsvPlaces, header: int, headings: Sequence[str]) -> None:
        self.name = name
        self.fields = tuple(filter(None, headings))
        self.rows: list[dict[str, Any]] = []
        self.problems: list[Problem] = []
        self.notices: list[Problem] = []
        self._columns = {heading: at for at, heading in enumerate(headings) if heading}
        self._header = header
        self._lines = array("L")
        self._places = places

    def add(self, line: int, row: dict[str, Any]) -> None:
        """Add a row, which begins on a line."""
        self._lines.append(line)
        self.rows.append(row)

    def locate(self, path: Sequence[str | int]) -> Location:
        """Return the place of the last step that the file has of a path: a row, a field of it; else of the headings.

        A row is shown by its first cell, a cell that its row lacks by the end of the row.
        """
        row = path[0] if path else None
        if not isinstance(row, int) or not 0 <= row < len(self._lines):
            return self._places.place(self._header, 0)
        field = path[1] if len(path) > 1 else None
        return self._places.place(self._lines[row], self._columns.get(field, 0) if isinstance(field, str) else 0)

    def locate_field(self, field: str) -> Location:
        """Return the place of a heading, or of the first one where there is none of that name."""
        return self._places.place(self._header, self._columns.get(field, 0))


def read_csv(
    raw: bytes,
    name: str,
    *,
    separator: str | None = None,
    encoding: str | None = None,
    header: int | None = None,
    limits: Limits | None = None,
) -> CsvTable:
    """Read one CSV file; `name` is what messages call it.

    What is None is told from the file: the separator (comma, semicolon, tab or pipe) from its first rows, the encoding
    from a byte order mark or else UTF-8, and the headings are on the first line that is not blank; `header` is the
    number of their line, from 1.
    Raises InputError where there is no table to read; rows that cannot be read become problems of the table.
    """
    limits = limits or Limits()
    if len(raw) > limits.bytes:
        raise InputError([Problem(too_large(limits.bytes), Location(name))])
    text, problems = without_unwanted(decode(raw, name, encoding), name)
    line, begin, said = _beginning(text, name, header)
    body = text[begin:]
    declared = separator or said
    chosen = declared_separator(declared, name) if declared else told_separator(body, line, name)
    places = CsvPlaces(name, text, chosen)
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=chosen, strict=True, skipinitialspace=True)
    try:
        headings = [" ".join(cell.split()) for cell in next(reader)]
    except csv.Error:
        message = "a quote among the headings is not closed, or text stands after it"
        raise InputError([Problem(message, places.broken(line))]) from None
    check_headings(headings, lambda at: f"column {at + 1}", lambda at: places.place(line, at))
    table = CsvTable(name, places, line, headings)
    table.problems += problems
    _Reading(table, places, headings, chosen, limits).read(reader, line, _SPECIAL.search(body) is not None)
    return table


def _beginning(text: str, name: str, header: int | None) -> tuple[int, int, str | None]:
    """Return the line of the headings, where it begins, and the separator that a first line such as "sep=;" names."""
    said = _SEP_LINE.match(text)
    separator = said[1] if said else None
    if header is None:
        found = _CONTENT.search(text, said.end() if said else 0)
        if found is None:
            _refuse("the file holds no headings and no rows", name, 1)
        line, begin = 1, 0
        for end in LINE_END.finditer(text, 0, found.start()):
            line, begin = line + 1, end.end()
        return line, begin, separator
    if header < 1:
        _refuse(f"'header' is the number of a line, from 1, not {header}", name, 1)
    before = next(islice(LINE_END.finditer(text), header - 2, None), None) if header > 1 else None
    begin = before.end() if before else 0
    if (header > 1 and before is None) or _CONTENT.search(text, begin) is None:
        _refuse(f"there is no line {header} with headings", name, 1)
    return header, begin, separator


def _refuse(message: str, name: str, line: int) -> NoReturn:
    raise InputError([Problem(message, Location(name, line, 1, line, 1))])


class _Reading:
    """Reads the rows below the headings into a table, and what is wrong with them."""

    def __init__(self, table: CsvTable, places: CsvPlaces, headings: list[str], separator: str, limits: Limits) -> None:
        self.table = table
        self.places = places
        self.headings = headings
        self.separator = separator
        self.limits = limits
        self.named = max(at for at, heading in enumerate(headings) if heading) + 1
        self.ragged: list[tuple[int, str]] = []
        self.short: list[int] = []
        self.errors: list[tuple[tuple[int, str], str]] = []
        self.unnamed: dict[int, list[int]] = {}

    def read(self, reader: Any, line: int, special: bool) -> None:
        """Read all rows; `special` tells that some value may be more than plain text."""
        headings, width, add = self.headings, len(self.headings), self.table.add
        first, following = line, line + int(reader.line_num)
        complete = all(headings)
        count = 0
        while True:
            try:
                for cells in reader:
                    line, following = following, first + reader.line_num
                    if following - line > 1:
                        if self.swallows(cells, line, following):
                            continue
                        cells = [LINE_END.sub("\n", cell) for cell in cells]
                    if len(cells) != width and (cells := self.fitted(cells, line)) is None:
                        continue
                    row = {
                        heading: value
                        for heading, cell in zip(headings, cells, strict=False)
                        if (value := cell.strip())
                    }
                    if not complete and "" in row:
                        self.leave_out(row, cells, line)
                    if special:
                        self.amend(row, line)
                    if row:
                        add(line, row)
                        count += len(row)
                        if count > self.limits.cells:
                            _refuse(
                                f"the file holds more than {self.limits.cells} values; split it", self.table.name, line
                            )
                break
            except csv.Error as error:
                line, following = following, first + reader.line_num
                if not self.goes_on(str(error), line, following - 1):
                    break
        self.report()

    def fitted(self, cells: list[str], line: int) -> list[str] | None:
        """Return the cells of a row that is not as long as the headings, or None where it is no row."""
        width = len(self.headings)
        if not any(map(str.strip, cells)):
            return None
        if len(cells) > width:
            if not any(map(str.strip, cells[width:])):
                return cells
            why = f"{len(cells)} values for {width} column{'s' if width > 1 else ''}"
            if self.separator != NO_SEPARATOR:
                sign = "tab" if self.separator == "\t" else quoted(self.separator)
                why += f"; a {sign} inside a value needs quotes around the value"
            self.ragged.append((line, f"{why}; the row is not read"))
            return None
        if len(cells) == 1 and self.named > 2:
            why = f"one value for {self.named} columns; the row is not read"
            self.ragged.append((line, f"{why}: write the separators if it is one"))
            return None
        if len(cells) < self.named:
            self.short.append(line)
        return cells

    def leave_out(self, row: dict[str, Any], cells: list[str], line: int) -> None:
        """Leave out what stands below no heading."""
        del row[""]
        for at, (heading, cell) in enumerate(zip(self.headings, cells, strict=False)):
            if not heading and cell.strip():
                self.unnamed.setdefault(at, []).append(line)

    def amend(self, row: dict[str, Any], line: int) -> None:
        """Leave out errors of a spreadsheet; unwrap what exports wrap so that it stays a text (="007")."""
        for field, value in [*row.items()]:
            if value in ERRORS:
                self.errors.append(((line, field), f"the cell holds the error {value} and is taken as empty"))
                del row[field]
            elif (wrapped := _KEPT_AS_TEXT.match(value)) is not None:
                row[field] = wrapped[1].strip()
                if not row[field]:
                    del row[field]

    def swallows(self, cells: list[str], line: int, following: int) -> bool:
        """Tell whether a record over several lines looks as if a quote was forgotten, and note where."""
        if len(cells) == 0:
            return False
        apart = len(self.headings) - 1
        suspect = following - line > _LONGEST
        for at, cell in enumerate(cells):
            begin, *inner = [part.count(self.separator) for part in LINE_END.split(cell) if part.strip()] or [0]
            if suspect or not inner or not apart:
                continue
            *inner, end = inner
            rows = all(count == apart for count in inner)
            ends = begin + at == apart and end + len(cells) - 1 - at == apart
            if rows and ((len(inner) > 2 and apart > 1) or (ends and len(cells) <= apart)):
                suspect = True
        if suspect:
            longest = max(range(len(cells)), key=lambda at: len(cells[at]))
            what = f"the quote that begins here is closed on line {following - 1} only; is a closing quote missing?"
            self.table.problems.append(
                Problem(f"{what} {_lines(line, following - 1)} not read", self.places.place(line, longest))
            )
        return suspect

    def goes_on(self, error: str, line: int, last: int) -> bool:
        """Note a record that cannot be read; tell whether reading can go on after it."""
        if "expected after" in error:
            if last == line:
                why = "text stands after a closing quote; a quote inside a value is written twice; the row is"
            else:
                why = f"the quote that begins here is closed on line {last} only, with text after it; "
                why += _lines(line, last)
            message, on = f"{why} not read", True
        else:
            why = "the quote that begins here is never closed"
            if "limit" in error:
                why = f"this value has more than {csv.field_size_limit()} characters"
            message, on = f"{why}; nothing from here on is read", False
        self.table.problems.append(Problem(message, self.places.broken(line)))
        return on

    def report(self) -> None:
        """Add what was found to the problems and notices of the table."""
        table, place = self.table, self.places.place
        width = len(self.headings)
        table.problems += shortened(self.ragged, lambda line: place(line, width), "rows that are not read")
        table.problems += shortened(self.errors, lambda key: place(key[0], table._columns[key[1]]), "errors")
        for at, lines in self.unnamed.items():
            many = f" ({len(lines)} rows)" if len(lines) > 1 else ""
            what = f"a value stands in column {at + 1}, which has no heading; it is not read{many}"
            hint = "write the heading, or declare 'header:' if the headings are on another line"
            table.problems.append(Problem(f"{what}: {hint}", place(lines[0], at)))
        if self.short:
            many = f"{len(self.short)} rows end" if len(self.short) > 1 else "1 row ends"
            what = f"{many} before the last column; what is missing there is taken as empty"
            where = f" (line{'s' if len(self.short) > 1 else ''} {listed(self.short)})"
            table.notices.append(Problem(what + where, place(self.short[0], 0)))


def _lines(first: int, last: int) -> str:
    return f"lines {first} to {last} are"
