"""What holds for every request, whatever its path."""

import re

import httpx2
import pytest
from starlette.types import Message, Receive, Scope, Send

from tests.web.small_hub import HOST
from web.edge import Edge

PATHS = ["/", "/graphql", "/api", "/graphiql", "/healthz", "/favicon.svg", "/nowhere"]


@pytest.mark.parametrize("path", PATHS)
async def test_every_answer_is_nosniff_and_has_its_own_request_id(
    client: httpx2.AsyncClient, path: str
) -> None:
    first, second = await client.get(path), await client.get(path)
    assert first.headers["x-content-type-options"] == "nosniff"
    ids = {response.headers["x-request-id"] for response in (first, second)}
    assert len(ids) == 2
    assert all(re.fullmatch(r"[0-9a-f]{12}-[0-9]+", each) for each in ids)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "localhost",
        "localhost:1",
        "localhost.:8000",
        "evil.example:8000",
        "localhost:8000@evil.example",
        "",
    ],
)
async def test_a_foreign_host_is_refused_everywhere(
    client: httpx2.AsyncClient, path: str, host: str
) -> None:
    response = await client.get(path, headers={"host": host})
    assert response.status_code == 421
    assert response.headers["x-content-type-options"] == "nosniff"


async def test_a_known_host_is_known_in_any_case(client: httpx2.AsyncClient) -> None:
    assert (await client.get("/healthz", headers={"host": HOST.upper()})).status_code == 200


async def test_two_hosts_are_one_too_many(client: httpx2.AsyncClient) -> None:
    headers = [("host", HOST), ("host", "evil.example")]
    assert (await client.get("/healthz", headers=headers)).status_code == 421


async def test_forwarded_headers_change_nothing(client: httpx2.AsyncClient) -> None:
    forwarded = {
        "x-forwarded-host": "evil.example",
        "x-forwarded-proto": "gopher",
        "forwarded": "host=evil.example",
    }
    response = await client.get("/", headers=forwarded)
    assert response.status_code == 200
    assert "evil.example" not in response.text + str(response.headers)
    foreign = await client.get("/", headers={"host": "evil.example", "x-forwarded-host": HOST})
    assert foreign.status_code == 421


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["TRACE", "TRACK", "CONNECT", "PROPFIND", "BREW"])
async def test_odd_methods_are_refused_everywhere(
    client: httpx2.AsyncClient, path: str, method: str
) -> None:
    response = await client.request(method, path)
    assert (response.status_code, response.headers["allow"]) == (405, "GET, HEAD, POST")


@pytest.mark.parametrize("path", ["/", "/healthz", "/api", "/graphiql", "/favicon.ico"])
async def test_pages_are_not_written_to(client: httpx2.AsyncClient, path: str) -> None:
    assert (await client.post(path)).status_code == 405


async def served_by(app: object, method: str = "GET") -> list[Message]:
    """What `Edge` sends round a bare application."""
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request"}

    scope: Scope = {
        "type": "http",
        "method": method,
        "path": "/",
        "headers": [(b"host", HOST.encode())],
    }
    await Edge(app, {HOST})(scope, receive, send)  # type: ignore[arg-type]  # an ASGI application
    return sent


async def test_a_crash_anywhere_is_a_masked_500() -> None:
    async def crash(_scope: Scope, _receive: Receive, _send: Send) -> None:
        raise RuntimeError("hunter2")

    start, body = await served_by(crash)
    assert start["status"] == 500
    assert (b"x-content-type-options", b"nosniff") in start["headers"]
    assert b"INTERNAL_ERROR" in body["body"]
    assert b"hunter2" not in body["body"]


async def test_a_crash_in_the_middle_of_an_answer_breaks_the_connection() -> None:
    async def crash(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        raise ConnectionError("half way")

    with pytest.raises(ConnectionError):
        await served_by(crash)


async def test_other_kinds_of_connection_pass_through() -> None:
    seen: list[str] = []

    async def app(scope: Scope, _receive: Receive, _send: Send) -> None:
        seen.append(scope["type"])

    async def nothing(*_: object) -> Message:
        return {"type": "lifespan.startup"}

    await Edge(app, {HOST})({"type": "lifespan"}, nothing, nothing)  # type: ignore[arg-type]  # never called
    assert seen == ["lifespan"]
