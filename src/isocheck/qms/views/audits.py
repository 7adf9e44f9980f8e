"""Internal audits: what they took in, who audited whom, whether they keep to their plan and to the programme."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any, Literal, NamedTuple

from isocheck.qms.fields import ClauseId, PersonId, Planned, ProcessId, Truth
from isocheck.qms.views.base import Source, View
from isocheck.qms.views.common import IN_FORCE, filled, past, processes_of
from isocheck.qms.views.competence import auditing, in_force
from isocheck.terms import fold


def _internal(source: Source) -> Iterator[Any]:
    return (audit for audit in source.description.entries("audits") if audit.kind == "internal")


class AuditState(NamedTuple):
    """An internal audit beside its plan: `overdue` where its day has passed and it was not performed."""

    at: str
    planned: Planned
    performed: date | None
    overdue: Truth


def _states(source: Source) -> Iterator[AuditState]:
    for audit in _internal(source):
        done = past(audit.performed, source)
        late = audit.planned < source.facts.as_of if audit.planned else None
        yield AuditState(
            f"audits/{audit.id}", audit.planned, audit.performed if done else None, False if done else late
        )


class AuditedProcess(NamedTuple):
    """A process that an internal audit took in or is to take in, with its state as audit_state gives it.

    Naming a process names those below it. A process is taken in with one below it as well, since those that were left
    out are looked for by themselves.
    """

    at: str
    process: ProcessId
    performed: date | None
    overdue: Truth


def _processes(source: Source) -> Iterator[AuditedProcess]:
    above = {row.id: row.parent for row in source.description.entries("processes") if row.parent}
    below: dict[str, list[str]] = defaultdict(list)
    for child, parent in above.items():
        below[parent].append(child)
    for audit, state in zip(_internal(source), source.view("audit_state"), strict=True):
        taken = dict.fromkeys(filled(audit.processes))
        queue = list(taken)
        while queue:
            fresh = [child for child in below.get(queue.pop(), ()) if child not in taken]
            taken.update(dict.fromkeys(fresh))
            queue += fresh
        for process in list(taken):
            while (parent := above.get(process)) and parent not in taken:
                taken[parent] = None
                process = parent
        for process in taken:
            yield AuditedProcess(state.at, process, state.performed, state.overdue)


class AuditAssignment(NamedTuple):
    """One auditor in one internal audit that was performed or is planned (9.2.2 c).

    `own_work` are the processes that the auditor owns or works in: known to be none for somebody from outside,
    unknown for somebody inside for whom nothing is described. `own_clauses` are the clauses that these processes name.
    `own_writing` are other processes with a document in force that the auditor wrote, save those that somebody else
    in the team could take. `covered_by_team` tells that each audited process that is the auditor's own could be taken
    by somebody else in the team, who has no work in it. `qualified_to_audit` tells whether a competence to audit was in
    force on that day (7.2).
    """

    at: str
    audit: str
    auditor: PersonId
    own_work: tuple[ProcessId, ...] | None
    audited: tuple[ProcessId, ...] | None
    own_clauses: tuple[ClauseId, ...] | None
    audited_clauses: tuple[ClauseId, ...] | None
    own_writing: tuple[ProcessId, ...]
    covered_by_team: Truth
    outside: Truth
    performed: date | None
    qualified_to_audit: Truth


def _assignments(source: Source) -> Iterator[AuditAssignment]:
    own = processes_of(source)
    competences = auditing(source)
    written = _written(source)
    named = {process.id: _leaves(source, process.clauses) for process in source.description.entries("processes")}
    for audit in _internal(source):
        team = {auditor: _own_work(source, auditor, own) for auditor in filled(audit.auditors)}
        authors = {auditor: _of(written, source.entry("people", auditor)) for auditor in team}
        audited = tuple(filled(audit.processes)) or None
        performed = audit.performed if past(audit.performed, source) else None
        day = performed or source.facts.as_of
        for auditor, work in team.items():
            person = source.entry("people", auditor)
            touched = [process for process in audited or () if process in (work or ())]
            others = {name: other for name, other in team.items() if name != auditor and other is not None}
            spared = {process for process in audited or () for other in others.values() if process not in other}
            clean = {
                process
                for process in spared
                for name, other in others.items()
                if process not in {*other, *authors[name]}
            }
            clauses = dict.fromkeys(leaf for process in work or () for leaf in named.get(process, ()))
            yield AuditAssignment(
                f"audits/{audit.id}",
                audit.id,
                auditor,
                work,
                audited,
                None if work is None else tuple(clauses),
                _leaves(source, audit.clauses) or None,
                tuple(process for process in authors[auditor] if process not in {*(work or ()), *clean}),
                bool(touched) and spared.issuperset(touched),
                bool(person is not None and person.outside),
                performed,
                any(in_force(entry, day) for entry in competences.get(auditor, ())),
            )


def _own_work(source: Source, auditor: str, own: dict[str, set[str]]) -> tuple[str, ...] | None:
    person = source.entry("people", auditor)
    work = tuple(sorted(own.get(auditor, ())))
    return work if work or (person is not None and person.outside) else None


def _leaves(source: Source, clauses: tuple[str | None, ...]) -> tuple[str, ...]:
    """Return the clauses that hold requirements among those named; a letter stands for its clause."""
    facts = source.facts
    found = (facts.leaves_named(id_) or (id_.partition("-")[0],) for id_ in filled(clauses))
    return tuple(dict.fromkeys(leaf for leaves in found for leaf in leaves))


def _written(source: Source) -> dict[str, list[str]]:
    """Return for each author of documents in force, by name or id, the processes that they support."""
    written: dict[str, list[str]] = defaultdict(list)
    for document in source.description.entries("documents"):
        if document.author and document.status in IN_FORCE:
            written[fold(document.author)] += filled(document.processes)
    return written


def _of(written: dict[str, list[str]], person: Any) -> list[str]:
    names = () if person is None else filled((person.id, person.name))
    return list(dict.fromkeys(process for name in names for process in written.get(fold(name), ())))


class ProgrammeState(NamedTuple):
    """An audit programme on the day of the assessment (9.2.2 a).

    `in_force` while its last day has not passed; `audited_before` where an internal audit was performed before its
    first day, so that there are earlier results to weigh.
    """

    at: str
    in_force: Truth
    audited_before: Truth
    considers: tuple[Literal["importance", "changes", "results"], ...]


def _programmes(source: Source) -> Iterator[ProgrammeState]:
    as_of = source.facts.as_of
    days = [audit.performed for audit in _internal(source) if past(audit.performed, source)]
    for row in source.description.entries("audit_programme"):
        begins = row.starts or as_of
        yield ProgrammeState(
            f"audit_programme/{row.id}",
            row.ends is None or row.ends >= as_of,
            any(day < begins for day in days),
            tuple(filled(row.considers)),
        )


VIEWS = (
    View("audit_state", AuditState, ("audits",), "at", _states),
    View("audited_processes", AuditedProcess, ("audits",), "at", _processes, "process"),
    View("audit_assignments", AuditAssignment, ("audits",), "at", _assignments, "auditor"),
    View("programme_state", ProgrammeState, ("audit_programme",), "at", _programmes),
)
