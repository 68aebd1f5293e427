"""Statistics are counted and sampled in few statements, refreshed in the background, and never a reason to fail."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from neo4j import AsyncDriver

from graph_store.errors import StoreIsAway
from graph_store.model import MODEL
from graph_store.reads import reader
from graph_store.statistics import UNKNOWN, Statistics, Values, Watch, measured, watching
from tests import graph
from tests.slow.graph import Graph

NOW = datetime(2026, 7, 1, tzinfo=UTC)


class Counted:
    """Reads, and counts its statements."""

    def __init__(self, driver: AsyncDriver) -> None:
        self.read, self.statements = reader(driver, graph.DATABASE, 30), 0

    async def __call__(self, statement: str, parameters: dict[str, Any]) -> list[Any]:
        """As a reader does."""
        self.statements += 1
        return await self.read(statement, parameters)


async def nobody(_statement: str, _parameters: dict[str, Any]) -> list[Any]:
    """A store that is away."""
    raise StoreIsAway("nothing answers")


async def test_records_and_edges_are_counted_exactly_in_one_statement_and_one_a_noun(
    driver: AsyncDriver, small_graph: Graph
) -> None:
    read = Counted(driver)
    found = await measured(read, MODEL, NOW)
    assert read.statements == 1 + len(tuple(MODEL))
    for noun in MODEL:
        assert found.count(noun.name) == len(small_graph.records[noun.name])
    owned = sum(tie.type == "OWNED_BY" for tie in small_graph.ties)
    hops = MODEL.hops("Instrument")["owner"], MODEL.hops("Institution")["instruments"]
    for hop in hops:
        assert found.degree(hop).mean == pytest.approx(owned / found.count(hop.near))


async def test_edges_lead_to_records_that_have_more_of_them(
    driver: AsyncDriver, small_graph: Graph
) -> None:
    found = await measured(reader(driver, graph.DATABASE, 30), MODEL, NOW)
    ends: dict[str, int] = {}
    for tie in small_graph.ties:
        if tie.type == "OWNED_BY":
            ends[tie.end] = ends.get(tie.end, 0) + 1
    met = sum(count * count for count in ends.values()) / sum(ends.values())
    assert found.degree(MODEL.hops("Institution")["instruments"]).met == pytest.approx(met)


async def test_values_are_known_by_their_share_and_number(
    driver: AsyncDriver, small_graph: Graph
) -> None:
    found = await measured(reader(driver, graph.DATABASE, 30), MODEL, NOW)
    records = small_graph.records["Instrument"]
    for name in ("id", "category", "valueCny"):
        given = [each[name] for each in records if each[name] is not None]
        values = found.values_of("Instrument", MODEL.property("Instrument", name))
        assert values.known == pytest.approx(len(given) / len(records))
        assert len(set(given)) <= values.distinct <= max(len(given), len(set(given)))


async def test_statistics_know_their_age(driver: AsyncDriver, small_graph: Graph) -> None:
    found = await measured(reader(driver, graph.DATABASE, 30), MODEL, NOW)
    assert found.age(NOW + timedelta(minutes=5)) == timedelta(minutes=5)
    assert UNKNOWN.age(NOW) is None


async def test_a_store_that_is_away_leaves_the_old_statistics_standing() -> None:
    old = Statistics({"Person": 7.0}, {}, {}, NOW)
    watch = Watch(nobody, MODEL, lambda: NOW, old)
    assert not await watch.refresh()
    assert watch.current is old


async def test_they_are_read_in_the_background_as_soon_as_they_are_watched(
    driver: AsyncDriver, small_graph: Graph
) -> None:
    read = reader(driver, graph.DATABASE, 30)
    async with watching(read, MODEL, lambda: NOW) as watch:
        assert watch.current is UNKNOWN
        async with asyncio.timeout(30):
            while watch.current is UNKNOWN:  # noqa: ASYNC110 - a watch tells nobody when it has read
                await asyncio.sleep(0.01)
        assert watch.current.count("Institution") == len(small_graph.records["Institution"])


async def test_until_the_samples_are_read_the_counts_alone_hold(
    driver: AsyncDriver, small_graph: Graph
) -> None:
    run, asked = reader(driver, graph.DATABASE, 30), 0

    async def read(statement: str, parameters: dict[str, Any]) -> list[Any]:
        nonlocal asked
        asked += 1
        if asked > 1:
            raise StoreIsAway("after the counts")
        return await run(statement, parameters)

    watch = Watch(read, MODEL, lambda: NOW)
    assert not await watch.refresh()
    assert watch.current.count("Institution") == len(small_graph.records["Institution"])
    assert watch.current.count("Instrument") < UNKNOWN.count("Instrument")
    assert not watch.current.values


async def test_a_hub_opens_also_when_they_cannot_be_read() -> None:
    async with watching(nobody, MODEL, lambda: NOW) as watch:
        await asyncio.sleep(0)
        assert watch.current is UNKNOWN


def test_without_a_sample_the_model_says_how_many_values_a_choice_has() -> None:
    category = MODEL.property("Instrument", "category")
    assert category.options is not None
    assert UNKNOWN.values_of("Instrument", category) == Values(1.0, len(category.options.options))


async def test_an_empty_graph_has_statistics_too(driver: AsyncDriver) -> None:
    await graph.empty(driver)
    found = await measured(reader(driver, graph.DATABASE, 30), MODEL, NOW)
    assert found.read_at == NOW
    assert {found.count(noun.name) for noun in MODEL} == {0.0}
