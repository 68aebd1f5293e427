"""A worker: opens the graph and the ways out, waits for Prefect, then does what is due until it is told to stop."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import replace

import httpx2
import structlog
from prefect.exceptions import TerminationSignal
from ulid import ULID

from flows.channels import Channels
from flows.deployments import FLOWS
from flows.desk import Desk, seated
from flows.engine import Engine, PrefectIsAway, open_engine
from flows.keys import webhook_key
from flows.mail import MailServer
from flows.outbox import Pump
from flows.schedule import Schedule, stay_alive
from flows.sources.shelf import Shelf
from flows.webhooks import Caller
from graph_store.background import in_background
from graph_store.clock import system_clock
from graph_store.commands.imports import Store as Imports
from graph_store.commands.lanes import open_lane
from graph_store.commands.transactions import Store
from graph_store.driver import open_driver
from graph_store.flow_plans import FlowPlans
from graph_store.model import MODEL
from graph_store.outbox import Outbox
from graph_store.reads import reader
from graph_store.writes import writer
from settings import Settings

log = structlog.get_logger("flows.worker")

STATEMENT_SECONDS = 60.0
RETRY_SECONDS = 1.0
STOP_SECONDS = 10.0


def run_worker(settings: Settings) -> None:
    """Work in a loop of its own until told to stop. Raises as `work`."""
    try:
        asyncio.run(work(settings))
    except TerminationSignal:
        # while a flow runs Prefect takes SIGTERM for itself: the run is found dead, what it held is due again
        log.warning("worker was stopped in the middle of a run")


async def work(settings: Settings) -> None:
    """Work until SIGTERM or SIGINT. Raises GraphStoreError where the graph does not answer at all."""
    stop = asyncio.Event()
    for word in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(word, stop.set)
    async with open_desk(settings) as desk, in_background(stay_alive(desk)):
        working = asyncio.create_task(_at_work(settings, desk))
        told = asyncio.create_task(stop.wait())
        await asyncio.wait({working, told}, return_when=asyncio.FIRST_COMPLETED)
        told.cancel()
        working.cancel()
        with suppress(asyncio.CancelledError):
            await working
        await desk.plans.gone(desk.worker)


async def _at_work(settings: Settings, desk: Desk) -> None:
    async with open_engine(desk.worker, FLOWS) as engine:
        await deployed(engine)
        log.info("worker is ready", worker=desk.worker)
        desk = replace(desk, undertaker=engine)
        pump, schedule = Pump(desk, engine, settings.outbox_poll), Schedule(desk, engine)
        with seated(desk):
            try:
                # either ends only by an error of ours: then the process does, and is started anew
                async with asyncio.TaskGroup() as group:
                    group.create_task(pump.run())
                    group.create_task(schedule.run())
            finally:
                # what was leased is done, or else due again when the lease runs out
                with suppress(TimeoutError):
                    async with asyncio.timeout(STOP_SECONDS):
                        await pump.settled()


async def deployed(engine: Engine) -> None:
    """Until Prefect is there and knows the flows."""
    was_told = False
    while True:
        try:
            await engine.deploy()
        except PrefectIsAway as away:
            if not was_told:
                log.warning("waiting for Prefect", reason=str(away))
            was_told = True
            await asyncio.sleep(RETRY_SECONDS)
        else:
            return


@asynccontextmanager
async def open_desk(settings: Settings) -> AsyncIterator[Desk]:
    """Everything that flows work with, until the block ends. Raises as `open_driver` does."""
    async with AsyncExitStack() as stack:
        driver = await stack.enter_async_context(
            open_driver(
                settings.neo4j_uri,
                settings.neo4j_user,
                settings.neo4j_password.get_secret_value() or None,
                database=settings.neo4j_database,
            )
        )
        database, worker = settings.neo4j_database, worker_name()
        store = Store(driver, database, MODEL, settings.base, system_clock)
        run = await stack.enter_async_context(reader(driver, database, STATEMENT_SECONDS))
        write = writer(driver, database, STATEMENT_SECONDS)
        client = await stack.enter_async_context(httpx2.AsyncClient(trust_env=False))
        yield Desk(
            lane=await stack.enter_async_context(open_lane(store)),
            run=run,
            write=write,
            outbox=Outbox(driver, database, worker),
            plans=FlowPlans(run, write),
            channels=channels_of(settings, client),
            imports=Imports(driver, database),
            shelf=Shelf.under(settings.data_dir),
            clock=system_clock,
            worker=worker,
            lease=settings.lease,
        )


def worker_name() -> str:
    """Which worker this is, never twice the same."""
    return f"{socket.gethostname()}-{os.getpid()}-{ULID()}"


def channels_of(settings: Settings, client: httpx2.AsyncClient) -> Channels:
    """The ways out by the settings."""
    mail = None
    if settings.smtp_host:
        mail = MailServer(
            settings.smtp_host,
            settings.smtp_port,
            settings.smtp_security,
            settings.smtp_from,
            settings.smtp_user,
            settings.smtp_password.get_secret_value(),
        )
    caller = Caller(client, webhook_key(settings), settings.webhook_private)
    return Channels(mail, caller, settings.public_url or f"http://{settings.host}:{settings.port}")
