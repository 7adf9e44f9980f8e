"""Design and development projects: clause 8.3."""

from typing import Literal

from pydantic import Field

from isocheck.qms.fields import (
    Answer,
    Date,
    Entry,
    Item,
    Name,
    Planned,
    ProductId,
    Proof,
    Text,
    Truth,
    Who,
)
from isocheck.qms.parts import Action, Review


class Plan(Item):
    """The plan of a project (8.3.2)."""

    considers: tuple[Literal["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"] | None, ...] = Field(
        (),
        description="What the plan takes in (8.3.2): a nature, length and complexity, b stages and reviews, "
        "c verification and validation, d responsibilities, e resources, f interfaces between people, "
        "g customers and users, h what follows for production, i control that parties expect, j documents and records.",
    )
    stages: tuple[Text, ...] = Field((), description="Stages of the project.")
    responsibilities: Text = Field(None, description="Who does and decides what.")
    resources: Text = Field(None, description="What is needed from inside and outside.")
    interfaces: Text = Field(None, description="How those who take part work together.")
    document: Proof = Field(None, description="Document that holds the plan.")


class DesignInput(Item):
    """One requirement that the design has to meet (8.3.3)."""

    id: Name = Field(None, description="Short name of the input.")
    kind: Literal["a", "b", "c", "d", "e"] | None = Field(
        None,
        description="Where it comes from (8.3.3): a function and performance, b earlier projects, c law, "
        "d standards and codes, e what may follow from failure.",
    )
    text: Text = Field(None, description="What is required.")
    conflict: Text = Field(None, description="Another input that it contradicts, if any.")
    resolved: Text = Field(None, description="How the conflict was resolved.")


class DesignReview(Item):
    """A review at a stage (8.3.4 b)."""

    date: Date = Field(None, description="When.")
    stage: Text = Field(None, description="At which stage.")
    result: Literal["in order", "problems"] | None = Field(None, description="What came out.")
    notes: Answer = Field(None, description="What was found.")
    actions: tuple[Action, ...] = Field((), description="What was done about problems (8.3.4 e).")
    record: Proof = Field(None, description="Where it is recorded (8.3.4 f).")


class Trial(Item):
    """A verification or a validation (8.3.4 c, d)."""

    date: Date = Field(None, description="When.")
    after_release: Text = Field(None, description="Why it could be done only in use, where the release came first.")
    what: Text = Field(None, description="How it was done.")
    result: Literal["passed", "problems"] | None = Field(None, description="What came out.")
    actions: tuple[Action, ...] = Field((), description="What was done about problems (8.3.4 e).")
    record: Proof = Field(None, description="Where it is recorded (8.3.4 f).")


class DesignOutput(Item):
    """What the design gives (8.3.5)."""

    id: Name = Field(None, description="Short name of the output.")
    what: Text = Field(None, description="What it is: a drawing, a specification, a test plan.")
    meets: tuple[Text, ...] = Field((), description="Ids of the inputs that it answers (8.3.5 a).")
    suited: Text = Field(None, description="What makes it fit for what follows: purchasing, production (8.3.5 b).")
    acceptance: Text = Field(None, description="Criteria for acceptance, monitoring and measuring (8.3.5 c).")
    characteristics: Text = Field(None, description="What matters for safe and proper use and supply (8.3.5 d).")
    record: Proof = Field(None, description="Document that holds it.")


class DesignChange(Item):
    """A change during or after the project (8.3.6)."""

    id: Name = Field(None, description="Short name of the change.")
    date: Date = Field(None, description="When it was made.")
    what: Text = Field(None, description="What was changed (8.3.6 a).")
    reviewed: Review | None = Field(None, description="The review of the change (8.3.6 b).")
    authorised_by: Who = Field(None, description="Who authorised it (8.3.6 c).")
    authorised: Date = Field(None, description="When it was authorised.")
    adverse: Text = Field(None, description="What was done so that nothing adverse follows (8.3.6 d).")


class Design(Entry):
    """A design and development project (8.3)."""

    name: Text = Field(None, description="What is designed or developed.")
    product: ProductId = Field(None, description="Product or service that comes of it.")
    process: Text = Field(None, description="How design and development is run: the process that it follows (8.3.1).")
    started: Planned = Field(None, description="When the project began.")
    released: Date = Field(None, description="When the design was released for use.")
    outsourced: Truth = Field(None, description="True where somebody else designs on the organisation's behalf.")
    plan: Plan | None = Field(None, description="The plan.")
    inputs: tuple[DesignInput, ...] = Field((), description="Inputs.")
    inputs_considered: tuple[Literal["a", "b", "c", "d", "e"] | None, ...] = Field(
        (), description="Sources of 8.3.3 that were looked at and gave no input, by their letters."
    )
    inputs_record: Proof = Field(None, description="Document or record that holds the inputs (8.3.3).")
    inputs_reviewed: Review | None = Field(
        None, description="Review of the inputs: adequate, complete and unambiguous (8.3.3)."
    )
    results_defined: Text = Field(None, description="What results the project is to reach (8.3.4 a).")
    reviews: tuple[DesignReview, ...] = Field((), description="Reviews.")
    verification: tuple[Trial, ...] = Field((), description="Verification: do the outputs meet the inputs?")
    validation: tuple[Trial, ...] = Field((), description="Validation: does the result serve its use?")
    outputs: tuple[DesignOutput, ...] = Field((), description="Outputs.")
    changes: tuple[DesignChange, ...] = Field((), description="Changes.")


__all__ = ["Design"]
