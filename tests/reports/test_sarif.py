from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from isocheck.assessment.gate import Gate, Void
from isocheck.assessment.results import Assessment, Notice
from isocheck.location import Location
from isocheck.reports.sarif import KEPT, render
from isocheck.terms import Grade

from .agreement import agrees
from .fabricated import NO_AUDIT, OWN_WORK
from .gates import GATE


def run(assessment: Assessment, *more: Any) -> dict[str, Any]:
    """The only run of a log."""
    (only,) = json.loads(render(assessment, *more))["runs"]
    assert isinstance(only, dict)
    return only


def of(assessment: Assessment, *more: Any) -> dict[str, dict[str, Any]]:
    """Results by rule."""
    return {result["ruleId"]: result for result in run(assessment, *more)["results"]}


def test_the_log_is_as_it_was(fabricated: Assessment) -> None:
    agrees("report.sarif", render(fabricated, GATE))


def test_an_empty_assessment_has_a_run_without_results(empty: Assessment) -> None:
    only = run(empty)
    assert (only["results"], only["tool"]["driver"]["rules"]) == ([], [])
    assert only["invocations"][0]["executionSuccessful"] is True


def test_a_result_holds_what_github_asks_for(fabricated: Assessment) -> None:
    result = of(fabricated)["9.2.2-c/impartial"]
    assert result["level"] == "warning"
    assert result["message"]["text"].startswith("audits/A2, auditors 1: ")
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "audits.yaml", "uriBaseId": "%SRCROOT%"}
    assert place["region"] == {"startLine": 34, "startColumn": 17, "endLine": 34, "endColumn": 30}
    assert result["partialFingerprints"] == {"primaryLocationLineHash": "1a350f9b1a7d9de3e0d6f2ff82cafbfd:1"}


def test_fingerprints_are_unique_and_outlive_a_move(fabricated: Assessment) -> None:
    marks = [result["partialFingerprints"]["primaryLocationLineHash"] for result in run(fabricated)["results"]]
    assert len(set(marks)) == len(marks) == len(fabricated.findings)
    moved = [replace(each, location=Location("x.yaml", 7, 1)) for each in fabricated.findings]
    again = run(replace(fabricated, findings=tuple(moved)))["results"]
    assert [result["partialFingerprints"]["primaryLocationLineHash"] for result in again] == marks


def test_every_region_ends_after_it_begins(fabricated: Assessment) -> None:
    broken = [replace(each, location=replace(each.location, end_line=0, end_column=0)) for each in fabricated.findings]
    for findings in (fabricated.findings, tuple(broken)):
        for result in run(replace(fabricated, findings=findings))["results"]:
            region = result["locations"][0]["physicalLocation"]["region"]
            begin, end = (region["startLine"], region["startColumn"]), (region["endLine"], region["endColumn"])
            assert (1, 1) <= begin < end


def test_levels_follow_grades(fabricated: Assessment) -> None:
    levels = {f"{each.requirement}/{each.check}": each.grade for each in fabricated.findings}
    words = {Grade.MAJOR: "error", Grade.MINOR: "warning", Grade.OPPORTUNITY: "note"}
    assert {rule: result["level"] for rule, result in of(fabricated).items()} == {
        rule: words[grade] for rule, grade in levels.items()
    }


def test_rules_are_those_that_have_results(fabricated: Assessment) -> None:
    only = run(fabricated)
    rules = only["tool"]["driver"]["rules"]
    assert [rules[result["ruleIndex"]]["id"] for result in only["results"]] == [
        each["ruleId"] for each in only["results"]
    ]
    assert {rule["id"] for rule in rules} == {result["ruleId"] for result in only["results"]}
    kinds = {rule["id"]: rule["properties"]["tags"][-1] for rule in rules}
    assert (kinds["4.1-s3/decided"], kinds["8.5.3-s2/reported"]) == ("absent", "integrity")
    for rule in rules:
        texts = [rule["shortDescription"]["text"], rule["fullDescription"]["text"], rule["help"]["text"]]
        assert all(text.endswith(".") for text in texts)
        assert rule["properties"]["label"] in rule["help"]["markdown"]
        assert "security-severity" not in json.dumps(rule)
    order = [rule["id"] for rule in rules]
    assert order.index("4.3-c/products") < order.index("8.5.1-a/results") < order.index("9.3.2-c4/treated")


def test_a_rule_on_what_is_absent_says_so(fabricated: Assessment) -> None:
    finding = replace(NO_AUDIT, check="absent", kind="absent", tests="", entry="")
    (rule,) = run(replace(fabricated, findings=(finding,)))["tool"]["driver"]["rules"]
    assert rule["id"] == "9.2.2-a/absent"
    assert rule["shortDescription"]["text"] == "9.2.2 a): what the requirement rests on is described."


def test_a_rule_has_the_level_of_its_gravest_finding(fabricated: Assessment) -> None:
    pair = (replace(OWN_WORK, entry="A9", grade=Grade.OPPORTUNITY), replace(OWN_WORK, grade=Grade.MAJOR))
    (rule,) = run(replace(fabricated, findings=pair))["tool"]["driver"]["rules"]
    assert rule["defaultConfiguration"]["level"] == "error"


