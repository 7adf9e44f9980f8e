"""What a cell of a workbook says, as text: what a person sees there, as long as that is what the cell holds."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

__all__ = ["cell_value"]

_PLAIN = re.compile(r"(0+)(?:\.(0+))?(%?)\Z")
_NOT_SHOWN = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.')
_DIGITS = 25  # of a number before or after its point: beyond, it is written with its exponent


def cell_value(value: Any, number_format: str) -> str | bool:
    """Return the value of a cell as text, or as true or false.

    A number has the zeros, decimal places or percent sign of its format, unless the format rounds it; 15 digits count,
    as in spreadsheet programs. A date is written as YYYY-MM-DD, without a time of day; the first of a month as YYYY-MM
    where its format shows no day.
    """
    if isinstance(value, str | bool):
        return value
    if isinstance(value, int | float):
        return _number(value, number_format)
    if isinstance(value, datetime):
        return _day(value.date(), number_format)
    if isinstance(value, date):
        return _day(value, number_format)
    if isinstance(value, time):
        return value.isoformat("seconds" if value.second else "minutes")
    if isinstance(value, timedelta):
        seconds = round(value.total_seconds())
        return f"{seconds // 3600}:{seconds % 3600 // 60:02}" + (f":{seconds % 60:02}" if seconds % 60 else "")
    return str(value)


def _day(day: date, number_format: str) -> str:
    if day.day == 1:
        shown = _NOT_SHOWN.sub("", number_format.partition(";")[0]).lower()
        if "d" not in shown and "m" in shown and "y" in shown and not {"h", "s"} & set(shown):
            return day.isoformat()[:7]
    return day.isoformat()


def _number(value: float, number_format: str) -> str:
    number = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.15g}")
    if not number.is_finite():
        return str(number)
    found = _PLAIN.match(number_format)
    if found is not None:
        whole, places, percent = found[1], found[2] or "", found[3]
        shown = number.scaleb(2) if percent else number
        width = len(whole) + (len(places) + 1 if places else 0) + (shown < 0)
        padded = f"{shown:0{width}.{len(places)}f}"
        text = padded if Decimal(padded) == shown else _plain(shown)
        return text + percent
    return _plain(number) if "%" not in _NOT_SHOWN.sub("", number_format) else _plain(number.scaleb(2)) + "%"


def _plain(number: Decimal) -> str:
    """Return a number without an exponent and without zeros that say nothing."""
    if not number:
        return "0"
    if abs(number.adjusted()) > _DIGITS:
        return str(number)
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
