"""What an assessment yields: frozen data that reports read and that knows nothing of how it was found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from isocheck.assessment.identities import Identity
from isocheck.location import Location
from isocheck.terms import Grade, Verdict, label

Lapse = Literal["own", "default", "past"]
"""Which interval was overrun: the organisation's own, the pack's default, or the pack's last limit."""

Nothing = Literal["absent", "no occasion", "blank"]
"""Why a check had nothing to look at: no entries, none that the condition fits, or nothing filled in."""


@dataclass(frozen=True, slots=True)
class Extent:
    """How far a check looked: `failing` of `looked` entries of a `population`; `blank` ones could not be judged."""

    failing: int = 0
    looked: int = 0
    population: int = 0
    blank: int = 0

    def __str__(self) -> str:
        return f"{self.failing} of {self.looked}"


@dataclass(frozen=True, slots=True)
class Consequence:
    """A check of another requirement (or of the same) that fails only because of a finding elsewhere."""

    requirement: str
    check: str
    message: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A requirement that a check shows not to be met; its grade is potential.

    `requirement` may be a numbered sub-item ('9.3.2-c4'). `kind` is the check's kind, 'absent' or 'integrity'.
    `register` and `entry` name the subject ('audits', 'A2'); `entry` is empty where a whole register is meant, and
    `item` names a part of the entry ('findings 2'). `because` is the reason for the grade.
    """

    requirement: str
    check: str
    kind: str
    register: str
    entry: str
    item: str
    grade: Grade
    because: str
    message: str
    tests: str
    remedy: str
    extent: Extent
    location: Location
    lapse: Lapse | None = None
    consequences: tuple[Consequence, ...] = ()
    title: str = ""
    """What the entry calls itself, empty where it does not."""

    @property
    def identity(self) -> Identity:
        """What makes it the same finding in another run: requirement, check, register/id and item; never a line."""
        return (self.requirement, self.check, self.subject, self.item)

    @property
    def subject(self) -> str:
        """The entry as 'register/id', or the register alone."""
        return f"{self.register}/{self.entry}" if self.entry else self.register

    @property
    def clause(self) -> str:
        """The clause to which the requirement belongs."""
        return self.requirement.partition("-")[0]


@dataclass(frozen=True, slots=True)
class Gap:
    """What one check shows of one requirement: findings of one grade, one an entry; the first stands for all."""

    findings: tuple[Finding, ...]

    @property
    def first(self) -> Finding:
        """The finding that stands for all: they share requirement, check, grade, remedy and extent."""
        return self.findings[0]

    @property
    def others(self) -> tuple[Finding, ...]:
        """The findings beside the first."""
        return self.findings[1:]

    @property
    def consequences(self) -> tuple[Consequence, ...]:
        """What fails only because of these findings."""
        return tuple(each for finding in self.findings for each in finding.consequences)


def gaps_of(findings: Iterable[Finding]) -> tuple[Gap, ...]:
    """Group findings by requirement, check and grade: gravest first, then those that pull most down with them.

    What stopped taking place at all (a last limit was overrun) comes before a number of single lapses.
    """
    groups: dict[tuple[str, str, Grade], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.requirement, finding.check, finding.grade), []).append(finding)
    gaps = [Gap(tuple(group)) for group in groups.values()]
    return tuple(sorted(gaps, key=_gravest_first))


def _gravest_first(gap: Gap) -> tuple[int, int, bool]:
    return (-gap.first.grade.rank, -len(gap.consequences), gap.first.lapse != "past")


@dataclass(frozen=True, slots=True)
class Seen:
    """An entry that a check looked at and that passed, or a document that answers a requirement."""

    subject: str
    text: str
    location: Location


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What one check answered. `plain` says in a sentence what it looks at; `message` what came out."""

    name: str
    kind: str
    tests: str
    plain: str
    grade: Grade
    outcome: Literal["passed", "failed", "nothing"]
    nothing: Nothing | None
    message: str
    extent: Extent
    root: str | None = None
    """The requirement under which the failure or absence is reported, where that is another one."""


