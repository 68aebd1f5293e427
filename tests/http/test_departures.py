"""Clients who go away: the statement of a question ends in Neo4j, a mutation goes on, and neighbours notice nothing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import urlsplit

import httpx2
import orjson
import pytest
import structlog
from neo4j import AsyncDriver

from auth.viewer import Viewer
from graph_store.reads import Run, reader
from resolvers.answer import Answer, Asked
from tests.graph import DATABASE, empty
from tests.operators import operator_headers
from tests.serving import listening
from tests.web.small_hub import small_site
from web.departures import ROUND_SECONDS

PATIENCE_SECONDS = 60.0  # a cold store on a busy machine plans the first command for long
LATE_SECONDS = 10 * ROUND_SECONDS  # by then the client is watched
SLOW = (
    "UNWIND range(1, 1000000000) AS departed WITH departed WHERE departed % 7 = 8 RETURN count(*)"
)
MARK = "departed"
QUESTION = {"query": "{ language }"}
MUTATION = {
    "query": 'mutation { createInstitution(requestKey: "departed", input: {name: "远行所", kind: OTHER}) { __typename } }'
}


@dataclass(frozen=True, slots=True)
class SlowAnswerer:
    """Answers after a statement that would take Neo4j minutes, or at once about `{ quick }`."""

    run: Run

    async def answer(self, asked: Asked, viewer: Viewer) -> Answer:  # noqa: ARG002 - the port's shape
        """Any question."""
        if "quick" not in asked.text:
            await self.run(SLOW, {})
        return Answer(b'{"data":{}}', "executed")


@asynccontextmanager
async def asking(
    address: str, body: object, headers: Mapping[str, str] = MappingProxyType({})
) -> AsyncIterator[asyncio.StreamReader]:
    """A connection on which a question was sent, closed at the end without waiting for an answer."""
    host = urlsplit(address).netloc
    text = orjson.dumps(body)
    name, port = host.split(":")
    reading, writing = await asyncio.open_connection(name, int(port))
    head = f"POST /graphql HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nContent-Length: {len(text)}\r\n"
    more = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    writing.write(f"{head}{more}\r\n".encode() + text)
    await writing.drain()
    try:
        yield reading
    finally:
        writing.close()


async def until(is_so: Callable[[], Awaitable[bool]]) -> None:
    """Look again until it is so."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not await is_so():  # noqa: ASYNC110 - Neo4j rings no bell
            await asyncio.sleep(0.02)


@pytest.fixture
async def runs(driver: AsyncDriver) -> Callable[[str], Awaitable[bool]]:
    """Whether a statement with a word in it is under way in Neo4j."""

    async def look(word: str) -> bool:
        found = await driver.execute_query(
            "SHOW TRANSACTIONS YIELD currentQuery WHERE currentQuery CONTAINS $word AND NOT currentQuery STARTS WITH 'SHOW' RETURN count(*) AS n",
            word=word, database_=DATABASE,
        )  # fmt: skip
        return bool(found.records[0]["n"])

    return look


@pytest.fixture
async def slow_address(driver: AsyncDriver) -> AsyncIterator[str]:
    """A server whose questions are slow."""
    answerer = SlowAnswerer(reader(driver, DATABASE, 60))

    def build(port: int) -> object:
        return small_site(answerer, hosts={f"127.0.0.1:{port}"})

    async with listening(build) as served:  # type: ignore[arg-type]  # an ASGI application
        yield served.address


async def test_the_statement_of_a_question_ends_when_its_client_leaves(
    slow_address: str, runs: Callable[[str], Awaitable[bool]]
) -> None:
    with structlog.testing.capture_logs() as logs:
        async with asking(slow_address, QUESTION):
            await until(lambda: runs(MARK))
        await until(lambda: _not(runs(MARK)))
        await until(lambda: _so(any(line.get("client_left") for line in logs)))
    (line,) = [line for line in logs if line.get("client_left")]
    assert (line["event"], line["status"]) == ("request", 499)


async def test_a_neighbour_on_the_same_server_is_answered_meanwhile_and_after(
    slow_address: str, runs: Callable[[str], Awaitable[bool]]
) -> None:
    async with httpx2.AsyncClient(base_url=slow_address) as client:
        async with asking(slow_address, QUESTION):
            await until(lambda: runs(MARK))
            during = await client.post("/graphql", json={"query": "{ quick }"})
        await until(lambda: _not(runs(MARK)))
        after = await client.post("/graphql", json={"query": "{ quick }"})
        figures = (await client.get("/metrics")).text
    assert (during.json(), after.json()) == ({"data": {}}, {"data": {}})
    assert "bashu_clients_left_total 1.0" in figures


async def test_a_client_who_stays_gets_an_answer_that_is_late(
    hub_address: str, driver: AsyncDriver
) -> None:
    await empty(driver)
    headers = await operator_headers(driver)
    async with httpx2.AsyncClient(base_url=hub_address, timeout=PATIENCE_SECONDS) as client:
        async with held(driver):
            asked = asyncio.create_task(client.post("/graphql", json=MUTATION, headers=headers))
            await asyncio.sleep(LATE_SECONDS)
            assert not asked.done()
        answer = await asked
    assert answer.json() == {"data": {"createInstitution": {"__typename": "InstitutionCreated"}}}


async def test_a_mutation_goes_on_to_its_end(hub_address: str, driver: AsyncDriver) -> None:
    await empty(driver)
    headers = await operator_headers(driver)
    with structlog.testing.capture_logs() as logs:
        async with held(driver):
            async with asking(hub_address, MUTATION, headers):
                await asyncio.sleep(LATE_SECONDS)
            await asyncio.sleep(LATE_SECONDS)
            assert not await _exists(driver)
        await until(lambda: _so(any(line.get("client_left") for line in logs)))
    assert [line["status"] for line in logs if line.get("client_left")] == [200]
    assert await _exists(driver)


@asynccontextmanager
async def held(driver: AsyncDriver) -> AsyncIterator[None]:
    """The lock that every commit of the hub waits for."""
    async with driver.session(database=DATABASE) as session:
        transaction = await session.begin_transaction()
        await (
            await transaction.run("MATCH (s:Sequence {id: 'changes'}) SET s.held = true")
        ).consume()
        try:
            yield
        finally:
            await transaction.rollback()


async def _exists(driver: AsyncDriver) -> bool:
    found = await driver.execute_query(
        "RETURN EXISTS { (:Institution {name: '远行所'}) } AS there", database_=DATABASE
    )
    return bool(found.records[0]["there"])


async def _not(found: Awaitable[bool]) -> bool:
    return not await found


async def _so(found: bool) -> bool:  # noqa: FBT001 - what was seen
    return found
