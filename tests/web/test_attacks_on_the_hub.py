"""The same attacks, and those that need the real schema, all at once on the real hub: none hurts, and all end soon."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import orjson
import pytest
import pytest_asyncio
from neo4j import AsyncDriver

import app
from graph_store.local_server import server
from tests.graph import empty
from tests.operators import operator_headers
from tests.serving import settings_over
from tests.spent import cpu_at_most
from tests.web.small_hub import HOST, served
from tests.web.test_attacks import IN_THE_DOCUMENT, MALFORMED

SOON_SECONDS = 10.0
ACCEPTED = "application/graphql-response+json"

MUSEUM = """mutation {
  createInstitution(requestKey: "attacked", input: {name: "重庆科技馆", kind: MUSEUM}) { __typename }
}"""
INJECTION = "x'}) MATCH (n) DETACH DELETE n //`\"\\"
LUCENE = [
    '"',
    "((((",
    "a AND",
    "*",
    "?*",
    "[a TO",
    "/a{1000}/",
    "a~0.5^9",
    "\\",
    "&& || !",
    ":",
    " ",
]
CURSORS = [
    "",
    "x",
    "=" * 500,
    "A" * 100_000,
    "é中",
    "eyJhIjoxfQ==",
    "AAAA" * 64,
    "../../..",
    "null",
]
NUMBERS = [
    "0",
    "-1",
    "2147483647",
    "2147483648",
    "-2147483648",
    "1e3",
    "1.5",
    '"1"',
    "null",
    "true",
]
IDS = ["", "x", "cd:", "9" * 10_000, INJECTION, "\u202e", "0" * 26]
LISTS = ["institutions", "people", "instruments", "projects", "agreements"]


def aliased(field: str, many: int = 100) -> str:
    """The field so many times."""
    return " ".join(f"a{i}: {field}" for i in range(many))


def unfolding(levels: int) -> str:
    """Fragments that each hold the next one twice: 2^levels fields once written out."""
    fragments = " ".join(
        f"fragment F{i} on Institution {{ ...F{i + 1} ... on Institution {{ ...F{i + 1} }} }}"
        for i in range(levels)
    )
    return f"{{ institutions {{ nodes {{ ...F0 }} }} }} {fragments} fragment F{levels} on Institution {{ id }}"


def text(value: str) -> str:
    """As a GraphQL string."""
    return orjson.dumps(value).decode()


ON_THE_SCHEMA = [
    unfolding(24),
    unfolding(8),
    "{" + aliased("__schema { types { fields { args { type { name } } } } }") + "}",
    "{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }",
    "{" + aliased("institutions(first: 1000) { totalCount nodes { id } }") + "}",
    "{" + aliased('search(text: "大学 university a b c", first: 100) { totalCount }', 20) + "}",
    "{" + aliased('node(id: "x") { id }') + "}",
    "{ nodes(ids: [" + ", ".join(f'"{i}"' for i in range(2_000)) + "]) { id } }",
    "{ people(where: {name: {in: [" + ", ".join(f'"{i}"' for i in range(2_000)) + "]}}) { totalCount } }",
    "{ people(where: {or: [" + '{name: {contains: "a"}},' * 2_000 + "]}) { totalCount } }",
    '{ paths(from: "x", to: "x", maxHops: 99) { nodes { length } } }',
    '{ neighbourhood(of: "x", depth: 99, limit: 99999) { records { id } } }',
    "query A { model { __typename } } query B { model { __typename } }",
    "subscription { institutions { totalCount } }",
    '{ _entities(representations: [{__typename: "X"}]) { __typename } }',
    "{ people(orderBy: [" + "{name: ASC}," * 500 + "]) { totalCount } }",
    *(f"{{ {field}(first: {number}) {{ totalCount nodes {{ id }} }} }}" for field in LISTS for number in NUMBERS),
    *(f"{{ people(first: 1, after: {text(cursor)}) {{ nodes {{ id }} }} }}" for cursor in CURSORS),
    *(f"{{ search(text: {text(each)}, after: {text(each)}) {{ totalCount }} }}" for each in CURSORS),
    *(f"{{ search(text: {text(each * many)}) {{ totalCount }} }}" for each in LUCENE for many in (1, 2_000)),
    *(f"{{ node(id: {text(each)}) {{ id }} person(id: {text(each)}) {{ id }} }}" for each in IDS),
    *(f"{{ institution(by: {{ror: {text(each)}}}) {{ id }} }}" for each in IDS),
    *(f"{{ paths(from: {text(each)}, to: {text(each)}) {{ nodes {{ length }} }} }}" for each in ("x", INJECTION)),
    *(f"{{ neighbourhood(of: {text(each)}) {{ records {{ id }} }} }}" for each in ("x", INJECTION)),
    *(f"{{ history(of: {text(each)}, after: {text(each)}) {{ nodes {{ at }} }} }}" for each in ("x", INJECTION)),
    *(f"{{ history(of: {text(each)}) {{ nodes {{ at changes {{ field }} }} }} }}" for each in ("x", INJECTION)),
    *(f"{{ people(where: {{name: {{{operator}: {text(INJECTION)}}}}}) {{ totalCount }} }}" for operator in ("eq", "contains", "startsWith", "in")),
]  # fmt: skip


@pytest_asyncio.fixture(scope="module")
async def hub(
    neo4j_server: server.Running, driver: AsyncDriver, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[httpx2.AsyncClient]:
    """The real hub over the run's server, with a record to lose."""
    folder: Path = tmp_path_factory.mktemp("attacked")
    # what the server has never planned may take a busy machine long
    settings = settings_over(neo4j_server, 8000, folder)
    await empty(driver)
    async with served(app.build(settings)) as asgi:
        transport = httpx2.ASGITransport(app=asgi)
        async with httpx2.AsyncClient(transport=transport, base_url=f"http://{HOST}") as client:
            headers = await operator_headers(driver)
            made = await client.post("/graphql", json={"query": MUSEUM}, headers=headers)
            assert made.json()["data"]["createInstitution"] == {"__typename": "InstitutionCreated"}
            yield client
    await empty(driver)


def bodies() -> list[bytes]:
    """Every attack as the body of a request."""
    questions = [*IN_THE_DOCUMENT.values(), *ON_THE_SCHEMA]
    return [*MALFORMED.values(), *(orjson.dumps({"query": each}) for each in questions)]


async def attack(client: httpx2.AsyncClient, body: bytes) -> httpx2.Response:
    """One attack."""
    headers = {"content-type": "application/json", "accept": ACCEPTED}
    return await client.post("/graphql", content=body, headers=headers)


async def test_no_attack_is_more_than_the_clients_error_and_none_is_much_work(
    hub: httpx2.AsyncClient,
) -> None:
    for body in bodies():
        with cpu_at_most(SOON_SECONDS, f"{body[:200]!r}"):
            response = await attack(hub, body)
        told = f"{response.status_code}: {body[:200]!r} {response.text[:300]}"
        assert response.status_code in {200, 400}, told
        assert response.status_code == 200 or response.json()["errors"], told


async def test_all_attacks_at_once_leave_the_hub_as_it_was(hub: httpx2.AsyncClient) -> None:
    question = b'{"query": "{ institutions { totalCount } people { totalCount } }"}'
    before = await attack(hub, question)
    responses = await asyncio.gather(*(attack(hub, body) for body in bodies()))
    assert {response.status_code for response in responses} == {200, 400}
    after = await attack(hub, question)
    assert before.json()["data"]["institutions"]["totalCount"] > 0
    assert (after.status_code, after.json()) == (200, before.json())
    assert (await hub.get("/readyz")).status_code == 200
