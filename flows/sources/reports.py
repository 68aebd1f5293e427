"""The report of an import: every rejection and note as a row of CSV, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from flows.sources.rows import Note, Rejection

HEADER = ("what", "row", "field", "value", "reasonZh", "reasonEn")

# What spreadsheets take for the beginning of a formula (OWASP, CSV injection).
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Report:
    """An open report; each row is written as it is told, so that a killed import leaves what it knew."""

    path: Path
    stream: TextIO

    def tell(self, told: Rejection | Note) -> None:
        """Write one row."""
        match told:
            case Rejection(row, field, value, reason):
                cells = ["rejected", str(row), field, value, reason.zh, reason.en]
            case Note(text):
                cells = ["note", "", "", "", text.zh, text.en]
        csv.writer(self.stream).writerow([defused(cell) for cell in cells])

    def flush(self) -> None:
        """Put what was told so far on the disk."""
        self.stream.flush()


def defused(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell


@contextmanager
def report_at(path: Path) -> Iterator[Report]:
    """A new report, with the mark by which spreadsheets know UTF-8. Raises OSError where it cannot be written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerow(HEADER)
        yield Report(path, stream)
