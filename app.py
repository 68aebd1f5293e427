"""The composition root: opens what the hub needs, wires it together."""

import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import structlog
from neo4j import AsyncDriver
from starlette.applications import Starlette

from auth.access import Access
from auth.session_deeds import SessionDeeds
from auth.token_deeds import TokenDeeds
from auth.viewer import Viewer
from entrance import Ground, open_entrance, public_address
from flows.keys import webhook_key
from graph_store.audit import Note, nobody_notes, open_audit
from graph_store.audit.log import Ledger
from graph_store.audit.reading import AuditReader
from graph_store.background import in_background
from graph_store.clock import day, system_clock
from graph_store.coalesce import Tally
from graph_store.commands.lanes import Lane, open_lane
from graph_store.commands.machines_of import LIVES
from graph_store.commands.transactions import Store
from graph_store.commands.warming import plan_units
from graph_store.constraints import apply
from graph_store.driver import open_driver, ping
from graph_store.flow_plans import FlowPlans
from graph_store.flow_watch import FlowFigures, FlowWatch
from graph_store.kept_secret import kept_secret
from graph_store.matching.open_proposals import open_proposals
from graph_store.model import MODEL
from graph_store.reads import Reader, Run, reader
from graph_store.seat_counts import seat_counts
from graph_store.statistics import watching
from graph_store.tail import Tail, open_tail
from graph_store.waiting import place_of
from graph_store.webhook_addresses import secret_of
from graph_store.writes import writer
from resolvers.answer import Asked
from resolvers.context import Context, actor_of
from resolvers.engine import Engine, open_engine
from resolvers.exchange_ledger import ExchangeLedger
from resolvers.explaining import Explaining
from resolvers.flows import FlowsLooking
from resolvers.inbox import Inbox
from resolvers.noting import noting_personal
from resolvers.pricing import MOST_ROWS, Pricing
from resolvers.records import RecordReader
from resolvers.subscriptions import Subscriptions
from resolvers.verifying import Verifying
from resolvers.warming import FirstQuestions, ask_nouns
from schema.root import hub_schema
from settings import Settings
from web.audit_log import Audited
from web.console import console_documents
from web.documents.fonts import FOLDER
from web.documents.serving import Documents
from web.limits import DocumentChecks, document_checks
from web.metrics import Figure
from web.rates import Rate
from web.site import State, site
from web.streams import Streams
from web.trusted import DocumentsAreFaulty, Trusted, checked_documents

log = structlog.get_logger("app")

STATISTICS_SECONDS = 60.0
FIRST_SECONDS = 120.0  # of what must be planned before anybody signs on
FIRST_QUESTIONS = "Questions of the console that are still to be planned, in the background"
JOINT_SECONDS = 2.0  # of a statement for several; what is slow is asked again for each alone

OpenState = Callable[[Settings, DocumentChecks, AsyncExitStack], Awaitable[State]]


def open_answerer(  # noqa: PLR0913 - what an engine is made of
    settings: Settings,
    checks: DocumentChecks,
    lane: Lane,
    run: Run,
    run_joint: Run | None,
    *,
    pricing: Pricing | None = None,
    note: Note = nobody_notes,
    tokens: TokenDeeds | None = None,
    sessions: SessionDeeds | None = None,
) -> Engine:
    """The engine; `checks` parses its documents, `lane` takes its commands, `run` and `run_joint` read the store.

    `note` puts what is refused and what is read of persons into the audit log; `tokens` and `sessions`
    are what people may do with their own.
    """
    explain = Access(run, MODEL, today)
    secret = partial(secret_of, webhook_key(settings))

    def context(asked: Asked, viewer: Viewer) -> Context:
        records = RecordReader(engine, viewer)
        language = asked.introspection_language
        return Context(
            viewer,
            actor_of(viewer),
            lane,
            records,
            language,
            note=note,
            tokens=tokens,
            sessions=sessions,
            explain=Explaining(explain),
            inbox=Inbox(run, engine.mint, system_clock, LIVES, settings.page_size_max),
            ledger=ExchangeLedger(run, today),
            place_of=partial(place_of, run),
            seats_of=partial(seat_counts, run),
            flows=FlowsLooking(run, system_clock, settings.lease),
            webhook_secret=secret,
            verify=Verifying(run),
            open_proposals=partial(open_proposals, run),
        )

    engine = open_engine(
        schema=hub_schema(),
        model=MODEL,
        checks=checks,
        run=run,
        run_joint=run_joint if settings.coalesce else None,
        cursor_key=cursor_key(settings),
        today=today,
        most=settings.page_size_max,
        context=context,
        pricing=pricing,
        note_personal=noting_personal(note),
    )
    return engine


