"""From a path and options to a calendar, and to where it goes: what `calendar` does."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from isocheck.assessment.calendar import Calendar, calendar
from isocheck.cli.assessing import read_path
from isocheck.cli.output import FILE_WIDTH, print_bytes, screen, targets
from isocheck.errors import UsageError
from isocheck.qms.fields import Period
from isocheck.reports.calendar.formats import CALENDAR_FORMATS, render
from isocheck.reports.calendar.lines import By
from isocheck.sources.atomic import together

__all__ = ["show_calendar"]

_AHEAD = Period(months=12)


def show_calendar(
    path: Path,
    standard: str | None,
    as_of: date,
    until: date | None,
    format_: str,
    by: By,
    output: list[str],
    max_file_size: int,
) -> Calendar:
    """Read the description at `path`, print its calendar and write it to files; return it.

    Raises UsageError for options that do not fit, InputError for what cannot be read, OutputError for what cannot be
    written: then no file is.
    """
    last = until or _AHEAD.after(as_of)
    if last < as_of:
        raise UsageError(f"--until: {last} lies before the day of the calendar, {as_of}")
    files = targets(output, path, endings=CALENDAR_FORMATS)
    made = calendar(*read_path(path, standard, max_file_size), as_of, last)
    width, plain = screen()
    with together([(target.path, render(target.format, made, by, FILE_WIDTH)) for target in files]):
        print_bytes(render(format_, made, by, width, sys.stdout.isatty(), plain))
    return made
