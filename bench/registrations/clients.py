"""Thirty-two clients in closed loops: each sends its next request when its answer is in, and the same one again when none came."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from bench.registrations.ground import Course, Party

CLIENTS = 32
PATIENCE_SECONDS = 30.0
_STATE = re.compile(rb'"state":"([A-Z]+)"')
_ONE = (
    "mutation r($k: ID!, $i: RegisterInput!) { register(requestKey: $k, input: $i)"
    " { ... on PersonRegistered { id registration { state } } ... on Fact { messageEn } } }"
)
_GROUP = (
    "mutation g($k: ID!, $i: RegisterGroupInput!) { registerGroup(requestKey: $k, input: $i)"
    " { ... on GroupRegistered { state } ... on Fact { messageEn } } }"
)


@dataclass(slots=True)
class Told:
    """What the clients were told: by a party's number its state, or what else was answered; how often a request was sent again."""

    states: dict[int, str] = field(default_factory=dict)
    odd: dict[int, bytes] = field(default_factory=dict)
    again: int = 0
    seconds: float = 0.0

    @property
    def rate(self) -> float:
        """Requests answered a second."""
        return len(self.states) / self.seconds


def request(course: Course, party: Party, token: str) -> bytes:
    """The whole HTTP request of a party; the same each time it is sent."""
    key = f"{course.id} {party.number}"
    given: dict[str, object] = {"trainingClass": course.id, "home": party.home}
    text = _ONE if len(party.people) == 1 else _GROUP
    given |= {"person": party.people[0]} if text == _ONE else {"people": list(party.people)}
    body = json.dumps({"query": text, "variables": {"k": key, "i": given}}).encode()
    head = (
        "POST /graphql HTTP/1.1\r\nhost: 127.0.0.1:PORT\r\ncontent-type: application/json\r\n"
        f"authorization: Bearer {token}\r\ncontent-length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


async def register(
    ports: Callable[[], list[int]], requests: Iterable[tuple[int, bytes]], clients: int = CLIENTS
) -> Told:
    """Send them all, from so many clients at once, to whichever workers are there."""
    told, waiting = Told(), iter(requests)
    began = time.perf_counter()
    await asyncio.gather(*(_client(number, ports, waiting, told) for number in range(clients)))
    told.seconds = time.perf_counter() - began
    return told


async def _client(
    number: int, ports: Callable[[], list[int]], waiting: Iterator[tuple[int, bytes]], told: Told
) -> None:
    turn = number
    connection: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
    port = 0
    for party, content in waiting:
        while True:
            try:
                if connection is None:
                    known = ports()
                    port = known[turn % len(known)]
                    connection = await asyncio.open_connection("127.0.0.1", port)
                async with asyncio.timeout(PATIENCE_SECONDS):
                    body = await _asked(connection, content.replace(b"PORT", str(port).encode(), 1))
            except (OSError, EOFError, TimeoutError, ValueError):
                if connection:
                    connection[1].close()
                connection, turn = None, turn + 1
                told.again += 1
                await asyncio.sleep(0.05)
                continue
            if (state := _STATE.search(body)) is not None:
                told.states[party] = state[1].decode()
                break
            told.odd[party] = body[:300]
            told.again += 1
            await asyncio.sleep(0.05)
            if b'"messageEn"' in body and b"waiting" not in body:
                break
    if connection:
        connection[1].close()


async def _asked(
    connection: tuple[asyncio.StreamReader, asyncio.StreamWriter], content: bytes
) -> bytes:
    reader, writer = connection
    writer.write(content)
    head = await reader.readuntil(b"\r\n\r\n")
    _, _, rest = head.lower().partition(b"content-length:")
    return await reader.readexactly(int(rest.split(b"\r\n", 1)[0]))
