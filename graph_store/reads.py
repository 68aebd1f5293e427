"""The narrow door for questions: one auto-commit read, one record, a clamped time limit, one own retry.

Auto-commit costs half of a managed transaction (`compiler.md` §10). Memory errors call themselves retryable and are not:
a question that ate the pool once would eat it again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from neo4j import READ_ACCESS, AsyncDriver, Query
from neo4j.exceptions import (
    ConnectionAcquisitionTimeoutError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
)

from graph_store.errors import GraphStoreError, OutOfMemory, QueryTookTooLong, StoreIsAway

Run = Callable[[str, dict[str, Any]], Awaitable[list[Any]]]
_LOST = (ServiceUnavailable, SessionExpired)
_AWAY = (*_LOST, ConnectionAcquisitionTimeoutError)

# beyond the statement's own limit; a server that is frozen, not dead, keeps its connections and says nothing for ever
GRACE_SECONDS = 2.0


def reader(driver: AsyncDriver, database: str | None, timeout_seconds: float) -> Run:
    """`run(statement, parameters)` → the values of the statement's one record."""
    patience_seconds = timeout_seconds + GRACE_SECONDS

    async def once(statement: str, parameters: dict[str, Any]) -> list[Any]:
        async with driver.session(
            database=database, default_access_mode=READ_ACCESS, fetch_size=-1
        ) as session:
            result = await session.run(Query(statement, timeout=timeout_seconds), parameters)
            record = await result.single(strict=True)
            return list(record.values())

    async def patiently(statement: str, parameters: dict[str, Any]) -> list[Any]:
        async with asyncio.timeout(patience_seconds):
            try:
                return await once(statement, parameters)
            except _LOST:
                return await once(statement, parameters)

    async def run(statement: str, parameters: dict[str, Any]) -> list[Any]:
        try:
            return await patiently(statement, parameters)
        except TimeoutError as error:
            raise StoreIsAway(f"Neo4j said nothing for {patience_seconds:g} seconds") from error
        except (DriverError, Neo4jError) as error:
            raise named(error) from error

    return run


def named(error: DriverError | Neo4jError) -> GraphStoreError:
    """The driver's error in our words."""
    code = getattr(error, "code", None) or ""
    if isinstance(error, _AWAY):
        return StoreIsAway(_first_line(error))
    if "TransactionTimedOut" in code:
        return QueryTookTooLong()
    if "MemoryPoolOutOfMemory" in code or "OutOfMemory" in code:
        return OutOfMemory()
    if code.startswith("Neo.TransientError.General.DatabaseUnavailable"):
        return StoreIsAway(_first_line(error))
    return GraphStoreError(f"{code or type(error).__name__}")


def _first_line(error: DriverError | Neo4jError) -> str:
    return str(error).partition("\n")[0]  # the driver's later lines list each address it tried
