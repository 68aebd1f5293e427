"""Alive is not ready."""

import asyncio

import httpx2
import pytest

from tests.web.small_hub import HOST, SmallAnswerer, served, small_checks, small_site
from web import health
from web.health import Ping


async def answers() -> None:
    """A resource that is there."""


async def is_away() -> None:
    """A resource that is not."""
    raise OSError("bolt://10.0.0.1 refused")


async def hangs() -> None:
    """A resource that never says anything."""
    await asyncio.sleep(60)


async def ask(path: str, method: str = "GET", **pings: Ping) -> httpx2.Response:
    async with served(small_site(SmallAnswerer(small_checks()), pings)) as app:
        transport = httpx2.ASGITransport(app=app)
        async with httpx2.AsyncClient(transport=transport, base_url=f"http://{HOST}") as client:
            return await client.request(method, path)


async def test_the_hub_is_alive_even_when_its_store_is_away() -> None:
    response = await ask("/healthz", neo4j=is_away)
    assert (response.status_code, response.json()) == (200, {"status": "alive"})


async def test_the_hub_is_ready_when_everything_answers() -> None:
    response = await ask("/readyz", neo4j=answers)
    assert (response.status_code, response.json()) == (
        200,
        {"status": "ready", "resources": {"neo4j": "ready"}},
    )


async def test_readiness_names_what_is_away_and_not_why() -> None:
    response = await ask("/readyz", neo4j=is_away, prefect=answers)
    assert response.status_code == 503
    assert response.json()["resources"] == {"neo4j": "away", "prefect": "ready"}
    assert response.headers["retry-after"] == "5"
    assert "10.0.0.1" not in response.text


async def test_a_resource_that_hangs_counts_as_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "PING_SECONDS", 0.05)
    response = await ask("/readyz", neo4j=hangs)
    assert (response.status_code, response.json()["resources"]) == (503, {"neo4j": "away"})


@pytest.mark.parametrize(("path", "status"), [("/healthz", 200), ("/readyz", 503)])
async def test_head_tells_the_same(path: str, status: int) -> None:
    response = await ask(path, "HEAD", neo4j=is_away)
    assert (response.status_code, response.headers["cache-control"]) == (status, "no-store")
