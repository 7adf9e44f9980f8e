"""Days as organisations write them: any order that is declared, a month alone, months by name."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal, NamedTuple

from isocheck.errors import quoted

__all__ = ["Days", "Order", "read_days"]

Order = Literal["day-first", "month-first"]


class Days(NamedTuple):
    """The first and the last day that a written date may mean: the same, or those of a month."""

    first: date
    last: date


_TIME = r"(?:[T ]\s*\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:Z|[+-]\d{2}:?\d{2})?)?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})([-./])(\d{{1,2}})\2(\d{{1,2}}){_TIME}\Z", re.ASCII)
_YEAR_LAST = re.compile(rf"(\d{{1,2}})([-./])\s?(\d{{1,2}})\2\s?(\d{{4}}){_TIME}\Z", re.ASCII)
_YEAR_MONTH = re.compile(r"(\d{4})[-./](\d{1,2})\Z", re.ASCII)
_MONTH_YEAR = re.compile(r"(\d{1,2})[-./](\d{4})\Z", re.ASCII)
_DAY_NAMED = re.compile(r"(\d{1,2})(?:st|nd|rd|th|\.|º|er)?[\s.-]*(?:of |de )?([^\W\d_]+)\.?,?[\s.-]*(?:de )?(\d{4})\Z")
_NAMED_DAY = re.compile(r"([^\W\d_]+)\.?\s*(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\Z")
_NAMED = re.compile(r"([^\W\d_]+)\.?,?[\s.-]*(?:de )?(\d{4})\Z")

_LANGUAGES = (
    "january february march april may june july august september october november december",  # English
    "januar februar märz april mai juni juli august september oktober november dezember",  # German
    "januar februar mars april mai juni juli august september oktober november desember",  # Norwegian
    "januar februar marts april maj juni juli august september oktober november december",  # Danish
    "januari februari mars april maj juni juli augusti september oktober november december",  # Swedish
    "januari februari maart april mei juni juli augustus september oktober november december",  # Dutch
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",  # French
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",  # Spanish
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",  # Italian
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",  # Portuguese
)
_SHORT = "jan feb mar apr may jun jul aug sep oct nov dec"
_MONTHS = {name: at for names in (*_LANGUAGES, _SHORT) for at, name in enumerate(names.split(), start=1)}
_MONTHS |= {"sept": 9, "mär": 3, "mrz": 3, "okt": 10, "dez": 12, "des": 12, "janv": 1, "févr": 2, "avr": 4, "juil": 7}


@lru_cache(maxsize=4096)
def read_days(text: str, order: Order | None) -> Days:
    """Read a date as it was written; raise ValueError for what may mean two days, or none.

    `order` says what 03/04/2026 means. Without it 31/12/2026 is read, since there is no month 31, and stands for
    itself: it tells nothing of other dates beside it.
    """
    bare = " ".join(text.split())
    if match := _YEAR_FIRST.match(bare):
        return _day(text, int(match[1]), int(match[3]), int(match[4]))
    if match := _YEAR_LAST.match(bare):
        return _year_last(text, int(match[1]), int(match[3]), int(match[4]), order)
    if match := _YEAR_MONTH.match(bare):
        return _month(text, int(match[1]), int(match[2]))
    if match := _MONTH_YEAR.match(bare):
        return _month(text, int(match[2]), int(match[1]))
    folded = bare.casefold()
    if (match := _DAY_NAMED.match(folded)) and match[2] in _MONTHS:
        return _day(text, int(match[3]), _MONTHS[match[2]], int(match[1]))
    if (match := _NAMED_DAY.match(folded)) and match[1] in _MONTHS:
        return _day(text, int(match[3]), _MONTHS[match[1]], int(match[2]))
    if (match := _NAMED.match(folded)) and match[1] in _MONTHS:
        return _month(text, int(match[2]), _MONTHS[match[1]])
    raise ValueError(f"{quoted(text)} cannot be read as a date")


def _year_last(text: str, one: int, other: int, year: int, order: Order | None) -> Days:
    if order is None:
        possible = {found for day, month in ((one, other), (other, one)) if (found := _possible(year, month, day))}
        if len(possible) > 1:
            raise ValueError(
                f"{quoted(text)} may mean two days; say 'dates: day-first' or 'dates: month-first' of this source"
            )
        for found in possible:
            return Days(found, found)
    day, month = (other, one) if order == "month-first" else (one, other)
    return _day(text, year, month, day)


def _possible(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _day(text: str, year: int, month: int, day: int) -> Days:
    found = _possible(year, month, day)
    if found is None:
        raise ValueError(f"{quoted(text)} is no date of the calendar")
    return Days(found, found)


def _month(text: str, year: int, month: int) -> Days:
    first = _day(text, year, month, 1).first
    following = (first + timedelta(days=31)).replace(day=1) if first.year < date.max.year else first
    return Days(first, following - timedelta(days=1))
