"""`spaced`: no gap between successive dates is too long."""

from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, ClassVar, Literal

from pydantic import Field

from isocheck.checks.base import Check, Failed, Names, Outcome, Run, Setup, among, applies, placed, table_of
from isocheck.checks.conditions import compile_where
from isocheck.checks.intervals import Intervals, compile_within
from isocheck.checks.paths import PathError, compile_path
from isocheck.qms.tables import Row, Tables


class Spaced(Check):
    """Passes where successive dates lie close enough together; a single date leaves it open."""

    title: ClassVar[str] = "steadily, without gaps"
    kind: Literal["spaced"] = "spaced"
    of: str = Field(description="The table to look in.")
    date: str = Field(description="Path to the date; days to come do not count.")
    per: str | None = Field(None, description="Path by which rows are grouped, such as the instrument.")
    within: Names = Field(min_length=1, description="Longest distance between two dates.")
    over: str | None = Field(None, description="Interval, back from the day of the assessment, that is looked at.")

    @property
    def table(self) -> str:
        """The table whose rows it looks at."""
        return self.of

    @property
    def reads(self) -> tuple[str, ...]:
        """Paths of fields that a failure of this check can be about."""
        return (self.date,)

    def plain(self) -> str:
        """Say in one sentence what the check looks at."""
        per = f", for each {self.per}" if self.per else ""
        return f"Between successive dates of {among(self)}{per}, no more than {' or '.join(self.within)}."

    def compile(self, setup: Setup) -> Run:
        """Type the check against registers and views."""
        table = table_of(self.of)
        where, when = compile_where(self.where, table), compile_where(self.when, table)
        day = compile_path(self.date, table)
        if day.shape.kind != "date":
            raise PathError(f"{day.text} is no date")
        per = compile_path(self.per, table) if self.per else None
        within = compile_within(self.within, table, setup.intervals)
        if self.over is not None and self.over not in setup.intervals:
            raise PathError(f"{self.over!r} is no interval of the pack")

        def run(tables: Tables, intervals: Intervals) -> Outcome:
            outcome = Outcome()
            if not applies(when, tables):
                outcome.nothing = "no occasion"
                return outcome
            as_of = tables.facts.as_of
            groups: dict[Any, list[tuple[date, int, Row]]] = defaultdict(list)
            for row in tables.subjects(table):
                if where.test(row, tables):
                    keys = per.values(row, tables) if per else [None]
                    days = [(value, row.index, row) for value in day.values(row, tables) if value <= as_of]
                    for key in keys:
                        groups[key] += days
            begin = date.min
            if self.over is not None:
                interval = intervals.by_name[self.over]
                begin = (interval.own or interval.default).before(as_of)
            outcome.population = len(groups)
            for rows in groups.values():
                rows.sort(key=lambda item: item[:2])
                pairs = [(a, b) for a, b in pairwise(rows) if b[0] >= begin]
                allowed = within.find(rows[-1][2], tables, intervals) if pairs else None
                if allowed is None:
                    outcome.blank += 1
                    continue
                outcome.looked += 1
                # No month is shorter than 28 days, which spares most pairs a look at the calendar.
                least = timedelta(days=allowed.period.months * 28 or allowed.period.days)
                wide = [(a[0], b) for a, b in pairs if b[0] - a[0] > least and allowed.overrun(a[0], b[0])]
                if not wide:
                    outcome.passed.append(tables.subject(table, rows[-1][2]))
                    continue
                before, (after, _, row) = wide[-1]
                months = (after.year - before.year) * 12 + after.month - before.month
                text = f"{months} months between {before} and {after}; {allowed.words}"
                failed = Failed(text, day.route, allowed.overrun(before, after), allowed.name)
                outcome.failures.append(placed(tables.subject(table, row), failed))
            del outcome.passed[3:]
            if not outcome.looked:
                outcome.nothing = "blank" if groups else "no occasion"
            return outcome

        return run
