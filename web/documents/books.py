"""Writing XLSX: text is text, whatever it begins with; rows go to a file as they come, so that a long list takes no memory."""

from __future__ import annotations

from collections.abc import Iterable
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

Value = str | int | None
SIGNS_OF_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "|", "%")
KEPT_IN_MEMORY_BYTES = 2_000_000

_HEADING = Font(bold=True, color="FFFFFF")
_BEHIND_HEADING = PatternFill("solid", fgColor="0F3D4C")
_WRAPPED = Alignment(wrap_text=True, vertical="top")


class Book:
    """A workbook in the making, of one sheet at a time."""

    def __init__(self) -> None:
        self._book = Workbook(write_only=True)
        self._sheet: Any = None

    def sheet(self, title: str, widths: Iterable[int], *, frozen_rows: int = 0) -> None:
        """Begin the next sheet; `widths` are in characters."""
        self._sheet = self._book.create_sheet(_title(title))
        for number, width in enumerate(widths, 1):
            self._sheet.column_dimensions[get_column_letter(number)].width = width
        if frozen_rows:
            self._sheet.freeze_panes = f"A{frozen_rows + 1}"

    def headings(self, values: Iterable[str]) -> None:
        """A row of headings."""
        self._sheet.append([self._heading(value) for value in values])

    def row(self, values: Iterable[Value], *, bold: bool = False) -> None:
        """A row; no value is ever taken for a formula."""
        self._sheet.append([self._cell(value, bold=bold) for value in values])

    def finished(self) -> IO[bytes]:
        """The file, at its beginning; it is gone once closed."""
        file: IO[bytes] = SpooledTemporaryFile(KEPT_IN_MEMORY_BYTES)  # noqa: SIM115 - whoever sends it closes it
        self._book.save(file)
        file.seek(0)
        return file

    def _heading(self, text: str) -> Any:
        cell = self._cell(text, bold=True)
        cell.font, cell.fill = _HEADING, _BEHIND_HEADING
        return cell

    def _cell(self, value: Value, *, bold: bool) -> Any:
        cell: Any = WriteOnlyCell(self._sheet)
        cell.alignment = _WRAPPED
        if bold:
            cell.font = Font(bold=True)
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
