"""Objectives, risks and opportunities: clauses 6.1 and 6.2."""

from typing import Annotated, Literal

from pydantic import Field, WithJsonSchema

from isocheck.qms.fields import (
    Answer,
    Date,
    Entry,
    Interval,
    Number,
    Planned,
    ProcessId,
    Ref,
    Text,
    Who,
)
from isocheck.qms.parts import Action, Judged, Measured, Review, Told

Cause = Annotated[
    str | None,
    Ref(("issues", "interested_parties", "processes", "nonconformities", "climate", "obligations")),
    WithJsonSchema({"type": ["string", "null"]}),
]


class Objective(Entry):
    """A quality objective with the plan to reach it (6.2)."""

    statement: Text = Field(None, description="What is to be reached.")
    policy_link: Text = Field(None, description="Which part of the policy it follows from (6.2.1 a).")
    requirements: Text = Field(None, description="Which applicable requirements it takes up (6.2.1 c).")
    conformity: Text = Field(
        None, description="What it does for conforming products or for satisfied customers (6.2.1 d)."
    )
    indicator: Text = Field(None, description="What is measured.")
    target: Number = Field(None, description="Target value; a number without its unit.")
    unit: Text = Field(None, description="Unit of target and values.")
    better: Literal["higher", "lower"] | None = Field(None, description="Which way is better; empty: higher.")
    owner: Who = Field(None, description="Who answers for it (6.2.2 c).")
    processes: tuple[ProcessId, ...] = Field((), description="Processes for which it is set.")
    functions: tuple[Text, ...] = Field(
        (), description="Functions or levels for which it is set, such as sales or the whole company."
    )
    set_on: Date = Field(None, description="When it was set.")
    due: Planned = Field(None, description="When it is to be reached (6.2.2 d).")
    resources: Text = Field(None, description="What is needed to reach it (6.2.2 b).")
    actions: tuple[Action, ...] = Field((), description="What will be done (6.2.2 a).")
    evaluation: Text = Field(None, description="How the results will be evaluated (6.2.2 e).")
    frequency: Interval = Field(None, description="How often it is measured.")
    results: tuple[Measured, ...] = Field((), description="Measured values.")
    communicated: tuple[Told, ...] = Field((), description="How it was made known (6.2.1 f).")
    reviewed: Date = Field(None, description="When it was last looked at and, where needed, changed (6.2.1 g).")
    concluded: Review | None = Field(
        None, description="How it ended: reached, replaced or dropped, with the day; empty while it is pursued."
    )


class Risk(Entry):
    """A risk or an opportunity, with what is done about it (6.1)."""

    kind: Literal["risk", "opportunity"] | None = Field(None, description="Risk or opportunity.")
    description: Text = Field(None, description="What may happen, and with what effect.")
    arises_from: tuple[Cause, ...] = Field(
        (),
        description="Issue, party, process, nonconformity or obligation that it comes from, as register/id.",
    )
    aims: tuple[Literal["a", "b", "c", "d"] | None, ...] = Field(
        (),
        description="What dealing with it is for (6.1.1): a the system reaches its results, "
        "b more of what is wanted, c less of what is not, d improvement.",
    )
    likelihood: Answer = Field(None, description="How likely it is, on the organisation's own scale.")
    impact: Answer = Field(None, description="How much it matters, on the organisation's own scale.")
    owner: Who = Field(None, description="Who watches it.")
    actions: tuple[Action, ...] = Field((), description="What is done about it.")
    treatment_reason: Text = Field(None, description="Why nothing is done, where it is accepted.")
    proportion: Text = Field(None, description="Why the actions fit what is at stake for products and services.")
    effect: Judged | None = Field(None, description="Whether the actions worked (6.1.2 b).")
    reviewed: Date = Field(None, description="When it was last looked at.")
    closed: Date = Field(None, description="When it ceased to matter; empty while it stands.")


__all__ = ["Objective", "Risk"]
