"""Sockets and event streams: who holds them, what that one may see at each event, and their end with what they were opened with."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx2
import orjson
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.typing import Subprotocol

from auth.sessions import id_of
from auth.viewer import Scope
from graph_store.clock import system_clock
from graph_store.commands.actors import HUB
from graph_store.commands.institutions import EDIT_INSTITUTION
from graph_store.commands.lanes import open_lane
from graph_store.commands.records import Edit
from graph_store.commands.transactions import Store
from graph_store.model import MODEL
from tests.auth.whom import ADMIN, OTHER, ZHANG, Base, Hub, base, hub
from tests.graph import DATABASE

__all__ = ["base", "hub"]

PROTOCOL = Subprotocol("graphql-transport-ws")
WHO = "{ viewer { person { id } } }"
CHANGES = (
    f'subscription {{ nodeChanged(id: "{OTHER}") {{ node {{ ... on Institution {{ name }} }} }} }}'
)
PATIENCE_SECONDS = 30.0  # the machine may be busy


@asynccontextmanager
async def socket(
    hub: Hub, payload: object = None, **headers: str
) -> AsyncIterator[ClientConnection]:
    """A connection that has said its first message."""
    address = hub.opened.address.replace("http", "ws") + "/graphql"
    async with connect(
        address,
        subprotocols=[PROTOCOL],
        additional_headers=headers,
    ) as opened:
        init = {"type": "connection_init"} | ({} if payload is None else {"payload": payload})
        await opened.send(orjson.dumps(init).decode())
        yield opened


async def heard(connection: ClientConnection) -> dict[str, Any]:
    """The next message."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        message: dict[str, Any] = orjson.loads(await connection.recv())
    return message


async def ask(connection: ClientConnection, text: str, id_: str = "1") -> None:
    """Begin an operation."""
    message = {"id": id_, "type": "subscribe", "payload": {"query": text}}
    await connection.send(orjson.dumps(message).decode())


async def person_of(connection: ClientConnection) -> str | None:
    """For whom the hub takes the one who holds it."""
    assert await heard(connection) == {"type": "connection_ack"}
    await ask(connection, WHO)
    person = (await heard(connection))["payload"]["data"]["viewer"]["person"]
    return None if person is None else str(person["id"])


