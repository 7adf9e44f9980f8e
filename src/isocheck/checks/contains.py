"""`contains`: constants are in a list."""

from typing import ClassVar, Literal

from pydantic import Field

from isocheck.checks.base import Check, Failed, Names, Run, Setup, among, over_rows, table_of
from isocheck.checks.intervals import Intervals
from isocheck.checks.paths import PathError, compile_path
from isocheck.errors import did_you_mean
from isocheck.qms.tables import Row, Tables


class Contains(Check):
    """Passes where the constants are in the list; fails where some are missing.

    Where no entry has such a list there is nothing to look at; where some have one, an empty one fails.
    """

    title: ClassVar[str] = "a list names what it has to name"
    kind: Literal["contains"] = "contains"
    of: str = Field(description="The table to look in.")
    path: str = Field(description="Path to the list.")
    all: Names = Field((), description="Constants that all have to be there.")
    any: Names = Field((), description="Constants of which one has to be there.")

    @property
    def table(self) -> str:
        """The table whose rows it looks at."""
        return self.of

    @property
    def reads(self) -> tuple[str, ...]:
        """Paths of fields that a failure of this check can be about."""
        return (self.path,)

    def plain(self) -> str:
        """Say in one sentence what the check looks at."""
        wanted = " and ".join(self.all) or f"one of {', '.join(self.any)}"
        return f"For each of {among(self)}: {self.path.replace('_', ' ').replace('.', ': ')} names {wanted}."

    def compile(self, setup: Setup) -> Run:
        """Type the check against registers and views."""
        table = table_of(self.of)
        path = compile_path(self.path, table)
        if bool(self.all) == bool(self.any):
            raise PathError("contains needs either 'all' or 'any'")
        for constant in (*self.all, *self.any):
            if path.shape.kind not in ("choice", "clause") or (
                path.shape.choices and constant not in path.shape.choices
            ):
                raise PathError(f"{path.text} cannot be {constant!r}{did_you_mean(constant, path.shape.choices)}")

        def judge(row: Row, tables: Tables, _: Intervals) -> Failed | bool | None:
            found = set(path.values(row, tables))
            if not found and path.unknown(row, tables):
                return None
            missing = [constant for constant in self.all if constant not in found]
            if missing:
                return Failed(f"{path.words} does not name {', '.join(missing)}", path.route)
            if self.any and not found.intersection(self.any):
                return Failed(f"{path.words} names none of {', '.join(self.any)}", path.route)
            return True

        return over_rows(self, table, judge, Failed(f"{path.words} is empty", path.route))
