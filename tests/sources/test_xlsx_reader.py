from __future__ import annotations

import sys
import warnings
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import ZIP_BZIP2, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isocheck.errors import InputError
from isocheck.location import Location
from isocheck.sources.rows import Rows
from isocheck.sources.xlsx_reader import Sheet, read_xlsx
from isocheck.sources.xlsx_values import cell_value
from isocheck.sources.yaml_reader import Limits

from .workbooks import SHEET, drawn, lying, merge, part, plain, sheet_of, with_parts


def read(raw: bytes, **how: Any) -> Sheet:
    return read_xlsx(raw, "f.xlsx", **how)


def told(problems: list[Any]) -> list[str]:
    return [str(problem).removeprefix("f.xlsx:") for problem in problems]


def refusal(raw: bytes, **how: Any) -> str:
    with pytest.raises(InputError) as caught:
        read(raw, **how)
    assert all(problem.location is not None for problem in caught.value.problems)
    return str(caught.value)


def test_it_fits_the_protocol() -> None:
    rows: Rows = read(plain(["id", "due"], ["EQ-1", date(2026, 1, 31)]))
    assert rows.rows == [{"id": "EQ-1", "due": "2026-01-31"}]
    assert (rows.name, rows.fields, rows.problems) == ("f.xlsx", ("id", "due"), [])
    assert rows.locate((0, "due")) == Location("f.xlsx", sheet="Calibration", cell="B2")
    assert str(rows.locate((0, "due"))) == "f.xlsx:Calibration!B2"


VALUES: list[tuple[Any, str, str | bool]] = [
    (12, "General", "12"),
    (12.0, "General", "12"),
    (0.1, "General", "0.1"),
    (0.1 + 0.2, "General", "0.3"),
    (1e21, "General", "1000000000000000000000"),
    (1e-7, "General", "0.0000001"),
    (12345678901234567890123456789012345678, "General", "12345678901234567890123456789012345678"),
    (1e300, "General", "1E+300"),
    (-0.0, "General", "0"),
    (1234.5, "#,##0.00", "1234.5"),
    (7, "000", "007"),
    (-7, "000", "-007"),
    (1234, "000", "1234"),
    (1.1, "0.00", "1.10"),
    (12, "0.0", "12.0"),
    (2.345, "0.00", "2.345"),
    (2.7, "0", "2.7"),
    (0.97, "0%", "97%"),
    (0.975, "0%", "97.5%"),
    (0.97, "0.0%", "97.0%"),
    (1.07, "#,##0%", "107%"),
    (0.07, '0 "%"', "0.07"),
    (datetime(2026, 5, 1), "dd/mm/yyyy", "2026-05-01"),
    (datetime(2026, 5, 1, 23, 59), "dd/mm/yyyy hh:mm", "2026-05-01"),
    (datetime(2026, 5, 1), "mmm yyyy", "2026-05"),
    (datetime(2026, 5, 1), "[$-407]mmmm\\ yyyy;@", "2026-05"),
    (datetime(2026, 5, 2), "mmm yyyy", "2026-05-02"),
    (datetime(2026, 5, 1), 'yyyy "d" mm', "2026-05"),
    (datetime(2026, 5, 1), "yyyy", "2026-05-01"),
    (datetime(2026, 5, 1), "h:mm", "2026-05-01"),
    (date(2026, 5, 2), "General", "2026-05-02"),
    (time(14, 30), "h:mm", "14:30"),
    (time(14, 30, 5), "h:mm:ss", "14:30:05"),
    (timedelta(hours=36), "[h]:mm", "36:00"),
    (timedelta(hours=1, seconds=5), "[h]:mm:ss", "1:00:05"),
    (True, "General", True),
    (False, "000", False),
    ("007", "0.00", "007"),
]


@pytest.mark.parametrize(("value", "number_format", "text"), VALUES)
def test_a_value_is_what_a_person_sees(value: Any, number_format: str, text: str | bool) -> None:
    assert cell_value(value, number_format) == text


