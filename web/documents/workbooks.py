"""XLSX as it may come from anybody: looked through as a zip first, then read row by row, formulas as formulas.

A workbook is a zip of XML. Its size unpacked is what the zip announces, since no more than that is ever unpacked of it; a part with a
document type is refused, since entities are how small XML becomes large. The size of the sheet that a workbook announces is not believed.
"""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import ParseError

from lxml.etree import XMLSyntaxError
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from web.documents.refusals import (
    MOST_SHEET_ROWS,
    TOO_LARGE_INSIDE,
    TOO_MANY_ROWS,
    UNREADABLE,
)
from web.documents.rows import MOST_COLUMNS, Cell, Faulty, Rows, plain
from web.errors import WebError

MOST_UNPACKED_BYTES = 12_000_000
MOST_PARTS = 200
MOST_RATIO = 200
UTF_16 = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
# what openpyxl and what it reads with raise over a damaged file: it promises no family of its own
BROKEN = (
    InvalidFileException,
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    ParseError,
    XMLSyntaxError,
    ArithmeticError,
    AttributeError,
    LookupError,
    NotImplementedError,
    TypeError,
    ValueError,
    OSError,
    RuntimeError,
    EOFError,
)


def workbook_rows(body: bytes) -> Rows:
    """The rows of the first sheet that is shown. Raises WebError 400 or 413."""
    with _broken_is_refused():
        _look_through(body)
        book = load_workbook(BytesIO(body), read_only=True, data_only=False, keep_links=False)
        rows = _sheet(book).iter_rows(max_row=MOST_SHEET_ROWS + 1, max_col=MOST_COLUMNS)
    number = 0
    while True:
        with _broken_is_refused():
            cells = next(rows, None)
            if cells is None:
                return
            row = tuple(_cell(cell) for cell in cells)
        number += 1
        if number > MOST_SHEET_ROWS:
            raise WebError(TOO_MANY_ROWS)
        yield number, row


@contextmanager
def _broken_is_refused() -> Iterator[None]:
    """Raises WebError 400 for a file that cannot be read; not round a `yield`, whose reader's errors are its own."""
    try:
        yield
    except BROKEN as error:
        raise WebError(UNREADABLE) from error


def _look_through(body: bytes) -> None:
    """Raises WebError for what no spreadsheet program writes."""
    with zipfile.ZipFile(BytesIO(body)) as archive:
        parts = archive.infolist()
        unpacked = sum(part.file_size for part in parts)
        if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED_BYTES:
            raise WebError(TOO_LARGE_INSIDE)
        if any(part.file_size > MOST_RATIO * max(part.compress_size, 100) for part in parts):
            raise WebError(TOO_LARGE_INSIDE)
        for part in parts:
            data = archive.read(part)
            if data.startswith(UTF_16) or b"<!DOCTYPE" in data or b"<!ENTITY" in data:
                raise WebError(UNREADABLE)


def _sheet(book: Any) -> Any:
    sheet = next((each for each in book.worksheets if each.sheet_state == "visible"), None)
    if sheet is None:
        raise WebError(UNREADABLE)
    sheet.reset_dimensions()
    return sheet


def _cell(cell: Any) -> Cell:
    kind, value = cell.data_type, cell.value
    if value is None:
        return None
    if kind in {"f", "e"}:
        return Faulty.FORMULA if kind == "f" else Faulty.ERROR
    return plain(_text(value))


def _text(value: object) -> str:
    """As a person reads it: 13812345678 of a telephone number, not 13812345678.0."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, (dt.date, dt.time)) else str(value)
