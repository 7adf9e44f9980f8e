"""From files to a description: which file holds what, rows into models, every problem of every file at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from isocheck.errors import InputError, Problem, UsageError, did_you_mean, quoted
from isocheck.location import Location
from isocheck.qms.declared import declared_sources, take_sources
from isocheck.qms.description import Description, Flaw, Route
from isocheck.qms.given import clauses_given
from isocheck.qms.references import index_entries, resolve
from isocheck.qms.registers import REGISTERS
from isocheck.qms.settings import Settings
from isocheck.qms.shape import shapes
from isocheck.qms.taking import Read
from isocheck.qms.validating import adapter, says_something, validate
from isocheck.sources.files import Found, discover, plain_path, probe, read_bytes
from isocheck.sources.repository import repository_of
from isocheck.sources.yaml_reader import Document, Limits, read_yaml

__all__ = ["RESERVED", "SCHEMA_FILE", "SETTINGS_FILE", "WAIVERS_FILE", "Vocabulary", "is_own_shape", "load"]

SETTINGS_FILE = "isocheck.yaml"
WAIVERS_FILE = "waivers.yaml"
SCHEMA_FILE = "isocheck.schema.json"
RESERVED = frozenset({"assessment.yaml", WAIVERS_FILE, "actions.yaml", "report.yaml"})
_NAMES = (*REGISTERS, *shapes(Settings))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The names that a description may use from a pack."""

    clauses: frozenset[str]
    intervals: frozenset[str]
    rules: frozenset[str]
    occasions: frozenset[str]


def load(
    root: Path,
    vocabulary: Callable[[str | None], Vocabulary],
    limits: Limits | None = None,
    settings_text: bytes | None = None,
) -> Description:
    """Read a description: a directory, or one YAML file.

    `vocabulary` gives the names of the pack that isocheck.yaml asks for (None: it does not say), and raises
    UsageError where there is none of that name. `settings_text` stands for an isocheck.yaml that is not yet there.
    Raises InputError with every problem of every file; the files themselves are never changed.
    """
    limits = limits or Limits()
    problems: list[Problem] = []
    found = discover(root)
    main_document: Document | None = None
    settings, home = Settings(), Location(found.shown(root), 1, 1, 1, 1)
    documents: list[tuple[Document, bool]] = []
    main = root if root.is_file() else root / SETTINGS_FILE
    first = [main] if settings_text is not None else [file for file in found.files if file == main]
    for file in first:
        document = _read(file, found, limits, problems, settings_text)
        if document is not None:
            home = Location(document.name, 1, 1, 1, 1)
            settings = _settings(document, problems)
            main_document = document
            documents.append((document, True))
    skipped: list[str] = []
    excluded = tuple(filter(None, settings.exclude))
    problems += found.problems(excluded)
    declared = declared_sources(settings, found, excluded, main_document, problems)
    elsewhere = {file for one in declared for file in one.files}
    for file in found.files:
        if file == main or file in elsewhere or found.excluded(file, excluded):
            continue
        if file.name in RESERVED and file.parent == root:
            continue
        if misplaced := _misplaced(file, found):
            problems.append(Problem(misplaced, Location(found.shown(file))))
            continue
        document = _read(file, found, limits, problems)
        if document is not None:
            documents.append((document, False))
    description = Description(found.shown(root), home, settings, (), ())
    used: list[str] = []
    for document, is_main in documents:
        (used if _take(document, is_main, description, problems) else skipped).append(document.name)
    sources: list[Read] = []
    past = None
    if declared:
        assert main_document is not None, "sources are declared there"
        sources, past = take_sources(declared, description, found, excluded, limits, main_document, problems)
        used += sorted({found.shown(file) for file in elsewhere})
        known = {*elsewhere, root / SCHEMA_FILE}
        others = (file for file in found.others if file not in known and not found.excluded(file, excluded))
        description.unread = (*map(found.shown, others), *description.unread)
    description.files, description.skipped = tuple(used), tuple(skipped)
    if not used and not problems:
        raise InputError([Problem(_nothing_there(len(skipped)), Location(found.shown(root)))])
    complete = not problems  # what could not be read is not missed where something names it
    problems += index_entries(description)
    try:
        words = vocabulary(settings.standard)
    except InputError as error:
        problems += error.problems
    except UsageError as error:
        problems.append(Problem(str(error), main_document.locate(("standard",)) if main_document else home))
    else:
        problems += _check_settings(main_document, settings, words)
        problems += resolve(description, words.clauses, main_document, complete)
    problems += _probe_paths(description, root)
    if problems:
        raise InputError(problems)
    if settings.history is not False and repository_of(root) is not None:
        from isocheck.qms.past import Past, deleted  # git is loaded where it is asked

        deleted(description, found, sources, limits, past or Past(found.root))
    return description


