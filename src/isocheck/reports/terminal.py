"""The terminal report: a summary worth reading at any width, in a pipe and without colour.

The summary runs from the whole to the next thing to do and ends with the numbers, since the last lines are what a
terminal shows first. Long lists belong into the other reports, since rich is slow at them.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING, Final

from isocheck.assessment.gate import Gate, failing_first
from isocheck.assessment.identities import Identity, write_identity
from isocheck.assessment.results import Assessment, Counts, Finding, Gap
from isocheck.reports.gating import baseline_counts, outcome, standing
from isocheck.reports.text import (
    ASCII_SYMBOLS,
    SYMBOLS,
    day,
    engaged,
    gap_counts,
    met,
    number,
    one_line,
    share,
    typewritten,
)
from isocheck.terms import Grade, Verdict, label

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

__all__ = ["render"]

SHOWN: Final = 5
"""How many of the gravest gaps the summary shows in full."""
_ALSO: Final = 6
"""How many of the other entries of a gap are named."""
_LISTED: Final = 10
"""How many waivers, and how many findings of a baseline, are named."""
_MEASURE: Final = 100
"""Longest line of running text; a wider terminal stays empty on the right."""
_LEAST: Final = 32
"""What no terminal is thought to be below."""
_NARROW: Final = 60
"""Below this many columns a place gets a line of its own."""

_NOTICES = 10
_STYLES: Final = {
    Verdict.CONFORMING: "green",
    Verdict.DESCRIBED: "blue",
    Verdict.MINOR: "yellow",
    Verdict.MAJOR: "bold red",
    Verdict.NOT_DESCRIBED: "magenta",
    Verdict.NOT_YET: "cyan",
    Verdict.UNASSESSED: "dim",
    Verdict.NOT_APPLICABLE: "dim",
}


def render(
    assessment: Assessment,
    width: int,
    colour: bool,
    ascii: bool = False,  # noqa: A002 (the word for it)
    shown: int = SHOWN,
    gate: Gate | None = None,
) -> str:
    """Return the summary for a terminal of that many columns.

    With `ascii`, its own signs and typographic punctuation are ASCII; letters from input stay as they are, so that a
    stream which cannot write them should replace them. `shown` gaps, the gravest, appear in full; where `gate` says
    that some do not fail the run, the others come first.
    """
    from rich.console import Console, Group

    width = max(width, _LEAST)
    file = StringIO()
    console = Console(
        file=file,
        width=width,
        height=100,
        force_terminal=colour,
        color_system="standard" if colour else None,
        no_color=not colour,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
        _environ={},
    )
    pen = _Pen(ASCII_SYMBOLS if ascii else SYMBOLS, width, ascii)
    for index, part in enumerate(_parts(assessment, pen, shown, gate)):
        if index:
            console.line()
        console.print(Group(*part), crop=False)
    return "".join(f"{line.rstrip()}\n" for line in file.getvalue().splitlines())


@dataclass(frozen=True, slots=True)
class _Pen:
    """How to write: with which signs, in how many columns."""

    symbols: dict[Verdict, str]
    width: int
    ascii: bool

    @property
    def measure(self) -> int:
        """Columns for running text."""
        return min(self.width, _MEASURE)

    def plain(self, text: str) -> str:
        """Text in one line, harmless, in the signs that may be used."""
        said = one_line(text)
        return typewritten(said) if self.ascii else said

    def text(self, text: str, style: str = "") -> Text:
        """A text that wraps."""
        from rich.text import Text

        return Text(self.plain(text), style)

    def row(self, *pieces: str | tuple[str, str] | Text) -> Text:
        """Pieces with their styles, laid out and made plain already, that no line break parts."""
        from rich.text import Text

        return Text.assemble(*pieces, no_wrap=True, overflow="ignore")

    def block(self, text: str, style: str = "", indent: int = 0) -> RenderableType:
        """Running text of a comfortable length."""
        from rich.constrain import Constrain
        from rich.padding import Padding

        return Constrain(Padding(self.text(text, style), (0, 0, 0, indent)), self.measure)

    def hanging(self, head: str, text: str, indent: int) -> RenderableType:
        """Running text that hangs from a short word."""
        from rich.constrain import Constrain
        from rich.padding import Padding
        from rich.table import Table

        grid = Table.grid(padding=0)
        grid.add_column(width=indent, style="dim", no_wrap=True)
        grid.add_column()
        grid.add_row(self.text(head), self.text(text))
        return Constrain(Padding(grid, (0, 0, 0, 2)), self.measure)

    def commands(self, commands: dict[str, str]) -> Iterator[RenderableType]:
        """Commands to type and what they are for; beside each other where all fit."""
        widest = max(map(len, commands))
        beside = all(widest + len(purpose) + 4 <= self.measure for purpose in commands.values())
        for command, purpose in commands.items():
            if beside:
                yield self.row("  ", (f"{command:<{widest}}", "bold"), "  ", (purpose, "dim"))
            else:
                yield self.row("  ", (command, "bold"))
                yield self.block(purpose, "dim", indent=4)


def _parts(assessment: Assessment, pen: _Pen, shown: int, gate: Gate | None) -> Iterator[list[RenderableType]]:
    gaps = failing_first(assessment.gaps(), gate)
    yield list(_heading(assessment, pen))
    if assessment.summary.sentences:
        yield [pen.block(" ".join(assessment.summary.sentences))]
    if assessment.sections:
        yield list(_verdicts(assessment, pen))
    if weakest := list(_weakest(assessment, pen)):
        yield weakest
    gravest = gaps[:shown]
    for index, gap in enumerate(gravest):
        title = _gravest_title(len(gravest), len(gaps)) + (", what may fail the run first" if gate else "")
        heading = [pen.text(title, "bold")] if not index else []
        yield heading + list(_gap(gap, pen, standing(gap, gate)))
    yield list(_next(assessment, pen, gravest, len(gaps) - len(gravest)))
    if assessment.notices:
        yield list(_notices(assessment, pen))
    if gate:
        yield from filter(None, (list(part(assessment, pen, gate)) for part in (_waived, _void, _baseline)))
    yield [_totals(assessment, pen), *([pen.block(outcome(assessment, gate), "bold")] if gate else [])]


def _notices(assessment: Assessment, pen: _Pen) -> Iterator[RenderableType]:
    """What has to be known and is no finding; a long list is told by its first lines."""
    yield pen.text("Also to know", "bold")
    for notice in assessment.notices[:_NOTICES]:
        where = f"{notice.location}: " if notice.location else ""
        yield pen.block(f"{where}{notice.text}", indent=2)
    if len(assessment.notices) > _NOTICES:
        yield pen.block(f"and {len(assessment.notices) - _NOTICES} more; the report has them all", "dim", indent=2)


def _heading(assessment: Assessment, pen: _Pen) -> Iterator[RenderableType]:
    yield pen.block(f"{assessment.standard}, as of {day(assessment.as_of)}", "bold")
    if assessment.organisation.name:
        yield pen.block(assessment.organisation.name)
    source = assessment.source
    read = f"{number(source.entries, 'entry', 'entries')} in {number(len(source.files), 'file')} of {source.root}"
    skipped = f", {number(len(source.skipped), 'other file')} skipped" if source.skipped else ""
    yield pen.block(f"Read {read}{skipped}")
    if assessment.engagement:
        yield pen.block(f"Looked only at {engaged(assessment.engagement)}")


def _verdicts(assessment: Assessment, pen: _Pen) -> Iterator[RenderableType]:
    """Verdicts down, sections across; totals and shares one below the other where that is too wide."""
    yield pen.text("Requirements by verdict and section", "bold")
    sections = assessment.sections
    total = assessment.summary.counts
    nothing = pen.plain("·")
    rows = [("", [section.id for section in sections] + ["all"], "dim")]
    for verdict, _ in total:
        cells = [str(section.counts[verdict] or nothing) for section in sections] + [str(total[verdict])]
        rows.append((f"{pen.symbols[verdict]} {verdict.word}", cells, _STYLES[verdict]))
    rows.append(
        (
            "  met of applicable",
            [pen.plain(_met(counts)) for counts in (*(section.counts for section in sections), total)],
            "",
        )
    )
    if lines := _aligned(rows, pen.width - 2):
        yield from (pen.row((f"  {line}", style)) for line, style in lines)
        yield pen.block(", ".join(f"{section.id} {section.title}" for section in sections), "dim", indent=4)
        return
    for verdict, amount in total:
        yield pen.row((f"  {pen.symbols[verdict]} {verdict.word:<16}{amount:>4}", _STYLES[verdict]))
    for section in sections:
        yield pen.hanging(section.id, f"{section.counts.met} of {section.counts.applicable} met, {section.title}", 4)


def _met(counts: Counts) -> str:
    return share(counts.met, counts.applicable).replace(" ", "")


def _aligned(rows: list[tuple[str, list[str], str]], width: int) -> list[tuple[str, str]]:
    """Align cells to the right, as far apart as the width allows; nothing where it does not."""
    head = max(len(name) for name, _, _ in rows)
    columns = [max(map(len, column)) for column in zip(*(cells for _, cells, _ in rows), strict=True)]
    for gap in (3, 2, 1):
        if head + sum(gap + column for column in columns) <= width:
            return [
                (
                    f"{name:<{head}}"
                    + "".join(f"{cell:>{gap + column}}" for cell, column in zip(cells, columns, strict=True)),
                    style,
                )
                for name, cells, style in rows
            ]
    return []


def _weakest(assessment: Assessment, pen: _Pen) -> Iterator[RenderableType]:
    weak = [clause for clause in assessment.summary.weakest if clause.met < clause.applicable]
    if not weak:
        return
    yield pen.text("Weakest clauses", "bold")
    indent = max(len(clause.id) for clause in weak) + 2
    for clause in weak:
        yield pen.hanging(clause.id, f"{clause.met} of {clause.applicable} met, {clause.title}", indent)


def _gravest_title(shown: int, gaps: int) -> str:
    return f"The {number(gaps, 'gap')}" if shown == gaps else f"The gravest {shown} of {number(gaps, 'gap')}"


def _gap(gap: Gap, pen: _Pen, standing: str) -> Iterator[RenderableType]:
    finding = gap.first
    verdict = Verdict(finding.grade.value)
    head = (f"{pen.symbols[verdict]} potential {finding.grade}", _STYLES[verdict])
    requirement, place = (label(finding.requirement), "bold"), (pen.plain(str(finding.location)), "cyan")
    if pen.width >= _NARROW:
        yield pen.row(head, "  ", requirement, "  ", place)
    else:
        yield from (pen.row(head, "  ", requirement), pen.row("  ", place))
    yield pen.block(f"{finding.subject}: {finding.message}", "bold", indent=2)
    if gap.others:
        yield pen.hanging("also", _also(gap.others), 9)
    extent = f" ({finding.extent})" if finding.extent.looked > 1 else ""
    yield pen.hanging("why", f"{finding.because}{extent}", 9)
    yield pen.hanging("remedy", finding.remedy, 9)
    yield pen.hanging("id", write_identity(finding.identity), 9)
    if standing:
        yield pen.hanging("gate", standing, 9)
    if gap.consequences:
        fallen = dict.fromkeys(label(consequence.requirement) for consequence in gap.consequences)
        yield pen.hanging("with it", ", ".join(fallen), 9)


def _also(others: tuple[Finding, ...]) -> str:
    shown = [f"{finding.subject}{f', {finding.item}' if finding.item else ''}" for finding in others[:_ALSO]]
    more = [number(len(others) - len(shown), "more entry", "more entries")] if len(others) > len(shown) else []
    return "; ".join((*shown, *more))


def _next(assessment: Assessment, pen: _Pen, gravest: tuple[Gap, ...], more: int) -> Iterator[RenderableType]:
    steps = assessment.summary.next_steps
    opportunities = len(assessment.opportunities())
    yield pen.text("What to do next", "bold")
    for step, text in enumerate(steps, 1):
        yield pen.hanging(f"{step}.", text, 3)
    rest = [
        *([number(more, "more gap" if gravest else "gap")] if more else []),
        *([number(opportunities, "opportunity", "opportunities")] if opportunities else []),
    ]
    root = one_line(shlex.quote(assessment.source.root))
    commands = {
        f"isocheck report {root} -o report.html": f"the whole report{', with ' + ' and '.join(rest) if rest else ''}"
    }
    if gravest:
        clause = gravest[0].first.clause
        commands[f"isocheck explain {clause}"] = f"what {clause} asks and how it is checked"
    yield from pen.commands(commands)


def _waived(assessment: Assessment, pen: _Pen, gate: Gate) -> Iterator[RenderableType]:
    if not gate.waived:
        return
    yield pen.text(f"Waived: {number(len(gate.waived), 'finding')}", "bold")
    for waived in gate.waived[:_LISTED]:
        yield pen.block(write_identity(waived.identity), indent=2)
        said = f"until {day(waived.expires)}, approved by {waived.approved_by}: {waived.reason}"
        yield pen.block(said, "dim", indent=4)
    yield from _more(len(gate.waived), pen)


def _void(assessment: Assessment, pen: _Pen, gate: Gate) -> Iterator[RenderableType]:
    if not gate.void:
        return
    yield pen.text(f"Void: {number(len(gate.void), 'waiver')}", "bold")
    for void in gate.void[:_LISTED]:
        yield pen.row("  ", (pen.plain(str(void.location)), "cyan"))
        yield pen.block(f"{write_identity(void.identity)} {void.why}", indent=4)
    yield from _more(len(gate.void), pen)


def _baseline(assessment: Assessment, pen: _Pen, gate: Gate) -> Iterator[RenderableType]:
    if gate.baseline is None:
        return
    yield pen.text(f"Baseline {gate.baseline}", "bold")
    yield pen.block(baseline_counts(assessment, gate), indent=2)
    yield from _identities("graver", gate.graver, pen)
    yield from _identities("closed", gate.closed, pen)
    yield from _identities("gone", gate.gone, pen)
    yield from _identities("void", gate.misnamed, pen)
    if gate.gone:
        said = "gone does not show as mended: the entry is not described any more, or not looked at"
        yield pen.block(said, "dim", indent=2)
    if gate.misnamed:
        yield pen.block("void names a requirement, check or register that there is not", "dim", indent=2)
    if gate.closed or gate.gone or gate.misnamed:
        yield pen.block("--prune takes what is closed, gone or void out of the file", "dim", indent=2)


def _identities(word: str, identities: tuple[Identity, ...], pen: _Pen) -> Iterator[RenderableType]:
    for identity in identities[:_LISTED]:
        yield pen.hanging(word, write_identity(identity), 9)
    yield from _more(len(identities), pen)


def _more(amount: int, pen: _Pen) -> Iterator[RenderableType]:
    if amount > _LISTED:
        yield pen.block(f"{amount - _LISTED} more; the JSON report has all", "dim", indent=2)


def _totals(assessment: Assessment, pen: _Pen) -> RenderableType:
    grades = [grade for grade, count in assessment.summary.gaps if count and grade is not Grade.OPPORTUNITY]
    style = _STYLES[Verdict(grades[0].value)] if grades else "bold"
    return pen.block(f"{gap_counts(assessment)}. {met(assessment.summary.counts)}.", style)
