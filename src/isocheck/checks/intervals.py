"""Intervals: how old something may be, by whose rule, and how grave an overrun is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal, NamedTuple

from isocheck.checks.paths import Path, PathError, compile_path
from isocheck.qms.fields import Period
from isocheck.qms.tables import Row, Tables, TableType
from isocheck.terms import Grade

__all__ = ["Allowed", "Interval", "Intervals", "Within", "ago", "compile_within"]

Lapse = Literal["own", "default", "past"]


class Interval(NamedTuple):
    """An interval of a pack with the organisation's own length where it set one.

    `past` is the limit beyond which an overrun is graver, whatever was set; `exceeded` grades an overrun.
    """

    name: str
    default: Period
    own: Period | None
    past: Period | None
    exceeded: Mapping[str, Grade]


class Allowed(NamedTuple):
    """The length that holds for a row: by whose rule, and under which name of the pack."""

    period: Period
    source: Literal["entry", "own", "default"]
    interval: Interval | None

    @property
    def words(self) -> str:
        """Say which interval it is."""
        if self.source == "entry":
            return f"its own interval: {self.period}"
        if self.source == "own":
            return f"your interval: {self.period}"
        return f"the default where no interval is set: {self.period}"

    def overrun(self, last: date, as_of: date) -> Lapse | None:
        """Tell how an interval that began on `last` was overrun, or None where it is kept."""
        if self.period.after(last) >= as_of:
            return None
        past = self.interval.past if self.interval else None
        if past is not None and past.after(last) < as_of:
            return "past"
        return "default" if self.source == "default" else "own"

    @property
    def name(self) -> str | None:
        """The pack's name of the interval."""
        return self.interval.name if self.interval else None


class Intervals(NamedTuple):
    """All intervals in force, by name."""

    by_name: Mapping[str, Interval]

    def grade(self, name: str | None, lapse: Lapse) -> Grade:
        """Return the grade of an overrun; an entry's own interval without a name of the pack's is minor."""
        if name is None:
            return Grade.MINOR
        exceeded = self.by_name[name].exceeded
        return exceeded.get(lapse) or (Grade.OPPORTUNITY if lapse == "default" else Grade.MINOR)


class Within(NamedTuple):
    """Where an interval is looked for, from the narrowest to the widest."""

    sources: tuple[Path | str, ...]

    def find(self, row: Row, tables: Tables, intervals: Intervals) -> Allowed | None:
        """Return the first interval that is set; None where only the entry could say and does not."""
        named = next((intervals.by_name[name] for name in self.sources if isinstance(name, str)), None)
        for source in self.sources:
            if isinstance(source, Path):
                values = source.values(row, tables)
                if values:
                    return Allowed(values[0], "entry", named)
            elif named is not None and named.own is not None:
                return Allowed(named.own, "own", named)
            elif named is not None:
                return Allowed(named.default, "default", named)
        return None

    @property
    def words(self) -> str:
        """Say where the interval comes from."""
        return ", else ".join(
            source.replace("_", " ") if isinstance(source, str) else source.words for source in self.sources
        )


def compile_within(names: tuple[str, ...], table: TableType, known: frozenset[str]) -> Within:
    """Type `within`: names of the pack's intervals, or paths to an interval of the row's own."""
    sources: list[Path | str] = []
    for name in names:
        if name in known:
            sources.append(name)
            continue
        try:
            path = compile_path(name, table)
        except PathError as error:
            raise PathError(f"{name!r} is no interval of the pack, and {error}") from None
        if path.shape.kind != "interval":
            raise PathError(f"{name!r} is no interval")
        sources.append(path)
    return Within(tuple(sources))


def ago(last: date, as_of: date) -> str:
    """Say how long ago a day was: '20 months ago', '12 days ago'."""
    months = (as_of.year - last.year) * 12 + as_of.month - last.month - (as_of.day < last.day)
    if months >= 2:
        return f"{months} months ago"
    days = (as_of - last).days
    return f"{days} day{'s' if days != 1 else ''} ago"
