from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from isocheck.sources.commits import CUT, read_log
from isocheck.sources.git import RefusedError, ask_git, run_git
from isocheck.sources.history import Change, History, NotCommitted, Unknown, read_history

from .repositories import BOTH, REAL_GIT, TRAILERS, Repo, contents, tell, told


def stand_in(folder: Path, script: str) -> None:
    """Put a program into a folder that is taken for git."""
    folder.mkdir()
    (folder / "git").write_text(f"#!/bin/sh\n{script}\n")
    (folder / "git").chmod(0o755)


# Where the past is missing.


def test_a_shallow_clone_knows_no_change_older_than_itself(repo: Repo, tmp_path: Path) -> None:
    repo.commit("2026-01-10", "x\n\nApproved-by: Per", a="1", b="1")
    repo.tag("approved/1", "2026-01-11")
    repo.commit("2026-02-10", b="2")
    third = repo.commit("2026-03-10", "x\n\nApproved-by: Per", c="1")
    fourth = repo.commit("2026-04-10", c="2", d="1")
    path = tmp_path / "shallow"
    repo.git("clone", "-q", "--depth=2", f"file://{repo.path}", str(path))
    shallow = Repo(path)
    history = shallow.history(BOTH)
    assert history.shallow
    missing = Unknown("the clone is shallow: older commits are missing")
    assert history.changed("a.md") == history.approval("a.md") == missing
    assert history.changed("b.md") == missing
    assert told(history.changed("c.md")) == fourth
    # That the commit before it wrote the file is not known either, but what is there now was not approved by it.
    assert history.approval("c.md") == Unknown(missing.why, present=False)
    assert list(history.versions("c.md")) == [(history.changed("c.md"), b"2"), (missing, b"1")]
    assert shallow.approval("d.md") == "none"
    shallow.tag("approved/now", "2026-05-01", third)
    assert tell(shallow.history(BOTH).approval("a.md")) == "Ola on 2026-05-01"
    shallow.write("a.md", "3")
    assert shallow.changed() == NotCommitted(missing)
    assert not repo.history().shallow


def test_a_shallow_clone_that_has_everything_tells_everything(repo: Repo, tmp_path: Path) -> None:
    first = repo.commit("2026-01-10", a="1")
    repo.commit("2026-02-10", b="1")
    path = tmp_path / "shallow"
    repo.git("clone", "-q", "--depth=1", f"file://{repo.path}", str(path))
    shallow = Repo(path)
    assert isinstance(shallow.changed(), Unknown)
    shallow.git("fetch", "-q", "--unshallow")
    assert shallow.changed() == first


@pytest.mark.parametrize("version", ["any", "before GIT_NO_LAZY_FETCH"])
def test_a_partial_clone_is_not_completed_over_the_network(
    repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str
) -> None:
    repo.commit("2026-01-10", a="1")
    last = repo.commit("2026-02-10", a="2")
    repo.git("config", "uploadpack.allowFilter", "true")
    path, mark = tmp_path / "partial", tmp_path / "mark"
    repo.git("clone", "-q", "--filter=blob:none", f"file://{repo.path}", str(path))
    partial = Repo(path)
    partial.git("config", "remote.origin.uploadpack", f"touch {mark}; git-upload-pack")
    partial.git("config", "protocol.allow", "always")
    before = snapshot(path)
    if version != "any":
        stand_in(tmp_path / "bin", f'unset GIT_NO_LAZY_FETCH; exec "{REAL_GIT}" "$@"')
        monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    assert partial.changed() == last
    assert any(isinstance(content, Unknown) for content in contents(partial.history()))
    assert not mark.exists()
    assert snapshot(path) == before
    subprocess.run([REAL_GIT, "cat-file", "-p", "HEAD~1:a.md"], cwd=path, capture_output=True, check=True)
    assert mark.exists()


def test_replaced_and_grafted_commits_count_as_they_were_committed(repo: Repo) -> None:
    repo.commit("2026-01-10", "x", a="1")
    last = repo.commit("2026-02-10", "x", a="2")
    repo.git(
        "replace",
        last,
        repo.git("commit-tree", "HEAD^{tree}", "-p", "HEAD~1", "-m", "x\n\nApproved-by: Per", day="2026-05-10"),
    )
    repo.write(".git/info/grafts", f"{last}\n")
    assert repo.changed() == last
    assert repo.approval() == "none"
    assert len(contents(repo.history())) == 2


# Repositories of every kind.


