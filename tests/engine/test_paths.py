"""Paths: shortest first, told step by step, never through what is hidden or meaningless, in bounded work."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection
from itertools import pairwise
from typing import Any

import pytest
import pytest_asyncio
from neo4j import AsyncDriver

from graph_store.cypher.walks import edge_types
from graph_store.model import MODEL
from tests.engine.conftest import Hub
from tests.engine.small_web import RECORDS, TIES, hits, id_of, lay_out, run
from tests.viewers import at_home

PATHS = """
query ($from: ID!, $to: ID!, $hops: Int, $kinds: [NounKind!], $without: [RelationKind!], $first: Int, $after: String) {
  paths(from: $from, to: $to, maxHops: $hops, kinds: $kinds, exclude: $without, first: $first, after: $after) {
    isComplete
    nodes { length records { id } steps {
      from { id } to { id name } edge name nameEn forward field properties { name value } } }
    edges { cursor node { length } }
    pageInfo { hasNextPage endCursor }
  }
}
"""
FILLED = "synthetic: true, version: 1, visibility: 'public', createdAt: '2026-01-01T00:00:00Z', updatedAt: '2026-01-01T00:00:00Z'"
MOST_HITS = 300_000


@pytest_asyncio.fixture(scope="module", autouse=True)
async def web(driver: AsyncDriver) -> AsyncIterator[None]:
    await lay_out(driver)
    yield


async def walked(hub: Hub, start: str, end: str, **more: Any) -> list[list[str]]:
    data = await hub.data(PATHS, {"from": id_of(start), "to": id_of(end), "first": 1_000, **more})
    return [[each["id"] for each in path["records"]] for path in data["paths"]["nodes"]]


def expected(  # noqa: PLR0913, PLR0917 - the ends, and what narrows the walk
    start: str,
    end: str,
    longest: int,
    through: set[str],
    seen: set[str],
    without: Collection[str] = ("FROM_SOURCE",),
) -> list[list[str]]:
    """All paths, found the slow and obvious way: depth first over the list of ties."""
    found, beside = [], [(a, b) for a, kind, b, _ in TIES if kind not in without]

    def on(path: list[str]) -> None:
        for near, far in [*beside, *((b, a) for a, b in beside)]:
            if near != path[-1] or far in path or far not in seen:
                continue
            if far == end:
                found.append([*path, far])
            elif far in through and len(path) < longest:
                on([*path, far])

    on([start])
    return sorted(([id_of(key) for key in path] for path in found), key=lambda ids: (len(ids), ids))


SEEN = {key for records in RECORDS.values() for key in records} - {
    "secret",
    "ghost",
    "hidden",
    "closed",
}
MEANT = SEEN - {"chengdu", "physics", "registry"}


@pytest.mark.parametrize("hops", range(1, 7))
@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("scu", "cqu"),
        ("wang", "li"),
        ("wang", "scu"),
        ("zhao", "li"),
        ("ms", "paper"),
        ("chengdu", "cqu"),
    ],
)
async def test_all_paths_are_found_shortest_first(
    hub: Hub, start: str, end: str, hops: int
) -> None:
    paths = await walked(hub, start, end, hops=hops)
    assert paths == expected(start, end, hops, MEANT, SEEN)


async def test_kinds_say_what_may_lie_between(hub: Hub) -> None:
    through = {"physics", "wang", "li"}
    paths = await walked(hub, "wang", "li", kinds=["TOPIC", "PERSON"])
    assert (
        paths
        == expected("wang", "li", 4, through, SEEN)
        == [[id_of("wang"), id_of("physics"), id_of("li")]]
    )


EDGES = sorted({kind for _, kind, _, _ in TIES if kind in edge_types(MODEL).split("|")})


@pytest.mark.parametrize("excluded", [*([each] for each in EDGES), EDGES[:2], []])
async def test_excluded_relations_are_not_walked(hub: Hub, excluded: list[str]) -> None:
    for start, end in (("scu", "cqu"), ("wang", "li")):
        paths = await walked(hub, start, end, without=excluded)
        assert paths == expected(start, end, 4, MEANT, SEEN, {*excluded, "FROM_SOURCE"})


async def test_what_may_not_be_seen_is_not_walked_around_an_exclusion_either(hub: Hub) -> None:
    paths = await walked(hub, "scu", "cqu", without=["PARTICIPATES_IN"])
    assert not {id_of("closed"), id_of("ghost"), id_of("secret")} & {i for p in paths for i in p}


async def test_an_exclusion_of_everything_or_of_provenance_is_refused(hub: Hub) -> None:
    every = edge_types(MODEL).split("|")
    given = {"from": id_of("scu"), "to": id_of("cqu")}
    assert await hub.refusal(PATHS, given | {"without": every}) == "BAD_ARGUMENT"
    assert "FROM_SOURCE" not in every


async def test_a_cursor_holds_for_its_own_exclusion_only(hub: Hub) -> None:
    given = {"from": id_of("wang"), "to": id_of("li"), "hops": 6, "first": 1}
    page = await hub.data(PATHS, given)
    after = page["paths"]["pageInfo"]["endCursor"]
    assert await hub.refusal(PATHS, given | {"without": ["ABOUT"], "after": after}) == "BAD_CURSOR"


async def test_provenance_is_never_walked_even_when_asked_for(hub: Hub) -> None:
    assert await walked(hub, "scu", "cqu", kinds=["SOURCE"]) == []


def test_papers_of_the_hubs_own_work_are_never_walked_to() -> None:
    types = edge_types(MODEL).split("|")
    clerical = {noun.name for noun in MODEL if noun.clerical}
    to_papers = {
        edge.type
        for noun in MODEL
        for edge in noun.edges
        if noun.name in clerical or edge.target in clerical
    }
    assert {"Task", "Notice", "FlowRun"} <= clerical
    assert to_papers
    assert to_papers.isdisjoint(types)
    assert {"OFFERED_BY", "RUN_BY", "AUTHORISED_BY"} & set(types) == {"OFFERED_BY", "RUN_BY"}


async def test_a_step_is_told_in_the_direction_it_is_walked(hub: Hub) -> None:
    data = await hub.data(PATHS, {"from": id_of("scu"), "to": id_of("wang"), "first": 1})
    (step,) = data["paths"]["nodes"][0]["steps"]
    assert step == {
        "from": {"id": id_of("scu")},
        "to": {"id": id_of("wang"), "name": "王芳"},
        "edge": "AFFILIATED_WITH",
        "name": "人员",
        "nameEn": "People affiliated with it",
        "forward": False,
        "field": "people",
        "properties": [{"name": "role", "value": "RESEARCHER"}, {"name": "title", "value": "教授"}],
    }


async def test_hidden_records_are_walked_only_by_whoever_may_see_them(hub: Hub) -> None:
    through_project = [id_of("scu"), id_of("closed"), id_of("cqu")]
    through_person = [id_of("scu"), id_of("ghost"), id_of("joint"), id_of("cqu")]
    variables = {"from": id_of("scu"), "to": id_of("cqu"), "first": 100}
    for grants, seen in (((), False), ((id_of("scu"),), True)):
        data = await hub.data(PATHS, variables, at_home(grants, "someone"))
        paths = [[each["id"] for each in path["records"]] for path in data["paths"]["nodes"]]
        assert (through_project in paths, through_person in paths) == (seen, seen)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("cd-person-nobody", id_of("li")),
        (id_of("li"), "x"),
        ("", ""),
        (id_of("secret"), id_of("li")),
        (id_of("li"), id_of("li")),
    ],
)
async def test_unknown_hidden_and_equal_ends_have_no_paths(hub: Hub, start: str, end: str) -> None:
    data = await hub.data(PATHS, {"from": start, "to": end})
    assert (data["paths"]["nodes"], data["paths"]["isComplete"]) == ([], True)


@pytest.mark.parametrize("hops", [0, 7, -1])
async def test_a_length_out_of_bounds_is_refused(hub: Hub, hops: int) -> None:
    assert await hub.refusal(PATHS, {"from": "a", "to": "b", "hops": hops}) == "BAD_ARGUMENT"


async def test_pages_follow_one_another_without_gap_or_repetition(hub: Hub) -> None:
    whole, after, paths = await walked(hub, "wang", "li", hops=6), None, []
    for number in range(len(whole)):
        page = await hub.data(
            PATHS, {"from": id_of("wang"), "to": id_of("li"), "hops": 6, "first": 1, "after": after}
        )
        assert page["paths"]["pageInfo"]["hasNextPage"] is (number < len(whole) - 1)
        paths += [[each["id"] for each in path["records"]] for path in page["paths"]["nodes"]]
        after = page["paths"]["pageInfo"]["endCursor"]
    assert paths == whole
    assert len(whole) > 1


async def test_parallel_edges_are_paths_of_their_own(hub: Hub, driver: AsyncDriver) -> None:
    made = await run(
        driver,
        "MATCH (a:Record {id: $a}) MATCH (b:Record {id: $b})"
        " CREATE (a)-[e:AFFILIATED_WITH {role: 'visiting'}]->(b) RETURN elementId(e) AS id",
        a=id_of("wang"),
        b=id_of("scu"),
    )
    data = await hub.data(PATHS, {"from": id_of("wang"), "to": id_of("scu"), "hops": 1})
    await run(driver, "MATCH ()-[e]->() WHERE elementId(e) = $id DELETE e", id=made[0]["id"])
    roles = {path["steps"][0]["properties"][0]["value"] for path in data["paths"]["nodes"]}
    assert roles == {"RESEARCHER", "VISITING"}


@pytest_asyncio.fixture(scope="module")
async def hub_of_ten_thousand(driver: AsyncDriver) -> AsyncIterator[str]:
    """An institution with 10,000 people, one of whom works on a project with an outsider."""
    await run(
        driver,
        f"CREATE (h:Institution:Record {{id: 'cd-institution-hub', name: '大机构', kind: 'university', status: 'active', {FILLED}}})"
        f" CREATE (o:Person:Record {{id: 'cd-person-outside', name: '外人', {FILLED}}})"
        f" CREATE (p:Project:Record {{id: 'cd-project-far', name: '远处项目', kind: 'research', {FILLED}}})"
        " CREATE (o)-[:WORKS_ON]->(p)"
        " WITH h, p UNWIND range(1, 10000) AS i"
        f" CREATE (n:Person:Record {{id: 'cd-person-h' + i, name: '成员' + i, {FILLED}}})-[:AFFILIATED_WITH]->(h)"
        " WITH n, p, i WHERE i = 9999 CREATE (n)-[:WORKS_ON]->(p)",
    )
    yield "cd-institution-hub"
    await run(driver, "MATCH (n:Record) WHERE n.id STARTS WITH 'cd-person-h' OR n.id IN $ids DETACH DELETE n",
              ids=["cd-institution-hub", "cd-person-outside", "cd-project-far"])  # fmt: skip


@pytest.mark.parametrize(
    ("start", "end", "length"),
    [
        ("cd-person-h1", "cd-person-h2", 2),
        ("cd-institution-hub", "cd-person-outside", 3),
        ("cd-person-h1", "cd-person-outside", 4),
        ("cd-institution-hub", id_of("scu"), None),
    ],
)
async def test_a_hub_of_ten_thousand_edges_is_crossed_in_bounded_work(  # noqa: PLR0913, PLR0917 - fixtures and a case
    hub: Hub,
    driver: AsyncDriver,
    hub_of_ten_thousand: str,
    start: str,
    end: str,
    length: int | None,
) -> None:
    data = await hub.data(PATHS, {"from": start, "to": end, "hops": 6, "first": 1})
    lengths = [path["length"] for path in data["paths"]["nodes"]]
    assert lengths == ([] if length is None else [length])
    assert await hits(driver, *hub.statements[-1]) < MOST_HITS


async def test_what_a_bound_cut_off_is_said(hub: Hub, hub_of_ten_thousand: str) -> None:
    crossed = await hub.data(PATHS, {"from": "cd-person-h1", "to": id_of("li"), "hops": 4})
    cut = await hub.data(PATHS, {"from": hub_of_ten_thousand, "to": id_of("li"), "hops": 4})
    assert crossed["paths"]["isComplete"] is True
    assert cut["paths"]["isComplete"] is False


def test_the_slow_way_knows_paths_of_several_lengths() -> None:
    paths = expected("wang", "li", 6, MEANT, SEEN)
    assert {len(path) for path in paths} >= {5, 6}
    assert all(len(before) <= len(after) for before, after in pairwise(paths))
