"""Parses YAML files with libyaml and does nothing else: what any program pays that reads the same bytes."""

from __future__ import annotations

import sys
from pathlib import Path

import yaml


def parse(folder: Path) -> None:
    """Go through all events of all YAML files below a folder."""
    for path in sorted(folder.rglob("*.yaml")):
        get = yaml.CBaseLoader(path.read_text()).get_event
        while type(get()) is not yaml.StreamEndEvent:
            pass


if __name__ == "__main__":
    parse(Path(sys.argv[1]))
