"""Subscribers while the hub's Neo4j is killed and started again: they stay, and miss nothing."""

import asyncio
import os
import signal
from pathlib import Path

import httpx2
import orjson

from graph_store.driver import open_driver
from graph_store.local_server import server
from graph_store.local_server.site import Site
from tests.operators import operator_headers
from tests.subscriptions.conftest import ALL, Served, served
from tests.subscriptions.test_event_streams import streamed

PATIENCE_SECONDS = 120


async def created(hub: Served, name: str, headers: dict[str, str]) -> str:
    """The id of an institution that was made through the hub, as soon as its store takes it."""
    text = """mutation ($name: String!) {
      createInstitution(requestKey: $name, input: {name: $name, kind: MUSEUM}) { ... on InstitutionCreated { id } }
    }"""
    asked = {"query": text.replace("requestKey: $name", f'requestKey: "{name}"')}
    async with httpx2.AsyncClient(timeout=60) as client, asyncio.timeout(PATIENCE_SECONDS):
        while True:
            sent = asked | {"variables": {"name": name}}
            answer = await client.post(hub.http, json=sent, headers=headers)
            if answer.status_code == 200:
                return str(answer.json()["data"]["createInstitution"]["id"])
            # 504: a cold server on a busy machine is slow at first; the key makes asking again safe
            assert answer.status_code in {503, 504}, answer.text
            await asyncio.sleep(0.5)


async def test_a_subscriber_outlives_a_store_that_is_killed(
    neo4j_site: Site, tmp_path: Path
) -> None:
    site = Site(jars=neo4j_site.jars, home=tmp_path / "server", heap="512m", pagecache="64m")
    try:
        running = await asyncio.to_thread(server.start, site, to_stay=False)
        async with (
            served(running, tmp_path) as hub,
            streamed(hub, ALL) as (_, told),
        ):
            await hub.listening(1)
            async with open_driver(running.uri, running.user, running.password) as driver:
                headers = await operator_headers(driver)
            first = await created(hub, "先", headers)
            assert orjson.loads((await anext(told))["data"])["data"]["changes"]["nodeId"] == first
            os.kill(running.pid, signal.SIGKILL)
            await asyncio.sleep(1)
            await asyncio.to_thread(server.start, site, to_stay=False)
            second = await created(hub, "后", headers)
            async with asyncio.timeout(PATIENCE_SECONDS):
                event = await anext(told)
            assert orjson.loads(event["data"])["data"]["changes"]["nodeId"] == second
            assert hub.tail.followers == 1
    finally:
        server.stop_if_kept(site)
