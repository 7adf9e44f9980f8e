from __future__ import annotations

import pytest

from isocheck.terms import Grade, Verdict, above, fold, label, names, sort_key, split_id


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("9", ("9",)),
        ("9.2.2", ("9", "2", "2")),
        ("8.5.10", ("8", "5", "10")),
        ("9.2.2-a", ("9", "2", "2", "a")),
        ("9.3.2-c1", ("9", "3", "2", "c", "1")),
        ("8.5.2-s1", ("8", "5", "2", "s1")),
        ("8.5.2-s", ("8", "5", "2", "s")),
        *[(bad, None) for bad in ("", "a", "9.", ".9", "9.2.2-", "9.2.2-A", "9.2.2a", "9.2.2-ab", "9.2.2-s1x", " 9", "9\n", "٩")],
    ],
)  # fmt: skip
def test_ids(text: str, steps: tuple[str, ...] | None) -> None:
    assert split_id(text) == steps


@pytest.mark.parametrize(
    ("outer", "inner", "expected"),
    [
        ("8.5.1", "8.5.1", True),
        ("8.5", "8.5.1-f", True),
        ("8", "8.5.10", True),
        ("9.3.2-c", "9.3.2-c4", True),
        ("9.3.2", "9.3.2-c4", True),
        ("8.5.1", "8.5.10", False),
        ("8.5.1", "8.5.10-a", False),
        ("1", "10.2", False),
        ("8.5.1-f", "8.5.1", False),
        ("9.3.2-c1", "9.3.2-c10", False),
        ("8.5.2-s1", "8.5.2-s10", False),
        ("8.5.2-s", "8.5.2-s1", False),
        ("", "8", False),
        ("8", "x", False),
    ],
)
def test_naming_goes_by_path_and_never_by_prefix(outer: str, inner: str, expected: bool) -> None:
    assert names(outer, inner) is expected


def test_what_stands_above() -> None:
    assert above("9.3.2-c1") == ("9.3.2-c1", "9.3.2-c", "9.3.2", "9.3", "9")
    assert above("8.5.2-s1") == ("8.5.2-s1", "8.5.2", "8.5", "8")
    assert above("nonsense") == ()


@pytest.mark.parametrize(
    ("id_", "text"),
    [("9.2", "9.2"), ("9.2.2-a", "9.2.2 a)"), ("9.3.2-c1", "9.3.2 c) 1)"), ("8.5.2-s1", "8.5.2 (1)"), ("8.5.1-s", "8.5.1 s)")],
)  # fmt: skip
def test_labels(id_: str, text: str) -> None:
    assert label(id_) == text


def test_the_order_is_that_of_the_standard() -> None:
    ordered = ["4.1", "8.5.1-s1", "8.5.1-s2", "8.5.1-a", "8.5.1-b", "8.5.2", "8.5.10", "9.3.2-c1", "9.3.2-c10", "10.1"]
    assert sorted(sorted(ordered), key=sort_key) == ordered


@pytest.mark.parametrize("other", ["pr-001", "PR.001", " pr 001 ", "Pr_001", "PR--001"])
def test_ids_of_entries_fold(other: str) -> None:
    assert fold(other) == fold("PR-001")


def test_ids_of_entries_that_differ_do_not_fold() -> None:
    assert len({fold(id_) for id_ in ("PR1", "PR-1", "PR10", "PR01")}) == 4


def test_grades_and_verdicts() -> None:
    assert [grade.rank for grade in (Grade.OPPORTUNITY, Grade.MINOR, Grade.MAJOR)] == [0, 1, 2]
    assert Verdict.NOT_DESCRIBED.word == "Not described"
    assert len({verdict.meaning for verdict in Verdict}) == len(Verdict)
