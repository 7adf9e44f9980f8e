"""The types that fields of registers have: one set of rules for every format that rows may come from."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from string import ascii_letters, digits
from typing import Annotated, Any, cast

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema
from pydantic_core import CoreSchema, core_schema

from isocheck.errors import quoted
from isocheck.terms import split_id

_PLACEHOLDERS = frozenset(
    ("tbd", "tba", "tbc", "todo", "fixme", "n/a", "n.a", "na", "xx", "xxx", "xxxx")  # noqa: RUF005
    + ("none yet", "not yet", "to be defined", "to be determined", "to be confirmed", "fill in", "not applicable")
)
_DENIALS = frozenset(("none", "no", "nil", "nothing", "false", "null", "unknown", "not known", "pending"))
_LONGEST = max(map(len, _PLACEHOLDERS | _DENIALS))
_MARKS = "*_`()-–—.…,;:?!/\\~=|☐□ \t\r\n\u00a0\u200b\u200c\u200d\ufeff"
"""Emphasis, brackets and punctuation around a word; alone they are a line to be filled in by hand."""
_BRACKETED = re.compile(r"(?:\[[^\[\]]*\]|<[^<>]*>|\$?\{+[^{}]*\}+)\Z")
_BEGUN = frozenset(("todo", "fixme", "tbd", "tba", "tbc"))
"""What stands before a colon where somebody wrote what is yet to be done."""
_PARTS_OF_DATE = frozenset(("yy", "yyy", "yyyy", "mm", "mmm", "mmmm", "dd"))
_OTHER_BEGINNINGS = frozenset(ascii_letters + digits) - {
    form for text in (*_PLACEHOLDERS, *_DENIALS, "y", "m", "d") for form in (text[0], text[0].upper())
}
_DATE_LETTERS = frozenset("yYmMdD")
"""Letters with which only patterns of dates begin, and those write the first letter twice."""


def is_placeholder(text: str, telling: bool = False) -> bool:
    """Tell whether a text stands for "not filled in yet": empty, TBD, TODO, N/A, xxx, [Name], <name>, {name}, ____.

    Of a text that is to tell something (`telling`), such as how or by what, a bare 'none', 'no', 'unknown' is one too.
    """
    first = text[:1]
    if first in _OTHER_BEGINNINGS or (first in _DATE_LETTERS and text[1:2] != first):
        return False  # nearly every text begins as no placeholder does
    last = text[-1:]
    if last.isdigit() or (len(text) > _LONGEST and first.isalnum() and not last.isspace()):
        return ":" in text and _is_begun(text)
    return _stands_for_nothing(text, telling)


@lru_cache(maxsize=4096)
def _stands_for_nothing(text: str, telling: bool) -> bool:
    bare = text.strip(_MARKS)
    if not bare:
        return "*" not in text  # a rating such as '***'
    if bare[0] in "[<{$" and _BRACKETED.match(bare):
        return True
    if len(bare) <= _LONGEST:
        folded = bare.casefold()
        if folded in _PLACEHOLDERS or (telling and folded in _DENIALS) or _is_pattern(folded):
            return True
    return _is_begun(bare)


def _is_begun(text: str) -> bool:
    before, colon, _ = text.partition(":")
    return bool(colon) and before.strip().casefold() in _BEGUN


def _is_pattern(folded: str) -> bool:
    """Tell whether a text is the pattern of a date, such as yyyy-mm-dd."""
    parts = folded.replace("/", "-").replace(".", "-").replace(" ", "-").split("-")
    return 2 <= len(parts) <= 3 and _PARTS_OF_DATE.issuperset(parts)


# --- dates, intervals, numbers, truth ----------------------------------------

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)


@lru_cache(maxsize=4096)  # days of many entries are the same
def parse_date(text: str) -> date:
    """Read a day as YYYY-MM-DD; raise ValueError for anything else."""
    if not _ISO_DATE.match(text):
        raise ValueError(f"expected a date as YYYY-MM-DD, not {quoted(text)}")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text} is no date of the calendar") from None


def _date(value: Any) -> Any:
    if isinstance(value, str):
        return parse_date(value)
    if value is None or isinstance(value, date):
        return value
    raise ValueError(f"expected a date as YYYY-MM-DD, not {quoted(value)}")


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time in calendar months or in days; prints as it reads in a sentence."""

    months: int = 0
    days: int = 0

    def after(self, start: date) -> date:
        """Return the last day that still lies within this period counted from `start`."""
        if not self.months:
            return date.fromordinal(min(start.toordinal() + self.days, date.max.toordinal()))
        index = start.year * 12 + start.month - 1 + self.months
        year, month = divmod(index, 12)
        if year > date.max.year:
            return date.max
        for day in (start.day, 30, 29, 28):
            try:
                return date(year, month + 1, day)
            except ValueError:
                continue
        raise AssertionError("every month has 28 days")

    def before(self, end: date) -> date:
        """Return the first day from which `end` still lies within this period."""
        if not self.months:
            return date.fromordinal(max(end.toordinal() - self.days, 1))
        index = end.year * 12 + end.month - 1 - self.months
        if index < 12:
            return date.min
        year, month = divmod(index, 12)
        for day in (end.day, 30, 29, 28):
            try:
                return date(year, month + 1, day)
            except ValueError:
                continue
        raise AssertionError("every month has 28 days")

    def __str__(self) -> str:
        if self.months:
            return f"{self.months} month{'s' if self.months > 1 else ''}"
        return f"{self.days} day{'s' if self.days > 1 else ''}"


