"""isocheck.yaml: how a description is to be read and what the organisation has settled for itself."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, WithJsonSchema

from isocheck.qms.fields import ClauseId, Interval, Item, Name, Number, Planned, ProcessId, Text, Truth

__all__ = ["ApprovalSettings", "EngagementSettings", "Occasion", "SampleSettings", "Settings", "SourceSettings"]


class EngagementSettings(Item):
    """What is looked at; an empty list means all."""

    sites: tuple[Name, ...] = Field((), description="Sites that are in; entries of other sites are not looked at.")
    processes: tuple[ProcessId, ...] = Field((), description="Processes that are in.")
    clauses: tuple[ClauseId, ...] = Field((), description="Clauses that are in; all others stay unassessed.")


class Occasion(Item):
    """A declaration that something did not occur in a period."""

    register_: Name = Field(None, alias="register", description="Register that stayed empty, such as property.")
    starts: Planned = Field(None, description="First day of the period.")
    ends: Planned = Field(None, description="Last day of the period; the declaration counts up to this day.")
    reason: Text = Field(None, description="Why that is so, and who says it.")

    def declares(self, register: str, day: date) -> bool:
        """Tell whether it declares a register empty on a day."""
        if self.register_ != register or self.starts is None or self.ends is None:
            return False
        return self.starts <= day <= self.ends


class SampleSettings(Item):
    """That a source holds a sample only, and of what."""

    population: Name = Field(None, description="How many there were in all.")
    period: Name = Field(None, description="In which period, such as 2025 or January to March 2026.")
    chosen: Name = Field(None, description="How the sample was chosen, and by whom.")

    def __str__(self) -> str:
        period = f" of {self.period}" if self.period else ""
        return f"a sample from {self.population}{period}, chosen: {self.chosen}"


class ApprovalSettings(Item):
    """What in the history of git counts as an approval; needed is that the file has not changed since."""

    trailers: tuple[Name, ...] = Field(
        (), description="Trailers of the commit that last changed a file, such as Approved-by, that name who approved."
    )
    tags: Name = Field(None, description="Annotated tags that approve all they hold, as a pattern such as release/*.")


_Names = Annotated[Any, WithJsonSchema({"type": ["string", "array"], "items": {"type": "string"}})]


class SourceSettings(Item):
    """Files of the organisation's own, and how what they hold becomes entries of one register.

    One of markdown, csv, xlsx and yaml names the files, relative to isocheck.yaml.
    """

    markdown: Name = Field(None, description="Markdown files, as a pattern such as docs/**/*.md; a file is an entry.")
    csv: Name = Field(None, description="CSV files, as a pattern; a line is an entry.")
    xlsx: Name = Field(None, description="Workbooks, as a pattern; a line of one sheet is an entry.")
    yaml: Name = Field(None, description="YAML files of another shape, as a pattern; an item of one list is an entry.")
    register_: Name = Field(None, alias="register", description="Register that the entries belong to.")
    fields: dict[str, _Names] | None = Field(
        None,
        description="The organisation's field names and ours: {doc_id: id}. Parts by dots: {closure_due: actions.due}, "
        "{findings.type: findings.grade}. Fields of the same name need no line. file.name, file.path and file.heading "
        "stand for the file's name without ending, its path and its first heading.",
    )
    ignore: tuple[Name, ...] = Field((), description="Fields that are left out on purpose, though the name fits.")
    values: dict[str, dict[str, Any] | None] | None = Field(
        None, description="For our fields, the organisation's values and ours: {status: {Gjeldende: effective}}."
    )
    constants: dict[str, Any] | None = Field(
        None, description="Values that hold for every entry, by our field names: {kind: internal}."
    )
    only: dict[str, _Names] | None = Field(
        None, description="Rows that belong here, by the organisation's fields: {doc_type: [procedure, policy]}."
    )
    id_of: tuple[Name, ...] = Field(
        (), description="Fields that make up the id where no single one is it: [Equipment_ID, Date]."
    )
    dates: Literal["day-first", "month-first"] | None = Field(
        None, description="What 03/04/2026 means; without it only dates that begin with the year or name the month."
    )
    decimal: Literal["point", "comma"] | None = Field(None, description="What parts the decimals; default: point.")
    units: dict[str, Literal["days", "weeks", "months", "years"]] | None = Field(
        None, description="What a bare number means in an interval, by our field names: {review_interval: months}."
    )
    separator: Name = Field(None, description="CSV: what parts the columns: ',', ';', tab or '|'; default: found out.")
    encoding: Name = Field(None, description="CSV: encoding, such as cp1252; default: UTF-8.")
    sheet: Name = Field(None, description="XLSX: name of the sheet; needed where there are several.")
    header: Number = Field(None, description="CSV and XLSX: number of the line with the names of the columns.")
    key: Name = Field(None, description="Markdown: key in the front matter below which the fields stand.")
    bold: Truth = Field(None, description="Markdown: also read lines such as **Owner:** Jane at the top.")
    tables: Truth = Field(None, description="Markdown: also read tables of two columns at the top.")
    at: Name = Field(None, description="YAML: where the list stands, by dots: log.entries; default: at the top.")
    standard: Name = Field(
        None, description="Field that names the standard whose clauses a row cites; those of others are left out."
    )
    templates: Truth = Field(None, description="True where templates with open placeholders are to be read as well.")
    sample: SampleSettings | None = Field(None, description="That this is a sample only, and of what.")
    approval: ApprovalSettings | None = Field(None, description="What in git counts as an approval of these files.")


class Settings(Item):
    """The settings of a description, in isocheck.yaml at its root."""

    format_version: Annotated[Literal["1"], WithJsonSchema({"enum": ["1", 1]})] | None = Field(
        None, description="Version of this format: 1."
    )
    standard: Name = Field(None, description="Pack to check against, such as iso9001-2015.")
    engagement: EngagementSettings | None = Field(None, description="What is looked at.")
    exclude: tuple[Name, ...] = Field((), description="Files that are not read, as patterns such as archive/**.")
    sources: tuple[SourceSettings, ...] = Field(
        (), description="Files of your own in Markdown, CSV, XLSX or YAML of another shape, and what they hold."
    )
    history: Truth = Field(
        None,
        description="False where git is not to be asked which open nonconformities and audit findings were deleted.",
    )
    intervals: dict[str, Interval] | None = Field(
        None, description="The organisation's own intervals, by the pack's names: internal_audit: 12 months."
    )
    rules: tuple[Name, ...] = Field(
        (), description="Rules of the organisation's own that go beyond the standard, by the pack's names."
    )
    occasions: tuple[Occasion, ...] = Field(
        (), description="Periods in which something did not occur, such as no property of customers in 2026."
    )
