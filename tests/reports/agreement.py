"""Comparison with files under version control; ISOCHECK_UPDATE_GOLDEN=1 writes them anew."""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = Path(__file__).with_name("golden")


def agrees(name: str, content: bytes) -> None:
    """Assert that content is what the golden file of that name holds."""
    path = FOLDER / name
    if os.environ.get("ISOCHECK_UPDATE_GOLDEN") == "1":
        path.write_bytes(content)
    assert path.exists(), f"{path} is missing; set ISOCHECK_UPDATE_GOLDEN=1 to write it"
    expected = path.read_bytes()
    assert content.decode("utf-8") == expected.decode("utf-8"), (
        f"differs from {path}; if that is meant, set ISOCHECK_UPDATE_GOLDEN=1, run again and look at the difference"
    )
