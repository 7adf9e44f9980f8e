from __future__ import annotations

import os
import random
from datetime import date
from pathlib import Path

import pytest

from isocheck.sources.history import Approval, Approvals, Change, NotCommitted, Unknown

from .repositories import BOTH, TAGS, Repo, contents, tell, told

# Last changes.


def test_the_last_change_has_its_author_and_the_day_of_its_committer(repo: Repo) -> None:
    repo.commit("2026-01-10", a="1", b="1")
    second = repo.commit("2026-02-10", a="2")
    repo.commit("2026-03-10", b="2")
    assert repo.history().changed("a.md") == Change(second, "Kari", "kari@example.org", date(2026, 2, 10))


def test_only_what_is_below_the_root_counts(repo: Repo) -> None:
    repo.write("qms/deep/a.md", "1")
    repo.write("other.md", "1")
    first = repo.commit("2026-01-10")
    repo.write("other.md", "2")
    repo.commit("2026-02-10")
    history = repo.history(under="qms")
    assert told(history.changed("deep/a.md")) == first
    assert history.changed("other.md") is None
    assert history.changed("../other.md") == Unknown("it lies outside the folder that was looked at")
    assert history.removed() == ()


def test_a_file_as_root_is_looked_at_by_its_name(repo: Repo) -> None:
    first = repo.commit("2026-01-10", a="1")
    assert told(repo.history(under="a.md").changed("a.md")) == first


def test_what_no_commit_has_is_not_in_git(repo: Repo) -> None:
    repo.commit("2026-01-10", a="1")
    repo.write(".gitignore", "ignored.md\n")
    for name in ("ignored.md", "untracked.md", "staged.md"):
        repo.write(name, "1")
    repo.git("add", "staged.md")
    history = repo.history(BOTH)
    for name in ("ignored.md", "untracked.md", "staged.md", "missing.md", "."):
        assert history.changed(name) is None
        assert history.approval(name) is None


@pytest.mark.parametrize(
    ("committed", "there", "same"),
    [
        (b"a\nb\n", b"a\nb\n", True),
        (b"a\nb\n", b"a\nc\n", False),
        (b"a\nb\n", b"a\r\nb\r\n", True),
        (b"a\nb\n", b"a\nb", False),
        (b"", b"", True),
        (b"a\n", None, False),
    ],
)
def test_a_file_that_differs_from_what_was_committed_is_not_committed(
    repo: Repo, committed: bytes, there: bytes | None, same: bool
) -> None:
    repo.write("a.md", committed)
    first = repo.commit("2026-01-10", "x\n\nApproved-by: Per")
    if there is None:
        (repo.path / "a.md").unlink()
    else:
        repo.write("a.md", there)
    repo.git("add", "-A")  # what is only staged is no more committed than the rest
    changed = repo.history().changed("a.md")
    assert isinstance(changed, Change) == same
    assert told(changed.after if isinstance(changed, NotCommitted) else changed) == first
    assert repo.approval() == "Per on 2026-01-10" + ("" if same else ", changed since")


def test_a_file_under_git_lfs_is_compared_by_its_pointer(repo: Repo) -> None:
    oid = "8b7df143d91c716ecfa5fc1730022f6b421b05cedee8fd52b1fc65a96030ad52"
    repo.write("a.xlsx", f"version https://git-lfs.github.com/spec/v1\noid sha256:{oid}\nsize 2\n")
    first = repo.commit("2026-01-10")
    repo.write(".gitattributes", "*.xlsx filter=lfs\n")
    repo.write("a.xlsx", b"XX")
    assert repo.changed("a.xlsx") == NotCommitted(repo.history()._written(0))
    repo.write("a.xlsx", b"blah")
    assert repo.changed("a.xlsx") == first


def test_a_file_that_is_converted_on_its_way_cannot_be_compared(repo: Repo) -> None:
    repo.commit("2026-01-10", a="1", b="1")
    repo.write("a.md", "encrypted")
    repo.write("b.md", "changed")
    repo.write(".gitattributes", "a.md filter=crypt\n")
    changed = repo.history().changed("a.md")
    assert isinstance(changed, Unknown)
    assert "converted" in changed.why
    assert repo.history().approval("a.md") == changed
    assert isinstance(repo.history().changed("b.md"), NotCommitted)


