"""Which schema belongs to which format."""

from __future__ import annotations

from typing import Any

from isocheck.assessment.schemas import assessment_schema, baseline_schema, pack_schema, qms_schema, waivers_schema
from isocheck.reports.calendar.json_shape import calendar_schema
from isocheck.reports.comparing.shape import comparison_schema
from isocheck.reports.pages import tree_schema
from isocheck.reports.reading import reading_schema
from isocheck.reports.result_schema import result_schema

__all__ = ["schema_of"]


def schema_of(name: str) -> dict[str, Any]:
    """Return the JSON Schema of a format, by the name that the command `schema` takes."""
    return _MAKERS[name]()


_MAKERS = {
    "qms": qms_schema,
    "pack": pack_schema,
    "assessment": assessment_schema,
    "waivers": waivers_schema,
    "baseline": baseline_schema,
    "result": result_schema,
    "sources": reading_schema,
    "clauses": tree_schema,
    "calendar": calendar_schema,
    "comparison": comparison_schema,
}
