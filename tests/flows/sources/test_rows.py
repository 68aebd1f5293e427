"""Readers: the same rows whatever the packing and encoding; a bad row is rejected in its place."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.sources.csv_rows import read_csv
from flows.sources.json_rows import read_json
from flows.sources.opening import inspect, inspect_text
from flows.sources.reports import defused
from flows.sources.rows import Note, Rejection, Row
from flows.sources.xml_rows import Element, read_xml, text_of

FileOf = Callable[[str, str | bytes], Path]

TABLE = "code,name\n51,四川省\n50,重庆市\n"


def table(path: Path) -> tuple[list[Any], list[str], list[str]]:
    """Values of rows, reasons of rejections, notes."""
    file = inspect_text(path)
    read = [
        *file.notes,
        *read_csv(file, required=frozenset({"code"}), known=frozenset({"code", "name"})),
    ]
    rows = [each.values for each in read if isinstance(each, Row)]
    reasons = [f"{each.row}: {each.reason.en}" for each in read if isinstance(each, Rejection)]
    return rows, reasons, [each.text.en for each in read if isinstance(each, Note)]


SICHUAN = [{"code": "51", "name": "四川省"}, {"code": "50", "name": "重庆市"}]


@pytest.mark.parametrize(
    ("encoding", "note"),
    [
        ("utf-8", []),
        ("utf-8-sig", []),
        ("utf-16", ["the file is UTF-16 and was read as such"]),
        ("gb18030", ["the file is not UTF-8; it was read as GB18030"]),
    ],
)
def test_a_table_reads_the_same_in_every_encoding_and_says_which(
    file_of: FileOf, encoding: str, note: list[str]
) -> None:
    assert table(file_of("d.csv", TABLE.encode(encoding))) == (SICHUAN, [], note)


def test_a_packed_table_needs_no_ending_to_be_known(file_of: FileOf) -> None:
    assert table(file_of("d.csv", gzip.compress(TABLE.encode())))[0] == SICHUAN


@pytest.mark.parametrize("separator", [";", "\t"])
def test_semicolons_and_tabs_separate_too(file_of: FileOf, separator: str) -> None:
    assert table(file_of("d.csv", TABLE.replace(",", separator)))[0] == SICHUAN


def test_uneven_rows_are_rejected_by_the_number_a_spreadsheet_shows(file_of: FileOf) -> None:
    rows, reasons, _ = table(file_of("d.csv", "code,name\n51,四川省\n\n50\n"))
    assert rows == SICHUAN[:1]
    assert reasons == ["4: expected 2 cells, found 1"]


def test_unknown_columns_are_noted_once(file_of: FileOf) -> None:
    _, _, notes = table(file_of("d.csv", "code,mayor,name\n51,x,四川省\n50,y,重庆市\n"))
    assert notes == ["columns that are not used: mayor"]


def objects(path: Path) -> tuple[list[Any], list[str]]:
    read = list(read_json(inspect_text(path)))
    rows = [each.values for each in read if isinstance(each, Row)]
    return rows, [
        f"{each.row} {each.field}: {each.reason.en}" for each in read if isinstance(each, Rejection)
    ]


@given(
    st.lists(
        st.dictionaries(
            st.text(),
            st.recursive(
                st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
                lambda inner: (
                    st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3)
                ),
                max_leaves=8,
            ),
            max_size=4,
        ),
        max_size=4,
    )
)
def test_array_and_lines_give_what_was_written(
    tmp_path_factory: pytest.TempPathFactory, records: list[dict[str, Any]]
) -> None:
    folder = tmp_path_factory.mktemp("json")
    array, lines, spread = folder / "a.json", folder / "l.json", folder / "s.json"
    array.write_text(json.dumps(records))
    spread.write_text(
        json.dumps(records, indent=3, ensure_ascii=False), "utf-8", "surrogatepass"
    ) if _is_utf8(records) else spread.write_text(json.dumps(records, indent=3))
    lines.write_text("\n".join(json.dumps(each) for each in records) or "\n")
    assert objects(array) == objects(spread) == (records, [])
    if records:
        assert objects(lines) == (records, [])


def _is_utf8(records: object) -> bool:
    try:
        text = json.dumps(records, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return b"\0" not in text


@pytest.mark.parametrize("form", ['{{"a":1}}\n{bad}\n{{"a":2}}\n', '[{{"a":1}},{bad},{{"a":2}}]'])
@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ('{"k":1,"k":1}', "2 k: the key appears twice in one object"),
        ('{"o":{"in":1,"in":2}}', "2 in: the key appears twice in one object"),
        ("[1]", "2 : expected a JSON object"),
        ("null", "2 : expected a JSON object"),
    ],
)
def test_a_bad_object_is_rejected_and_its_neighbours_are_read(
    file_of: FileOf, form: str, bad: str, reason: str
) -> None:
    assert objects(file_of("r.json", form.format(bad=bad))) == ([{"a": 1}, {"a": 2}], [reason])


@pytest.mark.parametrize("bad", ["{", '{"a":NaN}', '{"a":"\\ud800"}', "{'a':1}", '{"a":' * 2000])
def test_a_line_that_is_no_json_is_rejected_alone(file_of: FileOf, bad: str) -> None:
    rows, reasons = objects(file_of("r.json", f'{{"a":1}}\n{bad}\n{{"a":2}}'))
    assert rows == [{"a": 1}, {"a": 2}]
    assert reasons == ["2 : this is not valid JSON"]


def test_values_that_the_end_of_a_chunk_cuts_are_read_whole(file_of: FileOf) -> None:
    records = [{"a": number, "b": [number, "text"]} for number in range(100_000)]
    assert objects(file_of("r.json", json.dumps(records))) == (records, [])


def test_only_the_outermost_elements_are_rows_in_any_namespace(file_of: FileOf) -> None:
    path = file_of("p.xml", "<r xmlns='urn:x'><p>1<p>inner</p></p><q><p>2</p></q></r>")
    read = [
        (row.number, text_of(row.values))
        for row in read_xml(inspect(path), "p")
        if isinstance(row, Row)
    ]
    assert read == [(1, "1"), (2, "2")]


def test_elements_that_were_read_are_freed(file_of: FileOf) -> None:
    path = file_of("p.xml", "<r>" + "<b><p>text</p></b>" * 100_000 + "</r>")
    kept = 0
    for row in read_xml(inspect(path), "p"):
        assert isinstance(row, Row)
        if row.number % 1_000 == 0:
            root: Element = row.values.getroottree().getroot()
            kept = max(kept, len(root))
    # the parser builds some 32 kB ahead
    assert 0 < kept < 5_000


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\tx"])
def test_no_cell_of_a_report_is_a_formula(cell: str) -> None:
    assert defused(cell) == f"'{cell}"