def test_a_renamed_file_was_not_changed_but_one_renamed_and_edited_was(repo: Repo) -> None:
    first = repo.commit("2026-01-10", "x\n\nApproved-by: Per", a="1", b="2")
    repo.commit("2026-02-10", a=None, c="1")
    moved = repo.commit("2026-03-10", b=None, d="3")
    assert repo.changed("c.md") == first
    assert repo.approval("c.md") == "Per on 2026-01-10"
    assert repo.changed("d.md") == moved
    assert repo.approval("d.md") == "none"


def test_one_of_several_equal_files_cannot_inherit_what_was_said_of_another(repo: Repo) -> None:
    repo.commit("2026-01-10", "x\n\nApproved-by: Per", a="template")
    repo.commit("2026-01-11", b="template")
    moved = repo.commit("2026-02-10", a=None, b=None, c="template")
    assert repo.changed("c.md") == moved
    assert repo.approval("c.md") == "none"


def test_a_change_of_mode_is_no_change(repo: Repo) -> None:
    first = repo.commit("2026-01-10", a="1")
    repo.git("update-index", "--chmod=+x", "a.md")
    repo.git("commit", "-q", "-m", "mode")
    assert repo.changed() == first


def test_a_file_that_was_removed_and_written_again_begins_anew(repo: Repo) -> None:
    repo.commit("2026-01-10", "x\n\nApproved-by: Per", a="1")
    repo.commit("2026-02-10", a=None)
    third = repo.commit("2026-03-10", a="1")
    assert repo.changed() == third
    assert repo.approval() == "none"


def test_links_are_followed_below_the_root_and_not_out_of_it(repo: Repo, tmp_path: Path) -> None:
    (tmp_path / "outside.md").write_text("x")
    (repo.path / "link.md").symlink_to("a.md")
    (repo.path / "out.md").symlink_to("../outside.md")
    (repo.path / "circle.md").symlink_to("circle.md")
    first = repo.commit("2026-01-10", a="1")
    assert repo.changed("link.md") == first
    assert isinstance(repo.changed("out.md"), Unknown)
    assert not isinstance(repo.changed("circle.md"), str)


@pytest.mark.parametrize(
    "name", ["a b.md", "å.md", 'q"uote.md', "new\nline.md", "tab\t.md", ":(top)x.md", "*.md", "-x.md", b"\xff\xfe.md"]
)
def test_any_file_name(repo: Repo, name: str | bytes) -> None:
    path = os.fsdecode(name)
    repo.write(path, "1")
    first = repo.commit("2026-01-10", "x\n\nApproved-by: Per")
    assert repo.changed(path) == first
    assert repo.approval(path) == "Per on 2026-01-10"
    (repo.path / path).unlink()
    repo.commit("2026-02-10")
    assert repo.history().removed() == (path,)
    assert [content for _, content in repo.history().versions(path)] == [b"1"]


# Merges.


def side(repo: Repo, day: str, **files: str) -> str:
    """Commit to a branch 'side' that starts before the newest commit."""
    repo.git("checkout", "-q", "-b", "side", "HEAD~1")
    made = repo.commit(day, "side\n\nReviewed-by: Per", author="Siri", **files)
    repo.git("checkout", "-q", "main")
    return made


def test_a_change_that_came_through_a_merge_is_its_author_s(repo: Repo) -> None:
    repo.commit("2026-01-10", a="1", b="1")
    ours = repo.commit("2026-02-10", b="2")
    made = side(repo, "2026-03-10", a="2")
    repo.merge("side", "2026-04-10")
    assert repo.history().changed("a.md") == Change(made, "Siri", "siri@example.org", date(2026, 3, 10))
    assert repo.changed("b.md") == ours
    assert repo.approval() == "Per on 2026-03-10"
    assert repo.approval("b.md") == "none"


