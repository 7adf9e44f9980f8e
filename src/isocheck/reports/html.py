"""The gap-analysis report as one HTML file: no script, no outside resource, fit for screen, phone and paper."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from isocheck.assessment.results import Assessment, CheckResult, ClauseResult, Counts, Finding, RequirementResult
from isocheck.reports.text import day as date_text
from isocheck.reports.text import visible
from isocheck.terms import Grade, Verdict, label

__all__ = ["render"]

_CODES = {
    Verdict.CONFORMING: "con",
    Verdict.DESCRIBED: "des",
    Verdict.MINOR: "min",
    Verdict.MAJOR: "maj",
    Verdict.NOT_DESCRIBED: "nod",
    Verdict.NOT_YET: "noy",
    Verdict.UNASSESSED: "una",
    Verdict.NOT_APPLICABLE: "noa",
}
_SHORT = {
    Verdict.CONFORMING: "a person judged the evidence and agreed",
    Verdict.DESCRIBED: "every check passed; a person has yet to judge",
    Verdict.MINOR: "a potential minor nonconformity",
    Verdict.MAJOR: "a potential major nonconformity",
    Verdict.NOT_DESCRIBED: "nothing in the description speaks to it",
    Verdict.NOT_YET: "no occasion in the declared period, or planned",
    Verdict.UNASSESSED: "no check can see it and nobody has judged it",
    Verdict.NOT_APPLICABLE: "excluded in the scope, with a justification",
}
_SHOWN = 12
_GAP = 0.4


def render(assessment: Assessment) -> bytes:
    """Return the report; the same assessment gives the same bytes."""
    environment = _environment()
    name = assessment.organisation.name or "Unnamed organisation"
    day = date_text(assessment.as_of)
    foot = f"{name} · {assessment.standard} gap analysis · {day}"
    css = environment.get_template("report.css.j2").render(foot=Markup(_css_text(foot)))  # noqa: S704  # escaped for CSS
    symbols, _, _ = environment.loader.get_source(environment, "symbols.svg")  # type: ignore[union-attr]
    gaps = [finding for finding in assessment.findings if finding.grade is not Grade.OPPORTUNITY]
    text = environment.get_template("report.html.j2").render(
        a=assessment,
        name=name,
        day=day,
        css=Markup(css),  # noqa: S704  # our own file; the one text in it is escaped above
        symbols=Markup(symbols),  # noqa: S704  # our own file
        gaps=gaps,
        opportunities=[finding for finding in assessment.findings if finding.grade is Grade.OPPORTUNITY],
        shown=_SHOWN,
        short=_SHORT,
        verdicts=list(Verdict),
        known=_known(assessment),
    )
    return text.encode("utf-8", "backslashreplace")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("isocheck.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        finalize=_shown,
    )
    environment.filters.update(
        code=_CODES.__getitem__,
        label=label,
        anchor=_anchor,
        as_verdict=_as_verdict,
        bars=_bars,
        open=_open,
        all_checks=_all_checks,
    )
    return environment


def _shown(value: Any) -> Any:
    """Make control characters of input visible; they are no part of HTML."""
    return visible(value) if type(value) is str else value


def _css_text(text: str) -> str:
    """Escape a text for a CSS string inside a style element."""
    return "".join(char if char.isalnum() or char in " .,:·+-" else f"\\{ord(char):x} " for char in text)


def _anchor(finding: Finding) -> str:
    raw = "-".join(filter(None, finding.identity))
    return "f-" + "".join(
        char if (char.isalnum() and char.isascii()) or char in ".-" else f"_{ord(char):x}" for char in raw
    )


def _as_verdict(finding: Finding) -> Verdict:
    if finding.kind == "absent":
        return Verdict.NOT_DESCRIBED
    return Verdict.MAJOR if finding.grade is Grade.MAJOR else Verdict.MINOR


def _bars(counts: Counts) -> list[tuple[Verdict, str, str]]:
    """Return for each verdict that occurs where its bar begins and how wide it is, in percent of the section."""
    total = counts.total or 1
    bars, begin = [], 0.0
    for verdict, number in counts:
        share = number * 100 / total
        bars.append((verdict, f"{begin:.2f}", f"{max(share - _GAP, 0.2):.2f}"))
        begin += share
    return bars


def _open(clause: ClauseResult) -> int:
    """Return how many requirements of a clause have a gap or are not described."""
    gaps = (Verdict.MINOR, Verdict.MAJOR, Verdict.NOT_DESCRIBED)
    return sum(clause.counts[verdict] for verdict in gaps)


def _known(assessment: Assessment) -> set[str]:
    """Return the requirements and sub-items that the page holds, so that links lead somewhere."""
    results = list(assessment.requirements())
    return {result.id for result in results} | {item.id for result in results for item in result.items}


def _all_checks(result: RequirementResult) -> list[CheckResult]:
    return [*result.checks, *(check for item in result.items for check in item.checks)]
