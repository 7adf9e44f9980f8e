"""What the history of git adds to a description: who approved a document, and what was deleted while it was open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from isocheck.errors import InputError
from isocheck.location import Location
from isocheck.qms.description import Composed, Description, Flaw, Origin, Places, Route
from isocheck.qms.documents import Revision
from isocheck.qms.fields import is_placeholder
from isocheck.qms.master_list import File
from isocheck.qms.settings import ApprovalSettings, SourceSettings
from isocheck.qms.sourcing import pattern_of, read_rows
from isocheck.qms.taking import Read as ReadSource
from isocheck.qms.taking import entries_of, mapping_of
from isocheck.sources.files import Found, glob, is_yaml
from isocheck.sources.history import Approval, Approvals, Approver, Change, History, Unknown, read_history
from isocheck.sources.yaml_reader import Limits, read_yaml
from isocheck.terms import fold

__all__ = ["Past", "approve", "deleted"]

_APPROVAL = frozenset({"approved", "approved_by"})
_LOGS = ("nonconformities", "audits")
_REMOVED = 50
"""Removed files that are looked into: logs are few, and the newest version of each is read."""


class Past:
    """The history of the repository around a folder, read once for all that ask, whatever counts as an approval."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._read: list[History | None] = []

    def history(self, approvals: Approvals | None = None) -> History | None:
        """Return the history with these approvals; without any named, whatever counts as one."""
        if not self._read:
            every_tag = Approvals(tags="*" if approvals else None)  # what one source does not ask another may
            self._read.append(read_history(self._root, every_tag))
        history = self._read[0]
        return history.asking(approvals) if history is not None and approvals is not None else history


# --- approvals --------------------------------------------------------------------------


def approve(description: Description, files: Sequence[File], settings: ApprovalSettings, past: Past) -> None:
    """Fill in who approved documents, when, and the last change, from git where the files themselves do not say.

    A change since the approval is a flaw. What cannot be known, as in a shallow clone, is said and counts for nothing:
    neither as an approval nor as one that is missing.
    """
    history = past.history(Approvals(tuple(filter(None, settings.trailers)), settings.tags))
    unknown: Counter[str] = Counter()
    table = description.tables["documents"]
    people = _names(description)
    unread = {(flaw.entry, flaw.route[:1]) for flaw in description.flaws if flaw.register == "documents"}
    for file in files:
        if file.position is None:
            continue
        entry = table.entries[file.position]
        if history is None:
            unknown["the folder is in no repository of git"] += 1
            if _is_silent(entry, unread):
                description.untold[type(entry), entry.id] = _APPROVAL
            continue
        place = Location(file.rows.name, 1, 1, 1, 1)
        changed, approval = history.changed(file.relative), history.approval(file.relative)
        found: dict[str, Any] = {}
        if isinstance(changed, Change):
            commit = f"commit {changed.commit[:10]}"
            found["author"] = changed.author
            found["history"] = (Revision(version=entry.version, date=changed.day, what=commit),)
        silent = _is_silent(entry, unread)
        if isinstance(approval, Unknown) and approval.present:
            unknown[approval.why] += 1
            if silent:
                description.untold[type(entry), entry.id] = _APPROVAL
        elif isinstance(approval, Unknown):
            pass  # nobody approved what is there now, whoever approved what was there before
        elif silent and (last := _last(approval)) is not None and approval is not None:
            text = ""
            if " ".join(last.name.split()).casefold() not in people:
                text = f"{last.evidence} names {last.name!r} as approver, who is neither in people nor in roles"
            elif approval.outdated:
                text = f"{_since(approval)} after the approval of {last.day}"
            if text:
                description.flaws.append(Flaw("approval", "documents", entry.id, ("approved",), text, place))
            else:
                found |= {"approved_by": last.name, "approved": last.day}
        filled = [name for name in found if entry.__dict__[name] in (None, ())]
        for name in filled:
            entry.__dict__[name] = found[name]
        if filled:
            parts: dict[str, tuple[Origin, Route]] = dict.fromkeys(filled, (Places(file.rows.name, [place]), ()))
            table.origins[file.position] = (Composed(table.origins[file.position], parts), ())
    for why, count in unknown.items():
        text = f"Of {count} document{'s' if count > 1 else ''} it is unknown what git shows of their approval: {why}."
        description.notices.append((text, None))


def _is_silent(entry: Any, unread: Container[tuple[str, Route]]) -> bool:
    """Tell whether an entry says nothing of its approval, so that git is asked.

    Who and when belong together: what the file says of one of them is not made whole by what git says.
    """
    return all(getattr(entry, name) is None and (entry.id, (name,)) not in unread for name in _APPROVAL)


def _names(description: Description) -> frozenset[str]:
    """Return what people and roles are called, and their ids."""
    entries = (*description.entries("people"), *description.entries("roles"))
    names = (getattr(entry, name, None) for entry in entries for name in ("id", "name", "title"))
    return frozenset(" ".join(name.split()).casefold() for name in names if name)


def _last(approval: Approval | None) -> Approver | None:
    """Return who approved last; a trailer that was not filled in names nobody."""
    named = [approver for approver in approval.by if not is_placeholder(approver.name)] if approval else []
    return max(named, key=lambda approver: approver.day, default=None)


