"""CSV files and workbooks as sources, through the commands that read them."""

from __future__ import annotations

import json

from tests.conftest import Folder, Run
from tests.qms.reading import problems
from tests.sources.workbooks import merge, plain

SETTINGS = """
sources:
  - csv: gauges.csv
    register: equipment
    fields: {Equipment ID: id, Next due: due}
  - xlsx: people.xlsx
    register: people
    fields: {Nr: id, Name: name}
"""


def test_tables_are_read_and_what_is_wrong_or_unexpected_is_told_with_its_place(isocheck: Run, folder: Folder) -> None:
    root = folder(
        {
            "isocheck.yaml": SETTINGS,
            "gauges.csv": "Equipment ID;Name;Next due\nEQ-1;Caliper;2026-13-01\nEQ-2;Gauge;2026-07-01;x\nEQ-3;Scale\n",
            "people.xlsx": plain(["Nr", "Name", "Note"], [1, "Ada", "x"], [2, "#REF!"], dress=merge("C2:C3")),
        }
    )
    _, out, err = isocheck("check", root, "--as-of", "2026-06-30", "-f", "json")
    assert err == ""
    result = json.loads(out)
    found = {
        (
            finding["location"]["file"].removeprefix(f"{root}/"),
            finding["location"]["line"],
            finding["location"].get("cell"),
        )
        for finding in result["findings"]
        if finding["kind"] == "integrity"
    }
    assert found >= {("gauges.csv", 2, None), ("gauges.csv", 3, None), ("people.xlsx", 0, "B3")}
    notices = [notice["text"] for notice in result["notices"]]
    assert any("1 row ends before the last column" in text for text in notices)
    assert any("the value of a merged cell is taken for each row" in text for text in notices)


def test_a_table_that_cannot_be_read_is_an_error(isocheck: Run, folder: Folder) -> None:
    root = folder(
        {"isocheck.yaml": SETTINGS, "gauges.csv": "Equipment ID;Next due;Next due\n", "people.xlsx": "Nr,Name\n"}
    )
    assert [line.split(": ")[0] for line in problems(isocheck, root)] == ["gauges.csv:1:23", "people.xlsx"]
