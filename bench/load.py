"""A lean load generator: closed loops over kept connections that send ready-made HTTP/1.1 requests, about 20 µs each.

Each connection sends its next request when its answer is in. A cell ends when its seconds are over and every request that was
sent has been answered, so that CPU per request is exact to the clock's tick.
"""

import asyncio
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

import uvloop

ANSWER_PATIENCE_SECONDS = 120
_TICK_MS = 1_000 / os.sysconf("SC_CLK_TCK")
_DATA = b'{"data":'  # an answer with errors begins with them


class LoadError(Exception):
    """A server said something else than an answer without errors."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Milliseconds of each request in order of size, requests a second, CPU ms a request of server, Neo4j and this process."""

    took: tuple[float, ...]
    rate: float
    server_ms: float
    store_ms: float
    client_ms: float

    @property
    def cpu_ms(self) -> float:
        """Of server and Neo4j together."""
        return self.server_ms + self.store_ms


@dataclass(frozen=True, slots=True)
class Load:
    """What is sent to a port: requests in turn beginning with number `begin`, on so many connections for so many seconds."""

    port: int
    requests: Sequence[bytes]
    connections: int
    seconds: float
    begin: int = 0


@dataclass(slots=True)
class _Course:
    """What the connections of one load share."""

    load: Load
    done: asyncio.Future[None]
    end: float = 0.0
    sent: int = 0
    open: int = 0
    took: list[float] = field(default_factory=list)
    first: bytes = b""
    transports: list[asyncio.Transport] = field(default_factory=list)

    def next(self) -> bytes | None:
        """The next request, or nothing when the time is over; at least one is sent."""
        if self.sent and time.perf_counter() >= self.end:
            return None
        self.sent += 1
        requests = self.load.requests
        return requests[(self.load.begin + self.sent - 1) % len(requests)]

    def leave(self, error: Exception | None = None) -> None:
        """A connection has ended."""
        self.open -= 1
        if self.done.done():
            return
        if error is not None:
            self.done.set_exception(error)
        elif not self.open:
            self.done.set_result(None)


class _Connection(asyncio.Protocol):
    """One closed loop."""

    __slots__ = ("_at", "_buffer", "_course", "_head", "_need", "_over", "_transport")

    def __init__(self, course: _Course) -> None:
        self._course, self._buffer = course, bytearray()
        self._need = self._head = 0
        self._over = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop's is registered as none
        self._course.transports.append(self._transport)
        self._send()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self._over:
            self._leave(exc or LoadError("The server closed the connection"))

    def data_received(self, data: bytes) -> None:
        buffer = self._buffer
        buffer += data
        if not self._need and not self._sized():
            return
        if len(buffer) < self._need:
            return
        if buffer[9:12] != b"200" or not buffer.startswith(_DATA, self._head):
            self._leave(LoadError(buffer[:600].decode(errors="replace")))
            return
        course = self._course
        course.took.append((time.perf_counter() - self._at) * 1e3)
        if course.sent == 1:
            course.first = bytes(buffer[self._head :])
        buffer.clear()
        self._need = 0
        self._send()

    def _sized(self) -> bool:
        """Whether the head is in; then it says how long the answer is."""
        head = self._buffer.find(b"\r\n\r\n")
        if head < 0:
            return False
        _, found, rest = bytes(self._buffer[:head]).lower().partition(b"\r\ncontent-length:")
        if not found:
            self._leave(LoadError("An answer without content-length"))
            return False
        self._head = head + 4
        self._need = self._head + int(rest.partition(b"\r\n")[0])
        return True

    def _send(self) -> None:
        request = self._course.next()
        if request is None:
            self._leave()
            return
        self._at = time.perf_counter()
        self._transport.write(request)

    def _leave(self, error: Exception | None = None) -> None:
        self._over = True
        self._transport.close()
        self._course.leave(error)


async def _driven(load: Load) -> tuple[_Course, float]:
    loop = asyncio.get_running_loop()
    course = _Course(load, loop.create_future(), open=load.connections)
    began = time.perf_counter()
    course.end = began + load.seconds
    opening = [
        loop.create_connection(lambda: _Connection(course), "127.0.0.1", load.port)
        for _ in range(load.connections)
    ]
    try:
        async with asyncio.timeout(load.seconds + ANSWER_PATIENCE_SECONDS):
            await asyncio.gather(*opening)
            await course.done
        return course, time.perf_counter() - began
    finally:
        for each in course.transports:
            each.abort()
        await asyncio.sleep(0)


def encoded(port: int, path: str, body: bytes) -> bytes:
    """A whole POST of JSON."""
    head = f"POST {path} HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\ncontent-type: application/json\r\n"
    return f"{head}content-length: {len(body)}\r\n\r\n".encode() + body


def cpu_ms(pid: int) -> float:
    """User and system time of all threads of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * _TICK_MS


def measured(load: Load, server_pid: int, store_pid: int) -> Cell:
    """Drive a load and count what it took. Raises LoadError for an answer with errors."""
    before = cpu_ms(server_pid), cpu_ms(store_pid), time.process_time() * 1e3
    course, seconds = uvloop.run(_driven(load))
    after = cpu_ms(server_pid), cpu_ms(store_pid), time.process_time() * 1e3
    count = len(course.took)
    each = [(late - early) / count for early, late in zip(before, after, strict=True)]
    return Cell(tuple(sorted(course.took)), count / seconds, *each)


def answer(port: int, request: bytes) -> bytes:
    """The body of one answer. Raises LoadError for one with errors."""
    course, _ = uvloop.run(_driven(Load(port, [request], 1, 0.0)))
    return course.first


def percentile(took: Sequence[float], share: float) -> float:
    """Of times in order of size.

    >>> percentile([1.0, 2.0, 3.0, 4.0], 0.5)
    3.0
    """
    return took[min(int(len(took) * share), len(took) - 1)]
