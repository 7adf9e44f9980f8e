"""The action, the template and the hook: their scripts are run as the CI systems run them, also with hostile inputs."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from isocheck.cli.app import FailOn
from isocheck.reports.csv_report import COLUMNS
from isocheck.reports.formats import FORMATS

from .conftest import DAY, LATHE, ROOT

ACTION = yaml.safe_load((ROOT / "action.yml").read_text())
HEAD, TEMPLATE = yaml.safe_load_all((ROOT / "templates" / "isocheck.gitlab-ci.yml").read_text())
(HOOK,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
SOLO = ROOT / "examples" / "solo-consultancy"
HOSTILE = "$(touch hacked)`touch hacked`; touch hacked; \"' && touch hacked #"


def run(script: str, folder: Path, shell: tuple[str, ...], values: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a script of a CI system in a folder."""
    environment = {**os.environ, **values}
    command = [*shell, "-c", script]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


class Action:
    """Runs the second step of the action in a folder, and reads what it left."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.summary, self.outputs = folder / "summary", folder / "outputs"
        python = folder / "temp" / "isocheck" / "bin" / "python"
        python.parent.mkdir(parents=True)
        python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
        python.chmod(0o755)

    def __call__(self, **inputs: str) -> subprocess.CompletedProcess[str]:
        step = ACTION["runs"]["steps"][1]
        given = {name: each["default"] for name, each in ACTION["inputs"].items()} | {
            name.replace("_", "-"): value for name, value in inputs.items()
        }
        values = {
            name: given[text.removeprefix("${{ inputs.").removesuffix(" }}")] for name, text in step["env"].items()
        }
        values |= {"RUNNER_TEMP": str(self.folder / "temp"), "GITHUB_STEP_SUMMARY": str(self.summary)}
        values |= {"GITHUB_OUTPUT": str(self.outputs)}
        return run(step["run"], self.folder, ("bash", "--noprofile", "--norc", "-e", "-o", "pipefail"), values)

    def told(self) -> dict[str, str]:
        """The outputs of the step."""
        return dict(line.split("=", 1) for line in self.outputs.read_text().splitlines())


@pytest.fixture
def action(tmp_path: Path) -> Action:
    """The step of the action that checks."""
    return Action(tmp_path)


def test_the_action_annotates_summarises_and_writes(action: Action) -> None:
    action.summary.write_text("An earlier line\n\n")
    ran = action(path=str(SOLO), as_of="2026-10-30", outputs="junit:my tests.xml\ngap.html\n")
    assert (ran.returncode, ran.stderr) == (1, "")
    assert {line.split(" ")[0] for line in ran.stdout.splitlines()} <= {"::error", "::warning", "::notice"}
    assert action.summary.read_text().startswith("An earlier line\n\n# ")
    assert action.told() == {"sarif": "isocheck.sarif", "exit-code": "1"}
    for name in ("isocheck.sarif", "my tests.xml", "gap.html"):
        assert (action.folder / name).stat().st_size


def test_the_action_passes_where_nothing_fails(action: Action) -> None:
    ran = action(path=str(LATHE), as_of=DAY, sarif="", standard="iso9001-2015", fail_on="opportunity")
    assert (ran.returncode, action.told()) == (0, {"sarif": "", "exit-code": "0"})
    assert not (action.folder / "isocheck.sarif").exists()


def test_the_action_says_that_it_could_not_run(action: Action) -> None:
    ran = action(path="no where")
    assert (ran.returncode, action.told()) == (2, {"sarif": "", "exit-code": "2"})
    assert ran.stdout == "::error title=isocheck::isocheck could not run; the log of this step says why\n"
    assert "no where: there is no such file or folder" in ran.stderr
    assert not action.summary.exists()


@pytest.mark.parametrize("name", [name for name in ACTION["inputs"] if name not in {"python", "version"}])
def test_no_input_of_the_action_is_run(action: Action, name: str) -> None:
    action(**{"path": str(SOLO), name: HOSTILE})
    assert not [path for path in action.folder.rglob("*hacked") if path.name == "hacked"]


def test_no_script_of_the_action_holds_an_expression() -> None:
    used: set[str] = set()
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step["run"]
        used |= set(re.findall(r"inputs\.([\w-]+)", " ".join(step["env"].values())))
    assert used == set(ACTION["inputs"])


@pytest.mark.parametrize(
    ("version", "expected"), [("", "/the/action"), ("0.1.0", "isocheck==0.1.0"), ("1; touch hacked", "isocheck==1; touch hacked")]
)  # fmt: skip
def test_the_action_installs_what_it_belongs_to(tmp_path: Path, version: str, expected: str) -> None:
    python = tmp_path / "python"
    python.write_text(
        f'#!/bin/sh\nmkdir -p "{tmp_path}/isocheck/bin"\ncp "$0" "{tmp_path}/isocheck/bin/python"\nprintf "%s\\n" "$@"\n'
    )
    python.chmod(0o755)
    values = {"ISOCHECK_PYTHON": str(python), "ISOCHECK_VERSION": version, "ISOCHECK_SOURCE": "/the/action", "RUNNER_TEMP": str(tmp_path)}  # fmt: skip
    ran = run(ACTION["runs"]["steps"][0]["run"], tmp_path, ("bash", "-e"), values)
    assert ran.stdout.splitlines()[-1] == expected
    assert not (tmp_path / "hacked").exists()


def template(folder: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """Run the script of the template in a folder, by a plain shell."""
    job = TEMPLATE["isocheck"]
    given = {name: each["default"] for name, each in HEAD["spec"]["inputs"].items()} | {
        name.replace("_", "-"): value for name, value in inputs.items()
    }
    names = {name: re.fullmatch(r"\$\[\[ inputs\.(\S+) \]\]", text) for name, text in job["variables"].items()}
    values = {name: given[match[1]] for name, match in names.items() if match}
    script = "\n".join(job["script"]).replace("python3 -m", f"'{sys.executable}' -m")
    return run(script, folder, ("sh", "-e"), values)


def test_the_template_writes_the_reports_that_it_names(tmp_path: Path) -> None:
    ran = template(tmp_path, path=str(SOLO), as_of="2026-10-30", standard="iso9001-2015")
    assert ran.returncode == 1
    assert "ISO 9001:2015" in ran.stdout
    artifacts = TEMPLATE["isocheck"]["artifacts"]
    for name in (*artifacts["paths"], *artifacts["reports"].values()):
        assert (tmp_path / name).stat().st_size
    assert template(tmp_path, path=str(LATHE), as_of=DAY).returncode == 0
    for name in ("path", "as-of", "standard"):
        assert "no such one" in template(tmp_path, **{"path": str(SOLO), name: "no such one"}).stderr


@pytest.mark.parametrize("name", ["path", "fail-on", "standard", "as-of", "baseline", "waivers"])
def test_no_input_of_the_template_is_run(tmp_path: Path, name: str) -> None:
    assert template(tmp_path, **{"path": str(SOLO), name: HOSTILE}).returncode == 2
    assert not (tmp_path / "hacked").exists()


def test_the_whole_history_is_fetched_and_thresholds_are_those_of_the_command() -> None:
    assert TEMPLATE["isocheck"]["variables"]["GIT_DEPTH"] == "0"
    assert set(HEAD["spec"]["inputs"]["fail-on"]["options"]) == {each.value for each in FailOn}


def test_the_hook_checks_the_whole_description() -> None:
    assert (HOOK["entry"], HOOK["pass_filenames"]) == ("isocheck check", False)


def documented(head: str) -> list[str]:
    """The names in the first column of a table of the page on CI."""
    page = (ROOT / "docs" / "ci.md").read_text()
    (table,) = re.findall(rf"^\| {head} \| holds \|\n\|[-|]+\|\n((?:\|.*\n)+)", page, re.MULTILINE)
    return re.findall(r"^\| `([^`]+)` \|", table, re.MULTILINE)


def test_the_page_tells_every_input_column_and_format() -> None:
    assert documented("input") == list(ACTION["inputs"])
    assert documented("column") == list(COLUMNS)
    page = (ROOT / "docs" / "ci.md").read_text()
    told = dict(
        re.findall(r"^\| `(\w+)` \| (?:`(\.\w+)`)?", page.partition("## Formats")[2].partition("###")[0], re.MULTILINE)
    )
    assert told == {name: format_.suffixes[0] if format_.suffixes else "" for name, format_ in FORMATS.items()}
