"""What must be before the hub opens the graph and makes its constraints: an answer, and on request the demonstration."""

import asyncio

from command_line.demo import SEED
from command_line.output import print_error
from command_line.store import driver_of
from demo.loading import load
from demo.standing import LoadRefused, Wanted
from graph_store.local_server.progress import Progress
from settings import Settings


def prepare(settings: Settings, *, with_demo: bool, progress: Progress) -> None:
    """Make sure that Neo4j answers, and load the demonstration into an empty graph, or anew where that was cut off.

    A graph with other records is served as it is. Raises what `open_driver` raises.
    """
    asyncio.run(_prepare(settings, with_demo=with_demo, progress=progress))


async def _prepare(settings: Settings, *, with_demo: bool, progress: Progress) -> None:
    wanted = Wanted(settings.demo_scale, SEED, force=False, data_dir=settings.data_dir)
    async with driver_of(settings) as driver:
        try:
            if with_demo:
                await load(driver, settings.neo4j_database, wanted, progress)
        except LoadRefused as refusal:
            print_error(f"The graph is served as it is: {refusal}")
