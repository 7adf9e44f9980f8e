"""The calendar as JSON: a versioned shape of its own, from which its JSON Schema is made."""

from __future__ import annotations

import json
from typing import Annotated, Any, Final, Literal

from pydantic import Field, TypeAdapter
from typing_extensions import TypedDict

from isocheck.assessment import calendar as due
from isocheck.reports.result_schema import Engagement, Natural, Standard, Tool, published

__all__ = ["VERSION", "calendar_schema", "render"]

VERSION: Final = 1
_ISO: Final = {"format": "date"}


class Place(TypedDict):
    """Where something stands."""

    file: Annotated[str, Field(description="File.")]
    line: Annotated[Natural, Field(description="Line from 1, or 0 for a file as a whole.")]
    column: Annotated[Natural, Field(description="Column from 1, or 0 likewise.")]


class Owner(TypedDict):
    """Who sees to it; texts are empty where nobody is named."""

    ref: Annotated[str, Field(description="Role, person or people as register/id.")]
    name: Annotated[str, Field(description="The same by name.")]
    through: Annotated[str, Field(description="How that follows where the entry itself names nobody.")]


class Common(TypedDict):
    """What is said of everything."""

    task: Annotated[str, Field(description="What is to be done.")]
    name: Annotated[str, Field(description="What it is done to.")]
    register: Annotated[str, Field(description="Register of the entry.")]
    entry: Annotated[str, Field(description="Id of the entry, empty where the register as a whole is meant.")]
    part: Annotated[str, Field(description="Part of the entry.")]
    requirements: Annotated[list[str], Field(description="Ids of the requirements that it serves.")]
    owner: Annotated[Owner, Field(description="Who sees to it.")]
    location: Annotated[Place, Field(description="Where it stands.")]


class Undated(Common):
    """Something that needs a day and has none."""

    missing: Annotated[str, Field(description="Why there is no day.")]


class Item(Common):
    """Something that falls due."""

    due: Annotated[str, Field(description="The last day, as YYYY-MM-DD.", json_schema_extra=_ISO)]
    overdue_days: Annotated[Natural, Field(description="Days that have gone by since.")]
    rule: Annotated[
        Literal["written", "own", "yours", "default"],
        Field(
            description="Whose day it is: written down, by the entry's own interval, by the organisation's, or by a "
            "default of this tool, which binds nobody."
        ),
    ]
    interval: Annotated[str, Field(description="Length of the interval, empty where the day is written down.")]
    last: Annotated[
        str | None,
        Field(description="Day from which the interval runs, null where the day is written down."),
    ]


class Calendar(TypedDict):
    """What falls due up to a day."""

    format_version: Annotated[Literal[1], Field(description="Version of this shape.")]
    tool: Annotated[Tool, Field(description="The program that wrote it.")]
    standard: Annotated[Standard, Field(description="The edition that it serves.")]
    organisation: Annotated[str, Field(description="Name of the organisation.")]
    engagement: Annotated[Engagement, Field(description="What was looked at.")]
    as_of: Annotated[str, Field(description="The day for which it holds.", json_schema_extra=_ISO)]
    until: Annotated[str, Field(description="The last day that it looks ahead to.", json_schema_extra=_ISO)]
    items: Annotated[
        list[Item], Field(description="What falls due, in the order of days, so that what is overdue leads.")
    ]
    undated: Annotated[list[Undated], Field(description="What needs a day and has none.")]
    later: Annotated[Natural, Field(description="How many items fall due after the last day.")]


def render(calendar: due.Calendar) -> bytes:
    """Return the calendar as JSON in UTF-8, indented; the same calendar gives the same bytes."""
    standard, engagement = calendar.standard, calendar.engagement
    shape: Calendar = {
        "format_version": VERSION,
        "tool": {"name": "isocheck", "version": calendar.version},
        "standard": {
            "id": standard.id,
            "name": standard.name,
            "edition": standard.edition,
            "amendments": list(standard.amendments),
            "confidence": standard.confidence,
        },
        "organisation": calendar.organisation,
        "engagement": {
            "sites": list(engagement.sites),
            "processes": list(engagement.processes),
            "clauses": list(engagement.clauses),
        },
        "as_of": calendar.as_of.isoformat(),
        "until": calendar.until.isoformat(),
        "items": [_item(item) for item in calendar.items],
        "undated": [{**_common(item), "missing": item.why} for item in calendar.undated],
        "later": calendar.later,
    }
    return (json.dumps(shape, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace")


def _item(item: due.Item) -> Item:
    assert item.day is not None
    assert item.rule is not None
    return {
        "due": item.day.isoformat(),
        "overdue_days": item.overdue,
        **_common(item),
        "rule": item.rule,
        "interval": item.interval,
        "last": item.last.isoformat() if item.last else None,
    }


def _common(item: due.Item) -> Common:
    return {
        "task": item.task,
        "name": item.name,
        "register": item.register,
        "entry": item.entry,
        "part": item.part,
        "requirements": list(item.requirements),
        "owner": {"ref": item.owner.ref, "name": item.owner.name, "through": item.owner.through},
        "location": {"file": item.location.file, "line": item.location.line, "column": item.location.column},
    }


def calendar_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of the calendar as JSON."""
    return published(TypeAdapter(Calendar), "calendar", VERSION)
