from __future__ import annotations

from isocheck.sources.yaml_edit import compose
from isocheck.sources.yaml_reader import read_yaml

VALUES = {
    "plain": ("", "text"),
    "odd": ("what reads as a number or a truth", {"version": "1.10", "number": "007", "answer": "no", "empty": ""}),
    "rows": ("a list\nof entries", [{"id": "A", "of": ["x", "y: z"]}, {"id": "# B"}]),
    "none": ("", []),
}


def test_what_is_composed_reads_back() -> None:
    text = compose("head\nsecond line", VALUES)
    assert read_yaml(text.encode(), "f").data == {key: value for key, (_, value) in VALUES.items()}


def test_comments_stand_above_what_they_are_about() -> None:
    lines = compose("head\nsecond line", VALUES).splitlines()
    assert lines[:2] == ["# head", "# second line"]
    assert lines[lines.index("rows:") - 2 : lines.index("rows:")] == ["# a list", "# of entries"]
    assert lines[lines.index("odd:") - 1] == "# what reads as a number or a truth"


def test_lists_are_indented_below_their_key() -> None:
    assert "rows:\n  - id: A\n" in compose("head", VALUES)
