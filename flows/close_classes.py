"""截止报名 | Closes registration for classes whose time has come, and gives their seats where that is at close."""

from __future__ import annotations

from flows.classes_due import ALLOCATING, CLOSING
from flows.due import carry_out, found
from flows.engine import hub_flow
from flows.recording import recorded
from flows.reports import Report


@hub_flow
async def close_classes() -> Report:
    """By the clock; the outbox's own row for each class is usually there first."""
    async with recorded(await found([CLOSING])) as report:
        await carry_out(CLOSING, report)
        await carry_out(ALLOCATING, report)
    return report
