"""Where things stand in the chart of a series: shares of the width, so that it fits any page, and pixels of height."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from isocheck.assessment.snapshots import Point

__all__ = ["Chart", "Mark", "chart"]

LEFT: Final = 16.0
"""Where the first point stands, in percent; lines of the scale are labelled before it."""
RIGHT: Final = 95.0
LEAST: Final = 0.35
"""How near two points may be, as a part of an even distance."""
APART: Final = 13.0
"""How far numbers beside each other have to be apart, in percent."""
TOP: Final = 26
"""Room above the highest line, in pixels, for a number."""
SCORES: Final = 130
"""Height of all there is to reach, in pixels."""
GAPS: Final = 80
"""Height of the most gaps that there are, in pixels."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One point as it is drawn; `y` is None where it cannot be shown. Bars stand on the line at `base`."""

    point: Point
    x: str
    bar: str
    y: int | None
    major: int
    minor: int
    base: int
    labelled: bool

    @property
    def top(self) -> int:
        """Where the bars end."""
        return self.base - self.major - self.minor


@dataclass(frozen=True, slots=True)
class Chart:
    """The series drawn: marks in their order, and lines between readable neighbours as x, y, x, y."""

    marks: tuple[Mark, ...]
    lines: tuple[tuple[str, int, str, int], ...]
    scale: tuple[tuple[int, int], ...]
    """Lines of the scale: percent, and where."""
    most: int
    """The most gaps at any point."""

    @property
    def height(self) -> int:
        """Height of the upper part, the scores, in pixels."""
        return TOP + SCORES + 2

    @property
    def gaps_height(self) -> int:
        """Height of the lower part, the gaps, in pixels."""
        return TOP + GAPS + 1


def chart(history: tuple[Point, ...]) -> Chart:
    """Lay out a series: points stand by their days, though never on top of each other."""
    places = _places([point.as_of.toordinal() for point in history])
    most = max((point.major + point.minor for point in history), default=0)
    labelled = _labelled(places)
    marks = tuple(
        Mark(
            point=point,
            x=f"{x:.2f}%",
            bar=f"{x - 1.25:.2f}%",
            y=None if point.score is None else TOP + round(SCORES * (1 - point.score)),
            major=_tall(point.major, most),
            minor=_tall(point.minor, most),
            base=TOP + GAPS,
            labelled=at in labelled,
        )
        for at, (point, x) in enumerate(zip(history, places, strict=True))
    )
    lines = tuple(
        (before.x, before.y, after.x, after.y)
        for before, after in pairwise(marks)
        if before.y is not None and after.y is not None
    )
    scale = tuple((percent, TOP + SCORES - SCORES * percent // 100) for percent in (100, 50, 0))
    return Chart(marks, lines, scale, most)


def _tall(count: int, most: int) -> int:
    return max(3, round(GAPS * count / most)) if count else 0


def _places(days: list[int]) -> list[float]:
    """Return where points stand, in percent: by their days, and each some way behind the one before it."""
    if len(days) < 2:
        return [(LEFT + RIGHT) / 2] * len(days)
    steps = [after - before for before, after in pairwise(days)]
    even = 1 / len(steps)
    whole = sum(steps)
    shares = [max(step / whole if whole else even, even * LEAST) for step in steps]
    places = [LEFT]
    for part in shares:
        places.append(places[-1] + part / sum(shares) * (RIGHT - LEFT))
    return places


def _labelled(places: list[float]) -> set[int]:
    """Choose the points that get a number: the last, the first, and those with room between."""
    if not places:
        return set()
    last = len(places) - 1
    chosen = {last}
    at = -APART
    for index, place in enumerate(places[:-1]):
        if place - at >= APART and places[last] - place >= APART:
            chosen.add(index)
            at = place
    return chosen
