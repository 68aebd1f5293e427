"""Pages: walked to the end, forward and backward, they are the whole list of the slow path; their cursors fit one question."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from typing import Any

import orjson
import pytest
from graphql import GraphQLObjectType
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auth.viewer import ANONYMOUS, Viewer
from graph_store.model import MODEL
from schema.root import derived
from tests.engine.conftest import Hub
from tests.slow import world
from tests.slow.graph import Graph
from tests.slow.operations import pages
from tests.slow.reading import Reading
from tests.slow.resolvers import Slow
from tests.viewers import at_home

SCHEMA = derived(MODEL)
SLOW = Slow(MODEL)
LAID_OUT = world.build(MODEL)
VIEWERS = (ANONYMOUS, at_home(world.homes(LAID_OUT), "cd-person-01"))
NODES = (
    "edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }"
)
FORWARD, BACKWARD = (
    ("first", "after", "endCursor", "hasNextPage"),
    ("last", "before", "startCursor", "hasPreviousPage"),
)
BY_NAME = "{ instruments(first: 3, orderBy: [{name: ASC}]) { edges { cursor } } }"


def _connections(kind: str) -> dict[str, Any]:
    found = SCHEMA.type_map[kind]
    assert isinstance(found, GraphQLObjectType)
    return {name: field for name, field in found.fields.items() if "orderBy" in field.args}


def _walks(kind: str) -> st.SearchStrategy[tuple[str, str]]:
    return pages(SCHEMA, world.pool(LAID_OUT, MODEL), _connections(kind))


async def _walked(
    hub: Hub, viewer: Viewer, text: str, words: tuple[str, str, str, str], at: Callable[[Any], Any]
) -> list[list[str]]:
    """The ids of each page until there is no more."""
    count, from_, cursor, more = words
    found: list[list[str]] = []
    variables: dict[str, Any] = {}
    while True:
        page = at(
            await hub.data(text.replace("PAGE", f"{count}: 3, {from_}: $cursor"), variables, viewer)
        )
        found.append([edge["node"]["id"] for edge in page["edges"]])
        if not page["pageInfo"][more]:
            return found
        assert page["pageInfo"]["startCursor"] == page["edges"][0]["cursor"]
        assert page["pageInfo"]["endCursor"] == page["edges"][-1]["cursor"]
        variables = {"cursor": page["pageInfo"][cursor]}


async def _walks_the_whole_list(
    hub: Hub, graph: Graph, viewer: Viewer, text: str, at: Callable[[Any], Any]
) -> None:
    at_once = (
        text.replace("PAGE", "first: 1000")
        .replace("($cursor: String)", "")
        .replace(NODES, "nodes { id }")
    )
    answer = orjson.loads(SLOW.answer(at_once, {}, Reading(graph, MODEL, viewer, world.TODAY)))
    assert "errors" not in answer, answer["errors"]
    wanted = [node["id"] for node in at(answer["data"])["nodes"]]
    forward = await _walked(hub, viewer, text, FORWARD, at)
    backward = await _walked(hub, viewer, text, BACKWARD, at)
    assert [id_ for page in forward for id_ in page] == wanted
    assert [id_ for page in reversed(backward) for id_ in page] == wanted


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(walk=_walks("Query"), viewer=st.sampled_from(VIEWERS))
async def test_pages_of_a_noun_walked_both_ways_are_its_whole_list(
    hub: Hub, small_graph: Graph, walk: tuple[str, str], viewer: Viewer
) -> None:
    name, arguments = walk
    text = f"query Walk($cursor: String) {{ {name}(PAGE, {arguments}) {{ {NODES} }} }}"
    await _walks_the_whole_list(hub, small_graph, viewer, text, lambda data: data[name])


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(walk=_walks("Institution"), index=st.integers(0, 11))
async def test_pages_of_a_relation_walked_both_ways_are_its_whole_list(
    hub: Hub, small_graph: Graph, walk: tuple[str, str], index: int
) -> None:
    name, arguments = walk
    id_, viewer = small_graph.records["Institution"][index]["id"], VIEWERS[1]
    text = f'query Walk($cursor: String) {{ institutions(where: {{id: {{eq: "{id_}"}}}}) {{ nodes {{ {name}(PAGE, {arguments}) {{ {NODES} }} }} }} }}'
    sees = Reading(small_graph, MODEL, viewer, world.TODAY)
    if any(row.id == id_ for row in sees.every("Institution")):
        await _walks_the_whole_list(
            hub, small_graph, viewer, text, lambda data: data["institutions"]["nodes"][0][name]
        )


async def _cursors(hub: Hub) -> list[str]:
    return [edge["cursor"] for edge in (await hub.data(BY_NAME))["instruments"]["edges"]]


async def test_a_cursor_that_somebody_made_or_changed_is_refused(
    hub: Hub, small_graph: Graph
) -> None:
    cursor = (await _cursors(hub))[0]
    raw = bytearray(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    raw[-3] ^= 1
    changed = urlsafe_b64encode(bytes(raw)).decode().rstrip("=")
    for wrong in (changed, cursor[:-4], "", "null", "游标", "a" * 10_000, "\0"):
        text = "query ($after: String) { instruments(first: 3, orderBy: [{name: ASC}], after: $after) { nodes { id } } }"
        assert await hub.refusal(text, {"after": wrong}) == "BAD_CURSOR"


@pytest.mark.parametrize(
    "other",
    [
        "instruments(first: 3, orderBy: [{name: DESC}], after: $c)",
        "instruments(first: 3, orderBy: [{valueCny: ASC}], after: $c)",
        "instruments(first: 3, orderBy: [{name: ASC}, {valueCny: ASC}], after: $c)",
        "instruments(first: 3, after: $c)",
        "instruments(first: 3, orderBy: [{name: ASC}], where: {status: {eq: RETIRED}}, after: $c)",
        "people(first: 3, orderBy: [{name: ASC}], after: $c)",
    ],
)
async def test_a_cursor_of_another_question_is_refused(
    hub: Hub, small_graph: Graph, other: str
) -> None:
    cursor = (await _cursors(hub))[0]
    assert (
        await hub.refusal(f"query ($c: String) {{ {other} {{ nodes {{ id }} }} }}", {"c": cursor})
        == "BAD_CURSOR"
    )
    written_out = other.replace("$c", f'"{cursor}"')
    assert await hub.refusal(f"{{ {written_out} {{ nodes {{ id }} }} }}") == "BAD_CURSOR"


async def test_a_cursor_fits_its_filter_with_the_same_values_only(
    hub: Hub, small_graph: Graph
) -> None:
    text = "query ($v: Float, $after: String) { instruments(first: 2, where: {valueCny: {gte: $v}}, after: $after) { edges { cursor } } }"
    cursor = (await hub.data(text, {"v": 0.5}))["instruments"]["edges"][0]["cursor"]
    assert await hub.data(text, {"v": 0.5, "after": cursor})
    assert await hub.refusal(text, {"v": 250_000.0, "after": cursor}) == "BAD_CURSOR"


async def test_a_cursor_fits_the_same_question_in_other_words(hub: Hub, small_graph: Graph) -> None:
    given = "query ($w: InstrumentWhere, $o: [InstrumentOrder!]) { instruments(first: 1, where: $w, orderBy: $o) { pageInfo { endCursor } } }"
    variables = {"w": {"valueCny": {"gte": 0.5}}, "o": [{"name": "ASC"}]}
    cursor = (await hub.data(given, variables))["instruments"]["pageInfo"]["endCursor"]
    written = f'{{ i: instruments(after: "{cursor}", first: 1000, where: {{valueCny: {{gte: 0.5}}}}, orderBy: [{{name: ASC}}]) {{ nodes {{ name id }} }} }}'
    whole = "{ i: instruments(first: 1000, where: {valueCny: {gte: 0.5}}, orderBy: [{name: ASC}]) { nodes { name id } } }"
    assert (await hub.data(written))["i"]["nodes"] == (await hub.data(whole))["i"]["nodes"][1:]


@pytest.mark.parametrize(
    "size", ["first: 1001", "first: -1", "last: 1001", "last: -1", "first: 2147483647"]
)
async def test_a_page_of_a_size_that_is_not_allowed_is_refused(
    hub: Hub, small_graph: Graph, size: str
) -> None:
    assert await hub.refusal(f"{{ institutions({size}) {{ nodes {{ id }} }} }}") == "BAD_ARGUMENT"
    assert (
        await hub.refusal(
            f"{{ institutions {{ nodes {{ people({size}) {{ nodes {{ id }} }} }} }} }}"
        )
        == "BAD_ARGUMENT"
    )


async def test_a_page_as_large_as_allowed_is_given(
    new_hub: Callable[..., Hub], small_graph: Graph
) -> None:
    hub = new_hub(most=5)
    assert (
        len(
            (await hub.data("{ institutions(first: 5) { nodes { id } } }"))["institutions"]["nodes"]
        )
        == 5
    )
    assert await hub.refusal("{ institutions(first: 6) { nodes { id } } }") == "BAD_ARGUMENT"


@pytest.mark.parametrize(
    "mixed",
    ["first: 1, last: 1", "first: 1, before: $c", "last: 1, after: $c", "after: $c, before: $c"],
)
async def test_forward_and_backward_at_once_is_refused(
    hub: Hub, small_graph: Graph, mixed: str
) -> None:
    head = "query ($c: String)" if "$c" in mixed else "query"
    cursor = (await _cursors(hub))[0]
    text = f"{head} {{ instruments({mixed}, orderBy: [{{name: ASC}}]) {{ nodes {{ id }} }} }}"
    assert await hub.refusal(text, {"c": cursor}) == "BAD_ARGUMENT"