@given(
    st.integers() | st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(["General", "0", "000", "0.00", "#,##0.0", "0.0E+00", "00.0"]),
)
def test_no_format_changes_a_number(value: float, number_format: str) -> None:
    expected = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.15g}")
    assert Decimal(cell_value(value, number_format)) == expected


def test_a_workbook_of_each_kind_of_value() -> None:
    def draw(sheet: Any, form: Callable[[str], Any]) -> None:
        sheet.write_row("A1", ["Id", "Due\n date", " Share ", "Month", "OK", "Days"])
        sheet.write("A2", 7, form("000"))
        sheet.write_datetime("B2", datetime(2026, 1, 31, 10, 30), form("d.m.yy hh:mm"))
        sheet.write("C2", 0.97, form("0%"))
        sheet.write_datetime("D2", datetime(2026, 5, 1), form("mmm yyyy"))
        sheet.write("E2", False)
        sheet.write_formula("F2", "=2*15", None, 30)
        sheet.write_string("A3", " 007 ")
        sheet.write_formula("B3", '=A3&"x"', None, "007x")
        sheet.write_rich_string("C3", "a ", form("0"), "b", "\r\nc")
        sheet.write("A5", "   ")
        sheet.write_blank("B6", None, form("0"))

    table = read(drawn(draw))
    assert table.fields == ("Id", "Due date", "Share", "Month", "OK", "Days")
    assert table.rows == [
        {"Id": "007", "Due date": "2026-01-31", "Share": "97%", "Month": "2026-05", "OK": False, "Days": "30"},
        {"Id": "007", "Due date": "007x", "Share": "a b\nc"},
    ]
    assert table.problems == []
    assert told(table.notices) == ["Calibration!A1: the workbook asks for its formulas to be worked out anew; the values stored in it are read"]  # fmt: skip


def test_the_epoch_of_1904() -> None:
    def dress(sheet: Any) -> None:
        sheet.parent.epoch = datetime(1904, 1, 1)

    assert read(plain(["id", "due"], [1, date(2026, 1, 31)], dress=dress)).rows[0]["due"] == "2026-01-31"


def test_places() -> None:
    table = read(plain([], [None, "id", None, "due"], [], [None, 1, None, "x"]))
    assert str(table.locate((0, "due"))) == "f.xlsx:Calibration!D4"
    assert table.locate((0,)) == table.locate((0, "nothing")) == table.locate((0, 7)) == table.locate((0, "id"))
    assert str(table.locate((0,))) == "f.xlsx:Calibration!B4"
    for path in ((), (1,), (-1, "due"), ("due",)):
        assert str(table.locate(path)) == "f.xlsx:Calibration!B2"
    assert str(table.locate_field("due")) == "f.xlsx:Calibration!D2"
    assert str(table.locate_field("nothing")) == "f.xlsx:Calibration!B2"
    wide = read(plain([f"h{at}" for at in range(800)], range(800)))
    assert [wide.locate((0, f"h{at}")).cell for at in (25, 26, 701, 702)] == ["Z2", "AA2", "ZZ2", "AAA2"]


def hide(sheet: Any) -> None:
    sheet.sheet_state = "hidden"


