"""What is forgotten after a while: answers kept with request keys, and rows of the outbox that are done."""

from __future__ import annotations

from graph_store.writes import Write

PORTION = 5_000

# each label is walked once a portion: a daily flow in the night; an index would cost every command
KEYS = f"""\
// forget request keys
CALL () {{ MATCH (k:Request) WHERE k.at < $before WITH k LIMIT {PORTION} DELETE k RETURN count(*) AS gone }}
RETURN gone"""
ROWS = f"""\
// forget rows of the outbox
CALL () {{ MATCH (o:Outbox) WHERE o.doneAt < $before WITH o LIMIT {PORTION} DELETE o RETURN count(*) AS gone }}
RETURN gone"""


async def forget(write: Write, before: str) -> int:
    """Forget what was answered or done before that instant; how many keys. Raises GraphStoreError."""
    await _all(write, ROWS, before)
    return await _all(write, KEYS, before)


async def _all(write: Write, statement: str, before: str) -> int:
    gone = 0
    while True:
        (portion,) = await write(statement, {"before": before})
        gone += int(portion)
        if portion < PORTION:
            return gone
