"""Sessions of people who have signed on, and what was used up so that it cannot be used again.

A session is known by the digest of a secret that only the browser has. Whoever ends one numbers the end (`endings.py`), by which
every worker hears of it. `Spent` remembers states of sign-ons and ids of logout tokens for as long as they could come again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from graph_store.endings import ENDINGS
from graph_store.reads import Run
from graph_store.writes import Write

MOST_LISTED = 100


@dataclass(frozen=True, slots=True)
class NewSession:
    """Instants are ISO 8601 in UTC; `idToken` is sealed with the browser's secret."""

    id: str
    issuer: str
    subject: str
    sid: str | None
    agency: str
    name: str | None
    createdAt: str  # noqa: N815 - as the graph has it
    lastSeenAt: str  # noqa: N815
    expiresAt: str  # noqa: N815
    address: str | None
    userAgent: str | None  # noqa: N815
    idToken: str | None  # noqa: N815


@dataclass(frozen=True, slots=True)
class Ended:
    """A session that came to its end now, and whose it was."""

    id: str
    person: str


OPEN = """\
// open a session, unless its sign-on was used before
MERGE (spent:Spent {id: $spent}) ON CREATE SET spent.until = $until, spent.by = $session.id
WITH spent.by = $session.id AS isFirst
OPTIONAL MATCH (p:Person {id: $person}) WHERE isFirst
CALL (p) { WITH p WHERE p IS NOT NULL
  MERGE (s:Session {id: $session.id}) ON CREATE SET s += $session
  MERGE (s)-[:OF]->(p) }
RETURN isFirst AND p IS NOT NULL AS isOpen"""

READ = """\
// read a session
RETURN COLLECT { MATCH (s:Session {id: $id})-[:OF]->(p:Person) WHERE s.endedAt IS NULL
  RETURN s {.id, .agency, .issuer, .name, .lastSeenAt, .expiresAt, .idToken, person: p.id} }[0] AS session"""

LIST = """\
// the sessions of a person that go on
RETURN COLLECT { MATCH (s:Session)-[:OF]->(:Person {id: $person})
  WHERE s.endedAt IS NULL AND s.expiresAt > $now AND s.lastSeenAt > $idle
  WITH s ORDER BY s.lastSeenAt DESC, s.id LIMIT $limit
  RETURN s {.id, .agency, .createdAt, .lastSeenAt, .expiresAt, .address, .userAgent} } AS sessions"""

SEEN = """\
// sessions were used
UNWIND $rows AS row
MATCH (s:Session {id: row.id}) WHERE s.endedAt IS NULL AND s.lastSeenAt < row.at
SET s.lastSeenAt = row.at
RETURN count(*) AS seen"""

_END = f"""\
SET s.endedAt = $at, s.endedBecause = $because
REMOVE s.idToken
WITH collect(s {{.id, person: p.id}}) AS found
WITH found, [each IN found | each.id] AS ended
{ENDINGS}
RETURN found"""

END_OWN = f"""\
// end sessions of a person: these, or all but these
MATCH (p:Person {{id: $person}})<-[:OF]-(s:Session)
WHERE s.endedAt IS NULL AND (s.id IN $ids) <> $others
{_END}"""

END_BY_PROVIDER = f"""\
// a provider ends sessions, unless its word was used before
MERGE (spent:Spent {{id: $spent}}) ON CREATE SET spent.until = $until, spent.by = $attempt
WITH spent.by = $attempt AS isFirst
OPTIONAL MATCH (s:Session {{issuer: $issuer}})-[:OF]->(p:Person)
WHERE isFirst AND s.endedAt IS NULL AND ($sid IS NULL OR s.sid = $sid) AND ($subject IS NULL OR s.subject = $subject)
WITH isFirst, collect(s) AS sessions, collect(s {{.id, person: p.id}}) AS found
FOREACH (s IN sessions | SET s.endedAt = $at, s.endedBecause = $because REMOVE s.idToken)
WITH isFirst, found, [each IN found | each.id] AS ended
{ENDINGS}
RETURN isFirst, found"""

SWEEP = """\
// forget what is over
CALL () { MATCH (n:Spent) WHERE n.until < $now WITH n LIMIT $limit DETACH DELETE n }
CALL () { MATCH (s:Session) WHERE s.expiresAt < $long WITH s LIMIT $limit DETACH DELETE s }
CALL () { MATCH (e:Ending) WHERE e.at < $heard WITH e LIMIT $limit DELETE e }
RETURN 0 AS done"""


class SessionStore:
    """Sessions in the graph. Every method raises GraphStoreError."""

    def __init__(self, run: Run, write: Write) -> None:
        self._run, self._write = run, write

    async def open(self, session: NewSession, person: str, spent: str, until: str) -> bool:
        """Whether it is open: not if `spent` was used by another, or the person is none."""
        parameters = {"session": asdict(session), "person": person, "spent": spent, "until": until}
        (is_open,) = await self._write(OPEN, parameters)
        return bool(is_open)

    async def read(self, id_: str) -> dict[str, Any] | None:
        """One that was not ended; its limits are the reader's matter."""
        (found,) = await self._run(READ, {"id": id_})
        session: dict[str, Any] | None = found
        return session

    async def of(self, person: str, now: str, idle_since: str) -> list[dict[str, Any]]:
        """Those of a person that go on, the one used last first."""
        parameters = {"person": person, "now": now, "idle": idle_since, "limit": MOST_LISTED}
        (found,) = await self._run(LIST, parameters)
        return list(found)

    async def seen(self, rows: Sequence[dict[str, str]]) -> None:
        """They were used: rows of `id` and `at`."""
        await self._write(SEEN, {"rows": list(rows)})

    async def end(
        self, person: str, ids: Sequence[str], at: str, because: str, *, all_others: bool = False
    ) -> list[Ended]:
        """End these sessions of a person, or all others of theirs; those that went on."""
        parameters = {"person": person, "ids": list(ids), "at": at, "because": because}
        (found,) = await self._write(END_OWN, parameters | {"others": all_others})
        return [Ended(**each) for each in found]

    async def end_by_provider(self, word: dict[str, Any]) -> list[Ended] | None:
        """End those of an issuer's `sid` or `subject`; None where the word (`spent`) was used before."""
        is_first, found = await self._write(END_BY_PROVIDER, word)
        return [Ended(**each) for each in found] if is_first else None

    async def sweep(self, now: str, long_over: str, heard: str) -> None:
        """Forget what is spent and past, sessions that are long over, and endings that everybody has heard."""
        await self._write(SWEEP, {"now": now, "long": long_over, "heard": heard, "limit": 10_000})
