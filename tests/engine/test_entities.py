"""`_entities`: any number of records by any of their keys, each in its place, in one statement."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from random import Random

import pytest

from auth.viewer import ANONYMOUS
from graph_store.model import MODEL
from resolvers.representations import entity_keys
from tests.engine.conftest import Hub
from tests.slow.graph import Graph
from tests.slow.reading import Reading
from tests.slow.resolvers import Slow
from tests.slow.world import TODAY, homes
from tests.viewers import at_home

SLOW = Slow(MODEL)

ENTITIES = "query ($given: [_Any!]!) { _entities(representations: $given) { __typename ... on Node { id } ... on Record { name } %s } }"
PLAIN = ENTITIES % ""
BELOW = {
    "Institution": "ror people(first: 2, orderBy: [{name: ASC}]) { totalCount nodes { id } pageInfo { hasNextPage } }",
    "Instrument": "cstr assetNumber owner { id name } components(first: 1) { nodes { id } }",
    "Topic": "code",
}
DEEP = ENTITIES % " ".join(f"... on {noun} {{ {below} }}" for noun, below in BELOW.items())


def told(noun: str, key: str, value: object) -> dict[str, object]:
    """A representation."""
    return {"__typename": noun, key: value}


def some_of(graph: Graph, nouns: Iterable[str]) -> list[dict[str, object]]:
    """Records (the broken ones left out) by each of their keys and values that nobody has, in no order, some twice."""
    found = [
        told(noun, key.name, value)
        for noun in nouns
        for key in entity_keys(MODEL[noun])
        for value in [*(each[key.name] for each in graph.records[noun][3:9]), "nobody"]
        if value is not None
    ]
    random = Random(20200415)  # noqa: S311 - the same order each time
    random.shuffle(found)
    return [*found, *found[:20]]


@pytest.mark.parametrize("who", ["anonymous", "granted"])
@pytest.mark.parametrize("text", [PLAIN, DEEP], ids=["plain", "deep"])
async def test_entities_of_all_nouns_and_keys_are_those_of_the_slow_path_in_one_statement(
    hub: Hub, small_graph: Graph, who: str, text: str
) -> None:
    viewer = ANONYMOUS if who == "anonymous" else at_home(homes(small_graph))
    nouns = list(BELOW) if text == DEEP else [noun.name for noun in MODEL if not noun.log]
    given = {"given": some_of(small_graph, nouns)}
    hub.statements.clear()
    found = await hub.ask(text, given, viewer)
    assert len(hub.statements) == 1
    assert found == SLOW.asked(text, given, Reading(small_graph, MODEL, viewer, TODAY))
    records = found["data"]["_entities"]
    assert None in records
    assert {record["__typename"] for record in records if record} == set(nouns)


async def test_hidden_records_are_null_for_those_who_may_not_see_them(
    hub: Hub, small_graph: Graph
) -> None:
    grants = homes(small_graph)
    hidden = next(
        record["id"]
        for record in small_graph.records["Institution"]
        if record["visibility"] == "institution" and record["id"] in grants
    )
    given = {"given": [told("Institution", "id", hidden)]}
    assert (await hub.data(PLAIN, given))["_entities"] == [None]
    (seen,) = (await hub.data(PLAIN, given, at_home(grants)))["_entities"]
    assert seen["id"] == hidden


async def test_order_duplicates_and_gaps_are_kept(hub: Hub, small_graph: Graph) -> None:
    first, second = (record["id"] for record in small_graph.records["Topic"][:2])
    asked = [first, "nobody", second, first, None, first]
    found = await hub.data(PLAIN, {"given": [told("Topic", "id", each) for each in asked]})
    ids = [record and record["id"] for record in found["_entities"]]
    assert ids == [first, None, second, first, None, first]


@pytest.mark.parametrize("count", [0, 1, 2, 3])
async def test_any_number_of_entities_is_answered(hub: Hub, small_graph: Graph, count: int) -> None:
    ids = [record["id"] for record in small_graph.records["Topic"][:count]]
    found = await hub.data(PLAIN, {"given": [told("Topic", "id", each) for each in ids]})
    assert [record["id"] for record in found["_entities"]] == ids


async def test_representations_may_be_written_in_the_document_with_variables_inside(
    hub: Hub, small_graph: Graph
) -> None:
    first, second = (record["id"] for record in small_graph.records["Topic"][:2])
    query = f"""query ($second: ID!, $third: _Any!) {{
      list: _entities(representations: [{{__typename: "Topic", id: "{first}"}}, {{__typename: "Topic", id: $second}}, $third]) {{ ... on Node {{ id }} }}
      one: _entities(representations: {{__typename: "Topic", id: $second}}) {{ ... on Node {{ id }} }}
    }}"""
    found = await hub.data(query, {"second": second, "third": told("Topic", "id", first)})
    assert [each["id"] for each in found["list"]] == [first, second, first]
    assert [each["id"] for each in found["one"]] == [second]


async def test_of_several_keys_the_first_that_is_given_counts(hub: Hub, small_graph: Graph) -> None:
    first, second = small_graph.records["Topic"][:2]
    both = {"__typename": "Topic", "code": second["code"], "id": first["id"]}
    other = {"__typename": "Topic", "code": second["code"], "id": None}
    found = (await hub.data(PLAIN, {"given": [both, other]}))["_entities"]
    assert [each["id"] for each in found] == [first["id"], second["id"]]


async def test_representations_of_the_same_kinds_share_a_plan(
    new_hub: Callable[..., Hub], small_graph: Graph
) -> None:
    hub = new_hub()
    topics = [told("Topic", "id", record["id"]) for record in small_graph.records["Topic"]]
    source = told("Source", "id", small_graph.records["Source"][0]["id"])
    for given in (topics[:1], topics, topics[::-1], [*topics, source], [source, *topics]):
        await hub.data(PLAIN, {"given": given})
    assert hub.engine.documents.get(PLAIN, None).plans.size == 2


async def test_entities_come_beside_other_roots_and_beside_introspection(
    hub: Hub, small_graph: Graph
) -> None:
    id_ = small_graph.records["Topic"][0]["id"]
    query = """query ($given: [_Any!]!, $id: ID!) {
      again: _entities(representations: $given) { kind: __typename ... on Topic { id } }
      topic(id: $id) { id }
      __type(name: "_Entity") { possibleTypes { name } }
      _service { sdl }
    }"""
    found = await hub.data(
        query, {"given": [told("Topic", "id", id_), told("Person", "id", "nobody")], "id": id_}
    )
    assert found["again"] == [{"kind": "Topic", "id": id_}, None]
    assert found["topic"] == {"id": id_}
    possible = {each["name"] for each in found["__type"]["possibleTypes"]}
    assert possible == {noun.name for noun in MODEL if not noun.log}
    assert 'type Topic implements Node & Record @key(fields: "id")' in found["_service"]["sdl"]


async def test_a_value_that_is_not_as_declared_makes_its_own_entity_null_and_says_where(
    hub: Hub, small_graph: Graph
) -> None:
    broken, whole = (small_graph.records["Event"][index]["id"] for index in (0, 3))
    text = "query ($given: [_Any!]!) { _entities(representations: $given) { ... on Event { id kind } ... on Topic { id } } }"
    grants = at_home(tuple(each["id"] for each in small_graph.records["Institution"]))
    given = [told("Event", "id", whole), told("Topic", "id", "nobody"), told("Event", "id", broken)]
    answer = await hub.ask(text, {"given": given}, grants)
    assert [error["path"] for error in answer["errors"]] == [["_entities", 2, "kind"]]
    assert answer["data"]["_entities"][0]["id"] == whole
    assert answer["data"]["_entities"][1:] == [None, None]


@pytest.mark.parametrize(
    ("given", "part"),
    [
        ("Instrument", "is no object"),
        ({"id": "x"}, "no __typename"),
        ({"__typename": "Spaceship", "id": "x"}, "'Spaceship', which is no entity"),
        ({"__typename": "PageInfo", "id": "x"}, "'PageInfo', which is no entity"),
        ({"__typename": ["Topic"], "id": "x"}, "which is no entity"),
        ({"__typename": "Topic"}, "Give one of id, originKey, code"),
        ({"__typename": "Topic", "name": "物理学"}, "gives no key of Topic"),
        ({"__typename": "Instrument", "assetNumber": "7"}, "gives no key of Instrument"),
        ({"__typename": "Topic", "id": 7}, "Topic.id as something else than text"),
        ({"__typename": "Topic", "code": {"x": "y"}}, "Topic.code as something else than text"),
    ],
)
async def test_a_representation_that_names_no_entity_is_refused_with_its_place(
    hub: Hub, given: object, part: str
) -> None:
    hub.statements.clear()
    query = PLAIN.replace("_entities(", "found: _entities(")
    answer = await hub.ask(query, {"given": [told("Topic", "id", "nobody"), given]})
    (error,) = answer["errors"]
    assert "data" not in answer
    assert error["path"] == ["found", 1]
    assert error["extensions"]["code"] == "BAD_REPRESENTATION"
    assert error["message"].startswith("Representation 1 ")
    assert part in error["message"]
    assert error["extensions"]["messageZh"].startswith("第 1 个实体表示")
    assert hub.statements == []


async def test_null_in_the_place_of_the_list_is_refused(hub: Hub) -> None:
    query = PLAIN.replace("[_Any!]!", "[_Any!] = []")
    assert await hub.data(query) == {"_entities": []}
    assert await hub.refusal(query, {"given": None}) == "BAD_REPRESENTATION"


def test_no_record_is_an_entity_by_what_not_everybody_may_see() -> None:
    assert [key.name for key in entity_keys(MODEL["Institution"])] == [
        "id",
        "originKey",
        "uscc",
        "ror",
    ]
    assert all(key.level.value == "public" for noun in MODEL for key in entity_keys(noun))
