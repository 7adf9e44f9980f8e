"""From the sources that isocheck.yaml declares to entries: each is read, taken, and held against the others."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from isocheck.errors import InputError, Problem
from isocheck.qms.description import Description, Origin
from isocheck.qms.master_list import File, MasterList
from isocheck.qms.never_met import nothing_fits
from isocheck.qms.settings import ApprovalSettings, Settings, SourceSettings
from isocheck.qms.sourcing import check_source, files_of, format_of, read_source
from isocheck.qms.taking import Read, Taker
from isocheck.sources.files import Found
from isocheck.sources.yaml_reader import Limits

if TYPE_CHECKING:
    from isocheck.qms.past import Past

__all__ = ["Declared", "declared_sources", "take_sources"]


@dataclass(frozen=True, slots=True)
class Declared:
    """A source of isocheck.yaml, its place in the list, its files, and whether its declaration holds."""

    source: SourceSettings
    at: int
    files: list[Path]
    sound: bool


def declared_sources(
    settings: Settings, found: Found, excluded: tuple[str, ...], main: Origin | None, problems: list[Problem]
) -> list[Declared]:
    """Return the sources in the order in which they are taken: the files of documents after the lists of them."""
    declared: list[Declared] = []
    if settings.sources and found.root.is_file():
        text = "sources are read from a folder; check the folder that holds this file"
        problems.append(Problem(text, main.locate(("sources",)) if main else None))
        return []
    for at, source in enumerate(settings.sources):
        assert main is not None, "settings come from there"
        wrong = [Problem(text, main.locate(("sources", at, *route))) for route, text in check_source(source)]
        files: list[Path] = []
        try:
            files = files_of(source, found, excluded)
        except InputError as error:
            place = main.locate(("sources", at, format_of(source) or ""))
            wrong += (Problem(problem.message, problem.location or place) for problem in error.problems)
        declared.append(Declared(source, at, files, not wrong))
        problems += wrong
    return sorted(declared, key=lambda one: (format_of(one.source) == "markdown", one.at))


def take_sources(
    declared: list[Declared],
    description: Description,
    found: Found,
    excluded: tuple[str, ...],
    limits: Limits,
    main: Origin,
    problems: list[Problem],
) -> tuple[list[Read], Past | None]:
    """Put what the sources hold into the description; return these, and the history if it was read."""
    past: Past | None = None
    are_files = (one for one in declared if format_of(one.source) == "markdown" and one.source.register_ == "documents")
    expected = frozenset(found.relative(file) for one in are_files for file in one.files)
    documents = MasterList(description, found, expected)
    asked: list[tuple[ApprovalSettings, list[File]]] = []
    taker = Taker(description, found, documents)
    for one in declared:
        if not one.sound:
            continue
        if not one.files:
            text = nothing_fits(one.source, found, excluded)
            description.notices.append((text, main.locate(("sources", one.at))))
        before = len(documents.files)
        try:
            taker.take(read_source(one.source, one.files, found, limits), (main, ("sources", one.at)))
        except InputError as error:
            problems += error.problems
        if one.source.approval is not None:
            asked.append((one.source.approval, documents.files[before:]))
    description.unread = tuple(taker.beside)
    for approval, files in asked:
        from isocheck.qms.past import Past, approve  # git is loaded where it is asked

        past = past or Past(found.root)
        approve(description, files, approval, past)
    documents.compare()
    description.found.update((file.relative, True) for file in documents.files)
    if documents.files:
        from isocheck.qms.linking import link

        link(description, documents.files, found)
    return taker.sources, past
