"""What a process costs: processor time and peak memory, the least of several runs taken in turns."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Cost", "in_turns"]


@dataclass(frozen=True)
class Cost:
    """Processor time in seconds (user and system together) and peak memory in MB of one process.

    Processor time and not time on the wall: none of the programs waits or uses threads, and a busy machine counts less.
    """

    seconds: float
    megabytes: float


def in_turns(commands: Sequence[Sequence[str]], times: int) -> list[Cost]:
    """Run each command `times` times, all of them in turns so that noise hits every one; return the least of each.

    One more round, first, is not counted: it fills the caches of files and bytecode. Raises SystemExit where a command
    fails with anything but findings.
    """
    rounds = [[_run(command) for command in commands] for _ in range(times + 1)][1:]
    return [
        Cost(min(cost.seconds for cost in costs), min(cost.megabytes for cost in costs))
        for costs in zip(*rounds, strict=True)
    ]


def _run(command: Sequence[str]) -> Cost:
    # As installed: bytecode is kept, output is not held back line by line.
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise SystemExit(f"exit code {process.returncode} from: {' '.join(command[:6])}")
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit)
