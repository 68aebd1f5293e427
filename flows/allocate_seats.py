"""分配名额 | Gives the seats of closed classes by priority, portion by portion; closes first what is to be closed."""

from __future__ import annotations

from flows.classes_due import ALLOCATING, CLOSING
from flows.desk import current
from flows.due import carry_out, found
from flows.engine import hub_flow
from flows.recording import recorded
from flows.reports import Report


@hub_flow
async def allocate_seats() -> Report:
    """Of the classes of the errands, and of whatever was left."""
    named = [each.subject for each in current().errands]
    async with recorded([*named, *await found([CLOSING, ALLOCATING])]) as report:
        await carry_out(CLOSING, report)
        await carry_out(ALLOCATING, report)
    return report
