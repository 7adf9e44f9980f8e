"""Two assessments side by side: what was closed, what is new, what got graver, and what cannot be told.

A pure step: it takes snapshots and what time alone did, and never looks at files or the clock.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from isocheck.assessment.identities import OF_THE_PROGRAM, Identity, key
from isocheck.assessment.results import Finding
from isocheck.assessment.snapshots import Point, Snapshot
from isocheck.errors import UsageError
from isocheck.terms import Grade, Verdict, label, sort_key

__all__ = [
    "REMARKS",
    "ByTime",
    "Change",
    "Comparison",
    "Course",
    "Direction",
    "FailOn",
    "Remark",
    "VerdictChange",
    "by_time",
    "compare",
    "fallen",
    "hangs",
]


@dataclass(frozen=True, slots=True)
class ByTime:
    """What the passing of time alone does: findings that it brings, each with its grade, and such that it takes."""

    brought: frozenset[tuple[Identity, Grade]] = frozenset()
    taken: frozenset[Identity] = frozenset()


Remark = Literal[
    "",
    "mended",
    "described",
    "part",
    "entry-gone",
    "nothing-left",
    "not-applicable",
    "declared",
    "too-little",
    "engagement",
    "unknown",
    "falls-with",
    "surfaced",
    "time",
    "time-gone",
]
REMARKS: Final[dict[Remark, str]] = {
    "": "",
    "mended": "mended",
    "described": "described now",
    "part": "mended, or this part was taken out of the entry",
    "entry-gone": "the entry is gone from the description, not mended",
    "nothing-left": "the check has nothing left to look at, so that nothing shows it to be mended",
    "not-applicable": "the requirement was declared not applicable, not met",
    "declared": "declared: no occasion yet, or planned",
    "too-little": "mended, or the entry says too little now: more entries of this check do than before",
    "engagement": "mended, or outside what is looked at now: the engagement has other sites or processes",
    "unknown": "mended, or the entry is gone: the result file does not list its entries",
    "falls-with": "still open, and counted under another gap now",
    "surfaced": "counted under another gap before",
    "time": "lapsed by time alone",
    "time-gone": "gone by time alone: it would not be found on this day though nothing had changed",
}
"""What is to be said of a change, in words."""
_MENDED: Final = ("mended", "described", "part")

Check = tuple[str, str, str]

Direction = Literal["better", "worse", "other"]

_RANK: Final = {
    Verdict.MAJOR: 0,
    Verdict.NOT_DESCRIBED: 0,
    Verdict.MINOR: 1,
    Verdict.UNASSESSED: 2,
    Verdict.NOT_YET: 2,
    Verdict.DESCRIBED: 3,
    Verdict.CONFORMING: 4,
}
"""How much a verdict shows; not applicable shows nothing, whichever way it is reached."""


@dataclass(frozen=True, slots=True)
class Change:
    """A finding of the newer side, or of the older one where it is closed; `was` is its grade before, if any."""

    finding: Finding
    was: Grade | None
    remark: Remark = ""

    @property
    def said(self) -> str:
        """The remark in words, empty where nothing is to be said."""
        return REMARKS[self.remark]

    @property
    def mended(self) -> bool:
        """Whether a closed finding is one because somebody mended it: its entry is still there."""
        return self.remark in _MENDED

    @property
    def gap(self) -> bool:
        """Whether it counts as a gap: opportunities do not."""
        return self.finding.grade is not Grade.OPPORTUNITY


@dataclass(frozen=True, slots=True)
class VerdictChange:
    """A requirement that both sides looked at, with another verdict than before."""

    requirement: str
    title: str
    statement: str
    was: Verdict
    verdict: Verdict

    @property
    def direction(self) -> Direction:
        """Whether more is shown than before or less; neither where nothing was earned and nothing lost.

        Declaring a requirement not applicable, or no occasion for it, is no improvement; nor is a gap that nobody
        sees any more.
        """
        before, after = _RANK.get(self.was), _RANK.get(self.verdict)
        if before is None or after is None or before == after:
            return "other"
        if after < before:
            return "other" if self.verdict is Verdict.NOT_YET else "worse"
        return "other" if self.verdict in {Verdict.NOT_YET, Verdict.UNASSESSED} else "better"


FailOn = Literal["new", "regressed", "never"]
"""What fails a run: a new gap; also one that got graver, or a verdict that got worse; nothing."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What became of findings and verdicts between two snapshots; each finding stands in one of the lists.

    `eased` are findings that are still there and less grave; `not_looked_at` are findings of which one side says
    nothing, since it did not look. Lists are ordered as in an assessment: gravest first.
    """

    old: Snapshot
    new: Snapshot
    added: tuple[Change, ...]
    regressed: tuple[Change, ...]
    eased: tuple[Change, ...]
    unchanged: tuple[Change, ...]
    closed: tuple[Change, ...]
    not_looked_at: tuple[Change, ...]
    verdicts: tuple[VerdictChange, ...]
    notices: tuple[str, ...]
    """What cannot be compared, and what has to be known to read the rest."""

    def fails(self, on: FailOn) -> bool:
        """Tell whether the newer side has what fails a run; opportunities never do."""
        if on == "never":
            return False
        if any(change.gap for change in self.added):
            return True
        if on == "new":
            return False
        return any(change.gap for change in self.regressed) or bool(self.turned("worse"))

    def turned(self, direction: Direction) -> tuple[VerdictChange, ...]:
        """Return the verdicts that changed in a direction."""
        return tuple(change for change in self.verdicts if change.direction == direction)


@dataclass(frozen=True, slots=True)
class Course:
    """What is reported: two sides compared, None where there were not two, and a series, empty where none is asked."""

    version: str
    comparison: Comparison | None
    history: tuple[Point, ...] = ()


def by_time(before: Snapshot, after: Snapshot) -> ByTime:
    """Return what changed between one description assessed on the day of the older side, and on that of the newer."""
    earlier, later = ({key(finding.identity): finding.grade for finding in side.findings} for side in (before, after))
    return ByTime(frozenset(later.items() - earlier.items()), frozenset(earlier.keys() - later.keys()))


def compare(old: Snapshot, new: Snapshot, time: ByTime | None = None) -> Comparison:
    """Compare two snapshots; `time` is what its passing alone does, None where that is not known.

    Raises UsageError where they were assessed against different standards or editions.
    """
    if not old.standard.same_edition(new.standard):
        raise UsageError(
            f"{old.label} was assessed against {old.standard} ({old.standard.id}) and {new.label} against "
            f"{new.standard} ({new.standard.id}); their requirements are not the same ones, so that they cannot be "
            "compared"
        )
    passed = time or ByTime()
    before = {key(finding.identity): finding for finding in old.findings}
    moved, hung, hanging = _moved(old, new), fallen(old), fallen(new)
    became: dict[str, list[Change]] = defaultdict(list)
    for finding in new.findings:
        identity = key(finding.identity)
        earlier = before.pop(moved.get(identity, identity), None)
        remark: Remark = "time" if (identity, finding.grade) in passed.brought else ""
        if earlier is None and not _looked(old, finding):
            became["not looked at"].append(Change(finding, None))
        elif earlier is None:
            became["added"].append(
                Change(finding, None, remark or ("surfaced" if hangs(finding.identity, hung, finding.tests) else ""))
            )
        elif finding.grade.rank > earlier.grade.rank:
            became["regressed"].append(Change(finding, earlier.grade, remark))
        else:
            eased = finding.grade.rank < earlier.grade.rank
            became["eased" if eased else "unchanged"].append(Change(finding, earlier.grade))
    for identity, finding in before.items():
        gone = "falls-with" if hangs(finding.identity, hanging, finding.tests) else _gone(finding, old, new)
        if gone in _MENDED and identity in passed.taken:
            gone = "time-gone"
        state = "unchanged" if gone == "falls-with" else "closed" if gone else "not looked at"
        became[state].append(Change(finding, finding.grade, gone or ""))
    return Comparison(
        old=old,
        new=new,
        added=tuple(became["added"]),
        regressed=tuple(became["regressed"]),
        eased=tuple(became["eased"]),
        unchanged=tuple(became["unchanged"]),
        closed=tuple(became["closed"]),
        not_looked_at=tuple(became["not looked at"]),
        verdicts=tuple(_verdicts(old, new)),
        notices=tuple(_notices(old, new, time is not None)),
    )


def _moved(old: Snapshot, new: Snapshot) -> dict[Identity, Identity]:
    """Match findings on an empty register that are reported under another requirement, since other ones were asked."""
    before = {finding.register: key(finding.identity) for finding in old.findings if finding.check == "absent"}
    return {
        key(finding.identity): before[finding.register]
        for finding in new.findings
        if finding.check == "absent" and finding.register in before
    }


def _looked(side: Snapshot, finding: Finding) -> bool:
    """Tell whether a side would have found this: it looked at the requirement and knew the check."""
    return side.looked_at(finding.requirement) and (
        finding.check in OF_THE_PROGRAM
        or side.verdict(finding.requirement) is Verdict.NOT_APPLICABLE
        or side.answer(finding.requirement, finding.check) is not None
    )


def fallen(side: Snapshot) -> frozenset[Check]:
    """Return what fell with other findings: requirement, check, and whom or what the consequence is about."""
    return frozenset(
        (fallen.requirement, fallen.check, about)
        for finding in side.findings
        for fallen in finding.consequences
        for about in _about(fallen.message)
    )


def _about(message: str) -> Iterator[str]:
    """Yield all that a consequence may be about: 'audits/A1, auditors 1: own work' names its subject before a colon."""
    yield message
    end = message.find(": ")
    while end != -1:
        yield message[:end]
        end = message.find(": ", end + 1)


def hangs(identity: Identity, fallen: frozenset[Check], tests: str = "") -> bool:
    """Tell whether the same failed on that side too, as a consequence of another finding; `tests` is what it tests."""
    requirement, check, subject, item = identity
    item = item.partition(" #")[0]
    abouts = (tests, f"{subject}, {item}" if item else subject)
    return any((requirement, check, about) in fallen for about in abouts)


def _gone(finding: Finding, old: Snapshot, new: Snapshot) -> Remark | None:
    """Say why a finding is there no longer; None where the newer side did not look."""
    if not _looked(new, finding):
        return None
    verdict = new.verdict(finding.requirement)
    if verdict is Verdict.NOT_APPLICABLE:
        return "not-applicable"
    there = new.holds(finding.register, finding.entry) if finding.entry else True
    if there is False:
        return "entry-gone"
    before, after = (side.answer(finding.requirement, finding.check) for side in (old, new))
    nothing = after is not None and after.outcome == "nothing"
    if verdict is Verdict.NOT_YET and (nothing or finding.kind == "absent"):
        return "declared"
    if nothing:
        return "nothing-left"
    if there is None:
        return "unknown"
    if finding.entry and _entries(old) != _entries(new):
        return "engagement"
    if finding.kind != "absent" and before is not None and after is not None and after.blank > before.blank:
        return "too-little"
    return "described" if finding.kind == "absent" else "part" if finding.item else "mended"


def _entries(side: Snapshot) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what decides which entries are looked at."""
    return side.engagement.sites, side.engagement.processes


