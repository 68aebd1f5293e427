"""The narrow door for what the hub writes about itself (sessions, tokens, audit): one statement, one record, one transaction.

Records of the graph are written by commands alone (`commands/`), which log what they change.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from neo4j import AsyncDriver

from graph_store.commands.retry import retried

Write = Callable[[str, dict[str, Any]], Awaitable[list[Any]]]


def writer(driver: AsyncDriver, database: str, timeout_seconds: float) -> Write:
    """`write(statement, parameters)` → the values of the statement's one record, once they are committed.

    The statement may run more than once: it is written so that a second run does no harm.
    """

    async def once(statement: str, parameters: dict[str, Any]) -> list[Any]:
        async with (
            driver.session(database=database) as session,
            await session.begin_transaction(timeout=timeout_seconds) as transaction,
        ):
            result = await transaction.run(statement, parameters)
            record = await result.single(strict=True)
            await transaction.commit()
        return list(record.values())

    async def write(statement: str, parameters: dict[str, Any]) -> list[Any]:
        return await retried(partial(once, statement, parameters))

    return write
