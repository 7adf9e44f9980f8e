"""From what checks saw to findings: graded, placed, and grouped so that one root is one gap."""

from __future__ import annotations

from collections import defaultdict

from isocheck.assessment.gathering import Findings, Identity
from isocheck.assessment.grading import grade_failure
from isocheck.assessment.integrity import Emptied, note_flaws
from isocheck.assessment.naming import title_of
from isocheck.assessment.results import Consequence, Extent, Finding
from isocheck.assessment.running import Ran, Scope
from isocheck.checks.base import Failure
from isocheck.qms.registers import REGISTERS
from isocheck.terms import Grade

__all__ = ["collect", "declared"]


def collect(scope: Scope, ran: list[Ran]) -> Findings:
    """Make findings of everything that failed, is absent, or leads nowhere."""
    findings = Findings()
    emptied = note_flaws(scope, findings)
    absences = _absent(scope, ran, findings)
    _blank(scope, ran, findings, _failures(scope, ran, findings, emptied, absences))
    return findings


# --- absence --------------------------------------------------------------------------


def blocks(ran: Ran) -> bool:
    """Tell whether having nothing to look at leaves the requirement undescribed."""
    return ran.check.grade is not Grade.OPPORTUNITY and not ran.check.may_be_empty


def silent(item: Ran, ran: list[Ran]) -> bool:
    """Tell whether all-blank entries leave a requirement undescribed.

    They do not where another check of the same requirement saw something, or no occasion: that one already says what
    is missing, and an action that is not yet done has no date to be compared. Nor where it is unknown what entries say.
    """
    if item.outcome.nothing != "blank" or item.outcome.unknown or not blocks(item):
        return False
    others = (other for other in ran if other.id == item.id and other is not item and blocks(other))
    return all(other.outcome.nothing in ("blank", "absent") and not other.outcome.unknown for other in others)


def declared(scope: Scope, ran: Ran) -> str:
    """Return what isocheck.yaml declares about the empty registers of a check, or an empty text."""
    for occasion in scope.description.settings.occasions:
        for register in ran.outcome.empty:
            if occasion.declares(register, scope.as_of):
                title = REGISTERS[register].title
                return f"{title}: none from {occasion.starts} to {occasion.ends}: {occasion.reason}"
    return ""


def _absent(scope: Scope, ran: list[Ran], findings: Findings) -> dict[str, Identity]:
    """Make one finding for each empty register, with everything that hangs on it."""
    by_register: dict[str, list[Ran]] = defaultdict(list)
    for item in ran:
        if item.outcome.nothing == "absent" and blocks(item) and not declared(scope, item):
            by_register[_root_register(scope, item)].append(item)
    bare = _bare_leaves(scope, ran)
    made: dict[str, Identity] = {}
    for register, members in by_register.items():
        root = scope.pack.file.roots.get(register)
        at = root.at if root and scope.looked_at(root.at) else members[0].requirement.id
        grades = [(*_missing(item, bare), item) for item in members]
        grade, because, _ = max(grades, key=lambda entry: entry[0].rank)
        consequences = dict.fromkeys(
            Consequence(item.id, item.check.name, item.check.tests) for item in members if item.id != at
        )
        message = root.because if root else f"nothing is described under {REGISTERS[register].title.lower()}"
        if register in scope.pack.file.occasions:
            message += "; where there was none, say so under 'occasions' in isocheck.yaml"
        finding = Finding(
            requirement=at,
            check="absent",
            kind="absent",
            register=register,
            entry="",
            item="",
            grade=grade,
            because=because,
            message=message,
            tests="",
            remedy=scope.pack.requirements[at].remedy,
            extent=Extent(),
            location=scope.description.locate(register, ""),
            consequences=tuple(consequences),
        )
        made[register] = findings.add(finding)
        for item in members:
            findings.roots[item.key] = at
    return made


def _root_register(scope: Scope, ran: Ran) -> str:
    empty = ran.outcome.empty
    return next((name for name in empty if name in scope.pack.file.roots), empty[0])


def _bare_leaves(scope: Scope, ran: list[Ran]) -> frozenset[str]:
    """Return clauses of which no check saw anything at all."""
    seen = {item.requirement.clause for item in ran if item.outcome.looked or item.outcome.planned}
    return frozenset(item.requirement.clause for item in ran) - seen


def _missing(ran: Ran, bare: frozenset[str]) -> tuple[Grade, str]:
    missing = ran.requirement.if_missing
    if missing.grade is Grade.MAJOR and ran.requirement.clause not in bare:
        return Grade.MINOR, "other parts of the clause are described"
    return missing.grade, missing.because


