"""清理报名 | Cancels what is left of a class that was cancelled, or for which there is nothing left to wait, and tells its people."""

from __future__ import annotations

from flows.classes_due import SETTLING
from flows.due import worked_off
from flows.engine import hub_flow
from flows.reports import Report


@hub_flow
async def settle_registrations() -> Report:
    """Of the classes of the errands, and of whatever was left."""
    return await worked_off(SETTLING)
