"""Options that several commands share."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

__all__ = [
    "AsOf",
    "BaselineFile",
    "Clauses",
    "MaxFileSize",
    "NewBaseline",
    "Prune",
    "QmsPath",
    "StandardName",
    "Until",
    "WaiversFile",
    "as_of_date",
    "day",
]


def day(text: str) -> date:
    """Read the value of an option that is a day. Raises BadParameter where it is none."""
    from isocheck.qms.fields import parse_date

    try:
        return parse_date(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None


QmsPath = Annotated[
    Path,
    typer.Argument(
        metavar="PATH",
        readable=False,
        help="Folder with the description (isocheck.yaml at its root), or one YAML file.",
    ),
]
StandardName = Annotated[
    str | None,
    typer.Option("--standard", metavar="NAME", help="Pack to check against; default: what isocheck.yaml says."),
]
AsOf = Annotated[
    date | None,
    typer.Option("--as-of", parser=day, metavar="DATE", help="Day of the assessment; default: today."),
]
Until = Annotated[
    date | None,
    typer.Option("--until", parser=day, metavar="DATE", help="Last day to look ahead to; default: 12 months."),
]
Clauses = Annotated[
    list[str] | None,
    typer.Option("--clause", metavar="ID", help="Look at this clause or requirement only; may be repeated."),
]
MaxFileSize = Annotated[
    int,
    typer.Option("--max-file-size", metavar="MIB", min=1, max=1_000_000, help="Largest file that is read, in MiB."),
]

WaiversFile = Annotated[
    Path | None,
    typer.Option("--waivers", metavar="FILE", readable=False, help="Waivers; default: waivers.yaml in PATH."),
]
BaselineFile = Annotated[
    Path | None,
    typer.Option("--baseline", metavar="FILE", readable=False, help="Only what this file does not know fails."),
]
NewBaseline = Annotated[
    Path | None,
    typer.Option("--write-baseline", metavar="FILE", help="Write findings to this file; only new ones fail then."),
]
Prune = Annotated[bool, typer.Option("--prune", help="Rewrite the file of --baseline without what is found no longer.")]


def as_of_date(given: date | None) -> date:
    """Return the day of the assessment: the given one, else today by the clock of this machine."""
    return given or date.today()  # the user's own calendar day is meant
