"""What runs by the clock: takes the runs that Prefect's schedules made, and notes how the flows stand for whoever looks."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from time import monotonic

import structlog

from flows.desk import Desk, Running
from flows.engine import Engine, PrefectIsAway, Scheduled
from flows.recording import where
from graph_store.errors import GraphStoreError

log = structlog.get_logger("flows.schedule")

LOOK_SECONDS = 5.0
NOTE_SECONDS = 30.0


class Schedule:
    """One worker's; `run` goes on until it is cancelled."""

    def __init__(self, desk: Desk, engine: Engine) -> None:
        self._desk, self._engine = desk, engine
        self._is_away = False
        self._note_at = 0.0

    async def run(self) -> None:
        """For ever: one run after the other, so that what is due by the clock never crowds out what people wait for."""
        while True:
            try:
                await self.look()
                self._is_away = False
            except (PrefectIsAway, GraphStoreError) as away:
                if not self._is_away:
                    log.warning("schedules wait", reason=f"{type(away).__name__}: {away}")
                self._is_away = True
            await asyncio.sleep(LOOK_SECONDS)

    async def look(self) -> None:
        """Run what is due; now and then note when each flow runs next."""
        for taken in await self._engine.scheduled(datetime.now(UTC)):
            await self._run(taken)
        if (now := monotonic()) >= self._note_at:
            self._note_at = now + NOTE_SECONDS
            await self._engine.show_life(NOTE_SECONDS)
            await self._desk.plans.note(await self._engine.plans())

    async def _run(self, taken: Scheduled) -> None:
        running = Running(taken.flow, str(taken.run.id))
        try:
            await self._engine.run_scheduled(running, taken)
        except PrefectIsAway:
            raise
        except Exception as error:  # noqa: BLE001 - the flow's own failure; the clock goes on
            problem = running.problem or error
            log.error("a flow failed", flow=taken.flow, trace=where(problem))  # noqa: TRY400 - see where
            await self._desk.plans.ran(taken.flow, "failed", self._desk.now)
        else:
            undone = running.report.undone if running.report else {}
            state = "failed" if undone else "completed"
            await self._desk.plans.ran(taken.flow, state, self._desk.now)


async def stay_alive(desk: Desk) -> None:
    """Show for ever that this worker lives; three times within its lease."""
    every = max(desk.lease / 3, timedelta(seconds=0.2))
    while True:
        try:
            await desk.plans.alive(desk.worker, desk.now)
        except GraphStoreError as error:
            log.warning("the graph is away", reason=str(error))
        await asyncio.sleep(every.total_seconds())
