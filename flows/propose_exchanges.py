"""匹配交流 | Computes the plans of exchanges that were asked for; one at a time, since the solver takes a core."""

from __future__ import annotations

from datetime import date

from flows.desk import at_desk, current
from flows.engine import hub_flow
from flows.proposing import compute
from flows.recording import recorded
from flows.reports import Report


@hub_flow
async def propose_exchanges() -> Report:
    """The plans of the errands; what is computed already is left as it is."""
    desk, errands = at_desk(), current().errands
    today = date.fromisoformat(desk.today)
    async with recorded([each.subject for each in errands]) as report:
        for errand in errands:
            found = await compute(desk.run, desk.do, errand.subject, errand.id, today)
            if found is not None:
                number = len(found.proposals)
                zh, en = f"拟议 {number} 项交流", f"proposed {number} exchanges"
                report.did(zh, en, errand.subject)
    return report
