"""What `init` writes: a small description with comments, or the settings for files that are there already."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from isocheck.assessment.proposing import Proposal, propose
from isocheck.assessment.schemas import qms_schema
from isocheck.cli.assessing import MIB, vocabulary_of
from isocheck.cli.messages import say
from isocheck.cli.options import as_of_date
from isocheck.cli.output import print_bytes
from isocheck.errors import UsageError
from isocheck.qms.loading import SCHEMA_FILE, SETTINGS_FILE, load
from isocheck.qms.matching import Grounds
from isocheck.reports.proposal import proposal_text
from isocheck.sources.atomic import write_atomically
from isocheck.sources.files import is_folder, is_there
from isocheck.sources.yaml_edit import compose
from isocheck.sources.yaml_reader import Limits
from isocheck.standard.packs import DEFAULT_PACK, load_pack

__all__ = ["start", "start_from"]

_EDITORS = f"yaml-language-server: $schema={SCHEMA_FILE}"

_FILES: dict[str, tuple[str, dict[str, tuple[str, Any]]]] = {
    "isocheck.yaml": (
        "Settings. What stands in [brackets] counts as not filled in; put entries in the place of an empty list, [].\n"
        "Check with: isocheck check .",
        {
            "format_version": ("", 1),
            "standard": ("The pack to check against; read it with: isocheck clauses --requirements", DEFAULT_PACK),
            "intervals": (
                "Your own intervals, where you have set some. Without them the defaults of the pack hold, and\n"
                "overrunning a default is an opportunity only. For example:\n"
                "  internal_audit: 12 months\n  management_review: 12 months",
                {},
            ),
        },
    ),
    "organisation.yaml": (
        "Who you are and what your quality management system takes in (clauses 4.1 to 4.3).",
        {
            "organisation": (
                "",
                {
                    "name": "[Name]",
                    "description": "[What you do, in a sentence]",
                    "products": ["[Type of product or service]"],
                },
            ),
            "scope": (
                "",
                {"statement": "[What the system covers]", "boundaries": "[Sites and activities, in and out]"},
            ),
            "issues": (
                "What inside and outside bears on your results. Put entries in the place of []; one looks like this:\n"
                "  - id: I1\n    kind: external\n    description: Steel prices change faster than our offers\n"
                "    reviewed: 2026-01-15",
                [],
            ),
            "climate": (
                "Whether climate change is a relevant issue; yes and no are both answers:\n"
                "  - id: C1\n    relevant: false\n    why: We have no site and no supplier that depends on weather\n"
                "    decided: 2026-01-15",
                [],
            ),
            "interested_parties": (
                "  - id: IP1\n    name: Customers\n    relevant: true\n"
                "    needs:\n      - {text: Delivery on the agreed day, handled: true}",
                [],
            ),
        },
    ),
    "leadership.yaml": (
        "Policy, roles and people (clauses 5 and 7.2).",
        {
            "policy": ("", {"statement": "[Your quality policy]", "context": "[How it suits what you are here for]"}),
            "roles": (
                "`covers` names the duties of 5.3 that a role holds:\n"
                "  - id: R1\n    title: Quality manager\n    covers: [5.3-a, 5.3-b, 5.3-c]\n"
                "    competences: [Internal auditing]",
                [],
            ),
            "people": ("  - id: P1\n    name: A. Person\n    roles: [R1]", []),
        },
    ),
    "processes.yaml": (
        "Your processes and how they hang together (clause 4.4).",
        {
            "processes": (
                "  - id: PR1\n    name: Sales\n    owner: roles/R1\n"
                "    inputs:\n      - {name: Enquiry, source: interested_parties/IP1}\n"
                "    outputs:\n      - {name: Order, receiver: processes/PR2}",
                [],
            ),
        },
    ),
    "planning.yaml": (
        "Risks, opportunities and objectives (clause 6).",
        {
            "risks": (
                "  - id: RK1\n    kind: risk\n    description: The only lathe for large parts breaks down",
                [],
            ),
            "objectives": (
                "  - id: O1\n    statement: Deliver on time\n    indicator: Deliveries on the agreed day\n"
                "    target: 97\n    unit: percent",
                [],
            ),
        },
    ),
    "evaluation.yaml": (
        "Audits, management reviews and nonconformities (clauses 9 and 10). All other registers and every field:\n"
        "isocheck schema qms",
        {
            "audits": ("  - id: A1\n    kind: internal\n    planned: 2026-09-01", []),
            "management_reviews": ("  - id: MR1\n    held: 2026-03-01", []),
            "nonconformities": ("  - id: N1\n    kind: complaint\n    detected: 2026-02-03", []),
        },
    ),
}


def start(directory: Path | None, dry_run: bool) -> None:
    """Write the starting description and say so; raises UsageError where a file would be overwritten."""
    if directory is None:
        raise UsageError("name a folder to write to, or with --from one whose files are to be declared")
    if dry_run:
        raise UsageError("--dry-run belongs to --from")
    for path in _write_start(directory):
        say(f"Wrote {path}")
    say(f"Fill in the files, then run: isocheck check {directory}")


def start_from(source: Path, directory: Path | None, dry_run: bool, max_file_size: int, width: int) -> None:
    """Propose settings for the files in a folder, print what was recognised, and write them there.

    With `dry_run` the settings are printed, what was recognised goes to standard error, and nothing is written. Raises
    UsageError where nothing was recognised, settings are there already, or they would have to stand elsewhere.
    """
    if directory is not None and directory.resolve() != source.resolve():
        raise UsageError(f"isocheck.yaml stands beside the files that it declares: leave {directory} out")
    proposal = _proposal_for(source, max_file_size, as_of_date(None))
    if dry_run:
        if proposal.is_empty:
            raise UsageError(_nothing(source, proposal))
        for line in proposal_text(proposal, width).splitlines():
            say(line)
        print_bytes(proposal.text.encode())
        return
    print_bytes(proposal_text(proposal, width).encode())
    if proposal.is_empty:
        raise UsageError(_nothing(source, proposal))
    for path in _write_proposal(source, proposal):
        say(f"Wrote {path}")
    say(f"Look through it, then run: isocheck sources {source}; isocheck check {source}")


def _nothing(source: Path, proposal: Proposal) -> str:
    counts = ", ".join(f"{count} {what}" for what, count in proposal.looked_at) or "no file that can be read"
    return (
        f"{source}: nothing was recognised ({counts}), and nothing was written; declare sources by hand, "
        "or start anew with: isocheck init DIR"
    )


def _write_start(directory: Path) -> list[Path]:
    """Write the starting description; return the files written.

    Raises UsageError where one of them is there already: nothing is overwritten, and nothing is half written.
    """
    if is_there(directory) and not is_folder(directory):
        raise UsageError(f"{directory} is a file; name a folder")
    there = [name for name in (*_FILES, SCHEMA_FILE) if os.path.lexists(directory / name)]
    if there:
        raise UsageError(f"{directory} holds {', '.join(there)} already; nothing was written")
    contents = {SCHEMA_FILE: _schema()}
    for name, (head, values) in _FILES.items():
        contents[name] = compose(f"{_EDITORS}\n{head}", values)
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{directory} cannot be made: {error.strerror}") from None
    files = [(directory / name, text.encode()) for name, text in contents.items()]
    write_atomically(files)
    return [path for path, _ in files]


def _schema() -> str:
    return json.dumps(qms_schema(), indent=1, ensure_ascii=False) + "\n"


def _proposal_for(directory: Path, max_file_size: int, as_of: date) -> Proposal:
    """Look through the organisation's own files in a folder, and return the settings under which they are read.

    Raises UsageError where settings are there already, InputError where the folder cannot be read.
    """
    if is_there(directory) and not is_folder(directory):
        raise UsageError(f"{directory} is a file; name a folder")
    pack, limits = load_pack(DEFAULT_PACK), replace(Limits(), bytes=max_file_size * MIB)
    words = vocabulary_of(pack)
    head = (
        f"{_EDITORS}\nWhat your files hold, and under which names; a proposal, to be looked through.\n"
        "What is read and what is not: isocheck sources .    The gaps: isocheck check ."
    )
    return propose(
        directory,
        head,
        DEFAULT_PACK,
        Grounds(words.clauses, as_of),
        lambda text: load(directory, lambda _: words, limits, text),
        limits,
    )


def _write_proposal(directory: Path, proposal: Proposal) -> list[Path]:
    """Write the settings that were proposed, and the schema where it is not there; return the files written."""
    contents = {SETTINGS_FILE: proposal.text}
    if not os.path.lexists(directory / SCHEMA_FILE):
        contents[SCHEMA_FILE] = _schema()
    files = [(directory / name, text.encode()) for name, text in contents.items()]
    write_atomically(files)
    return [path for path, _ in files]
