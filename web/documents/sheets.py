"""An uploaded list as rows of text, whichever kind of file it came in: CSV or XLSX, told apart by their first bytes.

What is refused, before anything else looks at it: what is no list, what unpacks to too much, what holds more rows than an import takes.
A formula is never evaluated: its cell is marked, so that its row can be refused with a reason.
"""

from __future__ import annotations

from dataclasses import dataclass

from web.documents.csv_files import csv_rows
from web.documents.refusals import (
    IS_EMPTY,
    KIND_UNSUPPORTED,
    MOST_ROWS,
    TOO_MANY_ROWS,
    UNREADABLE,
)
from web.documents.rows import Cells, Rows
from web.documents.workbooks import workbook_rows
from web.errors import WebError

ZIP, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
CSV_TYPE = "text/csv"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# browsers on Windows call a CSV file by Excel's old name, and what they do not know by no name
TYPES = frozenset({CSV_TYPE, XLSX_TYPE, "application/vnd.ms-excel", "application/octet-stream", ""})


@dataclass(frozen=True, slots=True)
class Table:
    """The headings, and the rows that are not blank with their numbers in the sheet, counted from 1."""

    headings: tuple[str, ...]
    rows: tuple[tuple[int, Cells], ...]


def check_type(content_type: str) -> None:
    """Raises WebError 415 for what is announced as neither."""
    if content_type.partition(";")[0].strip().lower() not in TYPES:
        raise WebError(KIND_UNSUPPORTED)


def read_table(body: bytes) -> Table:
    """The list in a file. Raises WebError: 400, 413 or 415."""
    if body.startswith(OLD_EXCEL):
        raise WebError(KIND_UNSUPPORTED)
    return _table(workbook_rows(body) if body.startswith(ZIP) else csv_rows(body))


def _table(rows: Rows) -> Table:
    headings: tuple[str, ...] | None = None
    found: list[tuple[int, Cells]] = []
    for number, cells in rows:
        if not any(cells):
            continue
        if headings is None:
            headings = tuple(str(cell or "") for cell in _trimmed(cells))
            continue
        if len(found) == MOST_ROWS:
            raise WebError(TOO_MANY_ROWS)
        found.append((number, _trimmed(cells)))
    if headings is None:
        raise WebError(UNREADABLE)
    if not found:
        raise WebError(IS_EMPTY)
    return Table(headings, tuple(found))


def _trimmed(cells: Cells) -> Cells:
    """Without what is blank at the end."""
    filled = [place for place, cell in enumerate(cells, 1) if cell]
    return cells[: filled[-1]] if filled else ()
