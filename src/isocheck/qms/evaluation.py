"""Evaluating performance: clause 9."""

from typing import Annotated, Literal

from pydantic import Field, WithJsonSchema

from isocheck.qms.fields import (
    Answer,
    ClauseId,
    Date,
    Entry,
    Interval,
    Item,
    Name,
    NonconformityId,
    PersonId,
    Planned,
    ProcessId,
    Proof,
    Ref,
    Text,
    Truth,
    Who,
)
from isocheck.qms.parts import Told

Topic = Literal["a", "b", "c1", "c2", "c3", "c4", "c5", "c6", "c7", "d", "e", "f"]


class Feedback(Entry):
    """What customers think, and how that was found out (9.1.2)."""

    kind: Literal["survey", "meeting", "complaint", "claim", "praise", "market", "report", "other"] | None = Field(
        None, description="Where it comes from."
    )
    customer: Text = Field(None, description="Who said it, or how many were asked.")
    method: Text = Field(None, description="How it was obtained, watched and reviewed.")
    date: Date = Field(None, description="When.")
    result: Text = Field(None, description="What came out.")
    answered: Date = Field(None, description="When a complaint was answered.")
    nonconformity: NonconformityId = Field(None, description="Nonconformity that it led to.")


class Conclusion(Item):
    """An evaluation of what was monitored."""

    date: Date = Field(None, description="When.")
    by: Who = Field(None, description="Who evaluated.")
    conclusion: Text = Field(None, description="What the results say.")


class Monitored(Entry):
    """Something that is monitored or measured (9.1.1, 9.1.3)."""

    what: Text = Field(None, description="What is monitored (9.1.1 a).")
    method: Text = Field(None, description="How, so that results are valid (9.1.1 b).")
    when_measured: Text = Field(None, description="When it is monitored or measured (9.1.1 c).")
    when_evaluated: Interval = Field(None, description="How often results are analysed and evaluated (9.1.1 d).")
    answers: tuple[Literal["a", "b", "c", "d", "e", "f", "g"] | None, ...] = Field(
        (),
        description="What the evaluation says something about (9.1.3): a conformity, b satisfaction, c the system, "
        "d planning, e risks and opportunities, f providers, g need to improve.",
    )
    results: Proof = Field(None, description="Where the results are kept.")
    started: Planned = Field(None, description="Since when it is monitored; empty: since the system was put to work.")
    evaluated: tuple[Conclusion, ...] = Field((), description="Evaluations.")
    owner: Who = Field(None, description="Who looks after it.")


class AuditProgramme(Entry):
    """An audit programme (9.2.2 a)."""

    period: Text = Field(None, description="Period for which it is made, such as 2026.")
    starts: Planned = Field(None, description="First day of the period.")
    ends: Planned = Field(None, description="Last day of the period.")
    frequency: Text = Field(None, description="How often what is audited.")
    reason: Text = Field(None, description="Why that often.")
    methods: Text = Field(None, description="How audits are carried out.")
    responsibilities: Text = Field(None, description="Who does what.")
    planning: Text = Field(None, description="What is to be settled before an audit.")
    reporting: Text = Field(None, description="How results are reported.")
    considers: tuple[Literal["importance", "changes", "results"] | None, ...] = Field(
        (), description="What was weighed: importance of processes, changes, results of earlier audits."
    )


class AuditFinding(Item):
    """A finding of an audit."""

    id: Name = Field(None, description="Short name of the finding.")
    grade: Literal["opportunity", "minor", "major", "conforming"] | None = Field(None, description="Its grade.")
    clause: ClauseId = Field(None, description="Clause or requirement that it is about.")
    process: ProcessId = Field(None, description="Process in which it was made.")
    statement: Text = Field(None, description="What was found.")
    nonconformity: NonconformityId = Field(None, description="Nonconformity under which it is handled.")
    response_due: Planned = Field(None, description="When an answer is due.")


