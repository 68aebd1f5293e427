"""What many rows of a page lead to is read once, and every row still has it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from auth.viewer import ANONYMOUS
from graph_store.cypher.ast import Every, Leaf, Many, One, OnEdge, Own, Question
from graph_store.cypher.passes.share import share
from graph_store.model import MODEL
from graph_store.model.words import Kind, Property
from tests.engine.conftest import Hub
from tests.slow.graph import Graph
from tests.slow.world import homes
from tests.viewers import at_home

BELOW = """
    id
    owner {
      name
      people(first: 3, orderBy: [{name: ASC}]) { totalCount nodes { id } }
      instruments { groups(by: [CATEGORY]) { category count sum { valueCny } } }
    }
    componentOf { id components { nodes { id owner { id } } } }
"""
PAGE = f"""
query ($first: Int, $after: String, $last: Int) {{
  instruments(first: $first, after: $after, last: $last, orderBy: [{{valueCny: DESC}}]) {{
    nodes {{ {BELOW} }} pageInfo {{ endCursor hasNextPage }}
  }}
}}
"""
ONE = f"query ($id: ID!) {{ instrument(id: $id) {{ {BELOW} }} }}"


@pytest.mark.parametrize("who", ["anonymous", "granted"])
async def test_each_row_of_a_page_has_what_it_has_when_asked_alone(
    hub: Hub, small_graph: Graph, who: str
) -> None:
    viewer = ANONYMOUS if who == "anonymous" else at_home(homes(small_graph))
    nodes = (await hub.data(PAGE, {"first": 1000}, viewer))["instruments"]["nodes"]
    assert nodes
    for node in nodes:
        assert node == (await hub.data(ONE, {"id": node["id"]}, viewer))["instrument"]


async def test_pages_that_share_follow_one_another_and_end(hub: Hub, small_graph: Graph) -> None:
    whole = (await hub.data(PAGE, {"first": 1000}))["instruments"]["nodes"]
    walked: list[Any] = []
    page: dict[str, Any] = {"pageInfo": {"endCursor": None, "hasNextPage": True}}
    while page["pageInfo"]["hasNextPage"]:
        asked = {"first": 4, "after": page["pageInfo"]["endCursor"]}
        page = (await hub.data(PAGE, asked))["instruments"]
        walked += page["nodes"]
    assert walked == whole
    assert (await hub.data(PAGE, {"last": 5}))["instruments"]["nodes"] == whole[-5:]


async def test_a_page_without_rows_shares_nothing(hub: Hub, small_graph: Graph) -> None:
    nobody = PAGE.replace("orderBy", 'where: {id: {eq: "nothing"}}, orderBy')
    assert (await hub.data(nobody))["instruments"]["nodes"] == []


async def test_lists_below_are_written_for_all_rows_at_once(hub: Hub, small_graph: Graph) -> None:
    hub.statements.clear()
    await hub.data("{ instruments { nodes { owner { people { nodes { id } } } } } }")
    await hub.data("{ instruments { nodes { owner { id } } } }")
    shared, plain = (text for text, _ in hub.statements)
    assert "UNWIND" in shared
    assert "UNWIND" not in plain


async def test_a_row_of_a_page_below_is_not_taken_for_a_shared_one(
    hub: Hub, small_graph: Graph
) -> None:
    text = "query ($first: Int) { institutions(first: $first) { nodes { NODE } } }"
    inside = "division { id institutions { totalCount } } instruments { nodes { owner { id name } componentOf { id } } }"
    many = text.replace("NODE", f"id {inside}")
    for node in (await hub.data(many, {"first": 1000}))["institutions"]["nodes"]:
        one = f'{{ institution(id: "{node["id"]}") {{ id {inside} }} }}'
        assert node == (await hub.data(one))["institution"]


async def test_what_rows_share_may_be_asked_for_twice_in_different_words(
    hub: Hub, small_graph: Graph
) -> None:
    twice = "{ instruments { edges { node { a: owner { id people { totalCount } } b: owner { people { totalCount } key: id } } } } }"
    for edge in (await hub.data(twice))["instruments"]["edges"]:
        a, b = edge["node"]["a"], edge["node"]["b"]
        assert (a and a["id"], a and a["people"]) == (b and b["key"], b and b["people"])


def test_values_of_the_edge_stay_with_their_row() -> None:
    since = Property("since", Kind.DAY, "起始", "Since")
    owner = MODEL.hops("Instrument")["owner"]
    people = MODEL.hops("Institution")["people"]
    id_ = Leaf(Own(MODEL.property("Person", "id")))
    below = Many(people, Every(()), (), None, (id_,), items=True, total=False, groups=())
    for columns, places in (((below,), (0,)), ((below, Leaf(OnEdge(since))), ())):
        one = One(owner, columns)
        page = Many(MODEL["Instrument"], Every(()), (), None, (one,), True, False, ())
        assert share(Question((page,))) == Question((replace(page, shared=places),))
