"""How processes hang together, what is provided from outside and what is to be done."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any, Literal, NamedTuple

from isocheck.qms.description import Route
from isocheck.qms.fields import Planned, ProcessId, ProviderId, Text, Truth, Who
from isocheck.qms.views.base import Source, View
from isocheck.qms.views.common import filled
from isocheck.terms import fold


class ProcessLink(NamedTuple):
    """One thing that passes from a process to another.

    `both_sides` tells whether giver and receiver both describe it, by the same name.
    """

    process: str
    giver: ProcessId
    receiver: ProcessId
    thing: Text
    both_sides: Truth
    item: str
    route: Route


def _links(source: Source) -> Iterator[ProcessLink]:
    given: set[tuple[str, str, str]] = set()
    taken: set[tuple[str, str, str]] = set()
    found: list[tuple[str, str, str, str, Route, bool]] = []
    for process in source.description.entries("processes"):
        for at, entry in enumerate(process.inputs):
            if entry is not None and entry.source is not None and entry.source.startswith("processes/"):
                giver = entry.source.partition("/")[2]
                taken.add((giver, process.id, fold(entry.name or "")))
                found.append((process.id, giver, process.id, entry.name, ("inputs", at), True))
        for at, entry in enumerate(process.outputs):
            if entry is not None and entry.receiver is not None and entry.receiver.startswith("processes/"):
                receiver = entry.receiver.partition("/")[2]
                given.add((process.id, receiver, fold(entry.name or "")))
                found.append((process.id, process.id, receiver, entry.name, ("outputs", at), False))
    for process_id, giver, receiver, thing, route, takes in found:
        other = given if takes else taken
        both = (giver, receiver, fold(thing or "")) in other
        yield ProcessLink(
            f"processes/{process_id}", giver, receiver, thing, both, f"{route[0]} {int(route[1]) + 1}", route
        )


class ProcessMap(NamedTuple):
    """A process in the web of processes.

    `joined` tells whether it belongs to the largest group of processes that hang together; a single process is
    joined where something reaches it from outside or leaves it.
    """

    process: str
    fed_by: tuple[ProcessId, ...]
    feeds: tuple[ProcessId, ...]
    joined: Truth


def _map(source: Source) -> Iterator[ProcessMap]:
    processes = source.description.entries("processes")
    fed_by: dict[str, set[str]] = defaultdict(set)
    feeds: dict[str, set[str]] = defaultdict(set)
    near: dict[str, set[str]] = defaultdict(set)
    for link in source.view("process_links"):
        fed_by[link.receiver].add(link.giver)
        feeds[link.giver].add(link.receiver)
        if link.giver != link.receiver:
            near[link.giver].add(link.receiver)
            near[link.receiver].add(link.giver)
    for process in processes:
        if process.parent is not None:
            near[process.id].add(process.parent)
            near[process.parent].add(process.id)
    largest = _largest_group([process.id for process in processes], near)
    for process in processes:
        joined = process.id in largest
        if len(processes) == 1:
            joined = bool(filled(process.inputs) or filled(process.outputs))
        yield ProcessMap(
            f"processes/{process.id}",
            tuple(sorted(fed_by[process.id])),
            tuple(sorted(feeds[process.id])),
            joined,
        )


def _largest_group(ids: list[str], near: dict[str, set[str]]) -> set[str]:
    largest: set[str] = set()
    seen: set[str] = set()
    for start in ids:
        if start in seen:
            continue
        group, queue = {start}, [start]
        while queue:
            for other in near.get(queue.pop(), ()):
                if other not in group:
                    group.add(other)
                    queue.append(other)
        seen |= group
        if len(group) > max(len(largest), 1):
            largest = group
    return largest


class ExternalProvision(NamedTuple):
    """A process, a resource or a design that somebody outside provides, with the provider that is named."""

    subject: str
    kind: Literal["process", "resource"]
    what: Text
    provider: ProviderId


def _provisions(source: Source) -> Iterator[ExternalProvision]:
    for process in source.description.entries("processes"):
        if process.externally_provided:
            yield ExternalProvision(f"processes/{process.id}", "process", process.name, process.provider)
    for resource in source.description.entries("resources"):
        if resource.provided == "external":
            yield ExternalProvision(f"resources/{resource.id}", "resource", resource.name, resource.provider)


class PlannedAction(NamedTuple):
    """An action, wherever it was decided on; not one on a provider that is blocked or no longer used."""

    source: str
    register: Literal["risks", "objectives", "nonconformities", "changes", "management_reviews", "providers"]
    action: Text
    owner: Who
    due: Planned
    done: date | None
    item: str
    route: Route


def _actions(source: Source) -> Iterator[PlannedAction]:
    entries = source.description.entries
    for register in ("risks", "objectives", "nonconformities", "changes"):
        for entry in entries(register):
            for at, row in enumerate(entry.actions):
                if row is not None:
                    yield _action(f"{register}/{entry.id}", register, row, row.what, "actions", ("actions", at))
    for entry in entries("management_reviews"):
        for at, row in enumerate(entry.outputs):
            if row is not None:
                subject = f"management_reviews/{entry.id}"
                yield _action(subject, "management_reviews", row, row.action, "outputs", ("outputs", at))
    for entry in entries("providers"):
        for outer, evaluation in enumerate(entry.evaluations if entry.status not in ("blocked", "former") else ()):
            for at, row in enumerate(evaluation.actions if evaluation is not None else ()):
                if row is not None:
                    route: Route = ("evaluations", outer, "actions", at)
                    part = f"evaluations {outer + 1}"
                    yield _action(f"providers/{entry.id}", "providers", row, row.what, part, route)


def _action(subject: str, register: Any, row: Any, what: str | None, part: str, route: Route) -> PlannedAction:
    name = row.id or int(route[-1]) + 1
    return PlannedAction(subject, register, what, row.owner, row.due, row.done, f"{part} {name}", route)


VIEWS = (
    View("process_links", ProcessLink, ("processes",), "process", _links, "item"),
    View("process_map", ProcessMap, ("processes",), "process", _map),
    View("external_provisions", ExternalProvision, ("processes", "resources"), "subject", _provisions),
    View(
        "planned_actions",
        PlannedAction,
        ("risks", "objectives", "nonconformities", "changes", "management_reviews", "providers"),
        "source",
        _actions,
        "item",
    ),
)
