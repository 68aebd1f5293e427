"""Neighbourhoods: counts, records nearest first, links; nothing hidden; hubs in bounded work."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from neo4j import AsyncDriver

from auth.viewer import Viewer
from tests.engine.conftest import Hub
from tests.engine.small_web import hits, id_of, lay_out, run
from tests.viewers import at_home

AROUND = """
query ($of: ID!, $depth: Int, $kinds: [NounKind!], $limit: Int) {
  neighbourhood(of: $of, depth: $depth, kinds: $kinds, limit: $limit) {
    isComplete centre { id name } records { id }
    links { from to edge forward name properties { name value } }
    counts { edge forward field kind count isExact }
  }
}
"""
FILLED = "synthetic: true, version: 1, visibility: 'public', createdAt: '2026-01-01T00:00:00Z', updatedAt: '2026-01-01T00:00:00Z'"


@pytest_asyncio.fixture(scope="module", autouse=True)
async def web(driver: AsyncDriver) -> AsyncIterator[None]:
    await lay_out(driver)
    yield


async def around(hub: Hub, of: str, viewer: Viewer | None = None, **more: Any) -> dict[str, Any]:
    variables = {"of": id_of(of), **more}
    data = await (hub.data(AROUND, variables, viewer) if viewer else hub.data(AROUND, variables))
    found: dict[str, Any] = data["neighbourhood"]
    return found


def ids(found: dict[str, Any]) -> set[str]:
    return {each["id"] for each in found["records"]}


async def test_one_step_gives_neighbours_links_and_counts_without_provenance(hub: Hub) -> None:
    found = await around(hub, "scu")
    assert ids(found) == {id_of(key) for key in ("chengdu", "lab", "wang", "xrd")}
    assert {
        (each["edge"], each["forward"], each["kind"], each["count"]) for each in found["counts"]
    } == {
        ("LOCATED_IN", True, "DIVISION", 1),
        ("PART_OF", False, "INSTITUTION", 1),
        ("AFFILIATED_WITH", False, "PERSON", 1),
        ("OWNED_BY", False, "INSTRUMENT", 1),
    }
    assert [each["field"] for each in found["counts"]] == [
        "division",
        "units",
        "people",
        "instruments",
    ]
    assert {each["from"] for each in found["links"]} == {id_of("scu")}
    assert (found["centre"]["name"], found["isComplete"]) == ("四川大学", True)


async def test_further_steps_go_on_but_not_through_reference_data(hub: Hub) -> None:
    found = await around(hub, "wang", depth=2)
    near = {"scu", "physics", "paper"}
    assert ids(found) == {id_of(key) for key in near | {"chengdu", "lab", "xrd"}}
    assert [each["id"] for each in found["records"]][: len(near)] != []
    assert {each["id"] for each in found["records"][: len(near)]} == {id_of(key) for key in near}
    links = {(each["from"], each["edge"], each["to"]) for each in found["links"]}
    assert (id_of("scu"), "OWNED_BY", id_of("xrd")) in links
    assert len(links) == len(found["links"]) == 6


async def test_edges_between_records_shown_are_links_too(hub: Hub) -> None:
    found = await around(hub, "cqu", depth=2)
    ends = {frozenset((each["from"], each["to"])) for each in found["links"]}
    assert frozenset((id_of("li"), id_of("joint"))) in ends


async def test_kinds_narrow_what_is_met(hub: Hub) -> None:
    found = await around(hub, "scu", kinds=["PERSON"], depth=3)
    assert ids(found) == {id_of("wang")}
    assert [each["kind"] for each in found["counts"]] == ["PERSON"]


async def test_what_is_hidden_is_neither_listed_nor_counted(hub: Hub) -> None:
    shown = await around(hub, "scu", at_home((id_of("scu"),), "someone"))
    assert {id_of("hidden"), id_of("ghost"), id_of("closed")} <= ids(shown)
    assert not {id_of("hidden"), id_of("ghost"), id_of("closed")} & ids(await around(hub, "scu"))


async def test_a_hidden_record_looks_like_one_that_does_not_exist(hub: Hub) -> None:
    hidden = await around(hub, "secret", depth=3)
    unknown = await hub.data(AROUND, {"of": "cd-person-nobody", "depth": 3})
    assert hidden == unknown["neighbourhood"]
    assert hidden == {"centre": None, "records": [], "links": [], "counts": [], "isComplete": True}


async def test_the_limit_holds_and_the_relations_take_turns(hub: Hub) -> None:
    found = await around(hub, "scu", limit=3)
    assert (len(ids(found)), found["isComplete"]) == (3, False)
    assert len({each["edge"] for each in found["links"]}) == 3
    assert len(ids(await around(hub, "scu", limit=5, depth=3))) == 5
    assert ids(await around(hub, "scu", limit=0)) == set()


@pytest.mark.parametrize("wrong", [{"depth": 0}, {"depth": 4}, {"limit": 501}, {"limit": -1}])
async def test_a_number_out_of_bounds_is_refused(hub: Hub, wrong: dict[str, int]) -> None:
    assert await hub.refusal(AROUND, {"of": "x", **wrong}) == "BAD_ARGUMENT"


@pytest_asyncio.fixture(scope="module")
async def hub_of_ten_thousand(driver: AsyncDriver) -> AsyncIterator[str]:
    """An institution with 10,000 people, half of them hidden, and one instrument."""
    await run(
        driver,
        f"CREATE (h:Institution:Record {{id: 'cd-institution-hub', name: '大机构', kind: 'university', status: 'active', {FILLED}}})"
        f" CREATE (:Instrument:Record {{id: 'cd-instrument-only', name: '唯一仪器', category: 'laser', status: 'available', {FILLED}}})-[:OWNED_BY]->(h)"
        " WITH h UNWIND range(1, 10000) AS i"
        f" CREATE (n:Person:Record {{id: 'cd-person-h' + i, name: '成员' + i, {FILLED}}})-[:AFFILIATED_WITH]->(h)"
        " SET n.visibility = CASE i % 2 WHEN 0 THEN 'public' ELSE 'institution' END",
    )
    yield "cd-institution-hub"
    await run(driver, "MATCH (n:Record) WHERE n.id STARTS WITH 'cd-person-h' OR n.id IN $ids DETACH DELETE n",
              ids=["cd-institution-hub", "cd-instrument-only"])  # fmt: skip


async def test_a_hub_of_ten_thousand_edges_is_counted_exactly_in_bounded_work(
    hub: Hub, driver: AsyncDriver, hub_of_ten_thousand: str
) -> None:
    data = (await hub.data(AROUND, {"of": hub_of_ten_thousand, "limit": 20}))["neighbourhood"]
    assert {each["kind"]: (each["count"], each["isExact"]) for each in data["counts"]} == {
        "PERSON": (5_000, True),
        "INSTRUMENT": (1, True),
    }
    assert (len(data["records"]), data["isComplete"]) == (20, False)
    assert "cd-instrument-only" in ids(data)
    assert await hits(driver, *hub.statements[-1]) < 120_000


async def test_without_counts_a_hub_is_cheap(
    hub: Hub, driver: AsyncDriver, hub_of_ten_thousand: str
) -> None:
    asked = "query ($of: ID!) { neighbourhood(of: $of, depth: 3) { records { id } isComplete } }"
    data = (await hub.data(asked, {"of": hub_of_ten_thousand}))["neighbourhood"]
    assert (len(data["records"]), data["isComplete"]) == (100, False)
    assert await hits(driver, *hub.statements[-1]) < 40_000
