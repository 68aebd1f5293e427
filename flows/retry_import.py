"""重试导入 | Reads again the rows that imports did not take, for those who asked; one at a time."""

from __future__ import annotations

from flows.desk import at_desk, current
from flows.engine import hub_flow
from flows.recording import recorded
from flows.reports import Report
from flows.retrying import tried_again


@hub_flow
async def retry_import() -> Report:
    """The imports of the errands that wait to read rows again; what has ended already is left as it is."""
    desk, running = at_desk(), current()
    errands = running.errands
    async with recorded([each.subject for each in errands]) as report:
        for errand in errands:
            await tried_again(desk, errand.subject, f"{errand.id}/{errand.leases}", report)
    return report
