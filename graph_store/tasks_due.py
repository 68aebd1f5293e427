"""Which decisions are late, and which will be soon: found by the index of state and time, in pages that flows work through."""

from __future__ import annotations

from datetime import datetime, timedelta

from graph_store.commands.escalation import STEPS
from graph_store.commands.rows import SHANGHAI, instant_text
from graph_store.reads import Run

PAGE = 500
SOON = timedelta(days=1)

# whoever passes one on gives it a new time, or the last step: what is left is found again
OVERDUE = f"""\
// overdue tasks
RETURN COLLECT {{ MATCH (t:Task) USING INDEX t:Task(state, dueAt, id)
    WHERE t.state = 'open' AND t.dueAt < $now AND t.id IS NOT NULL
    AND coalesce(t.escalations, 0) < {STEPS}
  RETURN t.id ORDER BY t.dueAt LIMIT $limit }} AS ids"""

DUE_SOON = """\
// tasks due soon
RETURN COLLECT { MATCH (t:Task) USING INDEX t:Task(state, dueAt, id)
    WHERE t.state = 'open' AND t.dueAt >= $now AND t.dueAt <= $soon AND t.id IS NOT NULL
    AND coalesce(t.remindedAt, '') < $day
  RETURN t.id ORDER BY t.dueAt LIMIT $limit } AS ids"""


async def overdue(run: Run, now: datetime, *, most: int = PAGE) -> list[str]:
    """Ids of tasks to be escalated, the latest first; ask again until there is none. Raises GraphStoreError."""
    (ids,) = await run(OVERDUE, {"now": instant_text(now), "limit": most})
    return [str(each) for each in ids]


async def due_soon(run: Run, now: datetime, *, most: int = PAGE) -> list[str]:
    """Ids of tasks due within `SOON` of which nobody was reminded today; ask again until there is none. Raises GraphStoreError."""
    midnight = now.astimezone(SHANGHAI).replace(hour=0, minute=0, second=0, microsecond=0)
    given = {
        "now": instant_text(now),
        "soon": instant_text(now + SOON),
        "day": instant_text(midnight),
        "limit": most,
    }
    (ids,) = await run(DUE_SOON, given)
    return [str(each) for each in ids]
