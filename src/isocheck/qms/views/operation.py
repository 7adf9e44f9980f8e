"""Providers, the making of products, their release, and outputs that do not conform: clauses 8.4 to 8.7."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple, get_args

from isocheck.qms.description import Route
from isocheck.qms.fields import PersonId, Planned, RoleId, Text, Truth
from isocheck.qms.improvement import Concession, Correction, Informed
from isocheck.qms.parts import Review
from isocheck.qms.supply import Point
from isocheck.qms.views.base import Source, View
from isocheck.qms.views.common import filled, holders, past
from isocheck.terms import fold


def _in_use(provider: Any) -> bool:
    """Tell whether something may come from a provider: not blocked or given up, and not still to be tried."""
    if provider.status == "new":
        return provider.used is not None
    return provider.status not in ("blocked", "former")


class ProviderPoint(NamedTuple):
    """One of the points that a provider in use is told (8.4.3), and whether it was.

    `applies` tells whether the organisation has something to require on it: always on a; where it says so, or told
    the provider; on e where it follows the performance of a critical provider; on f where approval rests on an audit
    there. Unknown for a critical provider for whom nothing was decided.
    """

    at: str
    point: Point
    critical: Truth
    applies: Truth
    told: Truth
    item: str
    route: Route


def _points(source: Source) -> Iterator[ProviderPoint]:
    for provider in source.description.entries("providers"):
        if not _in_use(provider):
            continue
        told = set(filled(provider.information))
        decided = set(filled(provider.applies))
        follows = {
            "a": True,
            "e": bool(provider.critical and provider.monitored),
            "f": provider.criteria_kind == "audit",
        }
        open_ = None if provider.critical is not False and not decided else False
        for point in get_args(Point):
            applies = True if point in told | decided or follows.get(point) else open_
            yield ProviderPoint(
                f"providers/{provider.id}",
                point,
                provider.critical,
                applies,
                point in told,
                f"point {point}",
                ("information",),
            )


class ProviderCertificate(NamedTuple):
    """A certificate of a provider in use, renewals of it taken together.

    `criterion` tells whether the approval rests on certificates; `expires` is the last day of the newest one.
    """

    at: str
    criterion: Truth
    expires: Planned
    item: str
    route: Route


def _certificates(source: Source) -> Iterator[ProviderCertificate]:
    for provider in source.description.entries("providers"):
        if not _in_use(provider):
            continue
        criterion = provider.criteria_kind == "certificate" if provider.criteria_kind else None
        groups: dict[str, list[tuple[int, Any]]] = defaultdict(list)
        for at, row in enumerate(provider.certificates):
            if row is not None:
                groups[fold(row.name) if row.name else str(at)].append((at, row))
        for rows in groups.values():
            at, newest = max(rows, key=lambda pair: (pair[1].expires or date.min, pair[0]))
            yield ProviderCertificate(
                f"providers/{provider.id}",
                criterion,
                newest.expires,
                f"certificate {newest.name or at + 1}",
                ("certificates", at),
            )


class ProductionRole(NamedTuple):
    """A role that production or service provision needs (8.5.1 e); `held` tells whether somebody holds it.

    Unknown while nobody is described.
    """

    at: str
    role: RoleId
    held: Truth
    item: str
    route: Route


def _production_roles(source: Source) -> Iterator[ProductionRole]:
    held = holders(source)
    known = bool(source.description.entries("people"))
    for entry in source.description.entries("production"):
        for at, role in enumerate(entry.competence):
            if role is not None:
                holds = bool(held.get(role)) if known else None
                yield ProductionRole(f"production/{entry.id}", role, holds, f"role {role}", ("competence", at))


class ReleaseState(NamedTuple):
    """A release with the people who might release on its day, where roles or people are named for it (8.6 b).

    `traceable` tells whether what was released comes from production in which traceability is demanded (8.5.2); unknown
    where production entries of the product, or all of them where no product is named, do not agree.
    """

    at: str
    released_by: PersonId
    allowed: tuple[PersonId, ...] | None
    batch: Text
    traceable: Truth


def _releases(source: Source) -> Iterator[ReleaseState]:
    behind: dict[str, list[Any]] = defaultdict(list)
    for person in source.description.entries("people"):
        for who in (f"people/{person.id}", *(f"roles/{role}" for role in filled(person.roles))):
            behind[who].append(person)
    demanded = _demands_of_traceability(source)
    for release in source.description.entries("releases"):
        named = filled(release.may_release)
        day = release.released or source.facts.as_of
        allowed = {person.id: None for who in named for person in behind[who] if _there(person, day)}
        answers = demanded.get(release.product) or demanded.get(None) or set()
        yield ReleaseState(
            f"releases/{release.id}",
            release.released_by,
            tuple(allowed) if named else None,
            release.batch,
            next(iter(answers)) if len(answers) == 1 else None,
        )


def _there(person: Any, day: date) -> bool:
    """Tell whether somebody worked for the organisation on a day."""
    return not (person.joined and person.joined > day) and not (person.left and person.left < day)


def _demands_of_traceability(source: Source) -> dict[str | None, set[bool | None]]:
    """Return whether traceability is demanded, as production entries say: by product, and of all under None."""
    demanded: dict[str | None, set[bool | None]] = defaultdict(set)
    for entry in source.description.entries("production"):
        required = entry.traceability.required if entry.traceability else None
        for product in (None, *filled(entry.products)):
            demanded[product].add(required)
    return demanded


class FaultyOutput(NamedTuple):
    """An output that does not conform, by the ways that were chosen for it (8.7.1 a to d).

    A way is false where none was chosen yet. `late` tells of a fault found after delivery, `passed_on` of an output
    that is used as it is, or was accepted and closed. `kept_back_until_cleared` looks at releases of the same batch
    from its detection on. Cleared is what was set apart, so that the rest may go; else what was verified again,
    accepted under concession, or told to the customer. It is unknown where no batch is named, or the fault was found
    after delivery.
    """

    at: str
    mended: Truth
    stopped: Truth
    told: Truth
    accepted: Truth
    passed_on: Truth
    late: Truth
    detected: date | None
    correction: Correction | None
    reverified: Review | None
    informed: Informed | None
    concession: Concession | None
    closed: date | None
    consequences: Text
    similar_result: Text
    kept_back_until_cleared: Truth


_MEND = frozenset({"correct", "rework", "repair"})
_STOP = frozenset({"segregate", "contain", "return", "suspend", "scrap"})
_TELL = frozenset({"inform customer"})
_ACCEPT = frozenset({"use as is", "concession"})


def _outputs(source: Source) -> Iterator[FaultyOutput]:
    released: dict[str, list[date]] = defaultdict(list)
    for release in source.description.entries("releases"):
        if release.batch and past(release.released, source):
            released[fold(release.batch)].append(release.released)
    for row in source.description.entries("nonconformities"):
        if row.kind != "output":
            continue
        kept = None
        if row.batch and row.detected and not row.after_delivery:
            cleared = _cleared(row, source)
            let_go = [day for day in released[fold(row.batch)] if day >= row.detected]
            kept = not any(cleared is None or day < cleared for day in let_go)
        ways = set(filled(row.disposition))
        yield FaultyOutput(
            f"nonconformities/{row.id}",
            bool(ways & _MEND),
            bool(ways & _STOP),
            bool(ways & _TELL),
            bool(ways & _ACCEPT),
            "use as is" in ways or bool(ways & _ACCEPT and past(row.closed, source)),
            bool(row.after_delivery),
            row.detected,
            row.correction,
            row.reverified,
            row.informed,
            row.concession,
            row.closed,
            row.consequences,
            row.similar_result,
            kept,
        )


def _cleared(row: Any, source: Source) -> date | None:
    """Return the day from which the batch may go: the fault set apart, or all that was chosen for it done."""
    ways = set(filled(row.disposition))
    parts = [part for part, those in ((row.reverified, _MEND), (row.concession, _ACCEPT)) if ways & those]
    if ways & _STOP or not parts:
        parts = [row.informed] if ways and ways <= _TELL else [row.correction]
    days = [part.date if part else None for part in parts]
    gone = [day for day in days if day is not None and past(day, source)]
    return max(gone) if len(gone) == len(days) else None


VIEWS = (
    View("provider_points", ProviderPoint, ("providers",), "at", _points, "item"),
    View("provider_certificates", ProviderCertificate, ("providers",), "at", _certificates, "item"),
    View("production_roles", ProductionRole, ("production",), "at", _production_roles, "item"),
    View("release_state", ReleaseState, ("releases",), "at", _releases),
    View("faulty_outputs", FaultyOutput, ("nonconformities",), "at", _outputs),
)
