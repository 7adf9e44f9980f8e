"""GitLab has no schema of its own to hold a report against: these are the rules of its documentation."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Any

from isocheck.assessment.gate import Gate
from isocheck.assessment.results import Assessment
from isocheck.reports.gitlab import render
from isocheck.terms import Grade

from .agreement import agrees
from .fabricated import NO_AUDIT
from .gates import GATE, waive


def valid(report: bytes) -> list[dict[str, Any]]:
    """Read a report and hold it against GitLab's rules."""
    assert not report.startswith(b"\xef\xbb\xbf"), "GitLab refuses a byte order mark"
    issues = json.loads(report)
    assert isinstance(issues, list)
    for issue in issues:
        assert {"description", "check_name", "fingerprint", "severity", "location"} <= set(issue)
        assert issue["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert all(isinstance(issue[key], str) and issue[key] for key in ("description", "check_name", "fingerprint"))
        path = issue["location"]["path"]
        assert path
        assert not path.startswith("./")
        assert not PurePosixPath(path).is_absolute()
        begin = issue["location"]["lines"]["begin"]
        assert isinstance(begin, int)
        assert begin >= 1
    assert len({issue["fingerprint"] for issue in issues}) == len(issues), "they would be shown as one"
    return issues


def test_the_report_is_as_it_was(fabricated: Assessment) -> None:
    agrees("gl-code-quality.json", render(fabricated, GATE))


def test_the_report_is_valid(fabricated: Assessment, empty: Assessment, many: Callable[[int], Assessment]) -> None:
    assert len(valid(render(fabricated))) == len(fabricated.findings)
    assert valid(render(empty)) == []
    assert len(valid(render(many(25_000)))) == 25_000


def test_severities_follow_grades(fabricated: Assessment) -> None:
    words = {Grade.MAJOR: "major", Grade.MINOR: "minor", Grade.OPPORTUNITY: "info"}
    issues = valid(render(fabricated))
    assert [issue["severity"] for issue in issues] == [words[each.grade] for each in fabricated.findings]


def test_a_finding_as_an_issue(fabricated: Assessment) -> None:
    issue = next(each for each in valid(render(fabricated)) if each["check_name"] == "8.5.3-s2/reported")
    assert re.match(r"8\.5\.3 \(2\) property/P-7\*: .* \(Property!D8\)\. Remedy: Add the owner", issue["description"])
    assert issue["location"] == {"path": "registers/property of others.xlsx", "lines": {"begin": 1, "end": 1}}
    assert issue["fingerprint"] == "539411289df11ce30d29feb12f999bcf"


def test_what_does_not_count_is_left_out_and_counted(fabricated: Assessment) -> None:
    issues = valid(render(fabricated, GATE))
    assert len(issues) == len(fabricated.findings) - 2 + 1
    assert not {"9.2.2-c/impartial", "9.3.2-c4/treated"} & {issue["check_name"] for issue in issues}
    last = issues[-1]
    assert last["description"] == "isocheck: 1 finding is waived and 1 finding is known in the baseline."
    assert (last["severity"], last["location"]["path"]) == ("info", "waivers.yaml")


def test_the_last_element_is_no_news_when_the_numbers_change(fabricated: Assessment) -> None:
    more = Gate(waived=(*GATE.waived, *waive(NO_AUDIT)))
    marks = [valid(render(fabricated, gate))[-1]["fingerprint"] for gate in (GATE, more)]
    assert marks[0] == marks[1]


def test_a_baseline_alone_is_named_by_its_file(fabricated: Assessment) -> None:
    gate = Gate(baseline="ci/known.json", known=frozenset({NO_AUDIT.identity}))
    assert valid(render(fabricated, gate))[-1]["location"]["path"] == "ci/known.json"
