"""How flows stand, looked at now and then for figures that must be there at once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from graph_store.commands.rows import Clock
from graph_store.errors import GraphStoreError
from graph_store.flow_plans import FlowStanding

EVERY_SECONDS = 15.0

log = structlog.get_logger("graph_store.flow_watch")


@dataclass(frozen=True, slots=True)
class FlowFigures:
    """Workers alive, rows of the outbox that are due and that were given up, seconds for which the first has been due."""

    workers: int
    due: int
    failed: int
    waiting_seconds: float


@dataclass(slots=True)
class FlowWatch:
    """`current` is what was seen last; None before that, and while the store is away. A worker lives for a `lease`."""

    look: Callable[[], Awaitable[FlowStanding]]
    clock: Clock
    lease: timedelta
    current: FlowFigures | None = None

    async def refresh(self) -> None:
        """Look once."""
        try:
            self.current = _figures(await self.look(), self.clock(), self.lease)
        except GraphStoreError as error:
            log.warning("how flows stand could not be read", reason=repr(error))
            self.current = None

    async def keep(self) -> None:
        """Look every now and then, for ever."""
        while True:
            await self.refresh()
            await asyncio.sleep(EVERY_SECONDS)


def _figures(seen: FlowStanding, now: datetime, lease: timedelta) -> FlowFigures:
    since = datetime.fromisoformat(seen.first_due_at) if seen.first_due_at else now
    return FlowFigures(
        workers=seen.alive(now, lease),
        due=seen.due,
        failed=seen.failed,
        waiting_seconds=max(0.0, (now - since).total_seconds()),
    )
