"""Spreadsheets as people and their programs write them, and as nobody should."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import Any

import openpyxl


def workbook(*rows: Sequence[Any], sheet: str = "名单") -> bytes:
    """An XLSX of one sheet, with formulas where a cell begins with an equals sign."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for row in rows:
        page.append(list(row))
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    """The file."""
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def opened(body: bytes) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of each sheet, formulas as they stand."""
    book = openpyxl.load_workbook(BytesIO(body))
    return {page.title: [tuple(row) for row in page.iter_rows(values_only=True)] for page in book}


def with_parts(body: bytes, parts: Mapping[str, bytes | None]) -> bytes:
    """The same workbook with parts put in, replaced, or taken out (None)."""
    file = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(body)) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            if content is not None:
                new.writestr(name, content)
    return file.getvalue()


def sheet_xml(rows: Iterable[str], *, dimension: str = "A1") -> bytes:
    """A sheet's own XML around these rows."""
    name = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    inner = "".join(rows)
    return (
        f'<?xml version="1.0"?><worksheet xmlns="{name}"><dimension ref="{dimension}"/>'
        f"<sheetData>{inner}</sheetData></worksheet>"
    ).encode()
