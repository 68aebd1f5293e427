"""The pump: leases what is due, runs each topic's flow on its rows in this process, and says of each row how it went.

A row is tried once at least; its effect is there once, since the flow's commands carry the row's key. What a worker holds is
renewed while it works, so that a lease runs out only where the worker is dead. While Prefect is away nothing is leased.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from hashlib import sha256

import structlog

from flows.desk import Desk, Running
from flows.engine import Engine, PrefectIsAway
from flows.recording import failure_of, where
from flows.requested import requested
from graph_store.commands.flow_runs import RUN_FLOW_TOPIC
from graph_store.errors import GraphStoreError
from graph_store.outbox import Errand

log = structlog.get_logger("flows.outbox")

ROWS_MOST = 100
GROUPS_MOST = 4
AWAY_PAUSE = timedelta(seconds=2)


class Pump:
    """One worker's; `run` goes on until it is cancelled, and what it holds then is due again when its lease runs out."""

    def __init__(self, desk: Desk, engine: Engine, poll: timedelta) -> None:
        self._desk, self._engine = desk, engine
        self._poll_seconds = poll.total_seconds()
        self._room = asyncio.Semaphore(GROUPS_MOST)
        self._groups: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """For ever."""
        while True:
            pause = self._poll_seconds
            try:
                await self.pump()
            except GraphStoreError as error:
                log.warning("the graph is away", reason=str(error))
                pause = AWAY_PAUSE.total_seconds()
            await asyncio.sleep(pause)

    async def pump(self) -> int:
        """Lease what is due and begin to do it; how many rows."""
        if self._room.locked():
            return 0
        rows = await self._desk.outbox.lease(self._desk.now, self._desk.lease, most=ROWS_MOST)
        for topic, errands in by_topic(rows):
            task = asyncio.create_task(self._group(topic, errands))
            self._groups.add(task)
            task.add_done_callback(self._groups.discard)
        return len(rows)

    async def settled(self) -> None:
        """Until everything that was begun is done."""
        while self._groups:
            await asyncio.gather(*self._groups)

    async def _group(self, topic: str, errands: tuple[Errand, ...]) -> None:
        """Nothing that goes wrong here ends the pump: the rows are due again."""
        async with self._room:
            renewing = asyncio.create_task(self._renew(errands))
            try:
                await self._done(topic, errands)
            except Exception as error:  # noqa: BLE001 - whatever it is, the rows are due again when the lease ends
                log.error("rows of the outbox were left", topic=topic, trace=where(error))  # noqa: TRY400 - see where
            finally:
                renewing.cancel()

    async def _done(self, topic: str, errands: tuple[Errand, ...]) -> None:
        if topic == RUN_FLOW_TOPIC:
            for errand in errands:
                running = await requested(self._desk, errand)
                await self._carried_out(running, (errand,))
        elif topic in self._engine.flows:
            running = Running(topic, key_of(errands), min(_tries(errands)), errands=errands)
            await self._carried_out(running, errands)
        else:
            # a flow of a newer hub: whoever knows it will do it
            later = self._desk.now + timedelta(minutes=1)
            await self._desk.outbox.due_again(_ids(errands), later)

    async def _carried_out(self, running: Running | None, errands: tuple[Errand, ...]) -> None:
        desk = self._desk
        if running is None:
            await desk.outbox.done(_ids(errands), desk.now)
            return
        try:
            await self._engine.linked(running, (each.subject for each in errands))
        except PrefectIsAway as away:
            log.warning("Prefect is away", reason=str(away))
            await desk.outbox.due_again(_ids(errands), desk.now + AWAY_PAUSE)
            return
        except Exception as error:  # noqa: BLE001 - the flow's own failure, told at its rows
            problem = running.problem or error
            log.error("a flow failed", flow=running.flow, trace=where(problem))  # noqa: TRY400 - see where
            await self._failed(running, errands, dict.fromkeys(_ids(errands), failure_of(problem)))
            await desk.plans.ran(running.flow, "failed", desk.now)
            return
        undone = running.report.undone if running.report else {}
        await desk.outbox.done(set(_ids(errands)) - set(undone), desk.now)
        await self._failed(running, errands, undone)
        await desk.plans.ran(running.flow, "failed" if undone else "completed", desk.now)

    async def _failed(
        self, running: Running, errands: tuple[Errand, ...], undone: dict[str, str]
    ) -> None:
        for errand in errands:
            if errand.id in undone:
                desk = self._desk
                why = undone[errand.id]
                if await desk.outbox.failed(errand, desk.now, why, running.recorded):
                    log.error("a row of the outbox was given up", id=errand.id, reason=why)

    async def _renew(self, errands: tuple[Errand, ...]) -> None:
        while True:
            await asyncio.sleep(self._desk.lease.total_seconds() / 3)
            try:
                until = self._desk.now + self._desk.lease
                await self._desk.outbox.renew(_ids(errands), until)
            except Exception as error:  # noqa: BLE001 - tried again; at worst somebody else does the rows too
                log.warning("leases could not be renewed", reason=failure_of(error))


def by_topic(rows: Iterable[Errand]) -> list[tuple[str, tuple[Errand, ...]]]:
    """The rows of each topic, in the order in which they were due."""
    found: dict[str, list[Errand]] = defaultdict(list)
    for each in rows:
        found[each.topic].append(each)
    return [(topic, tuple(errands)) for topic, errands in found.items()]


def key_of(errands: Iterable[Errand]) -> str:
    """The same rows, handed out as often: the same run in Prefect."""
    told = " ".join(sorted(f"{each.id} {each.leases}" for each in errands))
    return f"outbox-{sha256(told.encode()).hexdigest()[:40]}"


def _ids(errands: Iterable[Errand]) -> list[str]:
    return [each.id for each in errands]


def _tries(errands: Iterable[Errand]) -> list[int]:
    return [each.attempts + 1 for each in errands]
