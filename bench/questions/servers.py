"""The three servers under measurement, each a process of its own, started and stopped here."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.questions import asking, peers
from graph_store.local_server.bolt import free_port

START_PATIENCE_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answers; `requests`: for each operation its URL and body."""

    name: str
    pid: int
    requests: Mapping[str, tuple[str, bytes]]


@contextmanager
def raw(uri: str, log: Path) -> Iterator[Server]:
    """Hand-written Cypher, driver, orjson and Starlette: what cannot be beaten by much."""
    port = free_port()
    command = [sys.executable, str(peers.PEERS / "raw.py"), "serve", "--port", str(port)]
    with _started(command, port, {"NEO4J_URI": uri}, log) as pid:
        bodies = {name: json.dumps(values).encode() for name, values in peers.variables().items()}
        yield Server(
            "raw",
            pid,
            {name: (f"http://127.0.0.1:{port}/{name}", body) for name, body in bodies.items()},
        )


@contextmanager
def peer(uri: str, log: Path, home: Path, *, with_instants: bool) -> Iterator[Server]:
    """@neo4j/graphql on Apollo Server; without APOC it cannot select instants."""
    port = free_port()
    environment = {"NEO4J_URI": uri, "PORT": str(port)}
    with _started(["node", str(home / "server.mjs")], port, environment, log) as pid:
        texts = {name: peers.peer_operation(name) for name in asking.operations()}
        if not with_instants:
            texts = {name: text.replace(" createdAt", "") for name, text in texts.items()}
        yield Server("peer", pid, _graphql(port, texts, peers.variables()))


@contextmanager
def hub(uri: str, log: Path) -> Iterator[Server]:
    """The hub; the cursors of q4 and q4b are fetched first."""
    port = free_port()
    with _started(
        [sys.executable, "-m", "bench.questions.hub", uri, str(port)], port, {}, log
    ) as pid:
        values = {name: asking.variables(name) for name in asking.operations()}
        for name in ("q4", "q4b"):
            values[name]["after"] = _cursor(port, values[name]["offset"])
        texts = {name: asking.operation(name) for name in asking.operations()}
        yield Server("hub", pid, _graphql(port, texts, values))


def _graphql(
    port: int, texts: Mapping[str, str], values: Mapping[str, Any]
) -> dict[str, tuple[str, bytes]]:
    bodies = {
        name: json.dumps({"query": text, "variables": values[name]}).encode()
        for name, text in texts.items()
    }
    return {name: (f"http://127.0.0.1:{port}/graphql", body) for name, body in bodies.items()}


def _cursor(port: int, rows: int) -> str:
    body = json.dumps({"query": asking.operation("walk"), "variables": {"rows": rows}}).encode()
    data = peers.module("bench").ask(f"http://127.0.0.1:{port}/graphql", body)["data"]
    cursor: str = data["instruments"]["pageInfo"]["endCursor"]
    return cursor


@contextmanager
def _started(
    command: list[str], port: int, environment: dict[str, str], log: Path
) -> Iterator[int]:
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
