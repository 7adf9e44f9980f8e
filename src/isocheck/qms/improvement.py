"""Nonconformities, corrective action and improvement: clauses 8.7 and 10."""

from typing import Annotated, Literal

from pydantic import Field, WithJsonSchema

from isocheck.qms.fields import (
    Answer,
    Date,
    DocumentId,
    Entry,
    Interval,
    Item,
    ProcessId,
    ProductId,
    Ref,
    RiskId,
    Text,
    Truth,
    Who,
)
from isocheck.qms.parts import Action, Judged, Review


class Correction(Item):
    """What was done at once to put it right."""

    what: Text = Field(None, description="What was done.")
    by: Who = Field(None, description="Who did it.")
    date: Date = Field(None, description="When.")


class Concession(Item):
    """Leave to use or release what does not conform (8.7.1 d)."""

    given_by: Text = Field(None, description="Who gave leave: the customer, or whoever has the authority.")
    date: Date = Field(None, description="When.")
    allows: Text = Field(None, description="What it allows: which deviation, on how many or until when.")
    customer_needed: Truth = Field(None, description="True where the customer has to agree, by contract or by order.")
    customer: Text = Field(None, description="How the customer agreed, where that applies.")


class Informed(Item):
    """That the customer was told (8.7.1 c)."""

    to: Text = Field(None, description="Who was told.")
    date: Date = Field(None, description="When.")


class Nonconformity(Entry):
    """A requirement that was not met: in an output, in the system, in a complaint or in an audit (8.7, 10.2)."""

    kind: Literal["output", "system", "complaint", "audit"] | None = Field(
        None, description="Where it showed. Outputs are handled under 8.7, the others under 10.2."
    )
    description: Text = Field(None, description="What is not as it should be.")
    detected: Date = Field(None, description="When it was found.")
    source: Text = Field(None, description="How it was found.")
    process: ProcessId = Field(None, description="Process that it belongs to.")
    product: ProductId = Field(None, description="Product or service that it touches.")
    batch: Text = Field(None, description="Batch or serial number that it touches, as releases name it.")
    after_delivery: Truth = Field(None, description="True where it was found after delivery or during the service.")
    effect_on_conformity: Answer = Field(None, description="What it does to the product; the action fits that (8.7.1).")
    correction: Correction | None = Field(None, description="What was done at once.")
    consequences: Answer = Field(None, description="How consequences were dealt with (10.2.1 a 2).")
    disposition: tuple[
        Literal[
            "correct",
            "rework",
            "repair",
            "scrap",
            "segregate",
            "contain",
            "return",
            "suspend",
            "inform customer",
            "use as is",
            "concession",
        ]
        | None,
        ...,
    ] = Field((), description="What was done with the output (8.7.1); several ways may go together.")
    reverified: Review | None = Field(None, description="The check after the correction (8.7.1).")
    informed: Informed | None = Field(None, description="That the customer was told.")
    concession: Concession | None = Field(None, description="Leave to accept it.")
    authority: Who = Field(None, description="Who decided what to do with it (8.7.2 d).")
    reviewed: Review | None = Field(None, description="When and by whom it was looked at and analysed (10.2.1 b 1).")
    action_needed: Truth = Field(None, description="Whether action on the cause is needed; false is an answer.")
    action_reason: Text = Field(None, description="Why it is or is not.")
    cause: Text = Field(None, description="The cause (10.2.1 b 2).")
    cause_category: Text = Field(None, description="The cause as a category, so that one that comes back is noticed.")
    similar_result: Answer = Field(None, description="Whether the same exists or may happen elsewhere (10.2.1 b 3).")
    actions: tuple[Action, ...] = Field((), description="Corrective actions.")
    proportion: Text = Field(None, description="Why the actions fit the effects (10.2.1).")
    effect: Judged | None = Field(None, description="Whether they worked (10.2.1 d).")
    risks_touched: tuple[RiskId, ...] = Field((), description="Risks and opportunities that were changed (10.2.1 e).")
    risks_change: Answer = Field(None, description="What was changed in them, or 'none needed' (10.2.1 e).")
    qms_change: Answer = Field(None, description="What was changed in the system, or 'none needed' (10.2.1 f).")
    documents: tuple[DocumentId, ...] = Field((), description="Documents that were changed.")
    status: Literal["open", "closed"] | None = Field(
        None, description="What a log says beside the day: closed without a day of closing is a gap."
    )
    closed: Date = Field(None, description="When it was closed.")
    close_within: Interval = Field(None, description="In what time it is to be closed, by the organisation's rule.")


class Improvement(Entry):
    """An improvement, wherever it came from (10.1, 10.3)."""

    what: Text = Field(None, description="What is made better.")
    kind: Literal["a", "b", "c"] | None = Field(
        None,
        description="Of what kind (10.1): a products and services, b unwanted effects corrected or reduced, "
        "c performance of the system.",
    )
    arises_from: tuple[
        Annotated[
            str | None,
            Ref(
                (
                    "monitoring",
                    "management_reviews",
                    "audits",
                    "nonconformities",
                    "feedback",
                    "risks",
                    "objectives",
                    "processes",
                )
            ),
            WithJsonSchema({"type": ["string", "null"]}),
        ],
        ...,
    ] = Field((), description="What it came from, as register/id.")
    owner: Who = Field(None, description="Who sees to it.")
    decided: Date = Field(None, description="When it was chosen.")
    done: Date = Field(None, description="When it was in place.")
    result: Answer = Field(None, description="What it brought.")


__all__ = ["Improvement", "Nonconformity"]
