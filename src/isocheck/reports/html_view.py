"""What the HTML report says of gaps, requirements and facts, made ready for its templates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import PurePath
from typing import Final, NamedTuple

from isocheck.assessment.results import Assessment, Finding, Gap, RequirementResult, Seen, Source
from isocheck.location import Location
from isocheck.reports.text import day, engaged, number
from isocheck.terms import Grade, Verdict, names

__all__ = [
    "Group",
    "Place",
    "Places",
    "Row",
    "Story",
    "common",
    "facts",
    "groups",
    "intervals",
    "prose",
    "rows",
    "seen_as",
    "touched",
]

_FIRST: Final = {Grade.MAJOR: 12, Grade.MINOR: 8, Grade.OPPORTUNITY: 0}
"""How many gaps of a grade stand open; the others are folded, and open in print."""
_BREAKS: Final = re.compile(r"(?<=\d) (?=\(?[a-z\d]\)|%)|(?<=[a-z]\)) (?=\d\))")
_DATE: Final = re.compile(r"(?<![\w-])\d{4}-\d\d-\d\d(?![\w-])")


def prose(text: str) -> str:
    """Write dates in words, and keep them, '9.2.2 a)' and '19 %' on one line."""
    if "-" in text:
        text = _DATE.sub(_in_words, text)
    return _BREAKS.sub("\u00a0", text) if ")" in text or "%" in text else text


def _in_words(match: re.Match[str]) -> str:
    try:
        return day(date.fromisoformat(match[0])).replace(" ", "\u00a0", 1)
    except ValueError:
        return match[0]


class Places:
    """Writes places as seen from the root of the description, so that no folder of the assessor's machine shows."""

    def __init__(self, source: Source) -> None:
        self.root = PurePath(source.root).name
        self._root, self._prefix = source.root, f"{source.root.rstrip('/')}/"

    def __call__(self, place: Location | str) -> str:
        """Return 'audits.yaml:31:3' for a place, 'audits.yaml' for the name of a file."""
        text = str(place)
        if text.startswith(self._prefix):
            return text[len(self._prefix) :]
        return self.root + text[len(self._root) :] if self.root and text.startswith(self._root) else text


# Gaps -----------------------------------------------------------------------------------------------------------


class Place(NamedTuple):
    """An entry that shows a gap; `message` is empty where the headline says it already."""

    entry: str
    message: str
    place: str


class Story(NamedTuple):
    """A gap or an opportunity as the report tells it: what, where, why this grade, what to do."""

    anchor: str
    number: int
    first: Finding
    about: str
    headline: str
    asked: str
    extent: str
    place: str
    """The place where there is but one, else empty."""
    because: str
    places: tuple[Place, ...]
    """The entries where there are several, else empty."""
    consequences: tuple[tuple[str, str], ...]
    """What falls with it: requirement, and what its checks look at."""


@dataclass(frozen=True, slots=True)
class Group:
    """The gaps of one grade; `shown` stand open, `folded` open on demand and in print."""

    grade: Grade
    title: str
    stories: tuple[Story, ...]

    @property
    def shown(self) -> tuple[Story, ...]:
        """The first ones."""
        return self.stories[: _FIRST[self.grade]]

    @property
    def folded(self) -> tuple[Story, ...]:
        """The others."""
        return self.stories[_FIRST[self.grade] :]

    @property
    def more(self) -> str:
        """What the fold holds, in words."""
        count = len(self.folded)
        more = "more " if self.shown else ""
        if self.grade is Grade.OPPORTUNITY:
            return f"{more}{number(count, 'opportunity', 'opportunities')} for improvement"
        return f"{count} {more}potential {self.grade} {'gap' if count == 1 else 'gaps'}"


def groups(assessment: Assessment, places: Places) -> tuple[Group, ...]:
    """Return gaps and opportunities by grade, gravest first, numbered through; grades without any are left out."""
    titles = {row.name: row.title for row in assessment.source.registers}
    asked = {each.id: each.statement for each in assessment.with_items()}
    held: dict[Grade, list[Story]] = {}
    for prefix, gaps in (("gap", assessment.gaps()), ("opportunity", assessment.opportunities())):
        for count, gap in enumerate(gaps, 1):
            register = gap.first.register
            title = titles.get(register) or _words(register)
            story = _story(gap, f"{prefix}-{count}", count, title, asked.get(gap.first.requirement, ""), places)
            held.setdefault(gap.first.grade, []).append(story)
    return tuple(Group(grade, _title(grade, len(stories)), tuple(stories)) for grade, stories in held.items())


def _title(grade: Grade, count: int) -> str:
    if grade is Grade.OPPORTUNITY:
        return f"{number(count, 'opportunity', 'opportunities')} for improvement"
    return f"{count} potential {grade} {'gap' if count == 1 else 'gaps'}"


def _story(gap: Gap, anchor: str, count: int, title: str, asked: str, places: Places) -> Story:
    first, findings, single = gap.first, gap.findings, len(gap.findings) == 1
    message = common([finding.message for finding in findings])
    about = _entry(first, title, f"{title}: ") if single else f"{title}, {len(findings)} places"
    extent = first.extent
    looked = f"{extent} looked at" if extent.looked > 1 else ""
    if extent.blank and looked:
        looked += f", {extent.blank} said too little"
    return Story(
        anchor,
        count,
        first,
        about,
        _sentence(prose(message)),
        asked,
        looked,
        places(first.location) if single else "",
        _sentence(first.because),
        tuple(
            Place(
                _entry(finding, title),
                "" if finding.message == message else prose(finding.message),
                places(finding.location),
            )
            for finding in findings
        )
        if not single
        else (),
        _consequences(gap) if gap.consequences else (),
    )


