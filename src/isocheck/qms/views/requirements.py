"""What is required and promised: requirements of products, their review and changes, communication with customers."""

from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

from isocheck.qms.description import Route
from isocheck.qms.fields import ClauseId, Date, Proof, Text, Truth
from isocheck.qms.views.base import Source, View
from isocheck.qms.views.common import filled, past
from isocheck.terms import fold

Topic = Literal["a", "b", "c", "d", "e"]
Kind = Literal["customer", "delivery", "intended use", "organisation", "statutory", "contract"]

_TOPICS: dict[str, Topic] = {
    "customer": "a",
    "delivery": "a",
    "intended use": "b",
    "organisation": "c",
    "statutory": "d",
    "contract": "e",
}
"""Kinds of a product's requirements, as the letters of 8.2.3.1."""


class Commitment(NamedTuple):
    """A promise to a customer and the review before it (8.2.3): an order, a product in the catalogue, a sampled order.

    An order without a review of its own takes that of its product (`by_catalogue`); an enquiry that is open or was
    declined is no promise. A product counts once it is offered or reviewed; where neither orders nor a sample of them
    are described, it counts all the same, unless it is not yet offered. `in_order` is what whoever took the sample
    found, and stands for the rest there, but for what the reviews took in: `tells_topics` is false where the sample
    does not say. `differences` and `new` pass over an answer such as 'none'.
    """

    subject: str
    kind: Literal["order", "catalogue", "sample"]
    by_catalogue: Truth
    reviewed: Date
    committed: Date
    tells_topics: Truth = True
    considered: tuple[Topic, ...] | None = None
    ability: Text = None
    result: Text = None
    differences: Text = None
    resolved: Text = None
    unwritten: Truth = False
    confirmed: Date = None
    new_requirements: Text = None
    new: Truth = False
    record: Proof = None
    in_order: Truth = None
    item: str = ""
    route: Route = ()


def _commitments(source: Source) -> Iterator[Commitment]:
    entries = source.description.entries
    laws = _laws(source)
    described = False
    for order in entries("orders"):
        if order.status in ("enquiry", "declined") and not past(order.committed, source):
            continue
        described = True
        yield _order(source, order, laws)
    for sample in entries("samples"):
        if sample.of_what == "orders":
            described = True
            yield from _sampled(sample)
    for product in entries("products"):
        known = product.offered is not None or product.reviewed is not None
        ahead = product.offered is not None and not past(product.offered, source)
        if not ahead and (known or not (described or _none_declared(source))):
            yield _offered(product, laws)


def _order(source: Source, order: Any, laws: set[str | None]) -> Commitment:
    product = source.entry("products", order.product) if order.product else None
    listed = product if product is not None and past(product.reviewed, source) else None
    by_catalogue = listed is not None and not past(order.reviewed, source)
    considered = tuple(filled(order.considered))
    if listed is not None and (considered or by_catalogue):
        considered += tuple(_TOPICS[kind] for kind in _kinds(listed, laws))
    return Commitment(
        f"orders/{order.id}",
        "order",
        by_catalogue=by_catalogue,
        reviewed=listed.reviewed if listed is not None and by_catalogue else order.reviewed,
        committed=order.committed,
        considered=considered or None,
        ability=order.ability or (listed.ability if listed is not None else None),
        result=order.result or (listed.result if listed is not None and by_catalogue else None),
        differences=None if says_none(order.differences) else order.differences,
        resolved=order.resolved,
        unwritten=order.written is False,
        confirmed=order.confirmed,
        new_requirements=order.new_requirements,
        new=order.new_requirements is not None and not says_none(order.new_requirements),
        record=order.record,
    )


def _sampled(sample: Any) -> Iterator[Commitment]:
    considered = tuple(filled(sample.considered)) or None
    for at, row in enumerate(sample.items):
        if row is not None:
            yield Commitment(
                f"samples/{sample.id}",
                "sample",
                by_catalogue=False,
                reviewed=row.reviewed,
                committed=row.committed,
                tells_topics=considered is not None,
                considered=considered,
                result=row.result,
                in_order=None if row.result is None else row.result == "in order",
                item=f"items {row.ref or at + 1}",
                route=("items", at),
            )


