"""graphql-transport-ws, spoken by a plain WebSocket client: what the reference client never does is tried too."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import orjson
import pytest
from neo4j import AsyncDriver
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from graph_store.local_server import server
from tests.operators import operator_headers
from tests.subscriptions.conftest import ALL, Served, Writer, served, until
from web.sockets import INIT_SECONDS
from web.streams import MOST_OF_A_CONNECTION

PROTOCOL = "graphql-transport-ws"
INIT = {"type": "connection_init"}
COUNT = "{ institutions { totalCount } }"


@asynccontextmanager
async def opened(
    hub: Served, protocol: str | None = PROTOCOL, **given: Any
) -> AsyncIterator[ClientConnection]:
    """A connection to the hub."""
    protocols: Any = [protocol] if protocol else None
    async with connect(hub.ws, subprotocols=protocols, **given) as connection:
        yield connection


async def say(connection: ClientConnection, *messages: object) -> None:
    """Send messages; text goes as it is."""
    for message in messages:
        await connection.send(
            message if isinstance(message, (str, bytes)) else orjson.dumps(message).decode()
        )


async def heard(connection: ClientConnection) -> dict[str, Any]:
    """The next message."""
    message: dict[str, Any] = orjson.loads(await connection.recv())
    return message


def subscribe(text: str, id_: str = "1", **more: Any) -> dict[str, Any]:
    """The message that begins an operation."""
    return {"id": id_, "type": "subscribe", "payload": {"query": text, **more}}


async def closing(connection: ClientConnection) -> tuple[int, str]:
    """Code and reason of the end, which must come."""
    with pytest.raises(ConnectionClosed):
        await _all_of(connection)
    return connection.close_code or 0, connection.close_reason or ""


async def _all_of(connection: ClientConnection) -> None:
    while True:
        await connection.recv()


async def test_events_come_with_the_id_they_were_asked_by(hub: Served, writer: Writer) -> None:
    async with opened(hub) as connection:
        assert connection.subprotocol == PROTOCOL
        await say(connection, INIT)
        assert await heard(connection) == {"type": "connection_ack"}
        await say(connection, subscribe(ALL, "一"))
        await hub.listening(1)
        id_ = await writer.institution("插座")
        event = await heard(connection)
        assert (event["type"], event["id"]) == ("next", "一")
        assert event["payload"]["data"]["changes"]["nodeId"] == id_
        await say(connection, {"type": "complete", "id": "一"})
        await hub.listening(0)


async def test_questions_and_changes_are_answered_once_and_completed(
    hub: Served, graph: AsyncDriver
) -> None:
    text = 'mutation { createInstitution(requestKey: "over a socket", input: {name: "插口馆", kind: MUSEUM}) { __typename } }'
    init = INIT | {
        "payload": await operator_headers(graph)
    }  # a connection waits ten seconds for it
    async with opened(hub) as connection:
        await say(connection, init, subscribe(COUNT, "q"))
        await heard(connection)
        answer = await heard(connection)
        assert answer["payload"]["data"]["institutions"]["totalCount"] >= 0
        assert await heard(connection) == {"id": "q", "type": "complete"}
        await say(connection, subscribe(text, "q"))  # an id that has ended is free
        answer = await heard(connection)
        assert answer["payload"]["data"]["createInstitution"]["__typename"] == "InstitutionCreated"
        assert (await heard(connection))["type"] == "complete"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{ institutions { nonsense } }", None),
        ("{ institutions", None),
        ('subscription { changes(after: "x") { cursor } }', "BAD_CURSOR"),
        ("subscription { changes { cursor } again: changes { cursor } }", None),
        ("{" * 500, None),
        ("{ " + "a { " * 17 + "b" + " }" * 18, "LIMIT_EXCEEDED"),
    ],
)
async def test_an_operation_that_is_refused_is_an_error_and_harms_no_other(
    hub: Served, text: str, code: str | None
) -> None:
    async with opened(hub) as connection:
        await say(connection, INIT, subscribe(text, "bad"), subscribe(COUNT, "good"))
        await heard(connection)
        messages = {}
        for _ in range(3):
            message = await heard(connection)
            messages[message["id"], message["type"]] = message.get("payload")
    assert set(messages) == {("bad", "error"), ("good", "next"), ("good", "complete")}
    error = (messages["bad", "error"] or [])[0]
    assert error["message"]
    assert code is None or error["extensions"]["code"] == code


@pytest.mark.parametrize(
    ("messages", "code", "reason"),
    [
        (["nonsense"], 4400, "Invalid message"),
        ([b"{}"], 4400, "Invalid message"),
        (["[]"], 4400, "Invalid message"),
        ([{"type": "start"}], 4400, "Invalid message"),
        ([{"type": "connection_init", "payload": 1}], 4400, "Invalid message"),
        ([INIT, {"type": "subscribe", "payload": {"query": COUNT}}], 4400, "Invalid message"),
        ([INIT, {"type": "subscribe", "id": "", "payload": {"query": COUNT}}], 4400, "Invalid"),
        ([INIT, {"type": "subscribe", "id": "1", "payload": COUNT}], 4400, "Invalid message"),
        ([INIT, subscribe(COUNT, variables=[])], 4400, "Invalid message"),
        ([INIT, {"type": "next", "id": "1"}], 4400, "Invalid message"),
        ([subscribe(COUNT)], 4401, "Unauthorized"),
        ([INIT, subscribe(ALL), subscribe(ALL)], 4409, "Subscriber for 1 already exists"),
        ([INIT, INIT], 4429, "Too many initialisation requests"),
    ],
    ids=str,
)
async def test_whoever_breaks_the_protocol_is_closed_with_its_code(
    hub: Served, messages: list[object], code: int, reason: str
) -> None:
    async with opened(hub) as connection:
        await say(connection, *messages)
        ended = await closing(connection)
    assert ended[0] == code
    assert ended[1].startswith(reason)
    await hub.listening(0)


async def test_whoever_never_says_hello_is_closed(hub: Served) -> None:
    async with opened(hub) as connection:
        await say(connection, {"type": "ping"})
        assert await heard(connection) == {"type": "pong"}
        assert await closing(connection) == (4408, "Connection initialisation timeout")
    assert INIT_SECONDS <= 5


@pytest.mark.parametrize("protocol", ["graphql-ws", "soap", None])
async def test_another_sub_protocol_is_refused(hub: Served, protocol: str | None) -> None:
    async with opened(hub, protocol) as connection:
        assert await closing(connection) == (4406, "Subprotocol not acceptable")


async def test_ping_and_pong_are_allowed_at_any_time(hub: Served) -> None:
    async with opened(hub) as connection:
        await say(connection, {"type": "ping", "payload": {"n": 1}}, {"type": "pong"}, INIT)
        assert await heard(connection) == {"type": "pong", "payload": {"n": 1}}
        assert await heard(connection) == {"type": "connection_ack"}
        await say(connection, {"type": "complete", "id": "never begun"}, {"type": "ping"})
        assert await heard(connection) == {"type": "pong"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Origin", "https://evil.example"),
        ("Origin", "null"),
        ("Origin", "http://127.0.0.1:1"),
        ("Host", "evil.example"),
    ],
)
async def test_a_foreign_page_or_host_is_refused_before_the_handshake(
    hub: Served, name: str, value: str
) -> None:
    given: dict[str, Any] = {"origin": value} if name == "Origin" else {}
    uri = hub.ws.replace("127.0.0.1", value) if name == "Host" else hub.ws
    with pytest.raises(InvalidStatus) as refused:
        await connect(uri, host="127.0.0.1", port=hub.port, **given)
    assert refused.value.response.status_code == 403
    (error,) = orjson.loads(refused.value.response.body)["errors"]
    assert error["extensions"]["code"] == f"{name.upper()}_IS_FOREIGN"


async def test_a_page_of_the_hub_itself_may_connect(hub: Served) -> None:
    async with opened(hub, origin=f"http://127.0.0.1:{hub.port}") as connection:
        await say(connection, INIT)
        assert (await heard(connection))["type"] == "connection_ack"


async def test_a_connection_holds_so_many_operations_and_no_more(hub: Served) -> None:
    async with opened(hub) as connection:
        await say(connection, INIT)
        await heard(connection)
        await say(connection, *(subscribe(ALL, str(i)) for i in range(MOST_OF_A_CONNECTION + 1)))
        refused = await heard(connection)
        assert (refused["type"], refused["id"]) == ("error", str(MOST_OF_A_CONNECTION))
        assert refused["payload"][0]["extensions"]["code"] == "TOO_MANY_STREAMS"
        await hub.listening(MOST_OF_A_CONNECTION)
    await hub.listening(0)


async def test_a_message_beyond_the_limit_ends_the_connection(hub: Served) -> None:
    async with opened(hub) as connection:
        await say(
            connection, INIT, subscribe("{" + " " * 1_600_000 + "institutions { totalCount } }")
        )
        code, _ = await closing(connection)
    assert code in {1009, 4400}


async def test_an_address_holds_so_many_connections_and_asks_so_often(
    neo4j_server: server.Running, tmp_path: Path
) -> None:
    async with served(neo4j_server, tmp_path, streams_per_address=2, rate_limit=6) as hub:
        async with opened(hub) as first, opened(hub):
            with pytest.raises(InvalidStatus) as refused:
                await connect(hub.ws, subprotocols=[PROTOCOL])  # type: ignore[list-item] # a NewType of str
            assert refused.value.response.status_code == 429
            await say(first, INIT, *(subscribe(ALL, str(i)) for i in range(3)))
            await heard(first)
            third = await heard(first)
            assert third["payload"][0]["extensions"]["code"] == "TOO_MANY_STREAMS"
            await say(first, subscribe(ALL, "one too often"))
            often = await heard(first)
            assert often["payload"][0]["extensions"]["code"] == "TOO_MANY_REQUESTS"
        await until(lambda: hub.tail.followers == 0)
