"""推进干部交流 | Begins exchanges on their first day, ends them after their last, expires those that nobody decided on in time."""

from __future__ import annotations

from flows.desk import Desk
from flows.due import Due, carry_out, found
from flows.engine import hub_flow
from flows.recording import recorded
from flows.reports import Report
from graph_store.commands.exchanges import ACTIVATE_EXCHANGE, COMPLETE_EXCHANGE, EXPIRE_EXCHANGE
from graph_store.due_exchanges import to_activate, to_complete, to_expire


async def _to_expire(desk: Desk) -> list[str]:
    return await to_expire(desk.run, desk.today)


async def _to_complete(desk: Desk) -> list[str]:
    return await to_complete(desk.run, desk.today)


async def _to_activate(desk: Desk) -> list[str]:
    return await to_activate(desk.run, desk.today)


# whoever goes home today may begin elsewhere today
STEPS = (
    Due(_to_expire, EXPIRE_EXCHANGE, "过期交流", "exchanges expired"),
    Due(_to_complete, COMPLETE_EXCHANGE, "完成交流", "exchanges completed"),
    Due(_to_activate, ACTIVATE_EXCHANGE, "开始交流", "exchanges begun"),
)


@hub_flow
async def advance_exchanges() -> Report:
    """What the calendar decides; by hand nobody does it."""
    async with recorded(await found(STEPS)) as report:
        await advance(report)
    return report


async def advance(report: Report) -> None:
    """All steps, in their order."""
    for each in STEPS:
        await carry_out(each, report)