def _misplaced(file: Path, found: Found) -> str:
    """Say what is wrong with a file that looks like the settings or the waivers and is not read as such."""
    if file.name == SETTINGS_FILE:
        root, folder = found.shown(found.root), found.shown(file.parent)
        return f"settings are read at the top of {root} only; exclude this file, or check {folder} by itself"
    for name, what in ((SETTINGS_FILE, "settings"), (WAIVERS_FILE, "waivers")):
        if file.parent == found.root and file.stem.lower() == Path(name).stem:
            return f"rename this file to {name}: under this name no {what} are read"
    return ""


def _nothing_there(skipped: int) -> str:
    others = f" ({skipped} YAML file{'s hold' if skipped > 1 else ' holds'} no register of isocheck)" if skipped else ""
    return f"no description of a quality management system here{others}; write one with: isocheck init DIR"


def is_own_shape(document: Document) -> bool:
    """Tell whether a file that is not the settings holds registers in our own shape, and nothing that is wrong."""
    problems: list[Problem] = []
    description = Description("", Location(document.name), Settings(), (), ())
    return _take(document, False, description, problems) and not problems


def _read(
    file: Path, found: Found, limits: Limits, problems: list[Problem], given: bytes | None = None
) -> Document | None:
    shown = found.shown(file)
    try:
        raw = read_bytes(file, shown, limits.bytes) if given is None else given
        return read_yaml(raw, shown, limits)
    except InputError as error:
        problems += error.problems
        return None


# --- one file -------------------------------------------------------------------


def _take(document: Document, is_main: bool, description: Description, problems: list[Problem]) -> bool:
    """Put the registers of a file into the description; tell whether it has any, or is the main file."""
    data = document.data
    if data is None:
        return is_main
    if not isinstance(data, dict):
        if is_main:
            problems.append(Problem("expected registers such as 'processes:' at the top", document.locate(())))
        return is_main
    known = [key for key in data if key in REGISTERS]
    others = [key for key in data if key not in REGISTERS and not (is_main and key in shapes(Settings))]
    for key in others:
        near = did_you_mean(key, _NAMES if is_main else REGISTERS, cutoff=0.6 if known or is_main else 0.84)
        if known or is_main or near:
            what = "register or setting" if is_main else "register"
            problems.append(Problem(f"{quoted(key)} is no {what}{near or _hint(key)}", document.locate((key,))))
    for key in known:
        _take_register(document, key, data[key], description, problems)
    return bool(known) or is_main


def _hint(key: str) -> str:
    return f"; this setting belongs into {SETTINGS_FILE}" if key in shapes(Settings) else "; see: isocheck schema qms"


def _take_register(document: Document, key: str, rows: Any, description: Description, problems: list[Problem]) -> None:
    table = description.tables[key]
    if table.register.single and table.place is not None:
        where = table.place[0].locate(table.place[1])
        problems.append(Problem(f"{key} stands twice (first at {where}); it holds one entry", document.locate((key,))))
        return
    table.place = table.place or (document, (key,))
    if rows is None or rows == [] or rows == {}:
        return
    base: tuple[Route, ...]
    if table.register.single:
        rows, base = [rows], ((key,),)
    elif isinstance(rows, list):
        base = tuple((key, index) for index in range(len(rows)))
    else:
        text = f"{key}: expected a list of entries, each beginning with '- id:'"
        problems.append(Problem(text, document.locate((key,))))
        return
    entries = _validated(document, adapter(key), table.register.model, rows, base, problems)
    for entry, route in zip(entries, base, strict=True):
        if entry is not None and not (table.register.single and not says_something(entry)):
            table.entries.append(entry)
            table.origins.append((document, route))


