"""清理请求键 | Forgets request keys, and what the outbox has done, after thirty days."""

from __future__ import annotations

from datetime import timedelta

from flows.desk import at_desk
from flows.engine import hub_flow
from flows.recording import recorded
from flows.reports import Report
from graph_store.commands.rows import instant_text
from graph_store.forgetting import forget

KEPT = timedelta(days=30)


@hub_flow
async def forget_request_keys() -> Report:
    """A request key is kept thirty days (`contract.md`); no record stands behind one."""
    gone = await forgotten()
    async with recorded([], always=gone > 0) as report:
        if gone:
            report.did(f"清理 {gone} 个请求键", f"forgot {gone} request keys", effects=gone)
    return report


async def forgotten() -> int:
    """How many there were."""
    desk = at_desk()
    return await forget(desk.write, instant_text(desk.now - KEPT))
