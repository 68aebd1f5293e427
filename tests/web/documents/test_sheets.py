"""Lists come in as people's programs write them; what is hostile is refused before it costs anything."""

from __future__ import annotations

import tracemalloc

import pytest

from tests.web.documents.spreadsheets import saved, sheet_xml, with_parts, workbook
from web.documents.refusals import MOST_ROWS
from web.documents.rows import Faulty
from web.documents.sheets import XLSX_TYPE, check_type, read_table
from web.errors import WebError

HEADINGS = ("姓名", "ORCID")
SHEET = "xl/worksheets/sheet1.xml"


def refusal(body: bytes) -> tuple[int, str]:
    """Status and code."""
    with pytest.raises(WebError) as raised:
        read_table(body)
    return raised.value.refusal.status, raised.value.refusal.code


def cells(body: bytes) -> list[tuple[int, tuple[object, ...]]]:
    """The rows with their numbers."""
    return list(read_table(body).rows)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_csv_file_is_read_in_each_encoding_that_spreadsheets_write(
    encoding: str, delimiter: str, ending: str
) -> None:
    lines = [delimiter.join(row) for row in (HEADINGS, ("张三", "0000-0002-1825-0097"), ("龘", ""))]
    table = read_table(ending.join([*lines, ""]).encode(encoding))
    assert table.headings == HEADINGS
    assert table.rows == ((2, ("张三", "0000-0002-1825-0097")), (3, ("龘",)))


def test_quoted_cells_keep_their_commas_and_line_breaks() -> None:
    body = '姓名,分组\n"张,三","第一\n组"\n'.encode()
    assert cells(body) == [(2, ("张,三", "第一\n组"))]


def test_a_workbook_is_read_as_people_read_it() -> None:
    body = workbook((*HEADINGS, "电话"), ("张三", None, 13812345678), ("李四", "x", 3.5))
    assert cells(body) == [(2, ("张三", None, "13812345678")), (3, ("李四", "x", "3.5"))]


def test_the_first_sheet_that_is_shown_is_read() -> None:
    import openpyxl

    book = openpyxl.Workbook()
    hidden = book.active
    assert hidden is not None
    hidden.sheet_state = "hidden"
    hidden.append(["secret"])
    shown = book.create_sheet("名单")
    for row in (HEADINGS, ("张三", None)):
        shown.append(list(row))
    assert read_table(saved(book)).headings == HEADINGS


def test_blank_rows_are_left_out_and_the_others_keep_their_numbers() -> None:
    rows = (HEADINGS, (), ("张三", None), (" ", ""), ("-", "—"), ("李四", None))
    assert [number for number, _ in cells(workbook(*rows))] == [3, 6]
    text = "姓名,ORCID\n\n张三,\n , \n-,—\n李四,\n"
    assert [number for number, _ in cells(text.encode())] == [3, 6]


@pytest.mark.parametrize(
    "text", ["=1+1", '=HYPERLINK("http://x","y")', "@SUM(1)", "-cmd|'/C calc'!A0"]
)
def test_a_formula_is_marked_and_never_evaluated(text: str) -> None:
    quoted = text.replace('"', '""')
    assert cells(f'姓名,ORCID\n张三,"{quoted}"\n'.encode()) == [(2, ("张三", Faulty.FORMULA))]


def test_a_formula_in_a_workbook_is_marked_though_its_value_is_stored_beside_it() -> None:
    rows = ['<row r="1"><c r="A1" t="str"><v>姓名</v></c></row>',
            '<row r="2"><c r="A2" t="str"><f>1+1</f><v>张三</v></c></row>']  # fmt: skip
    assert cells(with_parts(workbook(HEADINGS), {SHEET: sheet_xml(rows)})) == [
        (2, (Faulty.FORMULA,))
    ]


def test_a_telephone_number_with_its_country_is_no_formula() -> None:
    assert cells("姓名,电话\n张三,+86 138 1234 5678\n".encode()) == [
        (2, ("张三", "+86 138 1234 5678"))
    ]


def test_a_cell_that_is_too_long_is_marked() -> None:
    assert cells(workbook(HEADINGS, ("x" * 501, "y"))) == [(2, (Faulty.TOO_LONG, "y"))]