def test_no_git_and_no_repository(repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.commit("2026-01-10", a="1")
    assert read_history(tmp_path, TRAILERS) is None
    monkeypatch.setenv("PATH", str(tmp_path / "home"))
    assert read_history(repo.path, TRAILERS) is None
    assert ask_git(repo.path, "rev-parse", "HEAD") is None


def test_git_is_not_taken_from_the_folder_that_is_looked_at(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.commit("2026-01-10", a="1")
    repo.write("git", "#!/bin/sh\ntouch ran\n")
    (repo.path / "git").chmod(0o755)
    monkeypatch.chdir(repo.path)
    monkeypatch.setenv("PATH", f".{os.pathsep}{os.pathsep}{os.environ['PATH']}")
    assert isinstance(repo.history().changed("a.md"), Change)
    assert not (repo.path / "ran").exists()


def test_an_empty_repository_has_nothing_in_git(repo: Repo) -> None:
    repo.write("a.md", "1")
    history = repo.history(BOTH)
    assert (history.changed("a.md"), history.approval("a.md"), history.removed(), contents(history)) == (
        None,
        None,
        (),
        [],
    )
    assert history.why_unknown is None


def test_a_branch_without_commits_has_nothing_in_git(repo: Repo) -> None:
    repo.commit("2026-01-10", a="1")
    repo.git("checkout", "-q", "--orphan", "new")
    assert repo.changed() is None


def test_a_repository_that_git_refuses_tells_why(repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.commit("2026-01-10", a="1")
    stand_in(tmp_path / "bin", f'GIT_TEST_ASSUME_DIFFERENT_OWNER=1 exec "{REAL_GIT}" "$@"')
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    history = repo.history()
    assert history.why_unknown is not None
    assert "dubious ownership" in history.why_unknown
    assert history.changed("a.md") == history.approval("a.md") == Unknown(history.why_unknown)
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "safe.directory")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "*")
    assert isinstance(repo.history().changed("a.md"), Change)


@pytest.mark.parametrize("spoil", ["objects", "HEAD", "config"])
def test_a_broken_repository_tells_nothing_wrong(repo: Repo, spoil: str) -> None:
    repo.commit("2026-01-10", a="1")
    if spoil == "objects":
        shutil.rmtree(repo.path / ".git/objects")
        (repo.path / ".git/objects").mkdir()
    elif spoil == "HEAD":
        repo.write(".git/HEAD", "1" * 40 + "\n")
    else:
        repo.write(".git/config", "[core\n")
    history = repo.history()
    assert history.why_unknown
    assert isinstance(history.changed("a.md"), Unknown)


def test_a_bare_repository_among_the_documents_is_not_asked(repo: Repo) -> None:
    repo.commit("2026-01-10", a="1")
    repo.git("clone", "-q", "--bare", ".", "evil")
    assert isinstance(repo.history(under="evil").changed("a.md"), Unknown)
    assert ask_git(repo.path / "evil", "rev-parse", "HEAD") is None


def test_linked_work_trees_and_a_git_folder_elsewhere(repo: Repo, tmp_path: Path) -> None:
    first = repo.commit("2026-01-10", a="1")
    repo.git("worktree", "add", "-q", str(tmp_path / "linked"), "-b", "linked")
    linked = Repo(tmp_path / "linked")
    second = linked.commit("2026-02-10", b="1")
    assert (linked.changed("a.md"), linked.changed("b.md")) == (first, second)
    repo.git("clone", "-q", "--bare", ".", str(tmp_path / "bare"))
    subprocess.run([REAL_GIT, "worktree", "add", "-q", "../bare-linked", "main"], cwd=tmp_path / "bare", check=True)
    assert Repo(tmp_path / "bare-linked").changed("a.md") == first
    moved = Repo(tmp_path / "apart", "--separate-git-dir", str(tmp_path / "gitdir"))
    assert moved.commit("2026-01-10", a="1") == moved.changed()
    shutil.rmtree(tmp_path / "gitdir")
    history = read_history(tmp_path / "apart", TRAILERS)
    assert history is not None
    assert history.why_unknown


def test_a_detached_head_is_the_present(repo: Repo) -> None:
    first = repo.commit("2026-01-10", a="1")
    repo.commit("2026-02-10", a="2")
    repo.git("checkout", "-q", first)
    assert repo.changed() == first


def test_a_repository_of_sha_256(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "repo", "--object-format=sha256")
    first = repo.commit("2026-01-10", "x\n\nApproved-by: Per", a="1")
    repo.tag("approved/1", "2026-01-11")
    assert len(first) == 64
    assert repo.changed() == first
    assert repo.approval() == "Per and Ola on 2026-01-11"
    assert contents(repo.history()) == [b"1"]


def test_what_lies_in_a_submodule_is_kept_elsewhere(repo: Repo, tmp_path: Path) -> None:
    other = Repo(tmp_path / "other")
    other.commit("2026-01-10", a="1")
    repo.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(other.path), "sub")
    repo.commit("2026-02-10", b="1")
    nested = Repo(repo.path / "nested")
    nested.write("a.md", "1")
    elsewhere = Unknown("it is kept in another repository")
    history = repo.history()
    assert history.changed("sub/a.md") == history.approval("sub/a.md") == elsewhere
    assert history.changed("nested/a.md") == elsewhere
    assert isinstance(repo.history(under="sub").changed("a.md"), Change)
    shutil.rmtree(repo.path / "sub")
    (repo.path / "sub").mkdir()
    assert repo.history().changed("sub/a.md") == elsewhere


