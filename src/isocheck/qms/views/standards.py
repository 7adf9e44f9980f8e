"""Clauses of the standard beside the registers: what applies, what was audited, what was left out."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any, Literal, NamedTuple

from isocheck.qms.description import Route
from isocheck.qms.fields import ClauseId, DocumentId, ProcessId, RecordId, Text, Truth
from isocheck.qms.views.base import Source, View
from isocheck.qms.views.common import IN_FORCE, filled, past
from isocheck.qms.views.facts import DocumentedFact, DocumentedKind
from isocheck.terms import above, names

Section = Literal["4", "5", "6", "7", "8", "9", "10"]


class ApplicableClause(NamedTuple):
    """A clause with requirements that is not excluded and lies in the engagement, with processes that name it.

    `mapped` tells whether processes name clauses at all, which the standard does not ask for; `audits_mapped`
    whether internal audits do.
    """

    at: str
    clause: ClauseId
    section: Section
    processes: tuple[ProcessId, ...]
    mapped: Truth
    audits_mapped: Truth


def _applicable(source: Source) -> Iterator[ApplicableClause]:
    facts = source.facts
    scope = source.description.single("scope")
    excluded = [row.clause for row in filled(scope.exclusions) if row.clause] if scope else []
    naming: dict[str, list[str]] = defaultdict(list)
    for process in source.description.entries("processes"):
        for clause in filled(process.clauses):
            leaves = facts.leaves_named(clause) or (clause.partition("-")[0],)
            for leaf in leaves:
                naming[leaf].append(process.id)
    mapped, audited = bool(naming), bool(source.view("audited_clauses"))
    for leaf in facts.leaves:
        if any(names(clause, leaf) for clause in excluded):
            continue
        if facts.engaged_clauses and not any(names(clause, leaf) for clause in facts.engaged_clauses):
            continue
        section: Any = facts.clauses[leaf].section
        yield ApplicableClause("processes", leaf, section, tuple(dict.fromkeys(naming[leaf])), mapped, audited)


class AuditedClause(NamedTuple):
    """A clause that an internal audit looked at, on a day that has come."""

    at: str
    clause: ClauseId
    audit: str
    performed: date | None


def _audited(source: Source) -> Iterator[AuditedClause]:
    for audit in source.description.entries("audits"):
        if audit.kind == "internal" and past(audit.performed, source):
            leaves = {leaf: None for clause in filled(audit.clauses) for leaf in source.facts.leaves_named(clause)}
            for leaf in leaves:
                yield AuditedClause(f"audits/{audit.id}", leaf, audit.id, audit.performed)


class ExclusionState(NamedTuple):
    """A declared exclusion (4.3).

    `plausible` tells whether the pack lets the clause be left out; `contradicted_by` are entries that show the
    activity all the same, processes that say they fulfil it among them.
    """

    at: str
    clause: ClauseId
    justification: Text
    plausible: Truth
    contradicted_by: tuple[Text, ...]
    item: str
    route: Route


def _exclusions(source: Source) -> Iterator[ExclusionState]:
    scope = source.description.single("scope")
    for at, row in enumerate(scope.exclusions if scope else ()):
        if row is None or row.clause is None:
            continue
        fact = source.facts.clauses.get(row.clause)
        registers = fact.contradicted_by if fact else ()
        shown = [f"{name}/{entry.id}" for name in registers for entry in _showing(source, name)]
        shown += [
            f"processes/{process.id}"
            for process in source.description.entries("processes")
            if any(names(row.clause, clause) for clause in filled(process.clauses))
        ]
        yield ExclusionState(
            "scope",
            row.clause,
            row.justification,
            bool(fact and fact.excludable),
            tuple(shown[:3]),
            f"exclusion of {row.clause}",
            ("exclusions", at),
        )


def _showing(source: Source, register: str) -> list[Any]:
    """Return entries that show an activity; a gauge that decides nothing does not show that 7.1.5 applies."""
    entries = source.description.entries(register)
    if register == "equipment":
        return [entry for entry in entries if entry.checks_conformity or entry.traceability_required]
    return entries


class RequiredDocument(NamedTuple):
    """Documented information that the standard asks for, with documents and records that say they answer it."""

    at: str
    requirement: ClauseId
    kind: DocumentedKind
    always: Truth
    document: tuple[DocumentId, ...]
    record: tuple[RecordId, ...]


def _required(source: Source) -> Iterator[RequiredDocument]:
    documents = _by_clause(source, "documents")
    records = _by_clause(source, "records")
    for fact in source.facts.documented:
        steps = _ways_up(fact.requirement)
        yield RequiredDocument(
            "documents",
            fact.requirement,
            fact.kind,
            fact.condition == "always",
            tuple(dict.fromkeys((*_named(source, fact), *(id_ for step in steps for id_ in documents.get(step, ()))))),
            tuple(dict.fromkeys(id_ for step in steps for id_ in records.get(step, ()))),
        )


def _named(source: Source, fact: DocumentedFact) -> Iterator[str]:
    """Yield the document that a register of one entry names itself, where it is in force."""
    entry = source.description.single(fact.named_by) if fact.named_by else None
    document = source.entry("documents", entry.document) if entry and entry.document else None
    if document is not None and document.status in IN_FORCE:
        yield document.id


def _by_clause(source: Source, register: str) -> dict[str, list[str]]:
    naming: dict[str, list[str]] = defaultdict(list)
    for entry in source.description.entries(register):
        if register == "records" or entry.status in IN_FORCE:
            for clause in filled(entry.clauses):
                naming[clause].append(entry.id)
    return naming


def _ways_up(requirement: str) -> list[str]:
    """Return the requirement, its letter where it is a sub-item, its clause; not the section, which says too little."""
    return [id_ for id_ in above(requirement) if "." in id_]


VIEWS = (
    View("applicable_clauses", ApplicableClause, ("processes",), "at", _applicable, "clause"),
    View("audited_clauses", AuditedClause, ("audits",), "at", _audited, "clause"),
    View("exclusion_state", ExclusionState, ("scope",), "at", _exclusions, "item"),
    View("required_documents", RequiredDocument, ("documents", "records"), "at", _required, "requirement"),
)
