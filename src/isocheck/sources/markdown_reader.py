"""Markdown files as rows: one row a file, from front matter, bold lines and tables, and what the body refers to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from isocheck.errors import InputError, Problem, quoted
from isocheck.location import Location
from isocheck.sources.markdown_fields import Sighting, find_heading, find_sightings, folded
from isocheck.sources.markdown_links import Link, Mention, find_references
from isocheck.sources.markdown_text import MarkdownText, printable
from isocheck.sources.yaml_reader import UNWANTED, Document, Limits, decode, read_yaml, too_large, unwanted

__all__ = ["Also", "Link", "MarkdownRows", "Mention", "is_template", "read_markdown"]

_OPENING = re.compile(r"---[ \t]*+(?:\n|\Z)")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*+(?:\n|\Z)", re.MULTILINE)
_FIRST = re.compile(r"[^\n]*[^\s][^\n]*")
_FIELD = re.compile(r"""["']?[\w][\w .\-/]{0,80}["']?[ \t]*+:(?:[ \t\n]|\Z)""")
_TOML = re.compile(r"\+\+\+[ \t]*+\n(?:[^\n]*+\n)*?\+\+\+[ \t]*+(?:\n|\Z)")
_JSON = re.compile(r"\{[ \t]*+(?:\n\s*+)?\"")
_MOST = 20_000
_MARKS = re.compile(r"<%|\{\{|\{%")


@dataclass(frozen=True, slots=True)
class Also:
    """A field that the body gives as well, beside the row's value or where the row was not to be filled from there.

    `kind` tells from where: a bold line, a two-column table, or the newest row of a table of revisions, whose field
    is the heading of its column. The field is named as in the row if the row has it.
    """

    field: str
    value: str
    location: Location
    kind: Literal["bold", "table", "history"]


@dataclass(slots=True)
class MarkdownRows:
    """One Markdown file: `rows` holds one row, or none where the places asked for hold no field.

    `heading` is the text of the first heading of level 1; `links` and `ids` are what the body refers to; `template`
    tells that front matter or heading have marks which a tool is to fill in (`<% %>`, `{{ }}`).
    """

    name: str
    fields: tuple[str, ...]
    rows: list[dict[str, Any]]
    problems: list[Problem]
    heading: str
    links: tuple[Link, ...]
    ids: tuple[Mention, ...]
    also: tuple[Also, ...]
    template: bool
    _document: Document
    _key: tuple[str, ...]
    _places: dict[str, Location] = field(default_factory=dict)
    notices: list[Problem] = field(default_factory=list)

    @property
    def has_key(self) -> bool:
        """Whether the front matter has the key below which its fields were to stand, if one was named."""
        data = self._document.data
        return not self._key or (isinstance(data, dict) and self._key[0] in data)

    def locate(self, path: Sequence[str | int]) -> Location:
        """Return the place of a field of the one row, (0, 'revision'), of what is inside it, or of the row."""
        if not self.rows or not path or path[0] != 0:
            return Location(self.name, 1, 1, 1, 1)
        front = _below(self._document.data, self._key)
        if len(path) > 1:
            name = path[1]
            if name in self._places:
                return self._places[str(name)]
            if name in front:
                return self._document.locate((*self._key, *path[1:]))
        for name in front:
            return self._document.locate((*self._key, name))
        return next(iter(self._places.values()))


class _Front(NamedTuple):
    """Front matter as YAML and the number of lines that it takes with its marks; the text that follows."""

    yaml: str
    lines: int
    body: str


def read_markdown(
    raw: bytes,
    name: str,
    *,
    key: str | None = None,
    bold: bool = False,
    tables: bool = False,
    limits: Limits | None = None,
) -> MarkdownRows:
    """Read one Markdown file; `name` is what messages call it.

    The row's fields come from the front matter, or from the mapping below `key` in it; with `bold` from bold lines at
    the top (`**Owner:** Jane`), with `tables` from two-column tables there, each for what is not filled by then.
    Raises InputError, with places in the Markdown file, for front matter that is broken, never ends, or is no mapping,
    for TOML and JSON, and for what is not UTF-8.
    """
    limits = limits or Limits()
    if len(raw) > limits.bytes:
        raise InputError([Problem(too_large(limits.bytes), Location(name))])
    front = _split(_lines(decode(raw, name)), name)
    # An empty line stands for the opening one, so that every place is right as it comes.
    document = read_yaml(f"\n{front.yaml}".encode(), name, limits)
    keys = (key,) if key is not None else ()
    values = _mapping(document, keys, front, name)
    text = MarkdownText(front.body, name, front.lines)
    heading = find_heading(text, is_titled=bool(front.lines))
    references = find_references(text)
    found = MarkdownRows(
        name=name,
        fields=(),
        rows=[],
        problems=references.problems,
        heading=printable(heading.text),
        links=references.links,
        ids=references.ids,
        also=(),
        template=_is_marked(front.yaml, heading.text),
        _document=document,
        _key=keys,
    )
    _fill(found, values, text, heading.end_of_top, {"bold": bold, "table": tables, "history": False})
    return found


def is_template(raw: bytes) -> bool:
    """Tell whether front matter or heading have marks that a tool is to fill in; never raises.

    For a file that `read_markdown` refuses, since such marks seldom are YAML.
    """
    text = _lines(raw.decode("utf-8-sig", "replace"))
    try:
        front = _split(text, "")
    except InputError:
        return _is_marked(text, "")
    return _is_marked(front.yaml, find_heading(MarkdownText(front.body, ""), is_titled=True).text)


def _is_marked(front: str, heading: str) -> bool:
    return _MARKS.search(front) is not None or _MARKS.search(heading) is not None


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _split(text: str, name: str) -> _Front:
    """Part front matter from body; raises InputError for front matter that never ends or is in another language.

    A file that begins with '---' has front matter if a field follows, or anything at once; otherwise the line is a
    rule, as is one that is never closed and followed by no field.
    """
    opening = _OPENING.match(text)
    if opening is None:
        for other, pattern in (("TOML", _TOML), ("JSON", _JSON)):
            if pattern.match(text):
                message = f"front matter in {other} is not read; write it as YAML between two lines '---'"
                raise InputError([Problem(message, Location(name, 1, 1, 1, len(text.partition("\n")[0]) + 1))])
        return _Front("", 0, text)
    first = _FIRST.search(text, opening.end())
    while first is not None and first[0].lstrip().startswith("#"):
        first = _FIRST.search(text, first.end())
    has_field = first is not None and _FIELD.match(first[0].lstrip()) is not None
    closing = _CLOSING.search(text, opening.end())
    if closing is None:
        if has_field:
            message = "the front matter that begins here never ends; close it with a line '---'"
            raise InputError([Problem(message, Location(name, 1, 1, 1, 4))])
        return _Front("", 0, text)
    if not has_field and text.startswith("\n", opening.end()):
        return _Front("", 0, text)
    yaml = text[opening.end() : closing.start()]
    return _Front(yaml, yaml.count("\n") + 2, text[closing.end() :])


def _below(data: Any, keys: tuple[str, ...]) -> dict[str, Any]:
    for key in keys:
        data = data.get(key) if isinstance(data, dict) else None
    return data if isinstance(data, dict) else {}


def _mapping(document: Document, keys: tuple[str, ...], front: _Front, name: str) -> dict[str, Any]:
    """Return the front matter's fields, or those below the key; raises InputError for what is no mapping."""
    data = document.data
    if data is not None and not isinstance(data, dict):
        lines = map(str.strip, front.yaml.split("\n"))
        line = next(at for at, text in enumerate(lines, 2) if text and not text.startswith("#"))
        what = "a list" if isinstance(data, list) else quoted(data)
        message = f"front matter holds fields such as 'title: …', not {what}"
        raise InputError([Problem(message, Location(name, line, 1, line, 2))])
    for key in keys:
        below = (data or {}).get(key)
        if below is not None and not isinstance(below, dict):
            message = f"{quoted(key)} holds fields such as 'title: …', not {quoted(below)}"
            raise InputError([Problem(message, document.locate(keys))])
    return _below(data, keys)


def _fill(found: MarkdownRows, values: dict[str, Any], text: MarkdownText, top: int, asked: dict[str, bool]) -> None:
    """Fill the row from front matter and from the body where that is asked for; keep every other sighting."""
    row = dict(values)
    names = {folded(name): name for name in reversed(values)}
    fields = dict.fromkeys(values)
    also: list[Also] = []
    sightings, more = find_sightings(text, top, _MOST)
    if more:
        message = f"the top holds more than {_MOST} bold lines or rows of tables; the others are not looked at"
        found.problems.append(Problem(message, Location(found.name)))
    for each in sightings:
        location = text.lines.place(each.begin, each.end)
        if not _is_printable(each, location, found.problems):
            continue
        name = names.get(folded(each.name), each.name)
        if asked[each.kind]:
            names.setdefault(folded(name), name)
            if name not in fields:
                fields[name] = None
                found._places[name] = location
            if each.value and row.get(name) is None:
                row[name] = each.value
                found._places[name] = location
                continue
        if each.value:
            also.append(Also(name, each.value, location, each.kind))
    found.also = tuple(also)
    found.fields = tuple(fields)
    found.rows = [row] if fields else []


def _is_printable(each: Sighting, location: Location, problems: list[Problem]) -> bool:
    for part in (each.name, each.value):
        if not part.isprintable() and (match := UNWANTED.search(part)) is not None:
            problems.append(Problem(unwanted(match[0]), location))
            return False
    return True
