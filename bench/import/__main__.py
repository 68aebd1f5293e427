"""`make bench-import`: ROR into an own Neo4j by `bashu import`'s own code, beside the plainest statements that could.

Floor: batched `UNWIND … MERGE` of the same nodes, then edges, then change rows, as the import left them in the graph,
500 a transaction, rows ready in memory. Both run on the same server in turn, first over a fifth of ROR, which
warms the server, then over all of ROR, which counts. `ratioToFloor` is floor seconds / import seconds: 1 is as fast
as the floor.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any, LiteralString

from neo4j import AsyncDriver

from flows.sources.batches import Purpose
from flows.sources.books import Books
from flows.sources.imports import import_file, look_through
from flows.sources.reports import report_at
from graph_store import constraints
from graph_store.commands.imports import Store
from graph_store.driver import open_driver
from graph_store.local_server import server
from graph_store.local_server.site import Site
from graph_store.model import MODEL

CHECKOUT = Path(__file__).parents[2]
DATA = CHECKOUT.parent / "shared" / "data"
ROR = DATA / "ror" / "ror-records.jsonl.gz"
WARM_UP = 10_000
BATCH = 500

NODES = """\
UNWIND $rows AS row
MERGE (n:Institution {originKey: row.originKey}) SET n:Record, n += row"""
EDGES: dict[str, LiteralString] = {
    "PART_OF": "UNWIND $rows AS row MATCH (a:Record {id: row[0]}) MATCH (b:Record {id: row[1]}) MERGE (a)-[:PART_OF]->(b)",
    "SUCCEEDS": "UNWIND $rows AS row MATCH (a:Record {id: row[0]}) MATCH (b:Record {id: row[1]}) MERGE (a)-[:SUCCEEDS]->(b)",
    "RELATED_TO": "UNWIND $rows AS row MATCH (a:Record {id: row[0]}) MATCH (b:Record {id: row[1]}) MERGE (a)-[:RELATED_TO]->(b)",
    "LOCATED_IN": "UNWIND $rows AS row MATCH (a:Record {id: row[0]}) MATCH (b:Record {id: row[1]}) MERGE (a)-[:LOCATED_IN]->(b)",
    "FROM_SOURCE": "UNWIND $rows AS row MATCH (a:Record {id: row[0]}) MATCH (b:Record {id: row[1]}) MERGE (a)-[:FROM_SOURCE]->(b)",
}
CHANGES = "UNWIND $rows AS row MERGE (c:Change {seq: row.seq}) SET c += row"


async def main() -> None:
    """Run, and print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        site = Site(jars=Site.under(CHECKOUT / ".data").jars, home=Path(folder) / "neo4j")
        running = server.start(site, to_stay=False)
        try:
            async with open_driver(running.uri, running.user, running.password) as driver:
                result = await _measure(driver, Path(folder))
        finally:
            server.stop_if_kept(site)
    print("RESULT", json.dumps(result), flush=True)


async def _measure(driver: AsyncDriver, folder: Path) -> dict[str, float]:
    await constraints.apply(driver, "neo4j", MODEL)
    await _import(driver, folder, "divisions", DATA / "divisions" / "provinces.csv")
    part = folder / "part.jsonl"
    with gzip.open(ROR) as whole, part.open("wb") as lines:
        lines.writelines(islice(whole, WARM_UP))
    await _round(driver, folder, part)
    books, floor = await _round(driver, folder, ROR)
    return {
        "records": books.read - books.rejected,
        "rejected": books.rejected,
        "recordsPerSecond": round(books.read / books.seconds, 1),
        "ratioToFloor": round(floor / books.seconds, 3),
    }


async def _round(driver: AsyncDriver, folder: Path, path: Path) -> tuple[Books, float]:
    """Import and floor of one file, the graph wiped after each."""
    books = await _import(driver, folder, "ror", path)
    rows = await _as_left(driver)
    await _wipe(driver)
    floor = await _floor(driver, *rows)
    await _wipe(driver)
    print(f"{path.name}: import {books.seconds:.1f} s, floor {floor:.1f} s", flush=True)
    return books, floor


async def _import(driver: AsyncDriver, folder: Path, kind: str, path: Path) -> Books:
    purpose = Purpose("cd", "bench", f"import {kind}", lambda: datetime.now(UTC))
    started = time.monotonic()
    with report_at(folder / f"{kind}.csv") as report:
        books = await import_file(
            look_through(kind, path), Store(driver, "neo4j"), purpose, report, _silent
        )
    books.seconds = time.monotonic() - started
    return books


Nodes = list[dict[str, Any]]
Edges = dict[str, list[list[str]]]


async def _as_left(driver: AsyncDriver) -> tuple[Nodes, Edges, Nodes]:
    """What the import left: nodes, edges by type, change rows."""
    nodes = await _values(driver, "MATCH (n:Institution) RETURN n {.*}")
    edges = {type_: await _edges(driver, type_) for type_ in EDGES}
    changes = await _values(driver, "MATCH (c:Change) WHERE c.noun = 'Institution' RETURN c {.*}")
    return nodes, edges, changes


async def _edges(driver: AsyncDriver, type_: str) -> list[list[str]]:
    return await _values(
        driver,
        "MATCH (a:Institution)-[e]->(b) WHERE type(e) = $type RETURN [a.id, b.id]",
        type=type_,
    )


async def _floor(driver: AsyncDriver, nodes: Nodes, edges: Edges, changes: Nodes) -> float:
    started = time.monotonic()
    await _in_batches(driver, NODES, nodes)
    for type_, rows in edges.items():
        await _in_batches(driver, EDGES[type_], rows)
    await _in_batches(driver, CHANGES, changes)
    return time.monotonic() - started


async def _in_batches(driver: AsyncDriver, statement: LiteralString, rows: Sequence[Any]) -> None:
    async with driver.session() as session:
        for batch in _batches(rows):
            result = await session.run(statement, rows=batch)
            await result.consume()


def _batches(rows: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for at in range(0, len(rows), BATCH):
        yield rows[at : at + BATCH]


async def _wipe(driver: AsyncDriver) -> None:
    """Without institutions and the change log; divisions and source stay."""
    for statement in (
        "MATCH (n:Change) CALL (n) { DELETE n } IN TRANSACTIONS OF 5000 ROWS",
        "MATCH (n:Institution) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS",
    ):
        async with driver.session() as session:
            result = await session.run(statement)
            await result.consume()


async def _values(driver: AsyncDriver, statement: LiteralString, **parameters: str) -> list[Any]:
    async with driver.session() as session:
        result = await session.run(statement, parameters)
        return [record.value() async for record in result]


def _silent(_what: str, _done: int, _total: int) -> None:
    """No progress."""


if __name__ == "__main__":
    if not DATA.is_dir():
        sys.exit(f"bench-import needs {DATA}")
    # make's time limit ends us by this signal: the server has to be ended too
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    asyncio.run(main())
