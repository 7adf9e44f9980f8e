"""What a view is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, Protocol

from isocheck.qms.description import Description
from isocheck.qms.views.facts import Facts

__all__ = ["Source", "View"]


class Source(Protocol):
    """What a view is made from: the registers, other views, and the facts around them."""

    description: Description
    facts: Facts

    def entry(self, register: str, id_: str) -> Any | None:
        """Return an entry by its id."""

    def view(self, name: str) -> list[Any]:
        """Return the rows of another view."""


class View(NamedTuple):
    """A read-only table derived from registers.

    `row` is a named tuple; in it None means unknown, and an empty tuple means known to be none. `rests_on`
    names registers: while all of them are empty, the view is too. `at` is the column that holds the 'register/id'
    of the entry a row is about, `item` the one that tells rows of the same entry apart.
    """

    name: str
    row: type
    rests_on: tuple[str, ...]
    at: str
    make: Callable[[Source], Iterable[Any]]
    item: str = ""

    @property
    def description(self) -> str:
        """What the view shows: the row's own docstring."""
        return (self.row.__doc__ or "").strip()
