"""CSV as spreadsheets write it: UTF-8 with or without a mark, or GB 18030; commas, semicolons or tabs."""

from __future__ import annotations

import csv
from io import StringIO

from web.documents.refusals import (
    MOST_SHEET_ROWS,
    NOT_TEXT,
    TOO_MANY_ROWS,
    UNREADABLE,
)
from web.documents.rows import MOST_COLUMNS, Cell, Faulty, Rows, plain
from web.errors import WebError

DELIMITERS = (",", "\t", ";", "，")
FORMULA_SIGNS = ("=", "+", "-", "@")


def csv_rows(body: bytes) -> Rows:
    """The rows. Raises WebError 400 or 413."""
    text = _decoded(body)
    reader = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        for number, cells in enumerate(reader, 1):
            if number > MOST_SHEET_ROWS:
                raise WebError(TOO_MANY_ROWS)
            yield number, tuple(_cell(cell) for cell in cells[:MOST_COLUMNS])
    except csv.Error as error:
        raise WebError(UNREADABLE) from error


def _decoded(body: bytes) -> str:
    """Raises WebError 400. Whatever is UTF-8 is taken for it: Chinese in GB 18030 never is by chance, beyond a few characters."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = body.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return text
    raise WebError(NOT_TEXT)


def _delimiter(text: str) -> str:
    """That which the first line has most of."""
    first = text.lstrip("\r\n").split("\n", 1)[0]
    return max(DELIMITERS, key=first.count)


def _cell(text: str) -> Cell:
    """A cell's text; a plus before digits begins a telephone number, not a formula."""
    value = plain(text)
    if isinstance(value, str) and value.startswith(FORMULA_SIGNS):
        return value if value[1:].replace(" ", "").isdigit() else Faulty.FORMULA
    return value
