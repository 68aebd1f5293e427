"""The hub over the peers' graph: its real HTTP edge and engine, one uvicorn worker.

python -m bench.questions.hub bolt://127.0.0.1:7687 8123
"""

import sys
from contextlib import AsyncExitStack
from functools import partial

from app import JOINT_SECONDS, build
from auth.authentication import NobodyIsKnown
from auth.guests import Guests
from bench.questions.model import MODEL
from graph_store.clock import day, system_clock
from graph_store.constraints import apply
from graph_store.driver import open_driver, ping
from graph_store.reads import Run, reader
from graph_store.statistics import watching
from resolvers.engine import Engine, open_engine
from resolvers.pricing import Pricing
from resolvers.subscriptions import AnswersAlone
from schema.root import derived
from settings import Settings
from web.door import Door, Resource
from web.limits import DocumentChecks
from web.logs import set_up_logs
from web.server import HubServer
from web.site import State
from web.streams import Streams

PAGE_SIZE_MAX = 20_000  # q7 reads 10,000 rows and more, the walk to the cursors too
CURSOR_KEY = bytes(32)  # no secret here: what PROFILE is asked with are cursors of the running hub
QUERY_TIMEOUT_SECONDS = 60.0  # as long as the others have it, for a first run on a busy machine


def engine(
    run: Run, run_joint: Run | None, checks: DocumentChecks, pricing: Pricing | None = None
) -> Engine:
    """The engine over the foreign model."""
    return open_engine(
        schema=derived(MODEL),
        model=MODEL,
        checks=checks,
        run=run,
        run_joint=run_joint,
        pricing=pricing,
        cursor_key=CURSOR_KEY,
        today=lambda: day(system_clock()),
        most=PAGE_SIZE_MAX,
    )


async def open_state(settings: Settings, checks: DocumentChecks, stack: AsyncExitStack) -> State:
    """The bench's graph instead of the hub's own, and nothing that writes."""
    driver = await stack.enter_async_context(open_driver(settings.neo4j_uri, "", None))
    await apply(driver, "neo4j", MODEL)
    run, run_joint = [
        await stack.enter_async_context(reader(driver, "neo4j", seconds))
        for seconds in (QUERY_TIMEOUT_SECONDS, JOINT_SECONDS)
    ]
    watch = await stack.enter_async_context(watching(run, MODEL, system_clock))
    pricing = Pricing(lambda: watch.current)  # without a budget: some operations read everything
    answerer = engine(run, run_joint, checks, pricing)
    streams = Streams(AnswersAlone(answerer), settings.streams_per_address)
    who, pings = NobodyIsKnown(), {"neo4j": partial(ping, driver)}
    door = Door(who, Guests(who), Resource("http://127.0.0.1/graphql"))
    return State(answerer=answerer, door=door, streams=streams, pings=pings)


def serve(uri: str, port: int) -> None:
    """Serve until told to stop, as `bashu serve` does."""
    set_up_logs("json", "info")
    settings = Settings(neo4j_uri=uri, port=port, introspection=False)
    HubServer(build(settings, open_state), "127.0.0.1", port).run()


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
