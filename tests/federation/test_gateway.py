"""The hub's subgraph is composed with another by both composers, and answers through a gateway in both directions."""

from __future__ import annotations

from typing import Any

import pytest
from graphql import GraphQLField, build_schema, value_from_ast_untyped

from graph_store.model import MODEL
from schema.root import hub_schema
from schema.subgraph import subgraph
from tests.federation.conftest import INSTRUMENTS, World

COMPOSERS = pytest.mark.parametrize("composer", ["apollo", "guild"])
NAMES = {f"仪器{number}" for number in range(INSTRUMENTS)}


@COMPOSERS
def test_the_composer_has_nothing_to_say_against_the_two_subgraphs(
    told: dict[str, Any], composer: str
) -> None:
    found = told["supergraphs"][composer]
    assert (found["errors"], found["hints"]) == ([], [])


@COMPOSERS
def test_the_supergraph_has_the_fields_of_both_and_the_prices_and_tags_of_the_hub(
    told: dict[str, Any], composer: str
) -> None:
    text = told["supergraphs"][composer]["supergraph"]
    types: Any = build_schema(text, assume_valid=True).type_map
    assert {"name", "owner", "reviews"} <= set(types["Instrument"].fields)
    assert {"name", "ror", "stars"} <= set(types["Institution"].fields)
    assert applied(types["Instrument"].fields["synthetic"])["tag"] == {"name": "synthetic"}
    assert applied(types["Query"].fields["paths"])["cost"] == {"weight": 100}
    assert applied(types["Institution"].fields["instruments"])["listSize"] == {
        "assumedSize": 20,
        "slicingArguments": ["first", "last"],
        "sizedFields": ["nodes", "edges"],
        "requireOneSlicingArgument": False,
    }


def applied(field: GraphQLField) -> dict[str, dict[str, Any]]:
    """The directives on a field of a schema that was built from text: by name, their arguments."""
    assert field.ast_node is not None
    return {
        each.name.value: {
            argument.name.value: value_from_ast_untyped(argument.value)
            for argument in each.arguments or ()
        }
        for each in field.ast_node.directives or ()
    }


def test_the_service_tells_what_the_command_prints(told: dict[str, Any]) -> None:
    assert told["hubSdl"] == subgraph(hub_schema(), MODEL)


@COMPOSERS
async def test_what_another_subgraph_adds_to_the_hubs_records_is_found_in_one_request_to_each(
    world: World, composer: str
) -> None:
    page = await world.ask(
        composer,
        "query ($first: Int!) { instruments(first: $first, where: {category: {eq: LASER}}) { nodes { name reviews { text } } } }",
        {"first": INSTRUMENTS},
    )
    nodes = page["instruments"]["nodes"]
    assert {node["name"] for node in nodes} == NAMES
    assert all(node["reviews"][0]["text"] for node in nodes)
    assert len(world.hub.statements) == 1
    assert await world.asked_of_reviews() == [INSTRUMENTS]


@COMPOSERS
async def test_records_of_the_hub_are_reached_from_another_subgraph_in_one_statement(
    world: World, composer: str
) -> None:
    found = await world.ask(
        composer,
        "query ($first: Int!) { reviews(first: $first) { id instrument { name owner { name stars } } } }",
        {"first": 2 * INSTRUMENTS},
    )
    names = [review["instrument"]["name"] for review in found["reviews"]]
    assert names == [f"仪器{number % INSTRUMENTS}" for number in range(2 * INSTRUMENTS)]
    assert {review["instrument"]["owner"]["name"] for review in found["reviews"]} == {"四川大学"}
    ((_, parameters),) = world.hub.statements
    assert set(parameters["p0"]) == {f"cd-instrument-{n:06}" for n in range(INSTRUMENTS)}


@COMPOSERS
async def test_a_record_is_reached_by_another_key_than_its_id(world: World, composer: str) -> None:
    found = await world.ask(
        composer,
        "query ($rors: [String!]!) { rated(rors: $rors) { ror stars nameEn } }",
        {"rors": ["00nobody1", "011ashp19"]},
    )
    assert [each["nameEn"] for each in found["rated"]] == [None, "Sichuan University"]
    assert len(world.hub.statements) == 1


@COMPOSERS
async def test_what_the_viewer_may_not_see_is_null_through_the_gateway(
    world: World, composer: str
) -> None:
    shown, hidden = "cd-instrument-xrd", "cd-instrument-hidden"
    found = await world.ask(
        composer,
        "query ($ids: [ID!]!) { reviewed(ids: $ids) { id nameEn owner { nameEn } } }",
        {"ids": [hidden, shown]},
    )
    assert found["reviewed"] == [
        {"id": hidden, "nameEn": None, "owner": None},
        {
            "id": shown,
            "nameEn": "X-ray diffractometer (XRD)",
            "owner": {"nameEn": "Sichuan University"},
        },
    ]


async def test_two_thousand_representations_are_answered_and_one_more_is_refused(
    world: World,
) -> None:
    query = "query ($given: [_Any!]!) { _entities(representations: $given) { ... on Instrument { name } } }"
    several = [
        {"__typename": "Instrument", "id": f"cd-instrument-{n % INSTRUMENTS:06}"}
        for n in range(2_001)
    ]
    world.hub.statements.clear()
    asked = {"query": query, "variables": {"given": several[:-1]}}
    found = (await world.client.post(world.hub.url, json=asked)).json()["data"]["_entities"]
    assert [each["name"] for each in found] == [f"仪器{n % INSTRUMENTS}" for n in range(2_000)]
    assert len(world.hub.statements) == 1
    asked = {"query": query, "variables": {"given": several}}
    refused = (await world.client.post(world.hub.url, json=asked)).json()
    assert refused["errors"][0]["extensions"]["code"] == "LIMIT_EXCEEDED"
    assert len(world.hub.statements) == 1
