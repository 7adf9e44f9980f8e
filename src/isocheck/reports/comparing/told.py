"""What every report of a comparison says: the lists in their order, changes that fall together, and the numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from isocheck.assessment.comparison import Change, Comparison
from isocheck.assessment.results import Finding
from isocheck.assessment.snapshots import Point, Snapshot
from isocheck.location import Location
from isocheck.reports.text import day, met, number, share
from isocheck.terms import Grade

__all__ = [
    "Group",
    "Part",
    "amount",
    "entry_of",
    "gap_numbers",
    "parts",
    "place_of",
    "readiness",
    "sentences",
    "side_of",
    "unchanged",
]


@dataclass(frozen=True, slots=True)
class Group:
    """Changes of one check of one requirement of which the same is to be said, one an entry."""

    changes: tuple[Change, ...]

    @property
    def first(self) -> Change:
        """The change that stands for all."""
        return self.changes[0]

    @property
    def finding(self) -> Finding:
        """The finding of the first."""
        return self.first.finding

    @property
    def regraded(self) -> str:
        """The grade before, where it is another one: 'was potential minor'."""
        was = self.first.was
        if was is None or was is self.finding.grade:
            return ""
        return "was an opportunity" if was is Grade.OPPORTUNITY else f"was potential {was}"


@dataclass(frozen=True, slots=True)
class Part:
    """One list of a report; `old` says whether its places are those of the older side."""

    key: str
    title: str
    lead: str
    changes: tuple[Change, ...]
    old: bool = False

    @property
    def gaps(self) -> int:
        """How many of them are gaps, and no opportunities."""
        return sum(change.gap for change in self.changes)

    @property
    def groups(self) -> tuple[Group, ...]:
        """The changes, those together of which the same is said, in their order."""
        found: dict[tuple[object, ...], list[Change]] = {}
        for change in self.changes:
            finding = change.finding
            key = (finding.requirement, finding.check, finding.grade, change.was, change.remark)
            found.setdefault(key, []).append(change)
        return tuple(Group(tuple(group)) for group in found.values())


_LEADS: Final = {
    "new": "Not found before, though the same was looked at.",
    "regressed": "Found before and graver now.",
    "closed": "Found before, and mended.",
    "gone": "Found before and not found now, without anything that shows it to be mended: no credit is due for these.",
    "eased": "Found before and less grave now.",
    "not-looked-at": "One side did not look here, so that nothing can be said of a change.",
}


def parts(comparison: Comparison) -> tuple[Part, ...]:
    """Return the lists in the order of reports; what is unchanged is counted only, and empty ones are among them."""
    mended = tuple(change for change in comparison.closed if change.mended)
    gone = tuple(change for change in comparison.closed if not change.mended)
    return (
        Part("new", "New", _LEADS["new"], comparison.added),
        Part("regressed", "Regressed", _LEADS["regressed"], comparison.regressed),
        Part("closed", "Closed", _LEADS["closed"], mended, old=True),
        Part("gone", "No longer found", _LEADS["gone"], gone, old=True),
        Part("eased", "Less grave", _LEADS["eased"], comparison.eased),
        Part("not-looked-at", "Not looked at", _LEADS["not-looked-at"], comparison.not_looked_at),
    )


def unchanged(comparison: Comparison) -> Part:
    """Return what is as it was."""
    return Part("unchanged", "Unchanged", "Found before and now, with the same grade.", comparison.unchanged)


def amount(changes: Iterable[Change]) -> str:
    """Say how many findings there are, by grade: '14 findings: 2 potential major, 12 potential minor'."""
    tally = Counter(change.finding.grade for change in changes)
    gaps = [f"{tally[grade]} potential {grade}" for grade in (Grade.MAJOR, Grade.MINOR) if tally[grade]]
    total = tally[Grade.MAJOR] + tally[Grade.MINOR]
    opportunities = tally[Grade.OPPORTUNITY]
    said = f"{number(total, 'finding')}: {', '.join(gaps)}" if gaps else ""
    more = number(opportunities, "opportunity", "opportunities") if opportunities else ""
    return "; ".join(filter(None, (said, more))) or "none"


def side_of(side: Snapshot) -> str:
    """Say what a side is and as of when: 'HEAD~20:qms as of 30 June 2026 (day of commit 1a2b3c4d5)'."""
    return f"{side.label} as of {day(side.as_of)} ({side.dated})"


def gap_numbers(side: Snapshot) -> str:
    """Say how many gaps a side has: '2 potential major and 7 potential minor gaps'."""
    gaps = dict(side.gaps)
    major, minor = gaps.get(Grade.MAJOR, 0), gaps.get(Grade.MINOR, 0)
    if not major and not minor:
        return "no gap"
    return f"{major} potential major and {number(minor, 'potential minor gap')}"


def readiness(point: Point) -> str:
    """The score of a point as a share: '92 %', '–' where it has none."""
    return share(point.counts.met, point.counts.applicable) if point.counts else "–"


def sentences(comparison: Comparison) -> tuple[str, ...]:
    """Return the comparison in a few sentences."""
    old, new = comparison.old, comparison.new
    mended = sum(change.gap and change.mended for change in comparison.closed)
    gone = sum(change.gap and not change.mended for change in comparison.closed)
    added = [change for change in comparison.added if change.gap]
    by_time = sum(change.remark == "time" for change in added)
    said = [
        f"Before: {met(old.counts)[:1].lower()}{met(old.counts)[1:]}, with {gap_numbers(old)}. "
        f"Now: {met(new.counts)[:1].lower()}{met(new.counts)[1:]}, with {gap_numbers(new)}.",
        f"{number(len(added), 'finding')} {'is' if len(added) == 1 else 'are'} new"
        + (f", {by_time} of them by the passing of time alone" if by_time else "")
        + f"; {mended} {'was' if mended == 1 else 'were'} closed.",
    ]
    if gone:
        said.append(
            f"{number(gone, 'more finding')} {'is' if gone == 1 else 'are'} gone without anything that shows "
            f"{'it' if gone == 1 else 'them'} to be mended."
        )
    better, worse = len(comparison.turned("better")), len(comparison.turned("worse"))
    if better or worse:
        said.append(f"The verdict of {number(better, 'requirement')} got better, of {worse} worse.")
    return tuple(said)


def entry_of(finding: Finding) -> str:
    """Name what a finding is about: 'audits/A2, findings 2'."""
    return f"{finding.subject}, {finding.item.replace('_', ' ')}" if finding.item else finding.subject


def place_of(side: Snapshot, location: Location) -> str:
    """Write a place as seen from the root of a side: 'audits.yaml:31:3'."""
    text = str(location)
    for prefix in (f"{side.root.rstrip('/')}/", side.root):
        if side.root and text.startswith(prefix):
            return text[len(prefix) :] or text
    return text
