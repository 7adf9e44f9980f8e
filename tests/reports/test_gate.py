"""What reports say of the gate: in those that guard a run all of it, in a client's report nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import jsonschema
import pytest
from rich.cells import cell_len

from isocheck.assessment.gate import Gate, Void, Waived, failing_first
from isocheck.assessment.identities import read_identity, write_identity
from isocheck.assessment.results import Assessment
from isocheck.location import Location
from isocheck.reports import json_report, markdown, terminal
from isocheck.reports.formats import render
from isocheck.reports.result_schema import result_schema
from isocheck.terms import Grade

from . import fabricated as invented
from .agreement import agrees

HOSTILE = "\x1b[31mwe | <b>know</b> @all\n=1+1\x07 \u202e"
PLACE = Location("qms/waivers.yaml", 2, 5, 2, 12)


@pytest.fixture(scope="module")
def gate() -> Gate:
    """A gate in which everything occurs that there is to be said."""
    return Gate(
        waived=(
            Waived(invented.NO_AUDIT.identity, "New auditor from January", "Ø. Head", date(2026, 12, 31), PLACE),
            Waived(invented.OWN_WORK.identity, HOSTILE, HOSTILE, date(2027, 1, 31), PLACE),
        ),
        void=(
            Void(("9.2.2-c", "impartial", f"audits/{HOSTILE}", ""), "matches no finding", PLACE),
            Void(invented.REPORTED.identity, "expired on 2026-10-29", PLACE),
        ),
        baseline="ci/base line.json",
        known=frozenset({invented.PROPERTY.identity, invented.CLIMATE.identity}),
        closed=(("9.2.2-f", "kept", "audits/A0", ""),),
        gone=(("9.2.2-f", "kept", "audits/A9", ""),),
        misnamed=(("9.2.2-z", "kept", "audits/A0", ""),),
        graver=(invented.JUSTIFIED.identity,),
        fail_on=Grade.MINOR,
        fail_under=50.0,
        failed=True,
    )


def test_the_terminal_tells_of_the_gate(fabricated: Assessment, gate: Gate) -> None:
    agrees("terminal-gate.txt", terminal.render(fabricated, 80, False, gate=gate).encode())


def test_markdown_tells_of_the_gate(fabricated: Assessment, gate: Gate) -> None:
    agrees("report-gate.md", markdown.render(fabricated, gate=gate))


def test_json_tells_of_the_gate(fabricated: Assessment, gate: Gate) -> None:
    result = json.loads(json_report.render(fabricated, gate))
    schema = result_schema()
    jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker()).validate(result)
    told: dict[str, Any] = result["gate"]
    assert [read_identity(row["identity"]) for row in told["waived"]] == [each.identity for each in gate.waived]
    assert {read_identity(text) for text in told["known"]} == gate.known
    assert len(told["known"]) + len(told["new"]) + len(told["waived"]) == len(result["findings"])
    assert told["graver"] == [write_identity(invented.JUSTIFIED.identity)]
    assert result["findings"] == json.loads(json_report.render(fabricated))["findings"]
    assert json.loads(json_report.render(fabricated))["gate"] is None


def test_a_clients_report_says_nothing_of_it(fabricated: Assessment, gate: Gate) -> None:
    assert render("html", fabricated, gate=gate) == render("html", fabricated)


@pytest.mark.parametrize("width", [32, 60, 100])
def test_what_waivers_say_is_harmless(fabricated: Assessment, gate: Gate, width: int) -> None:
    said = terminal.render(fabricated, width, False, gate=gate)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", said)
    page = markdown.render(fabricated, gate=gate).decode()
    assert "<b>" not in page.partition("## Waived")[2].partition("\n## Documented")[0]
    for line in said.splitlines():
        unbroken = line.startswith("  isocheck ") or ".yaml:" in line or ".xlsx:" in line
        assert cell_len(line) <= width or unbroken


def test_what_may_fail_comes_first_and_nothing_goes_missing(fabricated: Assessment, gate: Gate) -> None:
    ordered = failing_first(fabricated.gaps(), gate)
    counting = [gate.counts(gap.first) for gap in ordered]
    assert counting == sorted(counting, reverse=True)
    assert 0 < sum(counting) < len(counting)
    assert {finding.identity for gap in ordered for finding in gap.findings} == {
        finding.identity for gap in fabricated.gaps() for finding in gap.findings
    }
    assert failing_first(fabricated.gaps(), Gate()) == fabricated.gaps()


def test_long_lists_are_cut_on_the_terminal_and_whole_in_json(many: Callable[[int], Assessment]) -> None:
    assessment = many(400)
    waived = tuple(
        Waived(finding.identity, "reason", "approver", date(2027, 1, 1), PLACE) for finding in assessment.findings
    )
    gate = Gate(waived=waived[:300], baseline="b", known=frozenset(each.identity for each in waived[300:]))
    said = terminal.render(assessment, 80, False, gate=gate)
    assert said.count("approved by approver") == 10
    assert "290 more; the JSON report has all" in said
    told = json.loads(json_report.render(assessment, gate))["gate"]
    assert (len(told["waived"]), len(told["known"]), told["new"]) == (300, 100, [])
    assert len(markdown.render(assessment, 40_000, gate)) <= 40_000
