"""From the bytes of a table to its text: UTF-8, or what a byte order mark or the organisation says it is."""

from __future__ import annotations

import codecs
import re
from encodings.aliases import aliases
from typing import NoReturn

from isocheck.errors import InputError, Problem, did_you_mean, quoted
from isocheck.location import Location
from isocheck.sources.yaml_reader import UNWANTED, unwanted

__all__ = ["LINE_END", "decode", "without_unwanted"]

LINE_END = re.compile(r"\r\n?|\n")
_SHOWN = 10
_MARKS = (  # those of UTF-32 begin like those of UTF-16
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NO_ENCODINGS = frozenset(
    {"base64_codec", "bz2_codec", "hex_codec", "quopri_codec", "rot_13", "uu_codec", "zlib_codec"}
)
_WESTERN = "'encoding: cp1252' (Windows in western Europe)"


def decode(raw: bytes, name: str, encoding: str | None = None) -> str:
    """Return the text of a file without its byte order mark.

    Read as UTF-8 where `encoding` is None and no mark says otherwise.
    Raises InputError for an encoding that is unknown or is not that of the mark, and for bytes that are not in it.
    """
    mark, marked = next(((mark, known) for mark, known in _MARKS if raw.startswith(mark)), (b"", None))
    declared = None if encoding is None else _known(encoding, name)
    if marked and declared and not declared.replace("_", "-").startswith(marked):
        _refuse(f"the first bytes say that the file is in {marked.upper()}, not in {quoted(encoding)}", name)
    sample = raw[:1000]
    if not marked and not declared and sample.count(0) * 4 > len(sample):
        _refuse("this is no text in UTF-8; declare 'encoding: utf-16' if a program exported it as Unicode text", name)
    chosen = marked or declared or "utf-8"
    try:
        return raw[len(mark) :].decode("utf-8") if marked == "utf-8" else raw.decode(chosen)
    except UnicodeDecodeError as error:
        at = min(len(mark) + error.start if marked == "utf-8" else error.start, len(raw) - 1)
        before = raw[:at].decode(chosen, "replace").removeprefix("\ufeff")
        hint = "save the file as UTF-8, or declare its encoding, such as " + _WESTERN
        if declared:
            hint = "declare the encoding in which the file was saved"
        message = f"the byte 0x{raw[at]:02x} is not {chosen.replace('_', '-').upper()}; {hint}"
        raise InputError([Problem(message, _place(before, len(before), name))]) from None


def _known(encoding: str, name: str) -> str:
    """Return the name under which Python knows an encoding of texts."""
    folded = re.sub(r"[\s_.-]+", "_", encoding.strip().lower())
    found = folded if folded in set(aliases.values()) else aliases.get(folded)
    if folded == "utf_8_sig":
        return "utf_8"
    if found is None or found in _NO_ENCODINGS:
        if found is not None:
            message = f"{quoted(encoding)} is no encoding of text; declare the one in which the file was saved"
            raise InputError([Problem(message, Location(name))])
        names = sorted((set(aliases) | set(aliases.values())) - _NO_ENCODINGS)
        message = f"no encoding is called {quoted(encoding)}{did_you_mean(folded, names)}"
        raise InputError([Problem(message, Location(name))])
    return found


def without_unwanted(text: str, name: str) -> tuple[str, list[Problem]]:
    """Return a text with each character that no text needs as U+FFFD, and a problem for each of the first of them."""
    count = 0
    problems = []
    for found in UNWANTED.finditer(text):
        count += 1
        if count <= _SHOWN:
            problems.append(Problem(unwanted(found[0]), _place(text, found.start(), name)))
    if not count:
        return text, []
    if count > _SHOWN:
        problems.append(Problem(f"and {count - _SHOWN} more characters that cannot stand in a text", Location(name)))
    return UNWANTED.sub("\ufffd", text), problems


def _place(text: str, at: int, name: str) -> Location:
    line, begin = 1, 0
    for end in LINE_END.finditer(text, 0, at):
        line, begin = line + 1, end.end()
    return Location(name, line, at - begin + 1, line, at - begin + 2)


def _refuse(message: str, name: str) -> NoReturn:
    raise InputError([Problem(message, Location(name, 1, 1, 1, 1))])
