"""颁发证书 | Issues what certificates a class still owes to those who attended."""

from __future__ import annotations

from flows.classes_due import CERTIFYING
from flows.due import worked_off
from flows.engine import hub_flow
from flows.reports import Report


@hub_flow
async def issue_certificates() -> Report:
    """Of the classes of the errands, and of whatever was left."""
    return await worked_off(CERTIFYING)
