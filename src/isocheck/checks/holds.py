"""`holds`: a row satisfies a condition."""

from typing import Any, ClassVar, Literal

from pydantic import Field

from isocheck.checks.base import Check, Failed, Run, Setup, among, over_rows, table_of
from isocheck.checks.conditions import compile_where, in_words
from isocheck.checks.intervals import Intervals
from isocheck.checks.paths import PathError
from isocheck.qms.tables import Row, Tables


class Holds(Check):
    """Passes where the row satisfies `must`; fails where it does not; a blank field leaves it open."""

    title: ClassVar[str] = "a condition holds"
    kind: Literal["holds"] = "holds"
    of: str = Field(description="The table to look in.")
    must: dict[str, Any] = Field(description="Conditions that every row has to satisfy.")

    @property
    def table(self) -> str:
        """The table whose rows it looks at."""
        return self.of

    @property
    def reads(self) -> tuple[str, ...]:
        """Paths of fields that a failure of this check can be about."""
        return tuple(self.must)

    def plain(self) -> str:
        """Say in one sentence what the check looks at."""
        return f"For each of {among(self)}: {in_words(self.must)}."

    def compile(self, setup: Setup) -> Run:
        """Type the check against registers and views."""
        table = table_of(self.of)
        must = compile_where(self.must, table)
        if not must:
            raise PathError("holds needs a condition in 'must'")

        def judge(row: Row, tables: Tables, _: Intervals) -> Failed | bool | None:
            answer = must.test(row, tables)
            if answer is not False:
                return answer
            broken = must.broken(row, tables)
            return Failed(broken.failed(row, tables), broken.path.route)

        return over_rows(self, table, judge)
