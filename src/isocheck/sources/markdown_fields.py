"""What a Markdown file says of itself in its body: title, bold lines and two-column tables at the top, revisions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, pairwise
from typing import Literal, NamedTuple

from isocheck.sources.markdown_text import MarkdownText, plain

__all__ = ["Heading", "Sighting", "find_heading", "find_sightings", "folded"]

_HEADING = re.compile(r"\n {0,3}(?:(#{1,6})(?=[ \t\n])[ \t]*+([^\n]*+)|(?:=++|-++)[ \t]*+(?=\n))")
_BEFORE_NAME = re.compile(r"[^\w(]++(?:\d++(?:\.\d++)*+[.)]?[ \t]*+)?+|\d++(?:\.\d++)*+[.)]?[ \t]*+")
_ABOUT_THE_DOCUMENT = re.compile(
    "document control|document information|document info|document details|document data|document metadata|"
    "document properties|document header|document identification|document control information|document history|"
    "document|metadata|properties|control block|"
    "dokumentinformasjon|dokumentinformation|dokumentinformationen|dokumentdaten|dokumentkontroll|dokumentstyring|"
    "dokumentenlenkung|control del documento|información del documento|controle do documento|"
    "informations sur le document|maîtrise du document"
)

_FOLDING = dict.fromkeys(map(ord, " \t\xa0_-"))

_BOLD_LINE = re.compile(r"\n([ \t>]*+(?:(?:[-*+]|\d{1,9}[.)])[ \t]++)?+)(?=\*\*|__)([^\n]++)")
_LABEL = re.compile(
    r"(\*{2,3}|_{2,3})(?![\s*_])([^*:：|\n]{1,80}?)[ \t]{0,9}(?:[:：][ \t]{0,9}\1(?![*_])|\1[ \t]{0,9}[:：])"
)
_BETWEEN = " \t|·•;,"

_DELIMITERS = re.compile(r"\n[ \t|:]*+-[-|: \t]*+(?=\n)")
_BAR = re.compile(r"(?<!\\)\|")
_OF_NAMES = re.compile(
    "field|item|property|attribute|key|parameter|element|label|metadata|metafield|"
    "felt|egenskap|feld|merkmal|eigenschaft|campo|atributo|champ|élément|attribut"
)
_OF_VALUES = re.compile(
    "value|values|detail|details|description|content|contents|data|information|info|entry|name|definition|meaning|"
    "responsibility|responsibilities|verdi|beskrivelse|innhold|wert|beschreibung|inhalt|angabe|valor|detalle|detalles|"
    "descripción|descrição|conteúdo|contenido|valeur|détail|détails|contenu"
)
_OF_VERSIONS = re.compile(
    "rev|revision|revisionno|revisionnumber|revno|revnumber|version|versionno|versionnumber|ver|vers|issue|issueno|"
    "edition|revisjon|versjon|utgave|ausgabe|révision|versión|versão|revisión|revisão"
)
_ABOUT_VERSIONS = re.compile("rev|ver|rév|issue|edition|utgave|ausgabe", re.IGNORECASE)
_OF_DATES = re.compile(
    "date|effectivedate|revisiondate|issuedate|releasedate|approvaldate|dateofissue|dateofrevision|datechanged|"
    "effective|released|approved|dato|datum|fecha|data"
)
_OF_CHANGES = re.compile("change|description|summary|reason|endring|änderung|cambio|modification|alteraç|descri")

_FILL_IN = re.compile(r"(?=.*__)[_/.\- ]*+")
_ISO = re.compile(r"(\d{4})[-./](\d{1,2})(?:[-./](\d{1,2}))?(?!\d)")
_NUMERIC = re.compile(r"(\d{1,2})[-./](\d{1,2})[-./](\d{4})")
_MONTH_FIRST = re.compile(r"([^\W\d_]{3,9})\.?[ \t]+(?:(\d{1,2})(?:st|nd|rd|th)?,?[ \t]+)?(\d{4})")
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\.?[ \t-]*([^\W\d_]{3,9})[.,]?[ \t-]*(\d{4})")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMBER = re.compile(r"[^\W\d_]{0,4}[. \t]?(\d{1,9}(?:\.\d{1,9})*)$")


class Heading(NamedTuple):
    """The text of a file's first heading of level 1, and where the part that describes the file ends."""

    text: str
    end_of_top: int


@dataclass(frozen=True, slots=True)
class Sighting:
    """A field that the body gives: its name and value without markup, and from where to where it stands."""

    name: str
    value: str
    begin: int
    end: int
    kind: Literal["bold", "table", "history"]


class _Cell(NamedTuple):
    text: str
    begin: int
    end: int


class _Table(NamedTuple):
    """Rows of cells, the header first, and the column that holds versions if it is a table of revisions."""

    rows: list[list[_Cell]]
    versions: int | None


