"""A file that is read again for the rows that a former import did not take."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flows.sources.deciding import identifiers
from flows.sources.drafts import Connector, Draft, Target
from flows.sources.opening import Inspected
from flows.sources.portions import mapped
from flows.sources.rows import Note, Reading, Rejection, Row, rejected, twice
from flows.sources.runs import Told


@dataclass(frozen=True, slots=True)
class Again:
    """`run` is the id of the import that waits to do it, `told` what is known of the file.

    `rows` are to be read, None: all of them. `refused` are those that the former import did not take, read again or not.
    """

    run: str
    told: Told
    rows: frozenset[int] | None
    refused: frozenset[int] = frozenset()

    def read(self, connector: Connector, file: Inspected) -> Reading:
        """The rows that are to be read, where they stand in the file. Raises SourceError."""
        rows = self.rows
        return connector.read(file) if rows is None else self._chosen(connector, file, rows)

    def _chosen(self, connector: Connector, file: Inspected, rows: frozenset[int]) -> Reading:
        """Of several rows for one record the first counts: a later one is still refused, though the first is not read again."""
        every = connector.read(file)
        mine = {each for row in every if _number(row) in rows for each in _named(connector, row)}
        taken: dict[Target, int] = {}
        for row in connector.read(file):
            number = _number(row)
            if number is None:
                yield row
            elif number not in rows:
                if number not in self.refused:
                    taken |= dict.fromkeys(mine.intersection(_named(connector, row)), number)
            elif first := [taken[each] for each in _named(connector, row) if each in taken]:
                key = next(_named(connector, row)).value
                yield rejected(number, "originKey", key, twice(min(first)))
            else:
                yield row


def _number(row: Row | Rejection | Note) -> int | None:
    """Where it is in the file; None for what is said of the file as a whole."""
    return row.number if isinstance(row, Row) else row.row if isinstance(row, Rejection) else None


def _named(connector: Connector, row: Row | Rejection | Note) -> Iterator[Target]:
    """Every way in which its record can be found, the origin key first; none for a row that is no record."""
    draft = mapped(connector, row) if isinstance(row, Row) else None
    if isinstance(draft, Draft):
        yield from identifiers(draft)
