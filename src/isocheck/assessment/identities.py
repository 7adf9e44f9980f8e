"""What makes a finding the same one in another run: as a value, and as a text that people copy from a report.

The text is `requirement/check register/id, item`, such as `9.2.2-c/impartial audits/A2, findings 2`; what is empty is
left out. It stands in reports, in waivers.yaml and in a baseline, and is written and read here alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import get_args

from isocheck.errors import did_you_mean, quoted
from isocheck.qms.description import FlawKind
from isocheck.qms.registers import REGISTERS
from isocheck.standard.model import Pack
from isocheck.terms import fold

__all__ = ["OF_THE_PROGRAM", "Identity", "key", "misnamed", "read_identity", "write_identity"]

Identity = tuple[str, str, str, str]
"""Requirement, check, register/id, item; the last may be empty."""

OF_THE_PROGRAM = ("absent", "integrity", *get_args(FlawKind))
"""What the check of a finding is called that no check of the pack makes."""

_FORM = re.compile(r"([^\s/]+)/([^\s/]+) ([^\s/,]+(?:/[^,]+)?)(?:, ([^,]+))?")
# A comma would end an id, '#' begins a comment in YAML, quotes and backslashes mean something between quotes, and of
# spaces only single ones within a text survive being wrapped and pasted.
_UNSAFE = re.compile(r"""[%,#"\\]|\A | \Z|(?<= ) """)
_ESCAPED = re.compile(r"(?:%[0-9A-Fa-f]{2})+")


def write_identity(identity: Identity) -> str:
    """Return the text of an identity; what could not be copied safely stands as `%` and its bytes in UTF-8."""
    requirement, check, subject, item = identity
    text = f"{requirement}/{check} {_escape(subject)}"
    return f"{text}, {_escape(item)}" if item else text


def read_identity(text: str) -> Identity | None:
    """Return the identity that a text names, None where it has not the form of one."""
    match = _FORM.fullmatch(text)
    if match is None:
        return None
    requirement, check, subject, item = match.groups(default="")
    return (requirement, check, _unescape(subject), _unescape(item))


def key(identity: Identity) -> Identity:
    """Return what two identities have in common that name the same finding: ids are folded, as in references."""
    requirement, check, subject, item = identity
    register, slash, entry = subject.partition("/")
    return (requirement, check, f"{register}{slash}{fold(entry)}", fold(item))


def misnamed(identity: Identity, pack: Pack) -> Iterator[str]:
    """Yield what an identity names that does not exist: a requirement or check of a pack, a register."""
    requirement, check, subject, _ = identity
    if requirement in pack.items:
        checks = pack.items[requirement][0].checks
    elif requirement in pack.requirements:
        checks = pack.requirements[requirement].checks
    else:
        near = did_you_mean(requirement, (*pack.requirements, *pack.items))
        yield f"{quoted(requirement)} is no requirement of {pack.file.name}{near}"
        return
    names = (*(each.name for each in checks), *OF_THE_PROGRAM)
    if check not in names:
        near = did_you_mean(check, names) or f"; known are {', '.join(names)}"
        yield f"{quoted(check)} is no check of {requirement}{near}"
    register = subject.partition("/")[0]
    if register not in REGISTERS:
        yield f"{quoted(register)} is no register{did_you_mean(register, REGISTERS)}"


def _escape(text: str) -> str:
    said = _UNSAFE.sub(lambda match: _percent(match[0]), text)
    if said.isprintable():
        return said
    return "".join(char if char.isprintable() else _percent(char) for char in said)


def _percent(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode("utf-8", "surrogatepass"))


def _unescape(text: str) -> str:
    return _ESCAPED.sub(_plain, text) if "%" in text else text


def _plain(match: re.Match[str]) -> str:
    try:
        return bytes.fromhex(match[0].replace("%", "")).decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:  # nobody wrote this as an escape
        return match[0]