@lru_cache(maxsize=1024)
def folded(name: str) -> str:
    """Return a field's name without case, spaces, underscores, hyphens and a full stop or colon behind it."""
    return name.rstrip(".: ").translate(_FOLDING).casefold()


def find_heading(text: MarkdownText, is_titled: bool) -> Heading:
    """Find the title and the end of the top: the first heading of level 1 or 2 after the title.

    The top goes on under a heading that names the document's own data ('Document control'). The first heading is the
    title whatever its level, unless front matter has titled the file already (`is_titled`).
    """
    title: str | None = None
    top = -1
    first = True
    for begin, level, heading in _headings(text.blocks):
        if level == 1 and title is None:
            title = plain(heading)
        elif top < 0 and level <= 2 and not _is_about_the_document(heading) and (is_titled or not first):
            top = begin
        first = False
        if title is not None and top >= 0:
            break
    return Heading(title or "", top if top >= 0 else len(text.blocks))


def _headings(text: str) -> Iterator[tuple[int, int, str]]:
    for match in _HEADING.finditer(text):
        if match[1]:
            heading = match[2].rstrip()
            bare = heading.rstrip("#")
            yield match.start(), len(match[1]), bare if not bare or bare[-1] in " \t" else heading
        else:  # underlined: a line with '---' below a single line of text, other than a field or an item
            before = text.rfind("\n", 0, match.start()) + 1
            line = text[before : match.start()].strip()
            above = text[max(0, text.rfind("\n", 0, max(0, before - 1))) : max(0, before - 1)]
            if line and not above.strip() and not line.startswith(("**", "__", "|", "#", ">", "- ", "* ", "-", "=")):
                yield before - 1, 1 if "=" in match[0] else 2, line


def _is_about_the_document(heading: str) -> bool:
    name = plain(heading)
    number = _BEFORE_NAME.match(name)
    return _ABOUT_THE_DOCUMENT.fullmatch(name[number.end() if number else 0 :].casefold().rstrip(" :.")) is not None


def find_sightings(text: MarkdownText, top: int, most: int) -> tuple[list[Sighting], bool]:
    """Find the fields of bold lines and two-column tables up to `top`, and the newest version of revision tables.

    Bold lines come first, then tables, then revisions, each in the order of their places. At most `most` bold lines
    and `most` rows are looked at; returns whether there were more.
    """
    tables: list[_Table] = []
    rows = 0
    for table in _tables(text.blocks, top, most):
        tables.append(table)
        rows += len(table.rows)
        if rows > most:
            break
    parts = [(table.rows[0][0].begin, table.rows[-1][-1].end) for table in tables]
    bold = list(islice(_bold_lines(text.blocks, top, parts), most + 1))
    pairs = [pair for table in tables if table.versions is None for pair in _pairs(table.rows)]
    histories = [
        Sighting(plain(table.rows[0][column].text), plain(newest.text), newest.begin, newest.end, "history")
        for table in tables
        if (column := table.versions) is not None and (newest := _newest(table.rows, column)) is not None
    ]
    return [*bold[:most], *pairs, *histories], rows > most or len(bold) > most


def _bold_lines(text: str, top: int, tables: list[tuple[int, int]]) -> Iterator[Sighting]:
    at = 0
    for line in _BOLD_LINE.finditer(text, 0, top):
        begin, written = line.start(2), line[2]
        while at < len(tables) and tables[at][1] < begin:
            at += 1
        if at < len(tables) and tables[at][0] <= begin:
            continue
        labels = list(_LABEL.finditer(written))
        if not labels or labels[0].start():
            continue
        ends = [label.start() for label in labels[1:]] + [len(written)]
        for label, end in zip(labels, ends, strict=True):
            value = written[label.end() : end].rstrip()
            if end < len(written):
                value = value.rstrip(_BETWEEN)
            if name := _name(label[2]):
                ended = begin + label.end() + len(value)
                yield Sighting(name, _value(value), begin + label.start(), ended, "bold")


def _tables(text: str, top: int, most: int) -> Iterator[_Table]:
    """Yield tables of revisions, and those of two columns up to `top`."""
    after = 0
    for delimiters in _DELIMITERS.finditer(text):
        begin, end = text.rfind("\n", 0, delimiters.start()) + 1, delimiters.end()
        if begin < after or "|" not in text[begin : delimiters.start()]:
            continue
        may_be_history = _ABOUT_VERSIONS.search(text, begin, delimiters.start()) is not None
        if not may_be_history and begin >= top:  # most tables: not worth a split
            continue
        header = _cells(text, begin, delimiters.start())
        if len(header) != 2 and not may_be_history:
            continue
        line = delimiters[0].strip()
        if len(header) != line.count("|") + 1 - line.startswith("|") - line.endswith("|"):
            continue
        column = _version_column(header) if may_be_history else None
        if column is None and (len(header) != 2 or begin >= top):
            continue
        rows = [header]
        while end + 1 < len(text) and len(rows) <= most:
            following = text.find("\n", end + 1)
            if "|" not in text[end:following]:
                break
            rows.append(_cells(text, end + 1, following))
            end = following
        after = end
        yield _Table(rows, column)


