"""A sheet of a workbook (.xlsx) as rows of texts with the cells that they stand in; needs the extra `xlsx`.

The values stored in the file are read; no formula is worked out. A cell means what a person takes it to mean who looks
at the sheet, and where that is not certain it is announced: see docs/tables.md.
"""

from __future__ import annotations

import warnings
from array import array
from collections.abc import Sequence
from io import BytesIO
from typing import Any, NoReturn

from isocheck.errors import InputError, Problem, did_you_mean, quoted
from isocheck.location import Location
from isocheck.sources.tables import ERRORS, check_headings, listed, shortened
from isocheck.sources.xlsx_package import checked_package
from isocheck.sources.xlsx_scan import Merged, Scan, UnusualError, column_letters, scan_sheet
from isocheck.sources.xlsx_values import cell_value
from isocheck.sources.yaml_reader import UNWANTED, Limits, too_large, unwanted

__all__ = ["Sheet", "read_xlsx"]

_SLOTS = 4  # times the values that a table may hold: cells that are only formatted count as well

_Cell = tuple[int, int]


class Sheet:
    """The rows of one sheet, by the headings of their columns; fits the protocol Rows.

    `beside` are the other sheets of the workbook, as a list of what is not read shows them.
    """

    __slots__ = ("_columns", "_header", "_numbers", "beside", "fields", "name", "notices", "problems", "rows", "sheet")

    def __init__(self, name: str, sheet: str, header: int, columns: dict[int, str]) -> None:
        self.name = name
        self.sheet = sheet
        self.fields = tuple(columns.values())
        self.rows: list[dict[str, Any]] = []
        self.problems: list[Problem] = []
        self.notices: list[Problem] = []
        self.beside: tuple[str, ...] = ()
        self._columns = {heading: column for column, heading in columns.items()}
        self._header = header
        self._numbers = array("L")

    def add(self, number: int, row: dict[str, Any]) -> None:
        """Add a row of the sheet by its number."""
        self._numbers.append(number)
        self.rows.append(row)

    def locate(self, path: Sequence[str | int]) -> Location:
        """Return the cell of the last step that the sheet has of a path: a row, a field of it; else of the headings.

        A row is shown by its cell in the first column that has a heading.
        """
        row = path[0] if path else None
        known = isinstance(row, int) and 0 <= row < len(self._numbers)
        number = self._numbers[row] if known and isinstance(row, int) else self._header
        return self._at(number, path[1] if known and len(path) > 1 else None)

    def locate_field(self, field: str) -> Location:
        """Return the cell of a heading, or of the first one where there is none of that name."""
        return self._at(self._header, field)

    def _at(self, number: int, field: object) -> Location:
        column = self._columns.get(field) if isinstance(field, str) else None
        return _place(self.name, self.sheet, (number, column or self._columns[self.fields[0]]))


def _place(name: str, sheet: str, cell: _Cell) -> Location:
    return Location(name, sheet=sheet, cell=f"{column_letters(cell[1])}{cell[0]}")


def read_xlsx(
    raw: bytes, name: str, *, sheet: str | None = None, header: int | None = None, limits: Limits | None = None
) -> Sheet:
    """Read one sheet of a workbook; `name` is what messages call the file.

    Without `sheet` the only visible one is read; without `header`, the number of a row, the headings are in the first
    row that holds a value and is no caption.
    Raises InputError where there is no sheet to read, or openpyxl is not installed; cells that cannot be read become
    problems.
    """
    limits = limits or Limits()
    if len(raw) > limits.bytes:
        raise InputError([Problem(too_large(limits.bytes), Location(name))])
    try:
        import openpyxl
    except ImportError:
        message = "workbooks are read with an extra: pip install 'isocheck[xlsx]'; or save the sheet as CSV"
        raise InputError([Problem(message, Location(name))]) from None
    package = checked_package(raw, name, limits)
    with warnings.catch_warnings(), package:
        warnings.simplefilter("ignore")  # openpyxl tells of drawings, lists and the like, which no register needs
        try:
            book = openpyxl.load_workbook(BytesIO(raw), read_only=True, data_only=True, keep_links=False)
            try:
                chosen = _choose(book, sheet, name)
                with package.open(chosen._worksheet_path) as stream:
                    scan = scan_sheet(stream, _SLOTS * limits.cells)
                chosen.reset_dimensions()  # what a sheet says of its size is not always true
                stale = bool(book.calculation.fullCalcOnLoad)
                table = _Reading(name, chosen.title, scan, limits).read(chosen, header, stale)
                others = (each.title for each in book.worksheets if each is not chosen)
                table.beside = tuple(f"sheet {quoted(title)}" for title in others)
                return table
            finally:
                book.close()
        except InputError:
            raise
        except UnusualError as error:
            message = f"the sheet is not as spreadsheet programs write it: {error}; save it again in one"
        except Exception as error:  # what openpyxl raises on damaged workbooks is not one kind of error
            why = str(error).partition("\n")[0][:200] or type(error).__name__
            message = f"the workbook cannot be read ({why}); open it in a spreadsheet program and save it again"
        raise InputError([Problem(message, Location(name))])


