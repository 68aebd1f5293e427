"""颁发证书 | Issues what certificates a class still owes to those who attended."""

from __future__ import annotations

from flows.classes_due import CERTIFYING
from flows.desk import current
from flows.due import carry_out, found
from flows.engine import hub_flow
from flows.recording import recorded
from flows.reports import Report


@hub_flow
async def issue_certificates() -> Report:
    """Of the classes of the errands, and of whatever was left."""
    named = [each.subject for each in current().errands]
    async with recorded([*named, *await found([CERTIFYING])]) as report:
        await carry_out(CERTIFYING, report)
    return report
