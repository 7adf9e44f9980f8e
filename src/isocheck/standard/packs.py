"""Packs on disk: finding them, reading them, and refusing those that do not hold together.

The YAML is the source. The wheel also carries each pack as JSON, made and checked when the wheel was built; it is read
in its stead while it names the very YAML that lies beside it, and saves reading and checking that YAML on every run.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from isocheck import __version__
from isocheck.checks import KINDS
from isocheck.errors import InputError, Problem, UsageError, did_you_mean
from isocheck.qms.wording import reword
from isocheck.sources.files import read_bytes
from isocheck.sources.yaml_reader import Document, Limits, read_yaml
from isocheck.standard.model import Pack, PackFile, SectionFile

__all__ = ["COMPILED", "DEFAULT_PACK", "available", "compile_pack", "load_pack", "read_pack"]

DEFAULT_PACK = "iso9001-2015"
COMPILED = "compiled.json"
"""Name of a pack's compiled form, beside its YAML in the wheel."""
_HEAD, _SECTIONS = "pack.yaml", "[0-9]*.yaml"
_PACKAGE = Path(__file__).resolve().parents[1]


def _home() -> Path:
    """Return the folder of packs: inside the installed package, else that of the checkout."""
    inside = _PACKAGE / "clauses"
    return inside if inside.is_dir() else _PACKAGE.parents[1] / "clauses"


def available() -> tuple[str, ...]:
    """Return the names of the packs that are installed."""
    return tuple(sorted(path.parent.name for path in _home().glob("*/pack.yaml")))


@cache
def load_pack(name: str) -> Pack:
    """Return an installed pack.

    Raises UsageError for an unknown name, InputError where the pack does not hold together.
    """
    known = available()
    if name not in known:
        near = did_you_mean(name, known) or f"; installed are {', '.join(known)}"
        raise UsageError(f"no standard {name!r}{near}")
    return read_pack(_home() / name)


def read_pack(folder: Path) -> Pack:
    """Return the pack in a folder, from its compiled form while that names the YAML beside it.

    Raises InputError with every problem, each with its place in the YAML.
    """
    return _compiled(folder) or _checked(folder)


def _checked(folder: Path) -> Pack:
    """Read a pack from its YAML and check it."""
    problems: list[Problem] = []
    head = _load(folder / _HEAD, PackFile, problems)
    sections = [_load(path, SectionFile, problems) for path in sorted(folder.glob(_SECTIONS))]
    if problems or head is None:
        raise InputError(problems)
    pack = Pack(head[0], _in_order(found[0] for found in sections if found))
    documents = {"": head[1]} | {found[0].section: found[1] for found in sections if found}
    from isocheck.standard.lint import lint  # what was checked when the wheel was built needs none

    problems += lint(pack, documents)
    if problems:
        raise InputError(problems)
    return pack


# --- packs that were read and checked when the wheel was built --------------------


def compile_pack(folder: Path) -> bytes:
    """Read and check a pack; return it as JSON that names the YAML it was made from.

    Raises InputError where the pack does not hold together.
    """
    _checked(folder)
    files = {path.name: read_yaml(path.read_bytes(), path.name).data for path in _files(folder)}
    return json.dumps({"made_from": _fingerprint(folder), "files": files}, ensure_ascii=False).encode()


def _compiled(folder: Path) -> Pack | None:
    """Return the pack from its compiled form, None where there is none or the YAML is no longer what it came from."""
    try:
        raw = (folder / COMPILED).read_bytes()
    except OSError:
        return None
    try:
        compiled = json.loads(raw)
        if compiled["made_from"] != _fingerprint(folder):
            return None
        head = PackFile.model_validate(compiled["files"].pop(_HEAD))
        return Pack(head, _in_order(map(SectionFile.model_validate, compiled["files"].values())))
    except (ValueError, KeyError, TypeError, AttributeError):  # whatever is wrong with it, the YAML is there
        return None


def _fingerprint(folder: Path) -> str:
    """Tell a pack's YAML, and the program that checked it, from any other."""
    digest = sha256(__version__.encode())
    for path in _files(folder):
        raw = path.read_bytes()
        digest.update(f"\n{path.name} {len(raw)}\n".encode())
        digest.update(raw)
    return digest.hexdigest()


def _files(folder: Path) -> list[Path]:
    return [folder / _HEAD, *sorted(folder.glob(_SECTIONS))]


def _in_order(sections: Iterable[SectionFile]) -> tuple[SectionFile, ...]:
    return tuple(sorted(sections, key=lambda file: int(file.section)))


# --- one file -----------------------------------------------------------------------

Model = TypeVar("Model", bound=BaseModel)


def _load(path: Path, model: type[Model], problems: list[Problem]) -> tuple[Model, Document] | None:
    shown = f"{path.parent.name}/{path.name}"
    try:
        document = read_yaml(read_bytes(path, shown, Limits().bytes), shown)
    except InputError as error:
        problems += error.problems
        return None
    try:
        return model.model_validate(document.data), document
    except ValidationError as error:
        for item in error.errors(include_url=False, include_context=True):
            route = tuple(step for step in item["loc"] if step not in KINDS)  # the union of kinds adds its tag
            problems.append(Problem(_reworded(item, route, model), document.locate(route)))
        return None


def _reworded(item: Any, route: tuple[str | int, ...], model: type) -> str:
    if item["type"] in ("extra_forbidden", "union_tag_invalid", "union_tag_not_found"):
        name = route[-1] if route else "?"
        return f"{name!r}: {item['msg']}"
    return reword(item["type"], route, model, item)
