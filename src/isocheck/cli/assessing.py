"""From a path and options to an assessment: what `check`, `report` and `explain --qms` have in common."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from isocheck.assessment.assess import assess
from isocheck.assessment.results import Assessment
from isocheck.errors import UsageError, did_you_mean, quoted
from isocheck.qms.description import Description
from isocheck.qms.loading import Vocabulary, load
from isocheck.sources.yaml_reader import Limits
from isocheck.standard.model import Pack
from isocheck.standard.packs import DEFAULT_PACK, load_pack

__all__ = ["MIB", "assess_path", "hold_selection", "read_path", "vocabulary_of"]

MIB = 1024 * 1024


def read_path(path: Path, standard: str | None = None, max_file_size: int = 16) -> tuple[Pack, Description]:
    """Read the description at `path`, and the pack that it or `standard` names.

    Raises UsageError for an unknown standard, InputError for what cannot be read.
    """
    if standard is not None:
        load_pack(standard)  # a wrong option is no problem of the description
    packs: list[Pack] = []

    def vocabulary(named: str | None) -> Vocabulary:
        pack = load_pack(standard or named or DEFAULT_PACK)
        packs.append(pack)
        return vocabulary_of(pack)

    description = load(path, vocabulary, replace(Limits(), bytes=max_file_size * MIB))
    return packs[0], description


def vocabulary_of(pack: Pack) -> Vocabulary:
    """Return the names of a pack that a description may use."""
    head = pack.file
    return Vocabulary(pack.ids, frozenset(head.intervals), frozenset(head.rules), frozenset(head.occasions))


def assess_path(
    path: Path, standard: str | None, as_of: date, selection: tuple[str, ...] = (), max_file_size: int = 16
) -> Assessment:
    """Read the description at `path` and assess it.

    Raises UsageError for an unknown standard or clause, InputError for what cannot be read.
    """
    pack, description = read_path(path, standard, max_file_size)
    hold_selection(pack, selection)
    return assess(pack, description, as_of, selection)


def hold_selection(pack: Pack, selection: tuple[str, ...]) -> None:
    """Raise UsageError for what is no clause or requirement of a pack."""
    for clause in selection:
        if clause not in pack.ids:
            near = did_you_mean(clause, sorted(pack.ids))
            raise UsageError(f"--clause: {quoted(clause)} is no clause or requirement of {pack.file.name}{near}")
