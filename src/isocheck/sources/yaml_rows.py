"""YAML of any shape as rows: the items of a list, or of a mapping whose keys name the items, or one mapping alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from isocheck.errors import InputError, Problem, did_you_mean, quoted
from isocheck.location import Location
from isocheck.sources.yaml_reader import Document, Limits, read_yaml

__all__ = ["YamlRows", "read_yaml_rows"]

_KEY = "key"
"""The field that holds an item's key, where items are named by keys."""


class YamlRows:
    """The rows of one YAML file; fits `isocheck.sources.rows.Rows`."""

    def __init__(self, document: Document, at: tuple[str, ...], items: list[tuple[str | int | None, Any]]) -> None:
        self._document = document
        self._at = at
        self._steps: list[tuple[str | int, ...]] = []
        self.rows: list[dict[str, Any]] = []
        self.problems: list[Problem] = []
        self.notices: list[Problem] = []
        for step, item in items:
            if isinstance(item, dict):
                self._steps.append(() if step is None else (step,))
                self.rows.append({_KEY: step, **item} if isinstance(step, str) else item)
            elif item is not None:
                text = f"expected an item with fields, not {quoted(item)}"
                self.problems.append(Problem(text, document.locate((*at, step or 0))))

    @property
    def name(self) -> str:
        """The file's name as messages show it."""
        return self._document.name

    @property
    def fields(self) -> tuple[str, ...]:
        """Every field name that a row has."""
        return tuple(dict.fromkeys(name for row in self.rows for name in row))

    @property
    def beside(self) -> tuple[str, ...]:
        """What stands in the file beside the list and the mappings that lead to it, each by its way with dots."""
        found: list[str] = []
        data = self._document.data
        for depth, step in enumerate(self._at):
            found += (".".join((*self._at[:depth], key)) for key in data if key != step)
            data = data[step]
        return tuple(found)

    def locate(self, path: Sequence[str | int]) -> Location:
        """Return the place of the last step that the file has of a path such as (3, 'Due')."""
        if not path or not isinstance(path[0], int):
            return self._document.locate(self._at)
        rest = () if tuple(path[1:]) == (_KEY,) else path[1:]
        return self._document.locate((*self._at, *self._steps[path[0]], *rest))


def read_yaml_rows(raw: bytes, name: str, *, at: str | None = None, limits: Limits | None = None) -> YamlRows:
    """Read the list that stands at `at` ('log.entries'; None: at the top) of a YAML file.

    Raises InputError where the file cannot be read, or has no list there.
    """
    document = read_yaml(raw, name, limits)
    data, path = document.data, tuple(at.split(".")) if at else ()
    for depth, step in enumerate(path):
        if not isinstance(data, dict) or step not in data:
            known = list(data) if isinstance(data, dict) else []
            near = did_you_mean(step, known) or (f"; known are {', '.join(known[:8])}" if known else "")
            message = f"there is no {quoted(step)} here, where 'at: {at}' of its source leads{near}"
            raise InputError([Problem(message, document.locate(path[:depth]))])
        data = data[step]
    if data is None:
        return YamlRows(document, path, [])
    if isinstance(data, list):
        return YamlRows(document, path, list(enumerate(data)))
    if isinstance(data, dict) and _keyed(data):
        return YamlRows(document, path, list(data.items()))
    if isinstance(data, dict) and at:
        return YamlRows(document, path, [(None, data)])
    hint = "" if at else "; say with 'at' of its source under which key the list stands"
    raise InputError([Problem(f"expected a list of items{hint}", document.locate(path))])


def _keyed(data: dict[str, Any]) -> bool:
    """Tell whether the values are items and the keys their names: more of them are mappings than anything else."""
    said = [item for item in data.values() if item is not None]
    return sum(isinstance(item, dict) for item in said) * 2 > len(said) or not said
