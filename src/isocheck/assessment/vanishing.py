"""Why a finding is there no longer: mended, or gone in a way for which no credit is due.

Whatever cannot be told from two snapshots is decided against the credit.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Final, Literal

from isocheck.assessment.identities import OF_THE_PROGRAM
from isocheck.assessment.results import Finding
from isocheck.assessment.snapshots import Snapshot
from isocheck.terms import Verdict, fold

__all__ = ["MENDED", "REMARKS", "Deleted", "Remark", "entries_engaged", "gone", "looked"]


class Deleted:
    """The entries that an older side has and a newer one has no longer, where both list them; their ids are folded."""

    def __init__(self, old: Snapshot, new: Snapshot) -> None:
        self._entries = {register: old.deleted(register, new) for register in old.entries}
        self._names: dict[str, list[str]] = defaultdict(list)
        for register, entries in self._entries.items():
            for entry in entries:
                # A bare number counts only behind its register, or every count would name an entry.
                name = fold(f"{register}/{entry}") if entry.isdigit() else entry
                self._names[re.split(r"\W", name, maxsplit=1)[0]].append(name)

    def number(self, register: str) -> int:
        """Return how many entries of a register are gone."""
        return len(self._entries.get(register, ()))

    def named_in(self, text: str) -> bool:
        """Tell whether a text names one of them."""
        said = fold(text)
        return any(
            name in said and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", said)
            for word in {"", *re.split(r"\W+", said)}
            for name in self._names.get(word, ())
        )


Remark = Literal[
    "",
    "mended",
    "described",
    "part",
    "day",
    "entry-gone",
    "fewer",
    "nothing-left",
    "set-aside",
    "interval",
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
    "day": "mended, or only a day or an interval in the entry was moved: the comparison does not see which",
    "entry-gone": "the entry is gone from the description, not mended",
    "fewer": "mended, or gone with entries on which it rested and which were taken out of the description",
    "nothing-left": "the check has nothing left to look at, so that nothing shows it to be mended",
    "set-aside": "mended, or no longer among what the check looks at, which is less than deleted entries explain",
    "interval": "mended, or only allowed to be older now: intervals in isocheck.yaml are other ones",
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
MENDED: Final[tuple[Remark, ...]] = ("mended", "described", "part", "day")
"""What shows that somebody did something about the gap; the others are no longer found, without credit."""


def looked(side: Snapshot, finding: Finding) -> bool:
    """Tell whether a side would have found this: it looked at the requirement and knew the check."""
    return side.looked_at(finding.requirement) and (
        finding.check in OF_THE_PROGRAM
        or side.verdict(finding.requirement) is Verdict.NOT_APPLICABLE
        or side.answer(finding.requirement, finding.check) is not None
    )


def gone(finding: Finding, old: Snapshot, new: Snapshot, deleted: Deleted) -> Remark | None:
    """Say why a finding is there no longer; None where the newer side did not look."""
    if not looked(new, finding):
        return None
    verdict = new.verdict(finding.requirement)
    if verdict is Verdict.NOT_APPLICABLE:
        return "not-applicable"
    there = new.holds(finding.register, finding.entry) if finding.entry else True
    if there is False:
        return "entry-gone"
    before, after = old.answer(finding.requirement, finding.check), new.answer(finding.requirement, finding.check)
    nothing = after is not None and after.outcome == "nothing"
    if verdict is Verdict.NOT_YET and (nothing or finding.kind == "absent"):
        return "declared"
    if nothing:
        return "nothing-left"
    if there is None:
        return "unknown"
    if _rested_on_deleted(finding, deleted):
        return "fewer"
    if finding.entry and entries_engaged(old) != entries_engaged(new):
        return "engagement"
    if finding.kind != "absent" and before is not None and after is not None and after.blank > before.blank:
        return "too-little"
    if _set_aside(finding, old, new, deleted):
        return "set-aside"
    if finding.lapse is not None and old.intervals != new.intervals and None not in (old.intervals, new.intervals):
        return "interval"
    if finding.kind == "absent":
        return "described"
    return "day" if finding.kind == "current" else "part" if finding.item else "mended"


def _rested_on_deleted(finding: Finding, deleted: Deleted) -> bool:
    """Tell whether a finding may be gone because entries are, other than its own.

    It rested on a deleted one that its texts name. One on a whole register may have rested on any entry of it, unless
    something was missing there: fewer entries bring nothing about.
    """
    if not finding.entry and finding.kind not in {"absent", "exists"} and deleted.number(finding.register):
        return True
    return deleted.named_in(" ".join((finding.message, finding.item, *(each.message for each in finding.consequences))))


def _set_aside(finding: Finding, old: Snapshot, new: Snapshot, deleted: Deleted) -> bool:
    """Tell whether an entry that is still there may be looked at no longer, as when its status was changed.

    Where a check looks at parts of entries, one deleted entry may take any number of parts with it.
    """
    before, after = old.answer(finding.requirement, finding.check), new.answer(finding.requirement, finding.check)
    if not finding.entry or not before or not after or before.looked is None or after.looked is None:
        return False
    less = before.looked - after.looked
    return less > (0 if finding.item else deleted.number(finding.register))


def entries_engaged(side: Snapshot) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the sites and processes that decide which entries are looked at."""
    return side.engagement.sites, side.engagement.processes
