"""Pages and the tree of clauses as plain text, and the tree as JSON."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from isocheck.assessment.pages import ClauseRow, Page
from isocheck.reports.dataclass_schema import envelope
from isocheck.terms import label

__all__ = ["page_text", "tree_json", "tree_schema", "tree_text"]

_WIDEST = 96


def page_text(page: Page, width: int) -> str:
    """Return a page as text of at most `width` columns."""
    return "\n".join(_page(page, max(30, min(width, _WIDEST)))) + "\n"


def _page(page: Page, width: int) -> Iterator[str]:
    yield from textwrap.wrap(page.title, width)
    yield "=" * min(width, len(page.title))
    for part in page.parts:
        yield ""
        yield part.heading
        for text in part.text:
            yield from textwrap.wrap(text, width, initial_indent="  ", subsequent_indent="  ")
        for line in part.lines:
            yield from textwrap.wrap(line, width, initial_indent="  - ", subsequent_indent="    ")


def tree_text(rows: tuple[ClauseRow, ...], width: int, requirements: bool) -> str:
    """Return the tree as text; with `requirements`, each with its statement and what is to be documented."""
    return "\n".join(_tree(rows, max(30, min(width, _WIDEST)), requirements)) + "\n"


def _tree(rows: tuple[ClauseRow, ...], width: int, requirements: bool) -> Iterator[str]:
    for row in rows:
        indent = "  " * (row.level - 1)
        if row.level == 1 and row is not rows[0]:
            yield ""
        count = f" ({len(row.requirements)})" if row.requirements else ""
        yield from textwrap.wrap(
            f"{row.id} {row.title}{count}", width, initial_indent=indent, subsequent_indent=f"{indent}    "
        )
        if not requirements:
            continue
        for requirement in row.requirements:
            tail = f" [{requirement.documented}]" if requirement.documented else ""
            text = f"{label(requirement.id)} {requirement.statement}{tail}"
            yield from textwrap.wrap(text, width, initial_indent=f"{indent}  ", subsequent_indent=f"{indent}      ")


def tree_json(rows: tuple[ClauseRow, ...]) -> bytes:
    """Return the tree as JSON: a list of clauses, each with its requirements."""
    return (json.dumps({"format_version": 1, "clauses": [asdict(row) for row in rows]}, indent=1) + "\n").encode()


def tree_schema() -> dict[str, Any]:
    """Return the JSON Schema of `tree_json`."""
    return envelope("clauses", "The tree of clauses of a pack", {"clauses": list[ClauseRow]})
