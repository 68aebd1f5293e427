"""Thirty-two clients in closed loops: each sends its next request when its answer is in, and the same one again when none came."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from bench.registrations.ground import Course, Party

CLIENTS = 32
PATIENCE_SECONDS = 30.0
_STATE = re.compile(rb'"state":"([A-Z]+)"')
_ONE = (
    "mutation r($k: ID!, $i: RegisterInput!) { register(requestKey: $k, input: $i)"
    " { ... on PersonRegistered { id state } ... on Fact { messageEn } } }"
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

    def add(self, other: Told) -> None:
        """What was told later."""
        self.states |= other.states
        self.odd |= other.odd
        self.again += other.again
        self.seconds += other.seconds

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


async def register(ports: list[int], requests: Iterable[tuple[int, bytes]]) -> Told:
    """Send them all, from `CLIENTS` at once, to whichever workers are there."""
    told, waiting = Told(), iter(requests)
    began = time.perf_counter()
    await asyncio.gather(*(_client(number, ports, waiting, told) for number in range(CLIENTS)))
    told.seconds = time.perf_counter() - began
    return told


async def _client(
    number: int, ports: list[int], waiting: Iterator[tuple[int, bytes]], told: Told
) -> None:
    connection = Connection(ports, number)
    for party, content in waiting:
        while not _is_settled(party, await connection.asked(content), told):
            told.again += 1
            await asyncio.sleep(0.05)
    connection.close()


def _is_settled(party: int, body: bytes | None, told: Told) -> bool:
    """Whether the answer is one; none, and a busy hub's, means the same again."""
    if body is None:
        return False
    if (state := _STATE.search(body)) is not None:
        told.states[party] = state[1].decode()
        return True
    if b'"messageEn"' in body and b"are waiting" not in body:
        told.odd[party] = body[:300]
        return True
    return False


class Connection:
    """To one worker after the other: the next one when this one does not answer."""

    def __init__(self, ports: list[int], turn: int) -> None:
        self._ports, self._turn = ports, turn
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def asked(self, content: bytes) -> bytes | None:
        """The answer's body; None when there was none."""
        port = self._ports[self._turn % len(self._ports)]
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                if self._streams is None:
                    self._streams = await asyncio.open_connection("127.0.0.1", port)
                return await _asked(*self._streams, content.replace(b"PORT", b"%d" % port, 1))
        except (OSError, EOFError, TimeoutError, ValueError):
            self.close()
            self._turn += 1
            return None

    def close(self) -> None:
        """The connection, where there is one."""
        if self._streams:
            self._streams[1].close()
        self._streams = None


async def _asked(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, content: bytes
) -> bytes:
    writer.write(content)
    head = await reader.readuntil(b"\r\n\r\n")
    _, _, rest = head.lower().partition(b"content-length:")
    return await reader.readexactly(int(rest.split(b"\r\n", 1)[0]))
