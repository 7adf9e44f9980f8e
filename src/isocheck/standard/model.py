"""What a pack is made of: the YAML under clauses/, as models."""

from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from isocheck.checks import AnyCheck
from isocheck.checks.base import Names
from isocheck.checks.current import Current
from isocheck.qms.description import FlawKind
from isocheck.qms.fields import Period, parse_period
from isocheck.qms.views.facts import DocumentedKind
from isocheck.terms import Grade, above, split_id

__all__ = [
    "AlsoDue",
    "Clause",
    "Documented",
    "Pack",
    "PackFile",
    "Requirement",
    "SectionFile",
    "SubItem",
]


def _id(value: str) -> str:
    if split_id(value) is None:
        raise ValueError(f"expected a clause or requirement number such as 9.2.2-a, not {value!r}")
    return value


def _length(value: object) -> object:
    return parse_period(value) if isinstance(value, str) else value


Id = Annotated[str, BeforeValidator(_id)]
Length = Annotated[Period, BeforeValidator(_length, json_schema_input_type=str)]
Texts = tuple[str, ...]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Documented(_Part):
    """Documented information that a requirement asks for."""

    kind: DocumentedKind = Field(description="What is to be done with it.")
    what: str = Field(description="What it is, in our words.")
    condition: str = Field("always", description="'always', or when it is asked for.")
    named_by: Literal["scope", "policy"] | None = Field(
        None, description="Register of one entry whose field `document` names it as well."
    )


class IfMissing(_Part):
    """What absence would mean."""

    grade: Grade = Field(description="Potential grade where the description says nothing at all.")
    because: str = Field(description="Reason for that grade.")


class SubItem(_Part):
    """A numbered sub-item of a letter, such as 9.3.2-c4; it rolls up to its letter and is not counted."""

    id: Id = Field(description="Id, such as 9.3.2-c4.")
    statement: str = Field(description="What it asks for, in our words.")
    questions: Texts = Field((), description="Questions that an auditor asks.")
    checks: tuple[AnyCheck, ...] = Field((), description="Checks.")


class Requirement(_Part):
    """One obligation: a letter (9.2.2-a), or a sentence that no letter carries (9.2.1-s1)."""

    id: Id = Field(description="Id, such as 9.2.2-a or 8.5.2-s1.")
    statement: str = Field(description="The duty, in our words.")
    documented: Documented | None = Field(None, description="Documented information that it asks for.")
    qualifier: str | None = Field(
        None,
        description="'as applicable' and 'where applicable' mean mandatory when the case arises; 'as appropriate', "
        "'if necessary', 'as necessary' and 'to the extent necessary' give latitude.",
    )
    excludable: str | None = Field(None, description="On what ground it can be declared not applicable.")
    contradicted_by: Texts = Field((), description="Registers whose entries show that it applies after all.")
    evidence: Texts = Field(min_length=1, description="What an auditor would typically be shown.")
    questions: Texts = Field(min_length=1, description="Questions that an auditor asks.")
    judge: str = Field(description="What is left to a human, or why only a human can see it.")
    if_missing: IfMissing = Field(description="What absence would mean.")
    remedy: str = Field(description="What to do where it is missing.")
    stage: Annotated[Literal["1", "2"], WithJsonSchema({"enum": ["1", "2", 1, 2]})] = Field(
        description="1 where a stage 1 audit looks at it already, else 2."
    )
    provisional: str | None = Field(None, description="Why the text is provisional, where facts are unsure.")
    checks: tuple[AnyCheck, ...] = Field((), description="Checks.")
    items: tuple[SubItem, ...] = Field((), description="Numbered sub-items.")

    @property
    def clause(self) -> str:
        """The clause to which it belongs."""
        return self.id.partition("-")[0]


class Clause(_Part):
    """A numbered clause; a heading has no requirements of its own."""

    id: Id = Field(description="Number, such as 9.2.2.")
    title: str | None = Field(None, description="Title as the standard prints it.")
    own_title: str | None = Field(None, description="Our title, where the standard prints none.")
    short: str = Field(max_length=22, description="Our short title, for the map of clauses.")
    intent: str = Field(description="Why the clause exists.")
    excludable: str | None = Field(None, description="On what ground it can be declared not applicable.")
    contradicted_by: Texts = Field((), description="Registers whose entries show that it applies after all.")
    alternatives: Texts = Field((), description="Letters of which the organisation picks, as in 8.7.1.")
    requirements: tuple[Requirement, ...] = Field((), description="Its requirements, in the standard's order.")

    @property
    def name(self) -> str:
        """Its title, printed or ours."""
        return self.title or self.own_title or self.id


class SectionFile(_Part):
    """One of the sections 4 to 10, in a file of its own."""

    section: str = Field(description="Number of the section.")
    title: str = Field(description="Title as the standard prints it.")
    clauses: tuple[Clause, ...] = Field(description="All clauses below it, headings included.")


class Exceeded(_Part):
    """Grades of an overrun interval."""

    own: Grade = Field(Grade.MINOR, description="Where it is the organisation's own interval.")
    default: Grade = Field(Grade.OPPORTUNITY, description="Where it is the pack's default.")
    past: Grade = Field(Grade.MAJOR, description="Where the limit `past` is overrun as well.")


