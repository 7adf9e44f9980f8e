from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from isocheck.errors import OutputError
from isocheck.sources.atomic import together, write_atomically


def test_a_file_is_written_with_the_usual_mode(tmp_path: Path) -> None:
    write_atomically([(tmp_path / "a", b"new")])
    beside = tmp_path / "b"
    beside.touch()
    assert (tmp_path / "a").read_bytes() == b"new"
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == stat.S_IMODE(beside.stat().st_mode)


def test_mode_and_links_are_kept(tmp_path: Path) -> None:
    real, link = tmp_path / "real", tmp_path / "link"
    real.write_bytes(b"old")
    real.chmod(0o640)
    link.symlink_to(real)
    write_atomically([(link, b"new")])
    assert link.is_symlink()
    assert (real.read_bytes(), stat.S_IMODE(real.stat().st_mode)) == (b"new", 0o640)
    assert sorted(tmp_path.iterdir()) == [link, real]


@pytest.mark.parametrize(
    ("name", "words"),
    [("folder", "it is a folder"), ("none/x", "does not exist"), ("x" * 300, "name too long"), ("circle", "cannot be written")],
)  # fmt: skip
def test_what_cannot_be_written(tmp_path: Path, name: str, words: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(OutputError) as caught:
        write_atomically([(tmp_path / name, b"x")])
    assert words.casefold() in str(caught.value).casefold()
    assert sorted(tmp_path.rglob("*")) == before


def test_a_read_only_file_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")
    path.chmod(0o444)
    monkeypatch.setattr(os, "access", lambda *_: False)  # whoever runs the tests may be allowed everything
    with pytest.raises(OutputError, match="read-only"):
        write_atomically([(path, b"new")])
    assert path.read_bytes() == b"old"


def test_all_files_take_their_places_or_none(tmp_path: Path) -> None:
    old = tmp_path / "old"
    old.write_bytes(b"old")
    with (
        pytest.raises(OutputError, match="folder"),
        together([(old, b"new"), (tmp_path / "x", b"x"), (tmp_path, b"y")]),
    ):
        raise AssertionError("the block is not entered")
    with pytest.raises(ZeroDivisionError), together([(old, b"new"), (tmp_path / "x", b"x")]):
        raise ZeroDivisionError(old.read_bytes())
    assert [path.name for path in tmp_path.iterdir()] == ["old"]
    assert old.read_bytes() == b"old"
    with together([(old, b"new"), (tmp_path / "x", b"x")]):
        pass
    assert (old.read_bytes(), (tmp_path / "x").read_bytes()) == (b"new", b"x")


def test_what_is_no_regular_file_is_written_to_directly() -> None:
    write_atomically([(Path(os.devnull), b"x")])
    assert not Path(os.devnull).is_file()
    with pytest.raises(OutputError, match="No space left"):
        write_atomically([(Path("/dev/full"), b"x")])


def test_nothing_is_left_behind_where_writing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match="No space left"):
        write_atomically([(tmp_path / "a", b"x")])
    assert list(tmp_path.iterdir()) == []
