"""Server-sent events, as "GraphQL over SSE" has its distinct connections mode: one operation a request, any number of results.

Each result is an event `next`, whose id is the change's cursor; the last is `complete`. A browser that reconnects sends the id
back as `Last-Event-ID`, and goes on from there.
"""

import asyncio
from contextlib import aclosing
from typing import Any

from starlette.types import Receive, Scope, Send

from auth.authentication import Asker, Credentials
from auth.guests import Guest
from resolvers.answer import Asked
from web.door import SIGNED_OUT, Door
from web.negotiation import EVENT_STREAM, VARY
from web.streams import Result, Streams, address_of
from web.trace import trace_of

KEEP_ALIVE_SECONDS = 15.0
LONGEST_SEND_SECONDS = 30.0
LAST_SEND_SECONDS = 1.0

HEADERS = [
    (b"content-type", f"{EVENT_STREAM}; charset=utf-8".encode()),
    (b"cache-control", b"no-store"),
    VARY,
    (b"x-accel-buffering", b"no"),  # a proxy that collects a stream would hold it back for ever
]
COMPLETE = b"event: complete\ndata:\n\n"
KEEP_ALIVE = b":\n\n"


async def serve(
    scope: Scope, receive: Receive, send: Send, asked: Asked, who: tuple[Credentials, Asker]
) -> None:
    """Stream the operation's results until they end, the client goes or is out, or the hub closes. Raises `WebError` 429."""
    streams: Streams = scope["state"]["streams"]
    door: Door = scope["state"]["door"]
    address, trace_of(scope).kind = address_of(scope), "subscription"
    with (
        streams.connections.taken(address),
        streams.subscriptions.taken(address),
        door.guests.staying(*who) as guest,
    ):
        more = door.more_headers(guest.asker)
        await send({"type": "http.response.start", "status": 200, "headers": [*HEADERS, *more]})
        stream = _Stream(send)
        results = asyncio.create_task(_send_results(scope, stream, guest, asked))
        gone = asyncio.create_task(_gone(receive))
        closing = asyncio.create_task(streams.closing.wait())
        out = asyncio.create_task(guest.out.wait())
        tasks: set[asyncio.Task[Any]] = {results, gone, closing, out}
        try:
            await _first_of(tasks, stream)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        if gone.cancelled() and guest.out.is_set():
            await stream.end(_event(Result("error", SIGNED_OUT.body())) + COMPLETE)
        elif gone.cancelled():
            # a hub that closes ends the body alone: a client takes that for a break, and comes again with its last id
            await stream.end(b"" if results.cancelled() else COMPLETE)


class _Stream:
    """Writes chunks, never two at once; a client that takes nothing for long is given up."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._writing = asyncio.Lock()

    async def write(self, chunk: bytes) -> None:
        """Raises TimeoutError."""
        async with self._writing, asyncio.timeout(LONGEST_SEND_SECONDS):
            await self._send({"type": "http.response.body", "body": chunk, "more_body": True})

    async def keep_alive(self) -> None:
        """A comment, so that nothing between takes the connection for dead; who is being written to lives."""
        if not self._writing.locked():
            await self.write(KEEP_ALIVE)

    async def end(self, last: bytes) -> None:
        """The last chunk and the end of the response."""
        try:
            async with asyncio.timeout(LAST_SEND_SECONDS):
                await self._send({"type": "http.response.body", "body": last})
        except TimeoutError:
            return


async def _first_of(tasks: set[asyncio.Task[Any]], stream: _Stream) -> None:
    while True:
        done, _ = await asyncio.wait(
            tasks, timeout=KEEP_ALIVE_SECONDS, return_when=asyncio.FIRST_COMPLETED
        )
        if done:
            return
        await stream.keep_alive()


async def _send_results(scope: Scope, stream: _Stream, guest: Guest, asked: Asked) -> None:
    streams: Streams = scope["state"]["streams"]
    resumed = dict(scope["headers"]).get(b"last-event-id")
    cursor = resumed.decode("latin-1") if resumed else None
    found = streams.results(asked, guest.viewer, trace_of(scope), cursor)
    async with aclosing(found) as results:
        async for result in results:
            await stream.write(_event(result))


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _event(result: Result) -> bytes:
    id_ = f"id: {result.cursor}\n".encode() if result.cursor else b""
    return b"event: next\n" + id_ + b"data: " + result.body + b"\n\n"
