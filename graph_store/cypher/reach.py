"""How far the roots of their own kind reach: what search, paths and neighbourhoods read before there is a row.

All three work within bounds (`search.py`, `walks.py`), which these figures approach as the graph grows.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from graph_store.cypher.history import History
from graph_store.cypher.neighbourhood import Neighbourhood
from graph_store.cypher.paths import Paths
from graph_store.cypher.search import RANKED, Search, identifying
from graph_store.cypher.sources import OneMore, Source
from graph_store.cypher.walks import AROUND, EXAMINED, WALKS
from graph_store.statistics import Statistics

_FOUND_BY_WORDS = 0.02
_SEEK, _HITS_OF_AN_ENTRY = 2.0, 8.0
_HITS_OF_WORDS, _HITS_OF_A_WALK, _HITS_OF_A_JOIN = 3.0, 5.0, 10.0


@dataclass(frozen=True, slots=True)
class Reach:
    """`once` hits, then `each` for a row of so many `records`; at most `rows`, and as many as `size` says."""

    once: float
    each: float
    rows: float
    size: Source
    records: float = 1.0


def searched(search: Search, statistics: Statistics) -> Reach:
    """Hits are read to the end of the page; for a total or facets all, of which a thousand are ranked."""
    records = sum(statistics.count(noun.name) for noun in search.nouns)
    once = sum(float(len(identifying(noun))) for noun in search.nouns)
    if not search.whole:
        return Reach(once, _HITS_OF_WORDS, records, search.count)
    found = min(RANKED + 1, records * _FOUND_BY_WORDS)
    facets = len(search.cases) / 2 if search.facets else 0.0
    once += found * (_HITS_OF_WORDS + facets)
    return Reach(once, _HITS_OF_WORDS, found, search.count)


def between(paths: Paths, statistics: Statistics) -> Reach:
    """Walks from both ends: most paths are found by two levels of them."""
    edges, walks, reached = edges_around(statistics), 0.0, 1.0
    for _ in range(1 if paths.longest == 1 else 2):
        walked = min(reached * edges, EXAMINED)
        walks, reached = walks + walked, min(walked, WALKS)
    records = paths.longest + 1.0
    return Reach(2 * walks * _HITS_OF_A_JOIN, 2.0, reached, OneMore(paths.count), records)


def around(asked: Neighbourhood, statistics: Statistics) -> Reach:
    """All edges of the record in the middle, up to a bound; then as many records as are wanted."""
    edges = edges_around(statistics)
    looked_at = min(edges, EXAMINED if asked.counts else 3 * AROUND)
    return Reach(
        looked_at * _HITS_OF_A_WALK,
        2 * _HITS_OF_A_WALK * asked.depth,
        edges**asked.depth,
        asked.limit,
    )


def over(asked: History) -> Reach:
    """An entry after the other from the index, each with those who did it and what it names."""
    return Reach(_SEEK, _HITS_OF_AN_ENTRY, math.inf, asked.count)


def edges_around(statistics: Statistics) -> float:
    """Edges of any type at a record that somebody asks about: between the mean and that of what most edges lead to."""
    edges = [
        (statistics.count(noun) * degree.mean, degree.met)
        for (noun, _, _), degree in statistics.degrees.items()
    ]
    total, records = sum(count for count, _ in edges), sum(statistics.records.values())
    if not total or not records:
        return statistics.assumed_degree.met
    mean, met = total / records, sum(count * each for count, each in edges) / total
    return max(1.0, math.sqrt(mean * met))