_LENGTH = re.compile(r"(?:every\s+)?(\d{1,4})[\s-]*([a-z]+)\.?\Z", re.ASCII)
_UNITS = {
    **dict.fromkeys(("day", "days"), Period(days=1)),
    **dict.fromkeys(("week", "weeks", "wk", "wks"), Period(days=7)),
    **dict.fromkeys(("month", "months", "mo", "mth", "mths"), Period(months=1)),
    **dict.fromkeys(("year", "years", "yr", "yrs"), Period(months=12)),
}
_WORDS = {
    "daily": Period(days=1),
    "weekly": Period(days=7),
    "fortnightly": Period(days=14),
    "monthly": Period(months=1),
    "every month": Period(months=1),
    "every two months": Period(months=2),
    "quarterly": Period(months=3),
    "half-yearly": Period(months=6),
    "half yearly": Period(months=6),
    "semi-annual": Period(months=6),
    "semi-annually": Period(months=6),
    "twice a year": Period(months=6),
    "yearly": Period(months=12),
    "annual": Period(months=12),
    "annually": Period(months=12),
    "every year": Period(months=12),
    "once a year": Period(months=12),
    "every two years": Period(months=24),
    "every three years": Period(months=36),
}


def parse_period(text: str) -> Period:
    """Read "12 months", "90 days", "2 years", "quarterly"; raise ValueError for anything else."""
    bare = " ".join(text.split()).casefold()
    if bare in _WORDS:
        return _WORDS[bare]
    match = _LENGTH.match(bare)
    unit = _UNITS.get(match[2]) if match is not None else None
    if match is None or unit is None or int(match[1]) == 0:
        raise ValueError(f"expected an interval such as '12 months', '90 days' or 'quarterly', not {quoted(text)}")
    count = int(match[1])
    return Period(months=count * unit.months, days=count * unit.days)


def _interval(value: Any) -> Any:
    if value is None or isinstance(value, Period):
        return value
    if isinstance(value, str):
        return parse_period(value)
    raise ValueError(f"expected an interval such as '12 months', not {quoted(value)}")


_DECIMAL = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?\Z", re.ASCII)
_DIGITS = 30


def _number(value: Any) -> Any:
    if isinstance(value, str):
        bare = value.strip()
        if len(bare) > 2 * _DIGITS or not _DECIMAL.match(bare):
            what = "expected a number alone, such as 98.5"
            raise ValueError(f"{what}, not {quoted(value)}; the unit has a field of its own")
        number = Decimal(bare)
        if number and abs(number.adjusted()) > _DIGITS:
            raise ValueError(f"{quoted(value)} is no number that anybody measures")
        return number
    if value is None or isinstance(value, Decimal):
        return value
    raise ValueError(f"expected a number, not {quoted(value)}")


def _truth(value: Any) -> Any:
    if value is None or value is True or value is False:
        return value
    raise ValueError(f"expected true or false, not {quoted(value)}")


def _clause(value: Any) -> Any:
    if value is None or (isinstance(value, str) and split_id(value) is not None):
        return value
    raise ValueError(f"expected a clause or requirement number such as 8.5.1 or 9.2.2-a, not {quoted(value)}")


# --- how pydantic is told of them -------------------------------------------

# Unquoted numbers are text to isocheck but numbers to other YAML programs, so the schema admits both.
_TEXT_SCHEMA: dict[str, Any] = {"type": ["string", "number", "null"]}
_TEXT = core_schema.nullable_schema(core_schema.str_schema())


class _Kind:
    """A field's validator and JSON Schema, written down: working them out anew for each field takes thrice as long."""

    def __init__(self, validator: CoreSchema, json_schema: dict[str, Any]) -> None:
        self._validator = validator
        self._json_schema = json_schema

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> CoreSchema:
        return cast("CoreSchema", {**self._validator})  # a copy: pydantic adds to what it gets

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, Any]:
        return self._json_schema.copy()


