"""isocheck.yaml: how a description is to be read and what the organisation has settled for itself."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, WithJsonSchema

from isocheck.qms.fields import ClauseId, Interval, Item, Planned, ProcessId, Text

__all__ = ["EngagementSettings", "Occasion", "Settings"]


class EngagementSettings(Item):
    """What is looked at; an empty list means all."""

    sites: tuple[Text, ...] = Field((), description="Sites that are in; entries of other sites are not looked at.")
    processes: tuple[ProcessId, ...] = Field((), description="Processes that are in.")
    clauses: tuple[ClauseId, ...] = Field((), description="Clauses that are in; all others stay unassessed.")


class Occasion(Item):
    """A declaration that something did not occur in a period."""

    register_: Text = Field(None, alias="register", description="Register that stayed empty, such as property.")
    starts: Planned = Field(None, description="First day of the period.")
    ends: Planned = Field(None, description="Last day of the period; the declaration counts up to this day.")
    reason: Text = Field(None, description="Why that is so, and who says it.")

    def declares(self, register: str, day: date) -> bool:
        """Tell whether it declares a register empty on a day."""
        if self.register_ != register or self.starts is None or self.ends is None:
            return False
        return self.starts <= day <= self.ends


class Settings(Item):
    """The settings of a description, in isocheck.yaml at its root."""

    format_version: Annotated[Literal["1"], WithJsonSchema({"enum": ["1", 1]})] | None = Field(
        None, description="Version of this format: 1."
    )
    standard: Text = Field(None, description="Pack to check against, such as iso9001-2015.")
    engagement: EngagementSettings | None = Field(None, description="What is looked at.")
    exclude: tuple[Text, ...] = Field((), description="Files that are not read, as patterns such as archive/**.")
    intervals: dict[str, Interval] | None = Field(
        None, description="The organisation's own intervals, by the pack's names: internal_audit: 12 months."
    )
    rules: tuple[Text, ...] = Field(
        (), description="Rules of the organisation's own that go beyond the standard, by the pack's names."
    )
    occasions: tuple[Occasion, ...] = Field(
        (), description="Periods in which something did not occur, such as no property of customers in 2026."
    )
