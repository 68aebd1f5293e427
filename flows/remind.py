"""提醒 | Reminds of decisions that are due within a day, once a day."""

from __future__ import annotations

from flows.desk import Desk
from flows.due import Due, worked_off
from flows.engine import hub_flow
from flows.reports import Report
from graph_store.commands.escalation import REMIND, OfTask
from graph_store.tasks_due import due_soon


async def _soon(desk: Desk) -> list[str]:
    return await due_soon(desk.run, desk.now)


REMINDING = Due(_soon, REMIND, "提醒待办", "reminders sent", OfTask)


@hub_flow
async def remind() -> Report:
    """Whoever owes a decision hears of it before it is late."""
    return await worked_off(REMINDING)
