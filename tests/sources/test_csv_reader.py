from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isocheck.errors import InputError
from isocheck.location import Location
from isocheck.sources.csv_reader import CsvTable, read_csv
from isocheck.sources.rows import Rows
from isocheck.sources.yaml_reader import Limits


def read(text: str | bytes, **how: Any) -> CsvTable:
    return read_csv(text if isinstance(text, bytes) else text.encode(), "f.csv", **how)


def told(problems: list[Any]) -> list[str]:
    return [str(problem).removeprefix("f.csv:") for problem in problems]


def refusal(text: str | bytes, **how: Any) -> str:
    with pytest.raises(InputError) as caught:
        read(text, **how)
    assert all(problem.location is not None for problem in caught.value.problems)
    return str(caught.value)


def test_it_fits_the_protocol() -> None:
    rows: Rows = read("id,name\n1,a\n")
    assert (rows.name, rows.fields, rows.rows, rows.problems) == (
        "f.csv",
        ("id", "name"),
        [{"id": "1", "name": "a"}],
        [],
    )


ONE = [{"id": "1", "due": "2026-01-31"}]
READ = [
    ("id,due\n1,2026-01-31\n", ONE),
    ("id;due\r\n1;2026-01-31\r\n", ONE),
    ("id\tdue\r1\t2026-01-31", ONE),
    ("id|due\n1|2026-01-31\n", ONE),
    ("\ufeffid,due\n1,2026-01-31\n", ONE),
    ("sep=;\nid;due\n1;2026-01-31\n", ONE),
    ('"sep=\t"\nid\tdue\n1\t2026-01-31\n', ONE),
    ("\n , \n id , due\n\n  1 ,  2026-01-31\t\n,\n", ONE),
    ('"id",  "due"\n"1", "2026-01-31"\n', ONE),
    ("id,due,,\n1,2026-01-31,,\n", ONE),
    ("id,due\n1,2026-01-31,,,\n", ONE),
    ("id,due,note\n1,2026-01-31,\n", ONE),
    ('id,"due"\n="1","=""2026-01-31"""\n', ONE),
    ("id\n007\n\n1.10\n", [{"id": "007"}, {"id": "1.10"}]),
    ("name\nSmith, John\nMiller\n", [{"name": "Smith, John"}, {"name": "Miller"}]),
    ('name\n"Smith, ""Jo"" John"\n', [{"name": 'Smith, "Jo" John'}]),
    ('id;"Name, first"\n1;Jo\n', [{"id": "1", "Name, first": "Jo"}]),
    ("id;Name (de, en);due\n1;Jo;x\n", [{"id": "1", "Name (de, en)": "Jo", "due": "x"}]),
    ("id,a|b,c\n1,2,3\n", [{"id": "1", "a|b": "2", "c": "3"}]),
    ("id;value\n1;2,5\n2;3,5\n", [{"id": "1", "value": "2,5"}, {"id": "2", "value": "3,5"}]),
    ('id,"due\n date"\n1,"a\r\nb"\n', [{"id": "1", "due date": "a\nb"}]),
    ('id,size\n1,5" pipe\n', [{"id": "1", "size": '5" pipe'}]),
    ("id,yes\ntrue,FALSE\n", [{"id": "true", "yes": "FALSE"}]),
    ("id,due\n", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "rows"), READ, ids=[repr(case[0][:14]) for case in READ])
def test_what_is_read(text: str, rows: list[dict[str, str]]) -> None:
    table = read(text)
    assert table.rows == rows
    assert table.problems == table.notices == []


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        ("id,ort\n1,Köln\n".encode("cp1252"), "cp1252"),
        ("id,ort\n1,Köln\n".encode("cp1252"), "Windows-1252"),
        ("id,ort\n1,Köln\n".encode("mac-roman"), "mac roman"),
        ("id\tort\n1\tKöln\n".encode("utf-16"), None),
        ("id\tort\n1\tKöln\n".encode("utf-16"), "UTF-16"),
        ("id\tort\n1\tKöln\n".encode("utf-16-be"), "utf-16-be"),
        ("id,ort\n1,Köln\n".encode("utf-32"), None),
        ("id,ort\n1,Köln\n".encode("utf-8-sig"), "utf-8"),
        ("id,ort\n1,Köln\n".encode("utf-8-sig"), "utf-8-sig"),
    ],
)
def test_encodings(raw: bytes, encoding: str | None) -> None:
    table = read(raw, encoding=encoding)
    assert table.rows == [{"id": "1", "ort": "Köln"}]
    assert str(table.locate((0, "ort"))) == "f.csv:2:3"


