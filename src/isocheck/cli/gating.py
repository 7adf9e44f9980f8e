"""From options to the gate: the waivers and the baseline that are read, and the baseline that is written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from isocheck.assessment.gate import Gate, fails
from isocheck.assessment.identities import write_identity
from isocheck.assessment.results import Assessment
from isocheck.cli.assessing import MIB
from isocheck.cli.messages import say
from isocheck.errors import InputError, Problem, UsageError
from isocheck.location import Location
from isocheck.qms.loading import WAIVERS_FILE
from isocheck.sources.files import Found, is_folder, probe
from isocheck.sources.yaml_reader import Limits
from isocheck.terms import Grade

__all__ = ["GateFiles", "Thresholds", "gate_of", "tell"]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What fails a run: a finding of this grade or a graver one (None: never), a score below this many per cent."""

    fail_on: Grade | None
    fail_under: float | None


@dataclass(frozen=True, slots=True)
class GateFiles:
    """Files of the gate as the options name them; raises UsageError where they do not go together."""

    waivers: Path | None = None
    baseline: Path | None = None
    write: Path | None = None
    prune: bool = False

    def __post_init__(self) -> None:
        if self.baseline is not None and self.write is not None:
            raise UsageError("--baseline compares and --write-baseline begins anew: use one of them")
        if self.prune and self.baseline is None:
            raise UsageError("--prune needs --baseline: it leaves out of that file what has ended")

    @property
    def written(self) -> list[tuple[str, Path]]:
        """The option that has a file written, and that file."""
        if self.write is not None:
            return [("--write-baseline", self.write)]
        return [("--baseline", self.baseline)] if self.prune and self.baseline is not None else []

    def read(self, path: Path) -> list[tuple[str, Path]]:
        """The option that has a file read and left alone, and that file, where the description is at `path`."""
        waivers = self.waivers or _folder(path) / WAIVERS_FILE
        kept = [] if self.prune or self.baseline is None else [("--baseline", self.baseline)]
        return [("--waivers", waivers), *kept]


def gate_of(
    assessment: Assessment, path: Path, files: GateFiles, thresholds: Thresholds, max_file_size: int = 16
) -> tuple[Gate, list[tuple[Path, bytes]]]:
    """Return the gate of an assessment of the description at `path`, and the baseline to write, if one changes.

    Raises InputError for waivers or a baseline that cannot be read.
    """
    limits = replace(Limits(), bytes=max_file_size * MIB)
    gate = Gate(fail_on=thresholds.fail_on, fail_under=thresholds.fail_under)
    waivers = files.waivers or _beside(path)
    if waivers is not None:
        gate = _waived(assessment, gate, waivers, limits)
    gate, changed = _held_against(assessment, gate, files, limits)
    return replace(gate, failed=fails(assessment, thresholds.fail_on, thresholds.fail_under, gate)), changed


def tell(gate: Gate, changed: list[tuple[Path, bytes]], shown: bool) -> None:
    """Say which baseline was written and, where the report has not `shown` them, what left it and what is void."""
    for path, _ in changed:
        say(f"Wrote {path}")
    if not shown:
        left = [("closed", gate.closed), ("no longer found", gate.gone)] if changed else []
        for word, identities in (*left, ("void, since there is no such requirement, check or register", gate.misnamed)):
            for identity in identities:
                say(f"{gate.baseline}: {write_identity(identity)}: {word}")
        for void in gate.void:
            say(f"{void.location}: the waiver of {write_identity(void.identity)} {void.why}")


def _folder(path: Path) -> Path:
    return path if is_folder(path) else path.parent


def _beside(path: Path) -> Path | None:
    """Return the waivers that stand beside isocheck.yaml, None where there are none."""
    base = _folder(path)
    file = base / WAIVERS_FILE
    there = probe(base, WAIVERS_FILE)
    if there is None:
        text = "this link leads outside the description; name what it leads to: --waivers FILE"
        raise InputError([Problem(text, Location(Found(file).shown(file)))])
    return file if there else None


def _waived(assessment: Assessment, gate: Gate, path: Path, limits: Limits) -> Gate:
    from isocheck.assessment.waivers import read_waivers, waive
    from isocheck.qms.beside import read_document
    from isocheck.standard.packs import load_pack

    waivers = read_waivers(read_document(path, limits), load_pack(assessment.standard.id))
    waived, void = waive(assessment, waivers)
    return replace(gate, waived=waived, void=void)


def _held_against(
    assessment: Assessment, gate: Gate, files: GateFiles, limits: Limits
) -> tuple[Gate, list[tuple[Path, bytes]]]:
    """Hold an assessment against a baseline that is read, or begin one."""
    if files.write is None and files.baseline is None:
        return gate, []
    from isocheck.assessment.baseline import baseline_of, compare, prune, read_baseline, write_baseline
    from isocheck.qms.beside import read_document
    from isocheck.standard.packs import load_pack

    standard = assessment.standard.id
    if files.write is not None:
        begun = baseline_of(assessment, gate)
        gate = replace(gate, baseline=str(files.write), known=frozenset(begun))
        return gate, [(files.write, write_baseline(begun, standard))]
    assert files.baseline is not None
    baseline = read_baseline(read_document(files.baseline, limits), standard)
    compared = compare(baseline, assessment, load_pack(standard))
    gate = replace(gate, baseline=str(files.baseline), **compared._asdict())
    pruned = prune(baseline, assessment, compared) if files.prune else baseline
    return gate, [(files.baseline, write_baseline(pruned, standard))] if pruned != baseline else []