class Ref(_Kind):
    """Marks a field that names entries of other registers.

    With one target the plain id is stored; with several, "register/id".
    """

    def __init__(self, targets: tuple[str, ...]) -> None:
        super().__init__(_TEXT, _TEXT_SCHEMA)
        self.targets = targets


class ClauseRef(_Kind):
    """Marks a field that names a clause or a requirement of the standard."""


class Verbatim:
    """Marks a text of which a bare 'none' or 'no' is kept: a name or number, or an answer that may well be none."""


class Ahead(_Kind):
    """Marks a date that may lie ahead of the day of an assessment."""


def _read(function: Callable[[Any], Any], result: CoreSchema) -> CoreSchema:
    """Return a validator that reads text with `function`, which lets None and what has the right type already pass."""
    return core_schema.no_info_before_validator_function(function, core_schema.nullable_schema(result))


_DATE = _read(_date, core_schema.date_schema())
_DATE_SCHEMA: dict[str, Any] = {"type": ["string", "null"], "format": "date"}

Text = Annotated[str | None, _Kind(_TEXT, _TEXT_SCHEMA)]
"""A text that tells something; a bare 'none' or 'no' tells nothing, so that the field is empty."""
Name = Annotated[str | None, _Kind(_TEXT, _TEXT_SCHEMA), Verbatim()]
"""A name, a number or a label, kept as it is written."""
Answer = Annotated[str | None, _Kind(_TEXT, _TEXT_SCHEMA), Verbatim()]
"""A text where 'none' is an answer: somebody looked, and there was none."""
Date = Annotated[date | None, _Kind(_DATE, _DATE_SCHEMA)]
"""A day on which something happened; one that lies ahead has not happened and counts as empty."""
Planned = Annotated[date | None, Ahead(_DATE, _DATE_SCHEMA)]
"""A day that may lie ahead: a plan, a deadline, the end of a period."""
Interval = Annotated[
    Period | None,
    _Kind(
        _read(_interval, core_schema.is_instance_schema(Period)),
        {"type": ["string", "null"], "examples": ["12 months", "90 days", "quarterly"]},
    ),
]
Number = Annotated[
    Decimal | None,
    _Kind(_read(_number, core_schema.decimal_schema()), {"type": ["number", "string", "null"]}),
]
Truth = Annotated[bool | None, _Kind(_read(_truth, core_schema.bool_schema()), {"type": ["boolean", "null"]})]
ClauseId = Annotated[str | None, ClauseRef(_read(_clause, core_schema.str_schema()), _TEXT_SCHEMA)]

DocumentId = Annotated[str | None, Ref(("documents",))]
EquipmentId = Annotated[str | None, Ref(("equipment",))]
NonconformityId = Annotated[str | None, Ref(("nonconformities",))]
PersonId = Annotated[str | None, Ref(("people",))]
ProcessId = Annotated[str | None, Ref(("processes",))]
ProductId = Annotated[str | None, Ref(("products",))]
ProviderId = Annotated[str | None, Ref(("providers",))]
RecordId = Annotated[str | None, Ref(("records",))]
ResourceId = Annotated[str | None, Ref(("resources",))]
RiskId = Annotated[str | None, Ref(("risks",))]
RoleId = Annotated[str | None, Ref(("roles",))]
Proof = Annotated[str | None, Ref(("documents", "records"))]
"""A document or a record that shows something."""
Who = Annotated[str | None, Ref(("roles", "people"))]
"""A role or a person."""
Partner = Annotated[str | None, Ref(("processes", "interested_parties", "providers"))]
"""The other end of a process's input or output: a process, an interested party or a provider."""


class Item(BaseModel):
    """Something that stands inside an entry; every field may be empty."""

    model_config = ConfigDict(extra="forbid", defer_build=True)


class Entry(Item):
    """One entry of a register: only its id is mandatory, every other empty field is a gap, not an error."""

    id: Annotated[str, WithJsonSchema({"type": ["string", "number"]}), Verbatim()] = Field(
        description="Id, unique in its register; compared with case and separators folded (PR.001 = pr-001)."
    )
    site: Name = Field(None, description="Site to which the entry belongs; empty: to all of them.")
    note: Name = Field(None, description="A remark for readers; no check looks at it.")
    extra: dict[str, Any] | None = Field(None, description="The organisation's own fields; no check looks at them.")


class Single(Item):
    """A register that holds one entry, so that it needs no id."""

    note: Name = Field(None, description="A remark for readers; no check looks at it.")
    extra: dict[str, Any] | None = Field(None, description="The organisation's own fields; no check looks at them.")
