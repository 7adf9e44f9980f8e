"""The fields of one table matched to those of one register: what each means, and what is rather left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from isocheck.errors import quoted
from isocheck.qms.citing import is_ours
from isocheck.qms.fitting import Fit, comma_of, fit, folded, order_of, values_at
from isocheck.qms.happened import ahead_of, lies_ahead, says_undone
from isocheck.qms.mapping import Names, compile_mapping, shape_at
from isocheck.qms.meanings import AT_LEAST, KEYS, SAID, evidence, meanings
from isocheck.qms.registers import Register
from isocheck.qms.values import Style, parts_of, reader
from isocheck.terms import fold

__all__ = ["Grounds", "Matching", "Recognised", "Table"]

_SURE = 4.0


class Grounds(NamedTuple):
    """What recognising goes by beside the rows: the clauses of the standard, and the day after which days lie ahead."""

    clauses: frozenset[str]
    today: date


@dataclass(frozen=True, slots=True)
class Table:
    """Rows that belong together, and what they are called, the nearest name first: key or sheet, file, folders.

    `nested` tells that values may be lists and mappings, `of_file` that a row is a file, which may lend its name;
    `comment` is what stands in comments on top of the file.
    """

    rows: Sequence[Mapping[str, Any]]
    fields: tuple[str, ...]
    names: tuple[str, ...]
    nested: bool = False
    of_file: bool = False
    comment: str = ""


@dataclass(slots=True)
class Recognised:
    """A register and how rows are mapped to it; `settings` are those of a source, without its files and register.

    `mapped` pairs the organisation's names with ours, `left` names fields that are left out with the reason, `remarks`
    say what a person has to decide or to know. `register` is empty where nothing was recognised: then `why` says so,
    and `refused` that rows may be of what is planned where the register holds what took place.
    """

    register: str
    why: str
    sure: bool = False
    score: float = 0.0
    settings: dict[str, Any] = field(default_factory=dict)
    mapped: tuple[tuple[str, str], ...] = ()
    left: tuple[tuple[str, str], ...] = ()
    remarks: tuple[str, ...] = ()
    refused: bool = False


class Matching:
    """The fields of one table against those of one register."""

    def __init__(self, table: Table, paths: Sequence[Names], register: Register, grounds: Grounds) -> None:
        self.table = table
        self.paths = paths
        self.register = register
        self.grounds = grounds
        self.taken: dict[Names, str] = {}
        self.fits: dict[str, Fit] = {}
        self.told = 0.0
        self.left: dict[str, str] = {}
        self.ahead: list[tuple[Names, str]] = []
        self.undone: set[str] = set()
        self.remarks: list[str] = []
        self.values = {path: values_at(table.rows, path) for path in paths}
        self.listed = {path: self._is_listed(path) for path in paths if len(path) > 1}
        self.style = Style()

    def give(self, path: Names, target: str) -> None:
        """Settle beforehand what a field means."""
        self.taken[path] = target

    def result(self) -> Recognised:
        """Return the mapping, its settings and how well it fits; no register where there is no id."""
        dated = [path for path in self.paths if any(self._kind(target) == "date" for _, target, _ in self._means(path))]
        order, remark = order_of(value for path in dated for value in self.values[path])
        self.style = Style(order)
        self._match()
        dates = {path for path, target in self.taken.items() if self._kind(target) == "date"}
        order, remark = order_of(value for path in dates for value in self.values[path])
        if remark:
            self.remarks.append(remark)
        id_of = self._id()
        if id_of is None:
            days = [f"{own}: {why}" for own, why in self.left.items() if why in self.undone]
            return Recognised("", "; ".join(["no field gives each entry an id of its own", *days]))
        return self._composed(order, id_of)

    def _means(self, path: Names) -> Iterator[tuple[int, str, float]]:
        for rank, target, weight in meanings(path, self.register.name):
            shape = shape_at(self.register.model, tuple(target.split(".")))
            if shape is not None and shape.kind != "free" and self._reaches(path, target):
                yield rank, target, weight

    def _reaches(self, path: Names, target: str) -> bool:
        """Tell whether values at a path get to a target: what stands in a list of parts only into a list of parts."""
        if not self.listed.get(path):
            return True
        head, _, rest = target.partition(".")
        shape = shape_at(self.register.model, (head,))
        return bool(rest) and shape is not None and shape.many and len(path) == 2

    def _is_listed(self, path: Names) -> bool:
        return any(isinstance(value, list) for row in self.table.rows for value in _raw(row, path))

    def _kind(self, target: str) -> str:
        shape = shape_at(self.register.model, tuple(target.split(".")))
        return shape.kind if shape is not None else ""

    def _match(self) -> None:
        options = [
            (rank, at, path, target, weight)
            for at, path in enumerate(self.paths)
            if path not in self.taken
            for rank, target, weight in self._means(path)
        ]
        filled = {target: path for path, target in self.taken.items()}
        for _, _, path, target, weight in sorted(options, key=lambda option: option[:2]):
            own = ".".join(path)
            if path in self.taken:
                continue
            shape = shape_at(self.register.model, tuple(target.split(".")))
            assert shape is not None
            if target in filled and not (shape.many and shape.kind != "row"):
                self.left.setdefault(own, f"{target} is filled by {quoted('.'.join(filled[target]))}")
                continue
            if self._take(path, target, weight):
                filled.setdefault(target, path)
        for path, sibling in self.ahead:
            if path not in self.taken and sibling not in self.taken.values() and self._take(path, sibling, 0.5):
                self.remarks.append(f"{'.'.join(path)}: some days lie ahead, so that all are read as planned ones")

    def _take(self, path: Names, target: str, weight: float) -> bool:
        own, found = ".".join(path), self._fit(path, target)
        if found.why:
            self.left.setdefault(own, found.why)
            return False
        self.taken[path] = target
        self.left.pop(own, None)
        earlier = self.fits.get(target, Fit())
        found.words = {**earlier.words, **found.words}
        self.fits[target] = found
        self.told += weight
        if found.remark:
            self.remarks.append(f"{own}: {found.remark}")
        return True

    def _fit(self, path: Names, target: str) -> Fit:
        values = self.values[path]
        shape = shape_at(self.register.model, tuple(target.split(".")))
        assert shape is not None
        if target == "id":
            return self._fit_id(path)
        if shape.kind == "date" and not shape.ahead:
            if why := says_undone(self.register.name, target, path, self.table.rows):
                self.undone.add(why)
                return Fit(why)
            if why := lies_ahead(values, self.grounds.today, self.style.order):
                self.undone.add(why)
                if sibling := ahead_of(self.register.name, target):
                    self.ahead.append((path, sibling))
                return Fit(why)
        if shape.many and any(isinstance(part, dict) for part in values):
            return Fit("holds parts that could not be told apart")
        if shape.kind == "clause" and (why := self._foreign(values, target)):
            return Fit(why)
        return fit(self.register.name, target, shape, ".".join(path), values, self.style)

    def _fit_id(self, path: Names) -> Fit:
        values = self.values[path]
        if any(not isinstance(value, str) for value in values):
            return Fit("is no text that could be an id")
        if 2 * len(values) < len(self.table.rows):
            return Fit("is empty too often for an id")
        if not values or 10 * len({fold(value) for value in values}) < 9 * len(values):
            return Fit("stands for several entries, so that it is no id")
        return Fit()

    def _foreign(self, values: Sequence[Any], target: str) -> str:
        """Say why clauses are not those of the standard, unless rows name the one that they cite."""
        if self._standards():
            return ""
        shape = shape_at(self.register.model, tuple(target.split(".")))
        assert shape is not None
        read = reader(shape, Style(), {})
        for value in values:
            for part in parts_of(value, shape):
                try:
                    clause = read(part)
                except ValueError:
                    continue
                if isinstance(clause, str) and clause and clause not in self.grounds.clauses:
                    return f"{quoted(clause)} is no clause of this standard, and nothing says of which it is"
        return ""

    def _standards(self) -> list[str]:
        return [
            path[0] for path in self.paths if len(path) == 1 and folded(path[0]) in _STANDARDS and self.values[path]
        ]

    # --- ids -----------------------------------------------------------------------------

    def _id(self) -> Names | None:
        """Return the fields that make up the id, none where one field is it; None where there is no id."""
        if "id" in self.taken.values() or not self.table.rows:
            return ()
        if self.table.of_file:
            self.remarks.append("the file's name is taken as the id")
            return ()
        own = {target: path for path, target in self.taken.items() if len(path) == 1}
        key = [own[target][0] for target in KEYS.get(self.register.name, ()) if target in own]
        for length in range(AT_LEAST.get(self.register.name, 1), len(key) + 1):
            parts = key[:length]
            made = [tuple(row.get(name) for name in parts) for row in self.table.rows]
            full = [each for each in made if all(isinstance(part, str) for part in each)]
            if 2 * len(full) >= len(made) and 10 * len({fold(" ".join(map(str, each))) for each in full}) >= 9 * len(
                full
            ):
                self.remarks.append(f"the id is made of {' and '.join(map(quoted, parts))}")
                return tuple(parts)
        return None

    # --- settings --------------------------------------------------------------------------

    def _composed(self, order: Any, id_of: Names) -> Recognised:
        table, register = self.table, self.register
        fields = {".".join(path): self.taken[path] for path in self.paths if path in self.taken}
        if table.of_file and "id" not in fields.values():
            fields["file.name"] = "id"
        plain = compile_mapping(register.model, self.paths, fields={})
        by_name = set(plain.mapped)
        settings: dict[str, Any] = {}
        heads = {path[0]: target.split(".")[0] for path, target in self.taken.items() if self.listed.get(path)}
        explicit = {own: target for own, target in fields.items() if (own, target) not in by_name}
        if explicit:
            settings["fields"] = explicit
        # Other spellings of a field that is taken by its name are read as well: each row has one of them.
        spelt = {target for own, target in fields.items() if (own, target) in by_name}
        fields |= {own: target for own, target in plain.mapped if own not in fields and target in spelt}
        ignore = [own for own, target in plain.mapped if own not in fields]
        if ignore:
            settings["ignore"] = list(dict.fromkeys(ignore))
        words = {target: found.words for target, found in self.fits.items() if found.words}
        if words:
            settings["values"] = words
        if constants := self._constants(heads):
            settings["constants"] = constants
        if id_of:
            settings["id_of"] = list(id_of)
        if order is not None:
            settings["dates"] = order
        numbers = [path for path, target in self.taken.items() if self._kind(target) == "number"]
        if comma_of(value for path in numbers for value in self.values[path]):
            settings["decimal"] = "comma"
        if units := {target: found.unit for target, found in self.fits.items() if found.unit}:
            settings["units"] = units
        standards = self._standards()
        if standards and folded(standards[0]) not in ("standard", "standards"):
            settings["standard"] = standards[0]
        if standards and "clauses" in self.taken.values():
            named = self.values[(standards[0],)]
            if not all(is_ours(str(value)) for value in named):
                self.remarks.append("clauses of rows that name another standard than ISO 9001 are left out")
        if not table.rows:
            self.remarks.append("there is no row yet, so that fields were told by their names alone")
        self.left |= dict.fromkeys(standards, "says of which standard the clauses are")
        left = [(own, self.left.get(own, "no field of ours is meant")) for own in map(".".join, self.paths)]
        spoken = evidence(table.names, register.name)
        score = self.told + spoken
        why = " and ".join(filter(None, ("its name" if spoken else "", "its fields" if self.told >= 1 else "")))
        return Recognised(
            register.name,
            f"told by {why or 'its fields'}",
            sure=(spoken >= 1 and self.told >= 1.5) or self.told >= _SURE,
            score=score if self.told >= 0.5 or (spoken >= 2 and 1 < len(self.paths) == len(self.taken)) else 0.0,
            settings=settings,
            mapped=tuple(fields.items()),
            left=tuple((own, why) for own, why in left if own not in fields and own not in id_of),
            remarks=tuple(self.remarks),
        )

    def _constants(self, heads: Mapping[str, str]) -> dict[str, Any]:
        """Return what names say of every entry: that audits are internal ones, that feedback is complaints."""
        if "kind" in self.taken.values():
            return {}
        said = " ".join(folded(name) for name in self.table.names[:3])
        for word, without, register, kind in SAID:
            if register == self.register.name and word in said and not any(other in said for other in without):
                self.remarks.append(f"kind is {kind}, by the name")
                return {"kind": kind}
        if self.register.name == "audits" and self._are_internal():
            self.remarks.append("kind is internal, by the comment on top of the file")
            return {"kind": "internal"}
        return {}

    def _are_internal(self) -> bool:
        """Tell whether the file's comment says that all audits are internal ones, and nothing in the rows another."""
        comment = self.table.comment
        if not _INTERNAL.search(comment) or _NOT_ALL.search(comment) or is_ours(comment) is False:
            return False
        said = (value for values in self.values.values() for value in values if isinstance(value, str))
        return not any(_OTHER_AUDITS.search(value) for value in said)


