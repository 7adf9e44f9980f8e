"""What commands say of a description that is read from files of the organisation's own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.conftest import Run

Found = list[tuple[str, str, str, str]]


def integrity(isocheck: Run, root: Path) -> Found:
    """Return the findings on what does not hold: check, entry, message, and place below the root."""
    _, out, err = isocheck("check", root, "--as-of", "2026-06-30", "-f", "json")
    assert err == ""
    return [
        (
            finding["check"],
            f"{finding['register']}/{finding['entry']}",
            finding["message"],
            "{file}:{line}:{column}".format(**finding["location"]).removeprefix(f"{root}/"),
        )
        for finding in json.loads(out)["findings"]
        if finding["kind"] == "integrity"
    ]


def read(isocheck: Run, root: Path) -> Any:
    code, out, err = isocheck("sources", root, "-f", "json")
    assert (code, err) == (0, "")
    return json.loads(out)


def problems(isocheck: Run, root: Path) -> list[str]:
    code, out, err = isocheck("check", root)
    assert (code, out) == (2, "")
    return [line.removeprefix("error: ").removeprefix(f"{root}/") for line in err.splitlines()]
