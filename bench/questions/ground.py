"""What is measured on: a loaded graph, the servers over it, and everything that they will be sent."""

import asyncio
import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.questions import asking, drawn, peers, servers
from bench.questions.asking import Rows
from bench.questions.cells import HUB, PEER, RAW, Field
from bench.questions.drawn import BEYOND_RAW, Values
from bench.questions.servers import Server
from bench.questions.store import store

ENTITIES = {"entities100": 100, "entities1000": 1_000}


@dataclass(frozen=True, slots=True)
class Ground:
    """Everything started; `values` of each operation and the `rows` they name."""

    uri: str
    field: Field
    values: dict[str, list[Values]]
    searches: list[tuple[int, Values]]
    rows: Rows
    serves_entities: bool

    @property
    def environment(self) -> dict[str, str]:
        """For the peers' own programs."""
        return os.environ | {"NEO4J_URI": self.uri}

    def asked_of_hub(self, name: str, number: int = 0) -> tuple[str, Values]:
        """An operation with one of its values, as the hub is asked."""
        return name, asking.hub_variables(self.values[name][number], self.rows)


@contextmanager
def ground(data_folder: Path) -> Iterator[Ground]:
    """Everything started, in order; stopped in reverse, also when interrupted."""
    folder = data_folder / "bench" / "questions"
    folder.mkdir(parents=True, exist_ok=True)
    home = peers.installed_peer(folder)
    with ExitStack() as stack:
        over = stack.enter_context(store(data_folder, folder))
        peers.load(os.environ | {"NEO4J_URI": over.uri})
        started = [
            stack.enter_context(servers.hub(over.uri, folder / "hub.log")),
            stack.enter_context(servers.raw(over.uri, folder / "raw.log")),
            stack.enter_context(
                servers.peer(over.uri, folder / "peer.log", home, with_instants=over.with_apoc)
            ),
        ]
        yield laid_out(over.uri, over.pid, started)


def laid_out(uri: str, store_pid: int, started: Sequence[Server]) -> Ground:
    """Values drawn from the graph, and every request made, for servers that run; the first is the hub."""
    hub, *_ = started
    known = asyncio.run(drawn.facts(uri))
    rows = Rows(known.ids, asking.cursors(hub, len(known.ids)))
    values = drawn.drawn(known)
    serves_entities = asking.serves_entities(hub)
    if serves_entities:
        values |= {name: drawn.entities(known, count) for name, count in ENTITIES.items()}
    requests = {
        (name, server.name): asking.requests(server, name, asked, rows)
        for name, asked in values.items()
        for server in started
        if _knows(server, name)
    }
    field = Field({server.name: server for server in started}, store_pid, requests)
    return Ground(uri, field, values, drawn.searches(known), rows, serves_entities)


def _knows(server: Server, name: str) -> bool:
    match server.name:
        case "hub":
            return True
        case "raw":
            return name not in (*BEYOND_RAW, *ENTITIES)
    return name not in (*ENTITIES, "page", "identical")


__all__ = ["BEYOND_RAW", "ENTITIES", "HUB", "PEER", "RAW", "Ground", "ground", "laid_out"]
