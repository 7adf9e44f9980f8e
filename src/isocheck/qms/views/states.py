"""Where documents and instruments stand on the day of the assessment."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Literal, NamedTuple

from isocheck.qms.fields import DocumentId, EquipmentId, Interval, Planned, Text, Truth
from isocheck.qms.supply import Calibration, Status
from isocheck.qms.views.base import Source, View
from isocheck.qms.views.common import IN_FORCE, filled, past


class DocumentState(NamedTuple):
    """A document or a record with a path, and documents that have taken the place of a document.

    `file_missing` is None where no path is given; `in_force` where the status is not given. `superseded_by` are
    documents in force that have taken its place, not before the day from which they are effective.
    """

    at: str
    register: Literal["documents", "records"]
    path: Text
    file_missing: Truth
    superseded_by: tuple[DocumentId, ...]
    in_force: Truth


def _documents(source: Source) -> Iterator[DocumentState]:
    documents = source.description.entries("documents")
    after: dict[str, list[str]] = defaultdict(list)
    for document in documents:
        begun = document.effective is None or past(document.effective, source)
        if document.status in IN_FORCE and begun:
            for old in filled(document.supersedes):
                after[old].append(document.id)
    for document in documents:
        in_force = document.status in IN_FORCE if document.status else None
        missing = _missing(document.path, source)
        yield DocumentState(
            f"documents/{document.id}",
            "documents",
            document.path,
            missing,
            tuple(after[document.id]),
            in_force,
        )
    for record in source.description.entries("records"):
        missing = _missing(record.path, source)
        yield DocumentState(f"records/{record.id}", "records", record.path, missing, (), True)


def _missing(path: str | None, source: Source) -> bool | None:
    there = source.description.found.get(path) if path else None
    return None if there is None else not there


class EquipmentState(NamedTuple):
    """A measuring instrument on the day of the assessment (7.1.5).

    `decisive` tells whether it shows that products conform, `named` whether production measures with it. `next_due`
    follows from the last calibration and the interval; `due` is that or the date in the organisation's list, whichever
    comes first, and `overdue` is unknown where there is neither; `usable` where no status is given. `due_too_late`
    tells whether the date in the list lies after `next_due`. `left_out_of_tolerance` is about the last calibration.
    `proof` is what shows that it is fit: documents, records, the certificate of that calibration.
    """

    at: str
    equipment: EquipmentId
    required: Truth
    decisive: Truth
    named: Truth
    status: Status
    interval: Interval
    last_calibrated: date | None
    next_due: Planned
    due: Planned
    overdue: Truth
    usable: Truth
    due_too_late: Truth
    left_out_of_tolerance: Truth
    proof: tuple[Text, ...]


def _equipment(source: Source) -> Iterator[EquipmentState]:
    newest: dict[str, Calibration] = {}
    for row in source.description.entries("calibrations"):
        if row.equipment and past(row.performed, source):
            before = newest.get(row.equipment)
            if before is None or row.performed >= before.performed:
                newest[row.equipment] = row
    named = {id_ for row in source.description.entries("production") for id_ in filled(row.equipment)}
    for gauge in source.description.entries("equipment"):
        calibration = newest.get(gauge.id)
        last = calibration.performed if calibration else None
        due = gauge.interval.after(last) if gauge.interval and last else None
        limit = min(filled((due, gauge.due)), default=None)
        overdue = limit < source.facts.as_of if limit is not None else None
        yield EquipmentState(
            f"equipment/{gauge.id}",
            gauge.id,
            gauge.traceability_required,
            gauge.checks_conformity,
            gauge.id in named,
            gauge.status,
            gauge.interval,
            last,
            due,
            limit,
            overdue,
            gauge.status == "in use" if gauge.status else None,
            None if due is None or gauge.due is None else gauge.due > due,
            _left_out(calibration),
            tuple(filled((*gauge.evidence, gauge.certificate, calibration and calibration.certificate))),
        )


def _left_out(calibration: Calibration | None) -> bool | None:
    """Tell whether a calibration left its instrument out of tolerance, as far as it says so."""
    if calibration is None:
        return None
    state = calibration.as_left or calibration.as_found
    return None if state is None else state == "out"


VIEWS = (
    View("document_state", DocumentState, ("documents", "records"), "at", _documents),
    View("equipment_state", EquipmentState, ("equipment",), "at", _equipment),
)
