"""`exists`: enough rows fit, and the newest is young enough."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, ClassVar, Literal

from pydantic import Field

from isocheck.checks.base import Check, Names, Outcome, Run, Setup, among, applies, noun, table_of, whole
from isocheck.checks.conditions import compile_where
from isocheck.checks.due import Due, Task, due_of
from isocheck.checks.intervals import Intervals, ago, compile_within
from isocheck.checks.paths import PathError, compile_path
from isocheck.qms.tables import Row, Subject, Tables


class Exists(Check):
    """Passes where enough rows fit and the newest is young enough; fails where rows exist and none fits."""

    title: ClassVar[str] = "there is one"
    kind: Literal["exists"] = "exists"
    of: str = Field(description="The table to look in.")
    date: str | None = Field(None, description="Path to the day on which a row happened; days to come do not count.")
    within: Names = Field((), description="Interval within which the newest row has to lie.")
    planned: str | None = Field(
        None, description="Path to a planned day; a first one that lies ahead gives the verdict 'not yet'."
    )
    at_least: int = Field(1, ge=1, description="How many rows have to fit.")
    task: Task = None

    @property
    def table(self) -> str:
        """The table whose rows it looks at."""
        return self.of

    def plain(self) -> str:
        """Say in one sentence what the check looks at."""
        count = "One" if self.at_least == 1 else str(self.at_least)
        text = f"{count} or more of {among(self)}"
        return text + (f", the newest within {' or '.join(self.within).replace('_', ' ')}." if self.within else ".")

    def compile(self, setup: Setup) -> Run:
        """Type the check against registers and views."""
        table = table_of(self.of)
        where, when = compile_where(self.where, table), compile_where(self.when, table)
        day = compile_path(self.date, table) if self.date else None
        ahead = compile_path(self.planned, table) if self.planned else None
        within = compile_within(self.within, table, setup.intervals) if self.within else None
        if self.task is not None and (day is None or within is None):
            raise PathError("a task falls due by 'date' and 'within'")
        started = compile_path("organisation.system_started", table)

        def run(tables: Tables, intervals: Intervals) -> Outcome:
            as_of = tables.facts.as_of
            outcome = Outcome()
            if not applies(when, tables):
                outcome.nothing = "no occasion"
                return outcome
            rows = tables.subjects(table)
            outcome.population = len(rows)
            fitting: list[tuple[date | None, Row]] = []
            coming: list[date] = []
            definite = 0
            for row in rows:
                fits = where.test(row, tables)
                if fits is None:
                    outcome.blank += 1
                    continue
                definite += 1
                if not fits:
                    continue
                days: list[Any] = day.values(row, tables) if day else []
                happened = [value for value in days if value <= as_of]
                if day is None or happened:
                    fitting.append((max(happened, default=None), row))
                if ahead is not None:
                    coming += [value for value in ahead.values(row, tables) if value >= as_of]
            outcome.looked = definite
            if len(fitting) >= self.at_least:
                newest, row = max(fitting, key=lambda pair: (pair[0] or date.min, -pair[1].index))
                subject = tables.subject(table, row)
                allowed = within.find(row, tables, intervals) if within and newest else None
                lapse = allowed.overrun(newest, as_of) if allowed and newest else None
                if allowed and newest and lapse:
                    message = f"newest of {noun(self.of)}: {newest}, {ago(newest, as_of)}; {allowed.words}"
                    place = (subject.register, subject.entry, (*subject.route, self.date or ""))
                    outcome.failures.append(whole(table, message, place, lapse=lapse, interval=allowed.name))
                else:
                    outcome.passed.append(subject)
                return outcome
            begun = started.values(Row(None, None, 0), tables)
            first = within is None or not begun or _first_interval(begun[0], within, tables, intervals)
            if coming and not fitting and first:
                outcome.planned = min(coming)
                outcome.nothing = "no occasion"
                return outcome
            if not definite:
                outcome.nothing = "blank" if rows else "no occasion"
                return outcome
            asked = f" where {where.words}" if where else ""
            dated = f" with {day.words} up to {as_of}" if day else ""
            found = "none" if not fitting else f"only {len(fitting)}"
            needed = f"; at least {self.at_least} are needed" if self.at_least > 1 else ""
            outcome.failures.append(whole(table, f"of {len(rows)} {noun(self.of)}, {found}{asked}{dated}{needed}"))
            return outcome

        return run

    def falls_due(self, setup: Setup, tables: Tables, intervals: Intervals) -> Iterator[Due]:
        """Yield the last day on which the newest row is young enough."""
        table = table_of(self.of)
        if self.task is None or self.date is None or not applies(compile_where(self.when, table), tables):
            return
        where, day = compile_where(self.where, table), compile_path(self.date, table)
        rows = (row for row in tables.subjects(table) if where.test(row, tables))
        as_of = tables.facts.as_of
        dated = [(value, -row.index, row) for row in rows for value in day.values(row, tables) if value <= as_of]
        register = table.rests_on[0]
        subject = Subject(register, "", "", ())
        if not dated:
            yield Due(self.task, subject, None, (register, "", ()), None, why="none so far")
            return
        newest, _, row = max(dated, key=lambda each: each[:2])
        allowed = compile_within(self.within, table, setup.intervals).find(row, tables, intervals)
        if allowed is not None:
            found = (allowed.period.after(newest), newest, allowed)
            yield due_of(self.task, table, row, tables, day.route, found)._replace(subject=subject, data=None)


def _first_interval(begun: date, within: Any, tables: Tables, intervals: Intervals) -> bool:
    """Tell whether the system is so young that the first occurrence may still lie ahead."""
    allowed = within.find(Row(None, None, 0), tables, intervals)
    return allowed is not None and bool(allowed.period.after(begun) >= tables.facts.as_of)