def test_a_cell_stands_in_the_message_and_a_path_is_a_uri(fabricated: Assessment) -> None:
    result = of(fabricated)["8.5.3-s2/reported"]
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "registers/property%20of%20others.xlsx"
    assert place["region"] == {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 2}
    assert "(Property!D8)" in result["message"]["text"]


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("a b/ü#?.yaml", "a%20b/%C3%BC%23%3F.yaml"),
        ("100%.yaml", "100%25.yaml"),
        ("a:b.yaml", "./a:b.yaml"),
        ("q/a:b.yaml", "q/a:b.yaml"),
        ("[x].yaml", "%5Bx%5D.yaml"),
    ],
)
def test_paths_as_uris(fabricated: Assessment, path: str, uri: str) -> None:
    finding = replace(OWN_WORK, location=Location(path, 1, 1, 1, 2))
    (result,) = run(replace(fabricated, findings=(finding,)))["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


def test_a_message_is_text_and_no_link_or_placeholder(fabricated: Assessment) -> None:
    finding = replace(OWN_WORK, message="[click](evil) {0} [Name] a")
    (result,) = run(replace(fabricated, findings=(finding,)))["results"]
    assert result["message"]["text"].endswith("\\[click](evil) {{0}} [Name] a.")


def test_waived_findings_are_suppressed_and_known_ones_unchanged(fabricated: Assessment) -> None:
    results = of(fabricated, GATE)
    assert results["9.2.2-c/impartial"]["suppressions"] == [
        {
            "kind": "external",
            "status": "accepted",
            "justification": "Two people; see D7 (approved by Åsa Lindqvist, until 2027-03-31)",
        }
    ]
    assert [rule for rule, each in results.items() if each["suppressions"]] == ["9.2.2-c/impartial"]
    assert [rule for rule, each in results.items() if each["baselineState"] == "unchanged"] == ["9.3.2-c4/treated"]
    assert {each["baselineState"] for each in results.values()} == {"new", "unchanged"}
    for result in of(fabricated, Gate()).values():
        assert not {"suppressions", "baselineState"} & set(result)
    assert {len(of(fabricated, gate)) for gate in (GATE, Gate())} == {len(fabricated.findings)}


def test_notices_and_limits_are_notifications(fabricated: Assessment) -> None:
    told = replace(fabricated, notices=(Notice("history is shallow {x}", Location("records.yaml", 4, 2)),))
    said = run(told)["invocations"][0]["toolExecutionNotifications"]
    assert {each["level"] for each in said} == {"note"}
    assert [each["message"]["text"] for each in said] == [
        "History is shallow {{x}}.",
        "One requirement lies outside the engagement.",
        "A passing check says that something is described, not that it works.",
        "Grades are potential: only a certification body grades findings.",
    ]
    assert said[0]["locations"][0]["physicalLocation"]["region"]["startLine"] == 4


def test_a_void_waiver_is_told_where_it_stands(fabricated: Assessment) -> None:
    gate = Gate(void=(Void(OWN_WORK.identity, "expired on 2026-01-01", Location("waivers.yaml", 7, 3)),))
    said = run(fabricated, gate)["invocations"][0]["toolExecutionNotifications"][-1]
    assert said["message"]["text"] == (
        "The waiver of 9.2.2-c/impartial audits/A2, auditors 1 is void: it expired on 2026-01-01."
    )
    assert said["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "waivers.yaml"


@pytest.mark.parametrize(
    ("root", "id_"), [(".", "isocheck/iso9001-2015/"), ("group/q ms", "isocheck/iso9001-2015/group/q%20ms/")]
)
def test_two_descriptions_of_a_repository_are_two_analyses(fabricated: Assessment, root: str, id_: str) -> None:
    source = replace(fabricated.source, root=root)
    assert run(replace(fabricated, source=source))["automationDetails"]["id"] == id_


def test_the_gravest_5000_are_kept_and_the_others_counted(many: Callable[[int], Assessment]) -> None:
    only = run(many(25_000))
    assert len(only["results"]) == KEPT == 5000
    assert {result["level"] for result in only["results"]} == {"error"}
    assert {rule["id"] for rule in only["tool"]["driver"]["rules"]} == {result["ruleId"] for result in only["results"]}
    (said,) = only["invocations"][0]["toolExecutionNotifications"]
    assert said["message"]["text"] == (
        "20000 findings (1250 potential major, 12500 potential minor, 6250 opportunities) left out: "
        "a run may hold 5000 results, and the gravest are kept."
    )


def test_what_may_fail_the_run_is_kept_before_what_is_graver_and_known(many: Callable[[int], Assessment]) -> None:
    assessment = many(25_000)
    new = {each.identity for each in assessment.findings if each.grade is not Grade.MAJOR} & {
        each.identity for each in assessment.findings[-4000:]
    }
    gate = Gate(baseline="b.json", known=frozenset(each.identity for each in assessment.findings) - new)
    only = run(assessment, gate)
    states = [result["baselineState"] for result in only["results"]]
    assert states == ["new"] * len(new) + ["unchanged"] * (KEPT - len(new))
    (said,) = only["invocations"][0]["toolExecutionNotifications"]
    assert said["message"]["text"].endswith(
        "a run may hold 5000 results, and what may fail the run is kept before what is waived or known, "
        "then the gravest."
    )
