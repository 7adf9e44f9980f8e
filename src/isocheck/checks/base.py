"""What all kinds of checks share: their common keys, what they answer, and the way over the rows of a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any, ClassVar, Literal, NamedTuple

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from isocheck.checks.conditions import Where, compile_where, in_words
from isocheck.checks.due import Due
from isocheck.checks.intervals import Intervals
from isocheck.checks.paths import PathError
from isocheck.errors import did_you_mean
from isocheck.qms.description import Route
from isocheck.qms.registers import REGISTERS
from isocheck.qms.tables import Row, Subject, Tables, TableType, table_type
from isocheck.qms.views import VIEWS
from isocheck.terms import Grade

__all__ = [
    "Check",
    "Failed",
    "Failure",
    "Names",
    "Nothing",
    "Outcome",
    "Run",
    "Setup",
    "Unknown",
    "Where",
    "over_rows",
    "table_of",
]

Nothing = Literal["absent", "no occasion", "blank"]
"""Why there was nothing to look at: no entries at all, none that the condition fits, or nothing filled in."""


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Names = Annotated[
    tuple[str, ...],
    BeforeValidator(_listed),
    WithJsonSchema({"type": ["string", "array"], "items": {"type": "string"}}),
]
"""One name, or a list of them."""


class Check(BaseModel):
    """The keys that every kind takes."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)
    title: ClassVar[str]
    """What the kind does, in a few words."""

    name: str = Field(description="Name, stable and unique within its requirement; part of a finding's identity.")
    tests: str = Field(description="The words of the requirement that it tests, in our own wording.")
    where: dict[str, Any] | None = Field(None, description="Conditions that pick the rows to look at.")
    when: dict[str, Any] | None = Field(
        None, description="A condition on a register of one entry, such as organisation.alone: true."
    )
    grade: Grade = Field(Grade.MINOR, description="Potential grade of a failure.")
    because: str | None = Field(None, description="Reason for the grade; mandatory unless it is minor.")
    rule: str | None = Field(
        None, description="Name of a rule in pack.yaml; an organisation that adopts it lifts an opportunity to minor."
    )
    follows: str | None = Field(
        None,
        description="Another check, as 'requirement/name'; a failure becomes its consequence on the same entry, and so "
        "does having nothing to look at where that check failed.",
    )
    may_be_empty: bool = Field(False, description="True where an empty register does not block the requirement.")

    def compile(self, setup: Setup) -> Run:
        """Type the check against registers and views; raise PathError where it does not fit.

        The run that comes of it expects that there is something to look at; `answer` sees to that.
        """
        raise NotImplementedError

    def answer(self, setup: Setup, tables: Tables, intervals: Intervals) -> Outcome:
        """Say what the check sees; one whose registers are empty says so without being typed."""
        if empty := absent(table_of(self.table), tables):
            return Outcome(nothing="absent", empty=empty)
        return self.compile(setup)(tables, intervals)

    def falls_due(self, setup: Setup, tables: Tables, intervals: Intervals) -> Iterable[Due]:
        """Yield the days after which the check fails, for a kind that looks at time and has a task."""
        return ()

    def plain(self) -> str:
        """Say in one sentence what the check looks at."""
        raise NotImplementedError

    @property
    def table(self) -> str:
        """The table whose rows it looks at."""
        raise NotImplementedError

    @property
    def reads(self) -> tuple[str, ...]:
        """Paths of fields that a failure of this check can be about."""
        return ()


class Setup(NamedTuple):
    """What compiling needs from the pack: the names of its intervals."""

    intervals: frozenset[str]


Unknown = Literal["unknown"]
"""The answer about a row that is blank since nobody could be asked, and not because it says nothing."""


class Failed(NamedTuple):
    """A row's failure before it is placed: what is wrong, where in the row, which interval was overrun."""

    message: str
    route: Route = ()
    lapse: Literal["own", "default", "past"] | None = None
    interval: str | None = None


class Failure(NamedTuple):
    """A failure: the subject that makes its identity, the message, and the entry and route of its place."""

    subject: Subject
    message: str
    place: tuple[str, str, Route]
    lapse: Literal["own", "default", "past"] | None = None
    interval: str | None = None
    whole: bool = False
    """True where the failure is about the table as a whole and not about one of its rows."""


