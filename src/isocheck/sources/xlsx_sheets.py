"""The sheets of a workbook by name: those that a person sees, and those that are hidden."""

from __future__ import annotations

import warnings
from io import BytesIO
from typing import NamedTuple

from isocheck.errors import InputError, Problem
from isocheck.location import Location
from isocheck.sources.xlsx_package import checked_package
from isocheck.sources.yaml_reader import Limits, too_large

__all__ = ["SheetNames", "sheet_names"]


class SheetNames(NamedTuple):
    """The names of the sheets of a workbook, in their order."""

    visible: tuple[str, ...]
    hidden: tuple[str, ...]


def sheet_names(raw: bytes, name: str, limits: Limits) -> SheetNames:
    """Return the names of the sheets; `name` is what messages call the file.

    Raises InputError where openpyxl is not installed or the workbook cannot be read.
    """
    if len(raw) > limits.bytes:
        raise InputError([Problem(too_large(limits.bytes), Location(name))])
    try:
        import openpyxl
    except ImportError:
        message = "workbooks are read with an extra: pip install 'isocheck[xlsx]'; or save the sheet as CSV"
        raise InputError([Problem(message, Location(name))]) from None
    with warnings.catch_warnings(), checked_package(raw, name, limits):
        warnings.simplefilter("ignore")
        try:
            book = openpyxl.load_workbook(BytesIO(raw), read_only=True, keep_links=False)
            try:
                seen = {sheet.title: sheet.sheet_state == "visible" for sheet in book.worksheets}
                visible = tuple(title for title, is_visible in seen.items() if is_visible)
                return SheetNames(visible, tuple(title for title in seen if title not in visible))
            finally:
                book.close()
        except Exception as error:  # what openpyxl raises on damaged workbooks is not one kind of error
            why = str(error).partition("\n")[0][:200] or type(error).__name__
            raise InputError([Problem(f"the workbook cannot be read ({why})", Location(name))]) from None
