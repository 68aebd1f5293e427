"""`/documents/table.xlsx`: a table that a page shows, as a workbook; it comes with the request, so nothing of the graph is read.

What stands in it was asked for by the page, with the rights of who looks at it; here it is only written.
"""

from __future__ import annotations

from typing import Any

import anyio
import orjson
from starlette.responses import Response

from web.bodies import check_kind, read
from web.documents.books import Book, Value
from web.documents.files import PRIVATE, named, streamed
from web.documents.rows import MOST_COLUMNS
from web.documents.serving import Caller
from web.documents.sheets import XLSX_TYPE
from web.errors import malformed

MOST_TABLE_ROWS = 5_001
MOST_TABLE_BYTES = 5_000_000
"""A thousand for each row, beyond what lists of the console have."""

LONGEST_TITLE = 100
NARROWEST, WIDEST = 8, 48


async def table(caller: Caller) -> Response:
    """The file. Raises WebError 400, 413 or 415 for what is no table of texts and numbers."""
    request = caller.request
    headers = dict(request.scope["headers"])
    check_kind(headers)
    title, rows = _given(await read(request.receive, headers, MOST_TABLE_BYTES))
    file = await anyio.to_thread.run_sync(_book(title, rows).finished)
    return streamed(file, XLSX_TYPE, PRIVATE | named(f"{title}.xlsx", "table.xlsx"))


def _given(body: bytes) -> tuple[str, list[list[Value]]]:
    """The title and the rows, headings first."""
    try:
        given = orjson.loads(body)
    except orjson.JSONDecodeError:
        given = None
    if not isinstance(given, dict):
        raise malformed("body", "a JSON object", " JSON 对象")
    title, rows = given.get("title"), given.get("rows")
    if not isinstance(title, str) or not 0 < len(title) <= LONGEST_TITLE:
        raise malformed(
            "title", f"a text of 1 to {LONGEST_TITLE} characters", f" 1 到 {LONGEST_TITLE} 字的文本"
        )
    if not isinstance(rows, list) or not 0 < len(rows) <= MOST_TABLE_ROWS:
        raise malformed(
            "rows",
            f"a list of 1 to {MOST_TABLE_ROWS:,} rows",
            f" 1 到 {MOST_TABLE_ROWS:,} 行的列表",
        )
    if not all(_is_row(row) for row in rows) or not all(isinstance(each, str) for each in rows[0]):
        raise malformed(
            "rows",
            f"rows of at most {MOST_COLUMNS} texts, numbers or nulls, the first all texts",
            f"每行至多 {MOST_COLUMNS} 个文本、数字或 null，首行全为文本",
        )
    return title, rows


def _is_row(row: Any) -> bool:
    return (
        isinstance(row, list)
        and len(row) <= MOST_COLUMNS
        and all(
            each is None or (isinstance(each, (str, int, float)) and not isinstance(each, bool))
            for each in row
        )
    )


def _book(title: str, rows: list[list[Value]]) -> Book:
    headings, *lines = rows
    book = Book()
    book.sheet(title, (_width(number, rows) for number in range(len(headings))), frozen_rows=1)
    book.headings(map(str, headings))
    for line in lines:
        book.row(line)
    return book


def _width(number: int, rows: list[list[Value]]) -> int:
    """Of a column, in characters; a Chinese one is two wide."""
    longest = max(_cells(row[number]) for row in rows[:200] if number < len(row))
    return min(max(longest + 2, NARROWEST), WIDEST)


def _cells(value: Value) -> int:
    text = "" if value is None else str(value)
    return sum(2 if sign > "\u2e7f" else 1 for sign in text)
