"""The hub over the peers' graph: its real HTTP edge and engine, one uvicorn worker.

python -m bench.questions.hub bolt://127.0.0.1:7687 8123
"""

import secrets
import sys
from contextlib import AsyncExitStack
from functools import partial

import uvicorn
from neo4j import AsyncDriver

from app import JOINT_SECONDS, build
from bench.questions.model import MODEL
from graph_store.clock import day, system_clock
from graph_store.constraints import apply
from graph_store.driver import open_driver, ping
from graph_store.reads import reader
from resolvers.engine import Engine, open_engine
from resolvers.subscriptions import AnswersAlone
from schema.root import derived
from settings import Settings
from web.limits import DocumentChecks
from web.logs import set_up_logs
from web.site import State
from web.streams import Streams

PAGE_SIZE_MAX = 20_000  # q7 reads 10,000 rows, the walk to q4b's cursor 12,000
QUERY_TIMEOUT_SECONDS = 60.0  # as long as the others have it, for a first run on a busy machine


def engine(driver: AsyncDriver, checks: DocumentChecks) -> Engine:
    """The engine over the foreign model."""
    return open_engine(
        schema=derived(MODEL),
        model=MODEL,
        checks=checks,
        run=reader(driver, "neo4j", QUERY_TIMEOUT_SECONDS),
        run_joint=reader(driver, "neo4j", JOINT_SECONDS),
        cursor_key=secrets.token_bytes(32),
        today=lambda: day(system_clock()),
        most=PAGE_SIZE_MAX,
    )


async def open_state(settings: Settings, checks: DocumentChecks, stack: AsyncExitStack) -> State:
    """The bench's graph instead of the hub's own, and nothing that writes."""
    driver = await stack.enter_async_context(open_driver(settings.neo4j_uri, "", None))
    await apply(driver, "neo4j", MODEL)
    answerer = engine(driver, checks)
    streams = Streams(AnswersAlone(answerer), settings.streams_per_address)
    return State(answerer=answerer, streams=streams, pings={"neo4j": partial(ping, driver)})


def serve(uri: str, port: int) -> None:
    """Serve until told to stop, as `bashu serve` does."""
    set_up_logs("json", "info")
    settings = Settings(neo4j_uri=uri, port=port, introspection=False)
    uvicorn.run(
        build(settings, open_state),
        host="127.0.0.1",
        port=port,
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        lifespan="on",
        timeout_graceful_shutdown=10,
    )


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
