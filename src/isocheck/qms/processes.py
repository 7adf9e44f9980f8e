"""Processes, what they need, and how the system changes: clauses 4.4, 6.3, 7.1 and 8.1."""

from typing import Literal

from pydantic import Field

from isocheck.qms.fields import (
    Answer,
    ClauseId,
    Date,
    DocumentId,
    Entry,
    Interval,
    Item,
    Number,
    Partner,
    Planned,
    ProcessId,
    ProviderId,
    RecordId,
    RiskId,
    Text,
    Truth,
    Who,
)
from isocheck.qms.parts import Action, Measured, Review


class Input(Item):
    """What a process takes in."""

    name: Text = Field(None, description="What it is; the same word as the output that it comes from.")
    source: Partner = Field(None, description="Process, interested party or provider that it comes from.")


class Output(Item):
    """What a process gives."""

    name: Text = Field(None, description="What it is.")
    receiver: Partner = Field(None, description="Process, interested party or provider that it goes to.")


class Indicator(Item):
    """A performance indicator of a process."""

    name: Text = Field(None, description="What is measured.")
    target: Number = Field(None, description="Target value, if one is set; a number without its unit.")
    unit: Text = Field(None, description="Unit of target and values.")
    better: Literal["higher", "lower"] | None = Field(None, description="Which way is better; empty: higher.")
    frequency: Interval = Field(None, description="How often it is measured.")
    results: tuple[Measured, ...] = Field((), description="Measured values.")


class Evaluation(Item):
    """The evaluation of a process (4.4.1 g)."""

    date: Date = Field(None, description="When it was evaluated.")
    by: Who = Field(None, description="Who evaluated.")
    result: Text = Field(None, description="What came out.")
    changes: Text = Field(None, description="Changes that were decided on.")


class Process(Entry):
    """A process of the quality management system (4.4.1)."""

    name: Text = Field(None, description="What it is called.")
    purpose: Text = Field(None, description="What it is for.")
    kind: Literal["management", "operation", "support"] | None = Field(None, description="What kind of process.")
    owner: Who = Field(None, description="Who answers for it.")
    started: Planned = Field(None, description="When it was put to work; young processes need no audit yet.")
    inputs: tuple[Input, ...] = Field((), description="What it takes in, and from where.")
    outputs: tuple[Output, ...] = Field((), description="What it gives, and to whom.")
    criteria: tuple[Text, ...] = Field((), description="What tells that it runs as it should.")
    methods: tuple[Text, ...] = Field((), description="How it is run and controlled.")
    indicators: tuple[Indicator, ...] = Field((), description="How its performance is measured.")
    resources: tuple[Text, ...] = Field((), description="What it needs: people, machines, software, rooms.")
    responsibilities: tuple[Text, ...] = Field((), description="Who does what in it.")
    risks: tuple[RiskId, ...] = Field((), description="Risks and opportunities that are dealt with in it.")
    evaluated: tuple[Evaluation, ...] = Field((), description="Its evaluations.")
    improvements: tuple[Text, ...] = Field((), description="What was made better in it.")
    documents: tuple[DocumentId, ...] = Field((), description="Documents that support it.")
    records: tuple[RecordId, ...] = Field((), description="Records that show that it runs as planned.")
    clauses: tuple[ClauseId, ...] = Field((), description="Clauses that it fulfils.")
    parent: ProcessId = Field(None, description="The process of which it is a part.")
    externally_provided: Truth = Field(None, description="True where somebody outside runs it (8.4).")
    provider: ProviderId = Field(None, description="Who runs it, where it is externally provided.")


class Change(Entry):
    """A change of the system, of production, of an order or of a design (6.3, 8.1, 8.5.6)."""

    subject: Literal["qms", "production", "operation", "order", "design"] | None = Field(
        None, description="What changes."
    )
    description: Text = Field(None, description="What is changed.")
    planned: Truth = Field(None, description="False for a change that nobody intended.")
    purpose: Text = Field(None, description="What it is for (6.3 a).")
    consequences: Answer = Field(None, description="What may follow from it, for good or ill (6.3 a).")
    integrity: Text = Field(None, description="How the system stays whole meanwhile (6.3 b).")
    resources: Text = Field(None, description="What it needs, and whether that is there (6.3 c).")
    responsibilities: Text = Field(None, description="Who takes on which duty or power (6.3 d).")
    communicated: Text = Field(None, description="Who was told, and how.")
    planned_date: Date = Field(None, description="When it was planned.")
    done: Date = Field(None, description="When it was carried out.")
    reviewed: Review | None = Field(None, description="Its review.")
    authorised_by: Who = Field(None, description="Who authorised it.")
    effects: Answer = Field(None, description="What an unintended change led to, once looked at (8.1).")
    harmful: Truth = Field(None, description="True where an unintended change did harm or may still do it (8.1).")
    documents_amended: Answer = Field(
        None, description="For a changed order: documents that were changed in turn, or 'none touched' (8.2.4)."
    )
    actions: tuple[Action, ...] = Field((), description="Actions that the review led to (8.5.6).")
    processes: tuple[ProcessId, ...] = Field((), description="Processes that it touches.")


class Maintenance(Item):
    """How a resource is kept fit."""

    what: Text = Field(None, description="What is done.")
    interval: Interval = Field(None, description="How often.")
    last: Date = Field(None, description="When it was last done.")
    due: Planned = Field(None, description="When it is due next.")


class Resource(Entry):
    """Infrastructure, environment or another resource (7.1)."""

    name: Text = Field(None, description="What it is.")
    kind: (
        Literal["people", "building", "equipment", "transport", "information technology", "environment", "other"] | None
    ) = Field(None, description="What kind of resource.")
    needed_for: tuple[ProcessId, ...] = Field((), description="Processes that need it.")
    limits: Answer = Field(None, description="What it can and cannot do (7.1.1 a).")
    provided: Literal["internal", "external"] | None = Field(None, description="From inside or from outside (7.1.1 b).")
    provider: ProviderId = Field(None, description="Who provides it, where it comes from outside.")
    owner: Who = Field(None, description="Who looks after it.")
    factors: tuple[Text, ...] = Field(
        (), description="For an environment: what is watched, such as heat, light, noise, strain (7.1.4)."
    )
    maintenance: tuple[Maintenance, ...] = Field((), description="How it is kept fit.")


__all__ = ["Change", "Input", "Output", "Process", "Resource"]
