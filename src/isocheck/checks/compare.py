"""`compare`: two values of a row agree, or two lists of it do."""

from typing import Any, ClassVar, Literal

from pydantic import Field

from isocheck.checks.base import Check, Failed, Run, Setup, among, over_rows, table_of
from isocheck.checks.intervals import Intervals
from isocheck.checks.paths import Path, PathError, compile_path
from isocheck.qms.tables import Row, Tables

Relation = Literal["equals", "within", "disjoint", "overlaps"]


class Compare(Check):
    """Passes where the relation holds between both sides; a blank side leaves it open."""

    title: ClassVar[str] = "two sides agree"
    kind: Literal["compare"] = "compare"
    of: str = Field(description="The table to look in.")
    left: str = Field(description="Path to the left side.")
    is_: Relation = Field(
        alias="is",
        description="equals: the same; within: all of the left is in the right; disjoint: nothing in common; "
        "overlaps: something in common.",
    )
    right: str = Field(description="Path to the right side.")

    @property
    def table(self) -> str:
        """The table whose rows it looks at."""
        return self.of

    @property
    def reads(self) -> tuple[str, ...]:
        """Paths of fields that a failure of this check can be about."""
        return (self.left, self.right)

    def plain(self) -> str:
        """Say in one sentence what the check looks at."""
        words = {
            "equals": "equals",
            "within": "is among",
            "disjoint": "has nothing in common with",
            "overlaps": "meets",
        }
        left, right = (path.replace("_", " ").replace(".", ": ") for path in (self.left, self.right))
        return f"For each of {among(self)}: {left} {words[self.is_]} {right}."

    def compile(self, setup: Setup) -> Run:
        """Type the check against registers and views."""
        table = table_of(self.of)
        left, right = compile_path(self.left, table), compile_path(self.right, table)
        if left.shape.kind != right.shape.kind or left.shape.targets != right.shape.targets:
            raise PathError(f"{self.left} and {self.right} hold different things and cannot be compared")

        def judge(row: Row, tables: Tables, _: Intervals) -> Failed | bool | None:
            ours, theirs = _side(left, row, tables), _side(right, row, tables)
            if ours is None or theirs is None:
                return None
            message = _differ(self.is_, left, ours, right, theirs)
            return Failed(message, left.route) if message else True

        return over_rows(self, table, judge)


def _side(path: Path, row: Row, tables: Tables) -> set[Any] | None:
    values = set(path.values(row, tables))
    return None if not values and path.unknown(row, tables) else values


def _differ(relation: Relation, left: Path, ours: set[Any], right: Path, theirs: set[Any]) -> str:
    """Say how the sides differ, or return an empty text where the relation holds."""
    if relation == "disjoint":
        common = _list(ours & theirs)
        return f"{common} is both {left.words} and {right.words}" if common else ""
    if relation == "within":
        extra = _list(ours - theirs)
        return f"{left.words}: {extra} is not among {right.words} ({_list(theirs) or 'none'})" if extra else ""
    if relation == "overlaps":
        common = _list(ours & theirs)
        return "" if common else f"{left.words} ({_list(ours)}) and {right.words} ({_list(theirs)}) have none in common"
    return "" if ours == theirs else f"{left.words} is {_list(ours)}, {right.words} is {_list(theirs)}"


def _list(values: set[Any]) -> str:
    return ", ".join(sorted(map(str, values)))