def _offered(product: Any, laws: set[str | None]) -> Commitment:
    considered = tuple(_TOPICS[kind] for kind in _kinds(product, laws))
    return Commitment(
        f"products/{product.id}",
        "catalogue",
        by_catalogue=True,
        reviewed=product.reviewed,
        committed=product.offered,
        considered=considered or None,
        ability=product.ability,
        result=product.result,
    )


def _none_declared(source: Source) -> bool:
    """Tell whether isocheck.yaml declares that there has been no order yet."""
    return any(row.declares("orders", source.facts.as_of) for row in source.description.settings.occasions)


def says_none(text: str | None) -> bool:
    """Tell whether an answer says that there is none: 'None', 'none came up', 'Nothing new'."""
    if text is None:
        return False
    bare = text.strip().casefold().rstrip(".")
    return bare in ("no", "nil") or bare.partition(" ")[0].rstrip(",;:") in ("none", "nothing")


def _kinds(product: Any, laws: set[str | None]) -> tuple[Kind, ...]:
    """Return the kinds of requirements that a product has, or of which somebody looked for some and found none."""
    kinds = dict.fromkeys(row.kind for row in filled(product.requirements) if row.kind)
    kinds |= dict.fromkeys(filled(product.considered))
    if not laws.isdisjoint((product.id, None)):
        kinds["statutory"] = None
    return tuple(kinds)


def _laws(source: Source) -> set[str | None]:
    """Return products that an obligation names; None is among them where one names none, and may be about any."""
    return {product for row in source.description.entries("obligations") for product in filled(row.products) or (None,)}


class Offer(NamedTuple):
    """A product or service with the kinds of requirements that are known of it (8.2.2).

    `requirement_kinds` takes in kinds that were looked for in vain, and the law where an obligation names the product
    or no product at all; it is unknown where no requirement says its kind. `sorted` tells that each one says it.
    """

    product: str
    sorted: Truth
    requirement_kinds: tuple[Kind, ...] | None


def _offers(source: Source) -> Iterator[Offer]:
    laws = _laws(source)
    for product in source.description.entries("products"):
        rows = filled(product.requirements)
        each = bool(rows) and all(row.kind for row in rows)
        yield Offer(f"products/{product.id}", each, _kinds(product, laws) or None)


class ChangedRequirement(NamedTuple):
    """A change of what is required (8.2.4): of an order, of a product, or in the register of changes once made."""

    subject: str
    date: Date
    what: Text
    documents_amended: Text
    informed: Text
    item: str = ""
    route: Route = ()


def _changed(source: Source) -> Iterator[ChangedRequirement]:
    for register in ("orders", "products"):
        for entry in source.description.entries(register):
            for at, row in enumerate(entry.changes):
                if row is not None and (row.date is None or past(row.date, source)):
                    yield ChangedRequirement(
                        f"{register}/{entry.id}",
                        row.date,
                        row.what,
                        row.documents_amended,
                        row.informed,
                        f"changes {at + 1}",
                        ("changes", at),
                    )
    for change in source.description.entries("changes"):
        if change.subject == "order" and past(change.done, source):
            yield ChangedRequirement(
                f"changes/{change.id}", change.done, change.description, change.documents_amended, change.communicated
            )


class CustomerContact(NamedTuple):
    """What the rules of communication with the outside cover as a whole, beside what it takes (8.2.1).

    `holds_property` tells whether something is held that belongs to a customer; what was returned, or belongs to a
    provider, does not count.
    """

    at: str
    covers: tuple[ClauseId, ...]
    holds_property: Truth


def _contact(source: Source) -> Iterator[CustomerContact]:
    entries = source.description.entries
    rules = [row for row in entries("communication") if row.direction != "internal" and row.how]
    providers = {fold(name) for row in entries("providers") for name in (row.id, row.name) if name}
    held = any(row.condition != "returned" and fold(row.owner or "") not in providers for row in entries("property"))
    covers = dict.fromkeys(clause for row in rules for clause in filled(row.covers))
    yield CustomerContact("communication", tuple(covers), held)


VIEWS = (
    View("commitments", Commitment, ("orders", "products", "samples"), "subject", _commitments, "item"),
    View("offers", Offer, ("products",), "product", _offers),
    View("changed_requirements", ChangedRequirement, ("orders", "products"), "subject", _changed, "item"),
    View("customer_contact", CustomerContact, ("communication",), "at", _contact),
)
