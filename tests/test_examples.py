from __future__ import annotations

import json
from datetime import date

import pytest

from isocheck.assessment.running import prepare, run_checks
from isocheck.cli.assessing import assess_path
from isocheck.location import Location
from isocheck.qms.description import Description
from isocheck.qms.registers import REGISTERS
from isocheck.qms.settings import Settings
from isocheck.standard.packs import load_pack
from isocheck.terms import Grade, Verdict

from .conftest import DAY, LATHE, Run


def test_the_machine_shop_has_no_finding() -> None:
    assessment = assess_path(LATHE, None, date.fromisoformat(DAY))
    assert [str(finding) for finding in assessment.findings] == []
    assert assessment.summary.counts[Verdict.DESCRIBED] > 265
    assert assessment.summary.counts[Verdict.CONFORMING] == 0


def test_every_register_is_filled() -> None:
    assessment = assess_path(LATHE, None, date.fromisoformat(DAY))
    assert {row.name for row in assessment.source.registers if row.entries} == set(REGISTERS)


def test_what_lapses_a_year_and_a_half_later() -> None:
    findings = assess_path(LATHE, None, date(2027, 12, 31)).findings
    lapsed = {(finding.requirement, finding.check) for finding in findings}
    assert ("9.2.1-s1", "recent") in lapsed
    assert ("9.3.1-s1", "recent") in lapsed
    assert ("7.1.5.2-a", "kept") in lapsed
    past = next(finding for finding in findings if finding.requirement == "9.2.1-s1" and finding.check == "recent")
    assert (past.grade, past.lapse) == (Grade.MAJOR, "past")


def test_no_check_passes_on_an_empty_description() -> None:
    empty = Description("empty", Location("isocheck.yaml"), Settings(), (), ())
    empty.by_id = {name: {} for name in REGISTERS}
    scope = prepare(load_pack("iso9001-2015"), empty, date.fromisoformat(DAY))
    for ran in run_checks(scope):
        assert (ran.outcome.nothing, ran.outcome.looked, ran.outcome.failures) == ("absent", 0, []), ran.key


def test_the_same_input_gives_the_same_bytes(isocheck: Run) -> None:
    first = isocheck("check", LATHE, "--as-of", "2027-12-31", "-f", "json")
    assert first == isocheck("check", LATHE, "--as-of", "2027-12-31", "-f", "json")
    assert json.loads(first[1])["format_version"] == 1


@pytest.mark.parametrize(("threshold", "code"), [("minor", 1), ("major", 1), ("never", 0), ("opportunity", 1)])
def test_the_threshold_decides_the_exit_code(isocheck: Run, threshold: str, code: int) -> None:
    assert isocheck("check", LATHE, "--as-of", "2027-12-31", "--fail-on", threshold)[0] == code
