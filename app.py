"""The composition root: opens what the hub needs, wires it together."""

import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from urllib.parse import urlsplit

from neo4j import AsyncDriver
from starlette.applications import Starlette

from auth.viewer import ANONYMOUS, Viewer
from graph_store.clock import day, system_clock
from graph_store.commands.actors import LOCAL_OPERATOR, before_sign_on
from graph_store.commands.lanes import Lane, open_lane
from graph_store.commands.transactions import Store
from graph_store.constraints import apply
from graph_store.driver import open_driver, ping
from graph_store.kept_secret import kept_secret
from graph_store.model import MODEL
from graph_store.reads import reader
from graph_store.tail import open_tail
from resolvers.answer import Asked
from resolvers.context import Context
from resolvers.engine import Engine, open_engine
from resolvers.records import RecordReader
from resolvers.subscriptions import Subscriptions
from schema.root import hub_schema
from settings import Settings
from web.limits import DocumentChecks, document_checks
from web.rates import Rate
from web.site import State, site
from web.streams import Streams

JOINT_SECONDS = 2.0  # of a statement for several; what is slow is asked again for each alone

OpenState = Callable[[Settings, DocumentChecks, AsyncExitStack], Awaitable[State]]


def open_answerer(
    driver: AsyncDriver, settings: Settings, checks: DocumentChecks, lane: Lane
) -> Engine:
    """The engine over an open driver; `checks` parses its documents, `lane` takes its commands."""

    def context(asked: Asked, viewer: Viewer) -> Context:
        records = RecordReader(engine, viewer)
        return Context(viewer, LOCAL_OPERATOR, lane, records, asked.introspection_language)

    read = partial(reader, driver, settings.neo4j_database)
    seconds = settings.query_timeout.total_seconds()
    engine = open_engine(
        schema=hub_schema(),
        model=MODEL,
        checks=checks,
        run=read(seconds),
        run_joint=read(min(seconds, JOINT_SECONDS)) if settings.coalesce else None,
        cursor_key=cursor_key(settings),
        today=lambda: day(system_clock()),
        most=settings.page_size_max,
        context=context,
    )
    return engine


def store_of(driver: AsyncDriver, settings: Settings) -> Store:
    """Where commands are carried out."""
    database, base = settings.neo4j_database, settings.base
    return Store(driver, database, MODEL, base, system_clock, before_sign_on)


def cursor_key(settings: Settings) -> bytes:
    """The key that signs cursors: as set, else made once in the data folder for all workers."""
    given = settings.cursor_key.get_secret_value() or kept_secret(settings.data_dir / "cursor-key")
    return hashlib.blake2b(given.encode(), digest_size=32).digest()


async def open_state(settings: Settings, checks: DocumentChecks, stack: AsyncExitStack) -> State:
    """Everything that requests need, opened in order; the stack closes it in reverse."""
    password = settings.neo4j_password.get_secret_value() or None
    opened = open_driver(
        settings.neo4j_uri, settings.neo4j_user, password, database=settings.neo4j_database
    )
    driver = await stack.enter_async_context(opened)
    await apply(driver, settings.neo4j_database, MODEL)
    lane = await stack.enter_async_context(open_lane(store_of(driver, settings)))
    answerer = open_answerer(driver, settings, checks, lane)
    await warm_up(answerer)
    tail = await stack.enter_async_context(
        open_tail(answerer.run, poll_seconds=settings.change_poll.total_seconds())
    )
    return State(
        answerer=answerer,
        streams=Streams(Subscriptions(answerer, tail), settings.streams_per_address),
        pings={"neo4j": partial(ping, driver, database=settings.neo4j_database)},
    )


async def warm_up(answerer: Engine) -> None:
    """Ask each noun once: the first statements of a fresh server take seconds, planning included."""
    for noun in MODEL:
        text = f"{{ {noun.plural}(first: 1) {{ totalCount nodes {{ id name }} }} }}"
        await answerer.answer(Asked(text, None, {}), ANONYMOUS)


def build(settings: Settings, open_state: OpenState = open_state) -> Starlette:
    """The hub as an ASGI application; nothing is opened before its lifespan begins."""
    checks = document_checks(introspection=settings.introspection)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[State]:
        async with AsyncExitStack() as stack:
            yield await open_state(settings, checks, stack)

    rate = Rate(settings.rate_limit) if settings.rate_limit else None
    return site(checks, hosts(settings.public_url, settings.port), lifespan, rate)


def hosts(public_url: str, port: int) -> frozenset[str]:
    """The Host headers that mean this hub: its public one, and this machine's own names.

    >>> sorted(hosts("https://hub.example", 8000))
    ['127.0.0.1:8000', '[::1]:8000', 'hub.example', 'localhost:8000']
    """
    own = {f"{name}:{port}" for name in ("localhost", "127.0.0.1", "[::1]")}
    return frozenset(own | {urlsplit(public_url).netloc} - {""})
