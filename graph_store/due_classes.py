"""Which classes have something left for the hub to do: by its time, or because a process died between two transactions.

Where registrations tell it, the search begins at those in a passing state, of which there are few, and not at all classes ever held.
"""

from __future__ import annotations

from graph_store.reads import Run

MOST = 200

TO_CLOSE = """\
// classes to close
RETURN COLLECT { MATCH (c:TrainingClass) WHERE c.state = 'open' AND c.registrationClosesAt <= $now
  RETURN c.id ORDER BY c.id LIMIT $most } AS ids"""
TO_ALLOCATE = """\
// classes to allocate
RETURN COLLECT { MATCH (c:TrainingClass)
  WHERE c.state = 'closed' AND c.allocation = 'at_close' AND c.allocatedAt IS NULL
  RETURN c.id ORDER BY c.id LIMIT $most } AS ids"""
TO_PROMOTE = """\
// classes whose waiting list may move
RETURN COLLECT { MATCH (r:Registration {state: 'waitlisted'})-[:FOR_CLASS]->(c:TrainingClass)
  WHERE c.state IN ['open', 'closed'] WITH DISTINCT c
  WHERE COUNT { (c)<-[:FOR_CLASS]-(:Registration {state: 'confirmed'}) } < c.seats
  RETURN c.id ORDER BY c.id LIMIT $most } AS ids"""
TO_SETTLE = """\
// classes that ended and left registrations
RETURN COLLECT { MATCH (r:Registration)-[:FOR_CLASS]->(c:TrainingClass)
  WHERE r.state IN ['submitted', 'approved', 'waitlisted', 'confirmed']
    AND (c.state = 'cancelled' OR (c.state IN ['held', 'certified'] AND r.state <> 'confirmed'))
  RETURN DISTINCT c.id AS id ORDER BY id LIMIT $most } AS ids"""
TO_CERTIFY = """\
// classes that owe certificates
RETURN COLLECT { MATCH (r:Registration {state: 'attended'})-[:FOR_CLASS]->(c:TrainingClass {state: 'certified'})
  WHERE NOT EXISTS { (r)<-[:ISSUED_FOR]-(:Certificate) }
  RETURN DISTINCT c.id AS id ORDER BY id LIMIT $most } AS ids"""


async def classes(run: Run, statement: str, now: str) -> list[str]:
    """Ids of classes that one of the statements above finds, at most `MOST`. Raises GraphStoreError."""
    (ids,) = await run(statement, {"now": now, "most": MOST})
    return [str(each) for each in ids]
