"""The formats of reports: a new one is a module and a line here; each is imported when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, assert_never, get_args

from isocheck.assessment.gate import Gate
from isocheck.assessment.results import Assessment

__all__ = ["FORMATS", "Format", "format_of_suffix", "render"]

Name = Literal["terminal", "json", "markdown", "html", "sarif", "junit", "gitlab", "github", "csv"]


@dataclass(frozen=True, slots=True)
class Format:
    """A format, with the endings of files that tell it."""

    name: Name
    suffixes: tuple[str, ...]
    title: str


FORMATS: dict[str, Format] = {
    "terminal": Format("terminal", (".txt",), "summary for reading in a terminal"),
    "json": Format("json", (".json",), "everything, for other programs"),
    "markdown": Format("markdown", (".md", ".markdown"), "for the summary of a CI job"),
    "html": Format("html", (".html", ".htm"), "the gap-analysis report, one file"),
    "sarif": Format("sarif", (".sarif",), "code scanning on GitHub and other programs that read SARIF"),
    "junit": Format("junit", (".xml",), "test results, as Jenkins and GitLab read them"),
    "gitlab": Format("gitlab", (), "code quality in a merge request on GitLab"),
    "github": Format("github", (), "annotations in a run of GitHub Actions"),
    "csv": Format("csv", (".csv",), "one row a finding, for spreadsheets"),
}
assert set(FORMATS) == set(get_args(Name))


def format_of_suffix(suffix: str) -> str | None:
    """Return the format that a file's ending tells, or None."""
    return next((name for name, known in FORMATS.items() if suffix.lower() in known.suffixes), None)


def render(
    name: str,
    assessment: Assessment,
    width: int = 100,
    colour: bool = False,
    plain: bool = False,
    gate: Gate | None = None,
    relative: Callable[[str], str] = str,
) -> bytes:
    """Render an assessment as bytes of UTF-8; `width`, `colour` and `plain` (ASCII symbols) are for terminals.

    `gate` says what does not fail the run; a client's report, the HTML, never tells of it. `relative` writes the names
    of files as seen from the root of the repository, for formats that CI systems read.
    """
    known = FORMATS[name].name
    match known:
        case "terminal":
            from isocheck.reports import terminal

            return terminal.render(assessment, width, colour, plain, gate=gate).encode()
        case "json":
            from isocheck.reports import json_report

            return json_report.render(assessment, gate)
        case "markdown":
            from isocheck.reports import markdown

            return markdown.render(assessment, gate=gate)
        case "html":
            from isocheck.reports import html

            return html.render(assessment)
        case "sarif":
            from isocheck.reports import sarif

            return sarif.render(assessment, gate, relative)
        case "junit":
            from isocheck.reports import junit

            return junit.render(assessment, gate, relative)
        case "gitlab":
            from isocheck.reports import gitlab

            return gitlab.render(assessment, gate, relative)
        case "github":
            from isocheck.reports import github

            return github.render(assessment, gate, relative)
        case "csv":
            from isocheck.reports import csv_report

            return csv_report.render(assessment, gate, relative)
        case _:
            assert_never(known)
