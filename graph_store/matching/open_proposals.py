"""Which proposals of a plan are still to be decided on."""

from __future__ import annotations

from graph_store.reads import Run

MOST = 1_000

STATEMENT = """\
// open proposals of a plan
RETURN COLLECT { MATCH (:ExchangePlan {id: $id})<-[:PROPOSED_IN]-(p:ProposedExchange) WHERE p.state = 'open'
  RETURN p.id ORDER BY p.id LIMIT $most } AS ids"""


async def open_proposals(run: Run, plan: str) -> list[str]:
    """Their ids, in order, at most `MOST`. Raises GraphStoreError."""
    (ids,) = await run(STATEMENT, {"id": plan, "most": MOST})
    return [str(each) for each in ids]
