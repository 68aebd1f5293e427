"""Each way in which a bare server was brought down (stack.md §5), tried on this one."""

from collections.abc import AsyncIterator

import httpx2
import pytest

from tests.spent import cpu_at_most

QUESTION = b'{"query":"{ thing { name } }"}'


async def post(client: httpx2.AsyncClient, body: object, **headers: str) -> httpx2.Response:
    sent = {"content-type": "application/json"} | {
        k.replace("_", "-"): v for k, v in headers.items()
    }
    return await client.post("/graphql", content=body, headers=sent)  # type: ignore[arg-type]  # bytes or an async stream


MALFORMED = {
    "nothing": b"",
    "null": b"null",
    "a string": b'"{ thing { name } }"',
    "a number": b"1",
    "an array": b"[]",
    "a batch": b"[" + QUESTION + b"," + QUESTION + b"]",
    "no query": b"{}",
    "an empty query": b'{"query":""}',
    "a query that is an object": b'{"query":{}}',
    "an operation name that is a number": b'{"query":"{ language }","operationName":1}',
    "variables in a list": b'{"query":"{ language }","variables":[]}',
    "variables as text": b'{"query":"{ language }","variables":"{}"}',
    "extensions as text": b'{"query":"{ language }","extensions":"x"}',
    "half a JSON text": b'{"query":',
    "invalid UTF-8": b'{"query":"{ thing(where: {name: \\"\xff\xfe\\"}) { name } }"}',
    "UTF-16": '{"query":"{ language }"}'.encode("utf-16"),
    "a byte order mark": b"\xef\xbb\xbf" + QUESTION,
    "arrays 100,000 deep": b'{"query":"{ language }","variables":{"a":'
    + b"[" * 100_000
    + b"]" * 100_000
    + b"}}",
    "arrays 900 deep": b'{"query":"{ language }","variables":{"a":'
    + b"[" * 900
    + b"]" * 900
    + b"}}",
    "objects 900 deep": b'{"query":"{ language }","variables":'
    + b'{"a":' * 900
    + b"1"
    + b"}" * 900
    + b"}",
    "an integer of 100,000 digits": b'{"query":"{ language }","variables":{"a":'
    + b"9" * 100_000
    + b"}}",
    "a number beyond a double": b'{"query":"{ language }","variables":{"a":1e999}}',
    "not a number": b'{"query":"{ language }","variables":{"a":NaN}}',
    "a lone surrogate": b'{"query":"{ language }","variables":{"a":"\\ud800"}}',
    "a NUL in a variable": b'{"query":"{ language }","variables":{"a":["x\\u0000"]}}',
    "a list of 2,001 in a variable": b'{"query":"{ language }","variables":{"a":['
    + b"1," * 2_000
    + b"1]}}",
    "201 variables": b'{"query":"{ language }","variables":{'
    + b",".join(b'"v%d":1' % i for i in range(201))
    + b"}}",
}


@pytest.mark.parametrize("body", MALFORMED.values(), ids=MALFORMED.keys())
async def test_a_malformed_body_is_the_clients_error(
    client: httpx2.AsyncClient, body: bytes
) -> None:
    with cpu_at_most(5):
        response = await post(client, body)
    assert response.status_code == 400
    error = response.json()["errors"][0]
    assert error["message"]
    assert error["extensions"]["messageZh"]


IN_THE_DOCUMENT = {
    "a NUL in the text": '{ thing(where: {name: "\0"}) { name } }',
    "an escaped NUL": r'{ thing(where: {name: "\u0000"}) { name } }',
    "a NUL in braces": r'{ thing(where: {name: "\u{0}"}) { name } }',
    "a lone surrogate": r'{ thing(where: {name: "\uD800"}) { name } }',
    "an integer of 10,000 digits": "{ thing { name(in: [" + "9" * 10_000 + "]) } }",
    "an empty selection": "{ thing { } }",
    "only a comment": "# nothing",
    "only a fragment": "fragment F on Thing { name }",
    "a schema": "type Query { a: Int }",
    "100,000 braces": "{" * 100_000,
    "100,000 brackets": "{ thing { name(in: " + "[" * 100_000,
    "a million spaces and a brace": " " * 1_000_000 + "{",
    "100,000 fields": "{" + " language" * 100_000 + "}",
    "100,000 comments": "#\n" * 100_000 + "{ language }",
    "fragments in a circle": "{ thing { ...A } } fragment A on Thing { other { ...B } } fragment B on Thing { ...A }",
    "2,000 fragments in a chain": "{ thing { ...F0 } }"
    + "".join(f" fragment F{i} on Thing {{ ...F{i + 1} }}" for i in range(2_000))
    + " fragment F2000 on Thing { name }",
}