def _choose(book: Any, wanted: str | None, name: str) -> Any:
    """Return the sheet that was asked for, or the only visible one."""
    sheets = {sheet.title: sheet for sheet in book.worksheets}
    visible = [title for title, sheet in sheets.items() if sheet.sheet_state == "visible"]
    if wanted is not None:
        folded = wanted.strip().casefold()  # spreadsheet programs do not tell apart what differs in case
        found = next((title for title in sheets if title.strip().casefold() == folded), None)
        if found is not None:
            return sheets[found]
        message = f"there is no sheet {quoted(wanted)}{did_you_mean(wanted, sheets)}"
        if "did you mean" not in message:
            message += f"; there is {listed([quoted(title) for title in sheets])}" if sheets else ""
        raise InputError([Problem(message, Location(name))])
    if len(visible) == 1:
        return sheets[visible[0]]
    which = listed([quoted(title) for title in visible or sheets])
    why = f"the workbook has {len(visible)} visible sheets" if sheets else "the workbook has no sheets"
    raise InputError([Problem(f"{why}; declare 'sheet:', one of {which}" if sheets else why, Location(name))])


class _Reading:
    """Reads one sheet, and what is wrong with it or may not be expected."""

    def __init__(self, name: str, sheet: str, scan: Scan, limits: Limits) -> None:
        self.name = name
        self.sheet = sheet
        self.scan = scan
        self.limits = limits
        self.columns: dict[int, str] = {}
        self.wrong: list[tuple[_Cell, str]] = []
        self.unnamed: dict[int, _Cell] = {}
        self.spread: list[tuple[_Cell, str]] = []
        self.captions: list[_Cell] = []
        self.repeated: dict[_Cell, Merged] = {}
        self.carried: dict[int, tuple[Merged, str | bool]] = {}

    def place(self, cell: _Cell) -> Location:
        return _place(self.name, self.sheet, cell)

    def refuse(self, message: str, cell: _Cell) -> NoReturn:
        raise InputError([Problem(message, self.place(cell))])

    def read(self, sheet: Any, header: int | None, stale: bool) -> Sheet:
        """Read headings and rows; `stale` tells that the workbook asks for its formulas to be worked out anew."""
        table: Sheet | None = None
        count = 0
        rows = sheet.iter_rows(max_row=self.scan.last_row) if self.scan.last_row else ()
        for number, cells in enumerate(rows, 1):
            values = self.values(number, cells, table is not None)
            if not values and number != header:
                continue
            if table is None:
                own = len(values)
                self.carry(number, values)
                if (header is None and not self.is_caption(number, values, own)) or number == header:
                    table = self.headings(number, values)
                    self.carried.clear()
                continue
            if self.is_caption(number, values, len(values)):
                continue
            self.carry(number, values)
            row: dict[str, Any] = {}
            for column, value in values.items():
                heading = self.columns.get(column)
                if heading is None:
                    self.unnamed.setdefault(column, (number, column))
                else:
                    row[heading] = value
            if row:
                table.add(number, row)
                count += len(row)
                if count > self.limits.cells:
                    self.refuse(f"the sheet holds more than {self.limits.cells} values; split it", (number, 1))
        if table is None:
            what = "the sheet is empty" if header is None else f"there is no row {header} with headings"
            self.refuse(what, (1, 1))
        self.report(table, stale)
        return table

    def values(self, number: int, cells: Sequence[Any], note: bool) -> dict[int, str | bool]:
        """Return the values of a row by column; what is wrong with a cell is noted for rows below the headings."""
        values: dict[int, str | bool] = {}
        for column, cell in enumerate(cells, 1):
            value = cell.value
            if value is None:
                if note and self.scan.uncalculated and (number, column) in self.scan.uncalculated:
                    why = "this formula has never been worked out; open the file in a spreadsheet program and save it"
                    self.wrong.append(((number, column), why))
                continue
            if isinstance(value, str):
                if cell.data_type == "e" or value in ERRORS:
                    if note:
                        self.wrong.append(((number, column), f"the cell holds the error {value} and is taken as empty"))
                    continue
                text = value if value.isprintable() else self.readable(value, (number, column))
                if text := text.strip():
                    values[column] = text
            else:
                values[column] = cell_value(value, cell.number_format)
        return values

    def readable(self, text: str, cell: _Cell) -> str:
        """Return a text with line breaks of one kind, and without what no text needs."""
        text = text.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n")
        found = UNWANTED.search(text)
        if found is None:
            return text
        self.wrong.append((cell, unwanted(found[0])))
        return UNWANTED.sub("\ufffd", text)

    def is_caption(self, number: int, values: dict[int, str | bool], own: int) -> bool:
        """Tell whether a row is nothing but one cell merged over several columns, as a caption is."""
        if own != 1:
            return False
        cell = number, next(iter(values))
        merged = self.scan.merged.get(cell)
        if merged is None or merged.last_column == merged.column:
            return False
        self.captions.append(cell)
        return True

    def carry(self, number: int, values: dict[int, str | bool]) -> None:
        """Give the value of a merged cell to each row over which it stands, and note one over several columns."""
        if not self.scan.merged:
            return
        for column, value in [*values.items()]:
            merged = self.scan.merged.get((number, column))
            if merged is None:
                continue
            if merged.last_row > number:
                self.carried[column] = merged, value
            over = [self.columns[each] for each in range(column, merged.last_column + 1) if each in self.columns]
            if len(over) > 1:
                why = f"the merged cell {merged} gives one value for {len(over)} columns; it is taken for "
                self.spread.append(((number, column), f"{why}{quoted(over[0])} only: write it into each"))
        for column, (merged, value) in [*self.carried.items()]:
            if number > merged.last_row:
                del self.carried[column]
            elif column not in values:
                values[column] = value
                if self.columns:
                    self.repeated[merged.row, merged.column] = merged

    def headings(self, number: int, values: dict[int, str | bool]) -> Sheet:
        """Take a row as the headings."""
        last = max(values, default=0)
        shown = [values.get(column, "") for column in range(1, last + 1)]
        texts = ["true" if text is True else "false" if text is False else " ".join(text.split()) for text in shown]
        check_headings(texts, lambda at: f"column {column_letters(at + 1)}", lambda at: self.place((number, at + 1)))
        self.columns = {column: text for column, text in enumerate(texts, 1) if text}
        return Sheet(self.name, self.sheet, number, self.columns)

    def report(self, table: Sheet, stale: bool) -> None:
        """Add what was found to the problems and notices of the table."""
        table.problems += shortened(sorted(self.wrong + self.spread), self.place, "cells")
        if self.unnamed:
            names = [column_letters(column) for column in sorted(self.unnamed)]
            which = f"column{'s' if len(names) > 1 else ''} {listed(names)}"
            what = f"there are values without a heading in {which}; they are not read"
            hint = "write the heading, or declare 'header:' if the headings are in another row"
            table.problems.append(Problem(f"{what}: {hint}", self.place(min(self.unnamed.values()))))
        scan = self.scan
        notices: list[tuple[str, _Cell]] = []
        hidden = [number for number in table._numbers if number in scan.hidden_rows]
        if hidden:
            notices.append((f"hidden rows are read as well: {listed(hidden)}", (hidden[0], 1)))
        columns = [column for column in self.columns if any(column in each for each in scan.hidden_columns)]
        if columns:
            names = [column_letters(column) for column in columns]
            notices.append((f"hidden columns are read as well: {listed(names)}", (table._header, columns[0])))
        if self.captions:
            rows = [number for number, _ in self.captions]
            notices.append((f"captions over several columns are no rows: {listed(rows)}", self.captions[0]))
        if self.repeated:
            ranges = [*self.repeated.values()]
            what = "the value of a merged cell is taken for each row over which it stands"
            notices.append((f"{what}: {listed(ranges)}", next(iter(self.repeated))))
        dated = [cell for cell in scan.dated if cell[0] > table._header]
        if dated:
            cells = [f"{column_letters(column)}{row}" for row, column in dated]
            what = "formulas ask for today's date; their values are of the day on which the file was last worked out"
            notices.append((f"{what}: {listed(cells)}", dated[0]))
        if stale and scan.formulas > len(scan.uncalculated):
            what = "the workbook asks for its formulas to be worked out anew; the values stored in it are read"
            notices.append((what, (table._header, 1)))
        table.notices += [Problem(message, self.place(cell)) for message, cell in notices]
