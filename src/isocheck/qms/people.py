"""People, what they answer for, what they can do and what they know: clauses 5.3 and 7.1.6 to 7.4."""

from typing import Literal

from pydantic import Field

from isocheck.qms.fields import (
    ClauseId,
    Date,
    Entry,
    Item,
    Name,
    PersonId,
    Planned,
    ProcessId,
    Proof,
    RoleId,
    Text,
    Truth,
    Who,
)
from isocheck.qms.parts import Judged, Told


class Role(Entry):
    """A function in the organisation, with its duties and its powers (5.3)."""

    title: Text = Field(None, description="What the role is called.")
    responsibilities: tuple[Text, ...] = Field((), description="What it answers for.")
    authorities: tuple[Text, ...] = Field((), description="What it may decide.")
    covers: tuple[ClauseId, ...] = Field((), description="Requirements whose duty it holds, such as 5.3-a.")
    competences: tuple[Text, ...] = Field((), description="Competences that whoever holds it needs (7.2).")
    reports_to: RoleId = Field(None, description="The role above it.")
    communicated: tuple[Told, ...] = Field((), description="How the duties were made known.")


class Person(Entry):
    """Somebody who works under the organisation's control."""

    name: Name = Field(None, description="Name.")
    roles: tuple[RoleId, ...] = Field((), description="Roles that the person holds.")
    works_in: tuple[ProcessId, ...] = Field((), description="Processes in which the person works.")
    outside: Truth = Field(None, description="True for somebody from outside, such as a hired auditor.")
    joined: Planned = Field(None, description="When the person started.")
    left: Planned = Field(None, description="When the person left; empty while they are here.")


class Gained(Item):
    """How a competence was gained."""

    how: Literal["education", "training", "experience", "hiring", "coaching"] | None = Field(
        None, description="By education, training or experience, or by an action such as coaching or hiring."
    )
    date: Date = Field(None, description="When.")


class Competence(Entry):
    """A competence that a person has (7.2)."""

    person: PersonId = Field(None, description="Who has it.")
    competence: Text = Field(None, description="The competence, named as in the roles that need it.")
    gained: Gained | None = Field(None, description="How and when it was gained.")
    expires: Planned = Field(None, description="Last day on which it is in force; empty: it does not expire.")
    auditing: Truth = Field(None, description="True where it is the competence to audit (9.2.2).")
    evidence: tuple[Text, ...] = Field((), description="Certificates, records or documents that show it.")
    action: Text = Field(None, description="The action that was taken to gain it, if one was (7.2 c).")
    supervised: Text = Field(
        None, description="While it is being gained: who works beside the person, or what is not yet done alone."
    )
    effect: Judged | None = Field(None, description="Whether that action worked.")


Topic = Literal["policy", "objectives", "contribution", "consequences"]


class Awareness(Entry):
    """How people were made aware (7.3)."""

    topics: tuple[Topic | None, ...] = Field(
        (),
        description="What about: the policy (a), objectives (b), one's own contribution (c), "
        "what follows when requirements are not met (d).",
    )
    people: tuple[PersonId, ...] = Field((), description="Who was reached.")
    date: Date = Field(None, description="When.")
    how: Text = Field(None, description="By what means.")
    confirmed: Text = Field(None, description="How it was found out that people are in fact aware.")


class Communication(Entry):
    """A rule of what is communicated with whom (7.4, 8.2.1)."""

    topic: Text = Field(None, description="On what.")
    direction: Literal["internal", "external"] | None = Field(None, description="Inside the organisation or beyond it.")
    when: Text = Field(None, description="When, or on what occasion.")
    with_whom: Text = Field(None, description="With whom.")
    how: Text = Field(None, description="By what means.")
    who: Who = Field(None, description="Who communicates.")
    covers: tuple[ClauseId, ...] = Field((), description="Requirements that it answers, such as 8.2.1-a.")


class Knowledge(Entry):
    """Knowledge that the processes and the conformity of products need (7.1.6)."""

    what: Text = Field(None, description="What has to be known.")
    processes: tuple[ProcessId, ...] = Field((), description="Processes that need it.")
    source: Literal["internal", "external"] | None = Field(None, description="Where it comes from.")
    kept: tuple[Text, ...] = Field((), description="Where it is kept: documents, systems, training, people.")
    held_by: tuple[Who, ...] = Field((), description="Who has it.")
    available_to: Text = Field(None, description="Who can get at it, and how.")
    at_risk: Truth = Field(None, description="True where it could be lost, for example with one person.")
    acquire: Text = Field(None, description="How missing or newer knowledge is gained.")
    evidence: tuple[Proof, ...] = Field((), description="Documents or records that hold it.")
    reviewed: Date = Field(None, description="When needs for knowledge were last looked at.")


__all__ = ["Awareness", "Communication", "Competence", "Knowledge", "Person", "Role", "Topic"]
