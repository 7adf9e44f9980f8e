"""From an organisation's folder to an isocheck.yaml that can be checked at once: looked through, then tried out."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from glob import escape
from pathlib import Path
from typing import Any

from isocheck.errors import InputError, Problem, UsageError
from isocheck.qms.description import Description, SourceReport
from isocheck.qms.loading import SETTINGS_FILE
from isocheck.qms.matching import Grounds
from isocheck.qms.registers import REGISTERS
from isocheck.qms.survey import Proposed, Survey, exact
from isocheck.qms.surveying import survey
from isocheck.sources.files import discover
from isocheck.sources.yaml_edit import Commented, compose
from isocheck.sources.yaml_reader import Limits, read_yaml

__all__ = ["EmptyPlace", "Proposal", "ProposedSource", "propose"]

_LISTED = 12
_WIDTH = 96


@dataclass(frozen=True, slots=True)
class ProposedSource:
    """A source as it is proposed, and what it yields.

    `mapped` pairs the organisation's names with ours, `left` names fields that are left out with the reason; `wrong`
    says what cannot be read all the same, each with its place in front.
    """

    format: str
    pattern: str
    part: str
    register: str
    title: str
    sure: bool
    why: str
    files: int
    rows: int
    entries: int
    mapped: tuple[tuple[str, str], ...]
    left: tuple[tuple[str, str], ...]
    remarks: tuple[str, ...]
    wrong: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EmptyPlace:
    """A folder that holds no record yet, and what its name says that it is for."""

    path: str
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What was recognised below a root and what was left out, each with the reason; `text` is the isocheck.yaml.

    `own` are files in the registers' own shape, which need no source; `looked_at` counts files by their kind.
    """

    root: str
    sources: tuple[ProposedSource, ...]
    own: tuple[str, ...]
    excluded: tuple[tuple[str, str], ...]
    left: tuple[tuple[str, str], ...]
    places: tuple[EmptyPlace, ...]
    looked_at: tuple[tuple[str, int], ...]
    text: str

    @property
    def is_empty(self) -> bool:
        """True where nothing that a check could look at was found."""
        return not self.sources and not self.own


def propose(
    root: Path,
    head: str,
    standard: str,
    grounds: Grounds,
    attempt: Callable[[bytes], Description],
    limits: Limits,
) -> Proposal:
    """Look through a folder and return what it may be declared as; nothing is written.

    `head` is the comment on top of isocheck.yaml, `standard` the pack that it names; `grounds` are what recognising
    goes by. `attempt` reads the folder with the settings that it is given, as a check will: what it objects to is taken
    out of the proposal. Raises InputError where the folder cannot be looked at, UsageError where settings are there.
    """
    found = discover(root)
    for path in (*found.files, *found.others):
        if path.parent == root and path.stem.lower() == Path(SETTINGS_FILE).stem and path.suffix.lower() in _YAML:
            raise UsageError(f"{found.shown(path)} is there already; nothing was written")
    seen = survey(found, grounds, limits)
    seen.sources.sort(key=lambda source: source.format == "markdown")
    while True:
        text = _composed(seen, head, standard)
        try:
            description = attempt(text.encode())
        except InputError as error:
            _heal(seen, error.problems, text.encode(), root / SETTINGS_FILE, limits)
        else:
            return _proposal(seen, text, description)


_YAML = (".yaml", ".yml")


