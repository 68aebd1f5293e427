"""GraphQL over HTTP, as the draft of September 2026 has it."""

import httpx2
import pytest

from graph_store.errors import QueryTookTooLong, StoreIsAway
from tests.web.small_hub import HOST, FailingAnswerer, served, small_site

GRAPHQL = "application/graphql-response+json"
JSON = "application/json"
NAME = {"data": {"thing": {"name": "千分尺"}}}
QUESTION = "{ thing { name } }"


async def ask(client: httpx2.AsyncClient, query: object, **headers: str) -> httpx2.Response:
    return await client.post(
        "/graphql",
        json={"query": query},
        headers={k.replace("_", "-"): v for k, v in headers.items()},
    )


async def ask_failing(error: Exception) -> httpx2.Response:
    async with served(small_site(FailingAnswerer(error))) as app:
        transport = httpx2.ASGITransport(app=app)
        async with httpx2.AsyncClient(transport=transport, base_url=f"http://{HOST}") as client:
            return await ask(client, QUESTION)


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (JSON, JSON),
        (GRAPHQL, GRAPHQL),
        ("*/*", JSON),
        ("application/*", JSON),
        (f"{GRAPHQL}, {JSON};q=0.9", GRAPHQL),
        (f"{JSON}, {GRAPHQL}", JSON),
        (f"{JSON};q=0.1, {GRAPHQL};q=0.2", GRAPHQL),
        (f"{JSON};q=0, */*", GRAPHQL),
        ("text/html, */*;q=0.1", JSON),
        (f"{GRAPHQL}; charset=utf-8", GRAPHQL),
        ("", JSON),
    ],
)
async def test_the_answer_has_the_type_the_client_prefers(
    client: httpx2.AsyncClient, accept: str, expected: str
) -> None:
    response = await ask(client, QUESTION, Accept=accept)
    assert (response.status_code, response.json()) == (200, NAME)
    assert response.headers["content-type"] == f"{expected}; charset=utf-8"


@pytest.mark.parametrize("accept", ["text/html", "image/*", f"{JSON};q=0", f"{JSON};q=nan-ish"])
async def test_a_client_that_accepts_no_json_gets_406(
    client: httpx2.AsyncClient, accept: str
) -> None:
    response = await ask(client, QUESTION, Accept=accept)
    assert (response.status_code, code_of(response)) == (406, "NOT_ACCEPTABLE")


@pytest.mark.parametrize(
    "query",
    [
        "{",
        "{ nothing }",
        "query ($n: Int!) { thing { name } }",
        "query A { language } query B { language }",
    ],
)
@pytest.mark.parametrize(("accept", "status"), [(JSON, 200), (GRAPHQL, 400)])
async def test_a_refused_operation_has_no_data_and_the_status_of_its_type(
    client: httpx2.AsyncClient, query: str, accept: str, status: int
) -> None:
    response = await ask(client, query, Accept=accept)
    assert response.status_code == status
    assert response.json().keys() == {"errors"}


@pytest.mark.parametrize(("accept", "status"), [(JSON, 200), (GRAPHQL, 294)])
async def test_an_executed_operation_with_errors_is_a_partial_success(
    client: httpx2.AsyncClient, accept: str, status: int
) -> None:
    response = await ask(client, "{ thing { broken } language }", Accept=accept)
    assert response.status_code == status
    assert response.json()["data"] == {"thing": None, "language": "zh"}
    assert response.json()["errors"][0]["path"] == ["thing", "broken"]


async def test_a_syntax_error_says_line_and_column(client: httpx2.AsyncClient) -> None:
    response = await ask(client, "{\n  thing { name\n")
    assert response.json()["errors"][0]["locations"] == [{"line": 3, "column": 1}]


async def test_get_runs_a_query_with_its_variables(client: httpx2.AsyncClient) -> None:
    asked = {
        "query": "query Q($in: [Int!]) { thing { name(in: $in) } }",
        "variables": '{"in": [1, 2]}',
        "operationName": "Q",
        "extensions": "{}",
    }
    response = await client.get("/graphql", params=asked)
    assert (response.status_code, response.json()) == (200, NAME)


async def test_head_answers_like_get_without_a_body(client: httpx2.AsyncClient) -> None:
    response = await client.head("/graphql", params={"query": QUESTION})
    assert (response.status_code, response.content) == (200, b"")
    assert int(response.headers["content-length"]) > 0


@pytest.mark.parametrize(
    "asked",
    [
        {"query": 'mutation { rename(name: "x") { name } }'},
        {
            "query": 'query A { language } mutation B { rename(name: "x") { name } }',
            "operationName": "B",
        },
        {"query": "subscription { language }"},
    ],
)
async def test_get_never_writes(client: httpx2.AsyncClient, asked: dict[str, str]) -> None:
    response = await client.get("/graphql", params=asked)
    assert (response.status_code, response.headers["allow"]) == (405, "POST")


async def test_get_runs_the_query_beside_a_mutation(client: httpx2.AsyncClient) -> None:
    query = 'query A { language } mutation B { rename(name: "x") { name } }'
    response = await client.get("/graphql", params={"query": query, "operationName": "A"})
    assert response.json() == {"data": {"language": "zh"}}


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS"])
async def test_other_methods_are_told_what_is_allowed(
    client: httpx2.AsyncClient, method: str
) -> None:
    response = await client.request(method, "/graphql")
    assert (response.status_code, response.headers["allow"]) == (405, "GET, HEAD, POST")


async def test_no_answer_is_ever_stored(client: httpx2.AsyncClient) -> None:
    answers = [await ask(client, QUESTION), await ask(client, 1), await client.put("/graphql")]
    assert [answer.headers["cache-control"] for answer in answers] == ["no-store"] * 3


@pytest.mark.parametrize(
    ("accept_language", "expected"),
    [
        ("en-GB,en;q=0.9", "en"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("fr, en;q=0.3", "en"),
        ("fr", "zh"),
        ("*;q=x", "zh"),
    ],
)
async def test_descriptions_follow_the_language_of_the_client(
    client: httpx2.AsyncClient, accept_language: str, expected: str
) -> None:
    response = await ask(client, "{ language }", Accept_Language=accept_language)
    assert response.json() == {"data": {"language": expected}}


async def test_a_store_that_is_away_is_503_with_a_time_to_come_again() -> None:
    response = await ask_failing(StoreIsAway("no route to bolt://10.0.0.1"))
    assert (response.status_code, response.headers["retry-after"]) == (503, "5")
    assert code_of(response) == "STORE_IS_AWAY"
    assert "10.0.0.1" not in response.text


async def test_a_question_that_takes_too_long_is_told_what_to_do() -> None:
    response = await ask_failing(QueryTookTooLong("killed after 10 s"))
    assert (response.status_code, code_of(response)) == (504, "QUERY_TOOK_TOO_LONG")
    assert "first" in response.json()["errors"][0]["message"]


async def test_an_internal_error_is_masked_and_found_by_its_request_id() -> None:
    response = await ask_failing(RuntimeError("password is hunter2"))
    extensions = response.json()["errors"][0]["extensions"]
    assert (response.status_code, extensions["code"]) == (500, "INTERNAL_ERROR")
    assert extensions["requestId"] == response.headers["x-request-id"]
    assert "hunter2" not in response.text


def code_of(response: httpx2.Response) -> object:
    return response.json()["errors"][0]["extensions"]["code"]
