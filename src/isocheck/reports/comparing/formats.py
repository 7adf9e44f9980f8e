"""The formats of a comparison: a new one is a module and a line here; each is imported when it is asked for."""

from __future__ import annotations

from typing import Final, Literal, assert_never, get_args

from isocheck.assessment.comparison import Course

__all__ = ["FORMATS", "Name", "render_course"]

Name = Literal["terminal", "json", "markdown", "html"]
FORMATS: Final[tuple[Name, ...]] = get_args(Name)


def render_course(name: Name, course: Course, width: int = 100, plain: bool = False) -> bytes:
    """Render as bytes of UTF-8; `width` and `plain` (ASCII symbols) are for terminals."""
    match name:
        case "terminal":
            from isocheck.reports.comparing import terminal

            return terminal.render(course, width, plain).encode("utf-8", "backslashreplace")
        case "json":
            from isocheck.reports.comparing import json_report

            return json_report.render(course)
        case "markdown":
            from isocheck.reports.comparing import markdown

            return markdown.render(course)
        case "html":
            from isocheck.reports.comparing import html

            return html.render(course)
        case _:
            assert_never(name)
