"""The hub while its Neo4j is killed, frozen and started again: it says so at once, and recovers by itself."""

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest
import pytest_asyncio

import app
from auth.token_text import new_secret
from graph_store.local_server import server
from graph_store.local_server.site import Site
from tests.serving import settings_over
from tests.web.small_hub import HOST, served

QUESTION = {"query": "{ institutions(first: 1) { totalCount } }"}
WHOEVER = (
    {"authorization": f"Bearer {new_secret('personal')}"},
    {"cookie": f"bashu-8000={'A' * 43}"},
)
PROMPT_SECONDS = 10.0  # a driver would try for 30 s; the machine may be busy
PATIENCE_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Hub:
    """The real hub over a server of its own, which a test may harm."""

    client: httpx2.AsyncClient
    site: Site

    async def ask(self) -> httpx2.Response:
        """One question."""
        return await self.client.post("/graphql", json=QUESTION)

    async def statuses(self) -> list[int]:
        """Of a question, of readiness and of life."""
        paths = [await self.client.get(path) for path in ("/readyz", "/healthz")]
        return [response.status_code for response in (await self.ask(), *paths)]

    async def recovered(self) -> None:
        """Wait until a question is answered again; meanwhile it is 503, or 504 where a cold server was too slow for it."""
        began = time.monotonic()
        while (answer := await self.ask()).status_code != 200:
            assert answer.status_code in {503, 504}, answer.text
            assert time.monotonic() - began < PATIENCE_SECONDS
            await asyncio.sleep(0.2)

    def signal(self, number: signal.Signals) -> int:
        """To the server's process, whose id it is."""
        running = server.status(self.site)
        assert running is not None
        os.kill(running.pid, number)
        return running.pid

    async def freeze(self) -> None:
        """Until each of its threads stands still, which takes a while where others have the processors."""
        tasks = Path(f"/proc/{self.signal(signal.SIGSTOP)}/task")
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not all(_stands_still(each) for each in tasks.iterdir()):  # noqa: ASYNC110 - the kernel tells nobody
                await asyncio.sleep(0.01)


def _stands_still(task: Path) -> bool:
    try:
        text = (task / "stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return True  # it has ended
    # the state comes after the name, which stands in brackets and may hold anything
    return text.rpartition(")")[2].split()[0] == "T"


@pytest_asyncio.fixture(scope="module")
async def hub(neo4j_site: Site, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Hub]:
    """Opened once: its server takes seconds to start."""
    folder: Path = tmp_path_factory.mktemp("away")
    site = Site(jars=neo4j_site.jars, home=folder / "server", heap="512m", pagecache="64m")
    try:
        running = await asyncio.to_thread(server.start, site, to_stay=False)
        settings = settings_over(running, 8000, folder, query_timeout=1)
        async with served(app.build(settings)) as hub:
            transport = httpx2.ASGITransport(app=hub)
            async with httpx2.AsyncClient(transport=transport, base_url=f"http://{HOST}") as client:
                yield Hub(client, site)
    finally:
        server.stop_if_kept(site)


async def test_a_frozen_store_is_away_once_a_question_has_had_its_time(hub: Hub) -> None:
    await hub.recovered()
    try:
        await hub.freeze()
        began = time.monotonic()
        answers = await asyncio.gather(*(hub.ask() for _ in range(3)))
        waited = time.monotonic() - began
    finally:
        hub.signal(signal.SIGCONT)
    assert [answer.status_code for answer in answers] == [503] * 3
    assert waited < 1 + 2 + PROMPT_SECONDS  # a question's time, the grace, and a busy machine
    await hub.recovered()
    assert await hub.statuses() == [200, 200, 200]


async def test_a_killed_store_is_said_at_once_and_one_that_is_back_is_used(hub: Hub) -> None:
    await hub.recovered()
    hub.signal(signal.SIGKILL)
    began = time.monotonic()
    answer = await hub.ask()
    assert time.monotonic() - began < PROMPT_SECONDS
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    (error,) = answer.json()["errors"]
    assert error["extensions"]["code"] == "STORE_IS_AWAY"
    assert error["extensions"]["messageZh"]
    assert await hub.statuses() == [503, 503, 200]
    for headers in WHOEVER:  # who cannot be known is neither let in nor taken for nobody
        unknown = await hub.client.post("/graphql", json=QUESTION, headers=headers)
        assert unknown.status_code == 503
    await asyncio.to_thread(server.start, hub.site, to_stay=False)
    await hub.recovered()
    assert await hub.statuses() == [200, 200, 200]
