"""One lane for all commands of a process: whatever arrives while a unit of work runs goes together in the next.

One and not one per lock, because the change log's sequence queues the commits anyway (`commands.md`, lanes).
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any

from graph_store.background import in_background
from graph_store.commands.commands import Command
from graph_store.commands.errors import BrokenDecision, OutcomeUnknown
from graph_store.commands.facts import HubIsBusy
from graph_store.commands.retry import retried
from graph_store.commands.transactions import Answer, Store, carry_out, rehearse
from graph_store.errors import GraphStoreError, StoreIsAway

BATCH_MOST = 64
WAITING_MOST = 2_000
BATCH_SECONDS = 2.0
ALONE_SECONDS = 20.0
BESIDE_MOST = 8
COMPANY_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class _Waiting:
    command: Command[Any]
    answer: asyncio.Future[Answer]

    def settle(self, outcome: Answer | GraphStoreError) -> None:
        """Tell whoever asked, if they still wait."""
        if self.answer.done():
            return
        if isinstance(outcome, Answer):
            self.answer.set_result(outcome)
        else:
            self.answer.set_exception(outcome)


class Lane:
    """Takes commands in order of arrival; made by `open_lane`."""

    def __init__(self, store: Store, waiting_most: int) -> None:
        self._store, self._waiting_most = store, waiting_most
        self._queue: asyncio.Queue[_Waiting] = asyncio.Queue()
        self._beside: set[asyncio.Task[None]] = set()
        self._lately = deque([1, 1], maxlen=2)
        self._took_seconds = 0.0
        self._room = asyncio.Semaphore(BESIDE_MOST)

    @property
    def waiting(self) -> int:
        """Commands that wait for the next unit of work."""
        return self._queue.qsize()

    async def do(self, command: Command[Any], *, dry_run: bool = False) -> Answer:
        """The command's answer once it is committed; a dry run's at once, outside the lane.

        Raises StoreIsAway, OutcomeUnknown (send the same key again), BrokenDecision, QueryTookTooLong.
        """
        if dry_run:
            return await self._rehearsed(command)
        if (waiting := self.waiting) >= self._waiting_most:
            return Answer(HubIsBusy(waiting))
        row = _Waiting(command, asyncio.get_running_loop().create_future())
        self._queue.put_nowait(row)
        return await row.answer

    async def run(self) -> None:
        """Carry out what arrives, for ever."""
        while True:
            rows = await self._next()
            began = asyncio.get_running_loop().time()
            try:
                await self._together(rows)
            finally:
                self._lately.append(len(rows))
                self._took_seconds = asyncio.get_running_loop().time() - began
                for _ in rows:
                    self._queue.task_done()

    async def drain(self) -> None:
        """Wait until everything that arrived is answered."""
        await self._queue.join()
        await asyncio.gather(*self._beside)

    async def _next(self) -> list[_Waiting]:
        """What waits. Those who were answered together come again one after the other: the first of them would go alone.

        So it is waited until as many are there as in either of the last two units, half as long as the last one took at most;
        who comes alone after others that came alone waits for nobody.
        """
        rows = [await self._queue.get()]
        with suppress(TimeoutError):
            async with asyncio.timeout(min(COMPANY_SECONDS, self._took_seconds / 2)):
                while len(rows) < max(self._lately):
                    rows.append(await self._queue.get())
        while len(rows) < BATCH_MOST and not self._queue.empty():
            rows.append(self._queue.get_nowait())
        return rows

    async def _together(self, rows: list[_Waiting]) -> None:
        """All rows in one unit; if that fails but the store is there, each in its own, while the lane goes on."""
        commands = [row.command for row in rows]
        try:
            answers = await retried(
                lambda: carry_out(self._store, commands, time_limit_seconds=BATCH_SECONDS)
            )
        except (StoreIsAway, OutcomeUnknown) as error:
            for row in rows:
                row.settle(error)
        except Exception:  # noqa: BLE001 - whichever row it is, `_alone` says so to whoever sent it
            for row in rows:
                task = asyncio.create_task(self._alone(row))
                self._beside.add(task)
                task.add_done_callback(self._beside.discard)
        else:
            for row, answer in zip(rows, answers, strict=True):
                row.settle(answer)

    async def _alone(self, row: _Waiting) -> None:
        async with self._room:
            try:
                answers = await retried(
                    lambda: carry_out(self._store, [row.command], time_limit_seconds=ALONE_SECONDS)
                )
            except Exception as error:  # noqa: BLE001 - handed to whoever sent the command
                row.settle(_told(error, row.command))
            else:
                row.settle(answers[0])

    async def _rehearsed(self, command: Command[Any]) -> Answer:
        try:
            return await retried(
                lambda: rehearse(self._store, command, time_limit_seconds=ALONE_SECONDS)
            )
        except Exception as error:
            raise _told(error, command) from error


@asynccontextmanager
async def open_lane(store: Store, *, waiting_most: int = WAITING_MOST) -> AsyncIterator[Lane]:
    """The lane, running; at the end what has arrived is still carried out."""
    lane = Lane(store, waiting_most)
    async with in_background(lane.run()):
        try:
            yield lane
        finally:
            await lane.drain()


def _told(error: Exception, command: Command[Any]) -> GraphStoreError:
    """The error in the family's words; what it came from stays attached for the log."""
    if isinstance(error, GraphStoreError):
        return error
    broken = BrokenDecision(f"{command.decision.name} failed: {error!r}")
    broken.__cause__ = error
    return broken
