"""The hub over the peers' graph: its real HTTP edge and engine, one uvicorn worker.

python -m bench.questions.hub bolt://127.0.0.1:7687 8123
"""

import secrets
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

import uvicorn
from neo4j import AsyncDriver
from starlette.applications import Starlette

from app import GRACE_SECONDS, hosts
from bench.questions.model import MODEL
from graph_store.clock import day, system_clock
from graph_store.constraints import apply
from graph_store.driver import open_driver, ping
from graph_store.reads import reader
from resolvers.engine import Engine, open_engine
from schema.root import derived
from web.limits import DocumentChecks, document_checks
from web.logs import set_up_logs
from web.site import State, site

PAGE_SIZE_MAX = 20_000  # q7 reads 10,000 rows, the walk to q4b's cursor 12,000
QUERY_TIMEOUT_SECONDS = 60.0  # as long as the others have it, for a first run on a busy machine


def engine(driver: AsyncDriver, checks: DocumentChecks) -> Engine:
    """The engine over the foreign model."""
    return open_engine(
        schema=derived(MODEL),
        model=MODEL,
        checks=checks,
        run=reader(driver, "neo4j", QUERY_TIMEOUT_SECONDS),
        cursor_key=secrets.token_bytes(32),
        today=lambda: day(system_clock()),
        most=PAGE_SIZE_MAX,
    )


def build(uri: str, port: int) -> Starlette:
    """The application, as `app.build` makes the hub's."""
    checks = document_checks(introspection=False)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[State]:
        async with open_driver(uri, "", None) as driver:
            await apply(driver, "neo4j", MODEL)
            yield State(answerer=engine(driver, checks), pings={"neo4j": partial(ping, driver)})

    return site(checks, hosts("", port), lifespan)


def serve(uri: str, port: int) -> None:
    """Serve until told to stop, with the hub's own settings of the server."""
    set_up_logs("json", "info")
    uvicorn.run(
        build(uri, port),
        host="127.0.0.1",
        port=port,
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        lifespan="on",
        timeout_graceful_shutdown=GRACE_SECONDS,
    )


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
