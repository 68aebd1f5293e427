"""The change log, read in order: what is visible is a prefix, because its numbers are given under a lock until commit.

Whoever wants changes as they come follows the `tail`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from neo4j import READ_ACCESS, AsyncDriver

PAGE = 1_000

AFTER = """\
// changes
MATCH (c:Change) WHERE c.seq > $b.after RETURN c {.*} AS change ORDER BY c.seq LIMIT $limit"""


@dataclass(frozen=True, slots=True)
class Change:
    """One record changed by one command.

    `at` is an instant in UTC. `before` and `after` hold what differs: properties, and edges by their name in the
    model, each as {id, its properties}; a new record has nothing before. `acting_for`: in whose place the actor did it, as a deputy.
    """

    seq: int
    at: str
    actor: str
    command: str
    request_key: str
    noun: str
    node_id: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    acting_for: str | None = None


async def changes(
    driver: AsyncDriver, database: str, after: int, *, most: int = PAGE
) -> list[Change]:
    """The next changes after that number, in order; empty at the end of the log. Raises what the driver raises."""
    async with driver.session(database=database, default_access_mode=READ_ACCESS) as session:
        result = await session.run(AFTER, b={"after": after}, limit=most)
        return [_change(row["change"]) async for row in result]


def _change(row: Mapping[str, Any]) -> Change:
    return Change(
        seq=row["seq"],
        at=row["at"],
        actor=row["actor"],
        command=row["command"],
        request_key=row["requestKey"],
        noun=row["noun"],
        node_id=row["nodeId"],
        before=orjson.loads(row.get("before") or "{}"),
        after=orjson.loads(row.get("after") or "{}"),
        acting_for=row.get("actingFor"),
    )
