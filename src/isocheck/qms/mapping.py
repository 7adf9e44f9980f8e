"""From rows under the organisation's own field names to entries of a register, and back again for places.

A field goes where the source's `fields` sends it, else to ours of the same name (case, spaces and hyphens folded).
Parts are named by dots on both sides: a text goes into the one item of a list (closure_due: actions.due), a list of
mappings into a list item by item (findings.type: findings.grade), a mapping into a part (approval.by: approved_by).
Several names may lead to one of our fields, since files spell them differently; in one row only one of them counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from isocheck.errors import did_you_mean, quoted
from isocheck.qms.cleaning import clean
from isocheck.qms.description import Route
from isocheck.qms.fields import is_placeholder
from isocheck.qms.filling import Fault, Filling, Names, Step
from isocheck.qms.shape import Shape, shapes
from isocheck.qms.values import Read, Style, reader

__all__ = [
    "Fault",
    "Names",
    "RowMapping",
    "compile_mapping",
    "own_paths",
    "shape_at",
    "unknown_target",
]


class _Column(dict[str, Any]):
    """What the texts of one field stand for, each read once: most say what many rows say.

    Raises ValueError, with what is wrong, for a text that cannot be read; a placeholder stands for None.
    """

    def __init__(self, read: Read, telling: bool) -> None:
        self.read = read
        self.telling = telling

    def __missing__(self, text: str) -> Any:
        value = self[text] = self.of(text)
        return value

    def of(self, value: Any) -> Any:
        """Read a value that may be more than a text."""
        found = self.read(value)
        if isinstance(found, str) and is_placeholder(found, self.telling):
            return None
        return None if found == {} else found


@dataclass(slots=True)
class RowMapping:
    """How rows of one source become entries of one register.

    `mapped` pairs own names with ours, in the order of the file; `unmapped` are own names that no field takes,
    `unmet` names in the settings that no file has.
    """

    steps: tuple[Step, ...]
    constants: dict[str, Any]
    id_of: Names
    mapped: tuple[tuple[str, str], ...]
    unmapped: tuple[str, ...]
    ignored: tuple[str, ...]
    unmet: tuple[str, ...]
    own_names: frozenset[str]
    """The organisation's names of all fields that are read, and of those that make up the id."""
    settled: frozenset[str] = frozenset()
    """Names of what is read as it stands or left out on purpose, whether or not it holds parts that are read."""
    back: dict[Names, list[Names]] = field(default_factory=dict)
    """For each way to a field of ours those that lead to it, the one that counts before others first."""
    plain: tuple[tuple[str, str, _Column, bool], ...] = ()
    """Fields that become one field each and share it with no other: own name, ours, what reads it, whether as text.

    They are nearly all there are in a table, and are put in without a call for each.
    """

    @property
    def is_flat(self) -> bool:
        """Tell whether entries have no parts that may be empty, and no placeholders: all their fields are plain."""
        return not self.steps and not any(isinstance(value, dict | list) for value in self.constants.values())

    def entry(self, row: Mapping[str, Any]) -> tuple[dict[str, Any], list[Fault]]:
        """Return a row as a register takes it, and what could not be read of it: that is left out.

        Of a list of parts an empty mapping keeps the place of an item that said nothing readable.
        """
        entry: dict[str, Any] = {}
        faults: list[Fault] = []
        for own, name, column, is_text in self.plain:
            value = row.get(own)
            if value is None:
                continue
            if is_text and type(value) is str:
                if is_placeholder(value, column.telling):
                    value = None
            else:
                try:
                    value = column[value] if type(value) is str else column.of(value)
                except ValueError as error:
                    faults.append(Fault.of((name,), name, error))
                    continue
            entry[name] = value  # None too: what is yet to be filled in is not for anything else to fill
        if self.steps:
            Filling(faults, self.settled).fill(self.steps, row, entry, (), ())
        for name, value in self.constants.items():
            # What a row says counts, be it that it cannot be read or is yet to be filled in.
            if name not in entry and not any(row.get(own[0]) is not None for own in self.back.get((name,), ())):
                entry[name] = value
        if self.id_of and "id" not in entry:
            parts = [row.get(name) for name in self.id_of]
            if all(isinstance(part, str) and part for part in parts):
                entry["id"] = " ".join(map(str, parts))
        return entry, faults

    def own(self, route: Sequence[str | int], row: Mapping[str, Any]) -> Route:
        """Return the way to a part of a row, from the way to the part of the entry that it became."""
        names = tuple(step for step in route if isinstance(step, str))
        indexes = [step for step in route if isinstance(step, int)]
        for length in range(len(names), 0, -1):
            ways = [_way(row, own, indexes) for own in self.back.get(names[:length], ())]
            if ways:
                return next((way for way, is_held in ways if is_held), ways[0][0])
        if names[:1] == ("id",) and self.id_of:
            return (self.id_of[0],)
        return ()