async def close_code(connection: ClientConnection) -> int:
    """Of the end, which must come."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        with pytest.raises(ConnectionClosed):
            await _all_of(connection)
    return connection.close_code or 0


async def _all_of(connection: ClientConnection) -> None:
    while True:
        await connection.recv()


def bearer(token: str) -> dict[str, str]:
    """What a first message holds."""
    return {"authorization": f"Bearer {token}"}


@pytest.fixture
async def edit(base: Base) -> AsyncIterator[Any]:
    """Renames the institution that the network alone sees."""
    async with open_lane(Store(base.driver, DATABASE, MODEL, "cd", system_clock)) as lane:

        async def rename(name: str) -> None:
            (version,) = await base.run("MATCH (n {id: $id}) RETURN n.version", id=OTHER)
            given = Edit(OTHER, version, {"name": name})
            await lane.do(EDIT_INSTITUTION.by(HUB, f"rename {name} {version}", given))

        yield rename


async def test_a_socket_is_whose_header_it_came_with(hub: Hub) -> None:
    async with socket(hub, Authorization=f"Bearer {hub.access_token()}") as opened:
        assert await person_of(opened) == ZHANG


async def test_a_socket_is_whose_cookie_it_came_with(hub: Hub) -> None:
    cookie = f"{hub.cookie_name}={await hub.base.session(ZHANG)}"
    async with socket(hub, Cookie=cookie) as opened:
        assert await person_of(opened) == ZHANG


@pytest.mark.parametrize("name", ["authorization", "Authorization"])
async def test_a_socket_is_whose_token_its_first_message_brings(hub: Hub, name: str) -> None:
    async with socket(hub, {name: f"Bearer {hub.access_token(ADMIN)}"}) as opened:
        assert await person_of(opened) == ADMIN


async def test_the_first_message_wins_over_the_cookie(hub: Hub) -> None:
    cookie = f"{hub.cookie_name}={await hub.base.session(ZHANG)}"
    async with socket(hub, bearer(hub.access_token(ADMIN)), Cookie=cookie) as opened:
        assert await person_of(opened) == ADMIN


async def test_a_socket_without_credentials_is_nobodys(hub: Hub) -> None:
    async with socket(hub) as opened:
        assert await person_of(opened) is None


@pytest.mark.parametrize(
    "payload",
    [
        {"authorization": "Bearer nonsense"},
        {"authorization": 7},
        {"authorization": "Bearer 令牌"},
        {"authorization": "x", "Authorization": "y"},
    ],
)
async def test_a_first_message_with_a_bad_token_closes_4403(hub: Hub, payload: object) -> None:
    async with socket(hub, payload) as opened:
        assert await close_code(opened) == 4403


async def test_a_handshake_with_a_bad_token_is_401(hub: Hub) -> None:
    with pytest.raises(InvalidStatus) as refused:
        async with socket(hub, Authorization="Bearer nonsense"):
            pass
    assert refused.value.response.status_code == 401
    assert "invalid_token" in refused.value.response.headers["www-authenticate"]


async def test_a_change_over_a_socket_with_a_cookie_comes_from_a_page_of_the_hub(hub: Hub) -> None:
    text = 'mutation { revokeToken(requestKey: "s", input: {id: "x"}) { __typename } }'
    cookie = f"{hub.cookie_name}={await hub.base.session(ZHANG)}"
    async with socket(hub, Cookie=cookie) as opened:
        await heard(opened)
        await ask(opened, text)
        refused = await heard(opened)
    assert refused["payload"][0]["extensions"]["code"] == "NOT_FROM_OUR_PAGE"
    async with socket(hub, Cookie=cookie, Origin=hub.opened.address) as opened:
        await heard(opened)
        await ask(opened, text)
        done = await heard(opened)
    assert done["payload"]["data"]["revokeToken"]["__typename"] == "RecordNotFound"


async def test_a_token_without_its_scope_subscribes_to_nothing(hub: Hub) -> None:
    async with socket(hub, bearer(hub.access_token(scope="openid"))) as opened:
        await heard(opened)
        await ask(opened, CHANGES)
        refused = await heard(opened)
    assert refused["payload"][0]["extensions"]["code"] == "INSUFFICIENT_SCOPE"


async def test_events_are_told_to_whoever_may_see_them_and_to_nobody_else(
    hub: Hub, edit: Any
) -> None:
    secret, _ = await hub.base.token(ZHANG)
    async with socket(hub, bearer(secret)) as zhangs, socket(hub) as nobodys:
        for connection in (zhangs, nobodys):
            await heard(connection)
            await ask(connection, CHANGES)
        await _followed(hub, 2)
        await edit("改名一")
        event = await heard(zhangs)
        assert event["payload"]["data"]["nodeChanged"]["node"] == {"name": "改名一"}
        await ask(nobodys, WHO, "2")
        assert (await heard(nobodys))["id"] == "2"  # nothing came before it


async def test_events_are_decided_by_the_rights_of_that_moment(hub: Hub, edit: Any) -> None:
    cookie = f"{hub.cookie_name}={await hub.base.session(ADMIN)}"
    async with socket(hub, Cookie=cookie) as opened:
        await heard(opened)
        await ask(opened, CHANGES)
        await _followed(hub, 1)
        await edit("有权时")
        assert (await heard(opened))["type"] == "next"
        await _role(hub.base, ADMIN, until="2020-01-01")
        try:
            await _hears(hub, ADMIN)
            await edit("无权时")
            await ask(opened, WHO, "2")
            assert (await heard(opened))["id"] == "2"
        finally:
            await _role(hub.base, ADMIN, until=None)
            await _hears(hub, ADMIN)


@pytest.mark.parametrize("kind", ["token", "session"])
async def test_a_socket_closes_4403_when_its_token_or_session_ends(hub: Hub, kind: str) -> None:
    async with (
        _ending(hub, kind) as (headers, payload, end),
        socket(hub, payload, **headers) as opened,
    ):
        assert await person_of(opened) == ZHANG
        await end()
        assert await close_code(opened) == 4403


@pytest.mark.parametrize("kind", ["token", "session"])
async def test_an_event_stream_ends_when_its_token_or_session_ends(hub: Hub, kind: str) -> None:
    async with _ending(hub, kind) as (headers, payload, end):
        sent = headers | (payload or {}) | {"accept": "text/event-stream"}
        async with (
            httpx2.AsyncClient(timeout=60) as client,
            client.stream("POST", hub.resource, headers=sent, json={"query": CHANGES}) as response,
        ):
            await _followed(hub, 1)
            await end()
            told = (await response.aread()).decode()
    assert '"code":"SIGNED_OUT"' in told
    assert told.endswith("event: complete\ndata:\n\n")


async def test_a_socket_closes_4403_when_its_access_token_expires(hub: Hub) -> None:
    now = int(time.time())
    token = hub.access_token(iat=now, exp=now + 8)
    async with socket(hub, bearer(token)) as opened:
        assert await person_of(opened) == ZHANG
        assert await close_code(opened) == 4403


@asynccontextmanager
async def _ending(
    hub: Hub, kind: str
) -> AsyncIterator[tuple[dict[str, str], dict[str, str] | None, Any]]:
    """Headers, the first message, and how to end what they bring."""
    base = hub.base
    if kind == "token":
        secret, token = await base.token(ZHANG, Scope.READ)
        yield {}, bearer(secret), lambda: base.deeds.end(token, ADMIN)
        return
    secret = await base.session(ZHANG)
    end = lambda: base.sessions.end(ZHANG, [id_of(secret)], "test")  # noqa: E731
    yield {"Cookie": f"{hub.cookie_name}={secret}"}, None, end


async def _followed(hub: Hub, many: int) -> None:
    """Wait until so many are handed changes as they come."""
    tail = hub.opened.server.lifespan.state["streams"]._operations.tail
    async with asyncio.timeout(PATIENCE_SECONDS):
        while tail.followers < many:  # noqa: ASYNC110 - the tail tells nobody
            await asyncio.sleep(0.01)


async def _role(base: Base, person: str, until: str | None) -> None:
    """Give a role its last day, and write that the person has changed as a command does."""
    await base.run(
        "MATCH (:Person {id: $person})-[h:HOLDS]->() SET h.until = $until"
        " WITH count(*) AS held MATCH (s:Sequence {id: 'changes'}) SET s.last = s.last + 1"
        " CREATE (:Change {seq: s.last, at: '2026-11-29T00:00:00.000Z', actor: 'test', command: 'test',"
        " requestKey: 't', noun: 'Person', nodeId: $person, before: '{}', after: '{}'}) RETURN held",
        person=person, until=until,
    )  # fmt: skip


async def _hears(hub: Hub, person: str) -> None:
    """Wait until the hub counts the role, or counts it no more."""
    (held,) = await hub.base.run(
        "MATCH (:Person {id: $person})-[h:HOLDS]->() RETURN h.until IS NULL", person=person
    )
    asked = "{ viewer { roles { role } } }"
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            data = await hub.data(asked, token=hub.access_token(person))
            if bool(data["viewer"]["roles"]) == held:
                return
            await asyncio.sleep(0.02)
