"""`current`: something has not run out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar, Literal, NamedTuple

from pydantic import Field

from isocheck.checks.base import Check, Failed, Names, Run, Setup, among, applies, over_rows, table_of
from isocheck.checks.conditions import compile_where
from isocheck.checks.due import Due, Task, due_of, fitting
from isocheck.checks.intervals import Allowed, Intervals, Within, ago, compile_within
from isocheck.checks.paths import Path, PathError, compile_path
from isocheck.qms.description import Route
from isocheck.qms.tables import Row, Tables, TableType


class Current(Check):
    """Passes where a last day has not gone by, or where the newest of some dates is young enough."""

    title: ClassVar[str] = "still in time"
    kind: Literal["current"] = "current"
    of: str = Field(description="The table to look in.")
    until: str | None = Field(None, description="Path to the last day.")
    since: Names = Field((), description="Paths to dates, of which the newest counts; days to come do not.")
    within: Names = Field((), description="Interval within which that day has to lie.")
    task: Task = None

    @property
    def table(self) -> str:
        """The table whose rows it looks at."""
        return self.of

    @property
    def reads(self) -> tuple[str, ...]:
        """Paths of fields that a failure of this check can be about."""
        return (self.until,) if self.until else self.since

    def plain(self) -> str:
        """Say in one sentence what the check looks at."""
        if self.until:
            return f"For each of {among(self)}: the day {_words(self.until)} has not passed."
        since = " or ".join(map(_words, self.since))
        return f"For each of {among(self)}: {since} lies within {' or '.join(map(_words, self.within))}."

    def compile(self, setup: Setup) -> Run:
        """Type the check against registers and views."""
        terms = self._terms(setup)

        def judge(row: Row, tables: Tables, intervals: Intervals) -> Failed | bool | None:
            as_of = tables.facts.as_of
            found = terms.last_day(row, tables, intervals)
            if found is None:
                return None
            day, last, allowed = found
            if day >= as_of:
                return True
            if last is None or allowed is None:
                return Failed(f"{terms.words} {day} has passed, {ago(day, as_of)}", terms.route)
            message = f"{terms.words} {last}, {ago(last, as_of)}; {allowed.words}"
            return Failed(message, terms.route, allowed.overrun(last, as_of), allowed.name)

        return over_rows(self, terms.table, judge)

    def falls_due(self, setup: Setup, tables: Tables, intervals: Intervals) -> Iterator[Due]:
        """Yield for each row the last day on which it passes."""
        terms = self._terms(setup)
        if self.task is None or not applies(compile_where(self.when, terms.table), tables):
            return
        for row, why in fitting(terms.table, compile_where(self.where, terms.table), tables):
            found = None if why else terms.last_day(row, tables, intervals)
            missing = why or f"no day under {terms.words}"
            yield due_of(self.task, terms.table, row, tables, terms.route, found, "" if found else missing)

    def _terms(self, setup: Setup) -> _Terms:
        table = table_of(self.of)
        if bool(self.until) == bool(self.since) or bool(self.since) != bool(self.within):
            raise PathError("current needs either 'until', or 'since' with 'within'")
        ends = compile_path(self.until, table) if self.until else None
        begins = tuple(compile_path(path, table) for path in self.since)
        for path in filter(None, (ends, *begins)):
            if path.shape.kind != "date":
                raise PathError(f"{path.text} is no date")
        if ends and ends.happened:
            raise PathError(f"{ends.text} says that something happened; 'until' takes a day that may lie ahead")
        return _Terms(table, ends, begins, compile_within(self.within, table, setup.intervals) if self.within else None)


class _Terms(NamedTuple):
    """A check's paths, typed."""

    table: TableType
    ends: Path | None
    begins: tuple[Path, ...]
    within: Within | None

    @property
    def words(self) -> str:
        """What the day is called."""
        if self.ends:
            return self.ends.words
        return " or ".join(path.words.removesuffix(": date") for path in self.begins)

    @property
    def route(self) -> Route:
        """The way to where the day stands."""
        return (self.ends or self.begins[0]).route

    def last_day(
        self, row: Row, tables: Tables, intervals: Intervals
    ) -> tuple[date, date | None, Allowed | None] | None:
        """Return the last day on which a row passes, with the day and the interval from which that follows, if any."""
        if self.within is None:
            assert self.ends is not None
            days = self.ends.values(row, tables)
            return (min(days), None, None) if days else None
        days = [day for path in self.begins for day in path.values(row, tables) if day <= tables.facts.as_of]
        allowed = self.within.find(row, tables, intervals) if days else None
        if allowed is None:
            return None
        return allowed.period.after(max(days)), max(days), allowed


def _words(path: str) -> str:
    return path.replace("parent.", "").replace(".", ": ").replace("_", " ")