def _way(value: Any, names: Names, indexes: Sequence[int]) -> tuple[Route, bool]:
    """Return the way to a field of a row, and whether the row says something there.

    Through lists it goes by the item that an index names; where ours is no list, by the one mapping among the items.
    """
    way: list[str | int] = []
    left = list(indexes)
    for name in names:
        if isinstance(value, list):
            parts = (at for at, item in enumerate(value) if isinstance(item, dict))
            at = left.pop(0) if left and left[0] < len(value) else next(parts, 0)
            way.append(at)
            value = value[at] if at < len(value) else None
        way.append(name)
        value = value.get(name) if isinstance(value, Mapping) else None
    return (*way, *(left if isinstance(value, list) else ())), value is not None


# --- compiling ------------------------------------------------------------------------


def own_paths(rows: Iterable[Mapping[str, Any]], fields: Iterable[str]) -> list[Names]:
    """Return every field of rows, with those of mappings and of mappings in lists, in the order in which they stand."""
    found: dict[Names, bool] = {(name,): False for name in fields}
    for row in rows:
        _collect(row, (), found)
    heads = {path[:length] for path in found for length in range(1, len(path))}
    return [path for path, says in found.items() if says or path not in heads]


def _collect(row: Mapping[str, Any], above: Names, found: dict[Names, bool]) -> None:
    """Note each field, and whether it somewhere says something itself rather than by its parts."""
    for name, value in row.items():
        path = (*above, name)
        found.setdefault(path, False)
        for part in value if isinstance(value, list) else (value,):
            if isinstance(part, dict):
                _collect(part, path, found)
            elif part is not None:
                found[path] = True


@dataclass(slots=True)
class _Compiler:
    model: type
    fields: Mapping[str, Names]
    ignore: frozenset[str]
    style: Style
    units: Mapping[str, str]
    values: Mapping[str, Mapping[str, Any]]

    def targets(self, path: Names) -> list[Names]:
        """Return where a field goes: where the settings say, else to the fields of the same name."""
        dotted = ".".join(path)
        if dotted in self.ignore:
            return []
        given = self.fields.get(dotted)
        if given is not None:
            return [tuple(target.split(".")) for target in given]
        if len(path) == 1:
            name = _same(path[0], self.model)
            return [(name,)] if name else []
        found = []
        for head in self.targets(path[:-1]):
            row = row_at(self.model, head)
            if row is not None and (name := _same(path[-1], row)):
                found.append((*head, name))
        return found

    def misplaced(self, paths: Sequence[Names]) -> list[Names]:
        """Return the ways to what only ever holds parts, and yet is sent to a field that takes none."""
        heads = dict.fromkeys(path[:length] for path in paths for length in range(1, len(path)))
        given = (head for head in heads if head not in paths and ".".join(head) in self.fields)
        return [head for head in given if all(row_at(self.model, target) is None for target in self.targets(head))]

    def step(self, own: Names, target: Names) -> Step:
        row: type = self.model
        heads = []
        for name in target[:-1]:
            shape = shapes(row)[name]
            assert shape.row is not None, "targets were checked"
            heads.append(shape.many)
            row = shape.row
        shape = shapes(row)[target[-1]]
        dotted = ".".join(target)
        style = Style(self.style.order, self.style.comma, self.units.get(dotted))
        return Step(own, target, shape, reader(shape, style, self.values.get(dotted) or {}), tuple(heads))


