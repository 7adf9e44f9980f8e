"""Real repositories in temporary folders, with the people and the days that a test says."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from isocheck.sources.history import Approval, Approvals, Change, History, Unknown, read_history

__all__ = ["BOTH", "REAL_GIT", "TAGS", "TRAILERS", "Repo", "contents", "tell", "told"]

TRAILERS = Approvals(trailers=("approved-by", "Reviewed-By"))
TAGS = Approvals(tags="approved/*")
BOTH = Approvals(TRAILERS.trailers, TAGS.tags)
REAL_GIT = shutil.which("git") or "git"


class Repo:
    """A repository whose commits are made by Kari and committed by Ola, each on a day that the test says."""

    def __init__(self, path: Path, *options: str) -> None:
        self.path = path
        path.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "-b", "main", *options)

    def git(self, *arguments: str, day: str = "2026-01-01", author: str = "Kari", given: bytes = b"") -> str:
        written = {
            "GIT_AUTHOR_NAME": author,
            "GIT_AUTHOR_EMAIL": f"{author.lower()}@example.org",
            "GIT_AUTHOR_DATE": "2020-02-02T12:00:00+0000",
        }
        put = {
            "GIT_COMMITTER_NAME": "Ola",
            "GIT_COMMITTER_EMAIL": "ola@example.org",
            "GIT_COMMITTER_DATE": f"{day}T23:30:00-0800",
        }
        done = subprocess.run(
            [REAL_GIT, *arguments],
            cwd=self.path,
            env=os.environ | written | put,
            input=given,
            capture_output=True,
            check=True,
        )
        return done.stdout.decode("utf-8", "surrogateescape").strip()

    def write(self, name: str, content: str | bytes) -> None:
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)

    def commit(self, day: str, message: str = "change", /, *, author: str = "Kari", **files: str | None) -> str:
        """Commit files, named without their ending '.md'; None removes one."""
        for name, content in files.items():
            if content is None:
                (self.path / f"{name}.md").unlink()
            else:
                self.write(f"{name}.md", content)
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message, day=day, author=author)
        return self.git("rev-parse", "HEAD")

    def merge(self, branch: str, day: str, message: str = "merge", *options: str) -> str:
        self.git("merge", "-q", "--no-ff", *options, "-m", message, branch, day=day, author="Merger")
        return self.git("rev-parse", "HEAD")

    def tag(self, name: str, day: str, *at: str) -> None:
        self.git("tag", "-a", "-m", "approved", name, *at, day=day)

    def history(self, approvals: Approvals = TRAILERS, under: str = "") -> History:
        history = read_history(self.path / under, approvals)
        assert history is not None
        return history

    def changed(self, name: str = "a.md") -> object:
        return told(self.history().changed(name))

    def approval(self, name: str = "a.md", approvals: Approvals = BOTH) -> str:
        return tell(self.history(approvals).approval(name))


def told(change: object) -> object:
    """Return the commit of a change alone, since it stands for author and day."""
    return change.commit if isinstance(change, Change) else change


def tell(approval: Approval | Unknown | None) -> str:
    """Return an approval in the words that a report would use."""
    if not isinstance(approval, Approval):
        return "unknown" if isinstance(approval, Unknown) else "none"
    by = f"{' and '.join(approver.name for approver in approval.by)} on {approval.day}"
    if isinstance(approval.since, Change):
        return f"{by}, changed on {approval.since.day}"
    return f"{by}, changed since" if approval.outdated else by


def contents(history: History, path: str = "a.md") -> list[bytes | Unknown]:
    return [content for _, content in history.versions(path)]