def _validated(
    document: Document,
    adapter: TypeAdapter[Any],
    model: type,
    rows: list[Any],
    base: tuple[Route, ...],
    problems: list[Problem],
) -> list[Any]:
    entries, faults = validate(adapter, model, rows)
    problems += (Problem(text, document.locate((*base[at], *route))) for at, route, text in faults)
    return entries


# --- isocheck.yaml ----------------------------------------------------------------


def _settings(document: Document, problems: list[Problem]) -> Settings:
    if not isinstance(document.data, dict):
        return Settings()
    keys = shapes(Settings)
    rows = {key: value for key, value in document.data.items() if key in keys}
    found = _validated(document, TypeAdapter(list[Settings]), Settings, [rows], ((),), problems)
    return found[0] or Settings()


def _check_settings(main: Document | None, settings: Settings, words: Vocabulary) -> Iterator[Problem]:
    """Yield a problem for each name that the pack does not have, and each occasion that does not say enough."""
    if main is None:
        return
    named: list[tuple[str, str, frozenset[str], Route]] = []
    named += [("interval", name, words.intervals, ("intervals", name)) for name in settings.intervals or {}]
    named += [("rule", rule, words.rules, ("rules", at)) for at, rule in enumerate(settings.rules) if rule]
    for at, source in enumerate(settings.sources):
        for way, clause in clauses_given(source):
            if clause not in words.clauses:
                text = f"{quoted(clause)} is no clause or requirement of this standard"
                near = did_you_mean(clause, sorted(words.clauses))
                yield Problem(f"{text}{near}", main.locate(("sources", at, *way)))
    for at, occasion in enumerate(settings.occasions):
        route: Route = ("occasions", at)
        if occasion.register_:
            named.append(("register that may be declared empty", occasion.register_, words.occasions, route))
        for field in ("register_", "starts", "ends", "reason"):
            if getattr(occasion, field) is None:
                text = f"an occasion needs {field.rstrip('_')!r}: what did not occur, from when, until when, and why"
                yield Problem(text, main.locate(route))
        if occasion.starts and occasion.ends and occasion.ends < occasion.starts:
            yield Problem("this occasion ends before it starts", main.locate((*route, "ends")))
    for what, name, known, route in named:
        if name not in known:
            near = did_you_mean(name, sorted(known)) or f"; known are {', '.join(sorted(known)) or 'none'}"
            yield Problem(f"{quoted(name)} is no {what} of this standard's pack{near}", main.locate(route))


# --- files that documents and records name ------------------------------------------


def _probe_paths(description: Description, root: Path) -> Iterator[Problem]:
    """Note for each path that is named whether it is there; yield a problem for each that leads outside."""
    base = root if root.is_dir() else root.parent
    for name in ("documents", "records"):
        for at, entry in enumerate(description.entries(name)):
            if entry.path is None or entry.path in description.found:
                continue
            entry.__dict__["path"] = plain_path(base, entry.path)
            there = probe(base, entry.path)
            if there is not None:
                description.found[entry.path] = there
                continue
            table = description.tables[name]
            origin, path = table.origins[at]
            where = origin.locate((*path, "path"))
            text = f"the path {quoted(entry.path)} leads outside the folder of the description; use 'location' for that"
            if entry.path.startswith(("/", "\\")) and probe(base, plain_path(base, entry.path.lstrip("/\\"))):
                shown = quoted(entry.path)
                text = f"paths are told from the folder of the description; write {shown} without the first slash"
            if table.maps(at, "path"):
                description.flaws.append(Flaw("unread", name, entry.id, ("path",), text, where))
                entry.__dict__["path"] = None
            else:
                yield Problem(text, where)