def compile_mapping(
    model: type,
    paths: Sequence[Names],
    *,
    fields: Mapping[str, Names],
    ignore: Iterable[str] = (),
    style: Style | None = None,
    units: Mapping[str, str] | None = None,
    values: Mapping[str, Mapping[str, Any]] | None = None,
    constants: Mapping[str, Any] | None = None,
    id_of: Names = (),
) -> RowMapping:
    """Return how rows that have these `paths` become entries of `model`; all targets in `fields` are known to exist."""
    left = frozenset(ignore)
    compiler = _Compiler(model, fields, left, style or Style(), units or {}, values or {})
    steps: list[Step] = []
    mapped: list[tuple[str, str]] = []
    unmapped: list[str] = []
    ignored: list[str] = []
    paths = [*paths, *compiler.misplaced(paths)]
    for path in paths:
        dotted = ".".join(path)
        targets = compiler.targets(path)
        for target in targets:
            steps.append(compiler.step(path, target))
            mapped.append((dotted, ".".join(target)))
        if not targets:
            is_left = any(dotted == name or dotted.startswith(f"{name}.") for name in left)
            (ignored if is_left else unmapped).append(dotted)
    # What the settings send somewhere comes first, so that it counts before a field that only has the same name.
    steps.sort(
        key=lambda step: not any(".".join(step.own[:length]) in fields for length in range(len(step.own), 0, -1))
    )
    met = {dotted for path in paths for dotted in _ways(path)}
    unmet = [name for name in (*fields, *id_of) if name not in met]
    taken = Counter(step.target for step in steps)
    steps = [replace(step, is_shared=taken[step.target] > 1) for step in steps]
    plain = [step for step in steps if len(step.own) == len(step.target) == 1 and taken[step.target] == 1]
    plain = [step for step in plain if not step.shape.many and step.shape.kind != "row"]
    worded = {name for name, words in (values or {}).items() if words}
    found = RowMapping(
        tuple(step for step in steps if step not in plain),
        clean(dict(constants or {}), [], (), model),
        id_of,
        tuple(mapped),
        tuple(name for name in unmapped if name not in id_of),
        tuple(ignored),
        tuple(dict.fromkeys(unmet)),
        frozenset((*(own for own, _ in mapped), *id_of)),
        settled=frozenset((*(own for own, _ in mapped), *left)),
        plain=tuple(
            (
                step.own[0],
                step.target[0],
                _Column(step.read, not step.shape.takes_none),
                step.shape.kind in ("text", "reference") and step.target[0] not in worded,
            )
            for step in plain
        ),
    )
    for step in steps:
        found.back.setdefault(step.target, []).append(step.own)
    for step in steps:
        for length in range(1, len(step.target)):
            ways = found.back.setdefault(step.target[:length], [])
            if step.own[:1] not in ways:
                ways.append(step.own[:1])
    return found


def _ways(path: Names) -> Iterator[str]:
    """Yield a path and those of all parts on the way to it, each with dots."""
    return (".".join(path[:length]) for length in range(1, len(path) + 1))


def _same(name: str, row: type) -> str | None:
    """Return the field of `row` that has this name, folded as people vary it."""
    known = shapes(row)
    folded = "_".join(name.replace("-", " ").replace("_", " ").split()).casefold()
    return folded if folded in known and folded not in ("extra",) else None


def row_at(model: type, target: Names) -> type | None:
    """Return the type of the part that `target` leads to, or None where it leads to no part."""
    shape = shape_at(model, target)
    return shape.row if shape is not None and shape.kind == "row" else None


def shape_at(model: type, target: Names) -> Shape | None:
    """Return the shape of the field that `target` leads to, or None where there is none."""
    row: type | None = model
    shape: Shape | None = None
    for name in target:
        shape = shapes(row).get(name) if row is not None else None
        if shape is None:
            return None
        row = shape.row
    return shape


def unknown_target(model: type, register: str, target: str) -> str | None:
    """Say what is wrong with a target such as 'actions.due', or None where a field of that name is there."""
    names = tuple(target.split("."))
    shape = shape_at(model, names)
    if shape is not None and shape.kind != "free":
        return None
    for length in range(1, len(names) + 1):
        if shape_at(model, names[:length]) is None:
            row = model if length == 1 else row_at(model, names[: length - 1])
            if row is None:
                return f"{quoted('.'.join(names[: length - 1]))} of {register} has no parts"
            known = list(shapes(row))
            near = did_you_mean(names[length - 1], known) or f"; known are {', '.join(known)}"
            return f"{quoted(target)} is no field of {register}{near}"
    return f"{quoted(target)} cannot be filled from a source"
