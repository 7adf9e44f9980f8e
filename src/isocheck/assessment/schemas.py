"""JSON Schemas of the formats that people write: descriptions, packs, judgements, waivers; and of the baseline."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from isocheck.assessment.baseline import BaselineFile
from isocheck.assessment.judgements import JudgementFile
from isocheck.assessment.waivers import WaiverFile
from isocheck.qms.fields import Single
from isocheck.qms.registers import REGISTERS
from isocheck.qms.settings import Settings
from isocheck.standard.model import PackFile, SectionFile

__all__ = ["assessment_schema", "baseline_schema", "pack_schema", "qms_schema", "waivers_schema"]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


class _Schema(GenerateJsonSchema):
    """Every field may be left out or empty, so that 'null' and defaults only lengthen what an editor shows."""

    def default_schema(self, schema: Any) -> dict[str, Any]:
        return self.generate_inner(schema["schema"])

    def tagged_union_schema(self, schema: Any) -> dict[str, Any]:
        found = super().tagged_union_schema(schema)
        found.pop("discriminator", None)  # a keyword of OpenAPI's, not of JSON Schema
        return found

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


def qms_schema() -> dict[str, Any]:
    """Return the schema of a file of a description: registers, and the settings of isocheck.yaml."""
    definitions: dict[str, Any] = {}
    properties: dict[str, Any] = {}
    for name, register in REGISTERS.items():
        schema = _schema(register.model, definitions)
        text = f"{register.title}. {(register.model.__doc__ or '').strip()}"
        single = issubclass(register.model, Single)
        properties[name] = {"description": text, **(schema if single else {"type": ["array", "null"], "items": schema})}
    settings = TypeAdapter(Settings).json_schema(
        schema_generator=_Schema, ref_template="#/$defs/{model}", by_alias=True
    )
    definitions.update(settings.pop("$defs", {}))
    return {
        "$schema": _DIALECT,
        "$id": "urn:isocheck:qms:1",
        "title": "Description of a quality management system for isocheck",
        "description": "One file of a description; registers may be spread over any number of files.",
        "type": ["object", "null"],
        "properties": {**settings["properties"], **properties},
        "additionalProperties": False,
        "$defs": definitions,
    }


def _schema(model: type[BaseModel], definitions: dict[str, Any]) -> dict[str, Any]:
    schema = TypeAdapter(model).json_schema(schema_generator=_Schema, ref_template="#/$defs/{model}", by_alias=True)
    definitions.update(schema.pop("$defs", {}))
    definitions[model.__name__] = schema
    return {"$ref": f"#/$defs/{model.__name__}"}


class _AnyPackFile(BaseModel):
    model_config = ConfigDict(defer_build=True)
    head: PackFile = Field(description="pack.yaml")
    section: SectionFile = Field(description="A section's file")


def pack_schema() -> dict[str, Any]:
    """Return the schema of the files of a pack: pack.yaml, or the file of a section."""
    schema = TypeAdapter(_AnyPackFile).json_schema(
        schema_generator=_Schema, ref_template="#/$defs/{model}", by_alias=True
    )
    return {
        "$schema": _DIALECT,
        "$id": "urn:isocheck:pack:1",
        "title": "A file of an isocheck pack",
        "description": "pack.yaml, or the file of one section.",
        "anyOf": [{"$ref": "#/$defs/PackFile"}, {"$ref": "#/$defs/SectionFile"}],
        "$defs": schema["$defs"],
    }


def assessment_schema() -> dict[str, Any]:
    """Return the schema of assessment.yaml, in which an assessor's judgements are kept."""
    return _file("assessment", JudgementFile)


def waivers_schema() -> dict[str, Any]:
    """Return the schema of waivers.yaml, which names findings that do not fail a run."""
    return _file("waivers", WaiverFile)


def baseline_schema() -> dict[str, Any]:
    """Return the schema of a baseline, the findings that were there when it was written."""
    return _file("baseline", BaselineFile)


def _file(name: str, model: type[BaseModel]) -> dict[str, Any]:
    schema = TypeAdapter(model).json_schema(schema_generator=_Schema, ref_template="#/$defs/{model}", by_alias=True)
    return {"$schema": _DIALECT, "$id": f"urn:isocheck:{name}:1", **schema, "title": f"isocheck {name}, version 1"}
