"""Leaves a run of a flow that failed in the graph of a managed Neo4j, as a worker would: for the console's tests in a browser.

    python -m tests.failed_run DATA_DIR

The last line of its output is the run's id.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from command_line.store import managed_site
from graph_store.clock import system_clock
from graph_store.commands.actors import HUB
from graph_store.commands.flow_runs import BEGIN_RUN, END_RUN, FAILED, Begun, Ended
from graph_store.commands.lanes import open_lane
from graph_store.commands.transactions import Store
from graph_store.driver import open_driver
from graph_store.local_server import server
from graph_store.model import MODEL
from settings import Settings

FLOW = "close_classes"


async def leave(data: Path) -> str:
    """Begin a run and have it fail; the id."""
    settings = Settings(data_dir=data)
    running = server.start(managed_site(settings), to_stay=False)
    async with (
        open_driver(
            running.uri, running.user, running.password, database=settings.neo4j_database
        ) as driver,
        open_lane(
            Store(driver, settings.neo4j_database, MODEL, settings.base, system_clock)
        ) as lane,
    ):
        began = system_clock().isoformat()
        begun = Begun(FLOW, f"run {began}", "worker-of-a-test", 1)
        id_ = str((await lane.do(BEGIN_RUN.by(HUB, f"begin/{began}", begun))).outcome.id)
        ended = Ended(id_, FAILED, failure="StoreIsAway")
        await lane.do(END_RUN.by(HUB, f"end/{began}", ended))
        return id_


if __name__ == "__main__":
    sys.stdout.write(f"{asyncio.run(leave(Path(sys.argv[1])))}\n")
