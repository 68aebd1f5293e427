"""The hub's workers as processes, of which one after the other is killed by SIGKILL and started again."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Self

from graph_store.local_server.bolt import free_port

PATIENCE_SECONDS = 180.0


class Workers:
    """Entered, they run and listen; at the end they are stopped."""

    def __init__(self, uri: str, folder: Path, number: int) -> None:
        self._uri, self._folder = uri, folder
        self._ports = [free_port() for _ in range(number)]
        self._processes: dict[int, subprocess.Popen[bytes]] = {}
        self.progress = 0.0

    def __enter__(self) -> Self:
        """Start all and wait until they listen."""
        for port in self._ports:
            self._processes[port] = self._started(port)
        end = time.monotonic() + PATIENCE_SECONDS
        while not all(map(_listens, self._ports)):
            if time.monotonic() > end or any(
                p.poll() is not None for p in self._processes.values()
            ):
                raise SystemExit(f"A worker did not start; see {self._folder}")
            time.sleep(0.1)
        return self

    def __exit__(self, *_: object) -> None:
        """Stop all."""
        for process in self._processes.values():
            process.terminate()
        for process in self._processes.values():
            process.wait()

    def ports(self) -> list[int]:
        """Of those that were not just killed."""
        return self._ports

    async def killed(self, times: int) -> None:
        """Kill one after the other while the work goes on, at even distances of it."""
        for number in range(times):
            while self.progress < (number + 0.5) / times:  # noqa: ASYNC110 - other processes are waited for
                await asyncio.sleep(0.02)
            port = self._ports[number % len(self._ports)]
            self._processes[port].kill()
            self._processes[port].wait()
            self._processes[port] = self._started(port)
            while not _listens(port) and self.progress < 1:  # noqa: ASYNC110 - as above
                await asyncio.sleep(0.1)

    def _started(self, port: int) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "bench.registrations.hub", self._uri, str(port)]
        with (self._folder / f"hub-{port}.log").open("a") as log:
            return subprocess.Popen(  # noqa: S603 - the hub's own command
                [*command, str(self._folder)], stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return not probe.connect_ex(("127.0.0.1", port))
