"""Appends entries: those that come while a transaction runs go together in the next, numbered and chained under the log's lock.

The lock is the one sequence `audit`, held from reading the end of the log until the commit, so that processes take turns. A
transaction that is run again finds by their ids which entries are there already.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

import orjson
import structlog
from neo4j import AsyncDriver, AsyncSession, AsyncTransaction
from ulid import ULID

from graph_store.audit.chain import Head, Row, chained
from graph_store.audit.entries import Entry
from graph_store.audit.floods import Bounds, Floods
from graph_store.background import in_background
from graph_store.clock import Clock, instant, system_clock
from graph_store.commands.retry import retried
from graph_store.errors import GraphStoreError, QueryTookTooLong, StoreIsAway
from graph_store.happened import REFUSALS

BATCH_MOST = 256
TEXT_MOST = 300
DETAIL_MOST = 20_000
TRANSACTION_SECONDS = 10.0
PATIENCE_SECONDS = 20.0  # a server that is frozen, not dead, says nothing for ever

# removing a property that is not there locks the node and writes nothing; what is read afterwards is read under the lock
OPEN = """\
// audit: take the end
MATCH (s:Sequence {id: 'audit'}) REMOVE s.lock
RETURN s.last AS last, s.digest AS digest, s.at AS at,
  [id IN $b.ids WHERE EXISTS { (:AuditEntry {id: id}) }] AS known"""

APPEND = """\
// audit: append
MATCH (s:Sequence {id: 'audit'}) SET s.last = $b.last, s.digest = $b.digest, s.at = $b.at
WITH s UNWIND $b.rows AS row CREATE (e:AuditEntry) SET e = row
RETURN count(e) AS made"""

log = structlog.get_logger("graph_store.audit")


@dataclass(frozen=True, slots=True)
class Ledger:
    """Where the log lies; `base` begins the ids of its entries."""

    driver: AsyncDriver
    database: str
    base: str
    clock: Clock = system_clock

    async def append(self, rows: Sequence[Row]) -> None:
        """Write those that are not there yet, in their order, in one transaction. Raises GraphStoreError."""
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                await retried(lambda: self._once(rows))
        except TimeoutError as error:
            message = f"the audit log took nothing for {PATIENCE_SECONDS:g} seconds"
            raise StoreIsAway(message) from error

    async def warm_up(self) -> None:
        """Have the statements planned, which takes seconds on a fresh server, and tell the process's log where this one ends.

        What is written down there is out of reach of whoever has the database. Raises GraphStoreError.
        """
        with suppress(QueryTookTooLong):  # the first to note something waits a little longer
            await retried(self._planned)

    async def _planned(self) -> None:
        async with self._opened() as session, await self._begun(session) as transaction:
            head, _ = await take_end(transaction, [])
            await _append(transaction, [], head)
            await transaction.rollback()
        log.info("audit log", last=head.seq, digest=head.digest)

    async def _once(self, rows: Sequence[Row]) -> None:
        unlike = {row["id"]: row for row in reversed(rows)}
        async with self._opened() as session, await self._begun(session) as transaction:
            head, known = await take_end(transaction, list(unlike))
            new = [row for id_, row in reversed(unlike.items()) if id_ not in known]
            if new:
                linked, head = chained(head, new, instant(self.clock()))
                await _append(transaction, linked, head)
            await transaction.commit()

    def _opened(self) -> AsyncSession:
        return self.driver.session(database=self.database)

    @staticmethod
    async def _begun(session: AsyncSession) -> AsyncTransaction:
        return await session.begin_transaction(
            timeout=TRANSACTION_SECONDS, metadata={"name": "audit"}
        )


async def take_end(transaction: AsyncTransaction, ids: list[str]) -> tuple[Head, set[str]]:
    """Hold the end of the log until the transaction ends: where it is, and which of the ids are in it."""
    result = await transaction.run(OPEN, b={"ids": ids})
    row = await result.single()
    if row is None:
        message = "this graph has no audit log: no hub was ever started on it"
        raise GraphStoreError(message)
    head = Head(row["last"], row["digest"], row["at"])
    return head, set(row["known"])


async def _append(transaction: AsyncTransaction, rows: list[Row], head: Head) -> None:
    b = {"rows": rows, "last": head.seq, "digest": head.digest, "at": head.at}
    written = await transaction.run(APPEND, b=b)
    await written.consume()


@dataclass(frozen=True, slots=True)
class _Waiting:
    row: Row
    written: asyncio.Future[None]


class AuditLog:
    """Takes entries in order of arrival; made by `open_audit`."""

    def __init__(self, ledger: Ledger, bounds: Bounds) -> None:
        self._ledger, self._bounds, self._floods = ledger, bounds, Floods(bounds)
        self._queue: asyncio.Queue[_Waiting] = asyncio.Queue()

    @property
    def waiting(self) -> int:
        """Entries that wait for the next transaction."""
        return self._queue.qsize()

    async def note(self, entry: Entry) -> None:
        """Return once the entry is committed, or counted where it is one refusal of too many.

        Raises GraphStoreError, ValueError for a detail that is too long.
        """
        if entry.happened in REFUSALS and not self._floods.takes(entry):
            return
        waiting = _Waiting(
            row_of(entry, self._ledger.base), asyncio.get_running_loop().create_future()
        )
        self._queue.put_nowait(waiting)
        await waiting.written

    async def run(self) -> None:
        """Write what arrives, for ever."""
        while True:
            together = [await self._queue.get()]
            while len(together) < BATCH_MOST and not self._queue.empty():
                together.append(self._queue.get_nowait())
            try:
                await self._write(together)
            finally:
                for _ in together:
                    self._queue.task_done()

    async def count_floods(self) -> None:
        """Write at the end of each window what was counted in it, for ever."""
        while True:
            await asyncio.sleep(self._bounds.window_seconds)
            await self.end_window()

    async def end_window(self) -> None:
        """Write what was counted; it is kept for the next window where that fails."""
        summaries = self._floods.end_window()
        if not summaries:
            return
        try:
            await self._ledger.append([row_of(each, self._ledger.base) for each in summaries])
        except GraphStoreError as error:
            self._floods.keep(summaries)
            log.warning("refusals that were counted are not noted yet", reason=str(error))

    async def drain(self) -> None:
        """Wait until everything that arrived is written or refused, and write what was counted."""
        await self._queue.join()
        await self.end_window()

    async def _write(self, together: list[_Waiting]) -> None:
        error: Exception | None = None
        try:
            await self._ledger.append([each.row for each in together])
        except Exception as raised:  # noqa: BLE001 - handed to everybody who waits
            error = raised
        for each in together:
            if each.written.done():
                continue
            if error is None:
                each.written.set_result(None)
            else:
                each.written.set_exception(_told(error))


def row_of(entry: Entry, base: str) -> Row:
    """The entry as it is stored, but for what the chain gives it. Raises ValueError."""
    row = {
        "id": _id(entry, base),
        "happened": entry.happened.value,
        "outcome": entry.happened.outcome.value,
        "actor": entry.actor,
        "agency": entry.agency,
        "subject": entry.subject,
        "reason": entry.reason,
        "requestId": entry.request_id,
        "address": entry.address,
    }
    told = {key: clean(each) for key, each in row.items() if each is not None}
    return told | ({"detail": _detail(entry)} if entry.detail else {})


def _detail(entry: Entry) -> str:
    cleaned = {
        key: clean(each)
        if isinstance(each, str)
        else each
        if isinstance(each, int)
        else [*map(clean, each)]
        for key, each in entry.detail.items()
    }
    text = orjson.dumps(cleaned, option=orjson.OPT_SORT_KEYS)
    if len(text) > DETAIL_MOST:
        message = f"the detail of an entry has {len(text)} bytes, more than {DETAIL_MOST}"
        raise ValueError(message)
    return text.decode()


def clean(text: str) -> str:
    """The text without what no store, terminal or line of a file should be given, and not without end.

    >>> clean("a" + chr(10) + "b" + chr(0x202E) + "c"), len(clean("c" * 400))
    ('a b c', 300)
    """
    return "".join(each if each.isprintable() else " " for each in text[:TEXT_MOST])


def _id(entry: Entry, base: str) -> str:
    if entry.once is None:
        return f"{base}-audit_entry-{ULID()}"
    return (
        f"{base}-audit_entry-{ULID.from_bytes(hashlib.sha256(entry.once.encode()).digest()[:16])}"
    )


def _told(error: Exception) -> GraphStoreError:
    """One error for each who waits: an exception that several raise collects all their tracebacks."""
    kind = type(error) if isinstance(error, GraphStoreError) else GraphStoreError
    told = kind(f"the audit log could not be written: {error}")
    told.__cause__ = error
    return told


@asynccontextmanager
async def open_audit(ledger: Ledger, bounds: Bounds | None = None) -> AsyncIterator[AuditLog]:
    """The log, taking entries; at the end what has arrived is still written."""
    audit = AuditLog(ledger, bounds or Bounds())
    async with in_background(audit.run(), audit.count_floods()):
        try:
            yield audit
        finally:
            await audit.drain()