@dataclass(frozen=True, slots=True)
class Documented:
    """Documented information that a requirement asks for; `condition` is 'always' or says when."""

    kind: str
    what: str
    condition: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a human assessor recorded on a requirement."""

    verdict: Verdict
    note: str
    by: str
    on: date


@dataclass(frozen=True, slots=True)
class RequirementResult:
    """One requirement with its verdict; numbered sub-items stand in `items`, are not counted and roll up."""

    id: str
    clause: str
    statement: str
    verdict: Verdict
    reason: str
    documented: Documented | None
    qualifier: str
    stage: int
    evidence: tuple[str, ...]
    questions: tuple[str, ...]
    judge: str
    remedy: str
    checks: tuple[CheckResult, ...]
    seen: tuple[Seen, ...]
    findings: tuple[Finding, ...]
    judgement: Judgement | None = None
    items: tuple[RequirementResult, ...] = ()

    @property
    def label(self) -> str:
        """The id as prose shows it: '9.2.2 a)'."""
        return label(self.id)

    @property
    def gaps(self) -> tuple[Finding, ...]:
        """Findings of its own that count, without opportunities."""
        return tuple(finding for finding in self.findings if finding.grade is not Grade.OPPORTUNITY)

    @property
    def opportunities(self) -> tuple[Finding, ...]:
        """Opportunities for improvement, which lower nothing."""
        return tuple(finding for finding in self.findings if finding.grade is Grade.OPPORTUNITY)


@dataclass(frozen=True, slots=True)
class Counts:
    """Requirements by verdict, in the order of `Verdict`, with the numbers drawn from them.

    `outside` is how many of the unassessed lie outside the engagement.
    """

    by_verdict: tuple[tuple[Verdict, int], ...]
    outside: int = 0

    def __getitem__(self, verdict: Verdict) -> int:
        return dict(self.by_verdict)[verdict]

    def __iter__(self) -> Iterator[tuple[Verdict, int]]:
        """Yield verdicts that occur, with their count."""
        return (pair for pair in self.by_verdict if pair[1])

    @property
    def total(self) -> int:
        """All requirements."""
        return sum(count for _, count in self.by_verdict)

    @property
    def applicable(self) -> int:
        """Requirements that apply and lie inside the engagement."""
        return self.total - self[Verdict.NOT_APPLICABLE] - self.outside

    @property
    def met(self) -> int:
        """Requirements that conform or are described."""
        return self[Verdict.CONFORMING] + self[Verdict.DESCRIBED]

    @property
    def score(self) -> float | None:
        """(described + conforming) / applicable, or None where nothing applies."""
        return self.met / self.applicable if self.applicable else None


def count(verdicts: Iterable[Verdict], outside: int = 0) -> Counts:
    """Count verdicts."""
    tally = dict.fromkeys(Verdict, 0)
    for verdict in verdicts:
        tally[verdict] += 1
    return Counts(tuple(tally.items()), outside)


@dataclass(frozen=True, slots=True)
class ClauseResult:
    """A numbered clause below a section; a heading has no requirements of its own.

    `titled` is False where the standard prints no title and `title` is ours. `verdict` is the gravest of its
    requirements, None for a heading.
    """

    id: str
    title: str
    titled: bool
    short: str
    intent: str
    verdict: Verdict | None
    counts: Counts
    requirements: tuple[RequirementResult, ...]


@dataclass(frozen=True, slots=True)
class SectionResult:
    """One of the sections 4 to 10."""

    id: str
    title: str
    counts: Counts
    clauses: tuple[ClauseResult, ...]


@dataclass(frozen=True, slots=True)
class WeakClause:
    """A clause with its share of met requirements; the weakest ones are named beside the mean."""

    id: str
    title: str
    met: int
    applicable: int


@dataclass(frozen=True, slots=True)
class Summary:
    """The numbers of the whole assessment; counts come first, shares after."""

    counts: Counts
    clauses: Counts
    """Clauses that hold requirements, by their gravest verdict."""
    gaps: tuple[tuple[Grade, int], ...]
    """Gaps by grade, gravest first; opportunities are counted as well."""
    findings: tuple[tuple[Grade, int], ...]
    """Findings by grade, gravest first: a gap has one for each entry that shows it."""
    weakest: tuple[WeakClause, ...]
    clause_mean: float | None
    """Mean of the clauses' shares of met requirements."""
    sentences: tuple[str, ...]
    """The result in about three sentences."""
    next_steps: tuple[str, ...]
    """What to do first, most useful first."""
    started: bool = True
    """False where nothing is there but drafts of documents, or nothing at all."""


