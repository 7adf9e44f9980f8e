"""Looking through files of lists: YAML of any shape, CSV and workbooks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from isocheck.errors import InputError
from isocheck.qms.loading import RESERVED, SETTINGS_FILE, is_own_shape
from isocheck.qms.matching import Grounds, Recognised, Table
from isocheck.qms.recognising import calibrations_in, recognise
from isocheck.qms.sourcing import SourceFormat
from isocheck.qms.survey import Proposed, Survey, exact, written
from isocheck.sources.files import is_yaml, read_bytes
from isocheck.sources.rows import Rows
from isocheck.sources.yaml_reader import Limits, read_yaml

__all__ = ["lists_in"]

_TOP = 1 << 14  # comments on top of a file are no longer
_PLAIN_KEY = re.compile(r"[^.]+\Z")


def lists_in(seen: Survey, grounds: Grounds, limits: Limits) -> None:
    """Add to a survey the sources that files of lists make, and say which make none."""
    _Surveyor(seen, grounds, limits).look()


@dataclass(slots=True)
class _Found:
    """A list in one file, and what it was recognised as."""

    format: SourceFormat
    path: Path
    options: dict[str, Any]
    table: Table
    found: Recognised


class _Surveyor:
    """Looks through files of lists: YAML, CSV and workbooks."""

    def __init__(self, seen: Survey, grounds: Grounds, limits: Limits) -> None:
        self.seen = seen
        self.grounds = grounds
        self.limits = limits
        self.met: list[_Found] = []

    def look(self) -> None:
        """Look through all files of lists, and propose a source for each that is recognised."""
        found = self.seen.found
        for path in found.files:
            if not self._passed_over(path):
                self.seen.count("YAML")
                self._guarded(path, self._yaml)
        for path in found.others:
            suffix = path.suffix.lower()
            if suffix not in (".csv", ".tsv", ".xlsx") or self.seen.excluded(path):
                continue
            self.seen.count("XLSX" if suffix == ".xlsx" else "CSV")
            self._guarded(path, self._workbook if suffix == ".xlsx" else self._csv)
        self._propose()

    def _passed_over(self, path: Path) -> bool:
        at_top = path.parent == self.seen.found.root
        return (at_top and path.name in RESERVED) or path.name == SETTINGS_FILE or self.seen.excluded(path)

    def _guarded(self, path: Path, look: Callable[[Path, bytes, str], None]) -> None:
        shown = self.seen.found.shown(path)
        try:
            look(path, read_bytes(path, shown, self.limits.bytes), shown)
        except InputError as error:
            why = str(error.problems[0].message)
            self.seen.leave(path, why)
            if is_yaml(path):
                self.seen.exclude[exact(self.seen.found, path)] = why

    def _yaml(self, path: Path, raw: bytes, shown: str) -> None:
        from isocheck.sources.yaml_rows import read_yaml_rows

        document = read_yaml(raw, shown, self.limits)
        relative = self.seen.found.relative(path)
        if is_own_shape(document):
            self.seen.own.append(relative)
            return
        taken: list[tuple[str, ...]] = []
        unknown: dict[str, str] = {}
        for at in _places_in(document.data):
            if any(at == other[: len(at)] for other in taken):
                continue  # what stands inside was recognised already
            dotted = ".".join(at)
            rows = read_yaml_rows(raw, shown, at=dotted or None, limits=self.limits)
            options = {"at": dotted} if at else {}
            why = self._take("yaml", path, options, rows, (*reversed(at), path.stem), _comment_of(raw))
            if why:
                unknown[dotted] = why
            else:
                taken.append(at)
        if taken:
            self.seen.left += ((f"{relative}: {at}", why) for at, why in unknown.items())
        else:
            self.seen.leave(path, next(iter(unknown.values()), "holds no list of entries"))

    def _csv(self, path: Path, raw: bytes, shown: str) -> None:
        from isocheck.sources.csv_reader import read_csv

        rows = read_csv(raw, shown, limits=self.limits)
        if why := self._take("csv", path, {}, rows, (path.stem,)):
            self.seen.leave(path, why)

    def _workbook(self, path: Path, raw: bytes, shown: str) -> None:
        from isocheck.sources.xlsx_reader import read_xlsx
        from isocheck.sources.xlsx_sheets import sheet_names

        sheets = sheet_names(raw, shown, self.limits)
        relative = self.seen.found.relative(path)
        several = len(sheets.visible) > 1
        for sheet in sheets.visible:
            try:
                rows = read_xlsx(raw, shown, sheet=sheet, limits=self.limits)
            except InputError as error:
                why = error.problems[0].message
            else:
                names = (sheet, path.stem) if several else (path.stem, sheet)
                why = self._take("xlsx", path, {"sheet": sheet} if several else {}, rows, names)
            if why:
                self.seen.left.append((f"{relative}: {sheet}", why))
        for sheet in sheets.hidden:
            self.seen.left.append((f"{relative}: {sheet}", "a hidden sheet; show it in the workbook if it is a record"))

    def _take(
        self,
        format_: SourceFormat,
        path: Path,
        options: dict[str, Any],
        rows: Rows,
        names: Sequence[str],
        comment: str = "",
    ) -> str:
        """Note what rows were recognised as; say why not where they were not."""
        called = (*names, *self._folders(path))
        table = Table(rows.rows, rows.fields, called, nested=format_ == "yaml", comment=comment)
        found = recognise(table, self.grounds)
        if not found.register:
            return found.why
        self.met.append(_Found(format_, path, options, table, found))
        return ""

    def _folders(self, path: Path) -> Iterator[str]:
        for folder in path.parents:
            if folder == self.seen.found.root:
                return
            yield folder.name

    def _propose(self) -> None:
        """Propose one source for files of a folder that are alike, where they are all that a pattern names."""
        alike: dict[Any, list[_Found]] = {}
        for one in self.met:
            columns = () if one.format == "yaml" else one.table.fields
            key = (
                one.format,
                one.path.parent,
                one.path.suffix,
                one.found.register,
                columns,
                tuple(one.options.items()),
            )
            alike.setdefault(key, []).append(one)
        for together in alike.values():
            first = together[0]
            folder = self.seen.found.relative(first.path.parent) if first.path.parent != self.seen.found.root else ""
            pattern = written("/".join(filter(None, (folder, f"*{first.path.suffix}"))))
            paths = [one.path for one in together]
            if len(together) > 1 and self.seen.names(pattern, paths):
                rows = [row for one in together for row in one.table.rows]
                fields = tuple(dict.fromkeys(name for one in together for name in one.table.fields))
                alike_on_top = {one.table.comment for one in together} == {first.table.comment}
                comment = first.table.comment if alike_on_top else ""
                table = Table(rows, fields, first.table.names, first.table.nested, comment=comment)
                found = recognise(table, self.grounds, first.found.register)
                if found.register:
                    self._add(_Found(first.format, first.path, first.options, table, found), pattern, paths)
                    continue
            for one in together:
                pattern = written(self.seen.found.relative(one.path))
                if self.seen.names(pattern, [one.path]):
                    self._add(one, pattern, [one.path])
                else:
                    self._leave(one.path, "its name would name other files as well; rename it")

    def _leave(self, path: Path, why: str) -> None:
        self.seen.leave(path, why)
        if is_yaml(path):
            self.seen.exclude[exact(self.seen.found, path)] = why

    def _add(self, one: _Found, pattern: str, paths: list[Path]) -> None:
        self.seen.sources.append(Proposed(one.format, pattern, paths, one.options, one.found))
        if one.found.register == "equipment" and one.format != "yaml":
            beside = calibrations_in(one.table, one.found, self.grounds)
            if beside is not None and not beside.register:
                self.seen.left.append((pattern, beside.why))
            elif beside is not None:
                self.seen.sources.append(Proposed(one.format, pattern, paths, one.options, beside))


def _comment_of(raw: bytes) -> str:
    """Return the comments that stand on top of a YAML file, before anything else."""
    found = []
    for line in raw[:_TOP].decode("utf-8-sig", errors="replace").splitlines():
        text = line.strip()
        if text.startswith("#"):
            found.append(text.lstrip("# "))
        elif text and text != "---":
            break
    return "\n".join(found)


def _places_in(data: Any) -> Iterator[tuple[str, ...]]:
    """Yield where lists of entries stand, at the top or one or two keys deep, the deepest first."""
    if isinstance(data, dict):
        for key, value in data.items():
            if isinstance(value, dict) and _names_a_place(key):
                for inner, below in value.items():
                    if _names_a_place(inner) and _is_list(below):
                        yield (key, inner)
        for key, value in data.items():
            if _names_a_place(key) and (_is_list(value) or _is_keyed(value) or _is_one(value)):
                yield (key,)
    if _is_list(data) or _is_keyed(data):
        yield ()


def _names_a_place(key: Any) -> bool:
    return isinstance(key, str) and key.isprintable() and _PLAIN_KEY.match(key) is not None


def _is_list(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(item, dict) for item in value)


def _is_keyed(value: Any) -> bool:
    return isinstance(value, dict) and bool(value) and all(isinstance(item, dict) for item in value.values())


def _is_one(value: Any) -> bool:
    """Tell whether a mapping is one entry: fields, most of them plain."""
    if not isinstance(value, dict) or len(value) < 3:
        return False
    plain = [item for item in value.values() if not isinstance(item, dict | list)]
    return 2 * len(plain) >= len(value)
