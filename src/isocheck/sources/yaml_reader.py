"""YAML as plain data with positions, read in one loop over libyaml's events and safe against hostile input.

What is written is what is read: a plain scalar keeps its text (`1.10`, `007`, `no`), only null, true and false
apart (YAML 1.2 core); the field that takes it gives it a type. Composing nodes would cost six times as much, keep no
marks of keys, and recurse until the stack is gone. Accepted: UTF-8 with or without BOM, any line ends, empty files,
anchors and aliases of normal size. Refused: tags, directives, merge keys, several documents, duplicate keys, and
characters that no text needs: control characters, also as escapes, since they would reach terminals and files of
other formats; and the line separators on which YAML 1.1 and 1.2 disagree, since lines would be counted wrongly.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from sys import intern
from typing import Any, NoReturn

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from isocheck.errors import InputError, Problem, quoted
from isocheck.location import Location

__all__ = ["UNWANTED", "Document", "Limits", "decode", "read_yaml", "too_large", "unwanted"]

# The pure parser gives the same events where the C one was not built, some nineteen times slower.
_BACKEND: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds for one file: bytes, levels of nesting, nodes, nodes that aliases repeat, and the values of a table."""

    bytes: int = 16 * 1024 * 1024
    depth: int = 64
    nodes: int = 2_000_000
    aliased: int = 100_000
    cells: int = 4_000_000


