"""`current`: something has not run out."""

from typing import ClassVar, Literal

from pydantic import Field

from isocheck.checks.base import Check, Failed, Names, Run, Setup, among, over_rows, table_of
from isocheck.checks.intervals import Intervals, ago, compile_within
from isocheck.checks.paths import PathError, compile_path
from isocheck.qms.tables import Row, Tables


class Current(Check):
    """Passes where a last day has not gone by, or where the newest of some dates is young enough."""

    title: ClassVar[str] = "still in time"
    kind: Literal["current"] = "current"
    of: str = Field(description="The table to look in.")
    until: str | None = Field(None, description="Path to the last day.")
    since: Names = Field((), description="Paths to dates, of which the newest counts; days to come do not.")
    within: Names = Field((), description="Interval within which that day has to lie.")

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
        table = table_of(self.of)
        if bool(self.until) == bool(self.since) or bool(self.since) != bool(self.within):
            raise PathError("current needs either 'until', or 'since' with 'within'")
        ends = compile_path(self.until, table) if self.until else None
        begins = [compile_path(path, table) for path in self.since]
        for path in filter(None, (ends, *begins)):
            if path.shape.kind != "date":
                raise PathError(f"{path.text} is no date")
        if ends and ends.happened:
            raise PathError(f"{ends.text} says that something happened; 'until' takes a day that may lie ahead")
        within = compile_within(self.within, table, setup.intervals) if self.within else None
        route = (ends or begins[0]).route

        def judge_until(row: Row, tables: Tables, _: Intervals) -> Failed | bool | None:
            assert ends is not None
            days = ends.values(row, tables)
            if not days:
                return None
            gone = [day for day in days if day < tables.facts.as_of]
            if not gone:
                return True
            return Failed(f"{ends.words} {max(gone)} has passed, {ago(max(gone), tables.facts.as_of)}", route)

        def judge_since(row: Row, tables: Tables, intervals: Intervals) -> Failed | bool | None:
            assert within is not None
            as_of = tables.facts.as_of
            days = [day for path in begins for day in path.values(row, tables) if day <= as_of]
            allowed = within.find(row, tables, intervals) if days else None
            if allowed is None:
                return None
            last = max(days)
            lapse = allowed.overrun(last, as_of)
            if lapse is None:
                return True
            words = " or ".join(path.words.removesuffix(": date") for path in begins)
            message = f"{words} {last}, {ago(last, as_of)}; {allowed.words}"
            return Failed(message, route, lapse, allowed.name)

        return over_rows(self, table, judge_until if ends else judge_since)


def _words(path: str) -> str:
    return path.replace("parent.", "").replace(".", ": ").replace("_", " ")
