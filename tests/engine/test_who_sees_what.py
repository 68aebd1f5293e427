"""Who sees what, as a table: each kind of viewer, each level of records and fields, each way to ask."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
import pytest_asyncio
from graphql import GraphQLSchema
from neo4j import AsyncDriver

from auth.viewer import ALL_SCOPES, ANONYMOUS, Scope, Viewer
from graph_store.reads import reader
from graph_store.rights import Rights, Role, RoleHeld
from resolvers.personal import PersonalRead
from schema.root import derived
from tests import graph
from tests.engine.conftest import Hub, open_hub
from tests.engine.levels_web import (
    FIELDS,
    HOME,
    KINDS,
    LEVELLED,
    LEVELS,
    ME,
    id_of,
    laid_out,
)
from tests.engine.seen_by import FIELDS_SEEN, FULL, OF_LI, SEEN, VIEWERS
from tests.viewers import elsewhere


@pytest.fixture(scope="module")
def levelled() -> GraphQLSchema:
    return derived(LEVELLED)


@pytest_asyncio.fixture(scope="module")
async def hub(driver: AsyncDriver, levelled: GraphQLSchema) -> AsyncIterator[Hub]:
    await graph.empty(driver, LEVELLED)
    await graph.write(driver, laid_out())
    await driver.execute_query("CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()")
    yield open_hub(reader(driver, graph.DATABASE, 30), levelled, model=LEVELLED)
    await graph.empty(driver)


# -------------------------------------------------------------------------------------------------------------- records
Way = Callable[[Hub, Viewer, str], Awaitable[set[str]]]
"""Asks in one way for the records of a kind, and gives the levels of those that it was told of."""


def of_each(text: str, found: Callable[[Any], object]) -> Way:
    """Asks about each level's record by itself, `found` tells whether the answer gives it away."""

    async def asked(hub: Hub, viewer: Viewer, kind: str) -> set[str]:
        noun = LEVELLED[KINDS[kind][0]]
        names = {"NOUN": noun.name, "one": noun.singular, "many": noun.plural}
        written = text
        for name, value in names.items():
            written = written.replace(f"<{name}>", value)
        seen = set()
        for level in LEVELS:
            id_ = id_of(kind, level)
            given = {"id": id_, "home": HOME, "key": f"ofNetwork of {id_}"}
            variables = {name: value for name, value in given.items() if f"${name}:" in written}
            if found(await hub.data(written, variables, viewer)):
                seen.add(level)
        return seen

    return asked


async def listed(hub: Hub, viewer: Viewer, kind: str) -> set[str]:
    plural = LEVELLED[KINDS[kind][0]].plural
    text = f"{{ all: {plural}(first: 100) {{ totalCount nodes {{ id }} groups(by: []) {{ count }} }} }}"
    page = (await hub.data(text, viewer=viewer))["all"]
    ids = [each["id"] for each in page["nodes"]]
    assert ids == sorted(ids)
    # nothing hidden is in a total either
    assert page["totalCount"] == page["groups"][0]["count"] == len(ids)
    return {level for level in LEVELS if id_of(kind, level) in ids}


async def sorted_(hub: Hub, viewer: Viewer, kind: str) -> set[str]:
    plural = LEVELLED[KINDS[kind][0]].plural
    text = f"query ($after: String) {{ all: {plural}(first: 2, after: $after, orderBy: [{{name: DESC}}]) {{ nodes {{ id name }} pageInfo {{ hasNextPage endCursor }} }} }}"
    ids: list[str] = []
    names: list[str] = []
    after = None
    while True:
        page = (await hub.data(text, {"after": after}, viewer))["all"]
        ids += [each["id"] for each in page["nodes"]]
        names += [each["name"] for each in page["nodes"]]
        if not page["pageInfo"]["hasNextPage"]:
            break
        after = page["pageInfo"]["endCursor"]
    assert names == sorted(names, reverse=True)
    return {level for level in LEVELS if id_of(kind, level) in ids}


