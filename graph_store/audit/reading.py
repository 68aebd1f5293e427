"""Reads the audit log in order of its numbers, from a point of time to another, a page at a time."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from neo4j import READ_ACCESS, AsyncDriver, AsyncSession
from neo4j.exceptions import DriverError, Neo4jError

from graph_store.audit.chain import Head, Row
from graph_store.audit.log import TRANSACTION_SECONDS, take_end
from graph_store.clock import SHANGHAI, instant
from graph_store.reads import named

PAGE = 1_000
EVER = ("", "9999")

PAGE_OF = """\
// audit: page
MATCH (e:AuditEntry) WHERE e.seq > $b.after AND e.seq <= $b.last
RETURN e {.*} AS entry ORDER BY e.seq LIMIT $limit"""

# both ends lie where the index on (at, id) begins, and time never runs backwards along the log
FIRST = """\
// audit: first since
MATCH (e:AuditEntry) WHERE e.at >= $b.at AND e.id IS NOT NULL
RETURN e.seq AS seq ORDER BY e.at, seq LIMIT 1"""


class NoSuchTime(ValueError):
    """A text that is neither a day nor an instant."""


@dataclass(frozen=True, slots=True)
class Span:
    """From an instant, up to but without another."""

    since: str = EVER[0]
    before: str = EVER[1]


def span(first: str | None, last: str | None) -> Span:
    """The time between; a day is one of Shanghai and counts whole, an instant as `last` is not in the span any more.

    >>> span("2026-11-29", "2026-11-29")
    Span(since='2026-11-28T16:00:00.000Z', before='2026-11-29T16:00:00.000Z')
    >>> span("2026-11-29T10:00:00Z", None)
    Span(since='2026-11-29T10:00:00.000Z', before='9999')

    Raises NoSuchTime.
    """
    since = EVER[0] if not first else _moment(first, days=0)
    before = EVER[1] if not last else _moment(last, days=1)
    return Span(since, before)


def _moment(text: str, *, days: int) -> str:
    try:
        if len(text) == len("2026-11-29"):
            midnight = datetime.combine(date.fromisoformat(text), datetime.min.time(), SHANGHAI)
            return instant(midnight + timedelta(days=days))
        moment = datetime.fromisoformat(text)
    except (ValueError, OverflowError) as error:
        raise NoSuchTime(text) from error
    if moment.tzinfo is None:
        raise NoSuchTime(text)
    return instant(moment)


@dataclass(frozen=True, slots=True)
class Standing:
    """What is there at one moment: the end as the sequence has it, and how many entries there are."""

    head: Head
    entries: int


class AuditReader:
    """Reads the log of one graph. Every method raises GraphStoreError."""

    def __init__(self, driver: AsyncDriver, database: str) -> None:
        self._driver, self._database = driver, database

    async def standing(self) -> Standing:
        """The end of the log, read under its lock: all that lies before can be seen."""
        try:
            async with (
                self._driver.session(database=self._database) as session,
                await session.begin_transaction(timeout=TRANSACTION_SECONDS) as transaction,
            ):
                head, _ = await take_end(transaction, [])
                counted = await transaction.run("MATCH (e:AuditEntry) RETURN count(e) AS entries")
                entries = (await counted.single(strict=True))["entries"]
                await transaction.rollback()
        except (DriverError, Neo4jError) as error:
            raise named(error) from error
        return Standing(head, entries)

    async def pages(self, between: Span = Span(), *, size: int = PAGE) -> AsyncIterator[list[Row]]:
        """The entries of that time which are there now, in order, a page at a time."""
        last = (await self.standing()).head.seq
        after = await self._first(between.since, last + 1) - 1
        last = await self._first(between.before, last + 1) - 1
        while after < last:
            page = await self.page(after, last, size)
            if not page:
                return
            yield page
            after = page[-1]["seq"]

    async def page(self, after: int, last: int, size: int = PAGE) -> list[Row]:
        """The next entries after that number, up to the last."""
        b = {"after": after, "last": last}
        try:
            async with self._reading() as session:
                result = await session.run(PAGE_OF, b=b, limit=size)
                return [row["entry"] async for row in result]
        except (DriverError, Neo4jError) as error:
            raise named(error) from error

    async def _first(self, at: str, otherwise: int) -> int:
        """The number of the first entry at or after that instant."""
        try:
            async with self._reading() as session:
                row = await (await session.run(FIRST, b={"at": at})).single()
        except (DriverError, Neo4jError) as error:
            raise named(error) from error
        return otherwise if row is None else min(row["seq"], otherwise)

    def _reading(self) -> AsyncSession:
        return self._driver.session(database=self._database, default_access_mode=READ_ACCESS)
