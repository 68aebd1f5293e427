"""Timing: alternating rounds of short cells, a closed loop on each of 1 or 16 connections, CPU from /proc."""

import asyncio
import time
from dataclasses import dataclass
from itertools import count, product
from statistics import median

from bench.questions import peers
from bench.questions.servers import Server

CONNECTIONS = (1, 16)
MOST_REQUESTS = 3_000


@dataclass(frozen=True, slots=True)
class Cell:
    """One server, one operation, one second: milliseconds of each request, requests a second, CPU ms a request."""

    took: tuple[float, ...]
    rate: float
    server_ms: float
    store_ms: float

    @property
    def cpu_ms(self) -> float:
        """Of server and Neo4j together."""
        return self.server_ms + self.store_ms


Samples = dict[tuple[str, int, str], list[Cell]]
"""Cells by operation, connections and server, one a round."""


def warm(servers: list[Server], names: list[str], seconds: float) -> None:
    """Let compilers, planners and caches do their work."""
    bench = peers.module("bench")
    for name in names:
        for server in servers:
            asyncio.run(bench.cell(*server.requests[name], 4, seconds, MOST_REQUESTS))


@dataclass(frozen=True, slots=True)
class Course:
    """At most so many rounds of cells of so many seconds; none is begun that would not end by `until` (monotonic time)."""

    rounds: int
    seconds: float
    until: float


def rounds(servers: list[Server], names: list[str], store: int, course: Course) -> Samples:
    """The cells of as many rounds as there is time for, at least one; `store`: the pid of Neo4j."""
    samples: Samples = {}
    longest = 0.0
    for number in count():
        began = time.monotonic()
        if number == course.rounds or (number and began + longest > course.until):
            return samples
        turned = servers[number % len(servers) :] + servers[: number % len(servers)]
        for name, connections, server in product(names, CONNECTIONS, turned):
            cell = _cell(server, name, connections, store, course.seconds)
            samples.setdefault((name, connections, server.name), []).append(cell)
        longest = max(longest, time.monotonic() - began)
    return samples


def _cell(server: Server, name: str, connections: int, store: int, seconds: float) -> Cell:
    bench = peers.module("bench")
    before = bench.cpu_ms(server.pid), bench.cpu_ms(store)
    took, wall = asyncio.run(
        bench.cell(*server.requests[name], connections, seconds, MOST_REQUESTS)
    )
    after = bench.cpu_ms(server.pid), bench.cpu_ms(store)
    server_ms, store_ms = (
        (late - early) / len(took) for early, late in zip(before, after, strict=True)
    )
    return Cell(tuple(took), len(took) / wall, server_ms, store_ms)


def ratio(samples: Samples, name: str, connections: int, to: str) -> float:
    """Total CPU of the hub's requests to another's: the median over rounds of the ratio within a round."""
    pairs = zip(samples[name, connections, "hub"], samples[name, connections, to], strict=True)
    return median(ours.cpu_ms / max(theirs.cpu_ms, 0.01) for ours, theirs in pairs)
