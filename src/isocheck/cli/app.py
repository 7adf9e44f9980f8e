"""The commands, each a few lines: read options, call what does the work, print."""

from __future__ import annotations

import json
import shutil
import sys
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from isocheck import __version__
from isocheck.cli.options import (
    AsOf,
    BaselineFile,
    Clauses,
    MaxFileSize,
    NewBaseline,
    Prune,
    QmsPath,
    StandardName,
    Until,
    WaiversFile,
    as_of_date,
    day,
)
from isocheck.terms import Grade

__all__ = ["app"]

app = typer.Typer(
    name="isocheck",
    help="Check a quality management system against ISO 9001 and render the gap-analysis report.",
    epilog="Exit codes: 0 nothing at or above the threshold, 1 findings, 2 could not run.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class FailOn(StrEnum):
    """Thresholds of `check`."""

    OPPORTUNITY = "opportunity"
    MINOR = "minor"
    MAJOR = "major"
    NEVER = "never"


class CheckFormat(StrEnum):
    """Formats for standard output."""

    TERMINAL = "terminal"
    JSON = "json"
    MARKDOWN = "markdown"
    HTML = "html"
    SARIF = "sarif"
    JUNIT = "junit"
    GITLAB = "gitlab"
    GITHUB = "github"
    CSV = "csv"


class TreeFormat(StrEnum):
    """Formats of `clauses`."""

    TERMINAL = "terminal"
    JSON = "json"


class CalendarFormat(StrEnum):
    """Formats of `calendar`."""

    TERMINAL = "terminal"
    MARKDOWN = "markdown"
    CSV = "csv"
    ICS = "ics"
    JSON = "json"


class CalendarBy(StrEnum):
    """How `calendar` groups."""

    MONTH = "month"
    OWNER = "owner"


class CalendarFailOn(StrEnum):
    """What makes `calendar` exit with 1."""

    OVERDUE = "overdue"
    NEVER = "never"


class CompareFormat(StrEnum):
    """Formats of `compare`."""

    TERMINAL = "terminal"
    JSON = "json"
    MARKDOWN = "markdown"
    HTML = "html"


class CompareFailOn(StrEnum):
    """What fails a comparison."""

    NEW = "new"
    REGRESSED = "regressed"
    NEVER = "never"


class SchemaName(StrEnum):
    """Formats that have a JSON Schema."""

    QMS = "qms"
    PACK = "pack"
    ASSESSMENT = "assessment"
    WAIVERS = "waivers"
    BASELINE = "baseline"
    RESULT = "result"
    SOURCES = "sources"
    CLAUSES = "clauses"
    CALENDAR = "calendar"
    COMPARISON = "comparison"


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"isocheck {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Check a quality management system against ISO 9001 and render the gap-analysis report."""


Outputs = Annotated[
    list[str] | None,
    typer.Option("-o", "--output", metavar="[FORMAT:]FILE", help="Also write a report to this file; may be repeated."),
]


@app.command()
def check(
    path: QmsPath = Path(),
    standard: StandardName = None,
    as_of: AsOf = None,
    clause: Clauses = None,
    fail_on: Annotated[
        FailOn, typer.Option(help="Exit with 1 where a finding has this potential grade or a graver one.")
    ] = FailOn.MINOR,
    fail_under: Annotated[
        float | None,
        typer.Option(min=0, max=100, metavar="PERCENT", help="Exit with 1 where the score is lower than this."),
    ] = None,
    format_: Annotated[CheckFormat, typer.Option("-f", "--format", help="Format of standard output.")] = (
        CheckFormat.TERMINAL
    ),
    output: Outputs = None,
    waivers: WaiversFile = None,
    baseline: BaselineFile = None,
    write_baseline: NewBaseline = None,
    prune: Prune = False,
    max_file_size: MaxFileSize = 16,
) -> int:
    """Check a description and print a summary. It never changes what it reads, but for a baseline with --prune."""
    from isocheck.cli.assessing import assess_path
    from isocheck.cli.gating import GateFiles, Thresholds, gate_of, tell
    from isocheck.cli.output import print_report, targets, written
    from isocheck.sources.repository import seen_from_root

    gate_files = GateFiles(waivers, baseline, write_baseline, prune)
    files = targets(output or [], path, others=gate_files.written, read=gate_files.read(path))
    thresholds = Thresholds(None if fail_on is FailOn.NEVER else Grade(fail_on.value), fail_under)
    assessment = assess_path(path, standard, as_of_date(as_of), tuple(clause or ()), max_file_size)
    gate, changed = gate_of(assessment, path, gate_files, thresholds, max_file_size)
    relative = seen_from_root(path)
    with written(assessment, files, gate, changed, relative):
        print_report(assessment, format_.value, gate, relative)
    tell(gate, changed, format_ is CheckFormat.TERMINAL)
    return 1 if gate.failed else 0


@app.command()
def report(
    path: QmsPath = Path(),
    output: Annotated[
        list[str] | None,
        typer.Option("-o", "--output", metavar="[FORMAT:]FILE", help="File to write; default: gap-analysis.html."),
    ] = None,
    standard: StandardName = None,
    as_of: AsOf = None,
    clause: Clauses = None,
    max_file_size: MaxFileSize = 16,
) -> None:
    """Write the gap-analysis report. Exits with 0 unless it could not run."""
    from isocheck.cli.assessing import assess_path
    from isocheck.cli.messages import say
    from isocheck.cli.output import targets, written
    from isocheck.sources.repository import seen_from_root

    files = targets(output or ["gap-analysis.html"], path)
    assessment = assess_path(path, standard, as_of_date(as_of), tuple(clause or ()), max_file_size)
    with written(assessment, files, relative=seen_from_root(path)):
        pass
    for target in files:
        say(f"Wrote {target.path}")


@app.command()
def calendar(
    path: QmsPath = Path(),
    until: Until = None,
    by: Annotated[CalendarBy, typer.Option("--by", help="Group by month alone, or by owner first.")] = CalendarBy.MONTH,
    format_: Annotated[CalendarFormat, typer.Option("-f", "--format", help="Format of standard output.")] = (
        CalendarFormat.TERMINAL
    ),
    output: Outputs = None,
    fail_on: Annotated[
        CalendarFailOn, typer.Option(help="Exit with 1 where something is overdue, or never.")
    ] = CalendarFailOn.NEVER,
    standard: StandardName = None,
    as_of: AsOf = None,
    max_file_size: MaxFileSize = 16,
) -> int:
    """Show what is overdue and what falls due: reviews, calibrations, audits, actions, certificates."""
    from isocheck.cli.calendar import show_calendar

    made = show_calendar(path, standard, as_of_date(as_of), until, format_.value, by.value, output or [], max_file_size)
    return 1 if made.overdue and fail_on is CalendarFailOn.OVERDUE else 0


@app.command()
def compare(
    old: Annotated[
        str | None,
        typer.Argument(metavar="OLD", help="A result (.json), a folder, or a state in git (HEAD~20:qms, v1.0:)."),
    ] = None,
    new: Annotated[str | None, typer.Argument(metavar="NEW", help="The same, to be compared with OLD.")] = None,
    history: Annotated[
        list[str] | None,
        typer.Option(metavar="RANGE|STATE", help="Also show readiness over v1..HEAD:qms, or over states; repeatable."),
    ] = None,
    points: Annotated[int, typer.Option(min=2, max=200, help="Most states that are taken from a range.")] = 12,
    fail_on: Annotated[
        CompareFailOn,
        typer.Option(
            help="Exit with 1 for a new gap or looking at less; 'regressed': also for a graver gap or verdict."
        ),
    ] = CompareFailOn.NEVER,
    standard: StandardName = None,
    as_of: Annotated[
        date | None,
        typer.Option(parser=day, metavar="DATE", help="Day for all; default: of each commit, today for folders."),
    ] = None,
    clause: Clauses = None,
    format_: Annotated[CompareFormat, typer.Option("-f", "--format", help="Format of standard output.")] = (
        CompareFormat.TERMINAL
    ),
    output: Outputs = None,
    max_file_size: MaxFileSize = 16,
) -> int:
    """Compare two states: what was closed, what is new, what got graver; and readiness over time."""
    from isocheck.cli.comparing import Options, course, course_targets, print_course, written_course

    files = course_targets(output or [], [old, new, *(history or ())])
    gated = fail_on is not CompareFailOn.NEVER
    options = Options(standard, as_of, as_of_date(None), tuple(clause or ()), max_file_size, points, gated)
    found = course(old, new, history or (), options)
    with written_course(found, files):
        print_course(found, format_.value)
    return 1 if found.comparison and found.comparison.fails(fail_on.value) else 0


@app.command()
def explain(
    topic: Annotated[
        str, typer.Argument(metavar="TOPIC", help="A clause (9.2.2), a requirement (9.2.2-b), a verdict or a check.")
    ],
    qms: Annotated[
        Path | None,
        typer.Option("--qms", metavar="PATH", readable=False, help="Also say why this description got its verdict."),
    ] = None,
    standard: StandardName = None,
    as_of: AsOf = None,
) -> None:
    """Explain a clause, a requirement, a verdict or a kind of check."""
    from isocheck.assessment.pages import explain as explain_page
    from isocheck.cli.assessing import assess_path
    from isocheck.cli.output import print_bytes
    from isocheck.reports.pages import page_text
    from isocheck.standard.packs import DEFAULT_PACK, load_pack

    assessment = assess_path(qms, standard, as_of_date(as_of)) if qms is not None else None
    named = standard or (assessment.standard.id if assessment else DEFAULT_PACK)
    page = explain_page(load_pack(named), topic, assessment)
    print_bytes(page_text(page, _width()).encode())


@app.command()
def clauses(
    standard: StandardName = None,
    documented: Annotated[
        bool, typer.Option("--documented", help="Only requirements that ask for documented information.")
    ] = False,
    stage: Annotated[
        int | None, typer.Option(min=1, max=2, help="Only requirements that this stage of a certification looks at.")
    ] = None,
    requirements: Annotated[
        bool, typer.Option("--requirements", "-r", help="Show each requirement with its statement.")
    ] = False,
    format_: Annotated[TreeFormat, typer.Option("-f", "--format", help="Format.")] = TreeFormat.TERMINAL,
) -> None:
    """Show the tree of clauses and requirements."""
    from isocheck.assessment.pages import tree
    from isocheck.cli.output import print_bytes
    from isocheck.reports.pages import tree_json, tree_text
    from isocheck.standard.packs import DEFAULT_PACK, load_pack

    rows = tree(load_pack(standard or DEFAULT_PACK), documented, stage)
    if format_ is TreeFormat.JSON:
        print_bytes(tree_json(rows))
    else:
        print_bytes(tree_text(rows, _width(), requirements or documented or stage is not None).encode())


@app.command()
def init(
    directory: Annotated[
        Path | None, typer.Argument(metavar="DIR", help="Folder to write to; it is made where needed.")
    ] = None,
    from_: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar="DIR",
            readable=False,
            help="Look through the files in this folder, and declare them there.",
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="With --from: print isocheck.yaml to standard output, write nothing.")
    ] = False,
    max_file_size: MaxFileSize = 16,
) -> None:
    """Write a description to start from: a small, commented one, or with --from the settings for files of your own.

    It never overwrites a file.
    """
    from isocheck.cli.starting import start, start_from

    if from_ is None:
        start(directory, dry_run)
    else:
        start_from(from_, directory, dry_run, max_file_size, _width())


