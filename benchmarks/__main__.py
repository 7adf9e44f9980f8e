"""Measures isocheck and prints each figure beside its target: `python -m benchmarks`."""

from __future__ import annotations

import argparse
import importlib.util
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from benchmarks.entries import AS_OF
from benchmarks.generate import write_few_files, write_qms
from benchmarks.measure import Cost, in_turns
from benchmarks.own_files import write_own_files

_HERE = Path(__file__).parent
_START_UPS, _SHORT, _LONG = 15, 5, 3
_DOCUMENTS, _ROWS = 2_000, 20_000
_FLAWED = 18_000
"""Entries, each with a gap, that give some 10,000 findings."""


@dataclass(frozen=True)
class Figure:
    """One measured figure, what it is in, and the bound that it has to keep to."""

    what: str
    value: float
    unit: str
    target: float
    bound: Literal["at most", "at least"] = "at most"

    @property
    def met(self) -> bool:
        """Tell whether the figure keeps to its target."""
        return self.value <= self.target if self.bound == "at most" else self.value >= self.target

    def __str__(self) -> str:
        target = f"{self.bound} {self.target:g}"
        return f"{self.what:<66} {self.value:>8.1f} {self.unit:<9} {target:<13} {'met' if self.met else 'NOT MET'}"


class Bench:
    """The measurements, each made once; `python` is the interpreter of the environment that isocheck is in."""

    def __init__(self, python: str, folder: Path) -> None:
        self.python = python
        self.folder = folder
        self.costs: dict[int, Cost] = {}

    def check(self, path: Path) -> list[str]:
        """Return the command that checks a description and writes JSON."""
        return [self.python, "-m", "isocheck", "check", str(path), "--as-of", str(AS_OF), "-f", "json"]

    def start_up(self) -> Iterator[Figure]:
        """Measure what a run costs that has next to nothing to do."""
        write_few_files(self.folder / "few")
        bare = [self.python, "-c", "pass"]
        commands = [bare, [self.python, "-m", "isocheck", "--version"], self.check(self.folder / "few")]
        base, version, few = in_turns(commands, _START_UPS)
        yield Figure("isocheck --version, against the bare interpreter", version.seconds / base.seconds, "times", 1.6)
        yield Figure("check of five files, against the bare interpreter", few.seconds / base.seconds, "times", 20)

    def size(self, size: int) -> Iterator[Figure]:
        """Measure a description of this many entries against a process that only parses it."""
        path = self._qms(size)
        parse = [self.python, str(_HERE / "parse_only.py"), str(path)]
        parsed, checked = in_turns([parse, self.check(path)], _SHORT if size <= 10_000 else _LONG)
        self.costs[size] = checked
        # Below 10,000 entries a run is mostly start-up, which has a target of its own.
        if size >= 10_000:
            yield Figure(
                f"check of {size:,} entries, against libyaml's bare parse of the same bytes",
                checked.seconds / parsed.seconds,
                "times",
                9 if size < 100_000 else 8,
            )
        if size >= 100_000:
            yield Figure(f"peak memory at {size:,} entries", checked.megabytes, "MB", 600)

    def growth(self) -> Iterator[Figure]:
        """Compare what one entry more costs in large descriptions and in small ones; start-up cancels out."""
        if len(self.costs) >= 3:
            sizes = sorted(self.costs)
            small, middle, large = sizes[0], sizes[-2], sizes[-1]
            late = (self.costs[large].seconds - self.costs[middle].seconds) / (large - middle)
            early = (self.costs[middle].seconds - self.costs[small].seconds) / (middle - small)
            yield Figure(f"an entry more above {middle:,}, against one below", late / early, "times", 1.2)

    def own_files(self) -> Iterator[Figure]:
        """Measure documents in Markdown and a register in CSV against a process that only reads the same bytes."""
        path = self.folder / "own"
        write_own_files(path, _DOCUMENTS, _ROWS)
        read = [self.python, str(_HERE / "read_only.py"), str(path)]
        floor, checked = in_turns([read, self.check(path)], _SHORT)
        what = f"check of {_DOCUMENTS:,} Markdown files and {_ROWS:,} rows of CSV, against reading them"
        yield Figure(what, checked.seconds / floor.seconds, "times", 9)

    def html(self) -> Iterator[Figure]:
        """Measure the HTML report of some 10,000 findings."""
        path = self.folder / "flawed"
        write_qms(path, _FLAWED, flawed=1)
        command = [self.python, str(_HERE / "html_rows.py"), str(path), str(AS_OF)]
        found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        rows = f"HTML report of {found['rows']:,} findings"
        yield Figure(f"{rows}, a finding", found["seconds"] / found["rows"] * 1e6, "µs", 25)
        yield Figure(f"{rows}, the file", found["bytes"] / 1e6, "MB", 15)

    def peers(self, size: int = 10_000) -> Iterator[Figure]:
        """Measure other programs that look at the same files, against isocheck."""
        path = self._qms(size)
        schema = self.folder / "qms.schema.json"
        print_schema = [self.python, "-m", "isocheck", "schema", "qms"]
        schema.write_bytes(subprocess.run(print_schema, check=True, capture_output=True).stdout)
        files = [str(file) for file in sorted(path.rglob("*.yaml"))]
        peers = {
            "yamllint": [sys.executable, "-m", "yamllint", "-d", "relaxed", str(path)],
            "check-jsonschema": [sys.executable, "-m", "check_jsonschema", "--schemafile", str(schema), *files],
        }
        (own,) = in_turns([self.check(path)], _SHORT)
        for name, command in peers.items():
            if importlib.util.find_spec(command[2]) is None:
                print(f"{name} is not installed here", file=sys.stderr)
                continue
            (cost,) = in_turns([command], 1)
            yield Figure(
                f"{name} on {size:,} entries, against isocheck", cost.seconds / own.seconds, "times", 12, "at least"
            )

    def _qms(self, size: int) -> Path:
        path = self.folder / str(size)
        if not path.exists():
            write_qms(path, size)
        return path


def main() -> None:
    """Read the options, measure, print a table or JSON."""
    options = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    options.add_argument("--sizes", default="1000,10000,100000", metavar="N,…", help="entries; default: %(default)s")
    options.add_argument("--peers", action="store_true", help="also measure yamllint and check-jsonschema")
    options.add_argument("--no-html", action="store_true", help="leave out the HTML report")
    options.add_argument("--python", default=sys.executable, help="interpreter of the environment that isocheck is in")
    options.add_argument("--json", action="store_true", help="print JSON instead of a table")
    given = options.parse_args()
    sizes = [int(size) for size in given.sizes.split(",")]
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(given.python, Path(folder))
        steps = [bench.start_up(), *map(bench.size, sizes), bench.growth()]
        steps += [bench.own_files()]
        steps += [] if given.no_html else [bench.html()]
        steps += [bench.peers()] if given.peers else []
        for step in steps:
            for figure in step:
                figures.append(figure)
                if not given.json:
                    print(figure, flush=True)
    if given.json:
        print(json.dumps([asdict(figure) | {"met": figure.met} for figure in figures], indent=2))


if __name__ == "__main__":
    main()
