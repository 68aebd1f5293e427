"""升级逾期待办 | Passes on decisions that are late: to the administrators, to those above, to the platform's."""

from __future__ import annotations

from flows.desk import Desk
from flows.due import Due, worked_off
from flows.engine import hub_flow
from flows.reports import Report
from graph_store.commands.escalation import ESCALATE_TASK, OfTask
from graph_store.tasks_due import overdue


async def _late(desk: Desk) -> list[str]:
    return await overdue(desk.run, desk.now)


ESCALATING = Due(_late, ESCALATE_TASK, "升级逾期待办", "late decisions passed on", OfTask)


@hub_flow
async def escalate_overdue_tasks() -> Report:
    """Each one step; the next is due when the new time has passed."""
    return await worked_off(ESCALATING)
