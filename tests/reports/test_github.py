from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest

from isocheck.assessment.gate import Gate
from isocheck.assessment.results import Assessment
from isocheck.location import Location
from isocheck.reports.github import Annotation, render
from isocheck.terms import Grade

from .agreement import agrees
from .fabricated import OWN_WORK
from .gates import GATE

ESCAPED = [
    ("100 %", "t", "::error title=t::100 %25"),
    ("a\r\nb\n::set-output name=x::y", "t", "::error title=t::a%0D%0Ab%0A::set-output name=x::y"),
    ("%0A", "t", "::error title=t::%250A"),
    ("a: b, c", "t", "::error title=t::a: b, c"),
    ("m", "a: b, c%\r\n", "::error title=a%3A b%2C c%25%0D%0A::m"),
    ("m", "t,file=x::y", "::error title=t%2Cfile=x%3A%3Ay::m"),
    ("", "", "::error ::"),
]


def kinds(report: bytes) -> Counter[str]:
    """How many of each kind."""
    return Counter(line.split(" ", 1)[0].strip(":") for line in report.decode().splitlines())


def test_the_annotations_are_as_they_were(fabricated: Assessment) -> None:
    agrees("annotations.txt", render(fabricated, GATE))


@pytest.mark.parametrize(("message", "title", "expected"), ESCAPED)
def test_texts_are_escaped_as_the_toolkit_does(message: str, title: str, expected: str) -> None:
    assert str(Annotation("error", message, {"title": title})) == expected


def test_nothing_to_say(empty: Assessment) -> None:
    assert render(empty) == b""


def test_grades_and_places(fabricated: Assessment) -> None:
    assert kinds(render(fabricated)) == {"error": 2, "warning": 7, "notice": 3}
    only = replace(fabricated, findings=(OWN_WORK,))
    assert render(only).decode() == (
        "::warning title=9.2.2 c)%2C potential minor,file=audits.yaml,line=34,endLine=34,col=17,endColumn=29::"
        "audits/A2, auditors 1: audits/A2: Åsa Lindqvist audited PR1 “Drehen & Fräsen”, her own work.%0A"
        "Remedy: Let somebody else audit the process; in a firm this small, swap with a neighbour.\n"
    )
    over = replace(OWN_WORK, location=Location("a,b.yaml", 3, 5, 4, 2))
    head = render(replace(fabricated, findings=(over,))).decode().partition("::audits")[0]
    assert head == "::warning title=9.2.2 c)%2C potential minor,file=a%2Cb.yaml,line=3,endLine=4"


def test_what_does_not_count_is_left_out_and_counted(fabricated: Assessment) -> None:
    lines = render(fabricated, GATE).decode().splitlines()
    assert kinds(render(fabricated, GATE)) == {"error": 2, "warning": 5, "notice": 4}
    assert lines[-1] == "::notice title=isocheck::1 finding is waived and 1 finding is known in the baseline."


def test_ten_of_each_kind_the_worst_first_and_how_many_more(many: Callable[[int], Assessment]) -> None:
    report = render(many(25_000))
    lines = report.decode().splitlines()
    assert kinds(report) == {"error": 10, "warning": 10, "notice": 10}
    assert [line.split()[0] for line in lines] == ["::error"] * 10 + ["::warning"] * 10 + ["::notice"] * 10
    assert lines[-1] == (
        "::notice title=isocheck::24971 more findings not shown here: "
        "6240 potential major, 12490 potential minor, 6241 opportunities."
    )


@pytest.mark.parametrize(
    ("amount", "waived", "notices"), [(10, 0, 10), (11, 0, 10), (10, 1, 10), (12, 2, 10), (9, 0, 9)]
)
def test_the_last_notice_is_one_of_ten(fabricated: Assessment, amount: int, waived: int, notices: int) -> None:
    found = tuple(replace(OWN_WORK, entry=f"A{at}", grade=Grade.OPPORTUNITY) for at in range(amount))
    gate = Gate(baseline="b", known=frozenset(each.identity for each in found[:waived]))
    report = render(replace(fabricated, findings=found), gate)
    assert kinds(report) == {"notice": notices}
    told = report.decode().splitlines()[-1]
    assert told.startswith("::notice title=isocheck::") is (amount > 10 or waived > 0)
