"""`ordered`: dates follow one another."""

from datetime import date
from typing import ClassVar, Literal

from pydantic import Field

from isocheck.checks.base import Check, Failed, Run, Setup, among, over_rows, table_of
from isocheck.checks.intervals import Intervals
from isocheck.checks.paths import PathError, compile_path
from isocheck.qms.tables import Row, Tables


class Ordered(Check):
    """Passes where no date is after the next; dates that are empty are passed over, one alone leaves it open."""

    title: ClassVar[str] = "dates in their order"
    kind: Literal["ordered"] = "ordered"
    of: str = Field(description="The table to look in.")
    dates: tuple[str, ...] = Field(
        min_length=2, description="Paths to dates, earliest first; of a list the latest counts towards what follows."
    )

    @property
    def table(self) -> str:
        """The table whose rows it looks at."""
        return self.of

    @property
    def reads(self) -> tuple[str, ...]:
        """Paths of fields that a failure of this check can be about."""
        return self.dates

    def plain(self) -> str:
        """Say in one sentence what the check looks at."""
        steps = ", then ".join(path.replace("_", " ").replace(".", ": ") for path in self.dates)
        return f"For each of {among(self)}, in this order: {steps}."

    def compile(self, setup: Setup) -> Run:
        """Type the check against registers and views."""
        table = table_of(self.of)
        paths = [compile_path(path, table) for path in self.dates]
        for path in paths:
            if path.shape.kind != "date":
                raise PathError(f"{path.text} is no date")

        def judge(row: Row, tables: Tables, _: Intervals) -> Failed | bool | None:
            before: tuple[str, date] | None = None
            pairs = 0
            for path in paths:
                days = path.values(row, tables)
                if not days:
                    continue
                if before is not None:
                    pairs += 1
                    if before[1] > min(days):
                        message = f"{path.words} {min(days)} precedes {before[0]} {before[1]}"
                        return Failed(message, path.route)
                before = (path.words, max(days))
            return True if pairs else None

        return over_rows(self, table, judge)