def _since(approval: Approval) -> str:
    since = approval.since
    if isinstance(since, Change):
        return f"changed on {since.day} by {since.author}"
    return "changed and not committed"


# --- entries that were deleted ------------------------------------------------------------


class _State(NamedTuple):
    """An entry as a version of a log has it: what it is called, and whether it was open."""

    register: str
    id: str
    words: str
    open: bool


def deleted(description: Description, found: Found, sources: Sequence[ReadSource], limits: Limits, past: Past) -> None:
    """Add a notice for each nonconformity and audit finding that history has open and the description no longer has.

    A notice and not a finding, since logs get moved to other tools. The newest version that has it decides.
    """
    history = past.history()
    if history is None:
        return
    if history.why_unknown is not None or history.shallow:
        if any(description.tables[name].place for name in _LOGS):
            why = history.why_unknown or "the clone is shallow: older commits are missing"
            text = f"It is unknown whether open nonconformities or audit findings were deleted: {why}."
            description.notices.append((text, None))
        return
    gone = history.removed()
    described = set(_described(description))
    seen: set[tuple[str, str]] = set()
    for path, read in (*_mapped_logs(found, sources, gone, limits), *_own_logs(description, found, gone, limits)):
        unread = 0
        for change, raw in history.versions(path):
            entries = [] if isinstance(raw, Unknown) else list(read(raw, path))
            if isinstance(raw, Unknown) or (entries and not any("id" in entry for _, entry in entries)):
                unread += 1
            for state in _states(entries):
                key = (state.register, fold(state.id))
                if key in seen or key in described:
                    continue
                seen.add(key)
                if state.open:
                    when = f" on {change.day}" if isinstance(change, Change) else ""
                    text = f"{state.words} was open{when} and is described no longer; say what became of it"
                    description.notices.append((text, Location(found.shown(found.root / path))))
        if unread:
            versions = f"{unread} older version{'s' if unread > 1 else ''}"
            text = f"{versions} of this log cannot be read as it is read now; what was deleted there is unknown"
            description.notices.append((text, Location(found.shown(found.root / path))))


Read = Callable[[bytes, str], Iterable[tuple[str, Mapping[str, Any]]]]
"""Reads a version of the log at a path: entries as registers have them, each with the name of its register."""


def _described(description: Description) -> Iterator[tuple[str, str]]:
    for entry in description.entries("nonconformities"):
        yield "nonconformities", fold(entry.id)
    for entry in description.entries("audits"):
        for finding in entry.findings:
            if finding is not None and finding.id:
                yield "audits", fold(f"{entry.id} {finding.id}")


def _mapped_logs(
    found: Found, sources: Sequence[ReadSource], gone: Iterable[str], limits: Limits
) -> Iterator[tuple[str, Read]]:
    """Yield the files of sources that hold logs, those that are gone too, and what reads them."""
    for source, files in sources:
        register = source.register_ or ""
        if register not in _LOGS:
            continue

        def read(raw: bytes, path: str, source: SourceSettings = source) -> Any:
            with suppress(InputError):  # an old version that cannot be read says nothing
                rows = read_rows(source, raw, "", limits)
                mapping = mapping_of(source, [rows])  # it may have had other fields
                return [(source.register_, entry) for _, entry, _ in entries_of(source, mapping, rows, path)]
            return []

        fits = glob(pattern_of(source)).match
        yield from ((found.relative(path), read) for path in files)
        yield from ((path, read) for path in gone if fits(path))


def _own_logs(
    description: Description, found: Found, gone: Iterable[str], limits: Limits
) -> Iterator[tuple[str, Read]]:
    """Yield the files that hold logs in the registers' own shape, and removed ones that may have."""

    def read(raw: bytes, path: str) -> Any:
        with suppress(InputError):
            data = read_yaml(raw, "", limits).data
            registers = data if isinstance(data, dict) else {}
            return [
                (register, entry)
                for register in _LOGS
                if isinstance(registers.get(register), list)
                for entry in registers[register]
                if isinstance(entry, dict)
            ]
        return []

    names = {table.place[0].name for name in _LOGS if (table := description.tables[name]).place is not None}
    names |= {origin.name for name in _LOGS for origin, _ in description.tables[name].origins}
    yield from ((found.relative(path), read) for path in found.files if found.shown(path) in names)
    yield from ((path, read) for path in [path for path in gone if is_yaml(Path(path))][:_REMOVED])


def _states(entries: Iterable[tuple[str, Mapping[str, Any]]]) -> Iterator[_State]:
    for register, entry in entries:
        id_ = entry.get("id")
        if not isinstance(id_, str):
            continue
        if register == "nonconformities":
            is_open = entry.get("status") != "closed" and not _filled(entry.get("closed"))
            yield _State(register, id_, f"nonconformity {id_}", is_open)
            continue
        findings = entry.get("findings")
        for finding in findings if isinstance(findings, list) else ():
            if isinstance(finding, dict) and isinstance(name := finding.get("id"), str):
                mild = finding.get("grade") in ("opportunity", "conforming")
                handled = mild or _filled(finding.get("nonconformity"))
                yield _State(register, f"{id_} {name}", f"finding {name} of audit {id_}", not handled)


def _filled(value: Any) -> bool:
    return isinstance(value, str) and not is_placeholder(value)
