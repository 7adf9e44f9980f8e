"""Rows under the organisation's own field names, each value with its place: what every reader of its files yields."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from isocheck.errors import Problem
from isocheck.location import Location

__all__ = ["Rows"]


class Rows(Protocol):
    """The rows of one file: of a CSV file or a sheet one a line, of a Markdown file one, of YAML one an item.

    A value is what was written, as text without spaces around it; None, true and false apart, and dates of a workbook,
    which come as ISO text. Front matter and YAML may also hold lists and mappings. An empty cell is left out.
    """

    @property
    def name(self) -> str:
        """The file's name as messages show it."""

    @property
    def fields(self) -> tuple[str, ...]:
        """Every field name that the file has, in its order, those that are empty everywhere included."""

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The rows, by the organisation's own field names."""

    @property
    def problems(self) -> list[Problem]:
        """What could not be read while the rest could: each with its place."""

    @property
    def notices(self) -> list[Problem]:
        """What was read in a way that somebody may not expect: each with its place."""

    def locate(self, path: Sequence[str | int]) -> Location:
        """Return the place of the last step that the file has of a path such as (3, 'Due'): a row, a field of it."""
