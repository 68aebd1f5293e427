"""What the graph needs before it is served: constraints and, on request, the demonstration data."""

import asyncio

from command_line.store import driver_of
from graph_store.constraints import apply
from graph_store.local_server.progress import Progress
from graph_store.model import MODEL
from settings import Settings


def prepare(settings: Settings, *, with_demo: bool, progress: Progress) -> None:
    """Bring the graph into shape; harmless when it is already."""
    asyncio.run(_prepare(settings, with_demo=with_demo, progress=progress))


async def _prepare(settings: Settings, *, with_demo: bool, progress: Progress) -> None:
    async with driver_of(settings) as driver:
        await apply(driver, settings.neo4j_database, MODEL)
