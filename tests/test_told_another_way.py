"""What 8.2 and 8.3 ask for may be told in several ways, may not have arisen, or may be answered by 'none'."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from isocheck.cli.assessing import assess_path

from .conftest import DAY

Write = Callable[..., Path]

SOLD = "8.2.3.1-s2"
TOPICS = ("8.2.3.1-a", "8.2.3.1-b", "8.2.3.1-c", "8.2.3.1-d")
LISTED = """products:
  - id: P
    requirements: [{text: q, kind: customer}, {text: r, kind: intended use}]
    considered: [organisation, statutory]
    ability: tried
    reviewed: 2025-01-10
    result: in order
    offered: 2025-02-01
"""
SAMPLED = """samples:
  - id: S
    of_what: orders
    population: "8,000"
    chosen: every hundredth
    date: 2026-01-12
    by: people/A
    considered: [a, b, c, d, e]
    items: [{ref: "1", result: in order}, {ref: "2", reviewed: 2025-03-01, committed: 2025-03-02}]
people: [{id: A}]
"""
PROJECT = "designs:\n  - {id: D, started: 2026-01-10"
BEGUN = f"{PROJECT}, inputs: [{{id: i, text: q, kind: a}}], inputs_considered: [b, c, d, e]"
TRIED = f"{BEGUN}, inputs_reviewed: {{date: 2026-01-20, result: clear}}, released: 2026-05-01"

CASES: dict[str, tuple[str, dict[str, str]]] = {
    "a catalogue in place of orders": (
        LISTED,
        dict.fromkeys((SOLD, "8.2.3.1-s1", *TOPICS, "8.2.3.2-a"), "described")
        | dict.fromkeys(("8.2.3.1-e", "8.2.3.1-s3", "8.2.3.1-s4", "8.2.3.2-b", "8.2.4-s1"), "unassessed"),
    ),
    "a catalogue gone over again": (LISTED + "    reviewed_again: 2026-03-01\n", {SOLD: "described"}),
    "a catalogue reviewed too late": (LISTED.replace("2025-01-10", "2025-03-10"), {SOLD: "minor"}),
    "a catalogue that is not yet offered": (
        "products: [{id: P, offered: 2026-09-01}]",
        {SOLD: "unassessed", "8.2.2-b": "unassessed"},
    ),
    "a catalogue that nobody reviewed": ("products: [{id: P}]", {SOLD: "minor"}),
    "an order from the catalogue": (
        LISTED + "orders: [{id: O, product: P, committed: 2026-03-01}]",
        dict.fromkeys((SOLD, *TOPICS), "described") | {"8.2.3.1-e": "unassessed"},
    ),
    "an order from it before its review": (
        LISTED + "orders: [{id: O, product: P, committed: 2025-01-05}]",
        {SOLD: "minor"},
    ),
    "an order promised before its own review": (
        LISTED + "orders: [{id: O, product: P, reviewed: 2026-03-02, committed: 2026-03-01}]",
        {SOLD: "major"},
    ),
    "a sample of orders": (
        SAMPLED,
        dict.fromkeys((SOLD, *TOPICS, "8.2.3.1-e"), "described") | {"8.2.3.1-s1": "unassessed"},
    ),
    "a sample with an order that was not": (
        SAMPLED.replace("result: in order", "result: not in order"),
        {SOLD: "minor"},
    ),
    "a sample that is silent on what was taken in": (
        SAMPLED.replace("    considered: [a, b, c, d, e]\n", "")
        + "orders: [{id: O, reviewed: 2026-03-01, committed: 2026-03-02, considered: [a, b, c, d, e]}]",
        dict.fromkeys((SOLD, *TOPICS, "8.2.3.1-e"), "described"),
    ),
    "an order that is silent beside one that is not": (
        "orders: [{id: O, considered: [a, b, c, d, e]}, {id: Q}]",
        dict.fromkeys((*TOPICS, "8.2.3.1-e"), "minor"),
    ),
    "enquiries that bind nobody": (
        "orders: [{id: O, status: enquiry, reviewed: 2026-03-02}, {id: R, status: declined}]",
        {SOLD: "unassessed", "8.1-a": "not-described"},
    ),
    "an enquiry that was accepted all the same": (
        "orders: [{id: O, status: enquiry, committed: 2026-03-02}]",
        {SOLD: "minor"},
    ),
    "answers of none": (
        "orders: [{id: O, differences: None, new_requirements: Nothing new, written: true}]",
        {"8.2.3.1-s3": "unassessed", "8.2.3.1-s4": "unassessed", "8.2.3.2-b": "unassessed"},
    ),
    "an answer that only begins like none": (
        "orders: [{id: O, differences: No delivery on Mondays}]",
        {"8.2.3.1-s3": "minor"},
    ),
    "a changed order in the register of changes": (
        "orders: [{id: O}]\nchanges: [{id: C, subject: order, done: 2026-02-01, communicated: all}]",
        {"8.2.4-s1": "minor"},
    ),
    "nothing of customers in the house": ("communication: [{id: C, topic: t}]", {"8.2.1-d": "unassessed"}),
    "something of a customer": (
        "communication: [{id: C, topic: t}]\nproperty: [{id: T, owner: Hallam}]",
        {"8.2.1-d": "minor"},
    ),
    "something that went back": (
        "communication: [{id: C, topic: t}]\nproperty: [{id: T, owner: Hallam, condition: returned}]",
        {"8.2.1-d": "unassessed"},
    ),
    "something of a provider": (
        "communication: [{id: C, topic: t}]\nproviders: [{id: S, name: Aldgate}]\nproperty: [{id: T, owner: Aldgate}]",
        {"8.2.1-d": "unassessed"},
    ),
    "a law that names the product": (
        "products: [{id: P, requirements: [{text: q, kind: customer}]}]\n"
        "obligations: [{id: L, title: t, source: s, applies_to: [P], products: [P]}]",
        {"8.2.2-a": "minor", "8.2.2-a1": "described"},
    ),
    "laws that do not say for which product": (
        "products: [{id: P, requirements: [{text: q}]}]\nobligations: [{id: L, title: t, source: s, applies_to: [P]}]",
        {"8.2.2-a": "minor", "8.2.2-a1": "described", "8.2.2-a2": "minor"},
    ),
    "a product for which nobody looked for a law": (
        "products: [{id: P, requirements: [{text: q, kind: customer}]}]",
        {"8.2.2-a1": "minor"},
    ),
    "a plan that thought of everything": (
        f"{PROJECT}, plan: {{considers: [a, b, c, d, e, f, g, h, i, j], stages: [Trial]}}}}",
        {f"8.3.2-{letter}": "described" for letter in "abcdefghij"},
    ),
    "a plan that tells and ticks nothing": (
        f"{PROJECT}, plan: {{stages: [Trial], responsibilities: q, resources: r, interfaces: s}}}}",
        dict.fromkeys(("8.3.2-b", "8.3.2-d", "8.3.2-e", "8.3.2-f"), "described") | {"8.3.2-g": "minor"},
    ),
    "a project that has just begun": (
        BEGUN + "}",
        {f"8.3.3-{letter}": "described" for letter in "abcde"}
        | dict.fromkeys(("8.3.3-s2", "8.3.3-s3", "8.3.4-b", "8.3.4-c", "8.3.4-d", "8.3.5-s1"), "unassessed"),
    ),
    "a project that is yet to begin": (
        "designs: [{id: D, started: 2026-09-01}]",
        dict.fromkeys(("8.3.2-b", "8.3.2-g", "8.3.3-s1", "8.3.3-a", "8.3.3-s4", "8.3.4-a"), "unassessed"),
    ),
    "a law looked for in vain though it is known": (
        f"{BEGUN}, product: P}}\nproducts: [{{id: P}}]\nobligations: [{{id: L, products: [P]}}]",
        {"8.3.3-c": "minor"},
    ),
    "a release without trials": (
        TRIED + "}",
        {"8.3.3-s2": "described", "8.3.4-b": "minor", "8.3.4-c": "minor", "8.3.4-d": "major", "8.3.5-s1": "minor"},
    ),
    "a trial after the release": (
        f"{TRIED}, validation: [{{date: 2026-06-01, result: passed}}]}}",
        {"8.3.4-d": "minor"},
    ),
    "a trial that had to wait for use": (
        f"{TRIED}, validation: [{{date: 2026-06-01, result: passed, after_release: only one of its kind}}]}}",
        {"8.3.4-d": "described"},
    ),
    "a trial planned for a day to come": (
        f"{BEGUN}, verification: [{{date: 2026-08-01, what: t}}]}}",
        {"8.3.4-c": "unassessed", "8.3.4-f": "unassessed"},
    ),
    "a trial failed, mended and passed": (
        f"{TRIED}, verification: [{{date: 2026-02-01, result: problems, actions: [{{what: m, done: 2026-02-10}}]}}, "
        "{date: 2026-03-01, result: passed}]}",
        {"8.3.4-c": "described", "8.3.4-e": "described"},
    ),
    "trials listed with the newest first": (
        f"{TRIED}, validation: [{{date: 2026-03-01, result: passed}}, {{date: 2026-02-01, result: problems}}]}}",
        {"8.3.4-d": "described", "8.3.4-e": "minor"},
    ),
    "a trial whose newest result is bad": (
        f"{TRIED}, validation: [{{date: 2026-02-01, result: passed}}, {{date: 2026-03-01, result: problems}}]}}",
        {"8.3.4-d": "minor"},
    ),
    "a change of a design that is only asked for": (
        f"{BEGUN}, changes: [{{id: c, what: w}}]}}",
        {"8.3.6-s1": "described", "8.3.6-a": "described"}
        | dict.fromkeys(("8.3.6-b", "8.3.6-c", "8.3.6-d"), "unassessed"),
    ),
    "no design": (
        "scope: {exclusions: [{clause: '8.3', justification: Customers give us finished drawings}]}",
        dict.fromkeys(("8.3.1-s1", "8.3.2-g", "8.3.6-d"), "not-applicable"),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_a_description_amounts_to(write: Write, case: str) -> None:
    text, expected = CASES[case]
    assert _verdicts(write(isocheck="", a=text), expected) == expected


def test_no_order_yet_is_no_gap(write: Write) -> None:
    settings = "occasions: [{register: orders, starts: 2026-01-01, ends: 2026-12-31, reason: Founded in May}]"
    root = write(isocheck=settings, a="products: [{id: P}]")
    assert _verdicts(root, {SOLD: ""}) == {SOLD: "unassessed"}


def _verdicts(root: Path, ids: dict[str, str]) -> dict[str, str]:
    assessment = assess_path(root, None, date.fromisoformat(DAY))
    results = {result.id: result for result in assessment.requirements()}
    results |= {item.id: item for result in assessment.requirements() for item in result.items}
    return {id_: results[id_].verdict.value for id_ in ids}