LATIN = "id,name\n1,a\n2,bär\n".encode("latin-1")
REFUSED: list[tuple[str | bytes, dict[str, Any], str, str]] = [
    (b"", {}, "1:1", "no headings"),
    ("\n , \n", {}, "1:1", "no headings"),
    ("sep=;\n", {}, "1:1", "no headings"),
    ("id,due,id\n", {}, "1:8", "'id' stands over column 1 and column 3"),
    ("id,Due date,\"Due\n date\"\n", {}, "1:13", "column 2 and column 3"),
    ("id,x|y\n1,2|3\n", {}, "1:1", "comma or pipe"),
    ("Register of gauges\nid,due\n1,2\n2,3\n", {}, "1:1", "declare 'header:'"),
    ("Gauges, all sites\nid;due\n1;2\n2;3\n", {}, "1:1", "a comma separates the headings, but no row below"),
    ('id,"due\n1,2\n', {}, "1:1", "a quote among the headings"),
    ('id,"due"x\n1,2\n', {"separator": ","}, "1:4", "a quote among the headings"),
    ("id,due\n1,2\n", {"header": 3}, "1:1", "no line 3"),
    ("id,due\n1,2\n", {"header": 9}, "1:1", "no line 9"),
    ("id,due\n1,2\n", {"header": 0}, "1:1", "from 1, not 0"),
    ("id,due\n,\n1,2\n", {"header": 2}, "2:1", "no headings"),
    ("id,due\n1,2\n", {"separator": "semikolon"}, "", "did you mean 'semicolon'?"),
    ("id,due\n1,2\n", {"separator": '"'}, "", "one character"),
    (LATIN, {}, "3:4", "0xe4 is not UTF-8; save the file as UTF-8, or declare its encoding, such as 'encoding: cp1252'"),
    (b"\xef\xbb\xbf" + LATIN, {}, "3:4", "0xe4"),
    ("ä".encode("cp1252"), {"encoding": "ascii"}, "1:1", "0xe4 is not ASCII; declare the encoding"),
    (b"\xff\xfea\x00b", {}, "1:2", "not UTF-16"),
    ("id,ä\n".encode(), {"encoding": "cp1253x"}, "", "did you mean 'cp1253'?"),
    ("id,ä\n".encode(), {"encoding": "zlib"}, "", "'zlib' is no encoding of text"),
    ("id,ä\n".encode(), {"encoding": "rot13"}, "", "'rot13' is no encoding of text; declare the one in which"),
    ("\ufeffid,ä\n".encode(), {"encoding": "cp1252"}, "1:1", "say that the file is in UTF-8, not in 'cp1252'"),
    ("id,ä\n".encode("utf-16-le"), {}, "1:1", "declare 'encoding: utf-16'"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "how", "place", "words"), REFUSED)
def test_what_is_refused(text: str | bytes, how: dict[str, Any], place: str, words: str) -> None:
    message = refusal(text, **how)
    assert message.startswith(f"f.csv:{place}:" if place else "f.csv: ")
    assert words in message


def test_what_is_declared_is_believed() -> None:
    assert read("id,x|y\n1,2|3\n", separator="|").fields == ("id,x", "y")
    assert read("id,x|y\n1,2|3\n", separator="comma").rows == [{"id": "1", "x|y": "2|3"}]
    assert read("sep=,\nid;x\n", separator=";").fields == ("id", "x")
    assert read("id#x\n1#2\n", separator="#").rows == [{"id": "1", "x": "2"}]
    table = read("Register,,\nof gauges,,\nid,due,\n1,2,\n", header=3)
    assert (table.fields, table.rows, table.problems) == (("id", "due"), [{"id": "1", "due": "2"}], [])
    assert str(table.locate((0, "due"))) == "f.csv:4:3"


