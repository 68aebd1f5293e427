"""The end of every unit of work: all rows of a batch in one statement, the change log's block last.

Importers and the generator use it too, at most 500 records a batch:

    async with await session.begin_transaction() as transaction:
        held = await hold(transaction, ids)      # whatever is changed, and both ends of every edge
        batch = Batch()
        batch.add(record_rows(model, noun, before, after, deed))      # rows.py, once for each record
        await close(transaction, batch)
        await transaction.commit()
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from typing import Any

from neo4j import AsyncTransaction

from graph_store.commands.errors import BrokenBatch

Row = dict[str, Any]

HOLD = """\
// hold
UNWIND $b.ids AS id MATCH (n:Record {id: id}) REMOVE n.lock RETURN n {.*} AS record"""

# One map `$b`: lists as parameters of their own are planned anew for each size (`commands.md`, trap 3).
WRITE = """\
// close
CALL () { UNWIND $b.creates AS row CREATE (n:$(row.labels)) SET n = row.properties }
CALL () { UNWIND $b.sets AS row MATCH (n:Record {id: row.id}) SET n += row.properties
  RETURN count(n) AS sets }
CALL () { UNWIND $b.unlinks AS row
  MATCH (start:Record {id: row.start}) MATCH (end:Record {id: row.end})
  MATCH (start)-[edge]->(end) WHERE type(edge) = row.type AND properties(edge) = row.properties
  DELETE edge }
CALL () { UNWIND $b.links AS row
  MATCH (start:Record {id: row.start}) MATCH (end:Record {id: row.end})
  CREATE (start)-[edge:$(row.type)]->(end) SET edge = row.properties }
CALL () { UNWIND $b.outbox AS row MERGE (o:Outbox {id: row.id}) ON CREATE SET o:Due, o += row }
CALL () { UNWIND $b.answers AS row MATCH (k:Request {id: row.id})
  SET k.answer = row.answer, k.at = row.at }
"""
NUMBER = """\
MATCH (s:Sequence {id: 'changes'}) SET s.last = s.last + size($b.changes)
WITH sets, s.last - size($b.changes) AS base
CALL (base) { UNWIND range(0, size($b.changes) - 1) AS i
  CREATE (c:Change) SET c = $b.changes[i], c.seq = base + i + 1 }
"""
CLOSE = WRITE + NUMBER + "RETURN sets"
# a batch of facts alone leaves the sequence, and with it everybody else, in peace
CLOSE_UNLOGGED = WRITE + "RETURN sets"


@dataclass(frozen=True, slots=True)
class Batch:
    """What a unit of work writes: lists of plain rows.

    creates {labels, properties}              sets {id, properties}; null removes
    links   {type, start, end, properties}    unlinks the same: an edge is a value, named by all of it
    changes {at, actor, command, requestKey, noun, nodeId, before, after, actingFor where a deputy did it}; `seq` is given at close
    outbox  {id, topic, subject, dueAt}       answers {id, answer, at}
    """

    creates: list[Row] = field(default_factory=list)
    sets: list[Row] = field(default_factory=list)
    links: list[Row] = field(default_factory=list)
    unlinks: list[Row] = field(default_factory=list)
    changes: list[Row] = field(default_factory=list)
    outbox: list[Row] = field(default_factory=list)
    answers: list[Row] = field(default_factory=list)

    def __bool__(self) -> bool:
        """Whether there is anything to write."""
        return any(self.rows().values())

    def add(self, other: Batch) -> None:
        """Append the rows of another batch."""
        for name in _LISTS:
            getattr(self, name).extend(getattr(other, name))

    def rows(self) -> dict[str, list[Row]]:
        """The lists by name, as the statement takes them."""
        return {name: getattr(self, name) for name in _LISTS}


_LISTS = tuple(each.name for each in fields(Batch))


async def hold(transaction: AsyncTransaction, ids: Iterable[str]) -> dict[str, Row]:
    """Lock these records in order of id, which keeps two units from a deadlock, and give those that exist.

    An edge to a node of few edges locks that node only at COMMIT, after the sequence: hold both its ends.
    Removing a property that is not there locks the node and writes nothing.
    """
    result = await transaction.run(HOLD, b={"ids": sorted(set(ids))})
    return {row["record"]["id"]: row["record"] async for row in result}


async def close(transaction: AsyncTransaction, batch: Batch) -> None:
    """Write the batch; the commit is the caller's.

    Raises BrokenBatch where a row matches nothing, else what the driver raises.
    """
    if not batch:
        return
    statement = CLOSE if batch.changes else CLOSE_UNLOGGED
    result = await transaction.run(statement, b=batch.rows())
    row = await result.single()
    counters = (await result.consume()).counters
    if row is None:
        raise BrokenBatch("the change log has no sequence: constraints.apply was never run here")
    if row["sets"] != len(batch.sets) or counters.relationships_created != len(batch.links):
        raise BrokenBatch("a row to set, or an end of an edge, is no record")
    if counters.relationships_deleted < len({str(row) for row in batch.unlinks}):
        raise BrokenBatch("an edge to end is not there")
