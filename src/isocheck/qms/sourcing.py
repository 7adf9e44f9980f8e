"""The sources that isocheck.yaml declares: what their declaration says, which files they have, and reading these."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, assert_never

from isocheck.errors import InputError, Problem, did_you_mean, quoted
from isocheck.qms.description import Route
from isocheck.qms.given import wrong_values
from isocheck.qms.mapping import shape_at, unknown_target
from isocheck.qms.registers import REGISTERS
from isocheck.qms.settings import SourceSettings
from isocheck.sources.files import Found, read_bytes
from isocheck.sources.rows import Rows
from isocheck.sources.yaml_reader import Limits

__all__ = [
    "FORMATS",
    "TABLES",
    "Taken",
    "check_source",
    "files_of",
    "format_of",
    "names",
    "pattern_of",
    "read_rows",
    "read_source",
]

SourceFormat = Literal["markdown", "csv", "xlsx", "yaml"]
FORMATS: tuple[SourceFormat, ...] = ("markdown", "csv", "xlsx", "yaml")
TABLES = ("csv", "xlsx")
_TEMPLATE = "template with open placeholders"
_WILD = frozenset("*?")


def format_of(source: SourceSettings) -> SourceFormat | None:
    """Return the format of a source, or None where it names none or several."""
    named = [name for name in FORMATS if getattr(source, name)]
    return named[0] if len(named) == 1 else None


def pattern_of(source: SourceSettings) -> str:
    """Return the pattern of the files of a source."""
    name = format_of(source)
    return getattr(source, name) if name else ""


# --- what the settings say -------------------------------------------------------------


def check_source(source: SourceSettings) -> Iterator[tuple[Route, str]]:
    """Yield what is wrong with the declaration of a source, with the way to it."""
    if format_of(source) is None:
        yield (), f"a source names its files under one of {', '.join(FORMATS)}"
    if source.register_ is None:
        yield (), "a source needs 'register': what its entries are"
    elif source.register_ not in REGISTERS:
        near = did_you_mean(source.register_, REGISTERS) or f"; known are {', '.join(REGISTERS)}"
        yield ("register",), f"{quoted(source.register_)} is no register{near}"
    else:
        wrong = list(_check_targets(source, REGISTERS[source.register_].model, source.register_))
        yield from wrong or wrong_values(source)
    if source.approval is not None and (not source.markdown or source.register_ != "documents"):
        yield ("approval",), "git is asked for approvals of documents in Markdown only"
    if source.sample is not None and not (source.sample.population and source.sample.chosen):
        yield ("sample",), "a sample needs 'population' and 'chosen': from how many it was drawn, and how"
    if source.header is not None and (source.header < 1 or source.header % 1):
        yield ("header",), "expected the number of a line, counted from 1"
    if source.separator is not None and source.separator not in (",", ";", "|", "tab", "\t"):
        yield ("separator",), f"expected ',', ';', '|' or tab, not {quoted(source.separator)}"
    name = format_of(source)
    for option, formats in _ONLY_FOR.items():
        if name is not None and getattr(source, option) is not None and name not in formats:
            yield (option,), f"{quoted(option)} means nothing for {name}; it belongs to {' and '.join(formats)}"


_ONLY_FOR = {
    "separator": ("csv",),
    "encoding": ("csv",),
    "sheet": ("xlsx",),
    "header": ("csv", "xlsx"),
    "key": ("markdown",),
    "bold": ("markdown",),
    "tables": ("markdown",),
    "templates": ("markdown",),
    "at": ("yaml",),
}


def _check_targets(source: SourceSettings, model: type, register: str) -> Iterator[tuple[Route, str]]:
    taken: dict[str, str] = {}
    for own, value in (source.fields or {}).items():
        for target in names(value):
            if wrong := unknown_target(model, register, target):
                yield ("fields", own), wrong
                continue
            shape = shape_at(model, tuple(target.split(".")))
            assert shape is not None
            if not shape.many and taken.setdefault(target, own) != own:
                yield ("fields", own), f"{quoted(target)} is filled by {quoted(taken[target])} already"
    for option in ("values", "constants", "units"):
        for target in getattr(source, option) or {}:
            if wrong := unknown_target(model, register, target):
                yield (option, target), wrong


def names(value: Any) -> list[str]:
    """Return what a setting names that may be one text or a list of texts."""
    return [name for name in (value if isinstance(value, list) else [value]) if isinstance(name, str) and name]


# --- files -------------------------------------------------------------------------------


def files_of(source: SourceSettings, found: Found, excluded: Sequence[str]) -> list[Path]:
    """Return the files of a source.

    Raises InputError where a plain name is of no file, or no file ever fits; a pattern may fit none: then there is a
    place but no record.
    """
    pattern = pattern_of(source)
    if not pattern:
        return []
    files = found.fitting(pattern, excluded)
    if not files and (why := _fits_nothing(pattern)):
        raise InputError([Problem(why)])
    if not files and not _WILD.intersection(pattern):
        near = did_you_mean(pattern, [found.relative(path) for path in (*found.files, *found.others)])
        raise InputError([Problem(f"there is no file {quoted(pattern)}{near}")])
    return files


def _fits_nothing(pattern: str) -> str:
    """Say why no file can ever fit a pattern, and what to write instead, or return an empty text."""
    shown, slashed = quoted(pattern), pattern.replace("\\", "/")
    steps = slashed.split("/")
    if not steps[0] or (len(steps[0]) == 2 and steps[0][1] == ":"):
        return f"{shown} begins at the root of a disk; write the way from the folder of isocheck.yaml, as in docs/*.md"
    if ".." in steps:
        return (
            f"{shown} leads out of the folder of isocheck.yaml, and only files in it are read; write the way from there"
        )
    if slashed != pattern:
        return f"{shown}: folders are parted by slashes on every system; write {quoted(slashed)}"
    plain = "/".join(step for step in steps if step not in ("", "."))
    if _WILD.intersection(pattern) and plain != pattern.removeprefix("./"):
        return f"no file fits {shown}, whatever it is called; write {quoted(plain + ('/*' if not steps[-1] else ''))}"
    return ""


# --- reading -----------------------------------------------------------------------------


@dataclass(slots=True)
class Taken:
    """What one source yielded: rows by file, with what is known of each file."""

    source: SourceSettings
    rows: list[tuple[Path, Rows]] = field(default_factory=list)
    unreadable: list[tuple[Path, Problem]] = field(default_factory=list)
    left: dict[str, int] = field(default_factory=dict)
    files: list[Path] = field(default_factory=list)
    templates: list[Path] = field(default_factory=list)

    def leave(self, why: str, count: int = 1) -> None:
        """Count rows or files that are left out on purpose."""
        if count:
            self.left[why] = self.left.get(why, 0) + count


def read_source(source: SourceSettings, files: Iterable[Path], found: Found, limits: Limits) -> Taken:
    """Read the files of a source.

    Raises InputError with everything that keeps it from being read; of Markdown, one file that cannot be read is
    noted and the others are read.
    """
    taken = Taken(source)
    problems: list[Problem] = []
    name = format_of(source)
    for path in files:
        taken.files.append(path)
        shown, raw = found.shown(path), b""
        try:
            raw = read_bytes(path, shown, limits.bytes)
            rows = read_rows(source, raw, shown, limits)
            if getattr(rows, "template", False) and not source.templates:
                taken.leave(_TEMPLATE)
                taken.templates.append(path)
                continue
            taken.rows.append((path, rows))
        except InputError as error:
            if name == "markdown" and not source.templates and raw and _is_template(raw):
                taken.leave(_TEMPLATE)
                taken.templates.append(path)
            elif name == "markdown":
                taken.unreadable.append((path, error.problems[0]))
            else:
                problems += error.problems
    if problems:
        raise InputError(problems)
    return taken


def _is_template(raw: bytes) -> bool:
    from isocheck.sources.markdown_reader import is_template

    return is_template(raw)


def read_rows(source: SourceSettings, raw: bytes, shown: str, limits: Limits) -> Rows:
    """Read one file of a source; raises InputError where it cannot be read."""
    name = format_of(source)
    header = int(source.header) if source.header is not None else None
    match name:
        case "csv":
            from isocheck.sources.csv_reader import read_csv

            return read_csv(
                raw, shown, separator=source.separator, encoding=source.encoding, header=header, limits=limits
            )
        case "xlsx":
            from isocheck.sources.xlsx_reader import read_xlsx

            return read_xlsx(raw, shown, sheet=source.sheet, header=header, limits=limits)
        case "markdown":
            from isocheck.sources.markdown_reader import read_markdown

            bold, tables = bool(source.bold), bool(source.tables)
            return read_markdown(raw, shown, key=source.key, bold=bold, tables=tables, limits=limits)
        case "yaml":
            from isocheck.sources.yaml_rows import read_yaml_rows

            return read_yaml_rows(raw, shown, at=source.at, limits=limits)
        case None:
            raise AssertionError("declarations are checked before files are read")
        case _:
            assert_never(name)
