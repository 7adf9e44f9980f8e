"""What was found in an organisation's folder: sources to be declared, and what is left out, each with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from glob import escape
from pathlib import Path
from typing import Any

from isocheck.errors import InputError
from isocheck.qms.matching import Recognised
from isocheck.qms.sourcing import SourceFormat
from isocheck.sources.files import Found

__all__ = ["Place", "Proposed", "Survey", "exact", "is_no_document", "written"]

_NO_DOCUMENT = frozenset(
    {"readme", "changelog", "license", "licence", "contributing", "code_of_conduct", "security", "index", "_index"}
)


@dataclass(slots=True)
class Proposed:
    """A source to be declared: its format, pattern and files, its options, and what its rows were recognised as."""

    format: SourceFormat
    pattern: str
    files: list[Path]
    options: dict[str, Any]
    found: Recognised

    def declaration(self) -> dict[str, Any]:
        """Return the source as isocheck.yaml declares it."""
        declared = {self.format: self.pattern, "register": self.found.register, **self.options, **self.found.settings}
        if "only" in declared:
            declared["only"] = {**self.options.get("only", {}), **self.found.settings.get("only", {})}
        return declared


@dataclass(frozen=True, slots=True)
class Place:
    """A folder that holds no record yet, and the registers that its name speaks of."""

    path: str
    registers: tuple[str, ...]


@dataclass(slots=True)
class Survey:
    """What there is in a folder: sources to be declared, files to be excluded, and what is neither, with the reason.

    `own` are files in the registers' own shape; `looked_at` counts files by what they are.
    """

    found: Found
    sources: list[Proposed] = field(default_factory=list)
    exclude: dict[str, str] = field(default_factory=dict)
    left: list[tuple[str, str]] = field(default_factory=list)
    own: list[str] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    looked_at: dict[str, int] = field(default_factory=dict)

    def excluded(self, path: Path) -> bool:
        """Tell whether a path is excluded by now."""
        return self.found.excluded(path, tuple(self.exclude))

    def count(self, what: str) -> None:
        """Count a file that was looked at."""
        self.looked_at[what] = self.looked_at.get(what, 0) + 1

    def leave(self, path: Path, why: str) -> None:
        """Note that a file is left out."""
        self.left.append((self.found.relative(path), why))

    def names(self, pattern: str, files: Sequence[Path]) -> bool:
        """Tell whether a pattern names just these files."""
        try:
            return set(self.found.fitting(pattern, tuple(self.exclude))) == set(files)
        except InputError:
            return False


def written(name: str) -> str:
    """Return a path as a pattern of a source: what YAML cannot write, '?' stands for."""
    text = "".join(char if char.isprintable() else "?" for char in name)
    return "/".join(f"?{part[1:]}" if part[:1].isspace() else part for part in text.split("/"))


def exact(found: Found, path: Path) -> str:
    """Return the pattern of `exclude` for a file or folder alone."""
    text = escape(found.relative(path))
    return "".join(char if char.isprintable() else "?" for char in text)


def is_no_document(path: Path) -> bool:
    """Tell whether a Markdown file is about its folder, and no document of the system: README and the like."""
    return path.stem.casefold() in _NO_DOCUMENT
