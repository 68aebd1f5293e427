"""What all streams of a process share: who answers, how many one address may hold, and that the hub is closing."""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing, contextmanager, suppress
from typing import Literal, NamedTuple

import orjson
from graphql import GraphQLError
from starlette.types import Scope

from auth.guests import GuestIsOut
from resolvers.answer import Answer, Asked
from resolvers.subscriptions import Event, Operations, WhoIsAsking
from web.errors import WebError, too_many_streams
from web.failures import told
from web.rates import party
from web.trace import Trace

MOST_OF_A_CONNECTION = 100
CLOSING_SECONDS = 2.0


class Places:
    """How many each address has; `most` at once, 0: any number."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._taken: Counter[str] = Counter()

    @contextmanager
    def taken(self, address: str) -> Iterator[None]:
        """One place while the context lasts. Raises WebError when all are taken."""
        whose = party(address)
        if self._most and self._taken[whose] >= self._most:
            raise WebError(too_many_streams(self._most))
        self._taken[whose] += 1
        try:
            yield
        finally:
            self._taken[whose] -= 1
            if not self._taken[whose]:
                del self._taken[whose]

    @property
    def total(self) -> int:
        """How many are taken by all."""
        return self._taken.total()


class Result(NamedTuple):
    """One message to a subscriber: a GraphQL response as JSON; an error is the last, and nothing was executed for it."""

    kind: Literal["next", "error"]
    body: bytes
    cursor: str | None = None


class Streams:
    """Begins operations for connections, counts them, and tells them all when the hub closes."""

    def __init__(self, operations: Operations, most_of_an_address: int) -> None:
        self._operations = operations
        self.connections = Places(most_of_an_address)
        self.subscriptions = Places(most_of_an_address)
        self.closing = asyncio.Event()

    async def results(
        self, asked: Asked, viewer: WhoIsAsking, trace: Trace, resumed: str | None = None
    ) -> AsyncGenerator[Result]:
        """What the operation gives, to its end; whatever fails is the last result. A guest who is out is told by whoever holds them."""
        try:
            begun = await self._operations.begin(asked, viewer, resumed)
            if isinstance(begun, Answer):
                yield Result("error" if begun.kind == "refused" else "next", begun.body)
                return
            async with aclosing(begun) as events:
                async for event in events:
                    yield _next(event)
        except GuestIsOut:
            return
        except GraphQLError as error:
            yield Result("error", orjson.dumps({"errors": [error.formatted]}))
        except Exception as error:  # noqa: BLE001 - `told` logs what it does not know
            yield Result("error", told(error, trace).body())

    async def close(self) -> None:
        """Tell every connection to end, and give them a moment to do so."""
        self.closing.set()
        with suppress(TimeoutError):
            async with asyncio.timeout(CLOSING_SECONDS):
                while self.connections.total:  # noqa: ASYNC110 - the end of the process, once
                    await asyncio.sleep(0.01)


def address_of(scope: Scope) -> str:
    """The address that the connection comes from."""
    return str(scope["client"][0]) if scope.get("client") else ""


def _next(event: Event) -> Result:
    return Result("next", event.body, event.cursor)
