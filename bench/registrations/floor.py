"""The floor: bare transactions that take one lock and add one, from as many clients on the same Neo4j."""

from __future__ import annotations

import asyncio
import time

from neo4j import AsyncDriver

from bench.registrations.clients import CLIENTS
from bench.registrations.ground import DATABASE

_LOCK = "MATCH (n:Floor {id: 'floor'}) REMOVE n.lock"
_ADD = "MATCH (n:Floor {id: 'floor'}) SET n.value = n.value + 1"


async def prepared(driver: AsyncDriver) -> None:
    """The record that all of them lock."""
    await driver.execute_query(
        "CREATE CONSTRAINT floor_id IF NOT EXISTS FOR (n:Floor) REQUIRE n.id IS UNIQUE"
    )
    await driver.execute_query("MERGE (n:Floor {id: 'floor'}) SET n.value = 0")


async def rate(driver: AsyncDriver, seconds: float) -> float:
    """Transactions a second."""
    began = time.perf_counter()
    end = began + seconds
    done = await asyncio.gather(*(_client(driver, end) for _ in range(CLIENTS)))
    return sum(done) / (time.perf_counter() - began)


async def _client(driver: AsyncDriver, end: float) -> int:
    number = 0
    async with driver.session(database=DATABASE) as session:
        while time.perf_counter() < end:
            async with await session.begin_transaction() as transaction:
                await (await transaction.run(_LOCK)).consume()
                await (await transaction.run(_ADD)).consume()
                await transaction.commit()
            number += 1
    return number
