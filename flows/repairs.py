"""What the other flows do when it is due is what `reconcile` does where they were missed: the same finders, the same commands."""

from __future__ import annotations

from flows.advance_exchanges import STEPS as OF_EXCHANGES
from flows.classes_due import ALLOCATING, CERTIFYING, CLOSING, PROMOTING, SETTLING
from flows.due import carry_out
from flows.escalate_overdue_tasks import ESCALATING
from flows.reports import Report

OF_CLASSES = (CLOSING, ALLOCATING, PROMOTING, SETTLING, CERTIFYING)


async def repair(report: Report) -> None:
    """Everything that the calendar or a crash left; reminders alone are not made good, their day is over."""
    for each in (*OF_EXCHANGES, *OF_CLASSES, ESCALATING):
        await carry_out(each, report)