@dataclass(frozen=True, slots=True)
class DocumentedRow:
    """One line of the documented-information matrix; `found` are documents and records that answer it."""

    requirement: str
    title: str
    documented: Documented
    verdict: Verdict
    found: tuple[Seen, ...]


@dataclass(frozen=True, slots=True)
class ExclusionRow:
    """A declared exclusion and what became of it; `accepted` is False where it is a finding on 4.3."""

    clause: str
    title: str
    justification: str
    approved: str
    accepted: bool
    remark: str
    location: Location


@dataclass(frozen=True, slots=True)
class Standard:
    """The edition against which was assessed."""

    id: str
    name: str
    edition: str
    amendments: tuple[str, ...]
    confidence: str

    def same_edition(self, other: Standard) -> bool:
        """Tell whether requirements of both are the same ones; amendments may differ."""
        return (self.id, self.edition) == (other.id, other.edition)

    def __str__(self) -> str:
        return f"{self.name}:{self.edition}" + "".join(f" + {amendment}" for amendment in self.amendments)


@dataclass(frozen=True, slots=True)
class Organisation:
    """Facts for the cover; a text is empty where the description does not say."""

    name: str
    description: str
    employees: str
    sites: tuple[str, ...]
    products: tuple[str, ...]
    scope: str
    boundaries: str


@dataclass(frozen=True, slots=True)
class Engagement:
    """What was looked at: sites, processes and clauses; an empty tuple means all."""

    sites: tuple[str, ...] = ()
    processes: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.sites or self.processes or self.clauses)


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """How many entries a register holds, and their ids; one that holds a single entry has none."""

    name: str
    title: str
    entries: int
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """What was read."""

    root: str
    files: tuple[str, ...]
    skipped: tuple[str, ...]
    """Files that share no register with isocheck."""
    registers: tuple[RegisterRow, ...]

    @property
    def entries(self) -> int:
        """All entries of all registers."""
        return sum(row.entries for row in self.registers)


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that a reader of the result has to know and that is no finding, and where it shows."""

    text: str
    location: Location | None = None


@dataclass(frozen=True, slots=True)
class Assessment:
    """The whole result. `findings` are ordered by grade, then by place in the standard."""

    version: str
    standard: Standard
    as_of: date
    organisation: Organisation
    engagement: Engagement
    source: Source
    summary: Summary
    sections: tuple[SectionResult, ...]
    findings: tuple[Finding, ...]
    documented: tuple[DocumentedRow, ...]
    exclusions: tuple[ExclusionRow, ...]
    limits: tuple[str, ...] = ()
    """What was not looked at and what the result does not say."""
    intervals: tuple[tuple[str, str, str], ...] = field(default=())
    """Intervals in force: name, length, and whether it is the organisation's own or the pack's default."""
    notices: tuple[Notice, ...] = ()

    def gaps(self) -> tuple[Gap, ...]:
        """Return what counts as a gap, gravest first; opportunities are not among them."""
        return gaps_of(finding for finding in self.findings if finding.grade is not Grade.OPPORTUNITY)

    def opportunities(self) -> tuple[Gap, ...]:
        """Return opportunities for improvement, grouped as gaps are."""
        return gaps_of(finding for finding in self.findings if finding.grade is Grade.OPPORTUNITY)

    def clauses(self) -> Iterator[ClauseResult]:
        """Yield clauses in the order of the standard."""
        for section in self.sections:
            yield from section.clauses

    def with_items(self) -> Iterator[RequirementResult]:
        """Yield requirements, each followed by its numbered sub-items."""
        for requirement in self.requirements():
            yield requirement
            yield from requirement.items

    def requirements(self) -> Iterator[RequirementResult]:
        """Yield requirements that are counted, in the order of the standard; sub-items are not among them."""
        for clause in self.clauses():
            yield from clause.requirements
