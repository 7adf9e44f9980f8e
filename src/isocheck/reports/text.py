"""What plain reports share: symbols, words, dates, and texts from input made harmless."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from isocheck.assessment.results import Assessment, Counts, Engagement
from isocheck.terms import Grade, Verdict

__all__ = [
    "ASCII_SYMBOLS",
    "SYMBOLS",
    "cell_guard",
    "day",
    "engaged",
    "gap_counts",
    "met",
    "month",
    "number",
    "one_line",
    "share",
    "typewritten",
    "visible",
    "weekday",
]

SYMBOLS: Final = {
    Verdict.CONFORMING: "✓",
    Verdict.DESCRIBED: "◐",
    Verdict.MINOR: "▲",
    Verdict.MAJOR: "✗",
    Verdict.NOT_DESCRIBED: "□",
    Verdict.NOT_YET: "◷",
    Verdict.UNASSESSED: "?",
    Verdict.NOT_APPLICABLE: "–",
}
ASCII_SYMBOLS: Final = {
    Verdict.CONFORMING: "+",
    Verdict.DESCRIBED: "~",
    Verdict.MINOR: "!",
    Verdict.MAJOR: "X",
    Verdict.NOT_DESCRIBED: "o",
    Verdict.NOT_YET: ">",
    Verdict.UNASSESSED: "?",
    Verdict.NOT_APPLICABLE: "-",
}

# not strftime, whose names follow the locale
# fmt: off
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
# fmt: on
_FORMULA = tuple("=+-@＝＋－＠")  # a tab or a line end, as dangerous, begins no cell: white space is squeezed
_TYPEWRITER = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "...", "·": ".", "\u00a0": " "}
    | {chr(0x2400 + code): f"<U+{code:04X}>" for code in range(0x20)}
    | {"␡": "<U+007F>"}
)

_STEERING = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # controls; tab, line feed and carriage return are white space
    "\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"  # direction of text, zero width
    "\ud800-\udfff\ufffe\uffff"  # halves of pairs, which UTF-8 cannot write, and what is no character
    "\U000e0000-\U000e007f]"  # tags: text that nobody sees
)


def visible(text: str) -> str:
    """Show what would steer a terminal or hide from a reader: ESC becomes '␛', a direction mark '<U+202E>'."""
    return text if text.isprintable() else _STEERING.sub(_show, text)


def _show(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else f"<U+{code:04X}>"


def one_line(text: str) -> str:
    """Make text visible, and white space of any kind and length one space."""
    return visible(" ".join(text.split()))


def typewritten(text: str) -> str:
    """Write typographic punctuation and signs for controls in ASCII; letters stay as they are."""
    return text.translate(_TYPEWRITER)


def cell_guard(text: str) -> str:
    """Return a text in one line that no spreadsheet takes for a formula."""
    line = one_line(text)
    return f"'{line}" if line.startswith(_FORMULA) else line


def day(when: date) -> str:
    """A date as prose shows it: '30 October 2026'."""
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


def month(when: date) -> str:
    """A month as prose shows it: 'October 2026'."""
    return f"{_MONTHS[when.month - 1]} {when.year}"


def weekday(when: date) -> str:
    """The day of the week, in three letters."""
    return _WEEKDAYS[when.weekday()]


def number(count: int, one: str, more: str = "") -> str:
    """A number with its noun: '1 gap', '2 gaps', '3 opportunities'."""
    return f"{count} {one if count == 1 else more or one + 's'}"


def share(part: int, whole: int) -> str:
    """A share as whole per cent that is never rounded to all or nothing: '99 %' for 399 of 400."""
    if not whole:
        return "–"
    if part in {0, whole}:
        return "100 %" if part else "0 %"
    return f"{min(99, max(1, round(100 * part / whole)))} %"


def met(counts: Counts) -> str:
    """The score in words: '10 of 23 applicable requirements met (43 %)'."""
    if not counts.applicable:
        return "No requirement applies"
    return (
        f"{counts.met} of {number(counts.applicable, 'applicable requirement')} met "
        f"({share(counts.met, counts.applicable)})"
    )


def gap_counts(assessment: Assessment) -> str:
    """The gaps in words: '9 gaps in 12 places: 2 potential major, 7 potential minor; 3 opportunities'."""
    grades = dict(assessment.summary.gaps)
    gaps = {grade: count for grade, count in grades.items() if count and grade is not Grade.OPPORTUNITY}
    judged = sum(assessment.summary.counts[verdict] for verdict in (Verdict.MINOR, Verdict.MAJOR))
    if gaps:
        total = sum(gaps.values())
        places = sum(count for grade, count in assessment.summary.findings if grade is not Grade.OPPORTUNITY)
        said = f"{number(total, 'gap')}{f' in {places} places' if places > total else ''}: "
        said += ", ".join(f"{count} potential {grade}" for grade, count in gaps.items())
    else:
        said = f"No check found a gap, a person found {judged}" if judged else "No gap found"
    if opportunities := grades.get(Grade.OPPORTUNITY, 0):
        said += "; " + number(opportunities, "opportunity", "opportunities")
    return said


def engaged(engagement: Engagement) -> str:
    """What was looked at, in words; empty where that is all."""
    parts = (("sites", engagement.sites), ("processes", engagement.processes), ("clauses", engagement.clauses))
    return "; ".join(f"{name} {', '.join(map(one_line, held))}" for name, held in parts if held)