def _blank(scope: Scope, ran: list[Ran], findings: Findings, firsts: dict[str, Identity]) -> None:
    """Make a finding where entries exist and not one of them says what the check looks at.

    Where a check that it follows, however far up, has a finding in `firsts`, it hangs on that one: what was never
    sorted cannot be looked at.
    """
    leaders = {item.key: item.check.follows for item in ran}
    bare = _bare_leaves(scope, ran)
    for item in ran:
        if not silent(item, ran):
            continue
        root = _first_above(item.check.follows, leaders, firsts)
        if root is not None:
            findings.hang(root, Consequence(item.id, item.check.name, item.check.tests))
            findings.roots[item.key] = root[0]
            continue
        table = item.check.table.partition(".")[0]
        register = table if table in REGISTERS else _rests_on(table)
        grade, because = _missing(item, bare)
        entries = scope.description.tables[register].entries
        first = "" if not entries or REGISTERS[register].single else entries[0].id
        finding = Finding(
            requirement=item.id,
            check=item.check.name,
            kind="absent",
            register=register,
            entry="",
            item="",
            grade=grade,
            because=because,
            message=f"none of {item.outcome.population} says enough to tell. {item.check.plain()}",
            tests=item.check.tests,
            remedy=item.requirement.remedy,
            extent=Extent(0, 0, item.outcome.population, item.outcome.blank),
            location=scope.description.locate(register, first),
        )
        findings.add(finding)


def _first_above(key: str | None, leaders: dict[str, str | None], firsts: dict[str, Identity]) -> Identity | None:
    """Return the finding of the nearest check, from `key` upwards, that has one."""
    passed: set[str] = set()
    while key is not None and key not in passed:
        if key in firsts:
            return firsts[key]
        passed.add(key)
        key = leaders.get(key)
    return None


def _rests_on(view: str) -> str:
    from isocheck.qms.views import VIEWS

    return VIEWS[view].rests_on[0]


# --- failures -------------------------------------------------------------------------


def _failures(
    scope: Scope,
    ran: list[Ran],
    findings: Findings,
    emptied: dict[tuple[str, str], list[Emptied]],
    absences: dict[str, Identity],
) -> dict[str, Identity]:
    """Make findings of failures; return the first of each check that has one of its own."""
    leaders = {item.key: item for item in ran}
    made: dict[tuple[str, str], Identity] = {}
    whole: dict[str, Identity] = {}
    firsts: dict[str, Identity] = {}
    for item in sorted(ran, key=lambda one: one.check.follows is not None):
        outcome = item.outcome
        leader = leaders.get(item.check.follows) if item.check.follows else None
        if leader is not None and leader.outcome.planned is not None and outcome.nothing == "no occasion":
            outcome.planned = leader.outcome.planned
        for failure in outcome.failures:
            grade, because = grade_failure(item, failure, scope)
            consequence = Consequence(item.id, item.check.name, f"{failure.subject}: {failure.message}")
            root = _cause(failure, emptied) or _followed(leader, failure, made, whole, absences, scope)
            if leader is not None and leader.outcome.planned is not None:
                outcome.planned = leader.outcome.planned
                continue
            findings.grades[item.key].append(grade)
            if root is not None:
                findings.hang(root, consequence)
                findings.roots[item.key] = root[0]
                continue
            register, entry, route = failure.place
            identity = findings.add(
                Finding(
                    requirement=item.id,
                    check=item.check.name,
                    kind=getattr(item.check, "kind", ""),
                    register=failure.subject.register,
                    entry=failure.subject.entry,
                    item=failure.subject.item,
                    grade=grade,
                    because=because,
                    message=failure.message,
                    tests=item.check.tests,
                    remedy=item.requirement.remedy,
                    extent=Extent(len(outcome.failures), outcome.looked, outcome.population, outcome.blank),
                    location=scope.description.locate(register, entry, route),
                    lapse=failure.lapse,
                    title=title_of(scope.tables, failure.subject.register, failure.subject.entry),
                )
            )
            made.setdefault((item.key, str(failure.subject.entry)), identity)
            firsts.setdefault(item.key, identity)
            if failure.whole and failure.lapse is None:
                whole[item.key] = identity
    return firsts


def _cause(failure: Failure, emptied: dict[tuple[str, str], list[Emptied]]) -> Identity | None:
    """Return the finding on what does not hold, where that alone left the field empty."""
    register, entry, route = failure.place
    for field_ in emptied.get((register, entry), ()):
        if route and field_.route[: len(route)] == route:
            return field_.identity
    return None


def _followed(
    leader: Ran | None,
    failure: Failure,
    made: dict[tuple[str, str], Identity],
    whole: dict[str, Identity],
    absences: dict[str, Identity],
    scope: Scope,
) -> Identity | None:
    """Return the leader's finding that swallows a failure: no row at all, or failed on the same entry."""
    if leader is None:
        return None
    if leader.outcome.nothing == "absent":
        return absences.get(_root_register(scope, leader))
    if leader.key in whole:
        return whole[leader.key]
    return made.get((leader.key, failure.subject.entry)) if failure.subject.entry else None
