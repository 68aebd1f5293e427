"""How large the graph is, as the price of a question needs it: counted by the store, sampled where it keeps no count.

One statement reads all counts, which the store holds ready; one more a noun looks at a sample of its records. A hub reads
them when it starts and every hour in the background, never within a request; until it could, `UNKNOWN` stands in.
"""

from __future__ import annotations

import asyncio
import itertools
import math
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property
from types import MappingProxyType
from typing import Any

import structlog

from graph_store.background import in_background
from graph_store.clock import Clock
from graph_store.model import Hop, Model
from graph_store.model.words import NETWORK, PUBLIC, Noun, Property

SAMPLE = 1_000
"""So many records of a noun are looked at."""

SCARCE = 0.75
"""Of a hidden record seven things are looked at until that is known, of one that is open one: its entry in an index."""

EVERY = timedelta(hours=1)
AGAIN = timedelta(minutes=1)
"""After a reading that failed."""

log = structlog.get_logger("graph_store.statistics")

Read = Callable[[str, dict[str, Any]], Awaitable[list[Any]]]
Scarce = tuple[tuple[str, int], ...]
"""Nouns of which most is hidden, and of each: while no more records lie around a viewer, pages begin at what they may see."""

End = tuple[str, str, bool]
"""A noun, an edge type, and whether the edges start there."""


@dataclass(frozen=True, slots=True)
class Values:
    """Of a property in the records of a noun: the share that has one, and how many different ones there are."""

    known: float
    distinct: float


@dataclass(frozen=True, slots=True)
class Degree:
    """Edges of one type at one end: `mean` a record, and `met`, the mean at a record that one comes to by such an edge."""

    mean: float
    met: float


@dataclass(frozen=True)
class Statistics:
    """The graph's size at `read_at`; None where nothing was read and everything is assumed."""

    records: Mapping[str, float]
    degrees: Mapping[End, Degree]
    values: Mapping[tuple[str, str], Values]
    read_at: datetime | None = None
    assumed_records: float = 0.0
    assumed_degree: Degree = Degree(0.0, 0.0)
    open: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    """By noun, the share of its records that everybody or the network sees."""

    @cached_property
    def scarce(self) -> Scarce:
        """The nouns of which so much is hidden that it is cheaper to begin at what is not."""
        return tuple(
            (noun, _around(share, self.count(noun)))
            for noun, share in self.open.items()
            if share < SCARCE
        )

    def count(self, noun: str) -> float:
        """How many records of a noun there are."""
        return self.records.get(noun, self.assumed_records)

    def degree(self, hop: Hop) -> Degree:
        """How many edges of the hop's type a record at its near end has, whatever lies at the other."""
        return self.degrees.get((hop.near, hop.edge.type, hop.forward), self.assumed_degree)

    def values_of(self, noun: str, declared: Property) -> Values:
        """What is known of a property; without a sample, what the model says of it."""
        found = self.values.get((noun, declared.name))
        if found is not None:
            return found
        several = _SEVERAL if declared.options is None else len(declared.options.options)
        return Values(1.0, max(1.0, self.count(noun) if declared.key else several))

    def age(self, now: datetime) -> timedelta | None:
        """How long ago it was read; None where it never was."""
        return None if self.read_at is None else now - self.read_at


_SEVERAL = 10.0
_USUAL_PAGE = 20.0
_NOTHING: Mapping[Any, Any] = MappingProxyType({})

# Of the size of the whole demonstration: what is dear there is refused while nothing better is known.
UNKNOWN = Statistics(
    _NOTHING, _NOTHING, _NOTHING, assumed_records=50_000.0, assumed_degree=Degree(3.0, 12.0)
)


async def measured(
    read: Read, model: Model, now: datetime, first: Callable[[Statistics], None] = lambda _: None
) -> Statistics:
    """Read the graph's size; `first` is handed the counts alone as soon as they are known. Raises GraphStoreError."""
    counts = await _counted(read, model, now)
    first(counts)
    return await _sampled_too(read, model, counts)


async def _counted(read: Read, model: Model, now: datetime) -> Statistics:
    """How many records and edges there are, which the store keeps count of: it takes no time."""
    nouns, ends = tuple(model), _ends(model)
    records, edges = await read(_counts(nouns, ends), {})
    known = {noun.name: float(count) for noun, count in zip(nouns, records, strict=True)}
    degrees = {
        end: Degree(mean := count / (known[end[0]] or 1.0), mean)
        for end, count in zip(ends, edges, strict=True)
    }
    return Statistics(MappingProxyType(known), MappingProxyType(degrees), _NOTHING, now)


