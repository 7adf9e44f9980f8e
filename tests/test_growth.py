"""What a check costs grows with the description and no faster; and what is measured is what the benchmarks say."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from benchmarks.generate import write_qms
from benchmarks.own_files import write_own_files

from isocheck.qms.description import Description

from .conftest import DAY, Run


def test_no_register_is_gone_through_once_for_each_entry_of_another(
    isocheck: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: Counter[str] = Counter()
    entries = Description.entries

    def counting(self: Description, register: str) -> list[object]:
        asked[register] += 1
        return entries(self, register)

    monkeypatch.setattr(Description, "entries", counting)
    times = []
    for size in (300, 900):
        write_qms(tmp_path / str(size), size)
        asked.clear()
        isocheck("check", tmp_path / str(size), "--as-of", DAY, "-f", "json")
        times.append(dict(asked))
    assert times[0]
    assert times[0] == times[1]


@pytest.mark.parametrize("what", ["own shape", "own files"])
def test_what_is_measured_has_a_gap_in_few_entries_and_not_in_all(isocheck: Run, tmp_path: Path, what: str) -> None:
    if what == "own shape":
        write_qms(tmp_path / "qms", 2_000)
    else:
        write_own_files(tmp_path / "qms", documents=100, rows=400)
    code, out, err = isocheck("check", tmp_path / "qms", "--as-of", DAY, "-f", "json")
    assert (code, err) == (1, "")
    of_entries = [finding for finding in json.loads(out)["findings"] if finding["entry"]]
    assert of_entries
    often = {
        (finding["requirement"], finding["check"])
        for finding in of_entries
        if finding["extent"]["failing"] > max(2, finding["extent"]["looked"] / 10)
    }
    assert often == set()
