"""Bad input that no file in a repository can be; the rest stands as folders in tests/examples/broken."""

from __future__ import annotations

import ctypes
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import LATHE, Run

Write = Callable[..., Path]
MIB = 1024 * 1024


def refused(isocheck: Run, root: Path, *arguments: str) -> list[str]:
    """Run a check that cannot run; return its lines, with {} for the folder."""
    folder = root if os.path.isdir(root) else root.parent  # noqa: PTH112 - a name may be too long to ask for
    before = sorted(folder.rglob("*"))
    code, out, err = isocheck("check", root, *arguments)
    assert (code, out) == (2, "")
    assert "itself failed" not in err
    assert sorted(folder.rglob("*")) == before
    lines = err.splitlines()
    assert all(line.startswith("error: ") for line in lines)
    return [line.removeprefix("error: ").replace(str(root), "{}") for line in lines]


@pytest.mark.parametrize("opener", ["[", "{", "- ", "? ", "{a: ", "- ? ", "[[", "&a [", "!x ["])
def test_a_hundred_thousand_levels(isocheck: Run, write: Write, opener: str) -> None:
    lines = refused(isocheck, write(isocheck="", a=opener * 100_000))
    assert lines[0].startswith("{}/a.yaml:1:")


def test_a_large_file_is_refused_and_says_what_lifts_the_limit(isocheck: Run, write: Write) -> None:
    root = write(isocheck="", large=b"note: " + b"x" * (17 * MIB))
    (line,) = refused(isocheck, root)
    assert line == "{}/large.yaml: the file is larger than 16 MiB; --max-file-size lifts the limit"


def test_a_hundred_megabytes_in_one_value_are_no_trouble(isocheck: Run, write: Write) -> None:
    root = write(isocheck="", large=b"audits:\n  - id: A\n    performed: " + b"x" * 100_000_000)
    (line,) = refused(isocheck, root, "--max-file-size", "200")
    assert line.startswith("{}/large.yaml:3:5: performed: expected a date as YYYY-MM-DD, not 'xxx")
    assert len(line) < 200


def test_very_many_problems_are_told_in_time(isocheck: Run, write: Write) -> None:
    rows = "".join(f"  - {{id: A{at}, perfomed: x, clauses: ['8.9{at}'], kind: intern}}\n" for at in range(5000))
    lines = refused(isocheck, write(isocheck="", a=f"audits:\n{rows}"))
    assert len(lines) == 1001
    assert lines[-1] == "and 14000 more problems"


def test_a_folder_without_description(isocheck: Run, tmp_path: Path) -> None:
    assert refused(isocheck, tmp_path) == [
        "{}: no description of a quality management system here; write one with: isocheck init DIR"
    ]


@pytest.mark.parametrize("name", ["missing", "a.yaml/x", "x" * 300])
def test_a_path_that_is_not_there(isocheck: Run, write: Write, name: str) -> None:
    (line,) = refused(isocheck, write(a="audits: []\n") / name)
    assert line.startswith("{}: ")


