"""The gap-analysis report as one HTML file: no script, no outside resource, fit for screen, phone and paper."""

from __future__ import annotations

from collections import defaultdict
from functools import cache, lru_cache
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from isocheck.assessment.results import Assessment, CheckResult, ClauseResult, Counts
from isocheck.reports import html_view as view
from isocheck.reports.text import day as date_text
from isocheck.reports.text import gap_counts, met, number, visible
from isocheck.terms import Verdict, label

__all__ = ["page", "render"]

_CODES: Final = {
    Verdict.CONFORMING: "con",
    Verdict.DESCRIBED: "des",
    Verdict.MINOR: "min",
    Verdict.MAJOR: "maj",
    Verdict.NOT_DESCRIBED: "nod",
    Verdict.NOT_YET: "noy",
    Verdict.UNASSESSED: "una",
    Verdict.NOT_APPLICABLE: "noa",
}
_SHORT: Final = {
    Verdict.CONFORMING: "a person judged the evidence and agreed",
    Verdict.DESCRIBED: "every check passed; a person has yet to judge",
    Verdict.MINOR: "a potential minor nonconformity",
    Verdict.MAJOR: "a potential major nonconformity",
    Verdict.NOT_DESCRIBED: "nothing in the description speaks to it",
    Verdict.NOT_YET: "no occasion in the declared period, or planned",
    Verdict.UNASSESSED: "no check can see it and nobody has judged it",
    Verdict.NOT_APPLICABLE: "excluded in the scope, with a justification",
}
_OUTCOMES: Final = {"passed": "Passed", "failed": "Failed", "nothing": "Nothing to look at"}
_GAP: Final = 0.4
"""Between two bars, in percent of the whole."""


def render(assessment: Assessment) -> bytes:
    """Return the report; the same assessment gives the same bytes."""
    name = assessment.organisation.name or "Unnamed organisation"
    day = date_text(assessment.as_of)
    places = view.Places(assessment.source)
    groups = view.groups(assessment, places)
    return page(
        "report.html.j2",
        f"{name} · {assessment.standard} gap analysis · {day}",
        a=assessment,
        version=assessment.version,
        name=name,
        day=day,
        place=places,
        root=places.root,
        links=_Links(assessment),
        groups=groups,
        rows=view.rows(assessment.requirements(), groups),
        short=_SHORT,
        verdicts=list(Verdict),
        titles=defaultdict(str, {clause.id: clause.short for clause in assessment.clauses()}),
    )


def page(template: str, foot: str, **context: Any) -> bytes:
    """Render a page with our style sheet and symbols; `foot` stands at the foot of each printed page."""
    environment = _environment()
    css = environment.get_template("report.css.j2").render(foot=Markup(_css_text(foot)))  # noqa: S704  # escaped for CSS
    symbols, _, _ = environment.loader.get_source(environment, "symbols.svg")  # type: ignore[union-attr]
    text = environment.get_template(template).render(
        css=Markup(css),  # noqa: S704  # our own file; the one text in it is escaped above
        symbols=Markup(symbols),  # noqa: S704  # our own file
        **context,
    )
    return text.encode("utf-8", "backslashreplace")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("isocheck.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    environment.filters.update(
        bars=_bars,
        checks=_checks,
        code=_CODES.__getitem__,
        day=date_text,
        facts=view.facts,
        gap_counts=gap_counts,
        intervals=view.intervals,
        label=_label,
        met=met,
        number=number,
        outcome=_OUTCOMES.__getitem__,
        prose=view.prose,
        seen_as=view.seen_as,
        short_of=_short_of,
        touched=view.touched,
        verdict_of=Verdict,
    )
    return environment


def _shown(value: Any) -> Any:
    return _written(value) if type(value) is str else value


@lru_cache(maxsize=4096)
def _written(text: str) -> Markup:
    """Escape a text, and make control characters of input visible; they are no part of HTML."""
    return escape(visible(text))


def _css_text(text: str) -> str:
    """Escape a text for a CSS string inside a style element."""
    return "".join(char if char.isalnum() or char in " .,:·+-" else f"\\{ord(char):x} " for char in text)


@lru_cache(maxsize=4096)
def _label(id_: str) -> str:
    """Show an id as prose does, on one line."""
    return label(id_).replace(" ", "\u00a0")


class _Links(dict[str, str | Markup]):
    """Ids as prose shows them, as links where the page holds what they name."""

    def __init__(self, assessment: Assessment) -> None:
        for result in assessment.requirements():
            for id_ in (result.id, *(item.id for item in result.items)):
                self[id_] = Markup('<a href="#r-{}">{}</a>').format(id_, _label(id_))

    def __missing__(self, id_: str) -> str:
        return _label(id_)


def _bars(counts: Counts) -> list[tuple[Verdict, str, str]]:
    """Return for each verdict that occurs where its bar begins and how wide it is, in percent of the section."""
    total = counts.total or 1
    bars, begin = [], 0.0
    for verdict, amount in counts:
        share = amount * 100 / total
        bars.append((verdict, f"{begin:.2f}", f"{max(share - _GAP, 0.2):.2f}"))
        begin += share
    return bars


def _short_of(clause: ClauseResult) -> int:
    """Return how many requirements of a clause have a gap or are not described."""
    gaps = (Verdict.MINOR, Verdict.MAJOR, Verdict.NOT_DESCRIBED)
    return sum(clause.counts[verdict] for verdict in gaps)


def _checks(checks: tuple[CheckResult, ...]) -> str:
    """Say what the checks answered: '2 checks passed', '3 checks: 2 passed, 1 failed'."""
    said = {"passed": "passed", "failed": "failed", "nothing": "had nothing to look at"}
    tally = {outcome: sum(check.outcome == outcome for check in checks) for outcome in said}
    parts = {said[outcome]: count for outcome, count in tally.items() if count}
    if len(parts) == 1:
        return f"{number(len(checks), 'check')} {next(iter(parts))}"
    return f"{number(len(checks), 'check')}: {', '.join(f'{count} {words}' for words, count in parts.items())}"
