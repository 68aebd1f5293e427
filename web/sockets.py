"""`/graphql` as a WebSocket of the sub-protocol graphql-transport-ws: any operation, any number of them at once.

Close codes are the protocol's: 4400 a message that is none, 4401 an operation before the connection was acknowledged, 4403 a token
that is no good, or the end of the session or token with which it was opened, 4406 another sub-protocol, 4408 no `connection_init` in
time, 4409 an id in use, 4429 a second `connection_init`; 1001 when the hub closes.

Who asks is told by the handshake's headers, or by `connection_init` with `{"authorization": "Bearer …"}`, for browsers let no page
set a header there.
"""

import asyncio
from collections.abc import Mapping
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

import orjson
from graphql import OperationType
from starlette.types import Message, Receive, Scope, Send

from auth.authentication import Credentials
from auth.guests import Guest
from auth.refusals import SEVERAL, TokenRefused
from resolvers.answer import Asked
from web import asking
from web.bodies import BODY_LIMIT_BYTES
from web.door import Door
from web.edge import deny, too_often
from web.errors import MALFORMED, Refusal, WebError, too_many_streams
from web.limits import DocumentChecks
from web.negotiation import Language, language
from web.rates import Rate
from web.streams import MOST_OF_A_CONNECTION, Result, Streams, address_of
from web.trace import trace_of
from web.trusted import Trusted

PROTOCOL = "graphql-transport-ws"
INIT_SECONDS = 3.0
LONGEST_SEND_SECONDS = 30.0
LAST_SEND_SECONDS = 1.0
LONGEST_ID = 200


@dataclass(frozen=True, slots=True)
class Close(Exception):
    """The connection is closed with this code; the reason is for developers, at most 123 bytes."""

    code: int
    reason: str


INVALID = Close(4400, "Invalid message")
UNAUTHORIZED = Close(4401, "Unauthorized")
FORBIDDEN = Close(4403, "Forbidden")
SIGNED_OUT = Close(4403, "Signed out")
TRY_AGAIN = Close(1013, "Try again later")
OTHER_PROTOCOL = Close(4406, "Subprotocol not acceptable")
INIT_TIMEOUT = Close(4408, "Connection initialisation timeout")
TOO_MANY_INITS = Close(4429, "Too many initialisation requests")
GOING_AWAY = Close(1001, "Going away")


