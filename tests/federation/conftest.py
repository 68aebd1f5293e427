"""The hub as one subgraph of two behind a gateway: a real hub on HTTP, and `run.mjs` with all that is not ours."""

from __future__ import annotations

import asyncio
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, cast

import httpx2
import orjson
import pytest
import pytest_asyncio
import uvicorn
from neo4j import AsyncDriver

import app
from graph_store.local_server import server
from resolvers.engine import Engine
from settings import Settings
from tests.engine import small_web
from tests.graph import empty
from tests.serving import settings_over
from web.limits import DocumentChecks
from web.site import State

HERE = Path(__file__).parent
INSTALLED = HERE / "node_modules" / ".package-lock.json"
HOW = "Install Node.js 20 or newer (for example: apt-get install -y nodejs npm), then run make test, or npm ci in tests/federation"
INSTRUMENTS = 100
PATIENCE_SECONDS = 60

_MANY = """MATCH (scu:Institution {ror: '011ashp19'}) UNWIND range(0, $count - 1) AS i
CREATE (n:Instrument:Record {id: 'cd-instrument-' + right('00000' + i, 6), name: '仪器' + i, visibility: 'public', synthetic: true,
  version: 1, createdAt: '2026-01-05T01:00:00.000Z', updatedAt: '2026-01-05T01:00:00.000Z', status: 'available', category: 'laser'})
CREATE (n)-[:OWNED_BY]->(scu)"""


@dataclass(slots=True)
class ServedHub:
    """The hub's address, and every statement that it ran since it was ready."""

    url: str
    statements: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    async def open_state(
        self, settings: Settings, checks: DocumentChecks, stack: AsyncExitStack
    ) -> State:
        """As `app.open_state` does, with a way to read that counts."""
        state = await app.open_state(settings, checks, stack)
        engine = cast("Engine", state["answerer"])

        async def counted(statement: str, parameters: dict[str, Any]) -> list[Any]:
            self.statements.append((statement, parameters))
            return await engine.run(statement, parameters)

        return {**state, "answerer": replace(engine, run=counted)}


@dataclass(frozen=True, slots=True)
class World:
    """What `run.mjs` tells: the composers' findings and the addresses of the gateways and the second subgraph."""

    hub: ServedHub
    client: httpx2.AsyncClient
    told: dict[str, Any]

    async def ask(self, composer: str, query: str, variables: dict[str, Any] | None = None) -> Any:
        """The data that the gateway over a composer's supergraph gives; nothing was wrong."""
        answer = await self.answer(composer, query, variables)
        assert "errors" not in answer, answer["errors"]
        return answer["data"]

    async def answer(self, composer: str, query: str, variables: dict[str, Any] | None) -> Any:
        """The gateway's answer; whatever was counted before is forgotten."""
        await self.asked_of_reviews()
        self.hub.statements.clear()
        asked = {"query": query, "variables": variables or {}}
        return (await self.client.post(self.told["gateways"][composer], json=asked)).json()

    async def asked_of_reviews(self) -> Any:
        """How many representations came in each `_entities` request to the second subgraph."""
        return (await self.client.get(self.told["reviews"])).json()


@pytest_asyncio.fixture(scope="module")
async def small_web_of_many(driver: AsyncDriver) -> AsyncIterator[None]:
    """The small web, and instruments enough that one statement for each would show."""
    await small_web.lay_out(driver)
    await small_web.run(driver, _MANY, count=INSTRUMENTS)
    yield
    await empty(driver)


@pytest.fixture(scope="module")
def served_hub(
    neo4j_server: server.Running,
    small_web_of_many: None,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[ServedHub]:
    """The real hub over the run's server, on a free port."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        hub = ServedHub(f"http://127.0.0.1:{port}/graphql")
        # what is coalesced is not run by the way that counts
        folder = tmp_path_factory.mktemp("federated")
        settings = settings_over(neo4j_server, port, folder, coalesce=False)
        with _serving(settings, hub, listener):
            yield hub


@contextmanager
def _serving(settings: Settings, hub: ServedHub, listener: socket.socket) -> Iterator[None]:
    """In a thread with a loop of its own, as a hub has its own process."""
    config = uvicorn.Config(app.build(settings, hub.open_state), log_config=None, ws="none")
    serving = uvicorn.Server(config)
    thread = threading.Thread(target=serving.run, args=([listener],))
    thread.start()
    try:
        until = time.monotonic() + PATIENCE_SECONDS
        while not serving.started:
            assert thread.is_alive(), "the hub did not start; its log says why"
            assert time.monotonic() < until, f"the hub did not start in {PATIENCE_SECONDS} s"
            time.sleep(0.05)
        yield
    finally:
        serving.should_exit = True
        thread.join()


@pytest.fixture(scope="module")
def told(served_hub: ServedHub) -> Iterator[dict[str, Any]]:
    """What `run.mjs` made of the hub."""
    lock = HERE / "package-lock.json"
    if not INSTALLED.exists() or INSTALLED.stat().st_mtime < lock.stat().st_mtime:
        pytest.fail(f"{INSTALLED.parent} is missing or older than {lock.name}. {HOW}")
    node = shutil.which("node") or pytest.fail(f"There is no program named node. {HOW}")
    command = [node, str(HERE / "run.mjs"), served_hub.url]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as running:
        assert running.stdout is not None
        line = running.stdout.readline()
        assert line, "run.mjs ended before it told anything; its own words are above"
        yield orjson.loads(line)
        assert running.stdin is not None
        running.stdin.close()
        running.wait(10)


@pytest_asyncio.fixture
async def world(served_hub: ServedHub, told: dict[str, Any]) -> AsyncIterator[World]:
    """Asks through the gateways."""
    async with asyncio.timeout(PATIENCE_SECONDS), httpx2.AsyncClient(timeout=30) as client:
        yield World(served_hub, client, told)
