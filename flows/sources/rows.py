"""What a reader gives: rows, and rejections in their place; what a file can be refused for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from graph_store.identifiers import Problem

SHOWN_CHARACTERS = 80


@dataclass(frozen=True, slots=True)
class Row:
    """One record of a file.

    `number` is where a person finds it: the row of a spreadsheet (the header is 1), the line of JSON lines, the place
    in an array or an XML document, counted from 1. `values` is a dict of columns, a JSON object or an XML element.
    """

    number: int
    values: Any


@dataclass(frozen=True, slots=True)
class Rejection:
    """One record that was not taken: `field` is the property's or column's name, `value` what stood there, shortened."""

    row: int
    field: str
    value: str
    reason: Problem


@dataclass(frozen=True, slots=True)
class Note:
    """Something a person should know about the file as a whole; no record was refused for it."""

    text: Problem


Reading = Iterator[Row | Rejection | Note]


class SourceError(Exception):
    """A file that cannot be imported at all; nothing was written. `problem` says why, in both languages."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.en)
        self.problem = problem


def refused(zh: str, en: str) -> SourceError:
    """The error to raise."""
    return SourceError(Problem(zh, en))


def rejected(row: int, field: str, value: object, reason: Problem) -> Rejection:
    """A rejection whose value is fit to be shown: one line, at most 80 characters, no unpaired surrogates."""
    text = "" if value is None else value if isinstance(value, str) else repr(value)
    head = text[:SHOWN_CHARACTERS].encode("utf-8", "replace").decode()
    shown = "".join(each if each.isprintable() else " " for each in head)
    return Rejection(row, field, shown + ("…" if len(text) > SHOWN_CHARACTERS else ""), reason)


TWO_RECORDS = Problem(
    "来源记录号和标识分别属于图谱中的两条记录",
    "its origin key and its identifiers belong to two records of the graph",
)


def twice(first: int) -> Problem:
    """What is wrong with a row whose record another row has given."""
    return Problem(f"与第 {first} 行是同一条记录", f"this is the same record as row {first}")
