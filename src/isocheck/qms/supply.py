"""External providers and measuring equipment: clauses 7.1.5 and 8.4."""

from typing import Literal

from pydantic import Field

from isocheck.qms.fields import (
    Answer,
    Date,
    Entry,
    EquipmentId,
    Interval,
    Item,
    Planned,
    Proof,
    Text,
    Truth,
    Who,
)
from isocheck.qms.parts import Action

Point = Literal["a", "b1", "b2", "b3", "c", "d", "e", "f"]
"""What a provider is told (8.4.3), by letter."""


class ProviderEvaluation(Item):
    """One evaluation of a provider."""

    date: Date = Field(None, description="When.")
    by: Who = Field(None, description="Who evaluated.")
    result: Literal["passed", "conditional", "failed"] | None = Field(None, description="What came out.")
    notes: Text = Field(None, description="What it rests on.")
    actions: tuple[Action, ...] = Field((), description="Actions that arose from it.")
    record: Proof = Field(None, description="Where it is recorded.")


class Certificate(Item):
    """A certificate of a provider."""

    name: Text = Field(None, description="What it certifies.")
    number: Text = Field(None, description="Its number.")
    expires: Planned = Field(None, description="Last day on which it is in force.")


class Provider(Entry):
    """Somebody outside who provides processes, products or services (8.4)."""

    name: Text = Field(None, description="Name.")
    provides: Text = Field(None, description="What comes from it.")
    role: Literal["a", "b", "c"] | None = Field(
        None,
        description="Why it is controlled (8.4.1): a goes into the organisation's own products and services, "
        "b is delivered to the customer directly, c a process or part of it is handed over.",
    )
    critical: Truth = Field(None, description="True where the product's conformity hangs on it.")
    status: Literal["approved", "conditional", "new", "blocked", "former"] | None = Field(
        None,
        description="Its standing: approved; conditional, until something is put right; new, not yet approved; "
        "blocked; former, no longer used.",
    )
    ended: Date = Field(None, description="Since when it is blocked or no longer used.")
    criteria: Text = Field(None, description="Criteria for choosing, watching and evaluating it again.")
    criteria_kind: Literal["certificate", "performance", "audit", "sample", "history"] | None = Field(
        None, description="What the approval mainly rests on."
    )
    approved: Date = Field(None, description="When it was approved.")
    evaluations: tuple[ProviderEvaluation, ...] = Field((), description="Its evaluations.")
    evaluation_interval: Interval = Field(None, description="How often it is evaluated again.")
    reevaluate_by: Planned = Field(None, description="When it is next to be evaluated, where that is planned.")
    monitored: Text = Field(None, description="How its performance is followed between evaluations.")
    certificates: tuple[Certificate, ...] = Field((), description="Its certificates.")
    controls: tuple[Text, ...] = Field(
        (), description="Controls applied to the provider itself: visits, approvals, terms (8.4.2 b)."
    )
    output_controls: tuple[Text, ...] = Field(
        (),
        description="Controls applied to what it delivers: incoming check, proof that comes with it (8.4.2 b).",
    )
    effect: Text = Field(None, description="What it can do to the ability to meet requirements (8.4.2 c 1).")
    own_control: Text = Field(None, description="How well the provider controls itself (8.4.2 c 2).")
    within_system: Text = Field(None, description="How a process handed over stays within the system (8.4.2 a).")
    verification: Text = Field(None, description="How what it delivers is verified (8.4.2 d).")
    used: Date = Field(None, description="When it last delivered.")
    information: tuple[Point | None, ...] = Field(
        (),
        description="What it is told (8.4.3): a what to provide, b1 approval of products, b2 of methods and equipment, "
        "b3 of release, c competence, d how to work together, e how it is watched, f visits to its premises.",
    )
    applies: tuple[Point | None, ...] = Field(
        (),
        description="Points of 8.4.3 on which the organisation has something to require of it, by the same letters; "
        "empty: not decided. Point a applies to everyone.",
    )
    information_checked: Text = Field(
        None, description="How requirements are found adequate before they are sent (8.4.3)."
    )


Status = Literal["in use", "in calibration", "blocked", "retired"] | None


class Equipment(Entry):
    """A monitoring or measuring resource (7.1.5)."""

    name: Text = Field(None, description="What it is.")
    used_for: Text = Field(None, description="What it measures.")
    suitable_for: Text = Field(None, description="Why it fits that: range, resolution, uncertainty (7.1.5.1 a).")
    checks_conformity: Truth = Field(
        None, description="True where it shows that products conform; other gauges need no control."
    )
    traceability_required: Truth = Field(
        None,
        description="True where the measurement has to be traceable: by law, by contract, or by own decision.",
    )
    interval: Interval = Field(None, description="How often it is calibrated or verified.")
    before_use: Truth = Field(None, description="True where it is verified before each use instead.")
    due: Planned = Field(None, description="When it is due next, as the organisation's list says.")
    traceable_to: Text = Field(None, description="Measurement standard that it is traceable to.")
    basis: Text = Field(None, description="What calibration rests on, where no such standard exists.")
    certificate: Proof = Field(None, description="Latest certificate.")
    status: Status = Field(None, description="Its status.")
    marked: Text = Field(None, description="How its status can be told: label, colour, list (7.1.5.2 b).")
    safeguarded: Text = Field(None, description="How it is kept from wrong adjustment and damage (7.1.5.2 c).")
    maintained: Text = Field(None, description="How it is kept fit for its purpose (7.1.5.1 b).")
    location: Text = Field(None, description="Where it is.")
    evidence: tuple[Proof, ...] = Field((), description="Evidence that it is fit for its purpose (7.1.5.1).")


class Lookback(Item):
    """A look back on earlier results, after an instrument was found out (7.1.5.2)."""

    date: Date = Field(None, description="When.")
    by: Who = Field(None, description="Who looked.")
    result: Answer = Field(None, description="Whether earlier results were affected.")
    affected: Truth = Field(None, description="True where earlier results were affected.")
    action: Text = Field(None, description="What was done about them.")


class Calibration(Entry):
    """One calibration or verification of an instrument (7.1.5.2)."""

    equipment: EquipmentId = Field(None, description="The instrument.")
    performed: Date = Field(None, description="When.")
    by: Text = Field(None, description="Who, or which laboratory.")
    traceable_to: Text = Field(None, description="Measurement standard that was used.")
    certificate: Text = Field(None, description="Number or place of the certificate.")
    as_found: Literal["in", "out"] | None = Field(None, description="Within or out of tolerance when it came.")
    as_left: Literal["in", "out"] | None = Field(None, description="Within or out of tolerance when it left.")
    result: Text = Field(None, description="What came out.")
    lookback: Lookback | None = Field(None, description="What was done about earlier results, where found out.")


__all__ = ["Calibration", "Equipment", "Point", "Provider", "Status"]