def _entry(finding: Finding, title: str, before: str = "") -> str:
    entry = f"{before}{finding.entry} {finding.title}".strip() if finding.entry else title
    return f"{entry}, {finding.item.replace('_', ' ')}" if finding.item else entry


@lru_cache(maxsize=1024)
def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def common(messages: list[str]) -> str:
    """Return what messages have in common, '…' for words in which they differ; the first where that is too little."""
    first = messages[0]
    if len(messages) == 1 or all(message == first for message in messages):
        return first
    columns = list(zip(*(message.split(" ") for message in messages), strict=False))
    if any(message.count(" ") + 1 != len(columns) for message in messages):
        return first
    words = [column[0] if len(set(column)) == 1 else "…" for column in columns]
    if 2 * words.count("…") > len(words):
        return first
    return " ".join(word for at, word in enumerate(words) if word != "…" or words[at - 1] != "…" or not at)


def _consequences(gap: Gap) -> tuple[tuple[str, str], ...]:
    """Group what falls with a gap by requirement, and entries of which the same is said."""
    held: dict[str, dict[str, dict[str, None]]] = {}
    for each in gap.consequences:
        entry, _, message = each.message.partition(": ")
        if not message or " " in entry:
            entry, message = "", each.message
        held.setdefault(each.requirement, {}).setdefault(message, {})[entry] = None
    return tuple(
        (requirement, "; ".join(prose(": ".join(filter(None, (", ".join(e), m)))) for m, e in messages.items()))
        for requirement, messages in held.items()
    )


# Requirements ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Row:
    """A requirement or a numbered sub-item of one (`item`), with the gaps that are reported under it."""

    result: RequirementResult
    item: bool
    stories: tuple[Story, ...]
    wanted: bool
    """Whether typical evidence is worth naming, since none was seen."""


def rows(requirements: Iterable[RequirementResult], found: Iterable[Group]) -> dict[str, tuple[Row, ...]]:
    """Return the rows of the clause tables by clause, sub-items after the requirement to which they belong."""
    stories: dict[str, list[Story]] = {}
    for group in found:
        for story in group.stories:
            stories.setdefault(story.first.requirement, []).append(story)
    made: dict[str, list[Row]] = {}
    for requirement in requirements:
        for each in (requirement, *requirement.items):
            wanted = not each.seen and each.verdict in _WANTED
            row = Row(each, each is not requirement, tuple(stories.get(each.id, ())), wanted)
            made.setdefault(requirement.clause, []).append(row)
    return {clause: tuple(each) for clause, each in made.items()}


_WANTED: Final = frozenset({Verdict.MINOR, Verdict.MAJOR, Verdict.NOT_DESCRIBED, Verdict.UNASSESSED})


def seen_as(seen: Seen) -> str:
    """Name what was seen, without its register: 'A2 Audit of turning'."""
    subject, _, item = seen.subject.partition(", ")
    name = f"{subject.partition('/')[2] or _words(subject)} {seen.text}".strip()
    return f"{name}, {item.replace('_', ' ')}" if item else name


def touched(assessment: Assessment, clause: str) -> int:
    """Return how many requirements an exclusion of `clause` names."""
    return sum(names(clause, requirement.id) for requirement in assessment.requirements())


# Facts ----------------------------------------------------------------------------------------------------------


def facts(assessment: Assessment) -> Iterator[tuple[str, str]]:
    """Yield what the cover says, as term and text."""
    organisation, source = assessment.organisation, assessment.source
    if organisation.description:
        yield "Organisation", organisation.description
    scope = filter(None, (organisation.scope, organisation.boundaries))
    yield "Scope", ". ".join(text.rstrip(".") for text in scope) + "." if organisation.scope else "None is described."
    if organisation.products:
        yield "Products and services", "; ".join(organisation.products)
    if organisation.sites:
        yield ("Site" if len(organisation.sites) == 1 else "Sites"), "; ".join(organisation.sites)
    if organisation.employees:
        yield "People", organisation.employees
    only = engaged(assessment.engagement)
    yield "Engagement", f"Only {only}" if only else "The whole system"
    filled = sum(1 for row in source.registers if row.entries)
    read = f"{number(len(source.files), 'file')}, {number(source.entries, 'entry', 'entries')}"
    yield "Read", f"{read} in {number(filled, 'register')}" if filled else read
    yield "Made with", f"isocheck {assessment.version}, pack {assessment.standard.id}"


def intervals(assessment: Assessment) -> dict[str, str]:
    """Return intervals in force by whose they are, as running text."""
    held: dict[str, list[str]] = {}
    for name, length, origin in assessment.intervals:
        words = f"{_words(name).lower()} {length}"
        held.setdefault(_sentence(origin), []).append(words.replace(" ", "\u00a0"))
    return {origin: ", ".join(each) for origin, each in held.items()}


def _words(name: str) -> str:
    return _sentence(name.replace("_", " "))