_CONSTANTS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_SEPARATORS = "\x85\u2028\u2029\ufeff"  # let through by libyaml, unlike the other unwanted characters
UNWANTED = re.compile("[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_DIRECTIVE = re.compile(r"^%", re.MULTILINE)
_LOW = 0xFFFFFFFF


class Document:
    """What one file holds: `data` of dicts, lists, texts, booleans and None, and the place of each key and item.

    Positions stay outside the data, in the order in which containers end; they are indexed by container identity
    when a place is first asked for, so that files without a finding never pay for it.
    """

    __slots__ = ("_begins", "_ends", "_keys", "_offsets", "data", "name")

    def __init__(self, data: Any, name: str, begins: array[int], ends: array[int]) -> None:
        self.data = data
        self.name = name
        self._begins = begins
        self._ends = ends
        self._offsets: dict[int, int] | None = None
        self._keys: dict[int, dict[str, int]] = {}

    def locate(self, path: Sequence[str | int]) -> Location:
        """Return the place of the last step of `path` that exists: of the key in a mapping, of the item in a list."""
        current, place = self.data, None
        for step in path:
            at = self._position(current, step)
            if at is None:
                break
            place, current = at, current[step]
        if place is None:
            return Location(self.name, 1, 1, 1, 1)
        begin, end = self._begins[place], self._ends[place]
        if end <= begin and isinstance(current, dict) and current:  # an item that is a mapping: show its first key
            first = self._position(current, next(iter(current)))
            assert first is not None
            begin, end = self._begins[first], self._ends[first]
        return Location(self.name, (begin >> 32) + 1, (begin & _LOW) + 1, (end >> 32) + 1, (end & _LOW) + 1)

    def _position(self, container: Any, step: str | int) -> int | None:
        if isinstance(container, dict):
            keys = self._keys.get(id(container))
            if keys is None:
                keys = self._keys[id(container)] = {key: at for at, key in enumerate(container)}
            at = keys.get(step) if isinstance(step, str) else None
        elif isinstance(container, list) and isinstance(step, int) and 0 <= step < len(container):
            at = step
        else:
            return None
        return None if at is None else self._index()[id(container)] + at

    def _index(self) -> dict[int, int]:
        """Return where each container's positions begin: containers end in post-order."""
        if self._offsets is None:
            offsets: dict[int, int] = {}
            count = 0
            todo: list[tuple[Any, bool]] = [(self.data, False)]
            while todo:
                container, ended = todo.pop()
                if ended:
                    offsets[id(container)] = count
                    count += len(container)
                elif isinstance(container, dict | list) and id(container) not in offsets:
                    todo.append((container, True))
                    values = container.values() if isinstance(container, dict) else container
                    todo += [(value, False) for value in reversed(list(values)) if isinstance(value, dict | list)]
            self._offsets = offsets
        return self._offsets


def read_yaml(raw: bytes, name: str, limits: Limits | None = None) -> Document:
    """Read one YAML file; `name` is what messages call it.

    Raises InputError with every problem that reading could reach, each with its place.
    """
    limits = limits or Limits()
    if len(raw) > limits.bytes:
        raise InputError([Problem(too_large(limits.bytes), Location(name))])
    text = decode(raw, name)
    if not text.isascii() and any(char in text for char in _SEPARATORS):
        _refuse_unwanted(text, name)
    directive = _DIRECTIVE.search(text)
    if directive is not None:
        _refuse("a line that begins with '%' is not allowed; put the text in quotes", text, directive.start(), name)
    builder = _Builder(name, limits)
    try:
        return builder.build(_BACKEND(text).get_event)
    except yaml.MarkedYAMLError as error:
        builder.problems.append(_syntax(error, text, name))
    except yaml.YAMLError:  # the reader's own error carries no line
        _refuse_unwanted(text, name)
    raise InputError(builder.problems)


def too_large(limit: int) -> str:
    """Say that a file is larger than `limit` bytes, and what lifts the limit."""
    return f"the file is larger than {limit // (1024 * 1024)} MiB; --max-file-size lifts the limit"


def _refuse_unwanted(text: str, name: str) -> NoReturn:
    found = UNWANTED.search(text)
    at = found.start() if found else 0
    _refuse(unwanted(text[at]), text, at, name)


def unwanted(char: str) -> str:
    """Say that a character that UNWANTED finds cannot stand in a text."""
    return f"the character U+{ord(char):04X} cannot stand in a text; remove it"


def decode(raw: bytes, name: str) -> str:
    """Return the text of a file in UTF-8, without its BOM; raises InputError with the place of what is not UTF-8."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise InputError([Problem("the file is in UTF-16 or UTF-32; save it as UTF-8", Location(name, 1, 1, 1, 1))])
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = len(raw[raw.rfind(b"\n", 0, error.start) + 1 : error.start].decode("utf-8", "replace")) + 1
        text = f"the byte 0x{raw[error.start]:02x} is not UTF-8; save the file as UTF-8"
        raise InputError([Problem(text, Location(name, line, column, line, column + 1))]) from None


def _refuse(message: str, text: str, at: int, name: str) -> NoReturn:
    line = text.count("\n", 0, at) + 1
    column = at - text.rfind("\n", 0, at)
    raise InputError([Problem(message, Location(name, line, column, line, column + 1))])


_WORDING = {
    "found character that cannot start any token": "this character cannot stand here; put the text in quotes",
    "mapping values are not allowed in this context": "a colon cannot stand here; put the text in quotes, or check the "
    "indentation",
    "did not find expected key": "the indentation does not fit, or a quote is not closed",
    "could not find expected ':'": "a ':' is missing after a key, or a text over several lines needs quotes",
    "did not find expected '-' indicator": "a list goes on with '- ', indented as before",
    "block sequence entries are not allowed in this context": "a list cannot begin here; put it on a line of its own",
    "did not find expected ',' or ']'": "a ',' or the closing ']' is missing",
    "did not find expected ',' or '}'": "a ',' or the closing '}' is missing",
    "found unexpected end of stream": "a quote is not closed before the end of the file",
    "did not find expected <document start>": "this does not belong to what stands above it; check the indentation",
    "did not find expected node content": "a value is missing here",
    "found a tab character that violates indentation": "a tab cannot indent; use spaces",
    "exceeded maximum nesting depth": "this is nested deeper than anybody writes by hand",  # libyaml's own bound
}


def _tag(tag: str) -> str:
    """Return a tag as it is written in the file."""
    return quoted(tag.replace("tag:yaml.org,2002:", "!!", 1))


def _syntax(error: yaml.MarkedYAMLError, text: str, name: str) -> Problem:
    mark = error.problem_mark or error.context_mark
    problem = error.problem or error.context or "this is no YAML"
    lines = text.splitlines() if mark is not None else []
    line, column = (mark.line, mark.column) if mark is not None else (0, 0)
    here = lines[line] if line < len(lines) else ""
    if here[column : column + 1] == "\t" or (here[:column].strip(" ") == "" and "\t" in here[: column + 1]):
        message = "a tab cannot indent; use spaces"
    else:
        message = _WORDING.get(problem, problem)
    begun = error.context_mark
    if begun is not None and mark is not None and begun.line != mark.line:
        message += f" (in what begins on line {begun.line + 1})"
    return Problem(message, Location(name, line + 1, column + 1, line + 1, column + 2))


class _Builder:
    """Builds data from events; problems that leave the rest readable are collected, others end the reading."""

    def __init__(self, name: str, limits: Limits) -> None:
        self.name = name
        self.limits = limits
        self.problems: list[Problem] = []

    def note(self, message: str, event: Any) -> None:
        begin, end = event.start_mark, event.end_mark
        place = Location(self.name, begin.line + 1, begin.column + 1, end.line + 1, end.column + 1)
        self.problems.append(Problem(message, place))

    def stop(self, message: str, event: Any) -> NoReturn:
        self.note(message, event)
        raise InputError(self.problems)

    def build(self, get: Callable[[], Any]) -> Document:  # one loop: a call an event would double it
        """Run through all events; what is local here is so because the loop is hot."""
        begins, ends = array("Q"), array("Q")
        stack: list[tuple[Any, list[int], list[int], bool, str | None, int]] = []
        anchors: dict[str, tuple[Any, int] | None] = {}
        constants = _CONSTANTS
        current: Any = None
        root: Any = None
        starts: list[int] = []
        stops: list[int] = []
        key = ""
        anchor: str | None = None
        in_map = have_key = False
        documents = nodes = aliased = 0
        while True:
            event = get()
            kind = type(event)
            if kind is ScalarEvent:
                value: Any = event.value
                if event.tag is not None:
                    self.note(f"the tag {_tag(event.tag)} is not allowed; write plain text", event)
                if event.style == '"' and (found := UNWANTED.search(value)) is not None:
                    self.note(unwanted(found[0]), event)
                if in_map and not have_key:
                    key = intern(value)
                    have_key = True
                    begin, end = event.start_mark, event.end_mark
                    starts.append(begin.line << 32 | begin.column)
                    stops.append(end.line << 32 | end.column)
                    if key in current:
                        self.note(f"the key {quoted(key)} stands twice in one entry; keep one of them", event)
                    elif key == "<<" and not event.style:
                        self.note("merge keys ('<<') are not allowed; write the fields out", event)
                    if event.anchor is not None:
                        self.note("an anchor cannot stand on a key", event)
                    continue
                if not event.style and value in constants:
                    value = constants[value]
                if in_map:
                    current[key] = value
                    have_key = False
                elif current is not None:
                    current.append(value)
                    begin, end = event.start_mark, event.end_mark
                    starts.append(begin.line << 32 | begin.column)
                    stops.append(end.line << 32 | end.column)
                else:
                    root = value
                if event.anchor is not None:
                    anchors[event.anchor] = value, 1 + len(event.value) // 64
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                if event.tag is not None:
                    self.note(f"the tag {_tag(event.tag)} is not allowed; write plain lists and mappings", event)
                if len(stack) >= self.limits.depth:
                    self.stop(f"this is nested deeper than {self.limits.depth} levels", event)
                new: Any = {} if kind is MappingStartEvent else []
                if in_map:
                    if not have_key:
                        self.stop("a key must be a text, not a list or a mapping", event)
                    current[key] = new
                    have_key = False
                elif current is not None:
                    current.append(new)
                    begin = event.start_mark
                    starts.append(begin.line << 32 | begin.column)
                    stops.append(begin.line << 32 | begin.column)
                else:
                    root = new
                stack.append((current, starts, stops, in_map, anchor, nodes))
                current, starts, stops, in_map, anchor = new, [], [], kind is MappingStartEvent, event.anchor
                if anchor is not None:
                    anchors[anchor] = None  # open until it ends, so that it cannot contain itself
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                begins.extend(starts)
                ends.extend(stops)
                nodes += len(starts)
                if nodes > self.limits.nodes:
                    self.stop(f"the file holds more than {self.limits.nodes} values; split it", event)
                done, ended = current, anchor
                current, starts, stops, in_map, anchor, before = stack.pop()
                if ended is not None:
                    anchors[ended] = done, nodes - before + 1
            elif kind is AliasEvent:
                if in_map and not have_key:
                    self.stop("an alias cannot be a key", event)
                known = anchors.get(event.anchor, False)
                if known is False:
                    self.stop(f"there is no anchor {quoted(event.anchor)} above; put the text in quotes", event)
                if known is None:
                    self.stop(f"the anchor {quoted(event.anchor)} contains itself", event)
                value, size = known  # type: ignore[misc]  # a pair, after the two tests above
                aliased += size
                nodes += size  # so that an anchor around aliases weighs what it stands for
                if aliased > self.limits.aliased:
                    self.stop(f"aliases repeat more than {self.limits.aliased} values; write them out", event)
                if in_map:
                    current[key] = value
                    have_key = False
                else:
                    current.append(value)
                    begin, end = event.start_mark, event.end_mark
                    starts.append(begin.line << 32 | begin.column)
                    stops.append(end.line << 32 | end.column)
            elif kind is DocumentStartEvent:
                documents += 1
                if documents > 1:
                    self.stop("a second document begins here ('---'); put it into a file of its own", event)
            elif kind is StreamEndEvent:
                if self.problems:
                    raise InputError(self.problems)
                return Document(root, self.name, begins, ends)
