"""`bashu reconcile`: the flow's body at a desk of its own, whether or not Prefect is there."""

from __future__ import annotations

from dataclasses import replace

from ulid import ULID

from flows.desk import Desk, Running, seated, under_way
from flows.engine import open_engine
from flows.reconcile import reconcile_now
from flows.reports import Report
from flows.worker import open_desk
from settings import Settings


async def reconciled(settings: Settings) -> Report:
    """What was found. Raises as `open_driver` does."""
    async with open_desk(settings) as desk:
        if not settings.prefect_api_url:
            return await _at(replace(desk, undertaker=None))
        async with open_engine(desk.worker, {}) as engine:
            return await _at(replace(desk, undertaker=engine))


async def _at(desk: Desk) -> Report:
    running = Running("reconcile", f"command-line-{ULID()}")
    with seated(desk), under_way(running):
        return await reconcile_now()
