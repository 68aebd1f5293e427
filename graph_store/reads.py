"""The narrow door for questions: one auto-commit read, one record, a clamped time limit, one own retry.

Auto-commit costs half of a managed transaction (`compiler.md` §10). Memory errors call themselves retryable and are not:
a question that ate the pool once would eat it again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Self

from neo4j import READ_ACCESS, AsyncDriver, AsyncResult, AsyncSession, Query
from neo4j.exceptions import (
    ConnectionAcquisitionTimeoutError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
)

from graph_store.errors import GraphStoreError, OutOfMemory, QueryTookTooLong, StoreIsAway
from graph_store.profiles import Step, step

Run = Callable[[str, dict[str, Any]], Awaitable[list[Any]]]
_LOST = (ServiceUnavailable, SessionExpired)
_AWAY = (*_LOST, ConnectionAcquisitionTimeoutError)

# beyond the statement's own limit; a server that is frozen, not dead, keeps its connections and says nothing for ever
GRACE_SECONDS = 2.0


class Reader:
    """Runs one statement at a time for each caller.

    Entered (`async with`), it keeps its sessions for the next statement, since a new one costs 40 µs, and closes them
    at the end.
    """

    def __init__(self, driver: AsyncDriver, database: str | None, timeout_seconds: float) -> None:
        self._driver, self._database = driver, database
        self._timeout_seconds = timeout_seconds
        self._patience_seconds = timeout_seconds + GRACE_SECONDS
        self._keeps = False
        self._idle: list[AsyncSession] = []
        self.asked = 0
        """Statements sent so far, those that were sent again included."""

    async def __aenter__(self) -> Self:
        self._keeps = True
        return self

    async def __aexit__(self, *_: object) -> None:
        self._keeps = False
        while self._idle:
            await self._idle.pop().close()

    async def __call__(self, statement: str, parameters: dict[str, Any]) -> list[Any]:
        """The values of the statement's one record. Raises GraphStoreError."""
        values, _ = await self._patiently(statement, parameters)
        return values

    async def profiled(self, statement: str, parameters: dict[str, Any]) -> tuple[list[Any], Step]:
        """The same, and what the statement did. Raises GraphStoreError."""
        values, result = await self._patiently(f"PROFILE {statement}", parameters)
        return values, step((await result.consume()).profile or {})

    async def _patiently(
        self, statement: str, parameters: dict[str, Any]
    ) -> tuple[list[Any], AsyncResult]:
        try:
            async with asyncio.timeout(self._patience_seconds):
                try:
                    return await self._once(statement, parameters)
                except _LOST:
                    return await self._once(statement, parameters)
        except TimeoutError as error:
            patience = f"{self._patience_seconds:g} seconds"
            raise StoreIsAway(f"Neo4j said nothing for {patience}") from error
        except (DriverError, Neo4jError) as error:
            raise named(error) from error

    async def _once(
        self, statement: str, parameters: dict[str, Any]
    ) -> tuple[list[Any], AsyncResult]:
        self.asked += 1
        session = self._idle.pop() if self._idle else self._opened()
        try:
            query = Query(statement, timeout=self._timeout_seconds)
            result = await session.run(query, parameters)
            record = await result.single(strict=True)
        except asyncio.CancelledError:
            session.cancel()  # what still runs for it ends with the connection
            await session.close()
            raise
        except BaseException:
            await session.close()
            raise
        if self._keeps:
            self._idle.append(session)
        else:
            await session.close()
        return list(record.values()), result

    def _opened(self) -> AsyncSession:
        return self._driver.session(
            database=self._database, default_access_mode=READ_ACCESS, fetch_size=-1
        )


def reader(driver: AsyncDriver, database: str | None, timeout_seconds: float) -> Reader:
    """`run(statement, parameters)` → the values of the statement's one record."""
    return Reader(driver, database, timeout_seconds)


def named(error: DriverError | Neo4jError) -> GraphStoreError:
    """The driver's error in our words."""
    code = getattr(error, "code", None) or ""
    if isinstance(error, _AWAY):
        return StoreIsAway(_first_line(error))
    # the second where the time was over while the store still planned, or waited for a lock
    if "TransactionTimedOut" in code or "LockClientStopped" in code:
        return QueryTookTooLong()
    if "MemoryPoolOutOfMemory" in code or "OutOfMemory" in code:
        return OutOfMemory()
    if code.startswith("Neo.TransientError.General.DatabaseUnavailable"):
        return StoreIsAway(_first_line(error))
    return GraphStoreError(f"{code or type(error).__name__}")


def _first_line(error: DriverError | Neo4jError) -> str:
    return str(error).partition("\n")[0]  # the driver's later lines list each address it tried
