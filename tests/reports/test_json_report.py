from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from isocheck.assessment.results import Assessment, RequirementResult
from isocheck.location import Location
from isocheck.reports.json_report import render
from isocheck.reports.result_schema import FORMAT_VERSION, result_schema
from isocheck.terms import Grade, Verdict

from .agreement import agrees


@pytest.fixture(scope="module")
def result(fabricated: Assessment) -> Any:
    return json.loads(render(fabricated))


def test_the_result_is_as_it_was(fabricated: Assessment) -> None:
    agrees("report.json", render(fabricated))


def test_the_schema_is_as_it_was() -> None:
    agrees("result.schema.json", json.dumps(result_schema(), indent=1, ensure_ascii=False).encode() + b"\n")


def test_it_is_written_as_the_standard_library_writes_it(result: Any, fabricated: Assessment) -> None:
    plain = json.dumps(result, indent=1, ensure_ascii=False) + "\n"
    assert json.loads(plain) == result
    assert render(fabricated).decode() == plain.replace("\u202e", "\\u202e")


@pytest.mark.parametrize("name", ["fabricated", "empty"])
def test_the_result_fits_its_schema(name: str, request: pytest.FixtureRequest) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = result_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    validator.validate(json.loads(render(request.getfixturevalue(name))))


def test_the_schema_refuses_what_it_does_not_know(result: Any) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    validator = jsonschema.Draft202012Validator(result_schema())
    for changed in (
        result | {"extra": 1},
        result | {"format_version": 2},
        result | {"findings": [result["findings"][0] | {"grade": "grave"}]},
        result | {"findings": [result["findings"][0] | {"line": 1}]},
    ):
        assert not validator.is_valid(changed)


def objects(schema: Any) -> Iterator[dict[str, Any]]:
    yield schema
    yield from schema["$defs"].values()


def test_every_field_of_the_schema_is_described() -> None:
    for shape in objects(result_schema()):
        assert shape["description"]
        for name, field in shape.get("properties", {}).items():
            assert field["description"].endswith("."), name


def test_every_object_of_the_schema_is_closed() -> None:
    for shape in objects(result_schema()):
        if shape["type"] == "object":
            assert shape["additionalProperties"] is False
            assert set(shape["required"]) == set(shape["properties"]) - {"sheet", "cell"}


def test_the_schema_says_what_it_is() -> None:
    schema = result_schema()
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == "urn:isocheck:result:1"
    assert schema["properties"]["format_version"]["const"] == FORMAT_VERSION == 1


def test_every_verdict_and_grade_is_counted(result: Any) -> None:
    assert list(result["summary"]["verdicts"]) == list(Verdict)
    assert set(result["summary"]["gaps"]) == set(Grade)
    assert sum(result["summary"]["verdicts"].values()) == result["summary"]["total"] == len(result["requirements"])
    assert sum(result["summary"]["findings"].values()) == len(result["findings"])
    shown = {(each["requirement"], each["check"], each["grade"]) for each in result["findings"]}
    assert sum(result["summary"]["gaps"].values()) == len(shown)


def test_keys_stand_in_the_declared_order(result: Any) -> None:
    schema = result_schema()

    def follow(value: Any, shape: dict[str, Any]) -> None:
        shape = schema["$defs"][shape["$ref"].rpartition("/")[2]] if "$ref" in shape else shape
        if isinstance(value, list):
            for element in value:
                follow(element, shape["items"])
        elif isinstance(value, dict) and "properties" in shape:
            order = list(shape["properties"])
            inherited = "verdicts" in order and "id" in order
            if not inherited:
                assert list(value) == [name for name in order if name in value]
            for name, member in value.items():
                follow(member, shape["properties"][name])

    follow(result, schema)


def test_nothing_of_a_finding_is_lost(result: Any, fabricated: Assessment) -> None:
    for told, finding in zip(result["findings"], fabricated.findings, strict=True):
        assert (told["requirement"], told["check"], told["register"], told["entry"], told["item"]) == (
            finding.requirement,
            finding.check,
            finding.register,
            finding.entry,
            finding.item,
        )
        assert told["message"] == finding.message
        assert told["extent"]["failing"] == finding.extent.failing
        assert told["location"]["line"] == finding.location.line
        assert len(told["consequences"]) == len(finding.consequences)


def test_sheet_and_cell_stand_where_there_is_a_workbook(result: Any) -> None:
    places = [finding["location"] for finding in result["findings"]]
    assert [place for place in places if "cell" in place] == [
        {
            "file": "registers/property of others.xlsx",
            "line": 8,
            "column": 4,
            "end_line": 8,
            "end_column": 5,
            "sheet": "Property",
            "cell": "D8",
        }
    ]


def test_sub_items_hang_under_their_letter(result: Any, fabricated: Assessment) -> None:
    def ids(requirements: tuple[RequirementResult, ...]) -> Iterator[str]:
        return (each.id for each in requirements)

    told = {each["id"]: [item["id"] for item in each["items"]] for each in result["requirements"]}
    assert told == {each.id: list(ids(each.items)) for each in fabricated.requirements()}
    assert told["9.3.2-c"] == ["9.3.2-c1", "9.3.2-c4"]


def test_what_steers_a_terminal_is_escaped(fabricated: Assessment) -> None:
    steering = "\x1b[2J \x7f \x9b31m \u2028 \u202e \u2066"
    written = render(replace(fabricated, limits=(steering,)))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]", written.decode())
    assert json.loads(written)["limits"] == [steering]


def test_a_file_name_that_is_no_utf8_can_be_written(fabricated: Assessment) -> None:
    finding = replace(fabricated.findings[0], location=Location("gr\udcf6sse.yaml", 1, 1, 1, 2))
    told = json.loads(render(replace(fabricated, findings=(finding,))))
    assert told["findings"][0]["location"]["file"] == "gr\udcf6sse.yaml"


def test_the_same_assessment_gives_the_same_bytes(many: Callable[[int], Assessment]) -> None:
    first = render(many(500))
    assert first == render(many(500))
    assert first.endswith(b"}\n")
    assert len(json.loads(first)["findings"]) == 500
