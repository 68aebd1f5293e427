"""Server-sent events at the same address: one operation a request, resumed by the browser's own means."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx2
import orjson
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from graph_store.local_server import server
from tests.subscriptions.conftest import ALL, Served, Writer, served
from web import event_stream

ACCEPT = {"accept": "text/event-stream"}


@asynccontextmanager
async def streamed(
    hub: Served, text: str, headers: dict[str, str] | None = None, method: str = "POST"
) -> AsyncIterator[tuple[httpx2.Response, AsyncIterator[dict[str, str]]]]:
    """A response under way and its events."""
    sent: dict[str, Any] = (
        {"json": {"query": text}} if method == "POST" else {"params": {"query": text}}
    )
    headers = ACCEPT | (headers or {})
    async with (
        httpx2.AsyncClient(timeout=60) as client,
        client.stream(method, hub.http, headers=headers, **sent) as response,
    ):
        yield response, events(response)


async def events(response: httpx2.Response) -> AsyncIterator[dict[str, str]]:
    """Each event's fields, without the comments that keep the stream alive."""
    fields: dict[str, str] = {}
    async for line in response.aiter_lines():
        if line.startswith(":"):
            continue
        if line:
            name, _, value = line.partition(":")
            fields[name] = value.removeprefix(" ")
        elif fields:
            yield fields
            fields = {}


@pytest.mark.parametrize("method", ["POST", "GET"])
async def test_events_are_next_with_the_cursor_as_their_id(
    hub: Served, writer: Writer, method: str
) -> None:
    async with streamed(hub, ALL, method=method) as (response, told):
        assert response.status_code == 200
        assert response.headers["content-type"] == "text/event-stream; charset=utf-8"
        assert response.headers["cache-control"] == "no-store"
        assert response.headers["x-content-type-options"] == "nosniff"
        await hub.listening(1)
        id_ = await writer.institution("电台")
        event = await anext(told)
        change = orjson.loads(event["data"])["data"]["changes"]
        assert (event["event"], event["id"]) == ("next", change["cursor"])
        assert change["nodeId"] == id_
    await hub.listening(0)


async def test_a_browser_that_reconnects_goes_on_after_its_last_event(
    hub: Served, writer: Writer
) -> None:
    async with streamed(hub, ALL, method="GET") as (_, told):
        await hub.listening(1)
        await writer.institution("断线之前")
        last = await anext(told)
    ids = [await writer.institution(f"断线之中 {i}") for i in range(3)]
    headers = {"last-event-id": last["id"]}
    async with streamed(hub, ALL, headers, method="GET") as (_, told):
        seen = [orjson.loads((await anext(told))["data"]) for _ in ids]
    assert [each["data"]["changes"]["nodeId"] for each in seen] == ids


async def test_a_question_is_one_next_and_complete(hub: Served) -> None:
    async with streamed(hub, "{ institutions { totalCount } }") as (_, told):
        seen = [event async for event in told]
    assert [event["event"] for event in seen] == ["next", "complete"]
    assert seen[1]["data"] == ""
    assert orjson.loads(seen[0]["data"])["data"]["institutions"]["totalCount"] >= 0


@pytest.mark.parametrize(
    "text", ["{ nonsense }", "{ nonsense", 'subscription { changes(after: "x") { cursor } }']
)
async def test_what_is_refused_is_told_in_the_stream_as_the_protocol_has_it(
    hub: Served, text: str
) -> None:
    async with streamed(hub, text) as (response, told):
        seen = [event async for event in told]
    assert response.status_code == 200
    assert [event["event"] for event in seen] == ["next", "complete"]
    assert orjson.loads(seen[0]["data"]).keys() == {"errors"}


async def test_a_link_cannot_change_anything(hub: Served) -> None:
    text = 'mutation { createInstitution(requestKey: "link", input: {name: "x", kind: MUSEUM}) { __typename } }'
    async with streamed(hub, text, method="GET") as (response, _):
        assert response.status_code == 405


@pytest.mark.parametrize("accept", ["application/json", "application/graphql-response+json", "*/*"])
async def test_a_subscription_without_a_stream_is_refused_and_says_how(
    hub: Served, accept: str
) -> None:
    async with httpx2.AsyncClient() as client:
        answer = await client.post(hub.http, json={"query": ALL}, headers={"accept": accept})
    (error,) = answer.json()["errors"]
    assert error["extensions"]["code"] == "SUBSCRIPTION_NEEDS_A_STREAM"
    assert answer.status_code == (400 if "graphql-response" in accept else 200)


async def test_a_quiet_stream_is_kept_alive_by_comments(
    hub: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(event_stream, "KEEP_ALIVE_SECONDS", 0.05)
    async with streamed(hub, ALL) as (response, _):
        lines = response.aiter_lines()
        assert [await anext(lines) for _ in range(4)] == [":", "", ":", ""]


async def test_an_address_holds_so_many_streams_and_the_hub_stops_at_once_and_says_so_on_each(
    neo4j_server: server.Running, tmp_path: Path
) -> None:
    async with (
        served(neo4j_server, tmp_path, streams_per_address=2) as hub,
        connect(hub.ws, subprotocols=["graphql-transport-ws"]) as socket,  # type: ignore[list-item] # a NewType of str
        streamed(hub, ALL) as (_, told),
    ):
        await socket.send('{"type": "connection_init"}')
        await socket.recv()
        await hub.listening(1)
        async with streamed(hub, ALL) as (third, _):
            assert third.status_code == 429
            body = orjson.loads(await third.aread())
        assert body["errors"][0]["extensions"]["code"] == "TOO_MANY_STREAMS"
        async with asyncio.timeout(5):  # uvicorn alone would wait ten seconds for them
            await hub.stopped()
        # without `complete`, which clients take for an end for good
        assert [event["event"] async for event in told] == []
        with pytest.raises(ConnectionClosed):
            await socket.recv()
        assert socket.close_code == 1001
