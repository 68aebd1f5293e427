"""Paths between two records, shortest first, in bounded work: walks from both ends that meet (`docs/decisions/0007`).

Walks grow by one edge a level from either end, and are joined where they meet; paths of one edge are looked for first, then
of two …, until the page is full. A hub in the middle is met from both sides and so never walked through. What a bound cut
off is remembered as a gap: `isComplete` says whether a path that comes before the last one listed may be missing.

A walk is the list [end, records, edges, ids, degree of the end].
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from graph_store.cypher.ast import (
    Beyond,
    Case,
    CursorKey,
    Key,
    OneMore,
    Own,
    Root,
    Source,
)
from graph_store.cypher.names import Place
from graph_store.cypher.operands import beyond
from graph_store.cypher.shown import See, Writes, guarded, shown
from graph_store.cypher.walks import AROUND, EXAMINED, HUB
from graph_store.model.words import Kind, Property

LONGEST = 6
JOINED = 10_000
"""So many paths of one length are put in order."""

_ORDER = (
    Key(Own(Property("length", Kind.INTEGER, "", "")), nullable=False),
    Key(Own(Property("ids", Kind.TEXT, "", "")), nullable=False),
)
# the pairs of levels, from the start and from the end, whose walks together are paths of a length
_SPLITS = {
    1: ((1, 0), (0, 1)),
    2: ((1, 1),),
    3: ((2, 1), (1, 2)),
    4: ((2, 2),),
    5: ((3, 2), (2, 3)),
    6: ((3, 3),),
}


@dataclass(frozen=True, slots=True)
class Paths(Root):
    """Paths of at most `longest` edges; `through`: the nouns of the records between the ends.

    A pair: items (records, steps [type, forward, properties], length, ids), and whether that is complete.
    """

    start: Source
    end: Source
    longest: int
    types: str
    cases: tuple[Case, ...]
    through: tuple[Case, ...]
    count: Source
    cursor: Source | None

    def guarded(self, see: See) -> Paths:
        """The paths of which every record may be seen."""
        return replace(self, cases=guarded(self.cases, see), through=guarded(self.through, see))


def written(paths: Paths, place: Place, writer: Writes) -> str:
    """The column."""
    walk = _Walk(paths, place, writer)
    a, b = walk.named("a"), walk.named("b")
    clauses = [
        f"MATCH ({a}:Record {{id: {place.names.parameter(paths.start)}}}) "
        f"WHERE {shown(writer, paths.cases, a, place)}",
        f"MATCH ({b}:Record {{id: {place.names.parameter(paths.end)}}}) "
        f"WHERE {a} <> {b} AND {shown(writer, paths.cases, b, place)}",
        f"WITH {a}, {b}, [[{a}, [{a}], [], [{a}.id], 0]] AS {walk.level(0, 0)}, "
        f"[[{b}, [{b}], [], [{b}.id], 0]] AS {walk.level(1, 0)}, [] AS {walk.found}, [] AS {walk.gaps}",
        *walk.lengths(a, b),
    ]
    return f"coalesce(head(COLLECT {{ {' '.join(clauses)} {walk.answer()} }}), [[], true])"


@dataclass(slots=True)
class _Walk:
    """One column under way: the names of its levels (a list of walks, and whether it was cut) and of what was found."""

    paths: Paths
    place: Place
    writer: Writes
    found: str = field(init=False)
    gaps: str = field(init=False)
    carried: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.found, self.gaps = self.named("found"), self.named("gaps")

    def named(self, word: str) -> str:
        return self.place.names.variable(word)