def test_which_sheet_and_which_row() -> None:
    two = plain(["id"], [1], sheets=("Calibration", "Räder 2"))
    assert read(two, sheet="Calibration").rows == read(two, sheet=" calibration ").rows == [{"id": "1"}]
    assert "declare 'sheet:', one of 'Calibration', 'Räder 2'" in refusal(two)
    assert "no sheet 'Calibraton'; did you mean 'Calibration'?" in refusal(two, sheet="Calibraton")
    assert "no sheet 'X'; there is 'Calibration', 'Räder 2'" in refusal(two, sheet="X")
    assert refusal(two, sheet="Räder 2").startswith("f.xlsx:Räder 2!A1: the sheet is empty")
    hidden = plain(["id"], [1], sheets=("Old", "New"), dress=hide)
    assert "New!A1: the sheet is empty" in refusal(hidden)
    assert read(hidden, sheet="Old").rows == [{"id": "1"}]
    below = plain(["Register of gauges"], ["id", "due"], [1, "x"])
    assert read(below, header=2).rows == [{"id": "1", "due": "x"}]
    assert "no row 9 with headings" in refusal(below, header=9)
    assert "this row holds no headings" in refusal(plain(["id"], [], [1]), header=2)
    assert "Calibration!C1: the heading 'id' stands over column A and column C" in refusal(plain(["id", "x", "id"]))


def test_what_cannot_be_taken_for_a_value() -> None:
    def draw(sheet: Any, form: Callable[[str], Any]) -> None:
        sheet.write_row("A1", ["id", "a", "b"])
        sheet.write_row("A2", ["1", "x", "x"])
        sheet.write_formula("B3", "=1/0", None, "#DIV/0!")
        sheet.write_row("A3", ["2"])
        sheet.write_row("A4", ["3", "#REF!", "#N/A"])
        sheet.write("A5", "4")
        sheet.write("B5", 5_000_000, form("yyyy-mm-dd"))
        sheet.write_row("A6", ["5", "a\u2028b", "x"])
        sheet.write_row("E7", ["stray"])

    table = read(drawn(draw))
    assert [row["id"] for row in table.rows] == ["1", "2", "3", "4", "5"]
    assert table.rows[1:] == [{"id": "2"}, {"id": "3"}, {"id": "4"}, {"id": "5", "a": "a\ufffdb", "b": "x"}]
    assert told(table.problems) == [
        "Calibration!B3: the cell holds the error #DIV/0! and is taken as empty",
        "Calibration!B4: the cell holds the error #REF! and is taken as empty",
        "Calibration!C4: the cell holds the error #N/A and is taken as empty",
        "Calibration!B5: the cell holds the error #VALUE! and is taken as empty",
        "Calibration!B6: the character U+2028 cannot stand in a text; remove it",
        "Calibration!E7: there are values without a heading in column E; they are not read: write the heading, or "
        "declare 'header:' if the headings are in another row",
    ]


def test_a_formula_needs_a_stored_value() -> None:
    table = read(plain(["id", "a", "b"], ["1", "=A2", "x"], ["2", "x", "y"]))
    assert table.rows == [{"id": "1", "b": "x"}, {"id": "2", "a": "x", "b": "y"}]
    assert told(table.problems) == [
        "Calibration!B2: this formula has never been worked out; open the file in a spreadsheet program and save it"
    ]
    empty = '<row><c t="str"><v>id</v></c></row><row><c t="str"><f>""</f><v></v></c><c><v>2</v></c></row>'
    assert "formula" not in "".join(told(read(sheet_of(empty)).problems))


def test_formulas_that_ask_for_the_day_are_announced() -> None:
    def draw(sheet: Any, _: object) -> None:
        sheet.write_row("A1", ["id", "state"])
        sheet.write_row("A2", ["1", "x"])
        sheet.write_formula("B2", '=IF(today()>DATE(2026,1,1),"due","ok")', None, "ok")
        sheet.write_row("A3", ["2", "NOW()"])

    (notice, _) = told(read(drawn(draw)).notices)
    assert notice.startswith("Calibration!B2: formulas ask for today's date")
    assert notice.endswith(": B2")
    shared = (
        '<row><c t="str"><v>id</v></c></row>'
        '<row><c t="str"><f t="shared" ref="A2:A3" si="0">TODAY()</f><v>1</v></c></row>'
        '<row><c t="str"><f t="shared" si="0"/><v>2</v></c></row>'
    )
    (notice, *_) = told(read(sheet_of(shared)).notices)
    assert notice.endswith(": A2, A3")


