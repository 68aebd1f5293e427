"""The ledger of cadre exchange: who has sent and received whom, for each pair of institutions or of parties of agreements.

An exchange is served from its first day to the day it ended, or to today while it goes on; what is accepted, and what is still ahead of
one that goes on, is planned. It is told to whom the record is told: those at home at one of its institutions, and the person.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum

from graph_store.errors import GraphStoreError
from graph_store.person_months import hundredths
from graph_store.reads import Run
from graph_store.rights import Rights

MOST = 10_000
MOST_PAIRS = 500
EVER = ("0001-01-01", "9999-12-31")


class Level(Enum):
    """Between whom the ledger is kept."""

    INSTITUTION = "institution"
    PARTY = "party"


# by each level the edges to who sends and who receives
_ENDS = {Level.INSTITUTION: ("SENT_BY", "RECEIVED_BY"), Level.PARTY: ("SENT_FOR", "RECEIVED_FOR")}


def statement(level: Level) -> str:
    """All exchanges that the viewer may see between first and last day, by who sends and who receives; one row in excess tells of too many."""
    sent, received = _ENDS[level]
    return f"""\
// exchange ledger by {level.value}
CALL () {{ UNWIND $homes AS home
    MATCH (:Institution {{id: home}})<-[:SENT_BY|RECEIVED_BY]-(x:CadreExchange) WHERE x.visibility <> 'self' RETURN x
  UNION MATCH (:Person {{id: $person}})<-[:EXCHANGES]-(x:CadreExchange) RETURN x }}
WITH x WHERE x.state IN ['accepted', 'active', 'completed', 'recalled'] AND x.since <= $last
  AND coalesce(x.endedOn, x.until) >= $first
MATCH (sender:Institution)<-[:{sent}]-(x)-[:{received}]->(receiver:Institution)
WHERE $institution IS NULL OR sender.id = $institution OR receiver.id = $institution
MATCH (x)-[:EXCHANGES]->(person:Person)
WITH x, sender, receiver, person ORDER BY x.since, x.id LIMIT {MOST + 1}
RETURN collect([x.id, x.name, x.state, x.since, coalesce(x.endedOn, x.until), person.id, sender.id, receiver.id]) AS found"""


@dataclass(frozen=True, slots=True)
class Entry:
    """One exchange in the ledger: `until` is the day it ended or shall end; months in hundredths, within the ledger's days."""

    exchange: str
    name: str
    state: str
    since: str
    until: str
    person: str
    served: int
    planned: int


@dataclass(slots=True)
class Pair:
    """What one side has sent the other, and received from it."""

    one: str
    other: str
    sent: list[Entry] = field(default_factory=list)
    received: list[Entry] = field(default_factory=list)

    @property
    def balance(self) -> int:
        """Hundredths of person-months served: what was sent less what was received."""
        return sum(each.served for each in self.sent) - sum(each.served for each in self.received)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which ledger: of one institution (or party) or of all that the viewer sees, of a year or of all years."""

    level: Level = Level.INSTITUTION
    institution: str | None = None
    year: int | None = None

    @property
    def days(self) -> tuple[str, str]:
        """First and last day."""
        return EVER if self.year is None else (f"{self.year:04}-01-01", f"{self.year:04}-12-31")


class TooMany(GraphStoreError):
    """More exchanges, or pairs, than one ledger tells."""


async def ledger(run: Run, rights: Rights, wanted: Wanted, today: str) -> list[Pair]:
    """The pairs by their ids, each seen from the wanted institution, else from one of the viewer's own. Raises TooMany, GraphStoreError."""
    first, last = wanted.days
    given = {"homes": list(rights.institutions), "person": rights.person, "first": first}
    given |= {"last": last, "institution": wanted.institution}
    (rows,) = await run(statement(wanted.level), given)
    if len(rows) > MOST:
        raise TooMany
    own = frozenset({wanted.institution} if wanted.institution else rights.institutions)
    pairs = _paired(rows, own, (first, last), today)
    if len(pairs) > MOST_PAIRS:
        raise TooMany
    return pairs


def _paired(
    rows: Iterable[list[str]], own: frozenset[str | None], days: tuple[str, str], today: str
) -> list[Pair]:
    pairs: dict[tuple[str, str], Pair] = {}
    for *told, sender, receiver in rows:
        entry = _entry(told, days, today)
        # one's own side first; between two of one's own, or two of others', the order of ids
        one, other = sorted((sender, receiver), key=lambda each: (each not in own, each))
        pair = pairs.setdefault((one, other), Pair(one, other))
        (pair.sent if sender == one else pair.received).append(entry)
    return [pairs[key] for key in sorted(pairs)]


def _entry(told: list[str], days: tuple[str, str], today: str) -> Entry:
    id_, name, state, since, until, person = told
    begin, end = max(since, days[0]), min(until, days[1])
    so_far = "" if state == "accepted" else min(end, today) if state == "active" else end
    planned_from = begin if state == "accepted" else max(begin, _next(so_far))
    served = hundredths(begin, so_far) if so_far else 0
    planned = hundredths(planned_from, end) if state in {"accepted", "active"} else 0
    return Entry(id_, name, state, since, until, person, served, planned)


def _next(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()