BAD_ROWS = [
    ("id,a,b\n1,x,y\n2,x,y,z\n3,x,y\n", "13", ["3:7: 4 values for 3 columns; a ',' inside a value needs quotes"]),
    ("id\ta\n1\tx\n2\tx\ty\n3\tx\n", "13", ["3:5: 3 values for 2 columns; a tab inside a value needs quotes"]),
    ("id,a,b\n1,x,y\nprinted yesterday\n3,x,y\n", "13", ["3:18: one value for 3 columns"]),
    ('id,a\n1,x\n2,"x"y\n3,x\n', "13", ["3:3: text stands after a closing quote"]),
    ('id,a\n1,x\n2,  "x\n3,x\n', "1", ["3:5: the quote that begins here is never closed; nothing from here on"]),
    ('id,a,b\n1,x,y\n2,"x,y\n3,"x",y\n4,x,y\n', "14", ["3:3: the quote that begins here is closed on line 4 only, with text after it; lines 3 to 4 are not read"]),
    ('id,a,b\n1,x,y\n2,"x,y\n3,x,y"\n4,x,y\n', "14", ["3:3: the quote that begins here is closed on line 4 only; is a closing quote missing?"]),
    ('id,a,b\n1,x,y\n2,"x,y\n3,x,y\n4,x,y\n5,x,y\n6,x,y",z\n7,x,y\n', "17", ["3:3: the quote that begins here is closed on line 7"]),
    ('id,a\n1,x\n2,"' + "x\n" * 120 + '"\n3,x\n', "13", ["3:3: the quote that begins here is closed on line 123"]),
    ('id,a\n1,x\n2,"' + "x" * 140_000 + '"\n3,x\n', "1", ["3:3: this value has more than 131072 characters"]),
    ("id,,b\n1,x,y\n2,,y\n3,z,\n", "123", ["2:3: a value stands in column 2, which has no heading; it is not read (2 rows)"]),
    ("id,a\n1,#REF!\n2,x\n3,#N/A\n", "123", ["2:3: the cell holds the error #REF!", "4:3: the cell holds the error #N/A"]),
    ("id,a\n1,\0x\n2,\x1b[1m\n", "12", ["2:3: the character U+0000", "3:3: the character U+001B"]),
    ("id,a\n1,x\x0by\n2,x\u2028y\n", "12", ["2:4: the character U+000B", "3:4: the character U+2028"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "ids", "problems"), BAD_ROWS, ids=[case[2][0][:40] for case in BAD_ROWS])
def test_a_bad_row_is_told_and_the_others_are_read(text: str, ids: str, problems: list[str]) -> None:
    table = read(text)
    assert "".join(row["id"] for row in table.rows) == ids
    found = told(table.problems)
    assert len(found) == len(problems)
    assert all(message.startswith(start) for message, start in zip(found, problems, strict=True)), found


def test_what_is_left_out_leaves_no_value_behind() -> None:
    assert read("id,,b\n1,x,y\n").rows == [{"id": "1", "b": "y"}]
    assert read("id,a\n1,#REF!\n").rows == [{"id": "1"}]
    assert read('id,a\n1,="#"\n#DIV/0!,="" \n').rows == [{"id": "1", "a": "#"}]
    assert read("id,a\n1,\0x\n").rows == [{"id": "1", "a": "\ufffdx"}]


def test_a_row_that_ends_early_is_read_and_announced() -> None:
    table = read("id,a,b\n1,x,y\n2,x\n3,x,y\n4,x\n")
    assert table.rows[1] == {"id": "2", "a": "x"}
    assert told(table.notices) == ["3:1: 2 rows end before the last column; what is missing there is taken as empty (lines 3, 5)"]  # fmt: skip
    assert table.problems == []


def test_a_text_over_several_lines_is_no_forgotten_quote() -> None:
    text = "Worn, see photo\nnext due, maybe, in May\nor June\n\n" + "note\n" * 50
    table = read(f'id,a,b\n1,"{text}",y\n')
    assert table.rows == [{"id": "1", "a": text.strip(), "b": "y"}]
    assert table.problems == []
    names = "Smith, Jo\n" * 6
    assert read(f'id,who\n1,"{names}"\n').rows == [{"id": "1", "who": names.strip()}]


def test_many_problems_of_a_kind_are_counted() -> None:
    table = read("id,a\n1,2\n" + "1,2,3\n" * 5000)
    assert len(table.problems) == 20
    assert told(table.problems)[-1].startswith("5002:5: and 4981 more rows that are not read")
    assert len(read("id,a\n1,b\n2," + "\x1f" * 500).problems) == 11


def test_places() -> None:
    table = read('Id , "Due\ndate",Note\n\n 1 ,"a ""b""\r\n c",  z \n2,y\n3,  ,"w"\n')
    at = table.locate
    assert at((0, "Id")) == at((0,)) == Location("f.csv", 4, 2, 4, 3)
    assert at((0, "Due date")) == Location("f.csv", 4, 5, 5, 4)
    assert at((0, "Note")) == Location("f.csv", 5, 7, 5, 8)
    assert at((1, "Note")) == Location("f.csv", 6, 4, 6, 4)  # the row ends before it
    assert at((2, "Due date")) == Location("f.csv", 7, 5, 7, 5)
    assert at((2, "Note")) == Location("f.csv", 7, 6, 7, 9)
    assert at((2, "Nothing")) == at((2, 5)) == at((2,))
    assert at(()) == at((3,)) == at((-1, "Id")) == at(("Id",)) == Location("f.csv", 1, 1, 1, 3)
    assert table.locate_field("Due date") == Location("f.csv", 1, 6, 2, 6)
    assert table.locate_field("Nothing") == at(())


def test_limits() -> None:
    assert "larger than 0 MiB" in refusal("id\n1\n", limits=Limits(bytes=3))
    assert refusal("id,a\n1,2\n3,4\n5,6\n", limits=Limits(cells=4)).startswith("f.csv:4:1: the file holds more than 4")
    assert len(read("id,a\n1,2\n3,4\n", limits=Limits(cells=4)).rows) == 2


def test_two_hundred_thousand_rows() -> None:
    raw = b"Equipment_ID;Name;Location;Due\n" + b"".join(
        b"EQ-%06d;Caliper;Hall 2;2026-01-31\n" % at for at in range(200_000)
    )
    table = read(raw)
    assert len(table.rows) == 200_000
    assert table.problems == table.notices == []
    assert table.rows[-1] == {"Equipment_ID": "EQ-199999", "Name": "Caliper", "Location": "Hall 2", "Due": "2026-01-31"}
    assert str(table.locate((199_999, "Due"))) == "f.csv:200001:26"


@given(st.binary(max_size=60) | st.text(alphabet='ab,;|\t" \n\r=#\0\ufeff1é', max_size=60).map(str.encode))
def test_nothing_but_an_input_error_comes_out(raw: bytes) -> None:
    try:
        table = read(raw)
    except InputError as error:
        assert all(problem.location is not None for problem in error.problems)
    else:
        for at in range(len(table.rows)):
            for field in table.fields:
                table.locate((at, field))


printable = st.text(alphabet='ab 1,;|"\n.=:äß€\U0001f600', max_size=8).map(str.strip)
values = printable.filter(lambda value: '="' not in value)


@st.composite
def written(draw: st.DrawFn) -> tuple[str, str, list[list[str]]]:
    """A table of texts as the csv module writes it in one of its dialects, its separator and its rows, headings first."""
    width = draw(st.integers(2, 4))
    rows = [[f"h{at}" for at in range(width)]]
    rows += draw(st.lists(st.lists(values, min_size=width, max_size=width), min_size=1, max_size=5))
    separator = draw(st.sampled_from(",;\t|"))
    out = io.StringIO(newline="")
    quoting: Any = draw(st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL, csv.QUOTE_NONNUMERIC]))
    csv.writer(
        out, delimiter=separator, quoting=quoting, lineterminator=draw(st.sampled_from(["\n", "\r\n"]))
    ).writerows(rows)
    return out.getvalue(), separator, rows


@given(written())
def test_what_the_csv_module_writes_is_read_back(case: tuple[str, str, list[list[str]]]) -> None:
    text, separator, (headings, *rows) = case
    table = read(text, separator=separator)
    expected = [{heading: cell for heading, cell in zip(headings, row, strict=True) if cell} for row in rows]
    if not table.problems:
        assert table.rows == [row for row in expected if row]
    lines = text.replace("\r\n", "\n").split("\n")
    for at, row in enumerate(table.rows):
        for field, value in row.items():
            place = table.locate((at, field))
            here = lines[place.line - 1 : place.end_line]
            here[-1] = here[-1][: place.end_column - 1]
            here[0] = here[0][place.column - 1 :]
            written_there = "\n".join(here)
            assert (
                written_there.removeprefix('"').removesuffix('"').replace('""', '"') == value or written_there == value
            )


@given(written())
def test_a_separator_is_told_rightly_or_not_at_all(case: tuple[str, str, list[list[str]]]) -> None:
    text, _, (headings, *_) = case
    try:
        table = read(text)
    except InputError as error:
        assert "declare" in str(error)
    else:
        assert table.fields == tuple(headings)
