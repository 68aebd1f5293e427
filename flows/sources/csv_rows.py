"""CSV as people save it: comma, semicolon or tab, a header, quotes, blank lines."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from flows.sources.opening import LONGEST_LINE_CHARACTERS, Inspected
from flows.sources.rows import Note, Reading, Row, refused, rejected
from graph_store.identifiers import Problem

_SEPARATORS = ",\t;"


def read_csv(file: Inspected, *, required: frozenset[str], known: frozenset[str]) -> Reading:
    """Rows as dicts of the known columns, cells stripped, empty ones left out.

    Unknown columns are noted once. Raises SourceError when a required column is missing or the file is no CSV.
    """
    table = _table(file)
    header = [name.strip() for name in next(table, [])]
    yield from _judged(header, required, known)
    wanted = [(place, name) for place, name in enumerate(header) if name in known]
    for number, cells in enumerate(table, start=2):
        if not any(cells):
            continue
        if len(cells) != len(header):
            yield rejected(number, "", ",".join(cells), _uneven(len(header), len(cells)))
            continue
        yield Row(
            number, {name: cells[place].strip() for place, name in wanted if cells[place].strip()}
        )


def header_of(file: Inspected) -> frozenset[str]:
    """The names in the header, by which a file's shape is recognised."""
    return frozenset(name.strip() for name in next(_table(file), []))


def _table(file: Inspected) -> Iterator[list[str]]:
    csv.field_size_limit(LONGEST_LINE_CHARACTERS)
    first = next((line for line in file.lines() if line.strip()), "")
    separator = max(_SEPARATORS, key=first.count)
    try:
        yield from csv.reader(file.lines(), delimiter=separator, strict=True)
    except csv.Error as error:
        raise refused(f"不是规范的 CSV：{error}", f"this is no well-formed CSV: {error}") from error


def _judged(header: list[str], required: frozenset[str], known: frozenset[str]) -> Iterator[Note]:
    doubled = sorted({name for name in header if name in known and header.count(name) > 1})
    if doubled:
        listed = ", ".join(doubled)
        raise refused(f"列名重复：{listed}", f"columns appear twice: {listed}")
    if missing := sorted(required.difference(header)):
        listed = ", ".join(missing)
        raise refused(f"缺少必需的列：{listed}", f"required columns are missing: {listed}")
    if unknown := [name or "(空 unnamed)" for name in header if name not in known]:
        listed = ", ".join(name[:40] for name in unknown[:20])
        yield Note(Problem(f"未使用的列：{listed}", f"columns that are not used: {listed}"))


def _uneven(expected: int, found: int) -> Problem:
    return Problem(
        f"应有 {expected} 列，实有 {found} 列", f"expected {expected} cells, found {found}"
    )
