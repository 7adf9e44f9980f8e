from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from isocheck.errors import InputError, UsageError
from isocheck.sources.history import Approval, Approvals, Change, Unknown, read_history
from isocheck.sources.revisions import Revision, between, checkout, find_revision
from tests.repositories import Repository

LIMIT = 1000


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "repo")


def held(repository: Repository, text: str, limit: int = LIMIT) -> dict[str, str]:
    """What a state holds: files with their text, links with '-> target', folders with '/'."""
    with checkout(repository.folder, limit) as lay_out:
        root = lay_out(find_revision(text, repository.folder)).root
        if root.is_file():
            return {root.name: root.read_text()}
        found = {}
        for path in sorted(root.rglob("*")):
            name = path.relative_to(root).as_posix()
            if name.partition("/")[0] == ".git":
                continue
            if path.is_symlink():
                found[name] = f"-> {path.readlink()}"
            elif path.is_file():
                found[name] = path.read_text()
            elif not any(path.iterdir()):
                found[f"{name}/"] = ""
        return found


def test_a_state_is_laid_out_below_its_path(repository: Repository) -> None:
    repository.commit("2026-01-10", {"qms/a.yaml": "1", "qms/deep/ß \n.md": "2", "other.yaml": "3"})
    repository.commit("2026-02-10", {"qms/a.yaml": "4"})
    (repository.folder / "qms" / "a.yaml").write_text("not committed")
    assert held(repository, "HEAD:qms") == {"a.yaml": "4", "deep/ß \n.md": "2"}
    assert held(repository, "HEAD~1:qms/") == {"a.yaml": "1", "deep/ß \n.md": "2"}
    assert held(repository, "HEAD:") == {"other.yaml": "3", "qms/a.yaml": "4", "qms/deep/ß \n.md": "2"}
    assert held(repository, "HEAD:other.yaml") == {"other.yaml": "3"}
    assert (repository.folder / "qms" / "a.yaml").read_text() == "not committed"


def test_what_is_found_has_the_day_of_its_commit(repository: Repository) -> None:
    commit = repository.commit("2026-01-10", {"a": "1"})
    repository.git("tag", "v1.0")
    assert find_revision("v1.0:qms//./x", repository.folder) == Revision(
        "v1.0:qms/x", commit, date(2026, 1, 10), "qms/x"
    )


def test_a_path_may_begin_where_one_stands(repository: Repository) -> None:
    repository.commit("2026-01-10", {"qms/deep/a.yaml": "1"})
    deep = repository.folder / "qms" / "deep"
    assert find_revision("HEAD:./", deep).path == find_revision("HEAD:.", deep).path == "qms/deep"
    assert find_revision("HEAD:../x", deep).path == "qms/x"
    assert find_revision("HEAD:x", deep).path == "x"
    with pytest.raises(UsageError, match="leads out of the repository"):
        find_revision("HEAD:../../../x", deep)


@pytest.mark.parametrize("name", ["v9", "--all", "-n1", "--output=x", "HEAD^{tree}", "HEAD..HEAD", "a b", "HEAD\0"])
def test_what_is_no_revision(repository: Repository, name: str) -> None:
    repository.commit("2026-01-10", {"a": "1"})
    with pytest.raises(UsageError, match=r"is no revision of the repository") as raised:
        find_revision(f"{name}:", repository.folder)
    assert "shallow" not in str(raised.value)
    assert sorted(path.name for path in repository.folder.iterdir()) == [".git", "a"]


@pytest.mark.parametrize("text", [":", ":/1:qms", ":qms"])
def test_what_names_no_revision_is_quoted(repository: Repository, text: str) -> None:
    repository.commit("2026-01-10", {"a": "1"})
    with pytest.raises(UsageError, match=f"'{text}' names no revision before the colon; write it as HEAD:qms"):
        find_revision(text, repository.folder)


def test_a_shallow_clone_is_named_as_the_reason(repository: Repository, tmp_path: Path) -> None:
    repository.commit("2026-01-10", {"a": "1"})
    repository.commit("2026-01-11", {"a": "2"})
    repository.git("clone", "--quiet", "--depth=1", f"file://{repository.folder}", str(tmp_path / "shallow"))
    with pytest.raises(UsageError, match=r"this is a shallow clone, fetch the history first .*fetch-depth: 0"):
        find_revision("HEAD~1:", tmp_path / "shallow")