def today() -> str:
    """The day by the hub's clock."""
    return day(system_clock())


def store_of(driver: AsyncDriver, settings: Settings) -> Store:
    """Where commands are carried out."""
    database, base = settings.neo4j_database, settings.base
    return Store(driver, database, MODEL, base, system_clock)


def ledger_of(driver: AsyncDriver, settings: Settings) -> Ledger:
    """Where the audit log lies."""
    return Ledger(driver, settings.neo4j_database, settings.base)


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
    ledger = ledger_of(driver, settings)
    await ledger.warm_up()
    audit = await stack.enter_async_context(open_audit(ledger))
    store = store_of(driver, settings)
    lane = await stack.enter_async_context(open_lane(store))
    seconds = settings.query_timeout.total_seconds()
    run, run_joint = [
        await stack.enter_async_context(reader(driver, settings.neo4j_database, limit))
        for limit in (seconds, min(seconds, JOINT_SECONDS))
    ]
    write = writer(driver, settings.neo4j_database, seconds)
    # not among the statements of questions, which /metrics counts
    asking = await stack.enter_async_context(reader(driver, settings.neo4j_database, seconds))
    ground = Ground(asking, write, audit.note, public_address(settings), known_hosts(settings))
    entrance = await open_entrance(settings, ground, lane, stack)
    pricing = await open_pricing(driver, settings, stack)
    answerer = open_answerer(
        settings, checks, lane, run, run_joint,
        pricing=pricing, note=audit.note, tokens=entrance.tokens, sessions=entrance.own_sessions,
    )  # fmt: skip
    first = FirstQuestions(answerer, console_documents().values() if settings.warm_up else ())
    if settings.warm_up:
        await plan_units(store)
        await ask_nouns(answerer)
        await stack.enter_async_context(in_background(first.ask()))
    await entrance.rights.warm_up(reader(driver, settings.neo4j_database, FIRST_SECONDS))
    tail = await stack.enter_async_context(
        open_tail(answerer.run, poll_seconds=settings.change_poll.total_seconds())
    )
    streams = Streams(Subscriptions(answerer, tail), settings.streams_per_address)
    flows = FlowWatch(FlowPlans(asking, write).look, system_clock, settings.lease)
    await stack.enter_async_context(in_background(flows.keep()))
    return State(
        answerer=answerer,
        door=entrance.door,
        sign_on=entrance.sign_on,
        documents=Documents(ground.public_url, FOLDER, entrance.feeds, settings.page_size_max),
        audited=Audited(AuditReader(driver, settings.neo4j_database), audit.note),
        streams=streams,
        pings={"neo4j": partial(ping, driver, database=settings.neo4j_database)},
        figures=lambda: [
            *figures(answerer, lane, run, run_joint),
            *stream_figures(streams, tail),
            *flow_figures(flows.current),
            Figure("bashu_first_questions_waiting", "gauge", FIRST_QUESTIONS, first.waiting),
        ],
    )