def test_an_error_of_the_spreadsheet_is_marked() -> None:
    assert cells(workbook(HEADINGS, ("#REF!", "y"))) == [(2, (Faulty.ERROR, "y"))]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        pytest.param(b"", "SPREADSHEET_IS_UNREADABLE", id="nothing"),
        pytest.param("姓名\n".encode(), "SPREADSHEET_IS_EMPTY", id="headings alone"),
        pytest.param(b"\x81\xff\x00", "SPREADSHEET_IS_NOT_TEXT", id="no encoding"),
        pytest.param("姓名\n张".encode("utf-16"), "SPREADSHEET_IS_NOT_TEXT", id="UTF-16"),
        pytest.param(b'a,b\n"c"d,e\n', "SPREADSHEET_IS_UNREADABLE", id="torn quotes"),
        pytest.param(b"PK\x03\x04 and no more", "SPREADSHEET_IS_UNREADABLE", id="half a zip"),
        pytest.param(b"\xd0\xcf\x11\xe0" + b"x" * 600, "SPREADSHEET_KIND_UNSUPPORTED", id="old Excel"),
    ],
)  # fmt: skip
def test_what_is_no_list_is_refused(body: bytes, code: str) -> None:
    assert refusal(body)[1] == code


def test_a_workbook_without_its_parts_is_refused() -> None:
    whole = workbook(HEADINGS, ("张三", None))
    for part in ("xl/workbook.xml", "[Content_Types].xml", SHEET):
        assert refusal(with_parts(whole, {part: None})) == (400, "SPREADSHEET_IS_UNREADABLE")
    torn = with_parts(whole, {SHEET: b"<worksheet><sheetData><row>"})
    assert refusal(torn)[1] == "SPREADSHEET_IS_UNREADABLE"


@pytest.mark.parametrize("wanted", [3_000, MOST_ROWS + 1])
def test_more_rows_than_an_import_takes_are_refused(wanted: int) -> None:
    rows = [("张三", None)] * wanted
    assert refusal(workbook(HEADINGS, *rows)) == (413, "SPREADSHEET_HAS_TOO_MANY_ROWS")
    text = "姓名,ORCID\n" + "张三,\n" * wanted
    assert refusal(text.encode()) == (413, "SPREADSHEET_HAS_TOO_MANY_ROWS")


def test_as_many_rows_as_an_import_takes_are_read() -> None:
    assert len(cells(workbook(HEADINGS, *[("张三", None)] * MOST_ROWS))) == MOST_ROWS


def test_a_row_far_below_is_refused_and_not_reached_through_a_million_blanks() -> None:
    rows = ['<row r="1"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c></row>',
            '<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>张三</t></is></c></row>']  # fmt: skip
    body = with_parts(workbook(HEADINGS), {SHEET: sheet_xml(rows)})
    assert refusal(body) == (413, "SPREADSHEET_HAS_TOO_MANY_ROWS")


def test_the_size_that_a_sheet_announces_is_not_believed() -> None:
    rows = ['<row r="1"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c></row>',
            '<row r="2"><c r="A2" t="inlineStr"><is><t>张三</t></is></c></row>']  # fmt: skip
    body = with_parts(workbook(HEADINGS), {SHEET: sheet_xml(rows, dimension="A1:XFD1048576")})
    assert cells(body) == [(2, ("张三",))]


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = with_parts(workbook(HEADINGS), {"xl/sharedStrings.xml": b" " * 200_000_000})
    assert len(bomb) < 1_000_000
    tracemalloc.start()
    try:
        assert refusal(bomb) == (413, "SPREADSHEET_IS_TOO_LARGE")
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


def test_a_part_that_is_packed_too_well_is_refused() -> None:
    bomb = with_parts(workbook(HEADINGS), {"xl/theme/theme1.xml": b" " * 9_000_000})
    assert refusal(bomb) == (413, "SPREADSHEET_IS_TOO_LARGE")


def test_a_zip_of_many_parts_is_refused() -> None:
    parts = {f"xl/media/{number}": b"" for number in range(300)}
    assert refusal(with_parts(workbook(HEADINGS), parts)) == (413, "SPREADSHEET_IS_TOO_LARGE")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused_since_entities_grow(encoding: str) -> None:
    lol = '<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><worksheet>&b;</worksheet>'
    head = f'<?xml version="1.0" encoding="{encoding}"?>'
    body = with_parts(workbook(HEADINGS), {SHEET: (head + lol).encode(encoding)})
    assert refusal(body) == (400, "SPREADSHEET_IS_UNREADABLE")


@pytest.mark.parametrize(
    "kind",
    ["text/csv", "text/csv; charset=gb18030", XLSX_TYPE, "application/octet-stream", ""],
)
def test_types_by_which_browsers_call_spreadsheets_are_taken(kind: str) -> None:
    check_type(kind)


@pytest.mark.parametrize("kind", ["text/html", "application/json", "image/png"])
def test_other_types_are_refused(kind: str) -> None:
    with pytest.raises(WebError) as raised:
        check_type(kind)
    assert raised.value.refusal.status == 415
