"""The list of registers: a new one is a model in a family's module and a line here."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from isocheck.qms import (
    context,
    design,
    documents,
    evaluation,
    improvement,
    operation,
    people,
    planning,
    processes,
    supply,
)
from isocheck.qms.fields import Entry, Item, Single

__all__ = ["REGISTERS", "Register"]


@dataclass(frozen=True)
class Register:
    """A list of things of one kind in the organisation's description; `title` is what reports call it."""

    name: str
    title: str
    model: type[Item]

    @cached_property
    def single(self) -> bool:
        """True where the register holds one entry, written as a mapping without an id."""
        return issubclass(self.model, Single)


_ALL = (
    Register("organisation", "Organisation", context.Organisation),
    Register("scope", "Scope", context.Scope),
    Register("issues", "Internal and external issues", context.Issue),
    Register("climate", "Decisions on climate change", context.ClimateDecision),
    Register("interested_parties", "Interested parties", context.InterestedParty),
    Register("obligations", "Statutory and regulatory requirements", context.Obligation),
    Register("policy", "Quality policy", context.Policy),
    Register("roles", "Roles", people.Role),
    Register("people", "People", people.Person),
    Register("competence", "Competence", people.Competence),
    Register("awareness", "Awareness", people.Awareness),
    Register("communication", "Communication", people.Communication),
    Register("knowledge", "Organisational knowledge", people.Knowledge),
    Register("processes", "Processes", processes.Process),
    Register("changes", "Changes", processes.Change),
    Register("resources", "Resources", processes.Resource),
    Register("documents", "Documents", documents.Document),
    Register("records", "Records", documents.Record),
    Register("objectives", "Quality objectives", planning.Objective),
    Register("risks", "Risks and opportunities", planning.Risk),
    Register("equipment", "Measuring equipment", supply.Equipment),
    Register("calibrations", "Calibrations", supply.Calibration),
    Register("products", "Products and services", operation.Product),
    Register("orders", "Orders", operation.Order),
    Register("designs", "Design projects", design.Design),
    Register("providers", "External providers", supply.Provider),
    Register("property", "Property of others", operation.Property),
    Register("production", "Production and service provision", operation.Production),
    Register("releases", "Releases", operation.Release),
    Register("nonconformities", "Nonconformities", improvement.Nonconformity),
    Register("feedback", "Customer feedback", evaluation.Feedback),
    Register("monitoring", "Monitoring and measurement", evaluation.Monitored),
    Register("improvements", "Improvements", improvement.Improvement),
    Register("audit_programme", "Audit programme", evaluation.AuditProgramme),
    Register("audits", "Audits", evaluation.Audit),
    Register("management_reviews", "Management reviews", evaluation.ManagementReview),
    Register("samples", "Samples", evaluation.Sample),
)

REGISTERS: dict[str, Register] = {register.name: register for register in _ALL}


def entry_model(name: str) -> type[Entry] | None:
    """Return the model of a register whose entries have ids, or None for a register of one entry."""
    model = REGISTERS[name].model
    return model if issubclass(model, Entry) else None
