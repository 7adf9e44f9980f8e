from __future__ import annotations

from pathlib import Path

import pytest

from isocheck.sources.repository import repository_of, seen_from_root


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with a description two folders down."""
    root = tmp_path / "repository"
    (root / "group" / "qms" / "sub").mkdir(parents=True)
    (root / "group" / "qms" / "a.yaml").touch()
    (root / ".git").mkdir()
    return root


@pytest.mark.parametrize("start", [".", "group", "group/qms", "group/qms/sub", ".."])
def test_paths_are_those_of_the_repository_wherever_one_stands(
    repository: Path, start: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(repository / start)
    qms = repository / "group" / "qms"
    assert seen_from_root(qms)(str(qms / "a.yaml")) == "group/qms/a.yaml"
    assert seen_from_root(qms)(str(qms)) == "group/qms"
    up = {".": "group/qms", "group": "qms", "group/qms": ".", "group/qms/sub": "..", "..": "repository/group/qms"}[
        start
    ]
    assert seen_from_root(Path(up))(f"{up}/a.yaml") == "group/qms/a.yaml"
    assert seen_from_root(Path(f"{up}/a.yaml"))(f"{up}/a.yaml") == "group/qms/a.yaml"


def test_the_nearest_repository_counts_and_a_worktree_has_a_file(repository: Path) -> None:
    (repository / "group" / ".git").write_text("gitdir: elsewhere\n")
    qms = repository / "group" / "qms"
    assert repository_of(qms) == repository / "group"
    assert seen_from_root(qms)(str(qms / "a.yaml")) == "qms/a.yaml"


def test_without_a_repository_the_description_is_the_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    qms = tmp_path / "qms"
    qms.mkdir()
    (qms / "a.yaml").touch()
    monkeypatch.chdir(tmp_path)
    assert repository_of(qms) is None
    assert seen_from_root(Path("qms"))("qms/sub/b.yaml") == "sub/b.yaml"
    assert seen_from_root(Path("qms"))("qms") == "."
    assert seen_from_root(Path("qms/a.yaml"))("qms/a.yaml") == "a.yaml"
    assert seen_from_root(Path("qms"))("elsewhere/baseline.json") == "elsewhere/baseline.json"


def test_links_are_followed_to_the_file_that_git_knows(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (repository / "qms").symlink_to("group/qms")
    (repository.parent / "way").symlink_to(repository)
    monkeypatch.chdir(repository.parent / "way")
    assert seen_from_root(Path("qms"))("qms/a.yaml") == "group/qms/a.yaml"
    (repository / "circle").symlink_to("circle")
    assert seen_from_root(repository)(str(repository / "circle")) == "circle"