def test_a_merge_the_other_way_round_hides_nothing(repo: Repo) -> None:
    repo.commit("2026-01-10", a="1", b="1")
    ours = repo.commit("2026-02-10", "x\n\nApproved-by: Kari", b="2")
    made = side(repo, "2026-03-10", a="2")
    repo.git("checkout", "-q", "side")
    repo.merge("main", "2026-04-10")
    assert repo.changed("b.md") == ours
    assert repo.approval("b.md") == "Kari on 2026-02-10"
    assert repo.changed("a.md") == made


def test_a_merge_that_settled_a_conflict_is_the_change(repo: Repo) -> None:
    repo.commit("2026-01-10", a="1")
    repo.commit("2026-02-10", "x\n\nApproved-by: Kari", a="2")
    side(repo, "2026-03-10", a="3")
    repo.git("merge", "-q", "--no-commit", "-s", "ours", "side")
    merged = repo.commit("2026-04-10", a="4")
    assert repo.changed() == merged
    assert repo.approval() == "Kari on 2026-02-10, changed on 2026-04-10"


def test_a_merge_that_took_the_other_side_changed_nothing(repo: Repo) -> None:
    repo.commit("2026-01-10", a="1")
    repo.commit("2026-02-10", a="2")
    made = side(repo, "2026-03-10", a="3")
    repo.merge("side", "2026-04-10", "merge\n\nApproved-by: Jens <jens@example.org>", "-X", "theirs")
    assert repo.changed() == made
    assert repo.approval() == "Jens and Per on 2026-04-10"


def test_an_approved_merge_approves_what_it_brought_and_nothing_else(repo: Repo) -> None:
    repo.commit("2026-01-10", a="1", b="1")
    repo.commit("2026-02-10", b="2")
    side(repo, "2026-03-10", a="2")
    repo.merge("side", "2026-04-10", "merge\n\nApproved-by: Jens")
    assert repo.approval("b.md") == "none"
    assert repo.approval("a.md") == "Jens and Per on 2026-04-10"
    repo.commit("2026-05-10", a="5")
    assert repo.approval("a.md") == "Jens and Per on 2026-04-10, changed on 2026-05-10"


def tangle(repo: Repo, chance: random.Random) -> None:
    """Make commits with parents from anywhere, merges that took each file from some side, and clocks that go wrong."""
    states: list[dict[str, str]] = []
    lines: list[str] = []
    for number in range(120):
        near = range(max(0, number - chance.choice([1, 6, 60])), number)
        parents = chance.sample(near, min(len(near), chance.choice([1, 1, 2, 3])))
        state = {name: chance.choice([states[at].get(name, "") for at in parents] or [""]) for name in "abcdefgh"}
        state |= {name: f"{name}{chance.randrange(3)}" for name in "abcdefgh" if chance.random() < 0.1}
        states.append(state)
        lines += ["commit refs/heads/main", f"mark :{number + 1}"]
        lines += [f"committer O <o@example.org> {1_700_000_000 + chance.randrange(10**6)} +0000", "data 1\nx"]
        lines += [f"{'merge' if place else 'from'} :{parent + 1}" for place, parent in enumerate(parents)]
        lines += ["deleteall", *(f"M 100644 inline {name}\ndata 2\n{state[name]}" for name in state if state[name])]
    repo.git("fast-import", "--quiet", "--force", given=("\n".join(lines) + "\n").encode())
    repo.git("reset", "-q", "--hard")


def test_every_file_of_a_tangled_history_was_changed_last_where_git_log_says(tmp_path: Path) -> None:
    for seed in range(8):
        repo = Repo(tmp_path / str(seed))
        tangle(repo, random.Random(seed))
        history = repo.history()
        expected = {
            name: repo.git("log", "-1", "--format=%H", "--", name) for name in "abcdefgh" if (repo.path / name).exists()
        }
        assert expected
        assert {name: told(history.changed(name)) for name in expected} == expected
        order = repo.git("rev-list", "--date-order", "HEAD").split()
        for name in expected:
            places = [order.index(str(told(change))) for change, _ in history.versions(name)]
            assert places == sorted(places)