class IntervalSpec(_Part):
    """An interval that organisations set for themselves."""

    default: Length = Field(description="Length where the organisation set none.")
    past: Length | None = Field(None, description="Length beyond which an overrun is graver.")
    exceeded: Exceeded = Field(Exceeded(), description="Grades of an overrun.")
    what: str = Field(description="What it is the interval of.")


class AlsoDue(_Part):
    """Something that falls due and that no check of a requirement looks at.

    It is written like a check of the kind `current` and never makes a finding.
    """

    task: str = Field(description="What has to be done by then; the entry's name follows.")
    at: Id | None = Field(None, description="Requirement that it serves, where there is one.")
    of: str = Field(description="The table to look in.")
    where: dict[str, Any] | None = Field(None, description="Conditions that pick the rows to look at.")
    until: str | None = Field(None, description="Path to the last day.")
    since: Names = Field((), description="Paths to dates, of which the newest counts.")
    within: Names = Field((), description="Interval within which that day has to lie.")
    may_lack: bool = Field(False, description="True where an entry without a day is nothing to speak of.")

    @property
    def check(self) -> Current:
        """The same as a check."""
        keys = {name: getattr(self, name) for name in ("task", "of", "where", "until", "since", "within")}
        return Current(name=self.task, tests=self.task, **keys)


class Root(_Part):
    """Where the absence of a whole register is reported, with everything that hangs on it."""

    at: Id = Field(description="Requirement under which it is reported.")
    because: str = Field(description="What is missing.")


class Integrity(_Part):
    """Where it is reported that something in a description does not hold: most of all references that lead nowhere."""

    default: Id = Field(description="Requirement, where nothing below has its own.")
    registers: dict[str, Id] = Field({}, description="Requirement by register.")
    kinds: dict[FlawKind, Id] = Field(
        {}, description="Requirement by what does not hold; it comes before that of the register."
    )


class PackFile(_Part):
    """pack.yaml: what the pack is, and what its checks rest on."""

    id: str = Field(description="Name of the pack: that of its folder.")
    name: str = Field(description="The standard, such as ISO 9001.")
    edition: str = Field(description="Edition, such as 2015.")
    amendments: Texts = Field((), description="Amendments that are included.")
    title: str = Field(description="Title of the standard.")
    builds_on: str | None = Field(None, description="Pack that this one builds on.")
    sources: Texts = Field((), description="Where the facts come from.")
    confidence: str = Field(description="How sure the facts are.")
    integrity: Integrity = Field(description="Where it is reported that something does not hold.")
    duties: Id = Field(description="Clause whose letters are duties that roles cover.")
    intervals: dict[str, IntervalSpec] = Field({}, description="Intervals, by name.")
    roots: dict[str, Root] = Field({}, description="Roots, by register.")
    calendar: tuple[AlsoDue, ...] = Field((), description="What falls due beside what checks with a `task` look at.")
    occasions: Texts = Field((), description="Registers that may be declared empty for a period.")
    rules: dict[str, str] = Field({}, description="Rules that an organisation may adopt, with what they say.")
    named_leaves: tuple[Id, ...] = Field(
        (), description="Clauses whose absence as a whole is potentially major; other absence is minor."
    )


class Pack:
    """A whole pack: pack.yaml and its sections."""

    def __init__(self, file: PackFile, sections: tuple[SectionFile, ...]) -> None:
        self.file = file
        self.sections = sections

    @cached_property
    def clauses(self) -> dict[str, Clause]:
        """All clauses by number, in the standard's order; sections are not among them."""
        return {clause.id: clause for section in self.sections for clause in section.clauses}

    @cached_property
    def requirements(self) -> dict[str, Requirement]:
        """All requirements by id, in the standard's order; sub-items are not among them."""
        return {req.id: req for clause in self.clauses.values() for req in clause.requirements}

    @cached_property
    def items(self) -> dict[str, tuple[SubItem, Requirement]]:
        """All numbered sub-items by id, with the requirement that holds each."""
        return {item.id: (item, req) for req in self.requirements.values() for item in req.items}

    @cached_property
    def ids(self) -> frozenset[str]:
        """Every id that may be named: sections, clauses, requirements, sub-items."""
        sections = (section.section for section in self.sections)
        return frozenset((*sections, *self.clauses, *self.requirements, *self.items))

    def excludable(self, id_: str) -> str | None:
        """Return the ground on which a clause or requirement can be declared not applicable, or None."""
        if id_ in self.requirements and self.requirements[id_].excludable:
            return self.requirements[id_].excludable
        for clause in self._above(id_):
            if clause.excludable:
                return clause.excludable
        return None

    def contradicted_by(self, id_: str) -> tuple[str, ...]:
        """Return registers whose entries show that a clause or requirement applies after all."""
        if id_ in self.requirements and self.requirements[id_].contradicted_by:
            return self.requirements[id_].contradicted_by
        for clause in self._above(id_):
            if clause.contradicted_by:
                return clause.contradicted_by
        return ()

    def _above(self, id_: str) -> Iterator[Clause]:
        """Yield the clause that an id names or belongs to, then the clauses above it, nearest first."""
        return (self.clauses[name] for name in above(id_) if name in self.clauses)
