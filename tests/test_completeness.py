"""Lists that code is added to: whoever writes the module and forgets the line is told here."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import get_args

import pytest

import isocheck
from isocheck import checks, qms, reports
from isocheck.assessment.comparison import FailOn
from isocheck.checks import KINDS, AnyCheck, Check
from isocheck.cli.app import CheckFormat, CompareFailOn, CompareFormat, SchemaName
from isocheck.cli.schemas import schema_of
from isocheck.errors import InputError
from isocheck.qms import views
from isocheck.qms.fields import Entry, Single
from isocheck.qms.registers import REGISTERS
from isocheck.qms.settings import Settings
from isocheck.qms.shape import shapes
from isocheck.qms.views import VIEWS, View
from isocheck.reports import comparing
from isocheck.reports.comparing import formats as comparing_formats
from isocheck.reports.formats import FORMATS
from isocheck.standard import packs
from tests.making import clause, requirement, write_pack


def modules(package: ModuleType) -> Iterator[ModuleType]:
    for found in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        yield importlib.import_module(found.name)


def classes(package: ModuleType, base: type) -> set[type]:
    return {
        value
        for module in modules(package)
        for value in vars(module).values()
        if inspect.isclass(value) and issubclass(value, base) and value.__module__ == module.__name__
    } - {base}


def test_every_model_of_an_entry_is_a_register() -> None:
    assert classes(qms, Entry) | classes(qms, Single) == {register.model for register in REGISTERS.values()}


def test_every_family_of_views_is_listed() -> None:
    families = [module.VIEWS for module in modules(views) if hasattr(module, "VIEWS")]
    assert {view.name for family in families for view in family} == set(VIEWS)
    rows = {view.row for view in VIEWS.values()}
    for module in modules(views):
        if hasattr(module, "VIEWS"):
            for value in vars(module).values():
                if inspect.isclass(value) and value.__module__ == module.__name__:
                    assert value in rows, f"{value.__name__} is the row of no view"
    assert all(isinstance(view, View) for view in VIEWS.values())


def test_every_kind_of_check_is_listed() -> None:
    assert classes(checks, Check) == set(KINDS.values()) == set(get_args(get_args(AnyCheck)[0]))
    assert {get_args(kind.model_fields["kind"].annotation)[0] for kind in KINDS.values()} == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_errors_in_packs_point_into_checks_of_every_kind(tmp_path: Path, kind: str) -> None:
    wrong = {"name": "x", "kind": kind, "nonsense": 1}
    folder = write_pack(tmp_path / "small", clause("9.1", requirement("9.1-a", wrong)))
    with pytest.raises(InputError) as caught:
        packs.read_pack(folder)
    (place,) = [each.location for each in caught.value.problems if "nonsense" in each.message]
    assert place is not None
    line = (folder / "09-nine.yaml").read_text().splitlines()[place.line - 1]
    assert line[place.column - 1 :].startswith('"nonsense"')


def test_every_format_is_listed() -> None:
    renderers = {
        module.__name__.rpartition(".")[2] for module in modules(reports) if hasattr(module, "render") and module.__name__ != "isocheck.reports.formats"
    }  # fmt: skip
    assert {name.removesuffix("_report") for name in renderers} == set(FORMATS)
    assert {format_.value for format_ in CheckFormat} == set(FORMATS)


def test_every_format_of_a_comparison_is_listed() -> None:
    renderers = {
        module.__name__.rpartition(".")[2] for module in modules(comparing) if hasattr(module, "render")
    }  # fmt: skip
    assert {name.removesuffix("_report") for name in renderers} == set(comparing_formats.FORMATS)
    assert {format_.value for format_ in CompareFormat} == set(comparing_formats.FORMATS)
    assert {value.value for value in CompareFailOn} == set(get_args(FailOn))


def test_every_schema_can_be_printed() -> None:
    assert all(schema_of(name.value)["$schema"] for name in SchemaName)


def test_no_register_is_called_like_a_setting_or_a_view() -> None:
    assert not set(REGISTERS) & set(shapes(Settings))
    assert not set(REGISTERS) & set(VIEWS)


def test_every_module_can_be_imported_by_itself() -> None:
    names = [module.name for module in pkgutil.walk_packages(isocheck.__path__, "isocheck.")]
    names = [name for name in names if not name.endswith("__main__")]
    code = "import importlib, sys\nfor name in sys.argv[1:]: importlib.import_module(name)\n"
    assert subprocess.run([sys.executable, "-W", "error", "-c", code, *names], check=False).returncode == 0
