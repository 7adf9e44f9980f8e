"""What readers of a calendar see as one line, under which headings, and in which words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Literal

from isocheck.assessment.calendar import Calendar, Item, Owner
from isocheck.reports.text import day, month, number
from isocheck.terms import label

__all__ = ["NOBODY", "By", "Line", "Section", "lines", "sections", "totals"]

By = Literal["month", "owner"]
NOBODY = "nobody named"


@dataclass(frozen=True, slots=True)
class Line:
    """Items that are one to a reader: the same task, day, owner and rule."""

    items: tuple[Item, ...]

    @property
    def first(self) -> Item:
        """The first of them, which stands for what all share."""
        return self.items[0]

    @property
    def names(self) -> tuple[str, ...]:
        """What the task is done to."""
        return tuple(item.name for item in self.items if item.name)

    @property
    def title(self) -> str:
        """What is to be done, on one line."""
        return f"{self.first.task} {'; '.join(self.names)}".rstrip()

    @property
    def late(self) -> str:
        """By how much it is overdue, empty where it is not."""
        return f"{number(self.first.overdue, 'day')} overdue" if self.first.overdue else ""

    @property
    def who(self) -> str:
        """Who sees to it."""
        return owner_words(self.first.owner)

    @property
    def rule(self) -> str:
        """Why that day."""
        item = self.first
        if item.last is None:
            return "" if item.rule is None else "day written down"
        whose = {
            "own": "its own interval",
            "yours": "your interval",
            "default": "default of this tool (binds nobody)",
        }[item.rule or "default"]
        return f"{whose}: {item.interval} from {item.last}"

    @property
    def serves(self) -> str:
        """The requirements that it serves."""
        return ", ".join(map(label, self.first.requirements))


def owner_words(owner: Owner) -> str:
    """Say who sees to something, and how that follows where the entry does not say."""
    if not owner.ref:
        return NOBODY
    return f"{owner.name}, who {owner.through}" if owner.through else owner.name


def lines(items: Iterable[Item]) -> list[Line]:
    """Put items together that stand side by side and share all but what the task is done to."""
    found: dict[object, list[Item]] = defaultdict(list)
    for item in items:
        key = (item.day, item.task, item.owner, item.rule, item.interval, item.last, item.requirements, item.why)
        found[key].append(item)
    return [Line(tuple(group)) for group in found.values()]


@dataclass(frozen=True, slots=True)
class Section:
    """Lines under headings, outermost first."""

    headings: tuple[str, ...]
    lines: list[Line]
    overdue: bool


def sections(calendar: Calendar, by: By) -> Iterator[Section]:
    """Yield what is overdue, then month by month; by owner, that for each of them in turn, what nobody has last."""
    if by == "month":
        yield from _timely((), calendar.items)
        return
    owners: dict[str, list[Item]] = defaultdict(list)
    for item in calendar.items:
        owners[item.owner.name].append(item)
    for name in sorted(owners, key=lambda name: (not name, name.casefold(), name)):
        yield from _timely((name or NOBODY.capitalize(),), owners[name])


def _timely(above: tuple[str, ...], items: Iterable[Item]) -> Iterator[Section]:
    for (late, first), held in groupby(items, _part):
        group = list(held)
        heading = "Overdue" if late else month(first)
        yield Section((*above, f"{heading} ({len(group)})"), lines(group), late)


def _part(item: Item) -> tuple[bool, date]:
    return (True, date.min) if item.overdue or item.day is None else (False, item.day.replace(day=1))


def totals(calendar: Calendar) -> str:
    """The numbers in words."""
    said = [f"{len(calendar.overdue)} overdue", f"{len(calendar.coming)} to come up to {day(calendar.until)}"]
    said += [f"{calendar.later} later"] if calendar.later else []
    said += [f"{len(calendar.undated)} without a day"] if calendar.undated else []
    unowned = sum(not item.owner.ref for item in calendar.items)
    said += [f"{unowned} that nobody is named for"] if unowned else []
    return ", ".join(said)
