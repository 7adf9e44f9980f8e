"""Writes a description of a given size over many files, in the plain YAML that people write."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.entries import REGISTERS, SINGLES, Counts, Entry

__all__ = ["write_few_files", "write_qms"]

_IN_A_FILE = 400
_FEW = {
    "organisation.yaml": ("organisation", "scope", "policy", "issues", "interested_parties"),
    "processes.yaml": ("processes", "risks", "objectives"),
    "people.yaml": ("roles", "people", "competence"),
    "documents.yaml": ("documents", "records"),
    "evaluation.yaml": ("audit_programme", "audits", "nonconformities", "management_reviews"),
}


def write_qms(folder: Path, size: int, flawed: int = 20) -> int:
    """Write about `size` entries below `folder`; return how many bytes. Every `flawed`-th entry has a gap."""
    total = sum(share for share, _ in REGISTERS.values())
    counts = Counts({name: max(2, round(size * share / total)) for name, (share, _) in REGISTERS.items()}, flawed)
    written = _write(folder / "isocheck.yaml", {"format_version": "1", "standard": "iso9001-2015", **SINGLES})
    for name in REGISTERS:
        entries = _entries(name, counts)
        part = 0
        while rows := list(islice(entries, _IN_A_FILE)):
            part += 1
            written += _write(folder / name / f"{name}-{part:04d}.yaml", {name: rows})
    return written


def write_few_files(folder: Path) -> None:
    """Write the small description of five files that a first gap analysis would begin with."""
    counts = Counts(dict.fromkeys(REGISTERS, 6), 0)
    for file, names in _FEW.items():
        _write(
            folder / file, {name: SINGLES[name] if name in SINGLES else list(_entries(name, counts)) for name in names}
        )


def _entries(name: str, counts: Counts) -> Iterator[Entry]:
    make = REGISTERS[name][1]
    for at in range(counts.of[name]):
        yield {"id": counts.ref(name, at), **make(at, counts)}


def _write(path: Path, data: dict[str, Any]) -> int:
    path.parent.mkdir(parents=True, exist_ok=True)
    raw = "\n".join(_block(data, 0)).encode() + b"\n"
    path.write_bytes(raw)
    return len(raw)


_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ./-]*\Z")


def _block(data: dict[str, Any], depth: int) -> Iterator[str]:
    """Yield lines: mappings and lists of entries in block style, what is inside an entry's lists in flow style."""
    pad = "  " * depth
    for key, value in data.items():
        if isinstance(value, dict) and depth == 0:
            yield f"{key}:"
            yield from _block(value, 1)
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            yield f"{pad}{key}:"
            for row in value:
                if depth:
                    yield f"{pad}  - {_flow(row)}"
                else:
                    first, *others = _block(row, 2)
                    yield f"  - {first.lstrip()}"
                    yield from others
        else:
            yield f"{pad}{key}: {_flow(value)}"


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date | int | float):
        return str(value)
    text = str(value)
    return text if _PLAIN.match(text) else "'" + text.replace("'", "''") + "'"
