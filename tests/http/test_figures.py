"""`/metrics` of the real hub: what the engine, the coalescer and the lane count."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import httpx2
from neo4j import AsyncDriver
from prometheus_client.parser import text_string_to_metric_families

from graph_store.clock import instant, system_clock
from graph_store.flow_plans import ALIVE, GONE
from graph_store.flow_watch import EVERY_SECONDS

QUESTION = {"query": "{ institutions(first: 1) { nodes { id } } }"}


async def figures(client: httpx2.AsyncClient) -> dict[str, float]:
    """Those without labels, by name."""
    text = (await client.get("/metrics")).text
    families = text_string_to_metric_families(text)
    return {
        each.name: each.value for family in families for each in family.samples if not each.labels
    }


async def test_statements_and_plans_are_counted(hub_address: str) -> None:
    async with httpx2.AsyncClient(base_url=hub_address, timeout=30) as client:
        await client.post("/graphql", json=QUESTION)
        before = await figures(client)
        for _ in range(3):
            await client.post("/graphql", json=QUESTION)
        after = await figures(client)
    assert after["bashu_statements_total"] - before["bashu_statements_total"] == 3
    assert after["bashu_plans_cached"] == before["bashu_plans_cached"] >= 1
    assert after["bashu_commands_waiting"] == 0
    assert after["bashu_first_questions_waiting"] == 0


async def test_requests_that_travel_together_are_counted_as_members(hub_address: str) -> None:
    async with httpx2.AsyncClient(base_url=hub_address, timeout=30) as client:
        before = await figures(client)
        answers = await asyncio.gather(*(client.post("/graphql", json=QUESTION) for _ in range(40)))
        after = await figures(client)
    assert {answer.status_code for answer in answers} == {200}
    grown = {name: after[name] - before[name] for name in after if name.startswith("bashu_")}
    alone = grown["bashu_statements_total"] - grown["bashu_joint_statements_total"]
    assert grown["bashu_joint_members_total"] >= 2 * grown["bashu_joint_statements_total"] > 0
    assert alone + grown["bashu_joint_members_total"] == 40
    assert grown["bashu_joint_failures_total"] == 0


async def test_flows_are_told_of(hub_address: str, driver: AsyncDriver) -> None:
    """Other tests of this server may have killed workers that count as alive until their lease is over."""
    await driver.execute_query("MATCH (w:FlowWorker) DELETE w")
    given_up = await driver.execute_query("RETURN COUNT { (:Failed) }")
    await driver.execute_query(ALIVE, id="one", at=instant(system_clock() + timedelta(hours=1)))
    try:
        async with httpx2.AsyncClient(base_url=hub_address, timeout=30) as client:
            async with asyncio.timeout(3 * EVERY_SECONDS):
                while (found := await figures(client)).get("bashu_flow_workers") != 1:  # noqa: ASYNC110 - the hub tells nobody when it has looked
                    await asyncio.sleep(0.2)
    finally:
        await driver.execute_query(GONE, id="one")
    assert found["bashu_outbox_failed"] == given_up.records[0][0]
    assert found["bashu_outbox_due"] >= 0
    assert found["bashu_outbox_waiting_seconds"] >= 0
