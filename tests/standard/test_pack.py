from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pytest

from isocheck.checks import KINDS
from isocheck.checks.exists import Exists
from isocheck.standard.model import Requirement
from isocheck.standard.packs import available, load_pack
from isocheck.terms import Grade

PACK = load_pack("iso9001-2015")


def test_the_pack_is_installed() -> None:
    assert available() == ("iso9001-2015",)


def test_counts_of_the_standard() -> None:
    leaves = [clause for clause in PACK.clauses.values() if clause.requirements]
    letters = [id_ for id_ in PACK.requirements if re.fullmatch(r"[\d.]+-[a-z]", id_)]
    alone = [id_ for id_ in PACK.requirements if re.fullmatch(r"[\d.]+-s\d", id_)]
    assert (len(PACK.sections), len(PACK.clauses), len(leaves)) == (7, 84, 65)
    assert (len(letters), len(alone), len(PACK.requirements)) == (216, 80, 296)
    assert Counter(id_.partition("-")[0] for id_ in PACK.items) == {
        "6.1.2": 2,
        "8.1": 4,
        "8.2.2": 2,
        "8.4.2": 2,
        "8.4.3": 3,
        "8.5.1": 2,
        "9.2.1": 2,
        "9.3.2": 7,
        "10.2.1": 5,
    }


def test_letters_are_complete_and_in_order() -> None:
    for clause in PACK.clauses.values():
        letters = [req.id[-1] for req in clause.requirements if not re.search(r"-s\d$", req.id)]
        assert letters == [chr(ord("a") + at) for at in range(len(letters))], clause.id


def _has_content(requirement: Requirement) -> bool:
    """Tell whether a check that counts looks at content, and not merely at a register not being empty."""
    checks = [*requirement.checks, *(check for item in requirement.items for check in item.checks)]
    return any(
        check.grade is not Grade.OPPORTUNITY and not (isinstance(check, Exists) and not check.where and not check.date)
        for check in checks
    )


def test_checks_reach_every_clause_and_most_requirements() -> None:
    checked = [req for req in PACK.requirements.values() if _has_content(req)]
    assert len(checked) >= 230
    seen = {clause.id for clause in PACK.clauses.values() if clause.requirements} - {req.clause for req in checked}
    assert seen == {"5.1.1", "5.1.2"}, "what top management does is for a person to judge: hints only"


def test_only_what_can_be_left_out_is_excludable() -> None:
    for id_ in PACK.requirements:
        if PACK.excludable(id_) is not None:
            assert id_.startswith(("7.1.5", "8.")), id_


def _sentences() -> Iterator[tuple[str, str]]:
    for requirement in PACK.requirements.values():
        texts = [requirement.statement, requirement.judge, requirement.remedy, requirement.if_missing.because]
        texts += [*requirement.questions, *requirement.evidence]
        for text in texts:
            for sentence in re.split(r"(?<=[.?!])\s+", text):
                yield sentence.strip().casefold(), requirement.id


def test_no_two_requirements_share_a_sentence() -> None:
    first: dict[str, str] = {}
    shared = []
    for sentence, id_ in _sentences():
        if first.setdefault(sentence, id_) != id_ and len(sentence.split()) > 3:
            shared.append((sentence, first[sentence], id_))
    assert shared == []


def test_grades_other_than_minor_give_a_reason() -> None:
    for requirement in PACK.requirements.values():
        for check in requirement.checks:
            assert check.grade is Grade.MINOR or check.because, (requirement.id, check.name)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_used(kind: str) -> None:
    checks = [check for req in PACK.requirements.values() for check in req.checks]
    assert any(isinstance(check, KINDS[kind]) for check in checks)
