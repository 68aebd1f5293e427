"""The three servers under measurement, each a process of its own, started and stopped here."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.questions import peers
from graph_store.local_server.bolt import free_port

START_PATIENCE_SECONDS = 180  # a busy machine plans a cold graph's first statements slowly


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answers; `with_instants`: whether the peer can select them, for which it needs APOC."""

    name: str
    pid: int
    port: int
    with_instants: bool = True


@contextmanager
def raw(uri: str, log: Path) -> Iterator[Server]:
    """Hand-written Cypher, driver, orjson and Starlette: what cannot be beaten by much."""
    port = free_port()
    command = [sys.executable, str(peers.PEERS / "raw.py"), "serve", "--port", str(port)]
    with started(command, port, {"NEO4J_URI": uri}, log) as pid:
        yield Server("raw", pid, port)


@contextmanager
def peer(uri: str, log: Path, home: Path, *, with_instants: bool) -> Iterator[Server]:
    """@neo4j/graphql on Apollo Server."""
    port = free_port()
    environment = {"NEO4J_URI": uri, "PORT": str(port)}
    with started(["node", str(home / "server.mjs")], port, environment, log) as pid:
        yield Server("peer", pid, port, with_instants)


@contextmanager
def hub(uri: str, log: Path) -> Iterator[Server]:
    """The hub."""
    port = free_port()
    command = [sys.executable, "-m", "bench.questions.hub", uri, str(port)]
    with started(command, port, {}, log) as pid:
        yield Server("hub", pid, port)


@contextmanager
def started(command: list[str], port: int, environment: dict[str, str], log: Path) -> Iterator[int]:
    """A server's process that listens, told by its number; it ends with the context."""
    with (
        log.open("w") as output,
        subprocess.Popen(  # noqa: S603 - our own commands
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env=os.environ | environment,
        ) as server,
    ):
        try:
            _wait(server, port, log)
            yield server.pid
        finally:
            server.terminate()


def _wait(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    end = time.monotonic() + START_PATIENCE_SECONDS
    with socket.socket() as probe:
        while probe.connect_ex(("127.0.0.1", port)):
            if server.poll() is not None or time.monotonic() > end:
                raise SystemExit(f"A server of the bench did not start; see {log}")
            time.sleep(0.1)
