"""Parts that entries of several registers share."""

from typing import Literal

from pydantic import Field

from isocheck.qms.fields import (
    Date,
    Item,
    Name,
    Number,
    Planned,
    ProcessId,
    Text,
    Who,
)


class Action(Item):
    """Something that is to be done."""

    id: Name = Field(None, description="Short name of the action, unique within its entry.")
    what: Text = Field(None, description="What is to be done.")
    owner: Who = Field(None, description="Who sees to it.")
    process: ProcessId = Field(None, description="The process into which it is built (6.1.2 b).")
    due: Planned = Field(None, description="By when.")
    done: Date = Field(None, description="When it was completed; empty while it is open.")


class Judged(Item):
    """The effect of something, judged afterwards."""

    date: Date = Field(None, description="When it was judged.")
    by: Who = Field(None, description="Who judged.")
    result: Literal["effective", "partly effective", "not effective"] | None = Field(
        None, description="Whether it worked."
    )
    evidence: Text = Field(None, description="What the judgement rests on.")


class Measured(Item):
    """One measured value."""

    date: Date = Field(None, description="When it was measured.")
    value: Number = Field(None, description="The value, a number without its unit.")


class Review(Item):
    """A review of something, with what came out of it."""

    date: Date = Field(None, description="When it was reviewed.")
    by: Who = Field(None, description="Who reviewed.")
    result: Text = Field(None, description="What came out.")


class Told(Item):
    """That something was made known."""

    to: Text = Field(None, description="To whom.")
    how: Text = Field(None, description="By what means.")
    date: Date = Field(None, description="When.")


__all__ = ["Action", "Judged", "Measured", "Review", "Told"]
