"""The demonstration in the test server: loaded once, and standing for every module that asks it real questions."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest_asyncio
from neo4j import AsyncDriver

from demo import graph
from demo.loading import ACTOR, load
from demo.standing import Wanted
from graph_store.local_server.progress import silent
from graph_store.reads import reader
from schema.root import hub_schema
from tests.engine.conftest import Hub, open_hub
from tests.graph import DATABASE, empty

WANTED = Wanted(scale=0.02, seed=20200415)
"""Every noun, both sides and hidden records are in it; it loads in seconds."""

LAID_OUT = datetime(2026, 11, 30, 2, tzinfo=UTC)
"""When it was, as it tells itself: the same records on whatever day the tests run."""


@pytest_asyncio.fixture(scope="module")
async def demonstration(driver: AsyncDriver) -> Hub:
    """A hub over the demonstration, which is alone in the server."""
    if not await stands(driver):
        await empty(driver)
        await load(driver, DATABASE, WANTED, silent, lambda: LAID_OUT)
    return open_hub(reader(driver, DATABASE, 30), hub_schema())


async def stands(driver: AsyncDriver) -> bool:
    """Whether it was loaded and nobody wiped or changed anything since: the log tells of each record, and of no deed but the load's."""
    marker = await graph.marker(driver, DATABASE)
    if (
        marker is None
        or not marker.finished
        or (marker.scale, marker.seed) != (WANTED.scale, WANTED.seed)
    ):
        return False
    counted = await driver.execute_query(
        """RETURN COUNT { (:Record) } AS records, COUNT { (:Change) } AS changes,
        COUNT { (:Change {actor: $actor}) } AS loaded,
        COUNT { MATCH (c:Change) RETURN DISTINCT c.nodeId } AS told""",
        actor=ACTOR,
        database_=DATABASE,
    )
    records, changes, loaded, told = counted.records[0].values()
    return bool(records) and records == told and changes == loaded
