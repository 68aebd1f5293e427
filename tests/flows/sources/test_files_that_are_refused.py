"""Files that are garbage as a whole are refused by name before anything is written."""

import gzip
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from flows.sources.imports import look_through
from flows.sources.rows import SourceError

FileOf = Callable[[str, str | bytes], Path]

RECORD = b'{"id":"https://ror.org/03yrm5c26","name":"A","types":["Facility"],"status":"active"}\n'


def why(kind: str, path: Path) -> str:
    with pytest.raises(SourceError) as caught:
        look_through(kind, path)
    assert caught.value.problem.zh != caught.value.problem.en
    return caught.value.problem.en


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    assert why("ror", tmp_path / "ror.json") == "there is no such file: ror.json"


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    assert "is a folder" in why("ror", tmp_path)


@pytest.mark.parametrize("content", [b"", b" \n\n", gzip.compress(b"", mtime=0), b"\xef\xbb\xbf"])
def test_an_empty_file_is_refused(file_of: FileOf, content: bytes) -> None:
    assert why("ror", file_of("empty", content)) == "the file is empty"


def test_an_empty_xml_file_is_refused(file_of: FileOf) -> None:
    assert why("pidinst", file_of("empty.xml.gz", gzip.compress(b""))) == "the file is empty"


def test_a_gzip_that_was_cut_short_is_refused(file_of: FileOf) -> None:
    whole = gzip.compress(RECORD * 10_000)
    assert "cut short" in why("ror", file_of("cut.gz", whole[: len(whole) // 2]))


def test_a_gzip_with_a_flipped_bit_is_refused(file_of: FileOf) -> None:
    damaged = bytearray(gzip.compress(RECORD * 1_000))
    damaged[-5] ^= 1
    assert "damaged" in why("ror", file_of("damaged.gz", bytes(damaged)))


def test_a_gzip_bomb_is_refused_long_before_it_is_unpacked(file_of: FileOf) -> None:
    bomb = gzip.compress(b"\n" * (96 << 20), compresslevel=9)
    assert "bomb" in why("ror", file_of("bomb.gz", bomb))


def test_a_zip_is_no_text(file_of: FileOf) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("ror.json", RECORD * 100)
    assert "no text" in why("ror", file_of("ror.xlsx", packed.getvalue()))


def test_a_nul_byte_makes_a_file_no_text(file_of: FileOf) -> None:
    assert "NUL" in why("divisions", file_of("d.csv", b"code,name\n51,a\0b\n"))


def test_bytes_of_no_encoding_are_refused(file_of: FileOf) -> None:
    assert "neither UTF-8" in why("divisions", file_of("d.csv", b"code,name\n51,\xff\xff\xff\n"))


def test_a_line_of_a_hundred_megabytes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "long.jsonl"
    with path.open("wb") as stream:
        stream.write(RECORD + b'{"id":"')
        for _ in range(100):
            stream.write(b"x" * (1 << 20))
    assert "longer than 16 MB" in why("ror", path)


def test_required_columns_that_are_missing_are_named(file_of: FileOf) -> None:
    assert (
        why("divisions", file_of("d.csv", "id,name\n51,四川省\n"))
        == "required columns are missing: code"
    )


def test_a_column_that_appears_twice_is_named(file_of: FileOf) -> None:
    assert (
        why("divisions", file_of("d.csv", "code,name,name\n51,a,b\n"))
        == "columns appear twice: name"
    )


def test_a_quote_that_never_ends_is_refused(file_of: FileOf) -> None:
    assert "no well-formed CSV" in why("divisions", file_of("d.csv", 'code,name\n51,"四川省\n'))


def test_an_array_that_breaks_off_is_refused(file_of: FileOf) -> None:
    assert "breaks off" in why("ror", file_of("r.json", b"[" + RECORD))


@pytest.mark.parametrize("tail", [b"]]", b"] x", b"{}]", b",]", b"NaN]"])
def test_an_array_with_something_wrong_after_its_first_record_is_refused(
    file_of: FileOf, tail: bytes
) -> None:
    assert "broken" in why("ror", file_of("r.json", b"[" + RECORD + tail))


def test_an_array_of_endless_depth_is_refused(file_of: FileOf) -> None:
    assert "broken" in why("ror", file_of("r.json", b"[" * 200_000))


BOMB = """<!DOCTYPE instrument [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>"""


@pytest.mark.parametrize(
    "document",
    [
        BOMB + "<instrument><name>&b;</name></instrument>",
        BOMB + "<instrument kind='&b;'><name>x</name></instrument>",
        "<!DOCTYPE instrument [<!ENTITY f SYSTEM 'file:///etc/passwd'>]><instrument><name>&f;</name></instrument>",
        "<!DOCTYPE instrument SYSTEM 'http://127.0.0.1:9/x.dtd'><instrument><name>x</name></instrument>",
        "<!DOCTYPE instrument><instrument><name>x</name></instrument>",
    ],
)
def test_a_document_type_is_refused_with_all_it_could_declare(
    file_of: FileOf, document: str
) -> None:
    assert "DOCTYPE" in why("pidinst", file_of("i.xml", document))


@pytest.mark.parametrize(
    "document", ["<instrument><name>x</instrument>", "<instrument>", "no xml", "<a>&b;</a>"]
)
def test_xml_that_is_not_well_formed_is_refused(file_of: FileOf, document: str) -> None:
    assert "not well-formed" in why("pidinst", file_of("i.xml", document))


def test_xml_of_endless_depth_is_refused(file_of: FileOf) -> None:
    assert "not well-formed" in why("pidinst", file_of("i.xml", "<a>" * 100_000))


def test_an_unknown_kind_is_answered_by_those_there_are(file_of: FileOf) -> None:
    assert "there are: divisions, ror" in why("weather", file_of("w", "x"))


def test_a_table_that_fits_no_mapping_asks_for_one(file_of: FileOf) -> None:
    assert "--mapping" in why("instruments", file_of("i.csv", "serial,label\n1,x\n"))
