from __future__ import annotations

import os
from pathlib import Path

import pytest

from isocheck.errors import InputError
from isocheck.sources.files import discover, is_yaml, probe, read_bytes


def make(root: Path, *names: str) -> Path:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return root


def test_every_yaml_file_below_the_root_is_found(tmp_path: Path) -> None:
    root = make(tmp_path / "r", "b.yaml", "a.yml", "sub/c.YAML", "d.yaml/e.Yml", "x.txt", ".git/h.yaml", ".hidden.yaml", "node_modules/m.yaml")  # fmt: skip
    assert [path.relative_to(root).as_posix() for path in discover(root).files] == ["a.yml", "b.yaml", "d.yaml/e.Yml", "sub/c.YAML"]  # fmt: skip


def test_a_single_file_is_found_whatever_its_name(tmp_path: Path) -> None:
    make(tmp_path, "qms.json")
    assert discover(tmp_path / "qms.json").files == [tmp_path / "qms.json"]


def test_links(tmp_path: Path) -> None:
    root = make(tmp_path / "r", "a.yaml", "sub/b.yaml", ".store/c.yaml")
    make(tmp_path, "outside.yaml", "far/d.yaml", "outside.txt")
    links = {
        "again.yaml": "a.yaml",
        "c.yaml": ".store/c.yaml",
        "here": ".",
        "out.yaml": "../outside.yaml",
        "far": "../far",
        "text.txt": "../outside.txt",
        "circle.yaml": "circle.yaml",
    }
    for name, target in links.items():
        (root / name).symlink_to(target)
    found = discover(root)
    assert [path.name for path in found.files] == ["a.yaml", "c.yaml", "b.yaml"]
    assert {(path.name, circle) for path, circle in found.links} == {
        ("out.yaml", False),
        ("far", False),
        ("circle.yaml", True),
    }
    messages = "\n".join(map(str, found.problems()))
    assert messages.count("leads outside") == 2
    assert messages.count("leads in a circle") == 1
    assert len(found.problems(["out.yaml", "far", "circle.yaml"])) == 0


@pytest.mark.parametrize(
    ("pattern", "name", "expected"),
    [
        ("archive/**", "archive/a/b.yaml", True),
        ("archive/**", "archived/b.yaml", False),
        ("*.bak.yaml", "sub/x.bak.yaml", True),
        ("a.yaml", "sub/a.yaml", False),
    ],
)
def test_excluded_files(tmp_path: Path, pattern: str, name: str, expected: bool) -> None:
    found = discover(make(tmp_path, name))
    assert found.excluded(tmp_path / name, [pattern]) is expected


def test_names_are_shown_without_what_a_terminal_would_obey(tmp_path: Path) -> None:
    odd = Path(os.fsdecode(b"a\x1b[31m\n\xff.yaml"))
    assert discover(tmp_path).shown(odd) == r"a\x1b[31m\n\xff.yaml"
    assert discover(tmp_path).shown(Path("ä ü.yaml")) == "ä ü.yaml"


@pytest.mark.parametrize(
    ("name", "words"),
    [("nothing", "no such file or folder"), ("a.yaml/x", "no such file or folder"), ("x" * 300, "cannot be read"), ("circle", "cannot be read")],
)  # fmt: skip
def test_a_root_that_is_not_there(tmp_path: Path, name: str, words: str) -> None:
    make(tmp_path, "a.yaml")
    (tmp_path / "circle").symlink_to("circle")
    with pytest.raises(InputError, match=words):
        discover(tmp_path / name)


def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.yaml")
    with pytest.raises(InputError, match="no file that can be read"):
        read_bytes(tmp_path / "a.yaml", "a.yaml", 10)


def test_the_limit_holds_whatever_the_size_says(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * 11)
    assert read_bytes(tmp_path / "a", "a", 11) == b"x" * 11
    with pytest.raises(InputError, match="larger than"):
        read_bytes(tmp_path / "a", "a", 10)


def test_a_file_that_holds_more_than_its_size_says_is_read_to_its_end() -> None:
    whole = read_bytes(Path("/proc/self/status"), "status", 100_000)  # its size is said to be 0
    assert whole.startswith(b"Name:")
    assert whole.endswith(b"\n")
    with pytest.raises(InputError, match="larger than"):
        read_bytes(Path("/proc/self/status"), "status", 100)


def test_a_file_whose_reading_fails() -> None:
    with pytest.raises(InputError, match="cannot be read: Input/output error"):
        read_bytes(Path("/proc/self/mem"), "mem", 10)


@pytest.mark.parametrize(
    ("name", "there"),
    [
        ("a.md", True),
        ("sub", True),
        ("sub/../a.md", True),
        ("b.md", False),
        ("a.md/x", False),
        ("../r/a.md", True),
        ("../x", None),
        ("/etc/hostname", None),
        ("out/x", None),
        ("circle", False),
        ("x" * 5000, False),
        ("a\0b", False),
    ],
)
def test_a_path_in_a_description_never_leads_outside(tmp_path: Path, name: str, there: bool | None) -> None:
    root = make(tmp_path / "r", "a.md", "sub/b.md")
    (root / "out").symlink_to(tmp_path)
    (root / "circle").symlink_to("circle")
    assert probe(root, name) is there


@pytest.mark.parametrize(("name", "expected"), [("a.yaml", True), ("A.YML", True), ("a.json", False), ("yaml", False)])
def test_endings(name: str, expected: bool) -> None:
    assert is_yaml(Path(name)) is expected
