"""What stands behind a verdict says what was looked at, and what was not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Folder
from tests.making import assessed

SOURCE = "sources: [{csv: log.csv, register: nonconformities, fields: {Due: actions.due, What: actions.what}}]\n"
HEAD = "id,detected,What,Due,description,action_needed\n"


def _reason(root: Path, id_: str) -> tuple[str, str]:
    (result,) = [each for each in assessed(root).with_items() if each.id == id_]
    return str(result.verdict), result.reason


@pytest.mark.parametrize(
    ("days", "unread"),
    [
        (("2026-09-01", "2027-01-01"), ""),
        (("01/02/2020", "2027-01-01"), "; 1 value that would be looked at could not be read"),
        (("sometime", "2027-01-01", "soon"), "; 2 values that would be looked at could not be read"),
    ],
)
def test_a_value_that_could_not_be_read_is_told_where_the_others_pass(
    folder: Folder, days: tuple[str, ...], unread: str
) -> None:
    rows = "".join(f"N{at},2026-05-01,mend,{day},x,yes\n" for at, day in enumerate(days))
    verdict, reason = _reason(folder({"isocheck.yaml": SOURCE, "log.csv": HEAD + rows}), "10.2.1-c")
    assert verdict == "described"
    assert reason.endswith(f" looked at{unread}.")


def test_a_value_that_no_check_of_the_requirement_asks_for_is_not_told(folder: Folder) -> None:
    rows = "N0,someday,mend,2027-01-01,x,yes\n"
    assert "could not be read" not in _reason(folder({"isocheck.yaml": SOURCE, "log.csv": HEAD + rows}), "10.2.1-c")[1]


def test_what_shows_an_opportunity_has_not_passed(folder: Folder) -> None:
    """The newest improvement with a result is older than the default, which binds nobody."""
    root = folder({"a.yaml": "improvements: [{id: I1, what: clamp, done: 2025-01-10, result: half the time}]"})
    assert _reason(root, "10.3-s1") == ("described", "1 check looked at 1 and found an opportunity, but no gap.")


def test_an_open_case_within_its_time_does_not_show_that_an_effect_was_looked_at(folder: Folder) -> None:
    entry = "{id: N1, detected: 2026-06-01, description: x, correction: {what: made again}, action_needed: false}"
    assert _reason(folder({"a.yaml": f"nonconformities: [{entry}]"}), "10.2.1-d")[0] == "unassessed"
