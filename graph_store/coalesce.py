"""Identical plans of concurrent requests travel in one statement, as commits of a database share one write of its log.

Nobody waits for company: while fewer than two statements of a plan are under way a request goes alone, at once; what comes
meanwhile goes together in the next (`compiler.md` §12), at the latest when it has waited for `PATIENCE_SECONDS`. Each member
brings its own parameters and rights. A statement that fails is run again for each member alone, and its plan travels alone
for a while.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

from graph_store.errors import GraphStoreError
from graph_store.reads import Run

log = logging.getLogger(__name__)

UNDER_WAY = 2
MOST_MEMBERS = 64
MOST_LINES = 1_000
PATIENCE_SECONDS = 0.1  # a slow statement holds up nobody for longer
REST_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Joinable:
    """The statement of one request, and the same for many: `UNWIND $members AS member …`, a record of rows.

    `shared`: parameters that are one for all members, which may share a statement only when they agree on those.
    `own`: the others, by name. `viewer`: the one that holds the viewer's map, sent once for all requests of the same.
    """

    alone: str
    joint: str
    shared: tuple[str, ...]
    own: tuple[str, ...]
    viewer: str | None


@dataclass(slots=True)
class Tally:
    """What has been asked so far: statements for several members, those members, and statements that had to be run again."""

    joint: int = 0
    members: int = 0
    failed: int = 0


@dataclass(slots=True)
class Member:
    """One request that waits for a place."""

    parameters: dict[str, Any]
    record: asyncio.Future[list[Any]]

    def given(self, record: list[Any]) -> None:
        """The wait is over; one who has left is given nothing."""
        if not self.record.done():
            self.record.set_result(record)

    def failed(self, error: Exception) -> None:
        """The wait was in vain."""
        if not self.record.done():
            self.record.set_exception(error)


@dataclass(slots=True)
class Line:
    """The requests of one plan: how many statements are under way, who waits, and what sends them when they have waited long."""

    under_way: int = 0
    waiting: deque[Member] = field(default_factory=deque)
    patience: asyncio.TimerHandle | None = None


class Coalescer:
    """Runs joinable statements; `run` asks for one request, `run_joint` for many, under a shorter limit."""

    def __init__(self, run: Run, run_joint: Run) -> None:
        self._run, self._run_joint = run, run_joint
        self._lines: dict[Hashable, Line] = {}
        self._resting: dict[str, float] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self.tally = Tally()

    async def run(self, asked: Joinable, parameters: dict[str, Any]) -> list[Any]:
        """The request's own record. Raises GraphStoreError."""
        if self._rests(asked):
            return await self._run(asked.alone, parameters)
        key = (asked.alone, *[parameters[name] for name in asked.shared])
        line = self._lines.get(key) or self._line(key)
        if line.under_way >= UNDER_WAY:
            return await self._wait(key, line, asked, parameters)
        line.under_way += 1
        try:
            return await self._run(asked.alone, parameters)
        finally:
            self._leave(key, line, asked)

    async def _wait(
        self, key: Hashable, line: Line, asked: Joinable, parameters: dict[str, Any]
    ) -> list[Any]:
        loop = asyncio.get_running_loop()
        if line.patience is None:
            line.patience = loop.call_later(PATIENCE_SECONDS, self._send, key, line, asked)
        member = Member(parameters, loop.create_future())
        line.waiting.append(member)
        return await member.record

    def _rests(self, asked: Joinable) -> bool:
        until = self._resting.get(asked.alone)
        if until is None:
            return False
        if time.monotonic() < until:
            return True
        del self._resting[asked.alone]
        return False

    def _line(self, key: Hashable) -> Line:
        """A new line; those of which nobody is under way are forgotten when there are many."""
        if len(self._lines) >= MOST_LINES:
            self._lines = {each: line for each, line in self._lines.items() if line.under_way}
        return self._lines.setdefault(key, Line())

    def _leave(self, key: Hashable, line: Line, asked: Joinable) -> None:
        """A statement has ended: whoever waits goes next."""
        line.under_way -= 1
        self._send(key, line, asked)

    def _send(self, key: Hashable, line: Line, asked: Joinable) -> None:
        """Those who wait go together, now."""
        if line.patience is not None:
            line.patience.cancel()
            line.patience = None
        members = _taken(line.waiting)
        if not members:
            return
        line.under_way += 1
        if line.waiting:
            loop = asyncio.get_running_loop()
            line.patience = loop.call_later(PATIENCE_SECONDS, self._send, key, line, asked)
        task = asyncio.create_task(self._go(key, line, asked, members))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _go(self, key: Hashable, line: Line, asked: Joinable, members: list[Member]) -> None:
        try:
            if len(members) == 1:
                await self._settle_alone(asked, members[0])
            else:
                await self._settle(asked, members)
        finally:
            self._leave(key, line, asked)

    async def _settle(self, asked: Joinable, members: list[Member]) -> None:
        try:
            rows = await self._run_joint(asked.joint, _together(asked, members))
            records = _records(rows, len(members))
        except Exception as error:  # noqa: BLE001 - whatever it is, each member learns its own outcome below
            self.tally.failed += 1
            self._resting[asked.alone] = time.monotonic() + REST_SECONDS
            log.warning(
                "a statement for %d requests failed and is run again for each: %r",
                len(members),
                error,
            )
            await asyncio.gather(*(self._settle_alone(asked, member) for member in members))
            return
        self.tally.joint += 1
        self.tally.members += len(members)
        for member, record in zip(members, records, strict=True):
            member.given(record)

    async def _settle_alone(self, asked: Joinable, member: Member) -> None:
        try:
            record = await self._run(asked.alone, member.parameters)
        except Exception as error:  # noqa: BLE001 - it is the member's, who raises it
            member.failed(error)
        else:
            member.given(record)


def _taken(waiting: deque[Member]) -> list[Member]:
    """The next to go; whoever was cancelled meanwhile is left out."""
    members: list[Member] = []
    while waiting and len(members) < MOST_MEMBERS:
        member = waiting.popleft()
        if not member.record.done():
            members.append(member)
    return members


def _together(asked: Joinable, members: list[Member]) -> dict[str, Any]:
    """The parameters of the joint statement: what is shared, each member's own, and each viewer's map once."""
    first = members[0].parameters
    parameters = {name: first[name] for name in asked.shared}
    rows = [{name: member.parameters[name] for name in asked.own} for member in members]
    for number, row in enumerate(rows):
        row["number"] = number
    if asked.viewer is not None:
        # a viewer's map is made once and never changed, so the same viewer is the same map
        numbers: dict[int, int] = {}
        viewers: list[dict[str, Any]] = []
        for row, member in zip(rows, members, strict=True):
            viewer = member.parameters[asked.viewer]
            row["viewer"] = numbers.setdefault(id(viewer), len(numbers))
            if len(viewers) < len(numbers):
                viewers.append(viewer)
        parameters["viewers"] = viewers
    return parameters | {"members": rows}


def _records(rows: list[Any], expected: int) -> list[list[Any]]:
    """Each member's record; nobody is given a row that does not bear his number."""
    (records,) = rows
    numbers = [record.pop() for record in records]
    if numbers != list(range(expected)):
        raise GraphStoreError("The rows of a joint statement are not those of its members")
    return records  # type: ignore[no-any-return] # a list of rows, as the statement says