def test_a_commit_with_a_date_that_cannot_be_read_is_unknown(repo: Repo) -> None:
    repo.commit("2026-01-10", "x\n\nApproved-by: Per", a="1")
    raw = repo.git("cat-file", "commit", "HEAD").replace("ola@example.org> ", "ola@example.org> 99999999999999999999")
    made = repo.git("hash-object", "-t", "commit", "-w", "--stdin", "--literally", given=(raw + "\n").encode())
    repo.git("update-ref", "HEAD", made)
    assert repo.changed() == Unknown(f"the commit {made} has a date that cannot be read")
    assert repo.approval() == "unknown"


def test_a_history_that_is_too_long_is_unknown_from_its_end_on(repo: Repo) -> None:
    repo.commit("2026-01-10", "x\n\nApproved-by: Per", a="1", b="1")
    repo.commit("2026-02-10", b="2")
    head = repo.commit("2026-03-10", c="1")
    log = read_log(repo.path, head, frozenset(), most=2)
    found = [log.version(f"{name}.md", 0) for name in "abc"]
    assert [(version.origin, version.certain) for version in found] == [(CUT, False), (1, True), (0, True)]
    assert not log.before(found[1]).certain


def test_whether_a_merge_brought_a_file_is_unknown_where_its_other_side_is_missing(repo: Repo) -> None:
    repo.commit("2026-01-10", a="1", b="1")
    repo.git("checkout", "-q", "-b", "side")
    repo.commit("2026-02-10", a="2")
    repo.git("checkout", "-q", "main")
    repo.commit("2026-03-10", b="2")
    merged = repo.merge("side", "2026-04-10")
    assert not read_log(repo.path, merged, frozenset(), most=2).version("a.md", 0).certain
    assert read_log(repo.path, merged, frozenset(), most=3).version("a.md", 0).certain


def test_git_is_bounded_in_what_it_prints_and_is_given_no_broken_arguments(repo: Repo) -> None:
    repo.commit("2026-01-10", a="1")
    assert len(run_git(repo.path, "rev-parse", "HEAD", most=41)) == 41
    with pytest.raises(RefusedError, match="more than 40 bytes"):
        run_git(repo.path, "rev-parse", "HEAD", most=40)
    with pytest.raises(RefusedError, match="ambiguous argument 'nowhere'"):
        run_git(repo.path, "rev-parse", "nowhere")
    with pytest.raises(RefusedError):
        run_git(repo.path, "rev-parse", "HEAD\0")
    with pytest.raises(RefusedError):
        run_git(repo.path / "nowhere", "rev-parse", "HEAD")
    assert ask_git(repo.path, "cat-file", "--batch-check", given=b"HEAD\n" * 100_000) is not None


# Safety.


def snapshot(folder: Path) -> dict[str, tuple[bytes, int]]:
    found = sorted(path for path in folder.rglob("*") if not path.is_symlink())
    return {str(path): (path.read_bytes() if path.is_file() else b"", path.stat().st_mtime_ns) for path in found}


def everything(history: History) -> None:
    for name in ("a.md", "b.md", "c.md"):
        history.changed(name)
        history.approval(name)
        list(history.versions(name))
    history.removed()


