"""The hub's own processes: it serves while Prefect starts, keeps a worker alive, and leaves nothing behind when it is killed."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from flows.desk import Desk
from graph_store.commands.flow_runs import RUN_FLOW, Wanted
from graph_store.local_server import server
from graph_store.local_server.process import Process
from tests.auth.provider import free_port
from tests.conftest import CHECKOUT
from tests.flows.running.conftest import Ask

PATIENCE_SECONDS = 240.0  # the machine may be busy
WORKERS = "MATCH (w:FlowWorker) WHERE NOT w.id IN $but RETURN w.id"


@pytest.fixture
def hub(
    neo4j_server: server.Running, tmp_path: Path, graph: object
) -> Iterator[subprocess.Popen[str]]:
    """`bashu serve` over the run's Neo4j, with a Prefect and a worker of its own."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("BASHU_", "PREFECT_"))
    }
    own = {
        "BASHU_DATA_DIR": str(tmp_path / "data"),
        "BASHU_PORT": str(free_port()),
        "BASHU_NEO4J_URI": neo4j_server.uri,
        "BASHU_NEO4J_PASSWORD": neo4j_server.password,
        "BASHU_LEASE": "3",
    }
    with subprocess.Popen(
        [sys.executable, str(CHECKOUT / "cli.py"), "serve"],
        env=kept | own,
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


async def until(true: Callable[[], Awaitable[Any]]) -> Any:
    """What it gives, once it gives something."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            if found := await true():
                return found
            await asyncio.sleep(0.2)


def children(pid: int) -> list[Process]:
    """Processes that it started."""
    words = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    tasks = Path(f"/proc/{pid}/task").iterdir()
    words = [word for task in tasks for word in (task / "children").read_text().split()] or words
    return [found for word in words if (found := Process.of(int(word)))]


async def test_the_hub_keeps_its_workers_alive_and_takes_them_with_it(
    hub: subprocess.Popen[str], desk: Desk, ask: Ask
) -> None:
    assert hub.stdout is not None
    assert (await asyncio.to_thread(hub.stdout.readline)).startswith("Bashu Hub ready")
    (first,) = await until(lambda: ask(WORKERS, but=[desk.worker]))
    run = await desk.do(RUN_FLOW, "process 1", Wanted("reconcile"))
    done = "MATCH (r:FlowRun {id: $id}) WHERE r.state = 'completed' RETURN r.worker"
    assert await until(lambda: ask(done, id=run.id)) == [first]
    os.kill(int(first.split("-")[-2]), 9)
    (second,) = await until(lambda: ask(WORKERS, but=[desk.worker, first]))
    again = await desk.do(RUN_FLOW, "process 2", Wanted("reconcile"))
    assert await until(lambda: ask(done, id=again.id)) == [second]
    assert (
        await ask("MATCH (w:FlowWorker {id: $id}) RETURN w.id", id=first) == []
    )  # reconciled away
    left = children(hub.pid)
    assert len(left) == 2
    hub.kill()

    async def gone() -> bool:
        return not any(each.lives for each in left)

    assert await until(gone)
