"""Whatever the rights of a model: the compiled question shows what the slow, obvious check allows, and nothing that it hides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from neo4j import AsyncDriver

from graph_store.model import MODEL, Model, ModelError
from graph_store.model.words import AGREEMENT, INSTITUTION, Kind, Mask, Property, SharedBy
from graph_store.reads import reader
from graph_store.rights import Role
from graph_store.statistics import UNKNOWN, Statistics
from resolvers.answer import Asked
from resolvers.pricing import Pricing
from schema.root import derived
from tests import graph
from tests.engine.conftest import open_hub
from tests.engine.test_the_slow_path_agrees import rounded
from tests.slow import world
from tests.slow.graph import Graph
from tests.slow.models import models
from tests.slow.operations import operations
from tests.slow.reading import Reading
from tests.slow.resolvers import Slow
from tests.viewers import of_every_kind

LAID_OUT = world.build(MODEL)
KINDS = tuple(
    dict.fromkeys(
        option.value
        for noun in MODEL
        for each in noun.properties
        if each.options is not None
        for option in each.options.options[:3]
    )
)
VIEWERS = of_every_kind(world.homes(LAID_OUT), LAID_OUT.records["Person"][1]["id"], KINDS)
SCARCE = replace(UNKNOWN, open={noun.name: 0.0 for noun in MODEL})
"""As though nearly everything were hidden: then totals and groups begin at what is not."""

pytestmark = pytest.mark.filterwarnings("ignore:Generating overly large repr")
OPERATIONS_A_MODEL = 3


async def _agree(
    driver: AsyncDriver, laid_out: Graph, model: Model, data: st.DataObject, known: Statistics
) -> None:
    schema, slow = derived(model), Slow(model)
    pricing = Pricing(lambda: known)
    hub = open_hub(reader(driver, graph.DATABASE, 60), schema, model=model, pricing=pricing)
    asking = operations(schema, world.pool(laid_out, model))
    for _ in range(OPERATIONS_A_MODEL):
        asked, who = data.draw(asking), data.draw(st.sampled_from(sorted(VIEWERS)))
        reading = Reading(laid_out, model, VIEWERS[who], world.TODAY)
        answer = await hub.engine.answer(Asked(asked.text, None, asked.variables), VIEWERS[who])
        wanted = slow.answer(asked.text, asked.variables, reading)
        found, expected = (rounded(orjson.loads(body)) for body in (answer.body, wanted))
        assert orjson.dumps(found).decode() == orjson.dumps(expected).decode()
        told = {(read.noun, read.id, read.field) for read in answer.personal}
        assert told >= reading.seeing.told


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(model=models(MODEL), data=st.data(), known=st.sampled_from((UNKNOWN, SCARCE)))
async def test_of_a_model_with_random_rights_a_viewer_is_shown_what_the_slow_path_allows(
    driver: AsyncDriver, small_graph: Graph, model: Model, data: st.DataObject, known: Statistics
) -> None:
    await _agree(driver, small_graph, model, data, known)


@pytest.mark.deep
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(model=models(MODEL), data=st.data(), known=st.sampled_from((UNKNOWN, SCARCE)))
async def test_of_many_models_with_random_rights_a_viewer_is_shown_what_the_slow_path_allows(
    driver: AsyncDriver, small_graph: Graph, model: Model, data: st.DataObject, known: Statistics
) -> None:
    await _agree(driver, small_graph, model, data, known)


# ---------------------------------------------------------------------------------------------- rights that guard nothing
def _with(noun: str, name: str, **changes: object) -> Callable[[], Model]:
    def changed(declared: Property) -> Property:
        return replace(declared, **changes) if declared.name == name else declared  # type: ignore[arg-type] # by name

    return lambda: Model(
        tuple(
            replace(each, properties=tuple(map(changed, each.properties)))
            if each.name == noun
            else each
            for each in MODEL
        )
    )


def _noun(name: str, **changes: object) -> Callable[[], Model]:
    return lambda: Model(
        tuple(replace(each, **changes) if each.name == name else each for each in MODEL)  # type: ignore[arg-type] # by name
    )


@pytest.mark.parametrize(
    ("made", "told"),
    [
        (_with("Instrument", "model", level=INSTITUTION), "Instrument.model is restricted"),
        (_with("Instrument", "id", level=INSTITUTION), "Instrument.id is restricted"),
        (_with("Person", "visibility", level=INSTITUTION), "Person.visibility is restricted"),
        (_with("Person", "email", sortable=True), "Person.email is personal"),
        (_with("Person", "endedOn", mask=Mask.PHONE), "Person.endedOn is personal"),
        (_with("Person", "phone", kind=Kind.INTEGER), "Person.phone is personal"),
        (_noun("Event", readers=(Role.AUDITOR,)), "Event.name is searchable"),
        (_noun("Event", subject="nowhere"), "Event is about through nowhere"),
        (_noun("Event", shared_by=SharedBy("share_data", "nothing")), "Event is shared by nothing"),
        (_noun("Clause", shared_by=SharedBy("share_data")), "Clause is shared by agreements"),
        (
            _noun("Topic", edges=(replace(MODEL["Topic"].edges[0], level=AGREEMENT),)),
            "is followed by everybody or by the network",
        ),
    ],
)
def test_a_model_whose_rights_would_guard_nothing_is_refused(
    made: Callable[[], Model], told: str
) -> None:
    with pytest.raises(ModelError, match=told):
        made()
