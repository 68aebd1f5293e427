"""The differential test: generated operations, answered by the engine and by the slow path, must agree to the byte."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from graphql import GraphQLSchema
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auth.viewer import Viewer
from graph_store.model import MODEL
from resolvers.answer import Asked
from schema.root import derived
from tests.engine.conftest import Hub
from tests.slow import world
from tests.slow.graph import Graph
from tests.slow.operations import Operation, operations
from tests.slow.reading import Reading
from tests.slow.resolvers import Slow
from tests.viewers import of_every_kind

SCHEMA: GraphQLSchema = derived(MODEL)
LAID_OUT = world.build(MODEL)
PERSON = LAID_OUT.records["Person"][1]["id"]
VIEWERS = tuple(of_every_kind(world.homes(LAID_OUT), PERSON, ("analytical", "marine")).values())
SLOW = Slow(MODEL)


OPERATIONS = operations(SCHEMA, world.pool(LAID_OUT, MODEL))
# a failing example is shown by its operation; Hypothesis would rather not print the strategy
pytestmark = pytest.mark.filterwarnings("ignore:Generating overly large repr")
QUICK = settings(
    max_examples=300, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)
DEEP = settings(max_examples=2_500, deadline=None, suppress_health_check=list(HealthCheck))


def rounded(value: Any) -> Any:
    """An average's last bits depend on the order in which a database adds; everything else is compared as it is."""
    if isinstance(value, dict):
        return {key: rounded(each) for key, each in value.items()}
    if isinstance(value, list):
        return [rounded(each) for each in value]
    return float(f"{value:.12g}") if isinstance(value, float) else value


async def _agree(hub: Hub, graph: Graph, asked: Operation, viewer: Viewer) -> None:
    answer = await hub.engine.answer(Asked(asked.text, None, asked.variables), viewer)
    reading = Reading(graph, MODEL, viewer, world.TODAY)
    slow = SLOW.answer(asked.text, asked.variables, reading)
    found, wanted = (orjson.dumps(rounded(orjson.loads(body))) for body in (answer.body, slow))
    assert found.decode() == wanted.decode()
    told = {(read.noun, read.id, read.field) for read in answer.personal if read.id}
    # by what it was asked is told whatever was found; the slow path knows only what it shows
    asked_by = {read.field for read in answer.personal if not read.id}
    assert all(each in f"{asked.text} {asked.variables}" for each in asked_by)
    # graphql-core leaves the rest alone where null must not be; what was decoded counts as told
    assert told >= reading.seeing.told if answer.kind == "partial" else told == reading.seeing.told


@pytest.mark.parametrize(
    "field", ["name", "kind", "organisers { nodes { events { nodes { name } } } }"]
)
@pytest.mark.parametrize("viewer", VIEWERS)
async def test_a_null_where_there_must_be_a_value_is_told_as_graphql_core_tells_it(
    hub: Hub, small_graph: Graph, viewer: Viewer, field: str
) -> None:
    asked = Operation(
        f"{{ events(first: 50) {{ nodes {{ id {field} }} }} sources {{ totalCount }} }}", {}
    )
    await _agree(hub, small_graph, asked, viewer)


@QUICK
@given(asked=OPERATIONS, viewer=st.sampled_from(VIEWERS))
async def test_generated_operations_get_the_answer_of_the_slow_path(
    hub: Hub, small_graph: Graph, asked: Operation, viewer: Viewer
) -> None:
    await _agree(hub, small_graph, asked, viewer)


@pytest.mark.deep
@DEEP
@given(asked=OPERATIONS, viewer=st.sampled_from(VIEWERS))
async def test_many_generated_operations_get_the_answer_of_the_slow_path(
    hub: Hub, small_graph: Graph, asked: Operation, viewer: Viewer
) -> None:
    await _agree(hub, small_graph, asked, viewer)
