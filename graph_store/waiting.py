"""Where somebody stands on a waiting list, and why they wait: read from the same marks by which seats are given."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any

from graph_store.reads import Run

STATEMENT = """\
// place on a waiting list
MATCH (r:Registration {id: $id})-[:FOR_CLASS]->(class:TrainingClass)
MATCH (r)-[:REGISTERS]->(p:Person) MATCH (r)-[:REGISTERED_BY]->(home:Institution)
OPTIONAL MATCH (r)-[:REGISTERED_WITH]->(organiser:Institution)
CALL (r, class) {
  MATCH (o:Registration) WHERE o.rank >= class.id + ' ' AND o.rank < r.rank AND o.id IS NOT NULL AND o.state = r.state
  RETURN count(DISTINCT o.rank) AS parties, count(*) AS people }
CALL (r) { MATCH (o:Registration {party: r.party}) WHERE o.state = r.state AND o.id IS NOT NULL RETURN count(*) AS size }
CALL (class) { MATCH (o:Registration) WHERE o.seat >= class.id + ' ' AND o.seat < class.id + '!' AND o.id IS NOT NULL
  RETURN count(*) AS taken }
CALL (class, home) { MATCH (o:Registration {seat: class.id + ' ' + home.id}) WHERE o.id IS NOT NULL RETURN count(*) AS own }
OPTIONAL MATCH (class)-[a:ALLOTS]->(home)
RETURN {state: r.state, person: p.id, home: home.id, organiser: organiser.id, parties: parties, people: people, size: size,
  left: class.seats - taken, quota: coalesce(a.quota, class.quota), own: own} AS place"""


class Why(Enum):
    """Why somebody waits."""

    ALLOCATION = "allocation"
    NO_SEAT = "no_seat"
    QUOTA = "quota"
    PARTY_TOO_LARGE = "party_too_large"


@dataclass(frozen=True, slots=True)
class Place:
    """A place on a waiting list; the first is 1.

    `ahead`: how many people are before them. `together`: of how many their party is, all of whom are given seats at once.
    `people`: whom it is about, and `institutions`: who answers for it: those who may know of it.
    """

    position: int
    ahead: int
    together: int
    why: Why
    person: str
    institutions: frozenset[str]


async def place_of(run: Run, registration: str) -> Place | None:
    """The place; None where there is no such registration, or it does not wait. Raises GraphStoreError."""
    found = await run(STATEMENT, {"id": registration})
    row: dict[str, Any] | None = found[0] if found else None
    if row is None or row["state"] not in {"waitlisted", "approved"}:
        return None
    return Place(
        position=row["parties"] + 1,
        ahead=row["people"],
        together=row["size"],
        why=_why(row),
        person=row["person"],
        institutions=frozenset(filter(None, (row["home"], row["organiser"]))),
    )


def _why(row: dict[str, Any]) -> Why:
    """The first of the reasons that holds; what is left is the quota of the clause that the class follows."""
    if row["state"] == "approved":
        return Why.ALLOCATION
    if row["left"] <= 0:
        return Why.NO_SEAT
    if row["quota"] is not None and row["quota"] - row["own"] < row["size"]:
        return Why.QUOTA
    return Why.PARTY_TOO_LARGE if row["left"] < row["size"] else Why.QUOTA