def _verdicts(old: Snapshot, new: Snapshot) -> Iterator[VerdictChange]:
    for id_ in sorted(new.requirements, key=sort_key):
        after, before = new.requirements[id_], old.requirements.get(id_)
        if before is None or not after.counted or before.verdict is after.verdict:
            continue
        if old.looked_at(id_) and new.looked_at(id_):
            yield VerdictChange(id_, after.title, after.statement, before.verdict, after.verdict)


def _notices(old: Snapshot, new: Snapshot, told: bool) -> Iterator[str]:
    if old.as_of != new.as_of:
        days = abs((new.as_of - old.as_of).days)
        text = f"The two days of assessment lie {days} day{'' if days == 1 else 's'} apart"
        if new.as_of < old.as_of:
            text += ", and the newer side has the earlier one"
        yield f"{text}; what time alone did is {'marked as such' if told else 'not told apart'}."
    if old.standard.amendments != new.standard.amendments:
        yield f"The older side was assessed against {old.standard}, the newer one against {new.standard}."
    if old.version != new.version:
        yield (
            f"The older side was assessed by isocheck {old.version}, the newer one by {new.version}: checks may have "
            "changed."
        )
    if old.organisation != new.organisation:
        before, now = (side.organisation or "nothing" for side in (old, new))
        yield f"The older side calls the organisation {before}, the newer one {now}."
    if _entries(old) != _entries(new):
        yield "The engagements take in different sites or processes, so that entries may be missing from one side."
    for word, side, other in (("older", old, new), ("newer", new, old)):
        counted = (id_ for id_, state in other.requirements.items() if state.counted)
        unseen = [id_ for id_ in counted if other.looked_at(id_) and not side.looked_at(id_)]
        if unseen:
            count = f"{len(unseen)} requirement{'' if len(unseen) == 1 else 's'}"
            yield (
                f"The {word} side did not look at {count} ({_listed(unseen)}): findings there are neither new nor "
                "closed, and shares of the two sides have different wholes."
            )


def _listed(ids: Collection[str], most: int = 12) -> str:
    held = [label(id_) for id_ in sorted(ids, key=sort_key)]
    return ", ".join(held[:most]) + (f" and {len(held) - most} more" if len(held) > most else "")
