"""Two assessments side by side: what was closed, what is new, what got graver, and what cannot be told.

A pure step: it takes snapshots and what time alone did, and never looks at files or the clock.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from isocheck.assessment.identities import Identity, key
from isocheck.assessment.results import Finding
from isocheck.assessment.snapshots import Point, Snapshot
from isocheck.assessment.vanishing import MENDED, REMARKS, Deleted, Remark, entries_engaged, gone, looked
from isocheck.errors import UsageError
from isocheck.terms import Grade, Verdict, above, label, sort_key

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
        return self.remark in MENDED

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
    earned: bool = True
    """False where gaps of it are gone, and none of them was mended."""

    @property
    def direction(self) -> Direction:
        """Whether more is shown than before or less; neither where nothing was earned and nothing lost.

        Declaring a requirement not applicable, or no occasion for it, is no improvement; nor is a gap that nobody
        sees any more, or that is gone without being mended.
        """
        before, after = _RANK.get(self.was), _RANK.get(self.verdict)
        if before is None or after is None or before == after:
            return "other"
        if after < before:
            return "other" if self.verdict is Verdict.NOT_YET else "worse"
        return "better" if self.earned and self.verdict not in {Verdict.NOT_YET, Verdict.UNASSESSED} else "other"


_FAILS: Final = "a newer side that looks at less fails where --fail-on is given"

FailOn = Literal["new", "regressed", "never"]
"""What fails a run: a new gap, or looking at less; also a gap that got graver or that no check looks for any more, or a
verdict that got worse; nothing."""


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
        if any(change.gap for change in self.added) or self.unseen or _narrower(self.old, self.new):
            return True
        if on == "new":
            return False
        lost = (change for change in self.not_looked_at if change.was is not None)
        return any(change.gap for change in (*self.regressed, *lost)) or bool(self.turned("worse"))

    @property
    def unseen(self) -> tuple[str, ...]:
        """The requirements that the older side looked at and the newer one did not."""
        return _unseen(self.new, self.old)

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
        if earlier is None and not looked(old, finding):
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
    deleted = Deleted(old, new)
    for identity, finding in before.items():
        why = "falls-with" if hangs(finding.identity, hanging, finding.tests) else gone(finding, old, new, deleted)
        if why in MENDED and identity in passed.taken:
            why = "time-gone"
        state = "unchanged" if why == "falls-with" else "closed" if why else "not looked at"
        became[state].append(Change(finding, finding.grade, why or ""))
    return Comparison(
        old=old,
        new=new,
        added=tuple(became["added"]),
        regressed=tuple(became["regressed"]),
        eased=tuple(became["eased"]),
        unchanged=tuple(became["unchanged"]),
        closed=tuple(became["closed"]),
        not_looked_at=tuple(became["not looked at"]),
        verdicts=tuple(_verdicts(old, new, [*became["closed"], *became["not looked at"]])),
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


def _verdicts(old: Snapshot, new: Snapshot, vanished: Collection[Change]) -> Iterator[VerdictChange]:
    credit: dict[str, bool] = {}
    for change in vanished:
        if change.was is not None and change.gap:
            touched = {change.finding.requirement, *(each.requirement for each in change.finding.consequences)}
            for id_ in {step for each in touched for step in above(each)}:
                credit[id_] = credit.get(id_, False) or change.mended
    for id_ in sorted(new.requirements, key=sort_key):
        after, before = new.requirements[id_], old.requirements.get(id_)
        if before is None or not after.counted or before.verdict is after.verdict:
            continue
        if old.looked_at(id_) and new.looked_at(id_):
            yield VerdictChange(id_, after.title, after.statement, before.verdict, after.verdict, credit.get(id_, True))


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
    if entries_engaged(old) != entries_engaged(new):
        fails = f"; {_FAILS}" if _narrower(old, new) else ""
        yield (
            "The engagements take in different sites or processes, so that entries may be missing from one side"
            f"{fails}."
        )
    for word, side, other in (("older", old, new), ("newer", new, old)):
        unseen = _unseen(side, other)
        if unseen:
            count = f"{len(unseen)} requirement{'' if len(unseen) == 1 else 's'}"
            yield (
                f"The {word} side did not look at {count} ({_listed(unseen)}): findings there are neither new nor "
                "closed, and shares of the two sides have different wholes" + (f"; {_FAILS}." if side is new else ".")
            )


def _unseen(side: Snapshot, other: Snapshot) -> tuple[str, ...]:
    """Return the requirements at which one side did not look, and the other did."""
    counted = (id_ for id_, state in other.requirements.items() if state.counted)
    return tuple(id_ for id_ in counted if other.looked_at(id_) and not side.looked_at(id_))


def _narrower(old: Snapshot, new: Snapshot) -> bool:
    """Tell whether the newer engagement leaves out sites or processes that the older one took in; none means all."""
    return any(
        bool(now) and (not before or not set(map(str.casefold, before)) <= set(map(str.casefold, now)))
        for before, now in zip(entries_engaged(old), entries_engaged(new), strict=True)
    )


def _listed(ids: Collection[str], most: int = 12) -> str:
    held = [label(id_) for id_ in sorted(ids, key=sort_key)]
    return ", ".join(held[:most]) + (f" and {len(held) - most} more" if len(held) > most else "")
