"""What stands in the one test server: modules that read whole nouns wipe it and lay out their own graph first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from neo4j import AsyncDriver

from graph_store.constraints import apply
from graph_store.model import MODEL, Model
from tests.slow.graph import Graph

DATABASE = "neo4j"


async def empty(driver: AsyncDriver, model: Model = MODEL) -> None:
    """Wipe every record, keep the constraints; tests run one after the other, so nobody is reading."""
    async with driver.session(database=DATABASE) as session:
        wiped = await session.run(
            "MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS"
        )
        await wiped.consume()
    await apply(driver, DATABASE, model)


async def replanned(driver: AsyncDriver) -> None:
    """Statements are planned anew, by what stands there now: others left their plans and statistics, which no hub of this size has."""
    await driver.execute_query("CALL db.prepareForReplanning(60)", database_=DATABASE)


async def write(driver: AsyncDriver, graph: Graph) -> None:
    """Write a graph that is in lists, and note the number which the store gives each tie."""
    for noun, records in graph.records.items():
        await _run(driver, f"UNWIND $rows AS row CREATE (n:{noun}:Record) SET n = row", records)
    by_type = defaultdict(list)
    for tie in graph.ties:
        by_type[tie.type].append(tie)
    for type_, ties in by_type.items():
        numbers = await _run(
            driver,
            "UNWIND $rows AS row MATCH (start:Record {id: row[0]}) MATCH (end:Record {id: row[1]})"
            f" CREATE (start)-[edge:{type_}]->(end) SET edge = row[2] RETURN id(edge)",
            [[tie.start, tie.end, tie.properties] for tie in ties],
        )
        for tie, number in zip(ties, numbers, strict=True):
            tie.number = number


async def _run(driver: AsyncDriver, statement: str, rows: Sequence[object]) -> list[int]:
    async with driver.session(database=DATABASE) as session:
        result = await session.run(statement, rows=rows)
        return [int(record[0]) async for record in result]