async def searched(hub: Hub, viewer: Viewer, kind: str) -> set[str]:
    text = 'query { search(text: "光谱", first: 100) { totalCount facets { kind count } nodes { ... on Record { id } } } }'
    page = (await hub.data(text, viewer=viewer))["search"]
    ids = [each["id"] for each in page["nodes"]]
    assert page["totalCount"] == len(ids) == sum(each["count"] for each in page["facets"])
    return {level for level in LEVELS if id_of(kind, level) in ids}


async def around(hub: Hub, viewer: Viewer, kind: str) -> set[str]:
    text = "query ($of: ID!) { neighbourhood(of: $of, depth: 1, limit: 400) { records { ... on Record { id } } counts { field count } } }"
    found = (await hub.data(text, {"of": HOME}, viewer))["neighbourhood"]
    ids = [each["id"] for each in found["records"]]
    assert sum(each["count"] for each in found["counts"]) == len(ids)
    return {level for level in LEVELS if id_of(kind, level) in ids}


WAYS: dict[str, Way] = {
    "list and total": listed,
    "sort, page by page": sorted_,
    "search": searched,
    "read by id": of_each("query ($id: ID!) { <one>(id: $id) { name } }", lambda data: any(data.values())),
    "node": of_each("query ($id: ID!) { node(id: $id) { id } }", lambda data: data["node"]),
    "nodes": of_each("query ($id: ID!) { nodes(ids: [$id]) { id } }", lambda data: data["nodes"][0]),
    "search by id": of_each("query ($id: String!) { search(text: $id) { totalCount } }", lambda data: data["search"]["totalCount"]),
    "entity": of_each('query ($id: ID!) { _entities(representations: [{__typename: "<NOUN>", id: $id}]) { ... on <NOUN> { id } } }', lambda data: data["_entities"][0]),
    "count": of_each("query ($id: ID!) { <many>(where: {id: {eq: $id}}) { totalCount } }", lambda data: any(each["totalCount"] for each in data.values())),
    "filter": of_each("query ($id: ID!) { <many>(where: {id: {in: [$id]}}) { nodes { name } } }", lambda data: any(each["nodes"] for each in data.values())),
    "group": of_each("query ($id: ID!) { <many>(where: {id: {eq: $id}}) { groups(by: []) { count } } }", lambda data: any(each["groups"][0]["count"] for each in data.values())),
}  # fmt: skip
OF_HELD: dict[str, Way] = {
    "neighbourhood": around,
    "path to it": of_each("query ($home: ID!, $id: ID!) { paths(from: $home, to: $id, maxHops: 2) { nodes { length } } }", lambda data: data["paths"]["nodes"]),
}  # fmt: skip
OF_OWNED: dict[str, Way] = {
    "connection": of_each("query ($home: ID!, $id: ID!) { institution(id: $home) { instruments(where: {id: {eq: $id}}) { totalCount nodes { id } } } }", lambda data: data["institution"]["instruments"]["nodes"]),
    "filter over an edge": of_each("query ($id: ID!) { institutions(where: {instruments: {some: {id: {eq: $id}}}}) { totalCount } }", lambda data: data["institutions"]["totalCount"]),
    "filter by all over an edge": of_each("query ($home: ID!, $id: ID!) { institutions(where: {id: {eq: $home}, instruments: {all: {not: {id: {eq: $id}}}}}) { totalCount } }", lambda data: not data["institutions"]["totalCount"]),
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("who", SEEN)
async def test_each_viewer_sees_in_each_way_the_records_of_their_levels_alone(
    hub: Hub, who: str, way: str
) -> None:
    found = [await WAYS[way](hub, VIEWERS[who], kind) for kind in KINDS]
    assert found == list(SEEN[who])


@pytest.mark.parametrize("way", OF_HELD)
@pytest.mark.parametrize("who", SEEN)
async def test_nobody_walks_to_what_they_may_not_see(hub: Hub, who: str, way: str) -> None:
    held = [kind for kind in KINDS if kind != "SourceRecord"]
    found = [await OF_HELD[way](hub, VIEWERS[who], kind) for kind in held]
    assert found == list(SEEN[who][:4])


@pytest.mark.parametrize("way", OF_OWNED)
@pytest.mark.parametrize("who", SEEN)
async def test_nobody_learns_over_an_edge_what_they_may_not_see(
    hub: Hub, who: str, way: str
) -> None:
    found = [
        await OF_OWNED[way](hub, VIEWERS[who], kind) for kind in ("Instrument", "marine Instrument")
    ]
    assert found == list(SEEN[who][:2])


@pytest.mark.parametrize("who", SEEN)
async def test_nobody_walks_through_what_they_may_not_see(hub: Hub, who: str) -> None:
    text = "query ($home: ID!, $to: ID!) { paths(from: $home, to: $to, maxHops: 2) { nodes { length } } }"
    reached = set()
    for level in LEVELS:
        given = {"home": HOME, "to": f"cd-project-{level}"}
        if (await hub.data(text, given, VIEWERS[who]))["paths"]["nodes"]:
            reached.add(level)
    assert reached == SEEN[who][0]


@pytest.mark.parametrize("who", SEEN)
async def test_everybody_sees_all_of_their_own_record_and_nobody_of_anothers(
    hub: Hub, who: str
) -> None:
    asked = (
        "query ($id: ID!) { person(id: $id) { phone ofNetwork ofSelf } people { nodes { id } } }"
    )
    found = await hub.data(asked, {"id": ME}, VIEWERS[who])
    is_me = VIEWERS[who].person == ME
    assert (found["person"] is not None) == is_me
    assert (ME in [each["id"] for each in found["people"]["nodes"]]) == is_me


# --------------------------------------------------------------------------------------------------------------- fields
async def levels_of_fields(hub: Hub, viewer: Viewer, way: str) -> set[str]:
    """The levels of those fields of a public instrument that a way of asking gives away."""
    id_, seen = id_of("Instrument", "public"), set()
    for name, level in FIELDS.items():
        text = FIELD_WAYS[way][0].replace("<field>", name)
        given = {"id": id_, "value": f"{name} of {id_}"}
        variables = {key: value for key, value in given.items() if f"${key}:" in text}
        if FIELD_WAYS[way][1](await hub.data(text, variables, viewer)):
            seen.add(level.value)
    return seen


FIELD_WAYS: dict[str, tuple[str, Callable[[Any], object]]] = {
    "read": ("query ($id: ID!) { instrument(id: $id) { value: <field> } }", lambda data: data["instrument"]["value"]),
    "read in a list": ("query ($id: ID!) { instruments(where: {id: {eq: $id}}) { nodes { value: <field> } } }", lambda data: data["instruments"]["nodes"][0]["value"]),
    "node": ("query ($id: ID!) { node(id: $id) { ... on Instrument { value: <field> } } }", lambda data: data["node"]["value"]),
    "filter": ("query ($value: String!) { instruments(where: {<field>: {eq: $value}}) { totalCount } }", lambda data: data["instruments"]["totalCount"]),
    "filter by its absence": ("query ($id: ID!) { instruments(where: {id: {eq: $id}, <field>: {isNull: true}}) { totalCount } }", lambda data: not data["instruments"]["totalCount"]),
    "filter over an edge": ("query ($value: String!) { institutions(where: {instruments: {some: {<field>: {eq: $value}}}}) { totalCount } }", lambda data: data["institutions"]["totalCount"]),
    "look-up": ("query ($value: String!) { instrument(by: {<field>: $value}) { id } }", lambda data: data["instrument"]),
}  # fmt: skip


@pytest.mark.parametrize("way", FIELD_WAYS)
@pytest.mark.parametrize("who", SEEN)
async def test_each_viewer_learns_in_each_way_the_fields_of_their_levels_alone(
    hub: Hub, who: str, way: str
) -> None:
    assert await levels_of_fields(hub, VIEWERS[who], way) == FIELDS_SEEN[who]


@pytest.mark.parametrize("who", SEEN)
async def test_an_order_by_a_restricted_field_takes_it_for_unknown_where_it_is_hidden(
    hub: Hub, who: str
) -> None:
    seen = set()
    for name, level in FIELDS.items():
        text = f"query ($id: ID!) {{ instruments(orderBy: [{{{name}: ASC}}], where: {{id: {{eq: $id}}}}) {{ edges {{ cursor }} }} }}"
        found = await hub.data(text, {"id": id_of("Instrument", "public")}, VIEWERS[who])
        ((_, value, _id),) = [
            hub.engine.mint.read(each["cursor"]) for each in found["instruments"]["edges"]
        ]
        if value is not None:
            seen.add(level.value)
    assert seen == FIELDS_SEEN[who]


@pytest.mark.parametrize("who", SEEN)
async def test_no_restricted_field_is_found_by_search(hub: Hub, who: str) -> None:
    text = "query ($text: String!) { search(text: $text) { totalCount } }"
    for name in FIELDS:
        typed = {"text": f"{name} of {id_of('Instrument', 'public')}"}
        assert (await hub.data(text, typed, VIEWERS[who]))["search"]["totalCount"] == 0


@pytest.mark.parametrize("who", SEEN)
async def test_a_group_key_of_a_restricted_field_is_null_to_whom_it_is_hidden(
    hub: Hub, who: str
) -> None:
    text = "{ instruments { groups(by: [OWNER_TIER]) { ownerTier } } }"
    groups = (await hub.data(text, viewer=VIEWERS[who]))["instruments"]["groups"]
    assert [each["ownerTier"] for each in groups] == [
        "FIRST" if HOME in VIEWERS[who].rights.institutions else None
    ]


# -------------------------------------------------------------------------------------------------------- personal data
LI = '{ person(id: "cd-person-li") { phone email } }'


@pytest.mark.parametrize("who", SEEN)
async def test_personal_data_is_full_masked_or_nothing_and_full_ones_are_noted(
    hub: Hub, who: str
) -> None:
    hub.noted.clear()
    found = (await hub.data(LI, viewer=VIEWERS[who]))["person"]
    assert (found["phone"], found["email"]) == OF_LI[who]
    reads = tuple(PersonalRead("Person", "cd-person-li", field) for field in ("phone", "email"))
    assert hub.noted == ([(VIEWERS[who], reads)] if OF_LI[who] == FULL else [])


@pytest.mark.parametrize("who", SEEN)
async def test_personal_data_is_asked_by_only_by_those_who_may_read_it_in_full(
    hub: Hub, who: str
) -> None:
    text = "query ($part: String!) { people(where: {phone: {startsWith: $part}}) { nodes { id } } }"
    found = (await hub.data(text, {"part": "139"}, VIEWERS[who]))["people"]["nodes"]
    assert bool(found) == (OF_LI[who] == FULL)


async def test_ones_own_personal_data_is_full_and_not_noted(hub: Hub) -> None:
    hub.noted.clear()
    text = "query ($me: ID!) { person(id: $me) { phone email } }"
    found = (await hub.data(text, {"me": ME}, VIEWERS["the person themself"]))["person"]
    assert found == {"phone": "13812345678", "email": "me@example.cn"}
    assert hub.noted == []


async def test_a_token_that_may_not_read_personal_data_reads_its_persons_as_the_network_does(
    hub: Hub,
) -> None:
    text = "query ($me: ID!) { person(id: $me) { phone } }"
    viewer = VIEWERS["a token at home that may not read personal data"]
    assert (await hub.data(text, {"me": ME}, viewer))["person"] == {"phone": "138****5678"}


# ---------------------------------------------------------------------------------------------------- edges of a level
ROLES = """query ($li: ID!) {
  person(id: $li) { roles { totalCount edges { role node { id } } } }
  some: people(where: {id: {eq: $li}, roles: {some: {}}}) { totalCount }
  none: people(where: {id: {eq: $li}, roles: {none: {}}}) { totalCount }
  holders: institutions(where: {roleHolders: {some: {}}}) { nodes { id } }
  most: institutions(first: 1, orderBy: [{roleHolders: {count: DESC}}, {id: ASC}]) { nodes { id } }
}"""
NEAR = "query ($id: ID!) { neighbourhood(of: $id) { records { ... on Record { id } } links { edge } counts { edge } } }"
AWAY = (
    "query ($from: ID!, $to: ID!) { paths(from: $from, to: $to, maxHops: 1) { nodes { length } } }"
)


@pytest.mark.parametrize("who", SEEN)
async def test_edges_of_the_network_are_followed_by_the_network_alone_and_walked_by_nobody(
    hub: Hub, who: str
) -> None:
    viewer = VIEWERS[who]
    found = await hub.data(ROLES, {"li": "cd-person-li"}, viewer)
    roles, is_seen = found["person"]["roles"], viewer.rights.in_network
    assert (roles["totalCount"], len(roles["edges"])) == (is_seen, is_seen)
    assert (found["some"]["totalCount"], found["none"]["totalCount"]) == (is_seen, not is_seen)
    assert bool(found["holders"]["nodes"]) == is_seen
    assert (found["most"]["nodes"][0]["id"] == "cd-institution-other") == is_seen
    near = (await hub.data(NEAR, {"id": "cd-person-li"}, viewer))["neighbourhood"]
    assert {each["edge"] for each in [*near["links"], *near["counts"]]} == {"AFFILIATED_WITH"}
    ends = {"from": "cd-person-li", "to": "cd-institution-other"}
    assert (await hub.data(AWAY, ends, viewer))["paths"]["nodes"] == []


# ------------------------------------------------------------------------------------------------------ nouns for a role
DIARIES = """query ($id: ID!) {
  diary(id: $id) { name }
  diaries { totalCount nodes { name } groups(by: []) { count } }
  node(id: $id) { id }
  nodes(ids: [$id]) { id }
  of: person(id: "cd-person-li") { diaries { totalCount } }
  people(where: {diaries: {some: {}}}) { totalCount }
  _entities(representations: [{__typename: "Diary", id: $id}]) { ... on Diary { id } }
}"""


def lacks_audit_scope() -> Viewer:
    held = (RoleHeld(Role.AUDITOR, "elsewhere"),)
    return Viewer(Rights("a", "a", held, ("elsewhere",)), ALL_SCOPES - {Scope.AUDIT})


@pytest.mark.parametrize("who", [*SEEN, "an auditor's token without that scope"])
async def test_records_for_a_role_are_nothing_at_all_to_everybody_else(hub: Hub, who: str) -> None:
    viewer = VIEWERS.get(who) or lacks_audit_scope()
    found = await hub.data(DIARIES, {"id": "cd-diary-1"}, viewer)
    reads = who == "an auditor"
    page = found["diaries"]
    assert (page["totalCount"], len(page["nodes"]), page["groups"][0]["count"]) == (reads,) * 3
    assert [bool(found["diary"]), bool(found["node"]), bool(found["nodes"][0])] == [reads] * 3
    assert bool(found["_entities"][0]) == reads
    assert found["people"]["totalCount"] == found["of"]["diaries"]["totalCount"] == reads
    searched = "query ($text: String!) { search(text: $text) { totalCount } }"
    # not even who may read them finds them by words or by walking
    for text in ("cd-diary-1", "日志"):
        assert (await hub.data(searched, {"text": text}, viewer))["search"]["totalCount"] == 0
    near = (await hub.data(NEAR, {"id": "cd-person-li"}, viewer))["neighbourhood"]
    assert {each["edge"] for each in [*near["links"], *near["counts"]]} == {"AFFILIATED_WITH"}
    ends = {"from": "cd-person-li", "to": "cd-diary-1"}
    assert (await hub.data(AWAY, ends, viewer))["paths"]["nodes"] == []


async def test_what_nobody_knows_of_a_viewer_is_no_right(hub: Hub) -> None:
    assert elsewhere().parameters["shared"] == {}
    for viewer in (ANONYMOUS, Viewer(Rights(holder="a program"))):
        found = await hub.data(
            "{ instruments { totalCount } people { totalCount } }", viewer=viewer
        )
        assert found["instruments"]["totalCount"] == 2
