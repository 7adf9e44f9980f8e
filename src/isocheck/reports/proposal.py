"""What was recognised in an organisation's own files and what was left out, as plain text."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from isocheck.assessment.proposing import Proposal, ProposedSource

__all__ = ["proposal_text"]

_WIDEST = 110
_SHOWN = 20


def proposal_text(proposal: Proposal, width: int) -> str:
    """Return what is proposed for a folder as text of at most `width` columns."""
    return "\n".join(_lines(proposal, max(40, min(width, _WIDEST)))) + "\n"


def _lines(proposal: Proposal, width: int) -> Iterator[str]:
    counts = ", ".join(f"{count} {what}" for what, count in proposal.looked_at)
    yield f"Looked through {proposal.root}: {counts or 'no file of a kind that can be read'}"
    for source in proposal.sources:
        yield ""
        yield from _source(source, width)
    if proposal.own:
        yield from _section("Read as it is, in the registers' own shape", proposal.own, width)
    if proposal.places:
        named = (f"{place.path}{_for(place.titles)}" for place in proposal.places)
        yield from _section("A place but no record; nothing is claimed for it", list(named), width)
    if proposal.left:
        yield from _section("Not recognised", [f"{name}: {why}" for name, why in proposal.left], width)
    if proposal.excluded:
        yield from _section("Excluded", [f"{name}: {why}" for name, why in proposal.excluded], width)


def _for(titles: Sequence[str]) -> str:
    return f" ({' or '.join(titles)})" if titles else ""


def _source(source: ProposedSource, width: int) -> Iterator[str]:
    part = f" [{source.part}]" if source.part else ""
    yield from _wrapped(f"{source.pattern}{part} -> {source.register}", "", "    ", width)
    sure = "" if source.sure else "probably; "
    counts = f"{_plural(source.files, 'file')}, {_plural(source.rows, 'row')}, {_plural(source.entries, 'entry')}"
    yield from _wrapped(f"{sure}{source.why}: {counts}", "  ", "    ", width)
    mapped = [f"{own} -> {ours}" if own != ours else own for own, ours in source.mapped]
    yield from _wrapped(", ".join(mapped), "  read      ", " " * 12, width)
    for at, (own, why) in enumerate(source.left):
        yield from _wrapped(f"{own}: {why}", "  left out  " if at == 0 else " " * 12, " " * 14, width)
    for at, remark in enumerate(source.remarks):
        yield from _wrapped(remark, "  note      " if at == 0 else " " * 12, " " * 14, width)
    for at, text in enumerate(source.wrong[:_SHOWN]):
        yield from _wrapped(text, "  wrong     " if at == 0 else " " * 12, " " * 14, width)
    if len(source.wrong) > _SHOWN:
        yield f"{' ' * 12}and {len(source.wrong) - _SHOWN} more"


def _section(head: str, items: Sequence[str], width: int) -> Iterator[str]:
    yield ""
    yield head
    for item in items[:_SHOWN]:
        yield from _wrapped(item, "  ", "    ", width)
    if len(items) > _SHOWN:
        yield f"  and {len(items) - _SHOWN} more"


def _wrapped(text: str, first: str, following: str, width: int) -> list[str]:
    safe = "".join(char if char.isprintable() else "?" for char in text)
    return textwrap.wrap(
        safe,
        width,
        initial_indent=first,
        subsequent_indent=following,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _plural(count: int, noun: str) -> str:
    if count != 1:
        noun = f"{noun.removesuffix('y')}ies" if noun.endswith("y") else f"{noun}s"
    return f"{count} {noun}"
