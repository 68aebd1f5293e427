"""The narrow door for questions: one auto-commit read, one record, a clamped time limit, one own retry.

Auto-commit costs half of a managed transaction (`compiler.md` §10). Memory errors call themselves retryable and are not:
a question that ate the pool once would eat it again.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from neo4j import READ_ACCESS, AsyncDriver, Query
from neo4j.exceptions import DriverError, Neo4jError, ServiceUnavailable, SessionExpired

from graph_store.errors import GraphStoreError, OutOfMemory, QueryTookTooLong, StoreIsAway

Run = Callable[[str, dict[str, Any]], Awaitable[list[Any]]]
_LOST = (ServiceUnavailable, SessionExpired)


def reader(driver: AsyncDriver, database: str | None, timeout_seconds: float) -> Run:
    """`run(statement, parameters)` → the values of the statement's one record."""

    async def once(statement: str, parameters: dict[str, Any]) -> list[Any]:
        async with driver.session(
            database=database, default_access_mode=READ_ACCESS, fetch_size=-1
        ) as session:
            result = await session.run(Query(statement, timeout=timeout_seconds), parameters)
            record = await result.single(strict=True)
            return list(record.values())

    async def run(statement: str, parameters: dict[str, Any]) -> list[Any]:
        try:
            try:
                return await once(statement, parameters)
            except _LOST:
                return await once(statement, parameters)
        except (DriverError, Neo4jError) as error:
            raise named(error) from error

    return run


def named(error: DriverError | Neo4jError) -> GraphStoreError:
    """The driver's error in our words."""
    code = getattr(error, "code", None) or ""
    if isinstance(error, _LOST):
        return StoreIsAway()
    if "TransactionTimedOut" in code:
        return QueryTookTooLong()
    if "MemoryPoolOutOfMemory" in code or "OutOfMemory" in code:
        return OutOfMemory()
    if code.startswith("Neo.TransientError.General.DatabaseUnavailable"):
        return StoreIsAway()
    return GraphStoreError(f"{code or type(error).__name__}")
