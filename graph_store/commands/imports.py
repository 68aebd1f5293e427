"""The importers' door to the graph: find records by their keys, hold them, see their edges, close; one unit, retried.

Flows do not import the driver; they are handed a `Store` and do their reading and writing through a `Unit`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple, TypeVar

from neo4j import AsyncDriver, AsyncTransaction
from neo4j.exceptions import ConstraintError, DriverError, Neo4jError

from graph_store.commands.close import Batch, close, hold
from graph_store.errors import StoreIsAway

Answer = TypeVar("Answer")

_ATTEMPTS = 4
_FIRST_PAUSE_SECONDS = 0.05

_EDGES = """\
// edges of imported records
CALL () { UNWIND $b.pairs AS pair
  MATCH (start:Record {id: pair.start}) MATCH (end:Record {id: pair.end})
  MATCH (start)-[edge]->(end) WHERE type(edge) = pair.type
  RETURN collect([pair.start, pair.name, pair.end, properties(edge)]) AS pairs }
CALL () { UNWIND $b.ones AS one
  MATCH (start:Record {id: one.start})-[edge]->(end:Record) WHERE type(edge) = one.type AND one.label IN labels(end)
  RETURN collect([one.start, one.name, end.id, properties(edge)]) AS ones }
RETURN pairs + ones AS edges"""


_TURN = """\
// rows of an import
MATCH (r:ImportRow) WHERE r.run = $b.run AND r.fate = 'unchanged' AND r.row > 0 AND r.id IS NOT NULL
  AND r.recordId IN $b.records
SET r.fate = $b.fate"""


class Sought(NamedTuple):
    """An edge that may be there: with `label` any edge of the type to a record of that noun, else the one to `end`.

    `name` is the edge's at the noun where it starts.
    """

    start: str
    name: str
    type: str
    end: str
    label: str | None


class StoredEdge(NamedTuple):
    """An edge that is there."""

    start: str
    name: str
    end: str
    properties: Mapping[str, Any]


_FORGET = """\
// rows of an import that begins anew
MATCH (r:ImportRow) WHERE r.run = $b.run AND r.fate IS NOT NULL AND r.row IS NOT NULL
DETACH DELETE r"""


@dataclass(frozen=True, slots=True)
class Unit:
    """One transaction of an import."""

    transaction: AsyncTransaction

    async def find(
        self, keys: Mapping[tuple[str, str], list[str]]
    ) -> dict[tuple[str, str, str], str]:
        """Ids by (noun, property, value), of the records that exist; one statement for all nouns and properties."""
        if not keys:
            return {}
        result = await self.transaction.run(
            _find(tuple(keys)), b={f"k{i}": values for i, values in enumerate(keys.values())}
        )
        row = await result.single(strict=True)
        return {
            (*names, value): id_
            for names, found in zip(keys, row.values(), strict=True)
            for value, id_ in found
        }

    async def hold(self, ids: Iterable[str]) -> dict[str, dict[str, Any]]:
        """Lock these records and give them as they then are, by id."""
        return await hold(self.transaction, ids)

    async def edges(self, sought: Iterable[Sought]) -> list[StoredEdge]:
        """Those of the edges that are there."""
        every = [each._asdict() for each in sought]
        if not every:
            return []
        b = {
            "pairs": [each for each in every if not each["label"]],
            "ones": [each for each in every if each["label"]],
        }
        result = await self.transaction.run(_EDGES, b=b)
        return [StoredEdge(*each) for each in (await result.single(strict=True))["edges"]]

    async def turn_rows(self, run: str, records: list[str], fate: str) -> None:
        """These records of an import have met another fate than their rows say."""
        if records:
            b = {"run": run, "records": records, "fate": fate}
            await (await self.transaction.run(_TURN, b=b)).consume()

    async def forget_rows(self, run: str) -> None:
        """What became of this import's rows is told anew."""
        await (await self.transaction.run(_FORGET, b={"run": run})).consume()

    async def close(self, batch: Batch) -> None:
        """Write the batch."""
        await close(self.transaction, batch)


@dataclass(frozen=True, slots=True)
class Store:
    """Where an import writes."""

    driver: AsyncDriver
    database: str

    async def unit(
        self, work: Callable[[Unit], Awaitable[Answer]], *, dry_run: bool = False
    ) -> Answer:
        """Do the work in one transaction, again from its start where another writer came between.

        A dry run is rolled back. An import may be done twice, so a commit of unknown outcome is tried again too.
        Raises StoreIsAway, or what else the driver raises.
        """
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                return await self._once(work, dry_run=dry_run)
            except (Neo4jError, DriverError) as error:
                # a rival created the same key first: the next look finds it
                passing = error.is_retryable() or isinstance(error, ConstraintError)
                if passing and attempt < _ATTEMPTS:
                    await asyncio.sleep(_FIRST_PAUSE_SECONDS * 2**attempt)
                elif isinstance(error, DriverError):
                    raise StoreIsAway(f"Neo4j stopped answering: {error}") from error
                else:
                    raise
        raise AssertionError("the last attempt returns or raises")

    async def _once(self, work: Callable[[Unit], Awaitable[Answer]], *, dry_run: bool) -> Answer:
        async with (
            self.driver.session(database=self.database) as session,
            await session.begin_transaction() as transaction,
        ):
            answer = await work(Unit(transaction))
            await (transaction.rollback() if dry_run else transaction.commit())
            return answer


@cache
def _find(names: tuple[tuple[str, str], ...]) -> str:
    """One column a noun and property; the names are the model's, the values parameters."""
    columns = [
        f"CALL () {{ UNWIND $b.k{i} AS key MATCH (n:{noun} {{{name}: key}}) RETURN collect([key, n.id]) AS f{i} }}"
        for i, (noun, name) in enumerate(names)
    ]
    returned = ", ".join(f"f{i}" for i in range(len(names)))
    return "\n".join(("// find by keys", *columns, f"RETURN {returned}"))
