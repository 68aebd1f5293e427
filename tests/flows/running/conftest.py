"""One managed Prefect for the run, workers' desks over the run's Neo4j, a mail server and a program that is called."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import prefect.settings
import pytest
from neo4j import AsyncDriver
from prefect.settings import temporary_settings

from flows.deployments import FLOWS
from flows.desk import Desk
from flows.engine import Engine, open_engine
from flows.prefect_site import Prefect, PrefectSite, client_environment, wait_until_it_answers
from flows.worker import open_desk
from graph_store.local_server import server
from settings import Settings
from tests.graph import DATABASE, empty

START_SECONDS = 120.0  # the machine may be busy
LEASE = timedelta(seconds=2)

Ask = Callable[..., Any]
OpenDesk = Callable[..., AbstractAsyncContextManager[Desk]]


@pytest.fixture(scope="session")
def prefect_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prefect]:
    """The managed Prefect, as the hub starts it."""
    site = PrefectSite.under(tmp_path_factory.mktemp("prefect"))
    reserved = site.reserved()
    process = reserved.start()
    assert process.stdin
    try:
        assert wait_until_it_answers(reserved.prefect, START_SECONDS), site.log.read_text()
        yield reserved.prefect
    finally:
        process.stdin.close()
        process.wait(30)
        reserved.listener.close()


@pytest.fixture(scope="module")
def prefect_in_use(
    prefect_server: Prefect, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Prefect]:
    """The process of the tests runs flows against it, as a worker's does by its environment."""
    told = client_environment(prefect_server, tmp_path_factory.mktemp("client"))
    known = {
        getattr(prefect.settings, name): value
        for name, value in told.items()
        if hasattr(prefect.settings, name) and name != "PREFECT_HOME"
    }
    with temporary_settings(known):
        yield prefect_server
    gc.collect()  # Prefect leaves a socket to the collector, whose warning is nobody else's


@pytest.fixture(scope="module")
async def graph(driver: AsyncDriver) -> AsyncDriver:
    """Wiped once a module."""
    await empty(driver)
    return driver


@pytest.fixture
def ask(graph: AsyncDriver) -> Ask:
    """The first value of each row that a statement returns."""

    async def asked(statement: Any, **parameters: Any) -> list[Any]:
        found = await graph.execute_query(statement, parameters, database_=DATABASE)
        return [record[0] for record in found.records]

    return asked


@pytest.fixture
def new_desk(graph: AsyncDriver, neo4j_server: server.Running, tmp_path: Path) -> OpenDesk:
    """Opens the desk of another worker."""

    @asynccontextmanager
    async def opened(**given: Any) -> AsyncIterator[Desk]:
        settings = Settings(
            _env_file=None,
            data_dir=tmp_path,
            neo4j_uri=neo4j_server.uri,
            neo4j_password=neo4j_server.password,
            lease=LEASE,
            webhook_private=True,
            **given,
        )
        async with open_desk(settings) as desk:
            await desk.plans.alive(desk.worker, desk.now)
            yield desk

    return opened


@pytest.fixture
async def desk(new_desk: OpenDesk) -> AsyncIterator[Desk]:
    """A worker's desk."""
    async with new_desk() as opened:
        yield opened


@pytest.fixture
async def engine(desk: Desk, prefect_in_use: Prefect) -> AsyncIterator[Engine]:
    """The worker's Prefect, which knows the flows."""
    async with open_engine(desk.worker, FLOWS) as opened:
        await opened.deploy()
        yield opened