PROGRAMS: list[tuple[str, Callable[[str], list[tuple[str, str]]]]] = [
    (
        "filters",
        lambda trap: [
            ("filter.evil.clean", trap),
            ("filter.evil.smudge", trap),
            ("filter.evil.process", trap),
            ("filter.evil.required", "true"),
        ],
    ),
    ("monitor", lambda trap: [("core.fsmonitor", trap), ("core.fsmonitorHookVersion", "1")]),
    ("differences", lambda trap: [("diff.external", trap), ("diff.evil.command", trap), ("diff.evil.textconv", trap)]),
    (
        "pagers",
        lambda trap: [
            ("core.pager", trap),
            ("pager.log", trap),
            ("pager.ls-tree", trap),
            ("pager.rev-parse", trap),
            ("core.editor", trap),
        ],
    ),
    ("signatures", lambda trap: [("log.showSignature", "true"), ("gpg.program", trap), ("gpg.ssh.program", trap)]),
    (
        "trailers",
        lambda trap: [
            ("trailer.approved.key", "Approved-by"),
            ("trailer.approved.command", trap),
            ("trailer.approved.cmd", trap),
            ("trailer.approved.ifmissing", "add"),
        ],
    ),
    (
        "aliases",
        lambda trap: [("alias.log", f"!{trap}"), ("alias.ls-tree", f"!{trap}"), ("alias.rev-parse", f"!{trap}")],
    ),
    (
        "misleading settings",
        lambda _: [
            ("log.showRoot", "false"),
            ("log.follow", "true"),
            ("diff.renames", "copies"),
            ("log.date", "relative"),
            ("color.ui", "always"),
            ("core.abbrev", "4"),
            ("diff.orderFile", "nowhere"),
            ("i18n.logOutputEncoding", "UTF-16"),
            ("log.diffMerges", "off"),
            ("diff.relative", "false"),
            ("log.mailmap", "true"),
            ("trailer.separators", "%"),
            ("format.pretty", "oneline"),
            ("core.commentChar", "A"),
            ("diff.noprefix", "true"),
        ],
    ),
]


@pytest.mark.parametrize(("_about", "settings"), PROGRAMS, ids=[about for about, _ in PROGRAMS])
def test_no_setting_of_a_repository_runs_a_program_or_changes_an_answer(
    repo: Repo, tmp_path: Path, _about: str, settings: Callable[[str], list[tuple[str, str]]]
) -> None:
    repo.commit("2026-01-10", "x\n\nApproved-by: Per", a="1", b="1", c="1")
    signed = repo.git("cat-file", "commit", "HEAD").replace(
        "\n\n", "\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----\n\n", 1
    )
    first = repo.git("hash-object", "-t", "commit", "-w", "--stdin", given=(signed + "\n").encode())
    repo.git("reset", "-q", "--hard", first)
    repo.write(".gitattributes", "b.md filter=evil diff=evil\n")
    repo.write(".mailmap", "Somebody <else@example.org> <kari@example.org>\n")
    repo.commit("2026-02-10", c="2")
    repo.write("b.md", "changed")
    mark = tmp_path / "mark"
    trap = tmp_path / "trap"
    trap.write_text(f"#!/bin/sh\ntouch {mark}\n")
    trap.chmod(0o755)
    for name in ("post-index-change", "post-checkout", "reference-transaction"):
        shutil.copy(trap, repo.path / ".git/hooks" / name)
    for key, value in settings(str(trap)):
        repo.git("config", key, value)
    mark.unlink(missing_ok=True)
    before = snapshot(repo.path)
    history = repo.history(BOTH)
    everything(history)
    assert history.changed("a.md") == Change(first, "Kari", "kari@example.org", date(2026, 1, 10))
    assert tell(history.approval("a.md")) == "Per on 2026-01-10"
    assert not mark.exists()
    assert snapshot(repo.path) == before


def test_the_trap_of_the_test_above_would_spring(repo: Repo, tmp_path: Path) -> None:
    repo.commit("2026-01-10", a="1")
    repo.write(".gitattributes", "a.md filter=evil\n")
    repo.git("config", "filter.evil.clean", f"touch {tmp_path / 'mark'}")
    repo.write("a.md", "2")
    repo.git("status")
    assert (tmp_path / "mark").exists()


def test_the_environment_of_a_hook_leads_to_no_other_repository(
    repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = repo.commit("2026-01-10", a="1")
    other = Repo(tmp_path / "other")
    other.commit("2026-02-10", b="1")
    monkeypatch.setenv("GIT_DIR", str(other.path / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other.path))
    monkeypatch.setenv("GIT_INDEX_FILE", "nowhere")
    assert told(repo.history().changed("a.md")) == first
