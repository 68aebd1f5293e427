"""What the load asks of the graph and tells it, one function a statement."""

from collections import defaultdict
from collections.abc import AsyncIterator, Iterable
from typing import Any

import orjson
from neo4j import AsyncDriver, RoutingControl

from demo.records import Record
from demo.standing import Marker
from graph_store.commands.close import Batch, close
from graph_store.commands.rows import Deed
from graph_store.model import MODEL
from graph_store.model.imports import IMPORT

_REMOVED_AT_ONCE = 500


async def marker(driver: AsyncDriver, database: str) -> Marker | None:
    """The graph's note of the demonstration in it."""
    rows = await _read(driver, database, "MATCH (d:Demonstration) RETURN d {.*} AS marker LIMIT 1")
    if not rows:
        return None
    note = rows[0]["marker"]
    return Marker(note["scale"], note["seed"], note["mark"], note["finished"])


async def note(driver: AsyncDriver, database: str, marker: Marker, at: str) -> None:
    """Write down which demonstration is in the graph, or on its way into it."""
    await driver.execute_query(
        """MERGE (d:Demonstration {id: 'demonstration'})
        SET d.scale = $scale, d.seed = $seed, d.mark = $mark, d.finished = $finished, d.at = $at""",
        scale=marker.scale,
        seed=marker.seed,
        mark=marker.mark,
        finished=marker.finished,
        at=at,
        database_=database,
    )


async def forget(driver: AsyncDriver, database: str) -> None:
    """Take the note away."""
    await driver.execute_query("MATCH (d:Demonstration) DELETE d", database_=database)


async def count(driver: AsyncDriver, database: str) -> int:
    """How many records there are."""
    rows = await _read(driver, database, "MATCH (record:Record) RETURN count(record) AS records")
    return int(rows[0]["records"])


async def held(driver: AsyncDriver, database: str, records: Iterable[Record]) -> dict[str, str]:
    """Of these records those which the graph has already, by id or by another key: their id, and the graph's for them."""
    listed = list(records)
    found: dict[str, str] = {}
    rows = await _read(
        driver,
        database,
        "MATCH (n:Record) WHERE n.id IN $ids RETURN n.id AS id",
        ids=[record.id for record in listed],
    )
    for (noun, key), ids in _by_key(listed).items():
        rows_of_key = await _read(
            driver,
            database,
            f"MATCH (n:{noun}) WHERE n.{key} IN $values RETURN n.{key} AS value, n.id AS id",
            values=list(ids),
        )
        found |= {ids[row["value"]]: row["id"] for row in rows_of_key}
    return found | {row["id"]: row["id"] for row in rows}


async def remove_generated(
    driver: AsyncDriver, database: str, mark: str, deed: Deed
) -> AsyncIterator[int]:
    """Take out the generated records whose id carries the mark, and log each; gives how many, batch by batch.

    Batches of one transaction each: `CALL … IN TRANSACTIONS` over 300,000 records ran out of the memory pool.
    """
    last = ""
    while True:
        rows = await _read(
            driver,
            database,
            """MATCH (n:Record) WHERE n.id > $last WITH n ORDER BY n.id LIMIT $scanned
            RETURN n {.*} AS record, labels(n) AS labels""",
            last=last,
            scanned=_REMOVED_AT_ONCE,
        )
        if not rows:
            return
        last = rows[-1]["record"]["id"]
        gone = [row for row in rows if row["record"]["synthetic"] and f"-{mark}" in _last_part(row)]
        if gone:
            await _remove(driver, database, gone, deed)
        yield len(gone)


async def settle(driver: AsyncDriver, database: str) -> None:
    """Have the planner's statistics and the indexes catch up with what was written."""
    for statement in ("CALL db.prepareForReplanning(300)", "CALL db.awaitIndexes(300)"):
        async with driver.session(database=database) as session:
            await (await session.run(statement)).consume()


def _last_part(row: dict[str, Any]) -> str:
    """The key of a row's id, with the hyphen before it."""
    return "-" + str(row["record"]["id"]).split("-", 2)[2]


async def _remove(
    driver: AsyncDriver, database: str, gone: list[dict[str, Any]], deed: Deed
) -> None:
    async with (
        driver.session(database=database) as session,
        await session.begin_transaction() as transaction,
    ):
        ids = [row["record"]["id"] for row in gone]
        result = await transaction.run(
            "UNWIND $ids AS id MATCH (n:Record {id: id}) DETACH DELETE n", ids=ids
        )
        await result.consume()
        if runs := [id_ for id_ in ids if id_.split("-", 2)[1] == IMPORT.word]:
            rows = await transaction.run(
                "MATCH (r:ImportRow) WHERE r.run IN $runs DELETE r", runs=runs
            )
            await rows.consume()
        await close(transaction, Batch(changes=[_removal(row, deed) for row in gone]))
        await transaction.commit()


def _removal(row: dict[str, Any], deed: Deed) -> dict[str, Any]:
    record = row["record"]
    return {
        "at": deed.at,
        "actor": deed.actor,
        "command": deed.command,
        "requestKey": deed.request_key,
        "noun": next(label for label in row["labels"] if label in MODEL.nouns),
        "nodeId": record["id"],
        "before": orjson.dumps(record).decode(),
        "after": "{}",
    }


def _by_key(records: Iterable[Record]) -> dict[tuple[str, str], dict[str, str]]:
    """For each noun and key property: the ids of the records by their value of it."""
    found: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for record in records:
        for each in MODEL[record.noun].properties:
            if each.key and each.name != "id" and each.name in record.properties:
                found[record.noun, each.name][record.properties[each.name]] = record.id
    return found


async def _read(driver: AsyncDriver, database: str, query: str, **values: Any) -> list[Any]:
    answer = await driver.execute_query(
        query, values, database_=database, routing_=RoutingControl.READ
    )
    return answer.records
