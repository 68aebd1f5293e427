"""What became of each row of an uploaded list: as JSON for programs, as the same sheet with more columns for people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO, Any

from web.documents.books import Book
from web.documents.headings import column_of
from web.documents.people import Known
from web.documents.sheets import Table
from web.documents.states import said

OUTCOMES = (
    ("结果 Outcome", 26),
    ("说明 Why", 60),
    ("如何处理 What next", 60),
    ("枢纽中的姓名 Name in the hub", 20),
)


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a row is not registered: the fact's name and its sentences, and the key of the column at fault where it is one."""

    fact: str
    message: str
    message_en: str
    what_next: str
    what_next_en: str
    column: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """One row: its person, and either the state that they are in, or would be, or why they are refused."""

    row: Known
    state: str | None = None
    registration: str | None = None
    refused: Refused | None = None

    @property
    def outcome(self) -> str:
        """For programs: the state, REFUSED, or NOT_DECIDED where others had to be refused first."""
        if self.refused:
            return "REFUSED"
        return self.state.upper() if self.state else "NOT_DECIDED"


@dataclass(frozen=True, slots=True)
class Report:
    """The whole list; `imported`: whether it was written, all of it. `columns`: each heading with the key of what it was taken for."""

    training_class: str
    home: str
    is_dry_run: bool
    imported: bool
    columns: Sequence[tuple[str, str | None]]
    rows: Sequence[Told]

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        counts: dict[str, int] = {}
        for each in self.rows:
            counts[each.outcome] = counts.get(each.outcome, 0) + 1
        return {
            "trainingClass": self.training_class,
            "home": self.home,
            "dryRun": self.is_dry_run,
            "imported": self.imported,
            "counts": counts,
            "columns": [_heading(*each) for each in self.columns],
            "rows": [_as_json(each) for each in self.rows],
        }

    def as_workbook(self, table: Table) -> IO[bytes]:
        """The sheet as it was sent, with what became of each row."""
        book = Book()
        widths = [max(len(heading) + 6, 14) for heading in table.headings]
        book.sheet("结果 Report", [8, *(width for _, width in OUTCOMES), *widths], frozen_rows=1)
        book.headings(["行号 Row", *(heading for heading, _ in OUTCOMES), *table.headings])
        cells = dict(table.rows)
        for each in self.rows:
            number = each.row.entry.number
            sent = [None if cell is None else str(cell) for cell in cells[number]]
            book.row([number, *self._outcome(each), each.row.name, *sent])
        return book.finished()

    def _outcome(self, told: Told) -> tuple[str, str | None, str | None]:
        """In words of both languages."""
        if refused := told.refused:
            why = f"{refused.message} {refused.message_en}"
            return "不能报名 Refused", why, f"{refused.what_next} {refused.what_next_en}"
        if not told.state:
            return "待定 Not decided", None, None
        if self.imported:
            return said(told.state), None, None
        return f"将为 Would be: {said(told.state)}", None, None


def _heading(heading: str, key: str | None) -> dict[str, Any]:
    """For people to see whether their columns were understood."""
    return {"heading": heading, **(_named(key) if key else {"column": None, "columnEn": None})}


def _named(key: str) -> dict[str, str]:
    column = column_of(key)
    return {"column": column.zh, "columnEn": column.en}


def _as_json(told: Told) -> dict[str, Any]:
    entry, refused = told.row.entry, told.refused
    row: dict[str, Any] = {
        "row": entry.number,
        "person": told.row.person,
        "name": told.row.name or entry.name,
        "group": entry.group,
        "outcome": told.outcome,
        "registration": told.registration,
    }
    if refused:
        row |= {
            "fact": refused.fact,
            "message": refused.message,
            "messageEn": refused.message_en,
            "whatNext": refused.what_next,
            "whatNextEn": refused.what_next_en,
        }
        if refused.column:
            row |= {**_named(refused.column), "value": getattr(entry, refused.column)}
    return row