def figures(engine: Engine, lane: Lane, *readers: Reader) -> list[Figure]:
    """What `/metrics` tells beside the edge's own."""
    asked = sum(each.asked for each in readers)
    joint = engine.coalescer.tally if engine.coalescer else Tally()
    return [
        Figure("bashu_statements", "counter", "Statements of questions sent to Neo4j", asked),
        Figure("bashu_joint_statements", "counter", "Those for several requests", joint.joint),
        Figure("bashu_joint_members", "counter", "Requests they answered", joint.members),
        Figure("bashu_joint_failures", "counter", "Those run again one by one", joint.failed),
        Figure("bashu_documents_cached", "gauge", "Documents kept", len(engine.documents)),
        Figure("bashu_plans_cached", "gauge", "Plans kept with them", engine.documents.plans),
        Figure("bashu_commands_waiting", "gauge", "Commands that wait their turn", lane.waiting),
    ]


def stream_figures(streams: Streams, tail: Tail) -> list[Figure]:
    """What `/metrics` tells of subscriptions."""
    held, about = streams.connections.total, "Connections that are held for events"
    told, told_about = tail.followers, "Subscriptions that are told of changes as they come"
    return [
        Figure("bashu_stream_connections", "gauge", about, held),
        Figure("bashu_change_followers", "gauge", told_about, told),
    ]


def flow_figures(seen: FlowFigures | None) -> list[Figure]:
    """What `/metrics` tells of flows; nothing where they could not be looked at."""
    if seen is None:
        return []
    waiting, about = seen.waiting_seconds, "Seconds for which the first errand of the outbox is due"
    return [
        Figure("bashu_flow_workers", "gauge", "Processes alive that run flows", seen.workers),
        Figure("bashu_outbox_due", "gauge", "Errands of the outbox that are to be done", seen.due),
        Figure("bashu_outbox_failed", "gauge", "Errands that were given up", seen.failed),
        Figure("bashu_outbox_waiting_seconds", "gauge", about, waiting),
    ]


async def open_pricing(driver: AsyncDriver, settings: Settings, stack: AsyncExitStack) -> Pricing:
    """Prices by the graph's statistics, which are read in the background, now and every hour until the stack closes."""
    read = partial(reader, driver, settings.neo4j_database)
    watch = await stack.enter_async_context(watching(read(STATISTICS_SECONDS), MODEL, system_clock))
    seconds = settings.query_timeout.total_seconds()
    profiled = read(seconds).profiled if settings.explain else None
    return Pricing(lambda: watch.current, settings.cost_budget, MOST_ROWS, profiled)


def build(settings: Settings, open_state: OpenState = open_state) -> Starlette:
    """The hub as an ASGI application; nothing is opened before its lifespan begins."""
    checks = document_checks(introspection=settings.introspection)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[State]:
        async with AsyncExitStack() as stack:
            yield await open_state(settings, checks, stack)

    rate = Rate(settings.rate_limit) if settings.rate_limit else None
    token = settings.metrics_token.get_secret_value()
    known, documents = known_hosts(settings), trusted(settings, checks)
    return site(checks, known, lifespan, rate=rate, trusted=documents, metrics_token=token)


def trusted(settings: Settings, checks: DocumentChecks) -> Trusted:
    """The documents of the console and of the registry. Raises DocumentsAreFaulty."""
    own = console_documents()
    if not settings.trusted_documents:
        return Trusted(own)
    place = Path(settings.trusted_documents)
    texts, faults = checked_documents(place, checks, hub_schema())
    if faults:
        raise DocumentsAreFaulty(place, faults)
    log.info("trusted documents", count=len(texts), only=settings.only_trusted)
    return Trusted({**own, **texts}, settings.only_trusted)


def known_hosts(settings: Settings) -> frozenset[str]:
    """The Host headers that mean the hub of these settings."""
    return hosts(settings.public_url, settings.port)


def hosts(public_url: str, port: int) -> frozenset[str]:
    """The Host headers that mean this hub: its public one, and this machine's own names.

    >>> sorted(hosts("https://hub.example", 8000))
    ['127.0.0.1:8000', '[::1]:8000', 'hub.example', 'localhost:8000']
    """
    own = {f"{name}:{port}" for name in ("localhost", "127.0.0.1", "[::1]")}
    return frozenset(own | {urlsplit(public_url).netloc} - {""})