_INTERNAL = re.compile(r"\binternal audits?\b|\baudit(?:s|ed)?\b.*(?<![\d.])9\.2(?!\d)", re.IGNORECASE)
_NOT_ALL = re.compile(
    r"\b(?:not?|non|except|other than|external|supplier|vendor|customer|certification|surveillance|registrar|"
    r"(?:second|third|2nd|3rd)[ -]party)\b",
    re.IGNORECASE,
)
_OTHER_AUDITS = re.compile(
    r"\b(?:external|supplier|vendor|customer|(?:re)?certification|surveillance|(?:second|third|2nd|3rd)[ -]party)\b"
    r".*\baudit|\baudit\b.*\b(?:by|of) (?:an? |the )?(?:external|supplier|vendor|customer|certification|registrar)",
    re.IGNORECASE,
)
_STANDARDS = frozenset({"standard", "standards", "norm", "iso standard", "applicable standard", "standard reference"})


def _raw(row: Mapping[str, Any], path: Names) -> Iterator[Any]:
    """Yield what stands on the way to a path of a row, lists as they are."""
    todo: list[tuple[Any, Names]] = [(row, path)]
    while todo:
        value, rest = todo.pop()
        if rest:
            yield value
        if rest and isinstance(value, dict):
            todo.append((value.get(rest[0]), rest[1:]))
        elif rest and isinstance(value, list):
            todo += ((item, rest) for item in value)
