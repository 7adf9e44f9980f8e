"""Renders the HTML report of a description and prints as JSON: findings, seconds for all of them, bytes."""

from __future__ import annotations

import gc
import json
import sys
import time
from datetime import date
from pathlib import Path

from isocheck.cli.assessing import assess_path
from isocheck.reports.formats import render


def measure(folder: Path, as_of: date) -> dict[str, float]:
    """Return how many findings there are, the processor time of one rendering, the least of three, and the size."""
    gc.disable()
    assessment = assess_path(folder, None, as_of)
    spent = []
    for _ in range(3):
        begun = time.process_time()
        report = render("html", assessment, width=100)
        spent.append(time.process_time() - begun)
    return {"rows": len(assessment.findings), "seconds": min(spent), "bytes": len(report)}


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]), date.fromisoformat(sys.argv[2]))))
