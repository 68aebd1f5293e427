"""分配名额 | Gives the seats of closed classes by priority, portion by portion; closes first what is to be closed."""

from __future__ import annotations

from flows.classes_due import ALLOCATING, CLOSING
from flows.due import worked_off
from flows.engine import hub_flow
from flows.reports import Report


@hub_flow
async def allocate_seats() -> Report:
    """Of the classes of the errands, and of whatever was left."""
    return await worked_off(CLOSING, ALLOCATING)
