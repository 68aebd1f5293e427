"""`/metrics`: what is counted, and who may read it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx2
import pytest
from prometheus_client.parser import text_string_to_metric_families

from graph_store.errors import StoreIsAway
from resolvers.answer import Answerer
from tests.web.small_hub import (
    HOST,
    FailingAnswerer,
    SmallAnswerer,
    served,
    small_checks,
    small_site,
)

TOKEN = "a token that is long enough to be one"
QUESTION = {"query": "{ thing { name } }"}
LOCAL = ("127.0.0.1", 50_000)
PUBLIC = "hub.example"


@asynccontextmanager
async def asking(
    answerer: Answerer | None = None, token: str = "", client: tuple[str, int] = LOCAL
) -> AsyncIterator[httpx2.AsyncClient]:
    """A client at an address, before a site of its own."""
    site = small_site(
        answerer or SmallAnswerer(small_checks()), metrics_token=token, hosts={HOST, PUBLIC}
    )
    async with served(site) as app:
        transport = httpx2.ASGITransport(app=app, client=client)
        async with httpx2.AsyncClient(transport=transport, base_url=f"http://{HOST}") as opened:
            yield opened


def samples(response: httpx2.Response) -> dict[tuple[str, ...], float]:
    """Name and labels' values → number."""
    assert response.status_code == 200, response.text
    families = text_string_to_metric_families(response.text)
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in families
        for sample in family.samples
    }


async def test_requests_are_counted_by_kind_and_status_and_refusals_by_code() -> None:
    async with asking() as client:
        for body in (QUESTION, QUESTION, {"query": "{ nothing }"}, [QUESTION]):
            await client.post("/graphql", json=body)
        await client.get("/", headers={"Host": "elsewhere"})
        found = samples(await client.get("/metrics"))
    assert found["bashu_requests_total", "query", "200"] == 2
    assert found["bashu_requests_total", "refused", "200"] == 1
    assert found["bashu_requests_total", "refused", "400"] == 1
    assert found["bashu_requests_total", "other", "421"] == 1
    assert found["bashu_refusals_total", "invalid"] == 1
    assert found["bashu_refusals_total", "BATCHES_ARE_REFUSED"] == 1
    assert found["bashu_refusals_total", "HOST_IS_FOREIGN"] == 1


async def test_durations_are_a_histogram_whose_last_bucket_is_all() -> None:
    async with asking() as client:
        for _ in range(3):
            await client.post("/graphql", json=QUESTION)
        found = samples(await client.get("/metrics"))
    name = "bashu_request_duration_seconds"
    buckets = [value for key, value in found.items() if key[:2] == (f"{name}_bucket", "query")]
    assert buckets == sorted(buckets)
    assert buckets[-1] == found[f"{name}_count", "query"] == 3
    assert found[f"{name}_sum", "query"] > 0


async def test_a_failure_of_the_store_is_no_refusal_of_the_client() -> None:
    async with asking(FailingAnswerer(StoreIsAway("gone"))) as client:
        await client.post("/graphql", json=QUESTION)
        found = samples(await client.get("/metrics"))
    assert found["bashu_requests_total", "failed", "503"] == 1
    assert found["bashu_refusals_total", "STORE_IS_AWAY"] == 1


async def test_a_client_makes_no_new_series() -> None:
    async with asking() as client:
        first = samples(await client.get("/metrics"))
        await client.post(
            "/graphql", json={"query": "query Mine { language }", "operationName": "Mine"}
        )
        found = samples(await client.get("/metrics?x=Mine", headers={"User-Agent": "Mine"}))
    assert "Mine" not in {word for key in found for word in key}
    assert len(found) - len(first) < 60


async def test_figures_of_the_process_stand_beside_and_openmetrics_is_spoken_on_request() -> None:
    async with asking() as client:
        found = samples(await client.get("/metrics"))
        wanted = {"Accept": "application/openmetrics-text; version=1.0.0"}
        open_metrics = await client.get("/metrics", headers=wanted)
        head = await client.head("/metrics")
    assert found[("process_resident_memory_bytes",)] > 1_000_000
    assert open_metrics.text.endswith("# EOF\n")
    assert open_metrics.headers["content-type"].startswith("application/openmetrics-text")
    assert (head.status_code, head.content) == (200, b"")


@pytest.mark.parametrize(
    ("client", "headers"),
    [
        (("10.0.0.9", 50_000), {}),
        (LOCAL, {"Host": PUBLIC}),
        (LOCAL, {"X-Forwarded-For": "10.0.0.9"}),
        (LOCAL, {"Forwarded": "for=10.0.0.9"}),
    ],
)
async def test_without_a_token_only_this_machine_is_answered(
    client: tuple[str, int], headers: dict[str, str]
) -> None:
    async with asking(client=client) as asker:
        refused = await asker.get("/metrics", headers=headers)
    assert refused.status_code == 403
    (error,) = refused.json()["errors"]
    assert error["extensions"]["code"] == "METRICS_ARE_FOR_OPERATORS"
    assert "process" not in refused.text


@pytest.mark.parametrize(
    ("authorization", "status"),
    [(f"Bearer {TOKEN}", 200), (f"Bearer {TOKEN}x", 403), (TOKEN, 403), ("", 403)],
)
async def test_a_token_is_the_only_key_where_there_is_one(authorization: str, status: int) -> None:
    async with asking(token=TOKEN, client=("10.0.0.9", 50_000)) as client:
        headers = {"Authorization": authorization, "Host": PUBLIC}
        response = await client.get("/metrics", headers=headers)
    assert response.status_code == status


async def test_figures_are_only_read() -> None:
    async with asking() as client:
        refused = await client.post("/metrics")
    assert (refused.status_code, refused.headers["allow"]) == (405, "GET, HEAD")
