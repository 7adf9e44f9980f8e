"""What the scope and the policy rest on, and where risks are dealt with: clauses 4.3, 5.2.1 and 6.1."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, Literal, NamedTuple

from isocheck.qms.description import Route
from isocheck.qms.fields import PersonId, Planned, ProcessId, RiskId, Text, Truth
from isocheck.qms.views.base import Source, View
from isocheck.qms.views.common import filled, here, holders, past, people_of

Basis = Literal["issues", "parties", "products"]


class ScopeBasis(NamedTuple):
    """One of the three things that the scope rests on (4.3 a to c).

    `weighed` tells whether the scope says that it was considered; `described` whether the description has any.
    """

    at: str
    basis: Basis
    weighed: Truth
    described: Truth


def _scope_bases(source: Source) -> Iterator[ScopeBasis]:
    scope = source.description.single("scope")
    if scope is None:
        return
    entries = source.description.entries
    organisation = source.description.single("organisation")
    needs = [need for party in entries("interested_parties") if party.relevant for need in filled(party.needs)]
    described: dict[Basis, bool] = {
        "issues": any(issue.description for issue in entries("issues")),
        "parties": any(need.text for need in needs),
        "products": bool(
            (organisation and filled(organisation.products)) or any(product.name for product in entries("products"))
        ),
    }
    for basis, known in described.items():
        yield ScopeBasis("scope", basis, basis in scope.considers, known)


class PolicyState(NamedTuple):
    """The quality policy with what shows that top management set it and that objectives follow from it (5.2.1).

    `approved_by` are the people who approved it, or else the document that holds it; unknown where nobody is named
    or one of them has left. `linked_objectives` are objectives that name a part of the policy.
    """

    at: str
    approved_by: tuple[PersonId, ...] | None
    top_management: tuple[PersonId, ...] | None
    frames_objectives: Text
    linked_objectives: tuple[Text, ...]


def _policies(source: Source) -> Iterator[PolicyState]:
    policy, organisation = source.description.single("policy"), source.description.single("organisation")
    if policy is None:
        return
    document = source.entry("documents", policy.document) if policy.document else None
    who = policy.approved_by or (document.approved_by if document is not None else None)
    ids = people_of(who, holders(source))
    people = [person for id_ in ids if (person := source.entry("people", id_)) is not None]
    known = bool(people) and all(here(person, source) for person in people)
    top = tuple(filled(organisation.top_management)) if organisation is not None else ()
    yield PolicyState(
        "policy",
        tuple(ids) if known else None,
        top or None,
        policy.frames_objectives,
        tuple(f"objectives/{row.id}" for row in source.description.entries("objectives") if row.policy_link),
    )


def _on_cards(source: Source) -> dict[str, list[str]]:
    """Return for each risk the processes that list it."""
    listing: dict[str, list[str]] = defaultdict(list)
    for process in source.description.entries("processes"):
        for risk in filled(process.risks):
            listing[risk].append(process.id)
    return listing


class RiskInProcess(NamedTuple):
    """A risk or an opportunity and a process that deals with it: it lists the risk, or an action on it names it."""

    at: str
    risk: RiskId
    process: ProcessId


def _risks_in_processes(source: Source) -> Iterator[RiskInProcess]:
    listing = _on_cards(source)
    for risk in source.description.entries("risks"):
        processes = [*listing.get(risk.id, ()), *(action.process for action in filled(risk.actions))]
        for process in dict.fromkeys(filled(processes)):
            yield RiskInProcess(f"risks/{risk.id}", risk.id, process)


class PlanAction(NamedTuple):
    """An action on a risk, an opportunity or an objective, with the processes that it is built into.

    These are the one that it names, or else those that list the risk, or for which the objective is set. `open` until a
    day on which it was done has come; what was planned for a risk that is closed or an objective that was concluded no
    longer is.
    """

    at: str
    action: Text
    processes: tuple[ProcessId, ...]
    due: Planned
    open: Truth
    item: str
    route: Route


def _risk_actions(source: Source) -> Iterator[PlanAction]:
    listing = _on_cards(source)
    for risk in source.description.entries("risks"):
        yield from _plan(source, f"risks/{risk.id}", risk, listing.get(risk.id, ()), past(risk.closed, source))


def _objective_actions(source: Source) -> Iterator[PlanAction]:
    for row in source.description.entries("objectives"):
        ended = row.concluded is not None and past(row.concluded.date, source)
        yield from _plan(source, f"objectives/{row.id}", row, filled(row.processes), ended)


def _plan(source: Source, at: str, entry: Any, processes: Iterable[str], over: bool) -> Iterator[PlanAction]:
    for index, row in enumerate(entry.actions):
        if row is not None:
            own = (row.process,) if row.process else tuple(processes)
            still = not over and not past(row.done, source)
            yield PlanAction(at, row.what, own, row.due, still, f"actions {row.id or index + 1}", ("actions", index))


VIEWS = (
    View("scope_basis", ScopeBasis, ("scope",), "at", _scope_bases, "basis"),
    View("policy_state", PolicyState, ("policy",), "at", _policies),
    View("risks_in_processes", RiskInProcess, ("processes",), "at", _risks_in_processes, "process"),
    View("risk_actions", PlanAction, ("risks",), "at", _risk_actions, "item"),
    View("objective_actions", PlanAction, ("objectives",), "at", _objective_actions, "item"),
)
