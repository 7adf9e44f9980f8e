"""Gates for the tests of formats that CI systems read: one finding waived, one known in a baseline."""

from __future__ import annotations

from datetime import date

from isocheck.assessment.gate import Gate, Waived
from isocheck.assessment.results import Finding
from isocheck.location import Location

from .fabricated import INPUTS, OWN_WORK


def waive(*findings: Finding) -> tuple[Waived, ...]:
    """Waive findings, each on a line of its own."""
    return tuple(
        Waived(each.identity, "Two people; see D7", "Åsa Lindqvist", date(2027, 3, 31), Location("waivers.yaml", at))
        for at, each in enumerate(findings, 3)
    )


GATE = Gate(waived=waive(OWN_WORK), baseline="isocheck.baseline.json", known=frozenset({INPUTS.identity}))