@app.command()
def sources(
    path: QmsPath = Path(),
    format_: Annotated[TreeFormat, typer.Option("-f", "--format", help="Format.")] = TreeFormat.TERMINAL,
    max_file_size: MaxFileSize = 16,
) -> None:
    """Show what was read from where: files, entries, fields that were taken, and all that was not."""
    from isocheck.assessment.reading import reading_of
    from isocheck.cli.assessing import read_path
    from isocheck.cli.output import print_bytes
    from isocheck.reports.reading import reading_json, reading_text

    _, description = read_path(path, None, max_file_size)
    found = reading_of(description)
    print_bytes(reading_json(found) if format_ is TreeFormat.JSON else reading_text(found, _width()).encode())


@app.command()
def schema(
    name: Annotated[SchemaName, typer.Argument(metavar="NAME", help="Format: " + ", ".join(SchemaName) + ".")],
) -> None:
    """Print the JSON Schema of a format, for editors and other programs."""
    from isocheck.cli.output import print_bytes
    from isocheck.cli.schemas import schema_of

    print_bytes((json.dumps(schema_of(name.value), indent=2, ensure_ascii=False) + "\n").encode())


def _width() -> int:
    return shutil.get_terminal_size((96, 24)).columns if sys.stdout.isatty() else 96
