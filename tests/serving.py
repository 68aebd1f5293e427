"""The whole hub behind its own server, on a port of this machine, within the test run's own loop."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvicorn
from starlette.types import ASGIApp

from graph_store.local_server import server
from settings import Settings
from web.server import HubServer

START_SECONDS = 180.0  # the machine may be busy


def settings_over(running: server.Running, port: int, folder: Path, **given: Any) -> Settings:
    """Settings of a hub over the run's Neo4j; the developer's own are not read."""
    return Settings(
        _env_file=None,
        port=port,
        data_dir=folder,
        neo4j_uri=running.uri,
        neo4j_password=running.password,
        # a cold store on a busy machine plans the first of each kind for long
        **{"warm_up": False, "query_timeout": 60, **given},
    )


class QuietServer(HubServer):
    """The hub's own server, which leaves the signals and the memory of the test run alone."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start and tell nobody."""
        await uvicorn.Server.startup(self, sockets)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture none."""
        yield


@dataclass(slots=True)
class Listening:
    """A server that listens."""

    port: int
    server: QuietServer
    running: asyncio.Task[None]

    @property
    def address(self) -> str:
        """Its address, without a path."""
        return f"http://127.0.0.1:{self.port}"

    async def stopped(self) -> None:
        """Stop as on Ctrl-C, and wait for the end."""
        self.server.should_exit = True
        await self.running


@asynccontextmanager
async def listening(build: Callable[[int], ASGIApp], port: int = 0) -> AsyncIterator[Listening]:
    """A server, as `bashu serve` starts it, of what `build(port)` gives; at a free port unless one is given."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", port))
        port = listener.getsockname()[1]
        hub = QuietServer(build(port), "127.0.0.1", port)
        task = asyncio.create_task(hub.serve(sockets=[listener]))
        async with asyncio.timeout(START_SECONDS):
            while not hub.started:
                assert not task.done(), "the server did not start"
                await asyncio.sleep(0.01)
        opened = Listening(port, hub, task)
        try:
            yield opened
        finally:
            await opened.stopped()
