"""What a prepared question costs the database, in dbHits: a bill that is made once a plan and summed once a request.

A bill is flat: an item is one stretch of work (a page, a total, groups …), done once for each row of the item it lies under.

    { instruments(first: 10) { totalCount nodes { owner { people { nodes { name } } } } } }

    items of instruments      once 2                     a row  2   rows min(11, all)
    total of instruments      once 2 × all
    └ owner                   once 6                     a row  0   rows 1
      └ items of people       once 3 × people an owner   a row  1   rows min(21, people an owner)

`bills.py` makes them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph_store.cypher.sources import Source

ITEMS = "items"
Steps = tuple[int | str, ...]
"""From the question downwards: places of columns, and parts of them (`items`, `total`, `groups 0`, `case 3`)."""


@dataclass(frozen=True, slots=True)
class Item:
    """One stretch of work, for each row of item number `under`, or one time where that is -1.

    It costs `once` hits whatever its size, and `each` for a row; it has at most `rows`, and as many as `size` says. `most`:
    rows of all times together, where what is met again is not read again. `scans`: it reads much more than it gives.
    """

    path: Steps
    under: int
    once: float
    each: float = 0.0
    rows: float = 1.0
    size: Source | None = None
    most: float = math.inf
    scans: bool = False


@dataclass(frozen=True, slots=True)
class Bill:
    """The items of a question, those above before those below; `sizes`: what a request must tell, in order."""

    items: tuple[Item, ...]
    sizes: tuple[Source, ...]

    def hits(self, sizes: Sequence[float]) -> float:
        """The whole price, for these sizes."""
        return sum(self.prices(sizes))

    def prices(self, sizes: Sequence[float]) -> Iterator[float]:
        """The price of each item, for these sizes."""
        for item, times, rows in self._done(sizes):
            yield times * item.once + rows * item.each

    def rows(self, sizes: Sequence[float]) -> float:
        """How many rows of lists the answer is likely to have: the hub's own work, which no database counts."""
        return sum(rows for item, _, rows in self._done(sizes) if item.path[-1] == ITEMS)

    def largest(self, sizes: Sequence[float]) -> Item:
        """The list with the most rows."""
        lists = [(rows, item) for item, _, rows in self._done(sizes) if item.path[-1] == ITEMS]
        return max(lists, key=lambda each: each[0])[1]

    def _done(self, sizes: Sequence[float]) -> Iterator[tuple[Item, float, float]]:
        """Each item, how many times it is done, and its rows of all times together."""
        given = dict(zip(self.sizes, sizes, strict=True))
        met: list[float] = []
        for item in self.items:
            times = 1.0 if item.under < 0 else met[item.under]
            size = item.rows if item.size is None else min(item.rows, given[item.size])
            met.append(min(times * size, item.most))
            yield item, times, met[-1]

    def costliest(self, sizes: Sequence[float]) -> Item:
        """The item that costs most by itself."""
        prices = list(self.prices(sizes))
        return self.items[prices.index(max(prices))]