@dataclass(slots=True)
class Outcome:
    """What a check saw: how many rows, how many it could look at, what failed, some that passed.

    `unknown` are those of the `blank` rows of which it could not be known whether they say enough.
    `nothing` says why it saw nothing; then `empty` names the registers that are empty. `planned` is the day of a
    first occurrence that lies ahead, where that is an answer.
    """

    population: int = 0
    looked: int = 0
    blank: int = 0
    unknown: int = 0
    failures: list[Failure] = field(default_factory=list)
    passed: list[Subject] = field(default_factory=list)
    nothing: Nothing | None = None
    empty: tuple[str, ...] = ()
    planned: date | None = None
    message: str = ""


Run = Callable[[Tables, Intervals], Outcome]
_SHOWN = 3


def table_of(name: str) -> TableType:
    """Return the type of the table that a check names; raise PathError for one that does not exist."""
    found = table_type(name)
    if found is None:
        near = did_you_mean(name, (*REGISTERS, *VIEWS))
        raise PathError(f"{name!r} is no register, no view and no list of entries' parts{near}")
    return found


def absent(table: TableType, tables: Tables) -> tuple[str, ...]:
    """Return the registers that are empty, where that leaves the table without anything to rest on."""
    empty = tuple(name for name in table.rests_on if tables.empty(name))
    return empty if len(empty) == len(table.rests_on) else ()


def applies(when: Where, tables: Tables) -> bool:
    """Tell whether a condition on registers of one entry holds."""
    return not when or when.test(Row(None, None, 0), tables) is True


def over_rows(
    check: Check,
    table: TableType,
    judge: Callable[[Row, Tables, Intervals], Failed | bool | Unknown | None],
    silence: Failed | None = None,
) -> Run:
    """Make a run that asks `judge` about every row that `where` picks.

    `judge` answers True (it passes), None (blank), "unknown" (blank, and nobody could know) or what failed. With
    `silence`, a row that is blank where others are not fails with it: an entry cannot pass by saying nothing about what
    its neighbours say.
    """
    where = compile_where(check.where, table)
    when = compile_where(check.when, table)
    narrowed = bool(where)

    def run(tables: Tables, intervals: Intervals) -> Outcome:
        outcome = Outcome()
        if not applies(when, tables):
            outcome.nothing = "no occasion"
            return outcome
        silent: list[Row] = []
        for row in tables.subjects(table):
            fits = where.test(row, tables) if narrowed else True
            if fits is False:
                continue
            outcome.population += 1
            answer = judge(row, tables, intervals) if fits else None
            if answer is None:
                outcome.blank += 1
                if fits:
                    silent.append(row)
            elif answer == "unknown":
                outcome.blank += 1
                outcome.unknown += 1
            elif answer is True:
                outcome.looked += 1
                if len(outcome.passed) < _SHOWN:
                    outcome.passed.append(tables.subject(table, row))
            else:
                assert isinstance(answer, Failed)
                outcome.looked += 1
                outcome.failures.append(placed(tables.subject(table, row), answer))
        if not outcome.looked:
            outcome.nothing = "blank" if outcome.population else "no occasion"
        elif silence is not None:
            outcome.blank -= len(silent)
            outcome.looked += len(silent)
            outcome.failures += [placed(tables.subject(table, row), silence) for row in silent]
        return outcome

    return run


def placed(subject: Subject, failed: Failed) -> Failure:
    """Give a row's failure its place."""
    place = (subject.register, subject.entry, (*subject.route, *failed.route))
    return Failure(subject, failed.message, place, failed.lapse, failed.interval)


def whole(table: TableType, message: str, place: tuple[str, str, Route] | None = None, **lapse: Any) -> Failure:
    """Make a failure that is about a table as a whole."""
    register = table.rests_on[0]
    return Failure(Subject(register, "", "", ()), message, place or (register, "", ()), whole=True, **lapse)


def noun(table: str) -> str:
    """Name a table's rows in a sentence."""
    base, _, part = table.partition(".")
    words = base.replace("_", " ")
    return f"{part.replace('_', ' ')} of {words}" if part else words


def among(check: Check) -> str:
    """Say which rows a check looks at: 'competence where action is given'."""
    words = in_words(check.where)
    return noun(check.table) + (f" where {words}" if words else "")
