"""`covers`: each row of a table has its match in another."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import product
from typing import Any, ClassVar, Literal, NamedTuple

from pydantic import Field

from isocheck.checks.base import (
    Check,
    Failed,
    Names,
    Outcome,
    Run,
    Setup,
    absent,
    among,
    applies,
    noun,
    placed,
    table_of,
)
from isocheck.checks.conditions import Where, compile_where, in_words
from isocheck.checks.due import Due, Task, due_of, fitting
from isocheck.checks.intervals import Intervals, Within, ago, compile_within
from isocheck.checks.paths import Path, PathError, compile_path
from isocheck.qms.tables import Row, Tables, TableType


class Covers(Check):
    """Passes where each row has a match that is young enough; an empty `by` is absent, never passed over."""

    title: ClassVar[str] = "each one has its match"
    kind: Literal["covers"] = "covers"
    each: str = Field(description="The table whose rows need a match.")
    by: str = Field(description="The table in which it is looked for.")
    match: dict[str, str] = Field(min_length=1, description="Paths of `each` and the paths of `by` that equal them.")
    by_where: dict[str, Any] | None = Field(None, description="Conditions that a match has to satisfy.")
    date: str | None = Field(None, description="Path of `by` to the day of the match; days to come do not count.")
    within: Names = Field((), description="Interval within which the newest match has to lie.")
    since: Names = Field(
        (), description="Paths of `each` to its beginning, the first given counts; what is younger needs no match yet."
    )
    task: Task = None

    @property
    def table(self) -> str:
        """The table whose rows it looks at."""
        return self.each

    @property
    def reads(self) -> tuple[str, ...]:
        """Paths of fields that a failure of this check can be about."""
        return tuple(self.match)

    def plain(self) -> str:
        """Say in one sentence what the check looks at."""
        words = in_words(self.by_where)
        young = f", within {' or '.join(self.within).replace('_', ' ')}" if self.within else ""
        return f"Each of {among(self)} has its match in {noun(self.by)}{f' where {words}' if words else ''}{young}."

    def compile(self, setup: Setup) -> Run:
        """Type the check against registers and views."""
        terms = self._terms(setup)
        each, by, where, by_where = terms.each, terms.by, terms.where, terms.by_where

        def run(tables: Tables, intervals: Intervals) -> Outcome:
            outcome = Outcome()
            if not applies(terms.when, tables):
                outcome.nothing = "no occasion"
                return outcome
            as_of = tables.facts.as_of
            newest: dict[tuple[Any, ...], date] | None = None
            for row in tables.subjects(each):
                fits = where.test(row, tables) if where else True
                if fits is False:
                    continue
                outcome.population += 1
                keys = terms.keys(row, tables) if fits else []
                if not keys:
                    outcome.blank += 1
                    continue
                if newest is None:
                    if empty := absent(by, tables):
                        outcome.nothing, outcome.empty = "absent", empty
                        return outcome
                    newest = terms.newest(tables)
                last = max((newest[key] for key in keys if key in newest), default=None)
                allowed = terms.within.find(row, tables, intervals) if terms.within else None
                if terms.within and allowed is None:
                    outcome.blank += 1
                    continue
                begun = terms.begun(row, tables) if last is None else None
                if begun and allowed and allowed.period.after(begun) >= as_of:
                    outcome.population -= 1
                    continue
                outcome.looked += 1
                if last is None:
                    suffix = f" where {by_where.words}" if by_where else ""
                    text = f"{' and '.join(map(str, keys[0]))} has no match in {noun(self.by)}{suffix}"
                    outcome.failures.append(placed(tables.subject(each, row), Failed(text)))
                    continue
                lapse = allowed.overrun(last, as_of) if allowed else None
                if allowed and lapse:
                    text = f"last in {noun(self.by)}: {last}, {ago(last, as_of)}; {allowed.words}"
                    outcome.failures.append(placed(tables.subject(each, row), Failed(text, (), lapse, allowed.name)))
                elif len(outcome.passed) < 3:
                    outcome.passed.append(tables.subject(each, row))
            if not outcome.looked:
                outcome.nothing = "blank" if outcome.population else "no occasion"
            return outcome

        return run

    def falls_due(self, setup: Setup, tables: Tables, intervals: Intervals) -> Iterator[Due]:
        """Yield for each row the last day on which its newest match, or its beginning, is young enough."""
        terms = self._terms(setup)
        if self.task is None or terms.within is None or not applies(terms.when, tables) or absent(terms.by, tables):
            return
        newest = terms.newest(tables)
        for row, why in fitting(terms.each, terms.where, tables):
            last = max((newest[key] for key in terms.keys(row, tables) if key in newest), default=None)
            begun = last or terms.begun(row, tables)
            allowed = terms.within.find(row, tables, intervals)
            found = (allowed.period.after(begun), begun, allowed) if begun and allowed and not why else None
            due = due_of(self.task, terms.each, row, tables, (), found, "" if found else why or "never so far")
            yield due._replace(others=True)

    def _terms(self, setup: Setup) -> _Terms:
        each, by = table_of(self.each), table_of(self.by)
        where, when = compile_where(self.where, each), compile_where(self.when, each)
        by_where = compile_where(self.by_where, by)
        ours = tuple(compile_path(path, each) for path in self.match)
        theirs = tuple(compile_path(path, by) for path in self.match.values())
        for left, right in zip(ours, theirs, strict=True):
            if not _comparable(left, right):
                raise PathError(f"{left.text} and {right.text} hold different things and never match")
        day = compile_path(self.date, by) if self.date else None
        within = compile_within(self.within, each, setup.intervals) if self.within else None
        since = tuple(compile_path(path, each) for path in self.since)
        if (within is None) != (day is None):
            raise PathError("covers takes 'date' and 'within' together")
        if self.task is not None and within is None:
            raise PathError("a task falls due by 'date' and 'within'")
        return _Terms(each, by, where, when, by_where, ours, theirs, day, within, since)


class _Terms(NamedTuple):
    """A check's tables, conditions and paths, typed."""

    each: TableType
    by: TableType
    where: Where
    when: Where
    by_where: Where
    ours: tuple[Path, ...]
    theirs: tuple[Path, ...]
    day: Path | None
    within: Within | None
    since: tuple[Path, ...]

    def keys(self, row: Row, tables: Tables) -> list[tuple[Any, ...]]:
        """Return what a match of a row has to equal."""
        return list(product(*(path.values(row, tables) for path in self.ours)))

    def newest(self, tables: Tables) -> dict[tuple[Any, ...], date]:
        """Return the newest day of each match."""
        newest: dict[tuple[Any, ...], date] = {}
        for row in tables.rows(self.by):
            if self.by_where and self.by_where.test(row, tables) is not True:
                continue
            as_of = tables.facts.as_of
            days = [day for day in self.day.values(row, tables) if day <= as_of] if self.day else [date.max]
            if days:
                for key in product(*(path.values(row, tables) for path in self.theirs)):
                    newest[key] = max(max(days), newest.get(key, date.min))
        return newest

    def begun(self, row: Row, tables: Tables) -> date | None:
        """Return the beginning of a row."""
        return next((day for path in self.since for day in path.values(row, tables)), None)


def _comparable(left: Path, right: Path) -> bool:
    """Tell whether two paths can hold equal values: an id matches a reference to its register."""
    ids = {"text", "reference"}
    if left.shape.kind == right.shape.kind:
        return not (left.shape.kind == "reference" and not set(left.shape.targets) & set(right.shape.targets))
    return {left.shape.kind, right.shape.kind} <= ids
