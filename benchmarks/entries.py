"""Entries of a plausible machine shop, one function a register: what it would write down, a small share with a gap.

Everything follows from the entry's number, so that the same size gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

__all__ = ["AS_OF", "REGISTERS", "SINGLES", "Counts", "Entry"]

Entry = dict[str, Any]
CLAUSES = (
    *("8.1", "8.2", "8.3", "8.4.1", "8.4.2", "8.4.3", "8.5.1", "8.5.2", "8.5.3", "8.5.4", "8.5.5", "8.5.6", "8.6"),
    *("8.7.1", "8.7.2", "4.1", "4.2", "4.3", "4.4.2", "5", "6", "7", "9", "10"),
)
AS_OF = date(2026, 6, 30)
"""The day on which a generated description is to be assessed."""


@dataclass(frozen=True)
class Counts:
    """How many entries each register has; every `flawed`-th entry says too little or is overdue, 0 for none."""

    of: dict[str, int]
    flawed: int

    def ref(self, register: str, at: int) -> str:
        """Name an entry of another register."""
        return _id(register, at % self.of[register])

    def any_ref(self, register: str, at: int) -> str:
        """Name an entry where the field may point into several registers."""
        return f"{register}/{self.ref(register, at)}"

    def is_flawed(self, at: int) -> bool:
        """Tell whether this entry is one with a gap."""
        return bool(self.flawed) and at % self.flawed == self.flawed - 1


def _id(register: str, at: int) -> str:
    return f"{register[:3].upper()}-{at + 1:05d}"


def _ago(days: int) -> date:
    return AS_OF - timedelta(days=days)


def _role(at: int, counts: Counts) -> Entry:
    return {
        "title": f"Role {at + 1} in the works",
        "responsibilities": ["keeps the order of the day", "answers for the figures of the process"],
        "authorities": ["may stop work that does not conform"],
        "covers": [f"5.3-{'abcde'[at % 5]}"],
        "competences": [f"skill {at % 40}", f"skill {(at + 7) % 40}"],
        "communicated": [{"to": "everybody concerned", "how": "notice board and talk", "date": _ago(200 + at % 90)}],
    }


def _person(at: int, counts: Counts) -> Entry:
    return {
        "name": f"Person {at + 1}",
        "roles": [counts.ref("roles", at)],
        "works_in": [counts.ref("processes", at), counts.ref("processes", at + 3)],
        "joined": _ago(900 + at % 1500),
    }


def _competence(at: int, counts: Counts) -> Entry:
    people = counts.of["people"]
    role = at % people % counts.of["roles"]
    return {
        "person": counts.ref("people", at),
        "competence": f"skill {(role + 7 * (at // people % 2)) % 40}",
        "gained": {"how": "training", "date": _ago(300 + at % 400)},
        "expires": _ago(30) if counts.is_flawed(at) else _ago(-400),
        "evidence": ["certificate of the course", "work watched by the foreman"],
        "action": "course in the house",
        "auditing": True,
        "effect": {
            "date": _ago(200 + at % 90),
            "by": counts.any_ref("roles", at),
            "result": "effective",
            "evidence": "first parts without rework",
        },
    }


def _awareness(at: int, counts: Counts) -> Entry:
    return {
        "topics": ["policy", "objectives", "contribution", "consequences"],
        "people": [counts.ref("people", at * 5 + step) for step in range(5)],
        "date": _ago(60 + at % 200),
        "how": "talk at the machine",
        "confirmed": "list with names",
    }


def _communication(at: int, counts: Counts) -> Entry:
    return {
        "topic": f"Figures of the week, line {at + 1}",
        "direction": "internal" if at % 2 else "external",
        "when": "every Monday",
        "with_whom": "the people of the line",
        "how": "board and short talk",
        "who": counts.any_ref("roles", at),
    }


def _knowledge(at: int, counts: Counts) -> Entry:
    return {
        "what": f"Settings of machine {at + 1}",
        "processes": [counts.ref("processes", at)],
        "source": "internal",
        "kept": ["setting sheet at the machine"],
        "held_by": [counts.any_ref("roles", at)],
        "available_to": "everybody at the machine",
        "at_risk": False,
        "acquire": "second person trained",
        "reviewed": _ago(100 + at % 150),
    }


def _process(at: int, counts: Counts) -> Entry:
    before, after = counts.any_ref("processes", at - 1), counts.any_ref("processes", at + 1)
    before = counts.any_ref("interested_parties", at) if at == 0 else before
    here = counts.any_ref("roles", at)
    return {
        "name": f"Process {at + 1}",
        "purpose": f"Turns the order into part {at + 1} as it was agreed",
        "kind": ("operation", "management", "support")[at % 3],
        "owner": here,
        "started": _ago(1500),
        "inputs": [{"name": f"Thing {at}", "source": before}],
        "outputs": [{"name": f"Thing {(at + 1) % counts.of['processes']}", "receiver": after}],
        "criteria": ["on time", "to the drawing"],
        "methods": ["work instruction at the place"],
        "indicators": [
            {
                "name": "On time",
                "target": 95,
                "unit": "%",
                "better": "higher",
                "frequency": "monthly",
                "results": [
                    {"date": _ago(60), "value": 97.5},
                    {"date": _ago(30), "value": 90 if counts.is_flawed(at) else 98},
                ],
            }
        ],
        "resources": ["people of the shift", "machines of the line"],
        "responsibilities": ["foreman answers for the shift"],
        "risks": [counts.ref("risks", at)],
        "evaluated": [{"date": _ago(150), "by": here, "result": "reaches its results", "changes": "none needed"}],
        "improvements": ["set-up sheet with pictures"],
        "documents": [counts.ref("documents", at)],
        "records": [counts.ref("records", at)],
        "clauses": ["4.4.1", *CLAUSES[at % 8 :: 8]],
    }


def _document(at: int, counts: Counts) -> Entry:
    return {
        "title": f"Work instruction {at + 1}",
        "type": "instruction",
        "version": f"{at % 9 + 1}.0",
        "status": "effective",
        "origin": "internal",
        "owner": counts.any_ref("roles", at),
        "author": f"Person {at % 50 + 1}",
        "reviewed_by": counts.any_ref("roles", at + 1),
        "reviewed": _ago(1400) if counts.is_flawed(at) else _ago(200 + at % 100),
        "approved_by": counts.any_ref("roles", at + 2),
        "approved": _ago(1405) if counts.is_flawed(at) else _ago(190),
        "effective": _ago(180),
        "location": "shelf at the line",
        "format": "paper",
        "clauses": ["8.5.1-a"],
        "processes": [counts.ref("processes", at)],
        "access": "everybody at the line",
        "distribution": "one copy at each place",
        "protection": "only the owner changes it",
        "history": [{"version": f"{at % 9 + 1}.0", "date": _ago(190), "what": "pictures of the set-up"}],
    }


def _record(at: int, counts: Counts) -> Entry:
    return {
        "title": f"Inspection sheets of line {at + 1}",
        "type": "record",
        "medium": "paper",
        "owner": counts.any_ref("roles", at),
        "location": "folder in the office",
        "clauses": ["8.6-a"],
        "access": "office",
        "protection": "locked cabinet",
        "storage": "dry room",
        "retention": "ten years",
        "disposition": "shredded",
        "last_entry": _ago(3 + at % 20),
    }


def _objective(at: int, counts: Counts) -> Entry:
    return {
        "statement": f"Fewer rejects on line {at + 1}",
        "policy_link": "conforming parts",
        "requirements": "drawings of the customer",
        "conformity": "rejects fall",
        "indicator": "Rejects",
        "target": 2,
        "unit": "%",
        "better": "lower",
        "owner": counts.any_ref("roles", at),
        "processes": [counts.ref("processes", at)],
        "set_on": _ago(300),
        "due": _ago(-180),
        "resources": "two days a month",
        "actions": [
            {"id": "a1", "what": "check at the first part", "owner": counts.any_ref("roles", at), "due": _ago(-60)}
        ],
        "evaluation": "figures of each month",
        "frequency": "monthly",
        "results": [{"date": _ago(20), "value": 3.5 if counts.is_flawed(at) else 1.5}],
        "communicated": [{"to": "the line", "how": "talk", "date": _ago(280)}],
        "reviewed": _ago(90),
    }


def _risk(at: int, counts: Counts) -> Entry:
    return {
        "kind": "opportunity" if at % 5 == 0 else "risk",
        "description": f"Machine {at + 1} stands still in the middle of an order",
        "arises_from": [counts.any_ref("issues", at)],
        "aims": ["abcd"[at % 4]],
        "likelihood": "medium",
        "impact": "high",
        "owner": counts.any_ref("roles", at),
        "actions": [
            {
                "id": "a1",
                "what": "second machine set up for the part",
                "owner": counts.any_ref("roles", at),
                "process": counts.ref("processes", at),
                "due": _ago(250),
                "done": _ago(260),
            }
        ],
        "proportion": "one day of work against a week of delay",
        "effect": {
            "date": _ago(300 if counts.is_flawed(at) else 100),
            "by": counts.any_ref("roles", at),
            "result": "effective",
        },
        "reviewed": _ago(120),
    }


def _issue(at: int, counts: Counts) -> Entry:
    return {
        "kind": "internal" if at % 2 else "external",
        "description": f"Skilled people are hard to find for line {at + 1}",
        "effect": "orders take longer",
        "owner": counts.any_ref("roles", at),
        "reviewed": _ago(100 + at % 200),
    }


def _party(at: int, counts: Counts) -> Entry:
    return {
        "name": f"Customer {at + 1}",
        "kind": "customer",
        "relevant": True,
        "needs": [{"text": "parts on time and to the drawing", "handled": True, "how": "order review"}],
        "reviewed": _ago(100 + at % 200),
    }


def _obligation(at: int, counts: Counts) -> Entry:
    return {
        "title": f"Rule {at + 1} on the safety of machines",
        "source": "statute",
        "applies_to": ["turned parts"],
        "met_by": "declaration with each delivery",
        "evidence": [counts.any_ref("records", at)],
        "owner": counts.any_ref("roles", at),
        "reviewed": _ago(100 + at % 150),
    }


def _change(at: int, counts: Counts) -> Entry:
    return {
        "subject": ("qms", "production", "operation")[at % 3],
        "description": f"New layout of line {at + 1}",
        "planned": True,
        "purpose": "shorter ways",
        "consequences": "two days without output",
        "integrity": "old layout kept until the new one runs",
        "resources": "three people for two days",
        "responsibilities": "foreman leads",
        "planned_date": _ago(120),
        "done": _ago(110),
        "reviewed": {"date": _ago(115), "by": counts.any_ref("roles", at), "result": "as planned"},
        "authorised_by": counts.any_ref("roles", at),
        "processes": [counts.ref("processes", at)],
    }


def _resource(at: int, counts: Counts) -> Entry:
    return {
        "name": f"Lathe {at + 1}",
        "kind": "environment" if at % 9 == 0 else "equipment",
        "needed_for": [counts.ref("processes", at)],
        "provided": "internal",
        "owner": counts.any_ref("roles", at),
        "factors": ["temperature", "light"],
        "maintenance": [{"what": "oil and belts", "interval": "6 months", "last": _ago(90), "due": _ago(-90)}],
    }


def _gauge(at: int, counts: Counts) -> Entry:
    return {
        "name": f"Micrometer {at + 1}",
        "used_for": "diameters at the machine",
        "suitable_for": "tolerances from 0.02 mm",
        "checks_conformity": True,
        "traceability_required": True,
        "interval": "12 months",
        "traceable_to": "national standard of length",
        "certificate": counts.any_ref("records", at),
        "status": "in use",
        "marked": "label with the due date",
        "safeguarded": "sealed thimble",
        "maintained": "cleaned each day",
        "location": f"line {at % 40 + 1}",
        "evidence": [counts.any_ref("records", at + 1)],
    }


def _calibration(at: int, counts: Counts) -> Entry:
    gauge = at % counts.of["equipment"]
    late = counts.is_flawed(gauge)
    days = 500 if late else 100 + gauge % 200
    return {
        "equipment": counts.ref("equipment", gauge),
        "performed": _ago(days + 350 * (at // counts.of["equipment"])),
        "by": "calibration room",
        "traceable_to": "national standard of length",
        "certificate": f"certificate {at + 1}",
        "as_found": "in",
        "as_left": "in",
        "result": "inside its limits",
    }


def _product(at: int, counts: Counts) -> Entry:
    return {
        "name": f"Shaft {at + 1}",
        "requirements": [
            {"text": "drawing of the customer", "kind": "customer"},
            {"text": "rust protection", "kind": "delivery"},
        ],
        "considered": ["intended use", "organisation", "statutory"],
        "claims": "tolerance of 0.02 mm",
        "ability": "made on the machines that are there",
        "acceptance": "dimensions of the control plan",
        "reviewed": _ago(300),
        "reviewed_by": counts.any_ref("roles", at),
        "result": "can be made",
        "offered": _ago(290),
        "documents": [counts.ref("documents", at)],
    }


def _order(at: int, counts: Counts) -> Entry:
    day = 5 + at % 300
    return {
        "customer": f"Customer {at % 90 + 1}",
        "product": counts.ref("products", at),
        "description": f"{at % 400 + 10} shafts by the end of the month",
        "requirements": ["drawing and revision", "date of delivery"],
        "considered": ["a", "b", "c", "d", "e"],
        "written": True,
        "confirmed": _ago(day),
        "reviewed": _ago(day - 2 if counts.is_flawed(at) else day + 1),
        "reviewed_by": counts.any_ref("roles", at),
        "committed": _ago(day),
        "ability": "hours of the machines and steel in stock looked at",
        "result": "accepted",
        "new_requirements": "none",
    }


def _design(at: int, counts: Counts) -> Entry:
    who = counts.any_ref("roles", at)
    passed = {
        "date": _ago(120),
        "what": "sample turned and measured",
        "result": "passed",
        "record": counts.any_ref("records", at),
    }
    return {
        "name": f"Clamp {at + 1}",
        "product": counts.ref("products", at),
        "process": "stages with a review after each",
        "started": _ago(240),
        "released": _ago(90),
        "plan": {
            "considers": list("abcdefghij"),
            "stages": ["draft", "sample"],
            "responsibilities": "designer leads",
            "resources": "test bench",
            "interfaces": "designer and workshop meet each week",
            "document": counts.any_ref("documents", at),
        },
        "inputs": [{"id": f"i{kind}", "kind": kind, "text": "holds 2 kN"} for kind in "abcde"],
        "inputs_record": counts.any_ref("documents", at),
        "inputs_reviewed": {"date": _ago(230), "by": who, "result": "complete"},
        "results_defined": "clamp that holds 2 kN",
        "reviews": [
            {"date": _ago(180), "stage": "draft", "result": "in order", "record": counts.any_ref("records", at)}
        ],
        "verification": [passed],
        "validation": [passed],
        "outputs": [
            {
                "id": "o1",
                "what": "drawing",
                "meets": [f"i{kind}" for kind in "abcde"],
                "suited": "dimensions that the lathe holds",
                "acceptance": "test at 2 kN",
                "characteristics": "no load above 2 kN",
                "record": counts.any_ref("records", at),
            }
        ],
    }


def _provider(at: int, counts: Counts) -> Entry:
    return {
        "name": f"Provider {at + 1}",
        "provides": "hardening",
        "role": "abc"[at % 3],
        "critical": at % 4 == 0,
        "status": "approved",
        "criteria": "certificate in force and parts in order",
        "criteria_kind": "certificate",
        "approved": _ago(800),
        "evaluations": [
            {
                "date": _ago(150),
                "by": counts.any_ref("roles", at),
                "result": "passed",
                "record": counts.any_ref("records", at),
            }
        ],
        "evaluation_interval": "12 months",
        "monitored": "parts in order, each delivery",
        "certificates": [
            {"name": "ISO 9001", "number": f"Q {at + 1}", "expires": _ago(10 if counts.is_flawed(at) else -300)}
        ],
        "controls": ["inspection at receipt"],
        "effect": "late parts stop the line",
        "own_control": "each delivery is looked at",
        "within_system": "order text and inspection at receipt",
        "verification": "first part measured",
        "information": ["a", "b1", "b2", "b3", "c", "d", "e", "f"],
        "information_checked": "second person reads the order",
    }


def _property(at: int, counts: Counts) -> Entry:
    return {
        "owner": f"Customer {at % 90 + 1}",
        "item": f"Gauge ring {at + 1}",
        "received": _ago(100),
        "identified": "label with the customer's name",
        "verified": "looked at when it came",
        "protected": "own box",
        "condition": "good",
    }


def _production(at: int, counts: Counts) -> Entry:
    return {
        "name": f"Turning of shaft {at + 1}",
        "process": counts.ref("processes", at),
        "products": [counts.ref("products", at)],
        "characteristics": [counts.ref("documents", at)],
        "results_to_achieve": "dimensions of the control plan",
        "equipment": [counts.ref("equipment", at)],
        "controls": ["first part", "each tenth part"],
        "infrastructure": [counts.ref("resources", at)],
        "competence": [counts.ref("roles", at)],
        "special": False,
        "human_error": "fixture takes the part one way only",
        "release": "signature on the sheet",
        "identification": "order card",
        "status": "place on the shelf",
        "traceability": {"required": True, "identification": "batch number", "records": "order card"},
        "preservation": "oil and paper",
        "post_delivery": {"required": True, "activities": "spare parts", "considers": ["a", "b", "c", "d", "e"]},
    }


def _release(at: int, counts: Counts) -> Entry:
    day = 3 + at % 300
    return {
        "product": counts.ref("products", at),
        "reference": counts.any_ref("orders", at),
        "batch": f"B{at + 1}",
        "criteria": "dimensions of the control plan",
        "evidence": [
            {
                "what": "inspection sheet",
                "date": _ago(day - 1 if counts.is_flawed(at) else day),
                "proof": counts.any_ref("records", at),
            }
        ],
        "released": _ago(day),
        "released_by": counts.ref("people", at),
        "may_release": [counts.any_ref("people", at), counts.any_ref("people", at + 1)],
    }


def _nonconformity(at: int, counts: Counts) -> Entry:
    who = counts.any_ref("roles", at)
    day = 120 + at % 200
    entry = {
        "kind": ("output", "system", "complaint")[at % 3],
        "description": f"Bore of part {at + 1} is too large",
        "detected": _ago(day),
        "source": "found at work",
        "process": counts.ref("processes", at),
        "product": counts.ref("products", at),
        "after_delivery": False,
        "effect_on_conformity": "part outside its tolerance",
        "correction": {"what": "made again", "by": who, "date": _ago(day)},
        "consequences": "delivered a day later",
        "disposition": ["scrap"],
        "authority": who,
        "reviewed": {"date": _ago(day - 1), "by": who, "result": "looked at with the team"},
        "action_needed": True,
        "action_reason": "could happen again",
        "cause": "worn insert",
        "cause_category": f"tool {at}",
        "similar_result": "other machines looked at: none",
        "actions": [
            {
                "id": "a1",
                "what": "insert changed each shift",
                "owner": who,
                "due": _ago(day - 20),
                "done": _ago(day - 20),
            }
        ],
        "proportion": "small change, large effect",
        "effect": {"date": _ago(day - 80), "by": who, "result": "effective", "evidence": "no case since"},
        "risks_touched": [counts.ref("risks", at)],
        "qms_change": "instruction changed",
        "closed": _ago(day - 85),
    }
    if counts.is_flawed(at):
        del entry["cause"]
    return entry


def _feedback(at: int, counts: Counts) -> Entry:
    return {
        "kind": ("survey", "meeting", "praise")[at % 3],
        "customer": f"Customer {at % 90 + 1}",
        "method": "talk at the visit",
        "date": _ago(20 + at % 250),
        "result": "content with dates and parts",
        "answered": _ago(15),
    }


def _monitored(at: int, counts: Counts) -> Entry:
    return {
        "what": f"Rejects of line {at + 1}",
        "method": "counted at the end of the shift",
        "when_measured": "each shift",
        "when_evaluated": "monthly",
        "answers": ["abcdefg"[at % 7]],
        "results": counts.any_ref("records", at),
        "evaluated": [{"date": _ago(15), "by": counts.any_ref("roles", at), "conclusion": "below two in a hundred"}],
        "owner": counts.any_ref("roles", at),
    }


def _improvement(at: int, counts: Counts) -> Entry:
    return {
        "what": f"Quick clamp on lathe {at + 1}",
        "kind": "abc"[at % 3],
        "arises_from": [counts.any_ref("feedback", at)],
        "owner": counts.any_ref("roles", at),
        "decided": _ago(100),
        "done": _ago(40),
        "result": "set up in half the time",
    }


def _programme(at: int, counts: Counts) -> Entry:
    return {
        "period": f"{2024 + at} to {2026 + at}",
        "starts": _ago(800 - at),
        "ends": _ago(-300 - at),
        "frequency": "each process every 18 months",
        "reason": "production decides on quality",
        "methods": "talks, watching work, samples of records",
        "responsibilities": "quality manager plans",
        "planning": "criteria and auditor a month before",
        "reporting": "report within two weeks",
        "considers": ["importance", "changes", "results"],
    }


def _audit(at: int, counts: Counts) -> Entry:
    # Auditors work two processes before and up to one after the one they look at, as _person has it.
    return {
        "kind": "internal",
        "programme": counts.ref("audit_programme", at),
        "planned": _ago(100 + at % 200),
        "performed": _ago(100 + at % 200),
        "auditors": [counts.ref("people", at + (0 if counts.is_flawed(at) else 1))],
        "processes": [counts.ref("processes", at)],
        "clauses": ["4", "5", "6", "7", "8", "9", "10"],
        "objectives": "does the process keep to the standard and to our own rules",
        "scope": "whole works",
        "criteria": "ISO 9001:2015, own documents",
        "own_requirements": True,
        "implementation": True,
        "report": counts.any_ref("records", at),
        "reported": [{"to": "owner of the process", "how": "closing meeting", "date": _ago(95 + at % 200)}],
        "findings": [
            {
                "id": "f1",
                "grade": "minor",
                "clause": "7.5.3.1-a",
                "process": counts.ref("processes", at),
                "statement": "set-up sheet without revision",
                "nonconformity": counts.ref("nonconformities", at),
                "response_due": _ago(60),
            }
        ],
    }


def _review(at: int, counts: Counts) -> Entry:
    topics = ("a", "b", "c1", "c2", "c3", "c4", "c5", "c6", "c7", "d", "e", "f")
    return {
        "held": _ago(150 + 180 * at),
        "period": f"half-year {at + 1}",
        "chaired_by": counts.ref("people", 0),
        "attendees": [counts.ref("people", step) for step in range(3)],
        "inputs": [{"topic": topic, "summary": "figures and talk, see minutes"} for topic in topics],
        "outputs": [
            {
                "id": f"d{kind}",
                "kind": kind,
                "action": "as in the minutes",
                "owner": counts.any_ref("roles", 0),
                "due": _ago(60 + 180 * at),
                "done": _ago(70 + 180 * at),
            }
            for kind in "abc"
        ],
        "conclusion": "suitable, adequate and effective",
        "minutes": counts.any_ref("records", at),
    }


REGISTERS: dict[str, tuple[float, Callable[[int, Counts], Entry]]] = {
    "roles": (1, _role),
    "people": (4, _person),
    "competence": (8, _competence),
    "awareness": (1, _awareness),
    "communication": (0.5, _communication),
    "knowledge": (0.5, _knowledge),
    "processes": (1.5, _process),
    "documents": (10, _document),
    "records": (8, _record),
    "objectives": (1, _objective),
    "risks": (4, _risk),
    "issues": (0.5, _issue),
    "interested_parties": (0.5, _party),
    "obligations": (1, _obligation),
    "changes": (1, _change),
    "resources": (1.5, _resource),
    "equipment": (6, _gauge),
    "calibrations": (14, _calibration),
    "products": (2, _product),
    "orders": (10, _order),
    "designs": (0.2, _design),
    "providers": (3, _provider),
    "property": (1, _property),
    "production": (2, _production),
    "releases": (10, _release),
    "nonconformities": (5, _nonconformity),
    "feedback": (3, _feedback),
    "monitoring": (1, _monitored),
    "improvements": (1, _improvement),
    "audit_programme": (0.05, _programme),
    "audits": (1.5, _audit),
    "management_reviews": (0.05, _review),
}
"""Registers with their share of all entries, in hundredths, and what makes an entry."""

SINGLES: dict[str, Entry] = {
    "organisation": {
        "name": "Works of many entries",
        "description": "turned parts in large numbers",
        "products": ["turned parts"],
        "sites": [{"id": "main", "name": "Main works", "activities": ["turning", "inspection"]}],
        "system_started": _ago(2000),
    },
    "scope": {
        "statement": "turning, inspection and delivery of parts",
        "boundaries": "the whole works",
        "considers": ["issues", "parties", "products"],
        "products": ["turned parts"],
        "available_to": ["everybody, on the web site"],
        "reviewed": _ago(150),
    },
    "policy": {
        "statement": "parts that fit, on the day that was agreed",
        "context": "few people, many variants",
        "frames_objectives": "each objective names the sentence it serves",
        "commitments": ["requirements", "improvement"],
        "approved": _ago(400),
        "reviewed": _ago(150),
        "communicated": [{"to": "everybody", "how": "notice board", "date": _ago(390)}],
        "available_to": ["everybody, on the web site"],
    },
}
"""Registers of one entry."""
