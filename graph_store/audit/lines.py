"""Entries as lines of a file: JSON for programs, CSV for people with spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

import orjson

from graph_store.audit.chain import Row

COLUMNS = (
    "seq",
    "at",
    "happened",
    "outcome",
    "actor",
    "agency",
    "subject",
    "reason",
    "requestId",
    "address",
    "detail",
    "id",
    "previous",
    "digest",
)

_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n")


def json_lines(page: Iterable[Row]) -> bytes:
    """One object a line, keys sorted: without its `digest` a line is the text that the digest was taken of (`chain.py`)."""
    option = orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE
    return b"".join(orjson.dumps(row, default=repr, option=option) for row in page)


def csv_lines(page: Iterable[Row], *, header: bool) -> bytes:
    r"""One row a line, all quoted; what a spreadsheet would take for a formula begins with an apostrophe.

    >>> csv_lines([{"seq": 1, "reason": "=1+1"}], header=False)
    b'"1","","","","","","","\'=1+1","","","","","",""\r\n'
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    if header:
        writer.writerow(COLUMNS)
    writer.writerows([_cell(row.get(name)) for name in COLUMNS] for row in page)
    return out.getvalue().encode()


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULAS) else text
