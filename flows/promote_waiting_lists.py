"""候补递补 | Gives free seats to those who wait: the repair, since a command that frees a seat promotes by itself."""

from __future__ import annotations

from flows.classes_due import PROMOTING
from flows.due import worked_off
from flows.engine import hub_flow
from flows.reports import Report


@hub_flow
async def promote_waiting_lists() -> Report:
    """Of classes where somebody waits and a seat is free; whom a quota stops goes on waiting."""
    return await worked_off(PROMOTING)
