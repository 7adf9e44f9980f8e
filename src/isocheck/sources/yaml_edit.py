"""Writing YAML that people go on editing: the only module that knows ruamel.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap

__all__ = ["compose"]


def compose(head: str, values: Mapping[str, tuple[str, Any]]) -> str:
    """Return YAML text: `head` as comment lines on top, then each key with the comment that belongs above it.

    `values` maps a key to its comment (may hold several lines) and its value: text, number, list or mapping.
    """
    document = CommentedMap()
    for key, (comment, value) in values.items():
        document[key] = value
        if comment:
            document.yaml_set_comment_before_after_key(key, before=comment)
    document.yaml_set_start_comment(head)
    writer = YAML()
    writer.width = 100
    writer.indent(mapping=2, sequence=4, offset=2)
    stream = StringIO()
    writer.dump(document, stream)
    return stream.getvalue()
