"""The outbox: work that must follow a command, written with it, leased by whoever does it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import LiteralString

from neo4j import AsyncDriver

from graph_store.commands.rows import instant_text

# the lock first, then a second look: a rival may have leased the row meanwhile
LEASE = """\
// lease
MATCH (o:Due) WHERE o.dueAt <= $b.now WITH o ORDER BY o.dueAt LIMIT $limit
REMOVE o.lock
WITH o WHERE o:Due AND o.dueAt <= $b.now
SET o.dueAt = $b.until, o.leases = coalesce(o.leases, 0) + 1
RETURN o {.id, .topic, .subject, .leases} AS row"""
DONE = """\
// done
MATCH (o:Outbox {id: $b.id}) SET o.doneAt = $b.at REMOVE o:Due"""
DUE_AGAIN = """\
// due again
MATCH (o:Outbox {id: $b.id}) WHERE o:Due SET o.dueAt = $b.at"""


@dataclass(frozen=True, slots=True)
class Errand:
    """One row: `id` is the key of its effect, `subject` a record's id, `leases` how often it was handed out."""

    id: str
    topic: str
    subject: str
    leases: int


@dataclass(frozen=True, slots=True)
class Outbox:
    """The rows of one graph. All methods raise what the driver raises."""

    driver: AsyncDriver
    database: str

    async def lease(self, now: datetime, lease: timedelta, *, most: int = 100) -> list[Errand]:
        """Up to `most` rows that are due, nobody else's until the lease runs out."""
        times = {"now": instant_text(now), "until": instant_text(now + lease)}
        found = await self.driver.execute_query(LEASE, b=times, limit=most, database_=self.database)
        return [Errand(**record["row"]) for record in found.records]

    async def done(self, id_: str, at: datetime) -> None:
        """Its effect is there; an effect in the graph removes `:Due` in its own transaction instead."""
        await self._say(DONE, id_, at)

    async def due_again(self, id_: str, at: datetime) -> None:
        """Its effect failed, or must wait: try from then on."""
        await self._say(DUE_AGAIN, id_, at)

    async def _say(self, statement: LiteralString, id_: str, at: datetime) -> None:
        row = {"id": id_, "at": instant_text(at)}
        await self.driver.execute_query(statement, b=row, database_=self.database)
