"""Who a provider's subject is: `(:Identity {issuer, subject})-[:IDENTIFIES]->(:Person)`, and nothing else ever tells."""

from __future__ import annotations

from dataclasses import dataclass

from graph_store.reads import Run
from graph_store.writes import Write

FIND = """\
// who a subject is
RETURN COLLECT { MATCH (:Identity {issuer: $issuer, subject: $subject})-[:IDENTIFIES]->(p:Person)
  RETURN p {.id, .name, .endedOn} }[0] AS person"""

LINK = """\
// a subject is known from now on
MERGE (i:Identity {issuer: $issuer, subject: $subject}) ON CREATE SET i.agency = $agency, i.createdAt = $at
WITH i OPTIONAL MATCH (i)-[:IDENTIFIES]->(known:Person)
CALL (i, known) { WITH i, known WHERE known IS NULL MATCH (p:Person {id: $person}) MERGE (i)-[:IDENTIFIES]->(p) }
WITH i MATCH (i)-[:IDENTIFIES]->(p:Person)
RETURN p {.id, .name, .endedOn} AS person"""


@dataclass(frozen=True, slots=True)
class Known:
    """The person a subject is."""

    id: str
    name: str
    endedOn: str | None  # noqa: N815 - as the graph has it


class Identities:
    """Identities in the graph. Every method raises GraphStoreError."""

    def __init__(self, run: Run, write: Write) -> None:
        self._run, self._write = run, write

    async def find(self, issuer: str, subject: str) -> Known | None:
        """The person, where the subject was seen before."""
        (found,) = await self._run(FIND, {"issuer": issuer, "subject": subject})
        return Known(**found) if found else None

    async def link(self, issuer: str, subject: str, agency: str, person: str, at: str) -> Known:
        """The person from now on, unless another was first: then that one."""
        parameters = {"issuer": issuer, "subject": subject, "agency": agency}
        (found,) = await self._write(LINK, parameters | {"person": person, "at": at})
        return Known(**found)