def _cells(text: str, begin: int, end: int) -> list[_Cell]:
    bars = [bar.start() for bar in _BAR.finditer(text, begin, end)]
    edges = [begin - 1, *bars, end]
    cells = [_trimmed(text, left + 1, right) for left, right in pairwise(edges)]
    if bars and not cells[0].text:
        del cells[0]
    if bars and len(cells) > 1 and not cells[-1].text:
        del cells[-1]
    return cells


def _trimmed(text: str, begin: int, end: int) -> _Cell:
    cell = text[begin:end].rstrip()
    bare = cell.lstrip()
    begin += len(cell) - len(bare)
    return _Cell(bare.replace("\\|", "|"), begin, begin + len(bare))


def _pairs(table: list[list[_Cell]]) -> Iterator[Sighting]:
    """Yield the rows of a two-column table; its header too, unless it only says that names and values follow."""
    name, value = (folded(plain(cell.text)) for cell in table[0])
    rows = table[1:] if not value or _OF_NAMES.fullmatch(name) or _OF_VALUES.fullmatch(value) else table
    for cells in rows:
        name = _name(cells[0].text)
        if folded(name):  # not of nothing but dashes
            value = _value(cells[1].text) if len(cells) > 1 else ""
            yield Sighting(name, value, cells[0].begin, cells[min(1, len(cells) - 1)].end, "table")


def _name(text: str) -> str:
    return plain(text).rstrip(":： ")


def _value(text: str) -> str:
    """Return a value without markup; what is left blank to be filled in by hand ('____') is empty."""
    value = plain(text)
    return "" if "__" in value and _FILL_IN.fullmatch(value) else value


def _version_column(header: list[_Cell]) -> int | None:
    """Return the column of versions if a table is one of revisions, not a list of documents.

    The version is in the first column or behind number and date, and another column has the date or the change.
    """
    names = [folded(plain(cell.text)) for cell in header[:12]]
    for at, name in enumerate(names):
        if _OF_VERSIONS.fullmatch(name):
            others = names[:at] + names[at + 1 :]
            told = any(_OF_DATES.fullmatch(other) or _OF_CHANGES.search(other) for other in others)
            return at if told else None
        if not _OF_DATES.fullmatch(name) and name not in ("", "#", "no", "nr"):
            return None
    return None


def _newest(table: list[list[_Cell]], column: int) -> _Cell | None:
    """Return the version with the latest date.

    Where dates do not tell (none, unreadable, day and month in doubt) the last row has it, or the first if the
    versions count down.
    """
    dates = [at for at, cell in enumerate(table[0]) if _OF_DATES.fullmatch(folded(plain(cell.text)))]
    rows = [row for row in table[1:] if column < len(row) and row[column].text]
    if len(rows) < 2:
        return rows[0][column] if rows else None
    versions = [number for row in rows if (number := _number(row[column].text)) is not None]
    counts_down = len(versions) > 1 and versions[0] > versions[-1]
    candidates: set[int] = set()
    texts = [next((row[at].text for at in dates if at < len(row)), "") for row in rows]
    for day_first in _orders(texts):
        days = {at: day for at, text in enumerate(texts) if (day := _day(text, day_first)) is not None}
        if days:
            latest = max(days.values())
            same = [at for at, day in days.items() if day == latest]
            candidates.add(same[0] if counts_down else same[-1])
    chosen = candidates.pop() if len(candidates) == 1 else 0 if counts_down else -1
    return rows[chosen][column]


def _number(version: str) -> tuple[int, ...] | None:
    match = _NUMBER.match(plain(version))
    return tuple(map(int, match[1].split("."))) if match else None


def _orders(dates: list[str]) -> list[bool]:
    """Return whether days come before months in numeric dates: both ways where the dates fit both."""
    numeric = [(int(match[1]), int(match[2])) for text in dates if (match := _NUMERIC.match(text))]
    fits_days = all(second <= 12 for _, second in numeric)
    fits_months = all(first <= 12 for first, _ in numeric)
    return [order for order, fits in ((True, fits_days), (False, fits_months)) if fits]


def _day(text: str, day_first: bool) -> tuple[int, int, int] | None:
    """Return a date for comparing only; a missing day counts as the month's end."""
    if match := _ISO.match(text):
        return int(match[1]), int(match[2]), int(match[3] or 31)
    if match := _NUMERIC.match(text):
        first, second = int(match[1]), int(match[2])
        return (int(match[3]), second, first) if day_first else (int(match[3]), first, second)
    if match := _DAY_FIRST.match(text):
        day, word, year = match[1], match[2], match[3]
    elif match := _MONTH_FIRST.match(text):
        word, day, year = match[1], match[2] or "31", match[3]
    else:
        return None
    start = word[:3].casefold()
    return (int(year), _MONTHS.index(start) + 1, int(day)) if start in _MONTHS else None
