"""The outbox: work that must follow a command, written with it, leased by whoever does it.

A row is `:Due` until its effect is there (`done`), or until it failed too often (`:Failed`), which an administrator sees at the run
that tried it last and may have tried again (`revive`). Leases count how often it was handed out, attempts how often the deed
itself failed: a process that died, or a Prefect that was away, is no attempt.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, LiteralString

from neo4j import AsyncDriver, Record
from neo4j.exceptions import DriverError, Neo4jError

from graph_store.commands.rows import instant_text
from graph_store.reads import named

ATTEMPTS_MOST = 8
PAUSES = tuple(timedelta(seconds=each) for each in (2, 10, 60, 300, 1_800, 7_200, 21_600))
"""After the first, second … attempt that failed."""

# the lock first, then a second look: a rival may have leased the row meanwhile
LEASE = """\
// lease
MATCH (o:Due) WHERE o.dueAt <= $b.now WITH o ORDER BY o.dueAt LIMIT $b.limit
REMOVE o.lock
WITH o WHERE o:Due AND o.dueAt <= $b.now
SET o.dueAt = $b.until, o.leases = coalesce(o.leases, 0) + 1, o.worker = $b.worker
RETURN o {.id, .topic, .subject, .leases, attempts: coalesce(o.attempts, 0)} AS row"""
RENEW = """\
// renew leases
UNWIND $b.ids AS id MATCH (o:Outbox {id: id}) WHERE o:Due AND o.worker = $b.worker
SET o.dueAt = $b.at"""
DONE = """\
// done
UNWIND $b.ids AS id MATCH (o:Outbox {id: id}) SET o.doneAt = $b.at REMOVE o:Due:Failed"""
DUE_AGAIN = """\
// due again
UNWIND $b.ids AS id MATCH (o:Outbox {id: id}) WHERE o:Due SET o.dueAt = $b.at"""
FAILED = """\
// failed
MATCH (o:Outbox {id: $b.id}) WHERE o:Due
SET o.attempts = coalesce(o.attempts, 0) + 1, o.dueAt = $b.at, o.failure = $b.failure, o.run = $b.run
WITH o WHERE $b.isLast SET o:Failed REMOVE o:Due"""
REVIVE = """\
// revive
MATCH (o:Failed {run: $b.run}) SET o:Due, o.dueAt = $b.at, o.attempts = 0 REMOVE o:Failed
RETURN count(o) AS revived"""
RELEASE = """\
// release what a dead worker holds
MATCH (o:Due) WHERE o.worker = $b.worker AND o.dueAt > $b.at SET o.dueAt = $b.at
RETURN count(o) AS released"""
STANDING = """\
// what the outbox holds
RETURN COUNT { (o:Due) } AS due, COUNT { (o:Due) WHERE o.dueAt < $b.late } AS late,
    COUNT { (o:Failed) } AS failed"""


@dataclass(frozen=True, slots=True)
class Errand:
    """One row: `id` is the key of its effect, `subject` a record's id, `leases` how often it was handed out."""

    id: str
    topic: str
    subject: str
    leases: int
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class OutboxStanding:
    """How many rows are due, how many of them are late, how many were given up."""

    due: int
    late: int
    failed: int


@dataclass(frozen=True, slots=True)
class Outbox:
    """The rows of one graph, as one worker sees them. All methods raise GraphStoreError."""

    driver: AsyncDriver
    database: str
    worker: str = ""

    async def lease(self, now: datetime, lease: timedelta, *, most: int = 100) -> list[Errand]:
        """Up to `most` rows that are due, nobody else's until the lease runs out."""
        row = {"now": instant_text(now), "until": instant_text(now + lease), "worker": self.worker}
        found = await self._asked(LEASE, row | {"limit": most})
        return [Errand(**record["row"]) for record in found]

    async def renew(self, ids: Iterable[str], until: datetime) -> None:
        """They are still being done: nobody else's until then."""
        await self._say(RENEW, ids, until)

    async def done(self, ids: Iterable[str], at: datetime) -> None:
        """Their effects are there."""
        await self._say(DONE, ids, at)

    async def due_again(self, ids: Iterable[str], at: datetime) -> None:
        """They could not be tried, or must wait: from then on."""
        await self._say(DUE_AGAIN, ids, at)

    async def failed(self, errand: Errand, now: datetime, failure: str, run: str | None) -> bool:
        """The deed failed: due again after a pause, or given up, which is told; `run` is the record of the run that tried."""
        is_last = errand.attempts + 1 >= ATTEMPTS_MOST
        pause = PAUSES[min(errand.attempts, len(PAUSES) - 1)]
        row = {
            "id": errand.id,
            "at": instant_text(now + pause),
            "failure": failure,
            "run": run,
            "isLast": is_last,
        }
        await self._asked(FAILED, row)
        return is_last

    async def revive(self, run: str, now: datetime) -> int:
        """What that run gave up is due again; how many."""
        row = {"run": run, "at": instant_text(now)}
        (found,) = await self._asked(REVIVE, row)
        return int(found["revived"])

    async def release(self, worker: str, now: datetime) -> int:
        """What that worker holds is due at once: it is dead; how many rows."""
        row = {"worker": worker, "at": instant_text(now)}
        (found,) = await self._asked(RELEASE, row)
        return int(found["released"])

    async def standing(self, late: datetime) -> OutboxStanding:
        """What there is; `late` are those that were due before that."""
        row = {"late": instant_text(late)}
        (found,) = await self._asked(STANDING, row)
        return OutboxStanding(**found.data())

    async def _say(self, statement: LiteralString, ids: Iterable[str], at: datetime) -> None:
        row: dict[str, Sequence[str] | Any] = {
            "ids": sorted(ids),
            "at": instant_text(at),
            "worker": self.worker,
        }
        if row["ids"]:
            await self._asked(statement, row)

    async def _asked(self, statement: LiteralString, row: Mapping[str, Any]) -> list[Record]:
        try:
            found = await self.driver.execute_query(statement, b=row, database_=self.database)
        except (DriverError, Neo4jError) as error:
            raise named(error) from error
        return found.records