def test_a_merged_cell_means_every_row_over_which_it_stands() -> None:
    rows: list[list[str]] = [["id", "place"], ["1", "Lab"], ["2"], [], ["3"], ["4"]]
    table = read(plain(*rows, dress=merge("B2:B5")))
    assert [row.get("place") for row in table.rows] == ["Lab", "Lab", "Lab", None]
    assert told(table.notices) == ["Calibration!B2: the value of a merged cell is taken for each row over which it stands: B2:B5"]  # fmt: skip
    assert table.problems == []
    assert str(table.locate((1, "place"))) == "f.xlsx:Calibration!B3"


def test_a_merged_cell_over_columns_gives_its_value_to_the_first() -> None:
    table = read(plain(["id", "owner", "approver"], ["1", "Kim"], dress=merge("B2:C2")))
    assert table.rows == [{"id": "1", "owner": "Kim"}]
    assert told(table.problems) == [
        "Calibration!B2: the merged cell B2:C2 gives one value for 2 columns; it is taken for 'owner' only: write it "
        "into each"
    ]
    assert read(plain(["id", "owner"], ["1", "Kim"], dress=merge("B2:D2"))).problems == []


def test_captions_are_no_rows() -> None:
    rows: list[list[str]] = [["Gauges"], [], ["id", "place"], ["Hall 1"], ["1", "x"], ["Hall 2"], ["2", "y"]]
    table = read(plain(*rows, dress=merge("A1:B1", "A4:B4", "A6:D6")))
    assert table.rows == [{"id": "1", "place": "x"}, {"id": "2", "place": "y"}]
    assert read(
        sheet_of(
            '<row><c t="str"><v>id</v></c><c t="str"><v>a</v></c></row><row><c t="str"><v>1</v></c></row>',
            after='<mergeCells><mergeCell ref="A2"/></mergeCells>',
        )
    ).rows == [{"id": "1"}]
    assert told(table.notices) == ["Calibration!A1: captions over several columns are no rows: 1, 4, 6"]
    assert str(table.locate(())) == "f.xlsx:Calibration!A3"


def test_headings_in_two_rows() -> None:
    rows = (["id", "calibrated"], [None, "last", "next"], ["1", "a", "b"])
    table = read(plain(*rows, dress=merge("A1:A2", "B1:C1")), header=2)
    assert (table.fields, table.rows) == (("id", "last", "next"), [{"id": "1", "last": "a", "next": "b"}])
    assert table.problems == table.notices == []


def test_what_is_hidden_is_read_and_announced() -> None:
    def dress(sheet: Any) -> None:
        for number in (1, 3, 9):
            sheet.row_dimensions[number].hidden = True
        sheet.column_dimensions["B"].hidden = True

    table = read(plain(["id", "a"], ["1", "x"], ["2", "y"], dress=dress))
    assert [row["a"] for row in table.rows] == ["x", "y"]
    assert told(table.notices) == [
        "Calibration!A3: hidden rows are read as well: 3",
        "Calibration!B1: hidden columns are read as well: B",
    ]


def test_a_sheet_that_says_of_itself_that_it_is_huge() -> None:
    far = sheet_of(
        '<row r="1"><c r="A1" t="str"><v>id</v></c></row><row r="2"><c r="A2"><v>1</v></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
        before='<dimension ref="A1:XFD1048576"/>',
    )
    table = read(far)
    assert [row["id"] for row in table.rows] == ["1"] or table.rows == []
    assert "column XFD" in told(table.problems)[-1]
    formatted = '<row r="1"><c r="A1" t="str"><v>id</v></c></row>' + "".join(
        f'<row r="{at}"><c r="XFD{at}" s="0"/></row>' for at in range(2, 2000)
    )
    assert "more than 16,000,000 cells" in refusal(sheet_of(formatted))


