"""Writes records by the thousand: nodes, edges and their rows of the change log in one transaction."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, LiteralString, cast

import orjson
from neo4j import AsyncDriver, AsyncTransaction

from demo.records import Record, Tie
from graph_store.model import MODEL

ACTOR = "demonstration"
COMMAND = "load_demonstration"

# large enough that the trips do not count, small enough for the memory of one transaction
_RECORDS, _TIES = 2_000, 8_000

_LOG = """\
// log
MATCH (s:Sequence {id: 'changes'}) SET s.last = s.last + size($b.changes)
WITH s.last - size($b.changes) AS base
UNWIND range(0, size($b.changes) - 1) AS i
CREATE (c:Change) SET c = $b.changes[i], c.seq = base + i + 1"""


def batches(records: Iterable[Record]) -> Iterator[list[Record]]:
    """Records in the same order, as many as go into one transaction."""
    batch: list[Record] = []
    ties = 0
    for record in records:
        batch.append(record)
        ties += len(record.ties)
        if len(batch) >= _RECORDS or ties >= _TIES:
            yield batch
            batch, ties = [], 0
    if batch:
        yield batch


async def write(
    driver: AsyncDriver,
    database: str,
    records: list[Record],
    known: Mapping[str, str],
    *,
    key: str,
    at: str,
) -> int:
    """Write a batch and commit it; returns how many edges it has.

    `known` leads from the id of a record to the id under which the graph has it already. Raises what the driver raises.
    """
    nodes: dict[str, list[dict[str, Any]]] = defaultdict(list)
    edges: dict[str, list[list[Any]]] = defaultdict(list)
    changes = []
    for record in records:
        nodes[record.noun].append(record.properties)
        for tie in record.ties:
            start, end = known.get(tie.start, tie.start), known.get(tie.end, tie.end)
            edges[tie.type].append([start, end, tie.properties])
        changes.append(_change(record, key=key, at=at))
    async with driver.session(database=database) as session:
        async with await session.begin_transaction() as transaction:
            for noun, rows in nodes.items():
                await _run(transaction, _node_statement(noun), {"rows": rows})
            for type_, ends in edges.items():
                await _run(transaction, _edge_statement(type_), {"rows": ends})
            await _run(transaction, _LOG, {"changes": changes})
            await transaction.commit()
    return sum(len(ends) for ends in edges.values())


def _change(record: Record, *, key: str, at: str) -> dict[str, str]:
    return {
        "at": at,
        "actor": ACTOR,
        "command": COMMAND,
        "requestKey": key,
        "noun": record.noun,
        "nodeId": record.id,
        "after": orjson.dumps(record.properties).decode(),
    }


def _node_statement(noun: str) -> str:
    return f"UNWIND $b.rows AS row CREATE (n:{MODEL[noun].name}:Record) SET n = row"


def _edge_statement(type_: str) -> str:
    return (
        "UNWIND $b.rows AS row MATCH (start:Record {id: row[0]}) MATCH (end:Record {id: row[1]})"
        f" CREATE (start)-[edge:{type_}]->(end) SET edge = row[2]"
    )


async def _run(transaction: AsyncTransaction, statement: str, batch: dict[str, Any]) -> None:
    # every name in it is the model's own
    result = await transaction.run(cast("LiteralString", statement), b=batch)
    await result.consume()
