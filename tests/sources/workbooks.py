"""Workbooks for tests: as two libraries write them, and with parts that neither would write."""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import xlsxwriter  # type: ignore[import-untyped]  # it has no types

SHEET = "xl/worksheets/sheet1.xml"


def plain(*rows: Sequence[Any], sheets: Sequence[str] = ("Calibration",), dress: Callable[[Any], object] = id) -> bytes:
    """Return a workbook of rows on its first sheet; `dress` may do anything to that sheet before it is saved."""
    book = openpyxl.Workbook()
    book.worksheets[0].title = sheets[0]
    for title in sheets[1:]:
        book.create_sheet(title)
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append([*row])
    dress(sheet)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def merge(*ranges: str) -> Callable[[Any], None]:
    """Return what merges ranges of a sheet."""

    def dress(sheet: Any) -> None:
        for each in ranges:
            sheet.merge_cells(each)

    return dress


def drawn(draw: Callable[[Any, Callable[[str], Any]], None]) -> bytes:
    """Return a workbook that `draw` writes with xlsxwriter: it gets the sheet, and what makes a number format."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    draw(book.add_worksheet("Calibration"), lambda code: book.add_format({"num_format": code}))
    book.close()
    return out.getvalue()


def with_parts(raw: bytes, new: Mapping[str, bytes | None]) -> bytes:
    """Return a workbook with parts replaced, added or (None) taken out."""
    out = BytesIO()
    with ZipFile(BytesIO(raw)) as old, ZipFile(out, "w", ZIP_DEFLATED) as package:
        for name in old.namelist():
            if name not in new:
                package.writestr(name, old.read(name))
        for name, data in new.items():
            if data is not None:
                package.writestr(name, data)
    return out.getvalue()


def part(raw: bytes, name: str = SHEET) -> bytes:
    """Return a part of a workbook."""
    with ZipFile(BytesIO(raw)) as package:
        return package.read(name)


def sheet_of(data: str, after: str = "", before: str = "") -> bytes:
    """Return a workbook whose only sheet holds this XML as its data."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    xml = f'<worksheet xmlns="{main}">{before}<sheetData>{data}</sheetData>{after}</worksheet>'
    return with_parts(plain(), {SHEET: xml.encode()})


def lying(raw: bytes, name: str, size: int) -> bytes:
    """Return a workbook that says of one part that it unpacks to `size` bytes."""
    changed = bytearray(raw)
    for mark, at, length in ((b"PK\x03\x04", 22, 26), (b"PK\x01\x02", 24, 28)):
        begin = -1
        while (begin := changed.find(mark, begin + 1)) >= 0:
            names = begin + (30 if mark.endswith(b"\x04") else 46)
            count = struct.unpack_from("<H", changed, begin + length)[0]
            if changed[names : names + count] == name.encode():
                struct.pack_into("<I", changed, begin + at, size)
    return bytes(changed)
