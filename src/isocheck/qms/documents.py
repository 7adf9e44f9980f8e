"""Documented information, kept as documents and as records: clauses 4.4.2 and 7.5."""

from typing import Literal

from pydantic import Field

from isocheck.qms.fields import ClauseId, Date, DocumentId, Entry, Interval, Item, Planned, ProcessId, Text, Who

Status = Literal["draft", "in review", "approved", "effective", "superseded", "obsolete"]


class Revision(Item):
    """One version in the history of a document."""

    version: Text = Field(None, description="Version.")
    date: Date = Field(None, description="When it came.")
    what: Text = Field(None, description="What was changed.")


class Document(Entry):
    """A document that the organisation maintains, or one from outside that it needs (7.5)."""

    title: Text = Field(None, description="Title.")
    type: Text = Field(None, description="Kind of document in the organisation's own words, such as procedure.")
    version: Text = Field(None, description="Version or revision, as written on it.")
    status: Status | None = Field(None, description="Where it stands in its life.")
    origin: Literal["internal", "external"] | None = Field(None, description="Written here or by others (7.5.3.2).")
    owner: Who = Field(None, description="Who looks after it.")
    author: Text = Field(None, description="Who wrote it.")
    reviewed_by: Who = Field(None, description="Who found it suitable and adequate.")
    reviewed: Date = Field(None, description="When it was last reviewed.")
    approved_by: Who = Field(None, description="Who approved it.")
    approved: Date = Field(None, description="When it was approved.")
    effective: Planned = Field(None, description="Day from which it is in use.")
    review_interval: Interval = Field(None, description="How often it is reviewed, where the organisation set that.")
    review_due: Planned = Field(None, description="When it is next to be reviewed, where that is planned.")
    path: Text = Field(None, description="File below the root of the description; the file must be there.")
    location: Text = Field(None, description="Where it is kept outside this folder: a link or a place; not checked.")
    format: Text = Field(None, description="Language, software, graphics and medium (7.5.2 b).")
    clauses: tuple[ClauseId, ...] = Field((), description="Clauses or requirements that it answers.")
    processes: tuple[ProcessId, ...] = Field((), description="Processes that it supports.")
    supersedes: tuple[DocumentId, ...] = Field((), description="Documents that it takes the place of.")
    references: tuple[DocumentId, ...] = Field((), description="Documents that its text points to.")
    access: Text = Field(None, description="Who may read and who may change it (7.5.3.2 a).")
    distribution: Text = Field(None, description="How people get it where they need it (7.5.3.2 a).")
    protection: Text = Field(None, description="What guards it against loss, misuse and silent change (7.5.3.1 b).")
    storage: Text = Field(None, description="How it is stored and kept legible (7.5.3.2 b).")
    history: tuple[Revision, ...] = Field((), description="Its versions, so that changes are under control.")
    retention: Text = Field(None, description="How long superseded versions are kept.")
    disposition: Text = Field(None, description="What happens to them then.")


class Record(Entry):
    """A kind of record that the organisation retains as evidence (7.5.3.2)."""

    title: Text = Field(None, description="What is recorded.")
    type: Text = Field(None, description="Kind of record in the organisation's own words.")
    medium: Text = Field(None, description="Paper, file, database.")
    owner: Who = Field(None, description="Who looks after it.")
    path: Text = Field(None, description="File or folder below the root of the description; it must be there.")
    location: Text = Field(None, description="Where it is kept outside this folder; not checked.")
    clauses: tuple[ClauseId, ...] = Field((), description="Clauses or requirements that it is evidence for.")
    processes: tuple[ProcessId, ...] = Field((), description="Processes in which it arises.")
    access: Text = Field(None, description="Who may read and who may write it.")
    protection: Text = Field(None, description="What guards it against loss and unintended alteration.")
    storage: Text = Field(None, description="How it is stored and kept legible.")
    retention: Text = Field(None, description="How long it is kept.")
    disposition: Text = Field(None, description="What happens to it then.")
    last_entry: Date = Field(None, description="When something was last written into it.")


__all__ = ["Document", "Record"]
