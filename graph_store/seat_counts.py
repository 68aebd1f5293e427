"""How the seats of a class stand, for whoever looks at it: counted from the same marks by which they are given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graph_store.reads import Run

STATEMENT = """\
// seats of a class
MATCH (class:TrainingClass {id: $id})
OPTIONAL MATCH (class)-[:RUN_BY]->(organiser:Institution)
CALL (class) { MATCH (r:Registration) WHERE r.seat >= class.id + ' ' AND r.seat < class.id + '!' AND r.id IS NOT NULL
  WITH r.seat AS seat, count(*) AS people RETURN collect([split(seat, ' ')[-1], people]) AS taken }
CALL (class) { MATCH (r:Registration) WHERE r.rank >= class.id + ' ' AND r.rank < class.id + '!' AND r.id IS NOT NULL
  WITH split(r.rank, ' ')[-1] AS home, count(DISTINCT r.rank) AS parties, count(*) AS people
  RETURN collect([home, people]) AS waiting, sum(parties) AS parties }
CALL (class) { MATCH (class)-[a:ALLOTS]->(i:Institution) RETURN collect([i.id, a.quota]) AS allotments }
RETURN {seats: class.seats, quota: class.quota, organiser: organiser.id, taken: taken, waiting: waiting, parties: parties,
  allotments: allotments} AS book"""


@dataclass(frozen=True, slots=True)
class Share:
    """What one institution has of a class; `quota` is the most it may have, None without limit."""

    institution: str
    quota: int | None
    taken: int
    waiting: int


@dataclass(frozen=True, slots=True)
class SeatCounts:
    """Seats of a class, in people; `parties` wait, together `waiting` people. `shares`: whoever has a seat, waits, or has a quota."""

    organiser: str | None
    seats: int
    taken: int
    waiting: int
    parties: int
    shares: tuple[Share, ...]


async def seat_counts(run: Run, training_class: str) -> SeatCounts | None:
    """How its seats stand; None where there is no such class. Raises GraphStoreError."""
    found = await run(STATEMENT, {"id": training_class})
    return _counts(found[0]) if found else None


def _counts(book: Mapping[str, Any]) -> SeatCounts:
    taken, waiting, own = dict(book["taken"]), dict(book["waiting"]), dict(book["allotments"])
    shares = (
        Share(home, _limit(own.get(home), book["quota"]), taken.get(home, 0), waiting.get(home, 0))
        for home in {**taken, **waiting, **own}
    )
    return SeatCounts(
        organiser=book["organiser"],
        seats=book["seats"],
        taken=sum(taken.values()),
        waiting=sum(waiting.values()),
        parties=book["parties"],
        shares=tuple(
            sorted(shares, key=lambda each: (-each.taken, -each.waiting, each.institution))
        ),
    )


def _limit(own: int | None, of_all: int | None) -> int | None:
    """An institution's own quota stands in place of the class's."""
    return of_all if own is None else own
