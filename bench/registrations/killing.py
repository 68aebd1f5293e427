"""The hub's workers and its flow worker as processes, which are killed by SIGKILL while they work and started again."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.request import urlopen

from prometheus_client.parser import text_string_to_metric_families

from flows.prefect_site import Prefect, PrefectSite
from graph_store.local_server.bolt import free_port

CHECKOUT = Path(__file__).parents[2]
PATIENCE_SECONDS = 240.0
STOP_SECONDS = 20.0


class Process:
    """A process that begins at once and is begun anew after it was killed; what it says goes to its log."""

    def __init__(self, command: Sequence[str], log: Path, told: Mapping[str, str]) -> None:
        self._command, self._log, self._told = command, log, told
        self._running = self._started()

    @property
    def pid(self) -> int:
        """Of the process as it runs now."""
        return self._running.pid

    @property
    def is_over(self) -> bool:
        """Whether it ended by itself."""
        return self._running.poll() is not None

    def killed(self) -> None:
        """Killed in the middle of whatever it does, and begun again."""
        self._running.kill()
        self._running.wait()
        self._running = self._started()

    def stopped(self) -> None:
        """Ended in good order, unless that takes too long."""
        self._running.terminate()
        try:
            self._running.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._running.kill()
            self._running.wait()

    def _started(self) -> subprocess.Popen[bytes]:
        with self._log.open("a") as log:
            return subprocess.Popen(  # noqa: S603 - the hub's own commands
                self._command,
                cwd=CHECKOUT,
                env=os.environ | self._told,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )


@dataclass(slots=True)
class Workers:
    """API workers by their ports and flow workers; `progress`: how much of the work is done, from 0 to 1."""

    api: dict[int, Process]
    flows: list[Process]
    progress: float = 0.0
    kills: int = 0
    ports: list[int] = field(init=False)

    def __post_init__(self) -> None:
        """The ports stay the same."""
        self.ports = list(self.api)

    async def killed(self, times: int) -> None:
        """Kill an API worker, each in its turn, and all flow workers, so many times, at even distances of the work."""
        for number in range(times):
            while self.progress < (number + 0.5) / times:  # noqa: ASYNC110 - other processes are waited for
                await asyncio.sleep(0.01)
            if self.progress >= 1:
                return
            for each in (self.api[self.ports[number % len(self.ports)]], *self.flows):
                each.killed()
            self.kills += 1


@contextmanager
def api_workers(uri: str, folder: Path, number: int) -> Iterator[dict[int, Process]]:
    """So many, once they listen."""
    processes: dict[int, Process] = {}
    try:
        for _ in range(number):  # each finds what the store planned for the one before it
            port = free_port()
            command = [sys.executable, "-m", "bench.registrations.hub", uri, str(port), str(folder)]
            processes[port] = Process(command, folder / f"hub-{port}.log", {})
            _wait(processes[port], port, folder)
        yield processes
    finally:
        for each in processes.values():
            each.stopped()


@contextmanager
def flow_worker(uri: str, folder: Path) -> Iterator[Process]:
    """One, and the Prefect that it works with; nobody waits for either, as in the hub."""
    site = PrefectSite.under(folder)
    reserved = site.reserved()
    with reserved.listener:
        server = reserved.start()
        told = _told(uri, folder, reserved.prefect)
        process = Process(
            [sys.executable, str(CHECKOUT / "cli.py"), "work"], folder / "flows.log", told
        )
        try:
            yield process
        finally:
            process.stopped()
            server.terminate()
            server.wait()


def await_plans(port: int) -> None:
    """Wait until a worker has asked its first questions: until then Neo4j plans them beside whatever is measured."""
    end = time.monotonic() + PATIENCE_SECONDS
    while _first_questions(port):
        if time.monotonic() > end:
            raise SystemExit("A worker's first questions were not answered in time")
        time.sleep(0.5)


def _first_questions(port: int) -> float:
    with urlopen(f"http://127.0.0.1:{port}/metrics", timeout=30) as answer:
        families = list(text_string_to_metric_families(answer.read().decode()))
    (found,) = (each for each in families if each.name == "bashu_first_questions_waiting")
    return float(found.samples[0].value)


def _told(uri: str, folder: Path, prefect: Prefect) -> dict[str, str]:
    return {
        "BASHU_NEO4J_URI": uri,
        "BASHU_DATA_DIR": str(folder),
        "BASHU_PREFECT_API_URL": prefect.api_url,
        "BASHU_PREFECT_AUTH": prefect.auth,
        "BASHU_LEASE": "5",
    }


def _wait(process: Process, port: int, folder: Path) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not _listens(port):
        if time.monotonic() > end or process.is_over:
            raise SystemExit(f"A worker did not start; see {folder}")
        time.sleep(0.1)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return not probe.connect_ex(("127.0.0.1", port))
