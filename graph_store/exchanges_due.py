"""Which exchanges the hub must move on a day: what has ended, what was not decided in time, what begins, in that order.

Each list is a seek in an index of the state with the first or the last day: what is not due is not read. The indexes end with the id,
and Neo4j uses one only where something is asked of all its columns; named, since a plan made for few exchanges would be kept.
"""

from __future__ import annotations

from dataclasses import dataclass

from graph_store.reads import Run

MOST = 500

STATEMENT = """\
// exchanges due
RETURN COLLECT { MATCH (n:CadreExchange) USING INDEX n:CadreExchange(state, until, id)
    WHERE n.state = 'active' AND n.until < $day AND n.id IS NOT NULL
    RETURN ['complete', n.id] ORDER BY n.until, n.id LIMIT $most }
  + COLLECT { MATCH (n:CadreExchange) USING INDEX n:CadreExchange(state, since, id)
    WHERE n.state = 'submitted' AND n.since <= $day AND n.id IS NOT NULL
    RETURN ['expire', n.id] ORDER BY n.since, n.id LIMIT $most }
  + COLLECT { MATCH (n:CadreExchange) USING INDEX n:CadreExchange(state, since, id)
    WHERE n.state = 'home_approved' AND n.since <= $day AND n.id IS NOT NULL
    RETURN ['expire', n.id] ORDER BY n.since, n.id LIMIT $most }
  + COLLECT { MATCH (n:CadreExchange) USING INDEX n:CadreExchange(state, since, id)
    WHERE n.state = 'accepted' AND n.since <= $day AND n.id IS NOT NULL
    RETURN ['activate', n.id] ORDER BY n.since, n.id LIMIT $most } AS due"""


@dataclass(frozen=True, slots=True)
class Due:
    """A move that the hub makes: `complete`, `expire` or `activate`."""

    move: str
    exchange: str


async def exchanges_due(run: Run, day: str, *, most: int = MOST) -> list[Due]:
    """Up to `most` of each kind; those that end first, so that who follows can begin. Raises GraphStoreError."""
    (found,) = await run(STATEMENT, {"day": day, "most": most})
    return [Due(move, id_) for move, id_ in found]
