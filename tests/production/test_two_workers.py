"""Two workers on a Prefect with PostgreSQL and Redis: nothing is done twice, nothing is lost, also when one of them is killed."""

from __future__ import annotations

import asyncio
import os
import sys
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from neo4j import AsyncDriver

from flows.desk import Desk
from flows.prefect_site import Prefect
from graph_store.commands.flow_runs import RUN_FLOW, Wanted
from graph_store.commands.records import Create
from graph_store.commands.rows import tie
from graph_store.commands.webhooks import CREATE_WEBHOOK
from graph_store.errors import QueryTookTooLong
from graph_store.local_server import server
from tests.conftest import CHECKOUT
from tests.flows.running.conftest import Ask, OpenDesk, ask, graph, new_desk  # noqa: F401 - fixtures
from tests.flows.running.post_office import PostOffice, Program, post_office, program
from tests.flows.running.telling import new_institution, new_person, tell_person
from tests.production.servers import ensure_packages, kept, postgres, prefect_on, redis

pytestmark = pytest.mark.production
PEOPLE = 60
PATIENCE_SECONDS = 420.0  # the machine may be busy
STATES = "MATCH (d:Delivery) RETURN d.channel + ' ' + d.state"


@pytest.fixture(scope="module")
def production(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prefect]:
    """A Prefect as in production."""
    ensure_packages()
    with ExitStack() as stack:
        place = tmp_path_factory.mktemp
        # Debian's user must be able to reach the database's folder
        folder = place("postgres")
        for each in (folder, *list(folder.parents)[:2]):
            each.chmod(0o755)
        database = stack.enter_context(postgres(folder))
        port = stack.enter_context(redis(place("redis")))
        yield stack.enter_context(prefect_on(database, port, place("prefect")))


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with post_office() as opened:
        yield opened


@pytest.fixture
async def called() -> AsyncIterator[Program]:
    async with program() as opened:
        yield opened


async def until(true: Callable[[], Awaitable[Any]]) -> Any:
    """What it gives, once it gives something."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            if found := await true():
                return found
            await asyncio.sleep(0.3)


async def warm(desk: Desk) -> str | None:
    """An institution's id; None where a server that has planned nothing yet was too busy to plan the first command in its time."""
    try:
        return await new_institution(desk)
    except QueryTookTooLong:
        return None


async def told(desk: Desk, url: str) -> None:
    """People with e-mail who are told something that a webhook hears of too."""
    at = await until(lambda: warm(desk))
    given = Create({"name": "门户", "url": url}, {"institution": (tie("institution", at),)})
    await desk.do(CREATE_WEBHOOK, "webhook", given)
    (about,) = [
        record["id"]
        for record in (
            await desk.outbox.driver.execute_query(
                "MATCH (i:Institution {id: $at}) CREATE (c:TrainingClass:Record {id: 'cd-training_class-production', name: '班',"
                " version: 1, visibility: 'public'})-[:RUN_BY]->(i) RETURN c.id AS id",
                at=at,
                database_=desk.outbox.database,
            )
        ).records
    ]
    people = await asyncio.gather(
        *(new_person(desk, email=f"p{number}@sichuan.example") for number in range(PEOPLE))
    )
    await asyncio.gather(*(tell_person(desk, each, about) for each in people))


async def test_two_workers_lose_nothing_and_do_nothing_twice(  # noqa: PLR0913, PLR0917 - what production is made of
    production: Prefect,
    neo4j_server: server.Running,
    graph: AsyncDriver,  # noqa: F811 - a fixture
    new_desk: OpenDesk,  # noqa: F811 - a fixture
    ask: Ask,  # noqa: F811 - a fixture
    office: PostOffice,
    called: Program,
    tmp_path: Path,
) -> None:
    environment = {
        "BASHU_DATA_DIR": str(tmp_path),
        "BASHU_NEO4J_URI": neo4j_server.uri,
        "BASHU_NEO4J_PASSWORD": neo4j_server.password,
        "BASHU_PREFECT_API_URL": production.api_url,
        "BASHU_PREFECT_AUTH": production.auth,
        "BASHU_SMTP_HOST": "127.0.0.1",
        "BASHU_SMTP_PORT": str(office.port),
        "BASHU_SMTP_SECURITY": "none",
        "BASHU_WEBHOOK_PRIVATE": "on",
        "BASHU_LEASE": "5",
    }
    worker = [sys.executable, str(CHECKOUT / "cli.py"), "work"]
    with ExitStack() as stack:
        first, _second = (
            stack.enter_context(kept(worker, tmp_path / f"worker-{each}.log", environment))
            for each in (1, 2)
        )
        async with new_desk() as desk:
            others = "MATCH (w:FlowWorker) WHERE w.id <> $own RETURN count(w)"
            await until(lambda: _is(2, ask(others, own=desk.worker)))
            await told(desk, called.url)
            await until(
                lambda: _is_at_least(5, ask("MATCH (d:Delivery {state: 'sent'}) RETURN count(d)"))
            )
            os.kill(first.pid, 9)
            await until(
                lambda: _is(0, ask("MATCH (o:Due) WHERE o.topic <> 'run_flow' RETURN count(o)"))
            )
            run = await desk.do(RUN_FLOW, "reconcile", Wanted("reconcile"))
            done = (
                "MATCH (r:FlowRun {id: $id}) RETURN CASE r.state WHEN 'completed' THEN 1 ELSE 0 END"
            )
            await until(lambda: _is(1, ask(done, id=run.id)))
    states = Counter(await ask(STATES))
    assert states["webhook sent"] == PEOPLE
    assert states["email sent"] + states["email doubtful"] == PEOPLE
    assert sum(states.values()) == 2 * PEOPLE
    letters = Counter(letter["To"] for letter in office.received)
    assert set(letters.values()) == {1}
    assert len(letters) >= states["email sent"]
    assert len({headers["webhook-id"] for headers, _ in called.received}) == PEOPLE
    assert await ask("MATCH (r:FlowRun {state: 'running'}) RETURN r.id") == []
    assert await ask("MATCH (o:Failed) RETURN o.id") == []


async def _is(number: int, asked: Awaitable[list[int]]) -> bool:
    return await asked == [number]


async def _is_at_least(number: int, asked: Awaitable[list[int]]) -> bool:
    return (await asked)[0] >= number
