"""What people have to be able to do, can do and are aware of, and what is known: clauses 7.1.6 to 7.3."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple, get_args

from isocheck.qms.fields import PersonId, Planned, RoleId, Text, Truth
from isocheck.qms.people import Competence, Topic
from isocheck.qms.views.base import Source, View
from isocheck.qms.views.common import filled, here, holders, past, people_of
from isocheck.terms import fold


class RequiredCompetence(NamedTuple):
    """A competence that a person needs because of a role held (7.2)."""

    at: str
    person: PersonId
    role: RoleId
    competence: Text
    outside: Truth
    item: str


def _required(source: Source) -> Iterator[RequiredCompetence]:
    spelt = _spelling(source)
    needed = {role.id: filled(role.competences) for role in source.description.entries("roles")}
    for person in source.description.entries("people"):
        if not here(person, source):
            continue
        seen: set[str] = set()
        for role in filled(person.roles):
            for name in needed.get(role, ()):
                competence = spelt[fold(name)]
                if competence not in seen:
                    seen.add(competence)
                    yield RequiredCompetence(
                        f"people/{person.id}", person.id, role, competence, person.outside, f"competence {competence}"
                    )


def _spelling(source: Source) -> dict[str, str]:
    """Return for each competence, its name folded, how the first role that needs it spells it."""
    spelt: dict[str, str] = {}
    for role in source.description.entries("roles"):
        for name in filled(role.competences):
            spelt.setdefault(fold(name), name)
    return spelt


class HeldCompetence(NamedTuple):
    """What the entries on one competence of one person say together, placed at the one that counts (7.2).

    `gained` tells whether it was gained: on a day that has come, and not by an action that is open or did not work;
    `held` whether the person may do the work, because it was gained or somebody stands beside the person meanwhile.
    `expires` is the latest last day, `needed` whether a role of the person asks for it.
    """

    at: str
    person: PersonId
    competence: Text
    needed: Truth
    gained: Truth
    held: Truth
    gained_by: Text
    expires: Planned
    evidence: tuple[Text, ...]


def _held(source: Source) -> Iterator[HeldCompetence]:
    spelt = _spelling(source)
    needed = {(row.person, row.competence) for row in source.view("required_competences")}
    groups: dict[tuple[str, str], list[Competence]] = defaultdict(list)
    for entry in source.description.entries("competence"):
        if entry.person is not None and entry.competence is not None:
            groups[entry.person, spelt.get(fold(entry.competence), entry.competence)].append(entry)
    for (person, competence), entries in groups.items():
        counting = [entry for entry in entries if gained(entry, source.facts.as_of)]
        last = max(counting, key=_lasting) if counting else entries[-1]
        yield HeldCompetence(
            f"competence/{last.id}",
            person,
            competence,
            (person, competence) in needed,
            bool(counting),
            bool(counting) or any(entry.supervised for entry in entries),
            last.gained.how if last.gained else None,
            last.expires,
            tuple(filled(last.evidence)),
        )


def gained(entry: Competence, day: date) -> bool:
    """Tell whether a competence had been gained on a day; a way to it that failed or is open counts for nothing."""
    if entry.effect is not None and entry.effect.result == "not effective":
        return False
    when = entry.gained.date if entry.gained else None
    if when is None:
        return entry.action is None
    return when <= day


def auditing(source: Source) -> dict[str, list[Competence]]:
    """Return for each person the competences to audit."""
    found: dict[str, list[Competence]] = defaultdict(list)
    for entry in source.description.entries("competence"):
        if entry.auditing and entry.person is not None:
            found[entry.person].append(entry)
    return found


def in_force(entry: Competence, day: date) -> bool:
    """Tell whether a competence had been gained on a day and had not run out."""
    return gained(entry, day) and (entry.expires is None or entry.expires >= day)


def _lasting(entry: Competence) -> tuple[date, date]:
    when = entry.gained.date if entry.gained else None
    return entry.expires or date.max, when or date.min


class AwarenessState(NamedTuple):
    """A person who does work under the organisation's control and one of the topics of 7.3.

    Somebody from outside is meant only where the person works in a process. `made_aware` is the day on which the
    person was last reached. `due` is false for a newcomer whom the pack's interval for that (induction) leaves time.
    """

    at: str
    person: PersonId
    topic: Topic
    made_aware: date | None
    due: Truth


def _awareness(source: Source) -> Iterator[AwarenessState]:
    told: dict[tuple[str, str], date] = {}
    for entry in source.description.entries("awareness"):
        if past(entry.date, source):
            for person in filled(entry.people):
                for topic in filled(entry.topics):
                    told[person, topic] = max(entry.date, told.get((person, topic), entry.date))
    time = source.facts.intervals.get("induction")
    for person in source.description.entries("people"):
        if not here(person, source) or (person.outside and not filled(person.works_in)):
            continue
        new = bool(time and person.joined and time.after(person.joined) >= source.facts.as_of)
        for topic in get_args(Topic):
            last = told.get((person.id, topic))
            yield AwarenessState(f"people/{person.id}", person.id, topic, last, last is not None or not new)


class KnowledgeState(NamedTuple):
    """Knowledge that is needed, with where it is kept and who has it on the day of the assessment (7.1.6)."""

    at: str
    kept: tuple[Text, ...]
    evidence: tuple[Text, ...]
    held_by: tuple[PersonId, ...]


def _knowledge(source: Source) -> Iterator[KnowledgeState]:
    held = holders(source)
    present = {person.id for person in source.description.entries("people") if here(person, source)}
    for entry in source.description.entries("knowledge"):
        people = [person for who in filled(entry.held_by) for person in people_of(who, held) if person in present]
        yield KnowledgeState(
            f"knowledge/{entry.id}",
            tuple(filled(entry.kept)),
            tuple(filled(entry.evidence)),
            tuple(dict.fromkeys(people)),
        )


VIEWS = (
    View("required_competences", RequiredCompetence, ("people",), "at", _required, "item"),
    View("held_competences", HeldCompetence, ("competence",), "at", _held),
    View("awareness_state", AwarenessState, ("awareness",), "at", _awareness, "topic"),
    View("knowledge_state", KnowledgeState, ("knowledge",), "at", _knowledge),
)
