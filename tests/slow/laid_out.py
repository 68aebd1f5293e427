"""The slow path's graph in the run's server, for whoever compares an answer with lists."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio
from neo4j import AsyncDriver

from graph_store.model import MODEL
from tests import graph
from tests.slow import world
from tests.slow.graph import Graph


@pytest_asyncio.fixture(scope="module")
async def small_graph(driver: AsyncDriver) -> AsyncIterator[Graph]:
    """The slow path's graph, in lists and alone in the server."""
    laid_out = world.build(MODEL)
    await graph.empty(driver)
    await graph.write(driver, laid_out)
    yield laid_out
    await graph.empty(driver)
