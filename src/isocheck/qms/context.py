"""The organisation and what surrounds it: clauses 4.1 to 4.3, 5.2 and 8.2.2 in part."""

from typing import Literal

from pydantic import Field

from isocheck.qms.fields import (
    ClauseId,
    Date,
    DocumentId,
    Entry,
    Item,
    Name,
    PersonId,
    Planned,
    ProductId,
    Proof,
    Single,
    Text,
    Truth,
    Who,
)
from isocheck.qms.parts import Told


class Site(Item):
    """A place of work."""

    id: Name = Field(None, description="Short name by which entries name the site.")
    name: Name = Field(None, description="Name of the site.")
    address: Text = Field(None, description="Where it is.")
    activities: tuple[Text, ...] = Field((), description="What is done there.")


class Organisation(Single):
    """The organisation itself."""

    name: Text = Field(None, description="Full name.")
    description: Text = Field(None, description="What it does, in a sentence or two.")
    employees: Text = Field(None, description="Number of people, as a text such as 'about 20'.")
    sites: tuple[Site, ...] = Field((), description="Places of work.")
    products: tuple[Text, ...] = Field((), description="Types of products and services that it offers.")
    top_management: tuple[PersonId, ...] = Field((), description="People who direct it at the highest level.")
    alone: Truth = Field(
        None, description="True for a one-person company, where nobody inside can audit independently."
    )
    system_started: Planned = Field(None, description="When the quality management system was put to work.")


class Exclusion(Item):
    """A clause or requirement that is declared not applicable."""

    clause: ClauseId = Field(None, description="Clause or requirement that is left out, with all below it.")
    justification: Text = Field(None, description="Why it does not apply, without harm to conformity (4.3).")
    approved_by: Who = Field(None, description="Who decided.")
    approved: Date = Field(None, description="When it was decided.")


class Scope(Single):
    """The scope of the quality management system (4.3)."""

    statement: Text = Field(None, description="The scope in the organisation's words.")
    boundaries: Text = Field(None, description="Which sites, units and activities are in and which are not.")
    considers: tuple[Literal["issues", "parties", "products"] | None, ...] = Field(
        (),
        description="What was weighed when the scope was set: issues (4.1), parties (4.2), products and services.",
    )
    products: tuple[Text, ...] = Field((), description="Types of products and services that the scope names.")
    document: DocumentId = Field(None, description="Document that holds the scope.")
    available_to: tuple[Text, ...] = Field((), description="Who can get it, and how.")
    reviewed: Date = Field(None, description="When the scope was last looked at.")
    exclusions: tuple[Exclusion, ...] = Field((), description="What is declared not applicable.")


class Issue(Entry):
    """An external or internal issue that bears on the system's results (4.1)."""

    kind: Literal["internal", "external"] | None = Field(None, description="Inside the organisation or outside it.")
    description: Text = Field(None, description="What the issue is.")
    effect: Text = Field(None, description="What it may do to the results of the system, for good or ill.")
    owner: Who = Field(None, description="Who watches it.")
    reviewed: Date = Field(None, description="When it was last looked at.")


class ClimateDecision(Entry):
    """A decision whether climate change is a relevant issue (4.1 with Amendment 1:2024)."""

    relevant: Truth = Field(None, description="Relevant or not; both answers are valid.")
    why: Text = Field(None, description="The reason.")
    decided: Date = Field(None, description="When it was decided.")
    decided_by: Who = Field(None, description="Who decided.")


class Need(Item):
    """What an interested party requires."""

    text: Text = Field(None, description="The need or expectation.")
    handled: Truth = Field(None, description="True where the quality management system takes it on.")
    how: Text = Field(None, description="Where it is taken on.")


class InterestedParty(Entry):
    """Somebody who is affected by the organisation or affects it (4.2)."""

    name: Text = Field(None, description="Who it is.")
    kind: Literal["customer", "end user", "owner", "employee", "provider", "authority", "neighbour", "other"] | None = (
        Field(None, description="What kind of party.")
    )
    relevant: Truth = Field(None, description="Relevant to the quality management system or not.")
    needs: tuple[Need, ...] = Field((), description="What the party requires.")
    reviewed: Date = Field(None, description="When this was last looked at.")


class Obligation(Entry):
    """A statutory or regulatory requirement on products, services or the system."""

    title: Text = Field(None, description="What the law or rule is called.")
    source: Text = Field(None, description="Where it stands: act, regulation, directive, with its number.")
    applies_to: tuple[Text, ...] = Field((), description="Products, services or activities that it applies to.")
    products: tuple[ProductId, ...] = Field((), description="Those of them that stand in the register of products.")
    met_by: Text = Field(None, description="How it is met.")
    evidence: tuple[Proof, ...] = Field((), description="Documents or records that show it.")
    owner: Who = Field(None, description="Who keeps watch over it.")
    reviewed: Date = Field(None, description="When somebody last checked that it is current.")


class Policy(Single):
    """The quality policy (5.2)."""

    statement: Text = Field(None, description="The policy in a few sentences.")
    document: DocumentId = Field(None, description="Document that holds it.")
    context: Text = Field(
        None, description="How it suits the purpose, the context and the direction of the organisation."
    )
    frames_objectives: Text = Field(None, description="How objectives follow from it.")
    commitments: tuple[Literal["requirements", "improvement"] | None, ...] = Field(
        (), description="What it commits to: meeting applicable requirements, continual improvement."
    )
    approved_by: Who = Field(None, description="Who in top management approved it.")
    approved: Date = Field(None, description="When it was approved.")
    reviewed: Date = Field(None, description="When it was last looked at.")
    communicated: tuple[Told, ...] = Field((), description="How it was made known inside the organisation.")
    available_to: tuple[Text, ...] = Field((), description="Which interested parties can get it, and how.")


__all__ = [
    "ClimateDecision",
    "InterestedParty",
    "Issue",
    "Obligation",
    "Organisation",
    "Policy",
    "Scope",
]