def test_a_folder_that_was_removed_beneath_us(isocheck: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert isocheck("check") == (2, "", "error: .: there is no such file or folder\n")
    assert isocheck("check", LATHE, "-o", "x.html")[0] == 2


def test_links_that_lead_outside_or_in_a_circle(isocheck: Run, write: Write, tmp_path: Path) -> None:
    root = write(isocheck="", a="audit: []\n")
    (tmp_path / "secret.yaml").write_text("people: []\n")
    for name, target in {
        "link.yaml": tmp_path / "secret.yaml",
        "folder": tmp_path,
        "circle.yaml": root / "circle.yaml",
        "nowhere.yaml": root / "none.yaml",
    }.items():
        (root / name).symlink_to(target)
    assert refused(isocheck, root) == [
        "{}/a.yaml:1:1: 'audit' is no register; did you mean 'audits'?",
        "{}/circle.yaml: this link leads in a circle; remove it",
        "{}/folder: this link leads outside {}; exclude it or copy what it names",
        "{}/link.yaml: this link leads outside {}; exclude it or copy what it names",
        "{}/nowhere.yaml: cannot be read: No such file or directory",
    ]


def test_settings_behind_a_link_that_leads_outside(isocheck: Run, write: Write, tmp_path: Path) -> None:
    root = write(a="audits: []\n")
    (tmp_path / "settings.yaml").write_text("standard: iso9001-2015\n")
    (root / "isocheck.yaml").symlink_to(tmp_path / "settings.yaml")
    assert "leads outside" in refused(isocheck, root)[0]


def without_privilege() -> None:
    """Take from a process of root what lets it read everything; anybody else keeps what he or she has."""
    prctl, drop = ctypes.CDLL(None).prctl, 24
    if os.geteuid() == 0:
        for capability in (1, 2):  # CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH
            assert prctl(drop, capability, 0, 0, 0) == 0


def plainly(*arguments: str | Path) -> tuple[int, str, str]:
    """Run a command in a process of its own that may not read everything."""
    ran = subprocess.run(
        [sys.executable, "-m", "isocheck", *arguments],
        capture_output=True,
        text=True,
        preexec_fn=without_privilege,
        check=False,
    )
    return ran.returncode, ran.stdout, ran.stderr


@pytest.mark.parametrize("name", ["sub/a.yaml", "sub", "isocheck.yaml", "."])
def test_what_may_not_be_read(write: Write, name: str) -> None:
    root = write(isocheck="", b="audit: []\n")
    (root / "sub").mkdir()
    (root / "sub" / "a.yaml").write_text("people: []\n")
    locked = root / name
    mode = locked.stat().st_mode
    locked.chmod(0)
    try:
        code, out, err = plainly("check", root)
    finally:
        locked.chmod(mode)
    assert (code, out) == (2, "")
    assert f"error: {locked}: cannot be read: Permission denied\n" in err
    if name != ".":
        assert "b.yaml:1:1: 'audit' is no register" in err


def test_where_nothing_may_be_written(tmp_path: Path) -> None:
    folder, file = tmp_path / "folder", tmp_path / "file.html"
    folder.mkdir()
    file.write_text("old")
    folder.chmod(0o555)
    file.chmod(0o444)
    for path, reason in ((folder / "x.html", "Permission denied"), (file, "it is read-only")):
        code, out, err = plainly("check", LATHE, "-o", tmp_path / "other.md", "-o", path)
        assert (code, out) == (2, "")
        assert err == f"error: {path}: cannot be written: {reason}\n"
    code, _, err = plainly("init", folder)
    assert (code, "Permission denied" in err) == (2, True)
    assert sorted(tmp_path.rglob("*")) == [file, folder]
    assert file.read_text() == "old"


def test_what_is_no_file_is_not_waited_for(isocheck: Run, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    root = write(isocheck="")
    monkeypatch.chdir(root)  # the name of a socket is short
    os.mkfifo("a.yaml")
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind("b.yaml")
        assert refused(isocheck, root) == [
            "{}/a.yaml: this is no file that can be read",
            "{}/b.yaml: this is no file that can be read",
        ]


@pytest.mark.parametrize(
    ("name", "shown"),
    [("a b.yaml", "a b.yaml"), ("a\nb.yaml", r"a\nb.yaml"), ("\x1b[31m.yaml", r"\x1b[31m.yaml"), (os.fsdecode(b"\xff.yaml"), r"\xff.yaml"), ("-o.yaml", "-o.yaml"), ("ä.YML", "ä.YML")],
)  # fmt: skip
def test_odd_names_of_files(isocheck: Run, write: Write, name: str, shown: str) -> None:
    root = write(isocheck="")
    (root / name).write_text("audits:\n  - id: A\n    nme: x\n")
    (line,) = refused(isocheck, root)
    assert line.startswith(f"{{}}/{shown}:3:5: 'nme' is no field")
    (root / name).write_text("audits:\n  - id: A\n    kind: internal\n")
    for format_ in ("terminal", "json", "markdown", "html"):
        code, out, err = isocheck("check", root, "-f", format_, "--as-of", "2026-06-30")
        assert (code, err) == (1, "")
        assert "\x1b" not in out


@pytest.mark.parametrize("where", ["", ".", "./", "../qms", "sub/..", "{root}", "{root}//", "../link"])
def test_ways_to_name_the_folder(isocheck: Run, write: Write, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    root = write(isocheck="", a="audit: []\n")
    (root / "sub").mkdir()
    (root.parent / "link").symlink_to(root)
    monkeypatch.chdir(root)
    code, _, err = isocheck("check", *([where.format(root=root)] if where else []))
    assert code == 2
    assert err.endswith("a.yaml:1:1: 'audit' is no register; did you mean 'audits'?\n")
    assert err.count("\n") == 1


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar(isocheck: Run, write: Write, day: str) -> None:
    text = (
        "audits: [{id: A, kind: internal, performed: 0001-01-01, planned: 9999-12-31}]\n"
        "management_reviews: [{id: M, held: 0001-01-01}, {id: N, held: 9999-12-31}]\n"
        "equipment: [{id: E, interval: 9999 years, traceability_required: true}]\n"
        "calibrations: [{id: C, equipment: E, performed: 9999-01-01}, {id: D, equipment: E, performed: 0001-01-01}]\n"
    )
    root = write(isocheck="intervals: {internal_audit: 9999 years, management_review: 9999 days}\n", a=text)
    for format_ in ("terminal", "json", "markdown", "html"):
        code, _, err = isocheck("check", root, "--as-of", day, "-f", format_)
        assert (code, err) == (1, "")


def test_a_crash_is_exit_2_and_asks_for_a_report(isocheck: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    class Panic(BaseException):
        """What libraries that are not written in Python raise."""

    for error in (ZeroDivisionError("why"), RecursionError(), Panic("why")):

        def broken(*_: object, error: BaseException = error, **__: object) -> None:
            raise error

        monkeypatch.setattr("isocheck.cli.assessing.assess", broken)
        code, out, err = isocheck("check", LATHE)
        assert (code, out) == (2, "")
        assert "please report it" in err
        assert "Traceback" not in err
        assert err.count("\n") == 1
    monkeypatch.setenv("ISOCHECK_TRACEBACK", "1")
    assert "Traceback" in isocheck("check", LATHE)[2]


def test_an_interruption_and_a_lack_of_memory_are_exit_2(isocheck: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for error, words in ((KeyboardInterrupt(), "interrupted"), (MemoryError(), "not enough memory for this input")):

        def broken(*_: object, error: BaseException = error, **__: object) -> None:
            raise error

        monkeypatch.setattr("isocheck.cli.assessing.assess", broken)
        assert isocheck("check", LATHE) == (2, "", f"error: {words}\n")
