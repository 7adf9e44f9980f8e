"""Files that stand beside a description, such as waivers.yaml: read and held against a model as the description is."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, TypeAdapter

from isocheck.errors import Problem
from isocheck.qms.validating import validate
from isocheck.sources.files import Found, read_bytes
from isocheck.sources.yaml_reader import Document, Limits, read_yaml

__all__ = ["read_document", "whole"]

Model = TypeVar("Model", bound=BaseModel)


def read_document(path: Path, limits: Limits | None = None) -> Document:
    """Read one file; JSON is read as YAML, which it is.

    Raises InputError with every problem.
    """
    limits = limits or Limits()
    shown = Found(path).shown(path)
    return read_yaml(read_bytes(path, shown, limits.bytes), shown, limits)


def whole(document: Document, model: type[Model], problems: list[Problem]) -> Model:
    """Turn all that a document holds into a model; what is wrong is added to `problems` and left out."""
    rows = [{} if document.data is None else document.data]
    (found,), faults = validate(TypeAdapter(list[model]), model, rows)  # type: ignore[valid-type]  # known at run time only
    problems += (Problem(fault.message, document.locate(fault.route)) for fault in faults)
    return found or model()