# Approvals.


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("x\n\nApproved-by: Per Hansen <per@example.org>", "Per Hansen on 2026-01-10"),
        ("x\n\nAPPROVED-BY: Per", "Per on 2026-01-10"),
        ("x\n\nApproved-by: Per\nReviewed-by: Jens", "Per and Jens on 2026-01-10"),
        ("x\n\nApproved-by: Per\n  Hansen", "Per Hansen on 2026-01-10"),
        ("x\n\nApproved-by: <per@example.org>", "per@example.org on 2026-01-10"),
        ("x\n\nApproved-by:", "none"),
        ("x\n\nSigned-off-by: Per", "none"),
        ("x\n\nNot-Approved-by: Per", "none"),
        ("x\n\nApproved-by-nobody: Per", "none"),
        ("Approved-by: Per\n\nis what we would like to write here", "none"),
        ("x\n\nApproved-by: P\x1b[31mer", "P [31mer on 2026-01-10"),
    ],
)
def test_trailers_of_the_commit_that_wrote_it_approve(repo: Repo, message: str, expected: str) -> None:
    repo.commit("2026-01-10", message, a="1")
    assert repo.approval() == expected
    assert repo.approval(approvals=Approvals()) == "none"


def test_an_approval_names_its_evidence_and_the_author_of_what_was_approved(repo: Repo) -> None:
    first = repo.commit("2026-01-10", "x\n\nApproved-by: Kari", a="1")
    approval = repo.history().approval("a.md")
    assert isinstance(approval, Approval)
    assert approval.by[0].evidence == f"commit {first}"
    assert approval.change == Change(first, "Kari", "kari@example.org", date(2026, 1, 10))
    assert not approval.outdated


def test_a_change_after_the_approval_outdates_it_and_is_named(repo: Repo) -> None:
    repo.commit("2026-01-10", "x\n\nApproved-by: Per", a="1")
    repo.commit("2026-03-02", a="2")
    repo.commit("2026-04-02", a="3")
    assert repo.approval() == "Per on 2026-01-10, changed on 2026-03-02"
    repo.commit("2026-05-02", a="1")  # the content that was approved, put back by nobody knows whose leave
    assert repo.approval() == "Per on 2026-01-10, changed on 2026-03-02"
    repo.commit("2026-06-02", "x\n\nReviewed-by: Jens", a="4")
    assert repo.approval() == "Jens on 2026-06-02"


def test_a_trailer_of_a_commit_that_left_the_file_alone_approves_nothing(repo: Repo) -> None:
    repo.commit("2026-01-10", a="1", b="1")
    repo.commit("2026-02-10", "x\n\nApproved-by: Per", b="2")
    assert repo.approval() == "none"


def test_an_annotated_tag_approves_what_its_commit_has(repo: Repo) -> None:
    repo.commit("2026-01-10", a="1", b="1")
    repo.commit("2026-02-10", b="2")
    repo.tag("approved/2026", "2026-02-20")
    repo.commit("2026-03-10", b="3")
    approval = repo.history(TAGS).approval("a.md")
    assert tell(approval) == "Ola on 2026-02-20"
    assert isinstance(approval, Approval)
    assert approval.by[0].evidence == "tag approved/2026"
    assert repo.approval("b.md") == "Ola on 2026-02-20, changed on 2026-03-10"


def test_a_tag_before_the_last_writing_approves_it_not_though_the_content_is_the_same(repo: Repo) -> None:
    repo.commit("2026-01-10", a="1")
    repo.tag("approved/1", "2026-01-11")
    repo.commit("2026-02-10", a="2")
    repo.commit("2026-03-10", a="1")
    assert repo.approval() == "Ola on 2026-01-11, changed on 2026-02-10"


