"""Small changes to a description, written into its text so that every other line stays where it was.

A place is named as findings name it: `audits/AU1.findings.0.grade` for a field of an entry, `scope.statement` for one
of a register that holds a single entry, `audits/AU1` for an entry, `audits` for a register.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

__all__ = ["Change", "changed"]


@dataclass(frozen=True)
class Change:
    """What is done to a description: values set, things dropped, entries added."""

    set: dict[str, Any]
    drop: tuple[str, ...]
    add: dict[str, list[dict[str, Any]]]


@cache
def _texts(root: Path) -> dict[Path, str]:
    return {path: path.read_text("utf-8") for path in sorted(root.rglob("*.yaml"))}


def changed(root: Path, change: Change) -> dict[Path, str]:
    """Return the texts of the files that a change alters."""
    texts = dict(_texts(root))
    for place, value in change.set.items():
        path, text = _set(texts, place, _flow(value))
        texts[path] = text
    for place in change.drop:
        path, text = _drop(texts, place)
        texts[path] = text
    for register, entries in change.add.items():
        path, text = _add(texts, register, entries)
        texts[path] = text
    return {path: text for path, text in texts.items() if text != _texts(root)[path]}


def _flow(value: Any) -> str:
    """Write a value in one line; what the catalogue's reader took for a date is text again."""
    return json.dumps(value, ensure_ascii=False, default=str)


@cache
def _tree(text: str) -> yaml.Node | None:
    node: yaml.Node | None = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return node


def _registers(texts: dict[Path, str], name: str) -> list[tuple[Path, yaml.Node, yaml.Node]]:
    """Return every file that has the register, with the key's node and the value's."""
    found = []
    for path, text in texts.items():
        tree = _tree(text)
        for key, value in tree.value if isinstance(tree, yaml.MappingNode) else ():
            if key.value == name:
                found.append((path, key, value))
    assert found, f"no file has {name!r}"
    return found


def _field(node: yaml.Node, name: str) -> yaml.Node | None:
    if isinstance(node, yaml.SequenceNode):
        value: yaml.Node = node.value[int(name)]
        return value
    assert isinstance(node, yaml.MappingNode), name
    return next((value for key, value in node.value if key.value == name), None)


def _entry(texts: dict[Path, str], place: str) -> tuple[Path, yaml.Node, list[str]]:
    """Return the file and the node of the entry that a place begins with, and the fields that follow."""
    head, *fields = place.split(".")
    register, _, id_ = head.partition("/")
    for path, _, value in _registers(texts, register):
        if not id_:
            return path, value, fields
        for entry in value.value:
            own = _field(entry, "id")
            if own is not None and own.value == id_:
                return path, entry, fields
    raise AssertionError(f"there is no {head}")


def _end(text: str, node: yaml.Node) -> int:
    """Return where a node ends; a block's own end mark stands where the next thing begins."""
    begin: int = node.start_mark.index
    stop: int = node.end_mark.index
    return begin + len(text[begin:stop].rstrip())


def _set(texts: dict[Path, str], place: str, value: str) -> tuple[Path, str]:
    path, node, fields = _entry(texts, place)
    text = texts[path]
    for at, name in enumerate(fields):
        below = _field(node, name)
        if below is None:
            assert at == len(fields) - 1, f"{place}: there is no {name}"
            return path, _with_key(text, node, f"{name}: {value}")
        node = below
    return path, text[: node.start_mark.index] + value + text[_end(text, node) :]


def _with_key(text: str, node: yaml.Node, pair: str) -> str:
    """Write a key into a mapping that does not have it: before the brace, or on a line of its own at the end."""
    assert isinstance(node, yaml.MappingNode)
    end = _end(text, node)
    if node.flow_style:
        return f"{text[: end - 1]}{', ' if node.value else ''}{pair}{text[end - 1 :]}"
    return f"{text[:end]}\n{' ' * node.start_mark.column}{pair}{text[end:]}"


def _drop(texts: dict[Path, str], place: str) -> tuple[Path, str]:
    """Empty a field, a register or the file's part of it; take an entry out."""
    head = place.partition(".")[0]
    if "." in place:
        return _set(texts, place, "null")
    if "/" not in place:
        (path, _, value), *others = _registers(texts, head)
        assert not others, f"{place} stands in several files; drop its entries"
        text = texts[path]
        return path, f"{text[: value.start_mark.index]}null{text[_end(text, value) :]}"
    path, node, _ = _entry(texts, head)
    text = texts[path]
    begin, end = text.rindex("\n", 0, node.start_mark.index) + 1, _end(text, node)
    assert text[begin : node.start_mark.index].strip() == "-", f"{place} is no item of a block list"
    value = next(value for file, _, value in _registers(texts, head.partition("/")[0]) if file == path)
    if len(value.value) == 1:
        return path, f"{text[: value.start_mark.index]}[]{text[_end(text, value) :]}"
    return path, text[:begin] + text[end:].removeprefix("\n")


def _add(texts: dict[Path, str], register: str, entries: list[dict[str, Any]]) -> tuple[Path, str]:
    path, _, value = _registers(texts, register)[-1]
    text = texts[path]
    end = _end(text, value)
    assert isinstance(value, yaml.SequenceNode), register
    assert not value.flow_style, f"{register} has no block list to add to"
    dash = " " * (value.value[0].start_mark.column - 2) + "- "
    lines = "".join(f"\n{dash}{_flow(entry)}" for entry in entries)
    return path, text[:end] + lines + text[end:]
