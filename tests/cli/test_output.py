"""Where results go: files together or none, standard output to its end or exit 2."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import DAY, LATHE, Run

Write = Callable[..., Path]
CHECK = ("check", LATHE, "--as-of", DAY)


def shell(command: str, *arguments: str | Path, unbuffered: bool = False) -> tuple[int, str]:
    """Run a command by a shell, as '{}' there; return its exit code and what it wrote to standard error."""
    words = " ".join(f"'{word}'" for word in (sys.executable, "-m", "isocheck", *map(str, arguments)))
    environment = {**os.environ, "PYTHONUNBUFFERED": "1" if unbuffered else ""}
    ran = subprocess.run(
        ["bash", "-c", command.replace("{}", words)], capture_output=True, text=True, env=environment, check=False
    )
    return ran.returncode, ran.stderr


COMMANDS = [CHECK, (*CHECK, "-f", "json"), ("calendar", LATHE), ("clauses",), ("explain", "9.2"), ("schema", "qms"), ("--version",), ("--help",), ("check", "--help")]  # fmt: skip


@pytest.mark.parametrize("arguments", COMMANDS, ids=[" ".join(map(str, case[:1])) for case in COMMANDS])
@pytest.mark.parametrize("command", ["{} >&-", "{} >/dev/full"])
def test_standard_output_that_takes_nothing(arguments: tuple[str | Path, ...], command: str) -> None:
    code, err = shell(command, *arguments)
    assert code == 2
    assert err.startswith("error: standard output cannot be written to the end: ")
    assert err.count("\n") == 1


@pytest.mark.parametrize("unbuffered", [False, True])
def test_standard_output_that_is_closed_early(unbuffered: bool, tmp_path: Path) -> None:
    report = tmp_path / "report.html"
    command = "set -o pipefail; {} | head -c 10 >/dev/null"
    code, err = shell(command, *CHECK, "-f", "json", "-o", report, unbuffered=unbuffered)
    assert (code, err) == (2, "error: standard output cannot be written to the end: Broken pipe\n")
    assert list(tmp_path.iterdir()) == []


def test_what_needs_no_standard_output_does_without(tmp_path: Path) -> None:
    report = tmp_path / "report.md"
    assert shell("{} >&-", "report", LATHE, "-o", report)[0] == 0
    assert report.stat().st_size


@pytest.mark.parametrize("command", ["{} 2>&-", "{} 2>/dev/full", "{} >&- 2>&- <&-"])
def test_standard_error_that_takes_nothing(command: str, tmp_path: Path) -> None:
    assert shell(command, "check", tmp_path)[0] == 2
    assert shell(command, "report", LATHE, "-o", tmp_path / "report.md")[0] == 0


@pytest.mark.parametrize(
    ("output", "words"),
    [
        ("none/x.html", "the folder none does not exist"),
        ("html:folder", "it is a folder"),
        ("html:/dev/full", "No space left on device"),
    ],
)
def test_no_file_is_written_where_one_cannot_be(
    isocheck: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, output: str, words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("folder").mkdir()
    Path("old.json").write_text("old")
    code, out, err = isocheck(*CHECK, "-o", "first.html", "-o", "old.json", "-o", output)
    assert (code, out) == (2, "")
    assert err == f"error: {output.removeprefix('html:')}: cannot be written: {words}\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "old.json"]
    assert Path("old.json").read_text() == "old"


@pytest.mark.parametrize(
    ("outputs", "words"),
    [
        (["", ""], "-o: the name of a file is missing"),
        (["html:"], "-o html:: the name of a file is missing"),
        (["x.foo"], "the ending does not tell the format"),
        (["htm:x"], "'htm' is no format; did you mean 'html'?"),
        (["x.html", "markdown:./x.html"], "-o markdown:./x.html: the same file as -o x.html"),
    ],
)
def test_an_output_that_makes_no_sense(isocheck: Run, outputs: list[str], words: str) -> None:
    code, out, err = isocheck(*CHECK, *(part for output in outputs for part in ("-o", output)))
    assert (code, out, words in err) == (2, "", True)


@pytest.mark.parametrize("output", ["json:{root}/isocheck.yaml", "json:{root}/sub/new.yml", "{root}/../link.json"])
def test_a_report_never_stands_among_what_is_read(isocheck: Run, write: Write, output: str) -> None:
    root = write(isocheck="audits: [{id: A}]\n")
    (root / "sub").mkdir()
    (root.parent / "link.json").symlink_to(root / "isocheck.yaml")
    for path in (root, root / "isocheck.yaml"):
        if path == root or "isocheck.yaml" in output or "link" in output:
            code, out, err = isocheck("check", path, "-o", output.format(root=root))
            assert (code, out, "among the files of the description" in err) == (2, "", True)
    assert (root / "isocheck.yaml").read_text() == "audits: [{id: A}]\n"
    assert list((root / "sub").iterdir()) == []


def test_a_report_may_stand_beside_what_is_read(isocheck: Run, write: Write) -> None:
    root = write(isocheck="audits: [{id: A}]\n")
    assert isocheck("check", root, "-o", root / "report.html")[0] == 1
    assert (root / "report.html").stat().st_size


def test_other_encodings_lose_no_line() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "isocheck", *CHECK],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        check=False,
    )
    assert ran.returncode == 0
    assert ran.stderr == b""
    assert ran.stdout.isascii()
    assert b"?" not in ran.stdout.splitlines()[0]


def test_init_writes_all_or_nothing(isocheck: Run, tmp_path: Path) -> None:
    (tmp_path / "planning.yaml").symlink_to(tmp_path / "elsewhere")
    code, _, err = isocheck("init", tmp_path)
    assert (code, "holds planning.yaml already; nothing was written" in err) == (2, True)
    assert [path.name for path in tmp_path.iterdir()] == ["planning.yaml"]
    (tmp_path / "file").touch()
    assert isocheck("init", tmp_path / "file")[0] == 2
    assert isocheck("init", tmp_path / "file" / "x")[0] == 2