def test_tags_that_approve_nothing(repo: Repo) -> None:
    first = repo.commit("2026-01-10", a="1")
    repo.git("tag", "approved/lightweight")
    repo.tag("released/1", "2026-01-11")
    repo.tag("approved/tree", "2026-01-11", "HEAD^{tree}")
    anonymous = repo.git(
        "mktag", "--no-strict", given=f"object {first}\ntype commit\ntag approved/nobody\n\nx\n".encode()
    )
    repo.git("update-ref", "refs/tags/approved/nobody", anonymous)
    nameless = f"object {first}\ntype commit\ntag approved/nameless\ntagger  <x@example.org> 1767225600 +0000\n\nx\n"
    made = repo.git("hash-object", "-t", "tag", "-w", "--stdin", "--literally", given=nameless.encode())
    repo.git("update-ref", "refs/tags/approved/nameless", made)
    repo.git("checkout", "-q", "-b", "elsewhere")
    repo.commit("2026-01-12", b="1")
    repo.tag("approved/elsewhere", "2026-01-12")
    repo.git("checkout", "-q", "main")
    assert repo.approval() == "none"
    repo.git("merge", "-q", "elsewhere")
    assert repo.approval() == "Ola on 2026-01-12"


def test_a_tag_under_the_former_name_approves_a_renamed_file(repo: Repo) -> None:
    repo.commit("2026-01-10", a="1")
    repo.tag("approved/1", "2026-01-11")
    repo.commit("2026-02-10", a=None, b="1")
    assert repo.approval("b.md") == "Ola on 2026-01-11"


def test_a_tag_under_a_name_that_another_file_had_approves_nothing(repo: Repo) -> None:
    repo.commit("2026-01-10", a="1", b="2")
    repo.git("checkout", "-q", "-b", "side")
    repo.commit("2026-01-11", b=None)
    repo.tag("approved/1", "2026-01-12")
    repo.git("checkout", "-q", "main")
    repo.git("merge", "-q", "--no-ff", "-s", "ours", "-m", "merge", "side")
    repo.commit("2026-02-10", a=None)
    repo.commit("2026-02-11", b=None, a="2")
    assert repo.approval() == "none"


# What was there before.


def test_versions_come_newest_first_also_of_a_file_that_is_gone(repo: Repo) -> None:
    first = repo.commit("2026-01-10", a="1\n", b="x")
    second = repo.commit("2026-02-10", a="two\n")
    assert [(told(change), content) for change, content in repo.history().versions("a.md")] == [
        (second, b"two\n"),
        (first, b"1\n"),
    ]
    assert repo.history().removed() == ()
    repo.commit("2026-03-10", a=None)
    assert contents(repo.history()) == [b"two\n", b"1\n"]
    assert repo.history().removed() == ("a.md",)
    assert contents(repo.history(), "never.md") == []


def test_versions_of_every_line_count_once_and_under_former_names(repo: Repo) -> None:
    repo.commit("2026-01-10", a="1")
    repo.commit("2026-02-10", a="2")
    side(repo, "2026-03-10", a="3")
    repo.merge("side", "2026-04-10", "merge", "-X", "theirs")
    repo.commit("2026-05-10", a=None, b="3")
    repo.commit("2026-06-10", b="4", a="another")
    assert contents(repo.history(), "b.md") == [b"4", b"3", b"2", b"1"]


def test_versions_are_bounded_in_number_and_size(repo: Repo) -> None:
    lines = []
    for number in range(250):
        content = "x" * (17 << 20) if number == 240 else f"{number}"
        lines += [
            "commit refs/heads/main",
            f"committer O <o@example.org> {1_700_000_000 + number} +0000",
            "data 1\nx",
            "M 100644 inline a.md",
            f"data {len(content)}\n{content}",
        ]
    repo.git("fast-import", "--quiet", given=("\n".join(lines) + "\n").encode())
    repo.git("reset", "-q", "--hard")
    found = contents(repo.history())
    assert len(found) == 200
    assert found[:9] == [f"{number}".encode() for number in range(249, 240, -1)]
    assert found[9] == Unknown("it is larger than 16 MiB")
    assert found[-1] == b"50"
