"""What the graph needs before it is served: constraints and, on request, the demonstration data."""

import asyncio

from command_line.demo import SEED
from command_line.output import print_error
from command_line.store import driver_of
from demo.loading import load
from demo.standing import LoadRefused, Wanted
from graph_store.constraints import apply
from graph_store.local_server.progress import Progress
from graph_store.model import MODEL
from settings import Settings


def prepare(settings: Settings, *, with_demo: bool, progress: Progress) -> None:
    """Bring the graph into shape; harmless when it is already.

    The demonstration goes into an empty graph, or on where its loading was cut off; a graph with other
    records is served as it is.
    """
    asyncio.run(_prepare(settings, with_demo=with_demo, progress=progress))


async def _prepare(settings: Settings, *, with_demo: bool, progress: Progress) -> None:
    async with driver_of(settings) as driver:
        await apply(driver, settings.neo4j_database, MODEL)
        if with_demo:
            wanted = Wanted(settings.demo_scale, SEED, force=False)
            try:
                await load(driver, settings.neo4j_database, wanted, progress)
            except LoadRefused as refusal:
                print_error(f"The graph is served as it is: {refusal}")
