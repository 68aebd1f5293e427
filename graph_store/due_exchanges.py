"""Which exchanges are due to be moved on by the hub on a day: found by the index of their states, which few are in for long."""

from __future__ import annotations

from graph_store.reads import Run

# of an accepted or active exchange there are few at a time; its last day is still served
TO_EXPIRE = """\
// exchanges due to expire
RETURN COLLECT { MATCH (x:CadreExchange) WHERE x.state IN $states AND x.since <= $today
  RETURN x.id ORDER BY x.id LIMIT 500 } AS ids"""
TO_ACTIVATE = TO_EXPIRE.replace("expire", "activate")
TO_COMPLETE = """\
// exchanges due to complete
RETURN COLLECT { MATCH (x:CadreExchange) WHERE x.state IN $states AND x.until < $today
  RETURN x.id ORDER BY x.id LIMIT 500 } AS ids"""


async def to_expire(run: Run, today: str) -> list[str]:
    """Not decided on when their first day came. Raises GraphStoreError."""
    return await _ids(run, TO_EXPIRE, today, "submitted", "home_approved")


async def to_activate(run: Run, today: str) -> list[str]:
    """Accepted, and their first day has come. Raises GraphStoreError."""
    return await _ids(run, TO_ACTIVATE, today, "accepted")


async def to_complete(run: Run, today: str) -> list[str]:
    """Going on, and their last day is over. Raises GraphStoreError."""
    return await _ids(run, TO_COMPLETE, today, "active")


async def _ids(run: Run, statement: str, today: str, *states: str) -> list[str]:
    (ids,) = await run(statement, {"states": list(states), "today": today})
    return [str(each) for each in ids]