def test_a_sheet_that_says_of_itself_that_it_is_smaller_than_it_is() -> None:
    rows = '<row r="{0}"><c r="A{0}" t="str"><v>{1}</v></c><c r="B{0}" t="str"><v>{2}</v></c></row>'
    data = rows.format(1, "id", "a") + rows.format(2, "1", "x")
    assert read(sheet_of(data, before='<dimension ref="A1"/>')).rows == [{"id": "1", "a": "x"}]


UNUSUAL = [
    ('<row r="2"/><row r="1"/>', "row 1 stands after row 2"),
    ('<row r="2"/><row r="2"/>', "row 2 stands after row 2"),
    ('<row r="1048577"/>', "row 1048577"),
    ('<row r="99999999999999999999"/>', "stands after row 0"),
    ('<row r="x"/>', "row 0"),
    ('<row r="1"><c r="B1"/><c r="A1"/></row>', "the cell A1 stands in row 1 after 2 columns"),
    ('<row r="1"><c r="A1"/><c r="A1"/></row>', "the cell A1"),
    ('<row r="1"><c r="A2"/></row>', "the cell A2 stands in row 1"),
    ('<row r="4"><c r="A14"/></row>', "the cell A14 stands in row 4"),
    ('<row r="1"><c r="XFE1"/></row>', "XFE1"),
    ('<row r="1"><c r="AAAA1"/></row>', "AAAA1"),
]


@pytest.mark.parametrize(("data", "words"), UNUSUAL)
def test_cells_in_an_order_that_no_program_writes(data: str, words: str) -> None:
    message = refusal(sheet_of(data))
    assert "not as spreadsheet programs write it" in message
    assert words in message


def _replaced(old: bytes, new: bytes, name: str = SHEET) -> bytes:
    raw = plain(["id"], ["1"])
    return with_parts(raw, {name: part(raw, name).replace(old, new)})


def _bomb(size: int) -> bytes:
    raw = plain(["id"], ["1"])
    return with_parts(raw, {SHEET: part(raw).replace(b"<sheetData>", b"<sheetData>" + b" " * size)})


def _strange_packing() -> bytes:
    out = BytesIO()
    with ZipFile(BytesIO(plain(["id"]))) as old, ZipFile(out, "w", ZIP_BZIP2) as package:
        for name in old.namelist():
            package.writestr(name, old.read(name))
    return out.getvalue()


def _twice() -> bytes:
    out = BytesIO(plain(["id"]))
    with warnings.catch_warnings(), ZipFile(out, "a") as package:
        warnings.simplefilter("ignore")
        package.writestr(SHEET, b"<worksheet/>")
    return out.getvalue()


def _protected() -> bytes:
    raw = bytearray(plain(["id"]))
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    return bytes(raw)


ENTITY = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"

REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "the file is empty"),
    "text": (lambda: b"id,due\n1,2\n", "no workbook (.xlsx); a table of plain text is declared with 'csv:'"),
    "half": (lambda: plain(["id"])[:900], "no workbook"),
    "xls": (lambda: OLE + b"\0" * 600, "of the old kind (.xls); save it as"),
    "password": (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
    "locked parts": (_protected, "protected by a password"),
    "xlsb": (lambda: with_parts(plain(["id"]), {"xl/workbook.bin": b""}), "binary workbook (.xlsb)"),
    "ods": (lambda: with_parts(plain(["id"]), {"mimetype": b"", "content.xml": b""}), "OpenDocument"),
    "archive": (lambda: with_parts(plain(["id"]), {"[Content_Types].xml": None}), "an archive, but no workbook"),
    "strict": (lambda: _replaced(MAIN, STRICT, "xl/workbook.xml"), "Strict Open XML"),
    "twice": (_twice, "a part of the workbook is in it twice"),
    "packing": (_strange_packing, "packed in a way"),
    "bomb": (lambda: _bomb(20_000_000), "unpacks to 20 MB"),
    "bomb that lies": (lambda: lying(_bomb(20_000_000), SHEET, 2000), "the workbook is damaged"),
    "parts": (lambda: with_parts(plain(["id"]), {f"x{at}": b"" for at in range(10_001)}), "parts"),
    "entity": (lambda: _replaced(b"<worksheet", ENTITY), f"the part {SHEET} of the workbook has a document type"),
    "entity elsewhere": (lambda: with_parts(plain(["id"]), {"any/name": ENTITY + b"/>"}), "document type"),
    "encoding": (lambda: _replaced(b"<worksheet", b"<?xml version='1.0' encoding='cp037'?><worksheet"), "in an encoding that no"),
    "no sheet data": (lambda: _replaced(b"<sheetData>", b"<sheetData"), "the workbook cannot be read"),
    "no sheet": (lambda: with_parts(plain(["id"]), {SHEET: None}), "the workbook has no sheets"),
    "no workbook": (lambda: with_parts(plain(["id"]), {"xl/workbook.xml": b"<x/>"}), "the workbook has no sheets"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_workbook_to_read(case: str) -> None:
    make, words = REFUSED[case]
    message = refusal(make())
    assert message.startswith("f.xlsx: ")
    assert words in message
    assert "\n" not in message


def test_limits() -> None:
    raw = plain(["id", "a"], [1, 2], [3, 4])
    assert "larger than" in refusal(raw, limits=Limits(bytes=100))
    assert "Calibration!A3: the sheet holds more than 3 values" in refusal(raw, limits=Limits(cells=3))
    assert "more than 3 values" in refusal(raw, limits=Limits(nodes=3))
    assert len(read(raw, limits=Limits(cells=4)).rows) == 2


def test_what_to_do_where_openpyxl_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    assert "pip install 'isocheck[xlsx]'" in refusal(b"whatever")


texts = st.text(alphabet="ab 1.\nß€\U0001f600=#_x&<>'\"", max_size=8)


@settings(max_examples=60)
@given(st.lists(st.lists(texts, min_size=3, max_size=3), min_size=1, max_size=4))
def test_what_was_written_is_read_back(rows: list[list[str]]) -> None:
    def draw(sheet: Any, _: object) -> None:
        for at, row in enumerate([["a", "b", "c"], *rows]):
            for column, text in enumerate(row):
                sheet.write_string(at, column, text)

    table = read(drawn(draw))
    expected = [{field: text.strip() for field, text in zip("abc", row, strict=True) if text.strip()} for row in rows]
    assert table.rows == [row for row in expected if row]
    numbers = [at for at, row in enumerate(expected, 2) if row]
    for at, row in enumerate(table.rows):
        for field in row:
            assert table.locate((at, field)).cell == f"{field.upper()}{numbers[at]}"


@settings(max_examples=100)
@given(st.integers(0, 10_000), st.binary(min_size=1, max_size=4))
def test_nothing_but_an_input_error_comes_out_of_a_damaged_one(at: int, what: bytes) -> None:
    raw = plain(["id", "due"], ["1", date(2026, 1, 31)], ["2", 5])
    at %= len(raw)
    try:
        read(raw[:at] + what + raw[at + len(what) :])
    except InputError as error:
        assert all(problem.location is not None for problem in error.problems)


@settings(max_examples=100)
@given(st.integers(0, 10_000), st.binary(min_size=1, max_size=4))
def test_nothing_but_an_input_error_comes_out_of_a_sheet_that_is_not_xml(at: int, what: bytes) -> None:
    raw = plain(["id", "due"], ["1", date(2026, 1, 31)], ["2", 5])
    sheet = part(raw)
    at %= len(sheet)
    try:
        read(with_parts(raw, {SHEET: sheet[:at] + what + sheet[at + len(what) :]}))
    except InputError as error:
        assert all(problem.location is not None for problem in error.problems)