def test_no_repository(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no git repository"):
        find_revision("HEAD:", tmp_path)


def test_a_path_that_a_revision_does_not_have(repository: Repository) -> None:
    repository.commit("2026-01-10", {"qms/a": "1"})
    with pytest.raises(InputError, match=r"HEAD:qmz: there is no file or folder 'qmz' in HEAD"):
        held(repository, "HEAD:qmz")


def test_what_was_committed_is_read_whatever_attributes_and_filters_say(repository: Repository, tmp_path: Path) -> None:
    run = tmp_path / "run"
    repository.commit(
        "2026-01-10", {"a.yaml": "1\n", ".gitattributes": "*.yaml export-ignore filter=bad text eol=crlf\n"}
    )
    repository.git("config", "filter.bad.smudge", f"touch {run}; cat")
    assert held(repository, "HEAD:")["a.yaml"] == "1\n"
    assert not run.exists()


def test_git_tells_of_a_state_what_it_told_then(repository: Repository, tmp_path: Path) -> None:
    repository.commit("2026-01-10", {"qms/a.yaml": "1"})
    repository.commit("2026-01-11", {"qms/b.yaml": "1"})
    repository.git("tag", "--annotate", "approved/1", "--message=x", day="2026-01-12")
    repository.commit("2026-02-10", {"qms/b.yaml": "2"})
    shallow = tmp_path / "shallow"
    repository.git("clone", "--quiet", "--depth=2", f"file://{repository.folder}", str(shallow))
    seen = []
    for state, folder in (("HEAD~1", repository.folder), ("HEAD", repository.folder), ("HEAD", shallow)):
        with checkout(folder, LIMIT) as lay_out:
            found = read_history(lay_out(find_revision(f"{state}:qms", folder)).root, Approvals(tags="approved/*"))
            assert found is not None
            changed, approval = found.changed("b.yaml"), found.approval("b.yaml")
            assert isinstance(changed, Change)
            assert isinstance(found.changed("a.yaml"), Unknown if folder is shallow else Change)
            seen.append((changed.day.isoformat(), isinstance(approval, Approval) and approval.outdated))
    assert seen == [("2026-01-11", False), ("2026-02-10", True), ("2026-02-10", True)]


def test_links_stand_as_they_are_and_submodules_are_empty(repository: Repository) -> None:
    commit = repository.commit("2026-01-10", {"qms/a.yaml": "1"})
    for name, target in (("in.yaml", "a.yaml"), ("out.yaml", "../../../etc/passwd"), ("folder", "/etc")):
        (repository.folder / "qms" / name).symlink_to(target)
    repository.git("add", "--all")
    repository.git("update-index", "--add", "--cacheinfo", f"160000,{commit},qms/module")
    repository.git("commit", "--quiet", "--message=x")
    expected = {
        "a.yaml": "1",
        "folder": "-> /etc",
        "in.yaml": "-> a.yaml",
        "module/": "",
        "out.yaml": "-> ../../../etc/passwd",
    }
    assert held(repository, "HEAD:qms") == expected


def tree(repository: Repository, *entries: tuple[str, str, str]) -> str:
    """Write a tree as git itself would never write it, and a commit of it."""
    raw = b"".join(f"{mode} {name}\0".encode() + bytes.fromhex(hash_) for mode, name, hash_ in entries)
    hash_ = repository.git("hash-object", "-t", "tree", "-w", "--literally", "--stdin", given=raw)
    return repository.git("commit-tree", hash_, "-m", "x")


@pytest.mark.parametrize("name", ["..", ".", "/etc/x", "a/../../b"])
def test_a_path_that_leads_out_is_refused(repository: Repository, name: str) -> None:
    blob = repository.git("hash-object", "-w", "--stdin", given=b"1")
    inner = tree(repository, ("100644", "x", blob))
    folder = repository.git("rev-parse", f"{inner}^{{tree}}")
    commit = tree(repository, ("40000", name, folder))
    with pytest.raises(InputError, match="cannot be laid out"):
        held(repository, f"{commit}:")


def test_nothing_is_written_through_a_link(repository: Repository, tmp_path: Path) -> None:
    (outside := tmp_path / "outside").mkdir()
    blob = repository.git("hash-object", "-w", "--stdin", given=b"1")
    link = repository.git("hash-object", "-w", "--stdin", given=str(outside).encode())
    folder = repository.git("rev-parse", f"{tree(repository, ('100644', 'x', blob))}^{{tree}}")
    commit = tree(repository, ("120000", "a", link), ("40000", "a", folder))
    with pytest.raises(InputError, match="cannot be laid out"):
        held(repository, f"{commit}:")
    assert list(outside.iterdir()) == []


def test_a_file_that_is_too_large_has_its_size_and_is_not_read(repository: Repository) -> None:
    repository.commit("2026-01-10", {"large.yaml": "x" * (LIMIT + 1), "small.yaml": "x" * LIMIT})
    assert held(repository, "HEAD:") == {"large.yaml": "\0" * (LIMIT + 1), "small.yaml": "x" * LIMIT}


def test_more_than_one_batch(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("isocheck.sources.revisions._BATCH", 10)
    files = {f"{at}.yaml": str(at) * at for at in range(9)}
    repository.commit("2026-01-10", dict(files))
    assert held(repository, "HEAD:") == files


def test_objects_that_are_missing_are_an_error(repository: Repository) -> None:
    repository.commit("2026-01-10", {"a.yaml": "1"})
    hash_ = repository.git("rev-parse", "HEAD:a.yaml")
    (repository.folder / ".git" / "objects" / hash_[:2] / hash_[2:]).unlink()
    with pytest.raises(InputError, match="partial clone"):
        held(repository, "HEAD:")


def test_the_temporary_folder_goes_and_places_are_told_by_revision(repository: Repository) -> None:
    repository.commit("2026-01-10", {"qms/a.yaml": "1"})
    with checkout(repository.folder, LIMIT) as lay_out:
        below, top = (lay_out(find_revision(text, repository.folder)) for text in ("HEAD:qms", "HEAD:"))
        assert below.told(f"{below.root}/a.yaml:1:1 below {below.root}") == "HEAD:qms/a.yaml:1:1 below HEAD:qms"
        assert top.told(f"{top.root}/qms/a.yaml") == "HEAD:qms/a.yaml"
        assert (below.root / "a.yaml").samefile(top.root / "qms" / "a.yaml"), "read twice"
    assert not below.root.exists()


def days(revisions: list[Revision]) -> list[str]:
    return [revision.committed.isoformat()[5:] for revision in revisions]


def test_a_range_is_what_touches_the_path_with_its_beginning(repository: Repository) -> None:
    repository.commit("2026-01-01", {"a": "1"})
    repository.git("tag", "v1")
    repository.commit("2026-01-02", {"qms/a": "1"})
    repository.commit("2026-01-03", {"other": "1"})
    repository.git("switch", "--quiet", "--create=side")
    repository.commit("2026-01-04", {"qms/b": "1"})
    repository.git("switch", "--quiet", "main")
    repository.git("merge", "--quiet", "--no-ff", "--message=x", "side", day="2026-01-05")
    repository.commit("2026-01-06", {"qms/a": "2"})
    qms = repository.folder / "qms"
    assert days(between("v1..HEAD:qms", repository.folder, 12)) == ["01-01", "01-02", "01-05", "01-06"]
    assert days(between("v1..", qms, 12)) == ["01-01", "01-02", "01-05", "01-06"]
    assert days(between("v1..HEAD:", qms, 12)) == ["01-01", "01-02", "01-03", "01-05", "01-06"]
    assert days(between("v1..HEAD~1:qms", repository.folder, 12)) == ["01-01", "01-02", "01-05"]
    (first, *_) = between("v1..HEAD:qms", repository.folder, 12)
    assert first.label == f"{first.commit[:9]}:qms"


@pytest.mark.parametrize(
    ("points", "chosen"),
    [(2, [1, 20]), (3, [1, 10, 20]), (5, [1, 5, 10, 15, 20]), (19, None), (20, None), (99, None)],
)
def test_points_are_spread_evenly_with_both_ends(repository: Repository, points: int, chosen: list[int] | None) -> None:
    for day in range(1, 21):
        repository.commit(f"2026-01-{day:02}", {"a": str(day)})
    found = days(between("HEAD~19..HEAD:", repository.folder, points))
    assert found == [f"01-{day:02}" for day in chosen] if chosen else len(found) == min(points, 20)
    assert (found[0], found[-1]) == ("01-01", "01-20")


@pytest.mark.parametrize("text", ["..HEAD", "HEAD...HEAD", "..", "v9..HEAD", "HEAD..v9", "--all..HEAD"])
def test_what_is_no_range(repository: Repository, text: str) -> None:
    repository.commit("2026-01-10", {"a": "1"})
    with pytest.raises(UsageError, match=r"is no range|is no revision"):
        between(text, repository.folder, 12)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("HEAD..HEAD", "the range 'HEAD..HEAD' has no commit after its beginning"),
        ("HEAD..HEAD~1", "has no commit after its beginning; the other way round, HEAD~1..HEAD, it has some"),
        ("HEAD~1..HEAD:none", "there is no file or folder 'none' in any of its states"),
    ],
)
def test_a_range_without_anything_to_show(repository: Repository, text: str, words: str) -> None:
    for day in (1, 2):
        repository.commit(f"2026-01-{day:02}", {"a": str(day)})
    with pytest.raises(UsageError, match=re.escape(words)) as raised:
        between(text, repository.folder, 12)
    assert "shallow" not in str(raised.value)
