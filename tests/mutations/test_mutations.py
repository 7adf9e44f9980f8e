"""Every check of the pack can fail: for each, a smallest change to the machine shop that makes it fail.

The catalogue beside this file has one YAML file a section. Below the name of a check (`requirement/check`) stands one
change, or a list of them:

    9.2.2-c/impartial:
      set: {audits/AU1.auditors: [P02]}   # fields to set, by place; `drop` empties fields, entries or registers,
      finds: audits/AU1                   # `add` adds entries; the entry that the finding names, with its item
      at: audits.yaml:19                  # where, as file and line; ISOCHECK_UPDATE_GOLDEN=1 writes it anew
      grade: minor                        # its potential grade; may be left out where it is minor
      also: [7.2-b/auditors]              # other checks that must fail with it, and no more
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
import yaml

from isocheck.assessment.results import Assessment, Finding
from isocheck.assessment.running import prepare, run_checks
from isocheck.checks import Check
from isocheck.cli.assessing import assess_path
from isocheck.qms.description import Table
from isocheck.qms.registers import REGISTERS
from isocheck.standard.packs import load_pack
from isocheck.terms import Grade, names
from tests.conftest import DAY, LATHE
from tests.making import failing, scope_of
from tests.mutations.edit import Change, changed

HERE = Path(__file__).parent
PACK = load_pack("iso9001-2015")
AS_OF = date.fromisoformat(DAY)


def _checks() -> Iterator[tuple[str, Check]]:
    for id_, requirement in PACK.requirements.items():
        yield from ((f"{id_}/{check.name}", check) for check in requirement.checks)
    for id_, (item, _) in PACK.items.items():
        yield from ((f"{id_}/{check.name}", check) for check in item.checks)


CHECKS = dict(_checks())


@dataclass(frozen=True)
class Mutation:
    file: Path
    check: str
    number: int
    change: Change
    finds: frozenset[str]
    at: str
    grade: Grade
    also: frozenset[str]

    @property
    def name(self) -> str:
        return f"{self.check}#{self.number}" if self.number else self.check


def _catalogue() -> Iterator[Mutation]:
    for path in sorted(HERE.glob("[0-9]*.yaml")):
        for check, cases in (yaml.safe_load(path.read_text("utf-8")) or {}).items():
            for number, case in enumerate(cases if isinstance(cases, list) else [cases]):
                unknown = set(case) - {"set", "drop", "add", "finds", "at", "grade", "also"}
                assert not unknown, f"{path.name}: {check}: {unknown}"
                yield Mutation(
                    path,
                    check,
                    number,
                    Change(case.get("set", {}), tuple(case.get("drop", ())), case.get("add", {})),
                    frozenset([case["finds"]] if isinstance(case["finds"], str) else case["finds"]),
                    case.get("at", ""),
                    Grade(case.get("grade", "minor")),
                    frozenset(case.get("also", ())),
                )


CATALOGUE = list(_catalogue())


def _assess(folder: Path, files: dict[Path, str]) -> Assessment:
    """Assess a copy of the machine shop with some files replaced; the others are shared with it."""
    root = folder / LATHE.name
    shutil.copytree(LATHE, root, copy_function=os.link)
    for path, text in files.items():
        copy = root / path.relative_to(LATHE)
        copy.unlink()
        copy.write_text(text, "utf-8")
    return assess_path(root, None, AS_OF)


def _said(assessment: Assessment) -> str:
    return "\n".join(
        f"{finding.grade} {finding.requirement}/{finding.check} {_subject(finding)} {finding.location}: {finding.message}"
        + "".join(f"\n    with it {each.requirement}/{each.check} {each.message}" for each in finding.consequences)
        for finding in assessment.findings
    )


def _subject(finding: Finding) -> str:
    return f"{finding.subject}, {finding.item}" if finding.item else finding.subject


@pytest.mark.parametrize("mutation", CATALOGUE, ids=[mutation.name for mutation in CATALOGUE])
def test_a_change_makes_its_check_fail_and_no_other(mutation: Mutation, tmp_path: Path) -> None:
    files = changed(LATHE, mutation.change)
    assert files, "nothing was changed"
    assessment = _assess(tmp_path, files)
    said = _said(assessment)
    found = [each for each in assessment.findings if f"{each.requirement}/{each.check}" == mutation.check]
    assert {_subject(finding) for finding in found} == mutation.finds, said
    assert {finding.grade for finding in found} == {mutation.grade}, said
    assert failing(assessment) == {mutation.check, *mutation.also}, said
    place = found[0].location
    at = f"{Path(place.file).relative_to(tmp_path / LATHE.name).as_posix()}:{place.line}"
    if os.environ.get("ISOCHECK_UPDATE_GOLDEN"):
        _update(mutation, at)
    else:
        assert mutation.at == at, said


def _update(mutation: Mutation, at: str) -> None:
    """Write the place into the catalogue: as the line `at:` of the change, behind its `finds:`."""
    lines = mutation.file.read_text("utf-8").splitlines()
    head = lines.index(f'"{mutation.check}":')
    finds = [n for n in range(head + 1, len(lines)) if lines[n].lstrip("- ").startswith("finds:")][mutation.number]
    if finds + 1 < len(lines) and lines[finds + 1].lstrip().startswith("at:"):
        del lines[finds + 1]
    indent = " " * lines[finds].index("finds:")
    lines.insert(finds + 1, f"{indent}at: {at}")
    mutation.file.write_text("\n".join(lines) + "\n", "utf-8")


@pytest.mark.parametrize("section", [section.section for section in PACK.sections])
def test_every_check_has_a_change_that_makes_it_fail(section: str) -> None:
    listed = {mutation.check for mutation in CATALOGUE if mutation.file.name.startswith(f"{int(section):02}-")}
    assert {check for check in CHECKS if names(section, check.partition("/")[0])} == listed


@pytest.mark.parametrize("register", REGISTERS)
def test_no_check_passes_on_an_empty_register(register: str) -> None:
    """A check of a register that was emptied has nothing to look at, whatever the others hold."""
    description = scope_of(LATHE).description
    description.tables[register] = Table(REGISTERS[register])
    scope = prepare(PACK, description, AS_OF)
    passed = [
        ran.key
        for ran in run_checks(scope)
        if ran.check.table.partition(".")[0] == register and (ran.outcome.looked or ran.outcome.nothing != "absent")
    ]
    assert passed == []
