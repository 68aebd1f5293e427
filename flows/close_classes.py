"""截止报名 | Closes registration for classes whose time has come, and gives their seats where that is at close."""

from __future__ import annotations

from flows.classes_due import ALLOCATING, CLOSING
from flows.due import worked_off
from flows.engine import hub_flow
from flows.reports import Report


@hub_flow
async def close_classes() -> Report:
    """By the clock; the outbox's own row for each class is usually there first."""
    return await worked_off(CLOSING, ALLOCATING, looked_for=[CLOSING])
