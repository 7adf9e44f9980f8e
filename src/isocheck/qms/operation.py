"""From the requirement to the delivery: clauses 8.1, 8.2, 8.5 and 8.6."""

from typing import Annotated, Literal

from pydantic import Field, WithJsonSchema

from isocheck.qms.fields import (
    Answer,
    Date,
    DocumentId,
    Entry,
    EquipmentId,
    Item,
    PersonId,
    Planned,
    ProcessId,
    ProductId,
    Proof,
    Ref,
    ResourceId,
    RoleId,
    Text,
    Truth,
    Who,
)
from isocheck.qms.parts import Review


class ProductRequirement(Item):
    """A requirement on a product or service (8.2.2)."""

    text: Text = Field(None, description="What is required.")
    kind: Literal["customer", "delivery", "intended use", "organisation", "statutory", "contract"] | None = Field(
        None,
        description="Stated by customers, for delivery and after it, needed for the use though unstated, "
        "set by the organisation, by law, or by a contract (8.2.2, 8.2.3.1).",
    )


class RequirementChange(Item):
    """A change of what is required: of an order, a contract or a product in the catalogue (8.2.4)."""

    date: Date = Field(None, description="When it came.")
    what: Text = Field(None, description="What was changed.")
    documents_amended: Answer = Field(None, description="Documents that were changed in turn, or 'none touched'.")
    informed: Text = Field(None, description="Who was told.")


class Product(Entry):
    """A product or service, or a kind of them, that is offered; reviewed once for many orders (8.2.2, 8.2.3)."""

    name: Text = Field(None, description="What it is.")
    requirements: tuple[ProductRequirement, ...] = Field((), description="What is required of it.")
    considered: tuple[
        Literal["customer", "delivery", "intended use", "organisation", "statutory"] | None,
        ...,
    ] = Field((), description="Kinds of requirements that were looked for and of which none was found.")
    claims: Text = Field(None, description="How it is made sure that promises made for it can be kept (8.2.2 b).")
    acceptance: Text = Field(None, description="Criteria for accepting it (8.1 b).")
    ability: Text = Field(None, description="How it was made sure that it can be supplied as offered (8.2.3.1).")
    reviewed: Date = Field(None, description="When its requirements were first reviewed, before it was offered.")
    reviewed_again: Date = Field(None, description="When they were last gone over again.")
    reviewed_by: Who = Field(None, description="Who reviewed them.")
    result: Text = Field(None, description="What the review found.")
    offered: Planned = Field(None, description="Day from which it is offered.")
    documents: tuple[DocumentId, ...] = Field((), description="Documents that describe it.")
    changes: tuple[RequirementChange, ...] = Field((), description="Later changes of what is required of it.")


class Order(Entry):
    """An order, contract or enquiry (8.2.3)."""

    status: Literal["enquiry", "accepted", "declined"] | None = Field(
        None, description="Where it stands; an enquiry that is open or was declined binds nobody. Empty: accepted."
    )
    customer: Text = Field(None, description="Who ordered.")
    product: ProductId = Field(None, description="Product or service from the catalogue.")
    description: Text = Field(None, description="What was ordered.")
    requirements: tuple[Text, ...] = Field((), description="What the customer requires.")
    considered: tuple[Literal["a", "b", "c", "d", "e"] | None, ...] = Field(
        (),
        description="What the review took in (8.2.3.1): a stated by the customer, b needed for the use, "
        "c the organisation's own, d statutory and regulatory, e other than expressed before.",
    )
    new_requirements: Answer = Field(None, description="New requirements that the review brought up, or 'none'.")
    record: Proof = Field(None, description="Document or record that holds the review and what it brought up.")
    ability: Text = Field(None, description="How it was made sure that the requirements can be met.")
    differences: Answer = Field(None, description="Differences from what was offered before, or 'none'.")
    resolved: Text = Field(None, description="How they were resolved.")
    written: Truth = Field(None, description="False where the customer gave no requirements in writing; empty: true.")
    confirmed: Date = Field(None, description="When unwritten requirements were confirmed.")
    reviewed: Date = Field(None, description="When it was reviewed.")
    reviewed_by: Who = Field(None, description="Who reviewed it.")
    committed: Date = Field(None, description="When the organisation bound itself.")
    result: Text = Field(None, description="What the review found.")
    changes: tuple[RequirementChange, ...] = Field((), description="Later changes.")


class Property(Entry):
    """Something that belongs to a customer or a provider (8.5.3)."""

    owner: Text = Field(None, description="To whom it belongs.")
    item: Text = Field(None, description="What it is.")
    received: Date = Field(None, description="When it came.")
    identified: Text = Field(None, description="How it can be told apart.")
    verified: Text = Field(None, description="How it was checked on arrival.")
    protected: Text = Field(None, description="How it is kept safe.")
    condition: Literal["good", "lost", "damaged", "unsuitable", "returned"] | None = Field(
        None, description="Its condition."
    )
    reported: Review | None = Field(None, description="When and to whom loss or damage was reported, with the answer.")
    what_happened: Text = Field(None, description="What happened to it, kept on record.")