async def _sampled_too(read: Read, model: Model, counts: Statistics) -> Statistics:
    """The counts, and what a sample of each noun's records says of values, edges and who sees them."""
    nouns, ends = tuple(model), _ends(model)
    degrees = dict(counts.degrees)
    values: dict[tuple[str, str], Values] = {}
    shown: dict[str, float] = {}
    for noun in nouns:
        own = [end for end in ends if end[0] == noun.name]
        (seen, shared, *found), squares = await read(_sampled(noun, own), {"most": SAMPLE})
        found = [seen, *found]
        if noun.visible is not None and seen:
            shown[noun.name] = shared / seen
        values |= _values(noun, found, counts.count(noun.name))
        for end, (total, of_squares) in zip(own, squares, strict=True):
            mean = degrees[end].mean
            degrees[end] = Degree(mean, max(mean, of_squares / total if total else 0.0))
    return replace(
        counts,
        degrees=MappingProxyType(degrees),
        values=MappingProxyType(values),
        open=MappingProxyType(shown),
    )


@dataclass(slots=True)
class Watch:
    """The statistics that hold at the moment: `current`, until `refresh` puts others in their place."""

    read: Read
    model: Model
    clock: Clock
    current: Statistics = field(default=UNKNOWN)

    async def refresh(self) -> bool:
        """Read them anew; when that fails the old ones stay. Whether it went well.

        While nothing is known the counts alone are better: what is dear in a large graph would be refused in a small one.
        """
        try:
            self.current = await measured(self.read, self.model, self.clock(), self._at_first)
        except Exception as error:  # noqa: BLE001 - whatever it was, questions are priced by the old ones
            log.warning("statistics could not be read", reason=repr(error))
            return False
        return True

    def _at_first(self, counts: Statistics) -> None:
        if self.current is UNKNOWN:
            self.current = counts

    async def keep(self) -> None:
        """Refresh every hour, for ever."""
        while True:
            is_fresh = await self.refresh()
            await asyncio.sleep((EVERY if is_fresh else AGAIN).total_seconds())


@asynccontextmanager
async def watching(read: Read, model: Model, clock: Clock) -> AsyncIterator[Watch]:
    """A watch that refreshes in the background, the first time at once."""
    watch = Watch(read, model, clock)
    async with in_background(watch.keep()):
        yield watch


def _around(share: float, count: float) -> int:
    """The power of two at which a page along an index costs what reading and sorting all costs; 0 where too much is open.

    Along the index seven hits a hidden record, until twenty are found; else two for each that is open, ten for each around.
    """
    if 2 * share * share * count > 7 * _USUAL_PAGE:
        return 0
    return int(2 ** round(math.log2(math.sqrt(0.7 * _USUAL_PAGE * max(count, 1.0)))))


def _ends(model: Model) -> tuple[End, ...]:
    """Every noun with every type of edge that it has, by direction."""
    hops = itertools.chain.from_iterable(model.hops(noun.name).values() for noun in model)
    return tuple(dict.fromkeys((hop.near, hop.edge.type, hop.forward) for hop in hops))


def _counts(nouns: tuple[Noun, ...], ends: tuple[End, ...]) -> str:
    """All names are the model's own."""
    records = ", ".join(f"COUNT {{ (:{noun.name}) }}" for noun in nouns)
    edges = ", ".join(
        f"COUNT {{ {_edge(f':{noun}', type_, forward)} }}" for noun, type_, forward in ends
    )
    return f"RETURN [{records}] AS records, [{edges}] AS edges"


def _sampled(noun: Noun, ends: list[End]) -> str:
    """Of each property known and different values, of each kind of edge the sums of degrees and of their squares."""
    degrees = "".join(
        f", COUNT {{ {_edge('n', type_, forward)} }} AS d{number}"
        for number, (_, type_, forward) in enumerate(ends)
    )
    values = ", ".join(
        f"count(n.{each.name}), count(DISTINCT n.{each.name})" for each in noun.properties
    )
    is_open = f"n.visibility IN ['{PUBLIC.value}', '{NETWORK.value}']"
    squares = ", ".join(
        f"[sum(d{number}), sum(d{number} * d{number})]" for number in range(len(ends))
    )
    # an empty list written out would be a grouping key, and of no records there would be no row
    summed = f"[{squares}]" if squares else "collect(null)"
    return (
        f"MATCH (n:{noun.name}) WITH n LIMIT $most WITH n{degrees} "
        f"RETURN [count(n), count(CASE WHEN {is_open} THEN 1 END), {values}] AS found, {summed} AS squares"
    )


def _edge(near: str, type_: str, forward: bool) -> str:  # noqa: FBT001 - the third part of an `End`
    return f"({near})-[:{type_}]->()" if forward else f"({near})<-[:{type_}]-()"


def _values(noun: Noun, found: list[int], count: float) -> dict[tuple[str, str], Values]:
    seen, *numbers = found
    if not seen:
        return {}
    pairs = zip(numbers[::2], numbers[1::2], strict=True)
    return {
        (noun.name, declared.name): Values(
            known / seen, _spread(distinct, known, count * known / seen)
        )
        for declared, (known, distinct) in zip(noun.properties, pairs, strict=True)
    }


def _spread(distinct: int, known: int, count: float) -> float:
    """How many different values all records have: as many as the sample where it repeats them, else in proportion."""
    if not known:
        return 1.0
    return max(1.0, distinct * count / known if 2 * distinct > known else float(distinct))
