"""`meets`: a value reaches its target, or somebody answered for it."""

from typing import ClassVar, Literal

from pydantic import Field

from isocheck.checks.base import Check, Failed, Run, Setup, among, over_rows, table_of
from isocheck.checks.intervals import Intervals
from isocheck.checks.paths import PathError, compile_path
from isocheck.qms.tables import Row, Tables


class Meets(Check):
    """Passes where the target is met, or missed and answered; fails where it is missed and unanswered."""

    title: ClassVar[str] = "a target met or its miss answered"
    kind: Literal["meets"] = "meets"
    of: str = Field(description="The table to look in.")
    value: str = Field(description="Path to the value.")
    target: str = Field(description="Path to the target.")
    better: str | None = Field(None, description="Path to which way is better; higher where it is empty.")
    otherwise: str | None = Field(None, description="Path to what answers a missed target.")

    @property
    def table(self) -> str:
        """The table whose rows it looks at."""
        return self.of

    @property
    def reads(self) -> tuple[str, ...]:
        """Paths of fields that a failure of this check can be about."""
        return tuple(path for path in (self.value, self.target, self.otherwise) if path)

    def plain(self) -> str:
        """Say in one sentence what the check looks at."""
        answered = f", or {self.otherwise.replace('_', ' ')} answer for it" if self.otherwise else ""
        return f"For each of {among(self)}: the newest value reaches the target{answered}."

    def compile(self, setup: Setup) -> Run:
        """Type the check against registers and views."""
        table = table_of(self.of)
        value, target = compile_path(self.value, table), compile_path(self.target, table)
        for path in (value, target):
            if path.shape.kind != "number":
                raise PathError(f"{path.text} is no number")
        better = compile_path(self.better, table) if self.better else None
        otherwise = compile_path(self.otherwise, table) if self.otherwise else None

        def judge(row: Row, tables: Tables, _: Intervals) -> Failed | bool | None:
            values, targets = value.values(row, tables), target.values(row, tables)
            if not values or not targets:
                return None
            lower = better is not None and "lower" in better.values(row, tables)
            got, wanted = values[0], targets[0]
            if got <= wanted if lower else got >= wanted:
                return True
            if otherwise is not None and otherwise.values(row, tables):
                return True
            text = f"{got} against {'at most' if lower else 'at least'} {wanted}"
            return Failed(text + (", and nothing answers it" if otherwise else ""))

        return over_rows(self, table, judge)
