"""JSON Schemas of small formats whose shape is that of result types."""

from __future__ import annotations

from typing import Any

__all__ = ["envelope"]


def envelope(name: str, title: str, properties: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of an object with `format_version` and these properties, each given as a type of Python."""
    from pydantic import TypeAdapter

    definitions: dict[str, Any] = {}
    shown: dict[str, Any] = {"format_version": {"const": 1, "description": "Version of this format."}}
    for key, kind in properties.items():
        schema = TypeAdapter(kind).json_schema(ref_template="#/$defs/{model}", mode="serialization")
        definitions.update(schema.pop("$defs", {}))
        shown[key] = schema
    for definition in definitions.values():
        definition["additionalProperties"] = False
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:isocheck:{name}:1",
        "title": title,
        "type": "object",
        "properties": shown,
        "required": list(shown),
        "additionalProperties": False,
        "$defs": definitions,
    }
