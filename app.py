"""The composition root: opens what the hub needs, wires it together, serves it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from urllib.parse import urlsplit

import uvicorn
from starlette.applications import Starlette

from graph_store.driver import open_driver, ping
from resolvers.answer import Answerer
from settings import Settings
from web.limits import DocumentChecks, document_checks
from web.logs import set_up_logs
from web.site import State, site

GRACE_SECONDS = 10

OpenState = Callable[[Settings, DocumentChecks, AsyncExitStack], Awaitable[State]]


async def open_answerer(driver: object, settings: Settings, checks: DocumentChecks) -> Answerer:
    """The engine over an open driver; `checks` parses and validates its documents."""
    raise NotImplementedError


async def open_state(settings: Settings, checks: DocumentChecks, stack: AsyncExitStack) -> State:
    """Everything that requests need, opened in order; the stack closes it in reverse."""
    driver = await stack.enter_async_context(
        open_driver(settings.neo4j_uri, settings.neo4j_user, settings.neo4j_password)
    )
    answerer = await open_answerer(driver, settings, checks)
    return State(answerer=answerer, pings={"neo4j": partial(ping, driver)})


def build(settings: Settings, open_state: OpenState = open_state) -> Starlette:
    """The hub as an ASGI application; nothing is opened before its lifespan begins."""
    checks = document_checks(introspection=settings.introspection)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[State]:
        async with AsyncExitStack() as stack:
            yield await open_state(settings, checks, stack)

    return site(checks, hosts(settings.public_url, settings.port), lifespan)


def hosts(public_url: str, port: int) -> frozenset[str]:
    """The Host headers that mean this hub: its public one, and this machine's own names.

    >>> sorted(hosts("https://hub.example", 8000))
    ['127.0.0.1:8000', '[::1]:8000', 'hub.example', 'localhost:8000']
    """
    own = {f"{name}:{port}" for name in ("localhost", "127.0.0.1", "[::1]")}
    return frozenset(own | {urlsplit(public_url).netloc} - {""})


def serve(settings: Settings) -> None:
    """Serve until told to stop; requests under way get `GRACE_SECONDS` to end.

    The server neither logs requests (`web.edge` does) nor believes `X-Forwarded-*`.
    """
    set_up_logs(settings.log_format, settings.log_level)
    uvicorn.run(
        build(settings),
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        lifespan="on",
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
