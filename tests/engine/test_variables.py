"""One document, many shapes of variables: each gets the plan that its shape needs, and the answer that is its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from auth.viewer import Viewer
from graph_store.model import MODEL
from tests.engine.conftest import Hub
from tests.slow import world
from tests.slow.graph import Graph
from tests.slow.reading import Reading
from tests.slow.resolvers import Slow
from tests.viewers import at_home

SLOW = Slow(MODEL)
SEARCHES = """query ($where: InstrumentWhere, $order: [InstrumentOrder!], $by: [InstrumentGroupKey!] = [STATUS], $first: Int, $with: Boolean = true) {
  instruments(where: $where, orderBy: $order, first: $first) { totalCount groups(by: $by) { status category count } nodes { id name @include(if: $with) owner @skip(if: $with) { id } } } }"""
SHAPES: list[dict[str, Any]] = [
    {},
    {"where": None, "order": None},
    {"where": {}},
    {"where": {"valueCny": {"gte": 250_000}}},
    {"where": {"valueCny": {"gte": 0.5}}},
    {"where": {"valueCny": {"eq": None}}},
    {"where": {"valueCny": {"isNull": False}}, "order": [{"valueCny": "DESC"}]},
    {"where": {"valueCny": {"isNull": True}}, "order": [{"valueCny": "ASC"}]},
    {"where": {"category": {"in": []}}},
    {"where": {"category": {"in": ["ANALYTICAL"]}}, "order": [{"owner": {"name": "ASC"}}]},
    {
        "where": {"category": {"in": ["ANALYTICAL", "METROLOGY"]}},
        "order": [{"owner": {"name": "DESC"}}],
    },
    {"where": {"category": {"in": ["ANALYTICAL", "METROLOGY", "MARINE"]}}},
    {"where": {"owner": None}},
    {"where": {"owner": {}}},
    {"where": {"or": [{"name": {"contains": "x"}}, {"model": {"eq": ""}}], "and": []}},
    {"where": {"or": []}},
    {"where": {"not": {"projects": {"some": {"budgetCny": {"gt": 1}}}}}},
    {"order": []},
    {"order": [{"name": "ASC"}, {"valueCny": "DESC"}]},
    {"order": [{"valueCny": "DESC"}, {"name": "ASC"}]},
    {"by": []},
    {"by": ["CATEGORY", "STATUS"]},
    {"first": None},
    {"first": 0},
    {"first": 3, "with": False},
]


@pytest.mark.parametrize(
    "viewer",
    [Viewer(), at_home(("cd-institution-00", "cq-institution-00"))],
    ids=["anonymous", "granted"],
)
async def test_a_document_kept_with_other_variables_is_answered_for_these(
    new_hub: Callable[..., Hub], small_graph: Graph, viewer: Viewer
) -> None:
    hub, reading = new_hub(), Reading(small_graph, MODEL, viewer, world.TODAY)
    for variables in (*SHAPES, *reversed(SHAPES)):
        answer = await hub.ask(SEARCHES, variables, viewer)
        assert answer == SLOW.asked(SEARCHES, variables, reading), variables
    assert len({statement for statement, _ in hub.statements}) < len(SHAPES)


async def test_only_what_steers_a_plan_makes_another_text(
    new_hub: Callable[..., Hub], small_graph: Graph
) -> None:
    hub = new_hub()
    for value in (0.5, 250_000, 500_000.5, 7):
        await hub.data(SEARCHES, {"where": {"valueCny": {"gte": value}}, "first": int(value) % 5})
    assert len({statement for statement, _ in hub.statements}) == 1


async def test_response_names_are_in_no_text_of_the_database(
    new_hub: Callable[..., Hub], small_graph: Graph
) -> None:
    hub = new_hub()
    await hub.data("{ instruments { nodes { id name } } }")
    await hub.data("{ all: instruments { found: nodes { key: id  title: name } } }")
    assert len({statement for statement, _ in hub.statements}) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        "{ instruments(where: {category: {in: null}}) { totalCount } }",
        "{ instruments(where: {name: {contains: null}}) { totalCount } }",
        "{ instrument { id } }",
        '{ instrument(id: "a", by: {cstr: "b"}) { id } }',
        "{ instruments { groups(by: [STATUS, STATUS]) { count } } }",
    ],
)
async def test_an_argument_that_means_nothing_is_refused_and_reads_nothing(
    new_hub: Callable[..., Hub], small_graph: Graph, wrong: str
) -> None:
    hub = new_hub()
    assert await hub.refusal(wrong) == "BAD_ARGUMENT"
    assert hub.statements == []


@pytest.mark.parametrize("text", ["{ __typename }", "{ __schema { queryType { name } } }"])
async def test_what_needs_no_record_reads_nothing(
    new_hub: Callable[..., Hub], small_graph: Graph, text: str
) -> None:
    hub = new_hub()
    await hub.data(text)
    assert hub.statements == []


async def test_introspection_beside_records_reads_once(
    new_hub: Callable[..., Hub], small_graph: Graph
) -> None:
    hub = new_hub()
    data = await hub.data(
        "{ __schema { queryType { name } } institutions(first: 1) { totalCount nodes { __typename } } }"
    )
    assert list(data) == ["__schema", "institutions"]
    assert len(hub.statements) == 1