def _heal(seen: Survey, problems: Sequence[Problem], text: bytes, main: Path, limits: Limits) -> None:
    """Take out of the proposal what cannot be read; raise InputError where that does not help."""
    found = seen.found
    known = [*found.files, *found.others, *(path for path, _ in (*found.links, *found.other_links, *found.unreadable))]
    by_name = {found.shown(path): path for path in known}
    document = read_yaml(text, found.shown(main), limits)
    lines = [document.locate(("sources", at)).line for at in range(len(seen.sources))]
    dropped: list[Proposed] = []
    done = False
    for problem in problems:
        where = problem.location
        path = by_name.get(where.file) if where else None
        if where is not None and where.file == found.shown(main):
            at = sum(line <= where.line for line in lines) - 1
            if at >= 0 and seen.sources[at] not in dropped:
                dropped.append(seen.sources[at])
                one = seen.sources[at]
                seen.left.append((": ".join(filter(None, (one.pattern, one.options.get("sheet")))), problem.message))
        elif path is not None and (pattern := exact(found, path)) not in seen.exclude:
            seen.exclude[pattern] = problem.message
            seen.leave(path, problem.message)
            done = True
    for source in dropped:
        seen.sources.remove(source)
        for path in source.files:
            if path in found.files:
                seen.exclude[exact(found, path)] = "could not be declared"
    for source in seen.sources[:]:
        if source.files and all(seen.excluded(path) for path in source.files):
            seen.sources.remove(source)
    if not done and not dropped:
        raise InputError(problems)


# --- isocheck.yaml ----------------------------------------------------------------------


def _composed(seen: Survey, head: str, standard: str) -> str:
    values: dict[str, tuple[str, Any]] = {
        "format_version": ("", 1),
        "standard": ("The pack to check against; read it with: isocheck clauses --requirements", standard),
    }
    if seen.exclude:
        why = "Not read. Take a line out once it may be."
        values["exclude"] = (why, [Commented(_text(reason), name) for name, reason in seen.exclude.items()])
    if seen.sources:
        why = "What was recognised. Look through it: fields that are left out stand in the comments, with the reason."
        values["sources"] = (why, [Commented(_comment(one), one.declaration()) for one in seen.sources])
    return compose(head, values)


def _comment(source: Proposed) -> str:
    found = source.found
    lines = [f"{REGISTERS[found.register].title}: {'' if found.sure else 'probably; '}{found.why}."]
    lines += [f"Note: {remark}." for remark in found.remarks]
    if found.left:
        lines.append("Left out:")
        lines += [f"  {own}: {why}" for own, why in found.left[:_LISTED]]
        if len(found.left) > _LISTED:
            lines.append(f"  and {len(found.left) - _LISTED} more; see: isocheck sources")
    return "\n".join(line for text in lines for line in _text(text).split("\n"))


def _text(text: str) -> str:
    """Return a text as lines of a comment: nothing in it can end the comment or the file."""
    safe = "".join(char if char.isprintable() else " " for char in text)
    indent = " " * (len(safe) - len(safe.lstrip()))
    return "\n".join(textwrap.wrap(safe, _WIDTH, subsequent_indent=f"{indent}  ", drop_whitespace=True)) or "-"


# --- what is shown -----------------------------------------------------------------------


def _proposal(seen: Survey, text: str, description: Description) -> Proposal:
    return Proposal(
        root=seen.found.shown(seen.found.root),
        sources=tuple(
            _source(source, report, description)
            for source, report in zip(seen.sources, description.sources, strict=True)
        ),
        own=tuple(seen.own),
        excluded=tuple(seen.exclude.items()),
        left=tuple(dict.fromkeys((name, why) for name, why in seen.left if escape(name) not in seen.exclude)),
        places=tuple(
            EmptyPlace(place.path, tuple(REGISTERS[name].title for name in place.registers)) for place in seen.places
        ),
        looked_at=tuple(seen.looked_at.items()),
        text=text,
    )


def _source(source: Proposed, report: SourceReport, description: Description) -> ProposedSource:
    files = set(report.files)
    wrong = (
        f"{flaw.location}: {flaw.message}"
        for flaw in description.flaws
        if flaw.location.file in files and flaw.register == report.register
    )
    found, options = source.found, source.options
    part = options.get("sheet") or options.get("at") or ""
    if "only" in options:
        part = "; ".join(f"{own}: {', '.join(values)}" for own, values in options["only"].items())
    return ProposedSource(
        format=source.format,
        pattern=source.pattern,
        part=part,
        register=found.register,
        title=REGISTERS[found.register].title,
        sure=found.sure,
        why=found.why,
        files=len(report.files),
        rows=report.rows,
        entries=report.entries,
        mapped=found.mapped,
        left=found.left,
        remarks=found.remarks,
        wrong=tuple(dict.fromkeys(wrong)),
    )
