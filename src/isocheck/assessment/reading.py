"""What was read of a description: sources, files, entries and fields, and all that was left out, as reports show it."""

from __future__ import annotations

from dataclasses import dataclass

from isocheck.qms.description import Description
from isocheck.qms.registers import REGISTERS

__all__ = ["ReadSource", "Reading", "reading_of"]


@dataclass(frozen=True, slots=True)
class ReadSource:
    """What became of one source.

    `mapped` pairs the organisation's names with ours; `unmapped` fits no field; `ignored` is left out on purpose;
    `unmet` stands in the settings and in no file. `wrong` says what does not hold, each with its place in front.
    `templates` are files that were taken for templates, `bare` those that hold no fields: no entries came of them.
    """

    format: str
    pattern: str
    register: str
    title: str
    files: tuple[str, ...]
    rows: int
    entries: int
    mapped: tuple[tuple[str, str], ...]
    unmapped: tuple[str, ...]
    ignored: tuple[str, ...]
    unmet: tuple[str, ...]
    left: tuple[str, ...]
    sample: str
    wrong: tuple[str, ...]
    templates: tuple[str, ...]
    bare: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read below one root.

    `own` are files in the registers' own shape with their entries; `skipped` YAML files without a register; `unread`
    all other files that no source names.
    """

    root: str
    sources: tuple[ReadSource, ...]
    own: tuple[tuple[str, int], ...]
    skipped: tuple[str, ...]
    unread: tuple[str, ...]


def reading_of(description: Description) -> Reading:
    """Return what was read of a description."""
    sources = []
    claimed: set[str] = set()
    for report in description.sources:
        files = set(report.files)
        claimed |= files
        wrong = (
            f"{flaw.location}: {flaw.message}"
            for flaw in description.flaws
            if flaw.location.file in files and flaw.register == report.register
        )
        sources.append(
            ReadSource(
                report.format,
                report.pattern,
                report.register,
                REGISTERS[report.register].title,
                report.files,
                report.rows,
                report.entries,
                report.mapped,
                report.unmapped,
                report.ignored,
                report.unmet,
                report.left,
                report.sample,
                tuple(dict.fromkeys(wrong)),
                report.templates,
                report.bare,
            )
        )
    own = {file: 0 for file in description.files if file not in claimed}
    for table in description.tables.values():
        for origin, _ in table.origins:
            if origin.name in own:
                own[origin.name] += 1
    return Reading(description.root, tuple(sources), tuple(own.items()), description.skipped, description.unread)
