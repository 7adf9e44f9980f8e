"""Where documents and instruments stand on the day of the assessment."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Literal, NamedTuple

from isocheck.qms.fields import DocumentId, EquipmentId, Planned, Text, Truth
from isocheck.qms.views.base import Source, View
from isocheck.qms.views.common import filled, past

IN_FORCE = ("approved", "effective")


class DocumentState(NamedTuple):
    """A document or a record with a path, and documents that have taken the place of a document.

    `file_found` is None where no path is given; `in_use` where the status is not given.
    """

    at: str
    register: Literal["documents", "records"]
    path: Text
    file_found: Truth
    superseded_by: tuple[DocumentId, ...]
    in_use: Truth


def _documents(source: Source) -> Iterator[DocumentState]:
    documents = source.description.entries("documents")
    after: dict[str, list[str]] = defaultdict(list)
    for document in documents:
        if document.status in IN_FORCE:
            for old in filled(document.supersedes):
                after[old].append(document.id)
    found = source.description.found
    for document in documents:
        in_use = document.status in IN_FORCE if document.status else None
        there = found.get(document.path) if document.path else None
        yield DocumentState(
            f"documents/{document.id}", "documents", document.path, there, tuple(after[document.id]), in_use
        )
    for record in source.description.entries("records"):
        there = found.get(record.path) if record.path else None
        yield DocumentState(f"records/{record.id}", "records", record.path, there, (), True)


class EquipmentState(NamedTuple):
    """A measuring instrument on the day of the assessment (7.1.5.2).

    `next_due` follows from the last calibration and the interval; `overdue` is unknown without an interval
    where one is needed, and
    `usable` where no status is given. `due_agrees` compares the date in the organisation's list with the one
    that its own interval gives: later is not in agreement.
    """

    at: str
    equipment: EquipmentId
    required: Truth
    last: date | None
    next_due: Planned
    overdue: Truth
    usable: Truth
    due_agrees: Truth


def _equipment(source: Source) -> Iterator[EquipmentState]:
    newest: dict[str, date] = {}
    for row in source.description.entries("calibrations"):
        if row.equipment and past(row.performed, source):
            newest[row.equipment] = max(row.performed, newest.get(row.equipment, row.performed))
    for gauge in source.description.entries("equipment"):
        last = newest.get(gauge.id)
        due = gauge.interval.after(last) if gauge.interval and last else None
        limit = min(filled((due, gauge.due)), default=None)
        overdue = None
        if limit is not None:
            overdue = limit < source.facts.as_of
        elif gauge.interval is not None:
            overdue = True
        elif not gauge.traceability_required:
            overdue = False
        agrees = None if due is None or gauge.due is None else gauge.due <= due
        usable = gauge.status == "in use" if gauge.status else None
        yield EquipmentState(
            f"equipment/{gauge.id}", gauge.id, gauge.traceability_required, last, due, overdue, usable, agrees
        )


VIEWS = (
    View("document_state", DocumentState, ("documents", "records"), "at", _documents),
    View("equipment_state", EquipmentState, ("equipment",), "at", _equipment),
)
