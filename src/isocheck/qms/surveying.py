"""Looking through an organisation's folder: which files hold registers under names of its own, and which do not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from isocheck.qms.fitting import folded
from isocheck.qms.matching import Grounds
from isocheck.qms.meanings import nouns_in
from isocheck.qms.survey import Place, Survey, exact, is_no_document
from isocheck.qms.survey_lists import lists_in
from isocheck.qms.survey_markdown import documents_in
from isocheck.sources.files import Found
from isocheck.sources.yaml_reader import Limits

__all__ = ["survey"]

_TEMPLATES = re.compile(
    r"(?:document |record )?(?:templates?|vorlagen?|maler|mal|plantillas?|mod[eè]les?|sjablonen|skabeloner|mallar)"
)
_TEMPLATE_FILE = re.compile(r"(?:template|vorlage|plantilla|mod[eè]le|sjabloon|skabelon)s?")
_SUFFIXES = (".md", ".markdown", ".csv", ".tsv", ".xlsx", ".yaml", ".yml")


def survey(found: Found, grounds: Grounds, limits: Limits) -> Survey:
    """Look through the files of a folder; files are read and never changed.

    What cannot be read is left out and said; `clauses` are those of the standard.
    """
    seen = Survey(found)
    _leave_links(seen)
    _leave_templates(seen)
    lists_in(seen, grounds, limits)
    documents_in(seen, grounds, limits)
    seen.places += _empty_places(seen)
    return seen


def _leave_links(seen: Survey) -> None:
    """Exclude links that are not followed: a pattern that fits one could not be declared."""
    for path, circle in seen.found.other_links:
        if path.suffix.lower() in _SUFFIXES:
            seen.exclude[exact(seen.found, path)] = f"a link {'in a circle' if circle else 'out of this folder'}"


def _leave_templates(seen: Survey) -> None:
    for folder in seen.found.folders:
        name = folded(folder.name).lstrip("0123456789 ")
        if _TEMPLATES.fullmatch(name) and not seen.excluded(folder):
            seen.exclude[f"{exact(seen.found, folder)}/*"] = "templates"
    for path in (*seen.found.files, *seen.found.others):
        words = folded(path.stem).split()
        if path.suffix.lower() in _SUFFIXES and not seen.excluded(path):
            ends = {words[0], words[-1]} if words else set()
            if any(_TEMPLATE_FILE.fullmatch(word) for word in ends):
                seen.exclude[exact(seen.found, path)] = "a template"


def _empty_places(seen: Survey) -> Iterator[Place]:
    files = [path for path in (*seen.found.files, *seen.found.others) if not is_no_document(path)]
    filled = {parent for path in files for parent in path.parents}
    parents = {folder.parent for folder in seen.found.folders}
    for folder in sorted(seen.found.folders):
        if folder not in filled and folder not in parents and not seen.excluded(folder / "x"):
            yield Place(f"{seen.found.relative(folder)}/", tuple(nouns_in(folder.name)))
