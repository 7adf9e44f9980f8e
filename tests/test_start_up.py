"""What a run loads: start-up is the cost that most runs pay, and a module loaded in passing is not seen otherwise."""

from __future__ import annotations

import json
import subprocess
import sys

from tests.conftest import LATHE

_LOADED = """
import json, os, sys
from isocheck import __main__
os._exit = lambda code: None
sys.argv[0] = "isocheck"
__main__.main()
print(json.dumps(sorted(sys.modules)), file=sys.stderr)
"""


def loaded(*arguments: str) -> set[str]:
    """Return the modules that are loaded when the command line has done its work."""
    command = [sys.executable, "-c", _LOADED, *arguments]
    return set(json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stderr))


def test_the_version_loads_nothing_else() -> None:
    ours = {name for name in loaded("--version") if name.partition(".")[0] == "isocheck"}
    assert ours == {"isocheck", "isocheck.__main__"}
    assert not {"typer", "pydantic", "importlib.metadata"} & loaded("--version")


def test_a_check_as_json_loads_no_other_format_and_no_writer() -> None:
    modules = loaded("check", str(LATHE), "-f", "json")
    assert "isocheck.reports.json_report" in modules
    assert not modules & {
        "isocheck.assessment.baseline",
        "isocheck.assessment.comparison",
        "isocheck.assessment.judgements",
        "isocheck.assessment.pages",
        "isocheck.assessment.schemas",
        "isocheck.assessment.waivers",
        "isocheck.cli.comparing",
        "isocheck.cli.schemas",
        "isocheck.cli.starting",
        "isocheck.reports.html",
        "isocheck.reports.markdown",
        "isocheck.reports.pages",
        "isocheck.reports.result_schema",
        "isocheck.reports.terminal",
        "isocheck.sources.yaml_edit",
        "jinja2",
        "markupsafe",
        "openpyxl",
        "rich",
        "ruamel.yaml",
    }


def test_only_html_needs_jinja_and_only_the_terminal_rich() -> None:
    assert {"jinja2"} == {"jinja2", "rich"} & loaded("check", str(LATHE), "-f", "html")
    assert {"rich"} == {"jinja2", "rich"} & loaded("check", str(LATHE), "-f", "terminal")
    assert not {"jinja2", "rich"} & loaded("check", str(LATHE), "-f", "markdown")
