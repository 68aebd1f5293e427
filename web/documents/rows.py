"""What every kind of file is read into: numbered rows of text."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import Literal

from web.documents.refusals import MOST_CHARACTERS

MOST_COLUMNS = 50
NOTHING = frozenset({"", "-", "—", "/"})
"""What people write where there is nothing."""


class Faulty(Enum):
    """What a cell holds instead of text."""

    FORMULA = "formula"
    TOO_LONG = "too long"
    ERROR = "error"

    def __str__(self) -> str:
        return f"#{self.value}"


Cell = str | Literal[Faulty.FORMULA, Faulty.TOO_LONG, Faulty.ERROR] | None
Cells = tuple[Cell, ...]
Rows = Iterator[tuple[int, Cells]]
"""Numbers are those of the sheet, counted from 1."""


def plain(text: str) -> Cell:
    """A cell's text as it counts.

    >>> plain(" 张三 "), plain("-"), plain("x" * 501)
    ('张三', None, <Faulty.TOO_LONG: 'too long'>)
    """
    stripped = text.strip()
    if stripped in NOTHING:
        return None
    return Faulty.TOO_LONG if len(stripped) > MOST_CHARACTERS else stripped