class GraphQLSocket:
    """An ASGI application for one path; without a `rate` nobody is refused for asking often."""

    def __init__(
        self,
        checks: DocumentChecks,
        trusted: Trusted = asking.NONE_TRUSTED,
        rate: Rate | None = None,
        *,
        init_seconds: float = INIT_SECONDS,
    ) -> None:
        self._checks, self._trusted = checks, trusted
        self.rate, self.init_seconds = rate, init_seconds
        self.longest_send_seconds = LONGEST_SEND_SECONDS

    def asked(self, payload: dict[str, object], language: Language) -> Asked:
        """What a message asks. Raises `WebError`."""
        return asking.from_object(payload, language, self._checks.limits, self._trusted)

    def writes(self, asked: Asked) -> bool:
        """Whether the operation may change anything."""
        is_likely = "mutation" in asked.text
        kind = self._checks.kind(asked.text, asked.operation) if is_likely else None
        return kind is OperationType.MUTATION

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hold one connection from its handshake to its end."""
        await receive()  # websocket.connect
        offered: list[str] = scope["subprotocols"]
        if PROTOCOL not in offered:
            # a client whose own sub-protocol is not taken up sees no close code, so it is, and closed at once
            await _accept(send, offered[0] if offered else None)
            await _close(send, OTHER_PROTOCOL)
            return
        trace_of(scope).kind = "subscription"
        streams: Streams = scope["state"]["streams"]
        door: Door = scope["state"]["door"]
        try:
            who = await door.asker(scope)
            with (
                streams.connections.taken(address_of(scope)),
                door.guests.staying(*who) as guest,
            ):
                await _accept(send, PROTOCOL)
                await Conversation(self, scope, receive, send, guest).hold()
        except WebError as error:
            await deny(scope, send, error.refusal)


class Conversation:
    """One connection: what the client said so far and the operations that run for it."""

    def __init__(
        self, site: GraphQLSocket, scope: Scope, receive: Receive, send: Send, guest: Guest
    ) -> None:
        self._site, self._scope, self._guest = site, scope, guest
        self._streams: Streams = scope["state"]["streams"]
        self._door: Door = scope["state"]["door"]
        self._headers = dict(scope["headers"])
        self._receive, self._send_now = receive, send
        self._stuck = asyncio.Event()
        self._acknowledged = False
        self._running: dict[str, asyncio.Task[None]] = {}
        self._patience = asyncio.timeout(site.init_seconds)
        self._language = _language(scope)

    async def hold(self) -> None:
        """Until the client goes, breaks the protocol or is out, or the hub closes."""
        reading = asyncio.create_task(self._read())
        closing = asyncio.create_task(self._streams.closing.wait())
        stuck = asyncio.create_task(self._stuck.wait())
        out = asyncio.create_task(self._guest.out.wait())
        waiting = {reading: None, closing: GOING_AWAY, stuck: None, out: SIGNED_OUT}
        try:
            await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            close = reading.result() if reading.done() else _first(waiting)
        finally:
            tasks = [*waiting, *self._running.values()]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        if close is not None:
            await _close(self._send_now, close)

    async def _send(self, message: Message) -> None:
        """Raises OSError also when the client takes nothing for long, which ends the connection."""
        try:
            async with asyncio.timeout(self._site.longest_send_seconds):
                await self._send_now(message)
        except TimeoutError as error:
            self._stuck.set()
            raise ConnectionAbortedError from error

    async def _read(self) -> Close | None:
        """Take message after message; why the connection is to be closed, or None when the client has gone."""
        try:
            async with self._patience:
                while (message := await self._receive())["type"] != "websocket.disconnect":
                    await self._take(_parsed(message))
        except TimeoutError:
            return INIT_TIMEOUT
        except Close as close:
            return close
        except OSError:  # gone while being answered
            return None
        return None

    async def _take(self, message: object) -> None:
        match message:
            case {"type": "connection_init" | "ping" | "pong" as kind, **rest}:
                await self._greet(kind, rest.get("payload"))
            case {"type": "subscribe", "id": str(id_), "payload": dict(payload)} if _is_id(id_):
                await self._subscribe(id_, payload)
            case {"type": "complete", "id": str(id_)}:
                if task := self._running.pop(id_, None):
                    task.cancel()
            case _:
                raise INVALID

    async def _greet(self, kind: str, payload: object) -> None:
        if payload is not None and not isinstance(payload, dict):
            raise INVALID
        if kind == "ping":
            await self._say({"type": "pong"} | ({} if payload is None else {"payload": payload}))
        elif kind == "connection_init":
            if self._acknowledged:
                raise TOO_MANY_INITS
            await self._believe(payload or {})
            self._acknowledged = True
            self._patience.reschedule(None)
            await self._say({"type": "connection_ack"})

    async def _believe(self, payload: Mapping[str, object]) -> None:
        """Whoever says in the first message who they are, is that one from now on."""
        said = [value for name, value in payload.items() if name.lower() == "authorization"]
        if not said:
            return
        if len(said) > 1 or not isinstance(said[0], str) or not said[0].isascii():
            await self._door.turned_away(TokenRefused(SEVERAL))
            raise FORBIDDEN
        brought = Credentials(said[0].encode())
        try:
            asker = await self._door.asker_with(brought, trace_of(self._scope))
        except WebError as error:
            raise (FORBIDDEN if error.refusal.status == 401 else TRY_AGAIN) from error
        self._guest.became(brought, asker)

    async def _subscribe(self, id_: str, payload: dict[str, object]) -> None:
        if not self._acknowledged:
            raise UNAUTHORIZED
        if id_ in self._running:
            raise Close(4409, f"Subscriber for {id_[:40]} already exists")
        if refusal := self._too_many():
            await self._refuse(id_, refusal)
            return
        try:
            asked = self._site.asked(payload, self._language)
            viewer = self._guest.asker.viewer
            if viewer.is_signed_on:
                self._door.check(viewer, self._headers, writes=self._site.writes(asked))
        except WebError as error:
            if error.refusal.code == MALFORMED:
                raise INVALID from error
            await self._refuse(id_, error.refusal)
            return
        self._running[id_] = asyncio.create_task(self._run(id_, asked))

    def _too_many(self) -> Refusal | None:
        if len(self._running) >= MOST_OF_A_CONNECTION:
            return too_many_streams(MOST_OF_A_CONNECTION)
        return too_often(self._site.rate, self._scope)

    async def _run(self, id_: str, asked: Asked) -> None:
        """Send what the operation gives; its id is free again before the client learns that it has ended."""
        try:
            with self._streams.subscriptions.taken(address_of(self._scope)):
                viewer, trace = self._guest.viewer, trace_of(self._scope)
                results = self._streams.results(asked, viewer, trace)
                async with aclosing(results):
                    async for result in results:
                        if result.kind == "error":
                            self._running.pop(id_, None)
                            await self._tell(id_, result)
                            return
                        await self._tell(id_, result)
            self._running.pop(id_, None)
            await self._say({"id": id_, "type": "complete"})
        except WebError as error:
            self._running.pop(id_, None)
            await self._refuse(id_, error.refusal)
        except OSError:
            return  # gone; whoever reads notices too

    async def _tell(self, id_: str, result: Result) -> None:
        body = result.body
        if result.kind == "error":
            body = orjson.dumps(orjson.loads(body)["errors"])
        text = b'{"id":%b,"type":"%b","payload":%b}' % (
            orjson.dumps(id_),
            result.kind.encode(),
            body,
        )
        await self._send({"type": "websocket.send", "text": text.decode()})

    async def _refuse(self, id_: str, refusal: Refusal) -> None:
        await self._tell(id_, Result("error", refusal.body()))

    async def _say(self, message: Mapping[str, object]) -> None:
        await self._send({"type": "websocket.send", "text": orjson.dumps(message).decode()})


def _first(waiting: Mapping[asyncio.Task[Any], Close | None]) -> Close | None:
    """How the connection ends because of what came first."""
    return next((close for task, close in waiting.items() if task.done() and close), None)


async def _accept(send: Send, protocol: str | None) -> None:
    await send({"type": "websocket.accept", "subprotocol": protocol})


async def _close(send: Send, close: Close) -> None:
    try:
        async with asyncio.timeout(LAST_SEND_SECONDS):
            await send({"type": "websocket.close", "code": close.code, "reason": close.reason})
    except OSError:
        return  # gone already, or takes nothing (TimeoutError is one too)


def _parsed(message: Message) -> object:
    text = message.get("text")
    if not text or len(text) > BODY_LIMIT_BYTES:
        raise INVALID
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        raise INVALID from None


def _is_id(id_: str) -> bool:
    return 0 < len(id_) <= LONGEST_ID


def _language(scope: Scope) -> Language:
    header = dict(scope["headers"]).get(b"accept-language")
    return language(None if header is None else header[:500].decode("latin-1"))
