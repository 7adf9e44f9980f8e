"""Whether a workbook may be opened: what it unpacks to, and that no part of it defines entities."""

from __future__ import annotations

from io import BytesIO
from typing import IO
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from isocheck.errors import InputError, Problem
from isocheck.location import Location
from isocheck.sources.yaml_reader import Limits

__all__ = ["checked_package"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_PARTS = 10_000
_LARGER = 16  # times the largest file that is read: what a workbook may unpack to in all
_RATIO = 100  # cells that are all alike are packed to a sixtieth, and a bomb to a thousandth
_SMALL = 16 * 1024 * 1024  # below, the ratio does not matter
_SIGNS = 8  # times the nodes that a file may hold: a value of a sheet has two or three elements, each of two tags
_CHUNK = 1 << 16
_SAVE = "save it as 'Excel workbook (*.xlsx)'"


class _RefusedError(Exception):
    pass


def checked_package(raw: bytes, name: str, limits: Limits) -> ZipFile:
    """Return a workbook as the archive that it is, once it is known to be safe to read.

    Raises InputError for what is no workbook or is another kind of one, is encrypted or damaged, unpacks to more than
    a workbook would, or has a document type, in which entities could be defined.
    """
    try:
        package = _opened(raw)
        _check_sizes(package, len(raw), limits)
        _check_parts(package, limits)
    except _RefusedError as refused:
        raise InputError([Problem(str(refused), Location(name))]) from None
    return package


def _opened(raw: bytes) -> ZipFile:
    if raw.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in raw:
            raise _RefusedError("the workbook is protected by a password; save it without one")
        raise _RefusedError(f"this is a workbook of the old kind (.xls); {_SAVE}")
    if not raw:
        raise _RefusedError("the file is empty")
    try:
        package = ZipFile(BytesIO(raw))
        names = package.namelist()
    except Exception:  # what damaged archives raise is not one kind of error
        raise _RefusedError("this is no workbook (.xlsx); a table of plain text is declared with 'csv:'") from None
    if "xl/workbook.bin" in names:
        raise _RefusedError(f"this is a binary workbook (.xlsb); {_SAVE}")
    if "content.xml" in names and "mimetype" in names:
        raise _RefusedError(f"this is an OpenDocument spreadsheet (.ods); {_SAVE}")
    if "[Content_Types].xml" not in names:
        raise _RefusedError("this is an archive, but no workbook (.xlsx)")
    if len(set(names)) < len(names):
        raise _RefusedError(
            "a part of the workbook is in it twice, so that programs may read it differently; save it again"
        )
    return package


def _check_sizes(package: ZipFile, packed: int, limits: Limits) -> None:
    """Go by what the archive says of itself: reading it ends with an error where that is less than is true."""
    parts = package.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise _RefusedError("the workbook is protected by a password; save it without one")
    if any(part.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for part in parts):
        raise _RefusedError("the workbook is packed in a way that no spreadsheet program uses; save it again")
    size = sum(part.file_size for part in parts)
    if len(parts) > _PARTS or size > _LARGER * limits.bytes or size > max(_SMALL, _RATIO * packed):
        raise _RefusedError(
            f"the workbook unpacks to {size // 1_000_000:,} MB in {len(parts):,} parts; it is not opened"
        )


def _check_parts(package: ZipFile, limits: Limits) -> None:
    """Look at every part, whatever it is called: at what stands before its first element, and how many there are."""
    for part in package.infolist():
        try:
            with package.open(part) as stream:
                chunk = stream.read(_CHUNK)
                if not _begins_as_xml(chunk, stream, part.filename):
                    continue
                signs = 0
                while chunk:
                    signs += chunk.count(b"<")
                    chunk = stream.read(_CHUNK)
                    if signs > _SIGNS * limits.nodes:
                        raise _RefusedError(f"the workbook holds more than {limits.nodes:,} values; split it")
        except _RefusedError:
            raise
        except Exception:  # what damaged archives raise is not one kind of error
            raise _RefusedError("the workbook is damaged; open it in a spreadsheet program and save it again") from None


def _begins_as_xml(chunk: bytes, stream: IO[bytes], part: str) -> bool:
    """Tell whether a part is XML that may be read; a document type can only stand before the first element."""
    parser = expat.ParserCreate(namespace_separator=" ")
    begun = False

    def start(tag: str, _: object) -> None:
        nonlocal begun
        begun = True
        if tag.startswith(_STRICT):
            raise _RefusedError(f"this is a workbook of the kind 'Strict Open XML'; {_SAVE}")
        parser.StartElementHandler = None

    def declaration(_: object, encoding: str | None, __: object) -> None:
        if encoding is not None and encoding.lower() not in ("utf-8", "utf-16"):
            raise _RefusedError(f"the part {part} of the workbook is in an encoding that no spreadsheet program uses")

    def doctype(*_: object) -> None:
        raise _RefusedError(f"the part {part} of the workbook has a document type; no workbook needs one")

    parser.StartElementHandler = start
    parser.XmlDeclHandler = declaration
    parser.StartDoctypeDeclHandler = doctype
    try:
        while chunk and not begun:
            parser.Parse(chunk)
            chunk = stream.read(_CHUNK)
    except expat.ExpatError:  # an image, or what whoever needs this part will say
        return begun
    return True
