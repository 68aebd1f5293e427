"""Writing XLSX: text is text, whatever it begins with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

Value = str | int | float | None
SIGNS_OF_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "|", "%")
KEPT_IN_MEMORY_BYTES = 2_000_000

_HEADING = Font(bold=True, color="FFFFFF")
_BOLD = Font(bold=True)
_BEHIND_HEADING = PatternFill("solid", fgColor="0F3D4C")
_WRAPPED = Alignment(wrap_text=True, vertical="top")


class _Look(Enum):
    PLAIN = "plain"
    BOLD = "bold"
    HEADING = "heading"


@dataclass(frozen=True, slots=True)
class _Sheet:
    title: str
    widths: tuple[int, ...]
    frozen_rows: int
    rows: list[tuple[_Look, tuple[Value, ...]]] = field(default_factory=list)


class Book:
    """A workbook in the making, of one sheet at a time; nothing is written before it is finished, so it may be given up."""

    def __init__(self) -> None:
        self._sheets: list[_Sheet] = []

    def sheet(self, title: str, widths: Iterable[int], *, frozen_rows: int = 0) -> None:
        """Begin the next sheet; `widths` are in characters."""
        self._sheets.append(_Sheet(_title(title), tuple(widths), frozen_rows))

    def headings(self, values: Iterable[str]) -> None:
        """A row of headings."""
        self._sheets[-1].rows.append((_Look.HEADING, tuple(values)))

    def row(self, values: Iterable[Value], *, bold: bool = False) -> None:
        """A row; no value is ever taken for a formula."""
        look = _Look.BOLD if bold else _Look.PLAIN
        self._sheets[-1].rows.append((look, tuple(values)))

    def finished(self) -> IO[bytes]:
        """The file, at its beginning; it is gone once closed. Takes a while, so not in the loop."""
        book = Workbook(write_only=True)
        for sheet in self._sheets:
            _write(book.create_sheet(sheet.title), sheet)
        file: IO[bytes] = SpooledTemporaryFile(KEPT_IN_MEMORY_BYTES)  # noqa: SIM115 - whoever sends it closes it
        book.save(file)
        file.seek(0)
        return file


def _write(page: Any, sheet: _Sheet) -> None:
    for number, width in enumerate(sheet.widths, 1):
        page.column_dimensions[get_column_letter(number)].width = width
    if sheet.frozen_rows:
        page.freeze_panes = f"A{sheet.frozen_rows + 1}"
    for look, values in sheet.rows:
        page.append([_cell(page, value, look) for value in values])


def _cell(page: Any, value: Value, look: _Look) -> Any:
    cell: Any = WriteOnlyCell(page)
    cell.alignment = _WRAPPED
    if look is not _Look.PLAIN:
        cell.font = _HEADING if look is _Look.HEADING else _BOLD
    if look is _Look.HEADING:
        cell.fill = _BEHIND_HEADING
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
        cell.data_type = "s"
        # says the same to programs that save the sheet as CSV and open that
        cell.quotePrefix = value.startswith(SIGNS_OF_FORMULAS)
    else:
        cell.value = value
    return cell


def _title(text: str) -> str:
    """What Excel takes as the name of a sheet."""
    return "".join(" " if sign in r"[]:*?/\'" else sign for sign in text)[:31]
