"""`fills`: fields that are needed are filled, in every item of a list."""

from typing import ClassVar, Literal

from pydantic import Field

from isocheck.checks.base import Check, Failed, Names, Run, Setup, Unknown, among, over_rows, table_of
from isocheck.checks.intervals import Intervals
from isocheck.checks.paths import Path, PathError, compile_path
from isocheck.qms.tables import Row, Tables, TableType


class Fills(Check):
    """Passes where every field is filled, in every item of a list; fails where one is empty."""

    title: ClassVar[str] = "fields are filled"
    kind: Literal["fills"] = "fills"
    of: str = Field(description="The table to look in.")
    fields: Names = Field((), description="Paths that have to be filled, in every item of a list.")
    one_of: Names = Field((), description="Paths of which one or more has to be filled.")

    @property
    def table(self) -> str:
        """The table whose rows it looks at."""
        return self.of

    @property
    def reads(self) -> tuple[str, ...]:
        """Paths of fields that a failure of this check can be about."""
        return (*self.fields, *self.one_of)

    def plain(self) -> str:
        """Say in one sentence what the check looks at."""
        parts = []
        if self.fields:
            parts.append(", ".join(map(_words, self.fields)))
        if self.one_of:
            parts.append(f"at least one of {', '.join(map(_words, self.one_of))}")
        return f"Each of {among(self)} says: {'; and '.join(parts)}."

    def compile(self, setup: Setup) -> Run:
        """Type the check against registers and views."""
        table = table_of(self.of)
        if not self.fields and not self.one_of:
            raise PathError("fills needs 'fields' or 'one_of'")
        fields = [compile_path(path, table) for path in self.fields]
        either = [compile_path(path, table) for path in self.one_of]
        reads = [path.value for path in fields if path.value is not None]
        is_simple = not either and len(reads) == len(fields)

        def judge(row: Row, tables: Tables, _: Intervals) -> Failed | bool | Unknown:
            if is_simple:  # and nearly every row says what it is asked
                for read in reads:
                    if read(row, tables) is None:
                        break
                else:
                    return True
            holes = [(path, failed) for path in fields if (failed := _hole(path, row, tables))]
            known = [(path, failed) for path, failed in holes if not path.untold(row, tables)]
            # A field that is empty since nobody could be asked, as git in a shallow clone, neither passes nor fails.
            is_open = len(known) < len(holes)
            missing = [failed for _, failed in known]
            if known and all(_is_emptied(path, row, tables, table) for path, _ in known):
                missing[0] = missing[0]._replace(route=known[0][0].route)  # so that it hangs on what left it empty
            if either and not any(path.values(row, tables) for path in either):
                if any(path.untold(row, tables) for path in either):
                    is_open = True
                else:
                    missing.append(Failed(f"none of {', '.join(path.words for path in either)} is given"))
            if not missing:
                return "unknown" if is_open else True
            return Failed("; ".join(failed.message for failed in missing), missing[0].route)

        return over_rows(self, table, judge)


def _words(path: str) -> str:
    return path.replace("parent.", "").replace(".", ": ").replace("_", " ")


def _hole(path: Path, row: Row, tables: Tables) -> Failed | None:
    """Return what is missing on a path, or None where all of it is filled."""
    if path.value is not None:
        return None if path.value(row, tables) is not None else Failed(_empty(path, row, tables))
    places = path.places(row, tables)
    holes = [route for value, route in places if value is None]
    if not holes:
        return None
    if len(holes) == len(places) == 1:
        return Failed(_empty(path, row, tables), holes[0])
    return Failed(f"{path.words} is empty in {len(holes)} of {len(places)}", holes[0])


def _is_emptied(path: Path, row: Row, tables: Tables, table: TableType) -> bool:
    """Tell whether a field of an entry is empty for something that does not hold, and that is found already."""
    own = not table.field and table.view is None and path.start == "row" and path.value is not None
    return own and tables.description.emptied(table.base, getattr(row.data, "id", ""), path.text)


def _empty(path: Path, row: Row, tables: Tables) -> str:
    coming = path.to_come(row, tables)
    return f"{path.words} {min(coming)} has not come yet" if coming else f"{path.words} is empty"
