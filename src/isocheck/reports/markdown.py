"""The Markdown report, fit for the summary page of a CI job: GitHub-flavoured, and never longer than allowed.

Texts from input are escaped so that they read as they were written: no markup, no HTML, no mention of a user, no
formula. A table of all verdicts comes first, then only what did not pass. Where the page would be too long, whole rows
are left out from the least grave end, and the page says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from isocheck.assessment.gate import Gate, failing_first
from isocheck.assessment.identities import write_identity
from isocheck.assessment.results import Assessment, Counts, Gap, RequirementResult, Seen
from isocheck.location import Location
from isocheck.reports.gating import baseline_counts, outcome, standing
from isocheck.reports.markdown_page import Block as _Block
from isocheck.reports.markdown_page import code as _code
from isocheck.reports.markdown_page import escape
from isocheck.reports.markdown_page import fit as _fit
from isocheck.reports.markdown_page import head as _head
from isocheck.reports.markdown_page import row as _row
from isocheck.reports.text import day, engaged, gap_counts, met, number
from isocheck.terms import Grade, Verdict, label

__all__ = ["LIMIT", "escape", "render"]

LIMIT: Final = 1_000_000
"""Bytes of a page; GitHub refuses a job summary above 1 MiB."""
_PASSED: Final = frozenset({Verdict.CONFORMING, Verdict.DESCRIBED, Verdict.NOT_APPLICABLE})
_GRAVEST: Final = 5
_FOUND: Final = 3
_PLACES: Final = 20

_SIGNS: Final = {
    Verdict.CONFORMING: "✅",
    Verdict.DESCRIBED: "🔵",
    Verdict.MINOR: "🔶",
    Verdict.MAJOR: "🛑",
    Verdict.NOT_DESCRIBED: "🟪",
    Verdict.NOT_YET: "🕒",
    Verdict.UNASSESSED: "❔",
    Verdict.NOT_APPLICABLE: "➖",
}


def render(assessment: Assessment, limit: int = LIMIT, gate: Gate | None = None) -> bytes:
    """Return the assessment as a page of at most `limit` bytes of UTF-8; what may fail by `gate` stands first."""
    return _fit(_blocks(assessment, gate), limit).encode("utf-8")


def _place(location: Location) -> str:
    return _code(str(location))


def _verdict(verdict: Verdict) -> str:
    return f"{_SIGNS[verdict]} {verdict.word}"


def _grade(grade: Grade) -> str:
    return "💡 Opportunity" if grade is Grade.OPPORTUNITY else f"{_SIGNS[Verdict(grade.value)]} Potential {grade}"


# What stands on the page ----------------------------------------------------------------------------------------


def _blocks(assessment: Assessment, gate: Gate | None) -> Iterator[_Block]:
    gaps, opportunities = failing_first(assessment.gaps(), gate), assessment.opportunities()
    yield _Block(_title(assessment, gate))
    if assessment.sections:
        yield _Block(_sections(assessment))
    yield _Block(_circumstances(assessment))
    if gaps:
        yield _gravest(gaps, gate)
    if assessment.summary.next_steps:
        steps = assessment.summary.next_steps
        rows = (f"{step}. {escape(text)}\n" for step, text in enumerate(steps, 1))
        yield _Block("\n## What to do next\n\n", rows, len(steps), rank=1, what="step")
    if weak := [clause for clause in assessment.summary.weakest if clause.met < clause.applicable]:
        rows = (_row(f"{clause.id} {escape(clause.title)}", f"{clause.met} of {clause.applicable}") for clause in weak)
        yield _Block(f"\n## Weakest clauses\n\n{_head('Clause', '>Met')}{''.join(rows)}")
    if gaps:
        head = _head("Grade", "Requirement", "Gap", "Places", "Remedy")
        title = "Gaps, what may fail the run first" if gate else "Gaps, gravest first"
        rows = (_gap(gap, gate) for gap in gaps)
        yield _Block(f"\n## {title}\n\n{head}", rows, len(gaps), rank=5, what="gap")
    if assessment.notices:
        rows = (
            f"- {escape(notice.text)}{f' {_place(notice.location)}' if notice.location else ''}\n"
            for notice in assessment.notices
        )
        yield _Block("\n## Also to know\n\n", rows, len(assessment.notices), rank=4, what="notice")
    if gate:
        yield from _gate(assessment, gate)
    if opportunities:
        yield _opportunities(opportunities)
    if judged := [each for each in assessment.with_items() if _notable(each)]:
        head = _head("Requirement", "Verdict", "Judgement", "Note", "By")
        before = f"\n## What a person judged to be a gap, or judged otherwise\n\n{head}"
        yield _Block(before, map(_judged, judged), len(judged), rank=4, what="judgement")
    if missing := [row for row in assessment.documented if row.verdict not in _PASSED]:
        head = _head("Requirement", "Documented information", "Kind", "Verdict", "Held as")
        rows = (
            _row(
                label(row.requirement),
                escape(row.documented.what),
                escape(_kind(row.documented.kind, row.documented.condition)),
                _verdict(row.verdict),
                _found(row.found),
            )
            for row in missing
        )
        before = f"\n## Documented information that is not settled\n\n{head}"
        yield _Block(before, rows, len(missing), rank=4)
    if refused := [row for row in assessment.exclusions if not row.accepted]:
        head = _head("Clause", "Justification", "Approved", "Why not", "Place")
        rows = (
            _row(
                f"{label(row.clause)} {escape(row.title)}",
                escape(row.justification) or "none",
                escape(row.approved) or "by nobody",
                escape(row.remark),
                _place(row.location),
            )
            for row in refused
        )
        yield _Block(f"\n## Exclusions not accepted\n\n{head}", rows, len(refused), rank=3, what="exclusion")
    yield _limits(assessment)


def _title(assessment: Assessment, gate: Gate | None) -> str:
    name = escape(assessment.organisation.name) or "Quality management system"
    return (
        f"# {name}: gap analysis against {escape(str(assessment.standard))}\n\n"
        f"**{gap_counts(assessment)}.** {met(assessment.summary.counts)}.\n"
        + (f"\n**{escape(outcome(assessment, gate))}**\n" if gate else "")
    )


def _circumstances(assessment: Assessment) -> str:
    source = assessment.source
    read = (
        f"{number(source.entries, 'entry', 'entries')} in {number(len(source.files), 'file')} of {_code(source.root)}"
    )
    skipped = f", {number(len(source.skipped), 'other file')} skipped" if source.skipped else ""
    only = f" Looked only at {escape(engaged(assessment.engagement))}." if assessment.engagement else ""
    sentences = " ".join(map(escape, assessment.summary.sentences))
    said = f"\n{sentences}\n" if sentences else ""
    return f"{said}\nAs of {day(assessment.as_of)}; read {read}{skipped}.{only}\n"


def _sections(assessment: Assessment) -> str:
    total = assessment.summary.counts
    verdicts = [verdict for verdict, _ in total]

    def row(title: str, counts: Counts) -> str:
        cells = (str(counts[verdict] or "") for verdict in verdicts)
        return _row(title, *cells, f"{counts.met} of {counts.applicable}")

    head = _head("Section", *(f">{_verdict(verdict)}" for verdict in verdicts), ">Met")
    rows = (row(f"{section.id} {escape(section.title)}", section.counts) for section in assessment.sections)
    return f"\n## Requirements by section\n\n{head}{''.join(rows)}{row('**All**', total)}"


def _gravest(gaps: tuple[Gap, ...], gate: Gate | None) -> _Block:
    shown = gaps[:_GRAVEST]
    title = (
        f"The gravest {len(shown)} of {len(gaps)} gaps" if len(shown) < len(gaps) else f"The {number(len(gaps), 'gap')}"
    )
    rows = (_story(place, gap, gate) for place, gap in enumerate(shown, 1))
    return _Block(f"\n## {title}\n", rows, len(shown), rank=2, what="gap")


def _story(place: int, gap: Gap, gate: Gate | None) -> str:
    finding = gap.first
    extent = f" ({finding.extent})" if finding.extent.looked > 1 else ""
    more = f" and {number(len(gap.others), 'more place')}" if gap.others else ""
    story = (
        f"\n### {place}. {escape(f'{finding.subject}: {finding.message}')}\n\n"
        f"{_grade(finding.grade)}, **{label(finding.requirement)}**, {_place(finding.location)}{more}\n\n"
        f"- **Why this grade:** {escape(finding.because)}{extent}\n"
        f"- **Remedy:** {escape(finding.remedy)}\n"
        f"- **Identity:** {_code(write_identity(finding.identity))}\n"
    )
    if said := standing(gap, gate):
        story += f"- **Gate:** {said}\n"
    if gap.consequences:
        fallen = (f"{label(each.requirement)} {escape(each.message)}" for each in gap.consequences)
        story += f"- **Falls with it:** {'; '.join(fallen)}\n"
    return story


def _gap(gap: Gap, gate: Gate | None) -> str:
    said = standing(gap, gate)
    return _row(f"{_grade(gap.first.grade)}{f'<br>{said}' if said else ''}", *_cells(gap))


def _gate(assessment: Assessment, gate: Gate) -> Iterator[_Block]:
    """What does not fail the run, and what is to be said about the files that say so."""
    if gate.waived:
        head = _head("Finding", "Reason", "Approved by", "Until")
        rows = (
            _row(_code(write_identity(one.identity)), escape(one.reason), escape(one.approved_by), day(one.expires))
            for one in gate.waived
        )
        yield _Block(f"\n## Waived\n\n{head}", rows, len(gate.waived), rank=4, what="waiver")
    if gate.void:
        head = _head("Place", "Finding", "Void, since it")
        rows = (_row(_place(one.location), _code(write_identity(one.identity)), escape(one.why)) for one in gate.void)
        yield _Block(f"\n## Void waivers\n\n{head}", rows, len(gate.void), rank=4, what="waiver")
    if gate.baseline is not None:
        said = f"\n## Baseline {_code(gate.baseline)}\n\n{baseline_counts(assessment, gate)}.\n\n"
        told = {
            "Graver": gate.graver,
            "Closed": gate.closed,
            "No longer found": gate.gone,
            "Void, since there is no such requirement, check or register": gate.misnamed,
        }
        lines = [(word, each) for word, identities in told.items() for each in identities]
        rows = (f"- {word}: {_code(write_identity(identity))}\n" for word, identity in lines)
        yield _Block(said, rows, len(lines), rank=4, what="finding")


def _opportunities(opportunities: tuple[Gap, ...]) -> _Block:
    amount = len(opportunities)
    said = number(amount, "opportunity", "opportunities")
    head = _head("Requirement", "Opportunity", "Places", "What would help")
    before = f"\n<details>\n<summary>{said} for improvement, which lower no verdict</summary>\n\n{head}"
    rows = (_row(*_cells(gap)) for gap in opportunities)
    return _Block(before, rows, amount, "\n</details>\n", 6, "opportunity", "opportunities")


def _cells(gap: Gap) -> tuple[str, str, str, str]:
    finding = gap.first
    places = [f"{_place(each.location)} {escape(each.subject)}" for each in gap.findings[:_PLACES]]
    if len(gap.findings) > _PLACES:
        places.append(f"and {len(gap.findings) - _PLACES} more")
    return (label(finding.requirement), escape(finding.message), "<br>".join(places), escape(finding.remedy))


def _notable(requirement: RequirementResult) -> bool:
    """Whether a person found a gap, or did not agree with what the checks found."""
    gaps = {Verdict.MINOR, Verdict.MAJOR}
    judgement = requirement.judgement
    return judgement is not None and (
        judgement.verdict in gaps or (judgement.verdict is Verdict.CONFORMING and requirement.verdict in gaps)
    )


def _judged(requirement: RequirementResult) -> str:
    judgement = requirement.judgement
    assert judgement is not None
    return _row(
        label(requirement.id),
        _verdict(requirement.verdict),
        _verdict(judgement.verdict),
        escape(judgement.note),
        f"{escape(judgement.by)}, {day(judgement.on)}",
    )


def _kind(kind: str, condition: str) -> str:
    return kind if condition == "always" else f"{kind}, {condition}"


def _found(found: tuple[Seen, ...]) -> str:
    held = [f"{escape(seen.text)} {_place(seen.location)}" for seen in found[:_FOUND]]
    if len(found) > _FOUND:
        held.append(f"and {len(found) - _FOUND} more")
    return "<br>".join(held)


def _limits(assessment: Assessment) -> _Block:
    said = [escape(limit) for limit in assessment.limits]
    said += [
        f"Interval {escape(name)}: {escape(length)} ({escape(origin)})" for name, length, origin in assessment.intervals
    ]
    made = f"Made with isocheck {escape(assessment.version)}, pack {escape(assessment.standard.id)}"
    rows = (f"- {text}\n" for text in (*said, made))
    return _Block("\n## Method and limits\n\n", rows, len(said) + 1, rank=1)