class Validation(Item):
    """Proof that a process can reach its results (8.5.1 f)."""

    date: Date = Field(None, description="When.")
    result: Text = Field(None, description="What came out.")
    evidence: Text = Field(None, description="What it rests on.")


class Traceability(Item):
    """How single outputs are followed (8.5.2)."""

    required: Truth = Field(None, description="True where the customer, the law or the organisation demands it.")
    identification: Text = Field(None, description="What makes an output unique: batch or serial number.")
    records: Text = Field(None, description="Where the trace is kept.")


class PostDelivery(Item):
    """What is owed after the delivery (8.5.5)."""

    required: Truth = Field(None, description="True where something is owed after delivery.")
    activities: Text = Field(None, description="What is done.")
    considers: tuple[Literal["a", "b", "c", "d", "e"] | None, ...] = Field(
        (),
        description="What was weighed (8.5.5): a law, b unwanted effects, c nature, use and lifetime, "
        "d what customers require, e what they report.",
    )


class Production(Entry):
    """How a product is made or a service is given under control (8.5)."""

    name: Text = Field(None, description="Product, service or stage.")
    process: ProcessId = Field(None, description="Process in which it is done.")
    products: tuple[ProductId, ...] = Field((), description="Products or services that come from it.")
    characteristics: tuple[DocumentId, ...] = Field(
        (), description="Documents that say what the product or the activity is to be (8.5.1 a 1)."
    )
    results_to_achieve: Text = Field(None, description="Results to be reached (8.5.1 a 2).")
    equipment: tuple[EquipmentId, ...] = Field((), description="Measuring equipment in use (8.5.1 b).")
    controls: tuple[Text, ...] = Field((), description="Monitoring and measuring at the stages (8.5.1 c).")
    infrastructure: tuple[ResourceId, ...] = Field((), description="Infrastructure and environment (8.5.1 d).")
    competence: tuple[RoleId, ...] = Field((), description="Roles whose competent holders do the work (8.5.1 e).")
    special: Truth = Field(None, description="True where the result cannot be verified afterwards (8.5.1 f).")
    validation: Validation | None = Field(None, description="Its validation, where it is special.")
    revalidate_by: Planned = Field(None, description="When it is to be validated again.")
    human_error: Text = Field(None, description="What keeps people from making mistakes (8.5.1 g).")
    release: Text = Field(None, description="How release, delivery and what follows are carried out (8.5.1 h).")
    identification: Text = Field(None, description="How outputs are identified (8.5.2).")
    status: Text = Field(None, description="How it can be seen whether an output has passed its checks (8.5.2).")
    traceability: Traceability | None = Field(None, description="How single outputs are followed.")
    preservation: Text = Field(None, description="How outputs are kept sound until delivery (8.5.4).")
    post_delivery: PostDelivery | None = Field(None, description="What is owed after delivery (8.5.5).")


class Evidence(Item):
    """Evidence that a criterion is met."""

    what: Text = Field(None, description="What shows it: a report, a measurement.")
    date: Date = Field(None, description="When it was made.")
    result: Literal["passed", "failed", "concession"] | None = Field(
        None, description="Whether the criterion was met; concession: not met, and accepted all the same (8.7.1 d)."
    )
    proof: Proof = Field(None, description="The document or record that holds it.")


class Early(Item):
    """Leave to release before all checks are done (8.6)."""

    approved_by: Who = Field(None, description="Authority that gave leave.")
    approved: Date = Field(None, description="When leave was given.")
    customer_needed: Truth = Field(None, description="True where the customer has to agree, by contract or by order.")
    customer_approved: Text = Field(None, description="How the customer agreed, where that applies.")


class Release(Entry):
    """The release of a product or service (8.6)."""

    product: ProductId = Field(None, description="What was released.")
    reference: Annotated[
        str | None, Ref(("orders", "production", "samples")), WithJsonSchema({"type": ["string", "null"]})
    ] = Field(None, description="Order or production that it belongs to, as register/id.")
    batch: Text = Field(None, description="Batch or serial number.")
    criteria: Text = Field(None, description="Acceptance criteria.")
    evidence: tuple[Evidence, ...] = Field((), description="Evidence that they are met (8.6 a).")
    released: Date = Field(None, description="When it was released.")
    released_by: PersonId = Field(None, description="Who released it (8.6 b).")
    may_release: tuple[Who, ...] = Field((), description="Roles or people who may release it.")
    early: Early | None = Field(None, description="Leave to release early, where it was given.")


__all__ = ["Order", "Product", "Production", "Property", "Release"]