class Audit(Entry):
    """An audit, planned or performed (9.2)."""

    kind: Literal["internal", "certification", "customer", "supplier"] | None = Field(
        None, description="Who audits whom."
    )
    programme: Annotated[
        str | None, Ref(("audit_programme",)), WithJsonSchema({"type": ["string", "number", "null"]})
    ] = Field(None, description="Programme that it belongs to.")
    planned: Planned = Field(None, description="Day for which it is planned.")
    performed: Date = Field(None, description="Day on which it was completed; empty while it is planned.")
    auditors: tuple[PersonId, ...] = Field((), description="Who audited.")
    processes: tuple[ProcessId, ...] = Field((), description="Processes that were audited.")
    clauses: tuple[ClauseId, ...] = Field((), description="Clauses against which was audited.")
    objectives: Text = Field(None, description="What the audit was to find out.")
    scope: Text = Field(None, description="What was in it.")
    criteria: Text = Field(None, description="Against what was audited (9.2.2 b).")
    own_requirements: Truth = Field(
        None, description="True where the organisation's own rules were audited (9.2.1 a 1)."
    )
    implementation: Truth = Field(
        None,
        description="True where the audit looked at whether the system is put to work and kept up (9.2.1 b).",
    )
    report: Proof = Field(None, description="Its report.")
    reported: tuple[Told, ...] = Field((), description="Managers to whom results were reported (9.2.2 d).")
    findings: tuple[AuditFinding, ...] = Field((), description="Findings.")


class Treated(Item):
    """One topic that a management review took in (9.3.2)."""

    topic: Topic | None = Field(None, description="Topic, by the letter and number of 9.3.2, such as c4.")
    summary: Answer = Field(
        None, description="What was looked at and what it says; a topic without it does not count as treated."
    )


class Decision(Item):
    """A decision of a management review (9.3.3)."""

    id: Name = Field(None, description="Short name of the decision.")
    kind: Literal["a", "b", "c"] | None = Field(
        None, description="What it is about (9.3.3): a improvement, b changes to the system, c resources."
    )
    action: Answer = Field(None, description="What was decided; 'none needed' is an answer.")
    owner: Who = Field(None, description="Who sees to it.")
    due: Planned = Field(None, description="By when.")
    done: Date = Field(None, description="When it was completed.")


class ManagementReview(Entry):
    """A management review (9.3)."""

    held: Date = Field(None, description="When it was held; empty while it is planned.")
    planned: Planned = Field(None, description="Day for which it is planned.")
    period: Text = Field(None, description="Period that it looks at; reviews of one period count together.")
    ends: Planned = Field(
        None,
        description="Last day by which the reviews of the period are complete, where several share the topics; until "
        "then what is not yet treated is no gap.",
    )
    chaired_by: PersonId = Field(None, description="Who chaired it.")
    attendees: tuple[PersonId, ...] = Field((), description="Who took part.")
    inputs: tuple[Treated, ...] = Field((), description="Topics that were treated.")
    outputs: tuple[Decision, ...] = Field((), description="Decisions.")
    taken_up: tuple[Text, ...] = Field(
        (), description="Decisions of earlier reviews that were taken up, as review:decision, such as MR1:D2."
    )
    conclusion: Text = Field(None, description="Whether the system is suitable, adequate, effective and aligned.")
    minutes: Proof = Field(None, description="Its minutes.")


class SampleItem(Item):
    """One thing in a sample."""

    ref: Name = Field(None, description="Its number.")
    reviewed: Date = Field(None, description="For orders: when it was reviewed.")
    committed: Date = Field(None, description="For orders: when the organisation bound itself.")
    result: Literal["in order", "not in order"] | None = Field(None, description="What was found.")
    note: Name = Field(None, description="A remark.")


class Sample(Entry):
    """A sample that was looked at, where nobody types the whole population."""

    of_what: (
        Literal["orders", "releases", "competence", "calibrations", "records", "nonconformities", "production"] | None
    ) = Field(None, description="What was sampled.")
    population: Text = Field(None, description="How many there were.")
    period: Text = Field(None, description="In which period.")
    starts: Planned = Field(None, description="First day of that period.")
    ends: Planned = Field(None, description="Last day of that period.")
    chosen: Text = Field(None, description="How the sample was chosen, and by whom.")
    date: Date = Field(None, description="When the sample was taken.")
    by: Who = Field(None, description="Who looked.")
    considered: tuple[Literal["a", "b", "c", "d", "e"] | None, ...] = Field(
        (), description="For orders: what the reviews were seen to take in, by the letters of 8.2.3.1."
    )
    items: tuple[SampleItem, ...] = Field((), description="What was looked at.")
    result: Text = Field(None, description="What it says as a whole.")


__all__ = ["Audit", "AuditProgramme", "Feedback", "ManagementReview", "Monitored", "Sample"]