@pytest.mark.parametrize("query", IN_THE_DOCUMENT.values(), ids=IN_THE_DOCUMENT.keys())
async def test_a_hostile_document_is_refused_in_time(
    client: httpx2.AsyncClient, query: str
) -> None:
    headers = {"accept": "application/graphql-response+json"}
    with cpu_at_most(10):
        response = await client.post("/graphql", json={"query": query}, headers=headers)
    assert response.status_code == 400
    assert response.json().keys() == {"errors"}
    assert len(response.json()["errors"]) <= 10


async def test_a_body_of_the_limit_is_read_and_one_more_byte_is_not(
    client: httpx2.AsyncClient,
) -> None:
    fits = QUESTION + b" " * (1_500_000 - len(QUESTION))
    assert (await post(client, fits)).status_code == 200
    assert (await post(client, fits + b" ")).status_code == 413


async def test_a_body_of_unknown_length_is_not_read_to_its_end(client: httpx2.AsyncClient) -> None:
    read = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal read
        while read < 100:
            read += 1
            yield b" " * 100_000

    assert (await post(client, endless())).status_code == 413
    # the in-process transport collects nothing itself: what was not asked for was not made
    assert read <= 17


async def test_an_announced_length_is_believed_before_a_byte_is_read(
    client: httpx2.AsyncClient,
) -> None:
    assert (await post(client, QUESTION, content_length="1500001")).status_code == 413


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd", "gzip, gzip"])
async def test_a_compressed_body_is_refused_clearly(
    client: httpx2.AsyncClient, encoding: str
) -> None:
    response = await post(client, QUESTION, content_encoding=encoding)
    assert (response.status_code, response.headers["accept-encoding"]) == (415, "identity")


@pytest.mark.parametrize(
    "content_type",
    [
        "",
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/graphql",
        "application/json; charset=gbk",
        "application/json; charset=utf-16",
        "application/jsonp",
    ],
)
async def test_another_content_type_is_415(client: httpx2.AsyncClient, content_type: str) -> None:
    assert (await post(client, QUESTION, content_type=content_type)).status_code == 415


@pytest.mark.parametrize(
    "content_type",
    ["application/json", "Application/JSON; charset=UTF-8", 'application/json;charset="utf-8"'],
)
async def test_json_in_utf_8_is_read_however_it_is_written(
    client: httpx2.AsyncClient, content_type: str
) -> None:
    assert (await post(client, QUESTION, content_type=content_type)).status_code == 200


@pytest.mark.parametrize(
    "query_string",
    [
        "",
        "query",
        "query=",
        "query=%FF",
        "query=%7Blanguage%7D&query=%7Blanguage%7D",
        "query=%7Blanguage%7D&variables=%5B1",
        "query=%7Blanguage%7D&variables=null%00",
        "&".join(f"a{i}=1" for i in range(40)),
        "query=%ED%A0%80",
    ],
)
async def test_a_malformed_query_string_is_the_clients_error(
    client: httpx2.AsyncClient, query_string: str
) -> None:
    response = await client.get(f"/graphql?{query_string}")
    assert response.status_code == 400


@pytest.mark.parametrize(
    "query",
    [
        "{ thin { name } }",
        "{ thing { nam } }",
        '{ thing { name(lik: "x") } }',
        "{ thing { name @skp(if: true) } }",
        "{ ...F } fragment F on Quer { language }",
        '{ thing(where: {nam: "x"}) { name } }',
        "query ($w: Wher) { thing(where: $w) { name } }",
        '{ __type(name: "Query") { kin } }',
    ],
)
async def test_nobody_is_told_what_they_may_have_meant(
    client: httpx2.AsyncClient, query: str
) -> None:
    response = await client.post("/graphql", json={"query": query})
    assert response.json()["errors"]
    assert "did you mean" not in response.text.lower()


async def test_a_wrong_variable_is_not_told_what_was_meant(client: httpx2.AsyncClient) -> None:
    asked = {
        "query": "query ($w: Where) { thing(where: $w) { name } }",
        "variables": {"w": {"nam": "x"}},
    }
    response = await client.post("/graphql", json=asked)
    assert response.json()["errors"]
    assert "did you mean" not in response.text.lower()
