"""Writing YAML that people go on editing: the only module that knows ruamel.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

__all__ = ["Commented", "compose"]


@dataclass(frozen=True, slots=True)
class Commented:
    """An item of a list with the comment that belongs above it, which may hold several lines."""

    comment: str
    value: Any


def compose(head: str, values: Mapping[str, tuple[str, Any]]) -> str:
    """Return YAML text: `head` as comment lines on top, then each key with the comment that belongs above it.

    `values` maps a key to its comment (may hold several lines) and its value: text, number, list or mapping. Items of
    a list may be `Commented`.
    """
    document = CommentedMap()
    for key, (comment, value) in values.items():
        document[key] = _items(value) if isinstance(value, list) else value
        if comment:
            document.yaml_set_comment_before_after_key(key, before=comment)
    document.yaml_set_start_comment(head)
    writer = YAML()
    writer.width = 100
    writer.indent(mapping=2, sequence=4, offset=2)
    stream = StringIO()
    writer.dump(document, stream)
    return stream.getvalue()


def _items(value: list[Any]) -> CommentedSeq:
    items = CommentedSeq(item.value if isinstance(item, Commented) else item for item in value)
    for at, item in enumerate(value):
        if isinstance(item, Commented) and item.comment:
            items.yaml_set_comment_before_after_key(at, before=item.comment, indent=2)
    return items
