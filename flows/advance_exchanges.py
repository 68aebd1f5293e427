"""推进干部交流 | Begins exchanges on their first day, ends them after their last, expires those that nobody decided on in time."""

from __future__ import annotations

from functools import partial

from flows.desk import Desk
from flows.due import Due, worked_off
from flows.engine import hub_flow
from flows.reports import Report
from graph_store.commands.exchanges import ACTIVATE_EXCHANGE, COMPLETE_EXCHANGE, EXPIRE_EXCHANGE
from graph_store.exchanges_due import exchanges_due


async def _found(move: str, desk: Desk) -> list[str]:
    return [
        each.exchange for each in await exchanges_due(desk.run, desk.today) if each.move == move
    ]


# whoever goes home today may begin elsewhere today
STEPS = (
    Due(partial(_found, "complete"), COMPLETE_EXCHANGE, "完成交流", "exchanges completed"),
    Due(partial(_found, "expire"), EXPIRE_EXCHANGE, "过期交流", "exchanges expired"),
    Due(partial(_found, "activate"), ACTIVATE_EXCHANGE, "开始交流", "exchanges begun"),
)


@hub_flow
async def advance_exchanges() -> Report:
    """What the calendar decides; by hand nobody does it."""
    return await worked_off(*STEPS)
