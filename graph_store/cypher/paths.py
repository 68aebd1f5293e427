"""Paths between two records, shortest first, in bounded work: walks from both ends that meet (`docs/decisions/0004-paths.md`).

Walks grow by one edge a level from either end, and are joined where they meet; paths of one edge are looked for first, then
of two …, until the page is full. A hub that lies in the middle is met from both sides and costs nothing. What a bound cuts
off is remembered as a gap: `isComplete` says whether a path that belongs before the end of the page may be missing.

A walk is the list [end, records, edges, ids, degree of the end].
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from graph_store.cypher.ast import Beyond, Case, Key, Own, Root
from graph_store.cypher.names import Place
from graph_store.cypher.operands import beyond
from graph_store.cypher.shown import See, Writes, guarded, shown, told
from graph_store.cypher.sources import CursorKey, OneMore, Source
from graph_store.cypher.walks import AROUND, EXAMINED, WALKS
from graph_store.model.words import Kind, Property

LONGEST = 6
JOINED = 10_000
"""So many paths of one length are put in order."""

_ORDER = (
    Key(Own(Property("length", Kind.INTEGER, "", "")), nullable=False),
    Key(Own(Property("ids", Kind.TEXT, "", "")), nullable=False),
)
# The pairs of levels, from the start and from the end, whose walks together are paths of a length. The uneven ones cross a hub
# at or beside an end: it is met by walks from the other side, where walking on from it would have to leave edges out.
_SPLITS = {
    1: ((1, 0), (0, 1)),
    2: ((1, 1),),
    3: ((2, 1), (1, 2), (3, 0), (0, 3)),
    4: ((2, 2), (3, 1), (1, 3)),
    5: ((3, 2), (2, 3)),
    6: ((3, 3),),
}

# the levels that are grown before the paths of a length are looked for
_GROWN = {1: (1,), 3: (2, 3)}


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
    """The column: from both ends, level by level, and for each length what meets."""
    meeting = _Meeting(paths, place, writer)
    clauses = [meeting.begin()]
    for length in range(1, paths.longest + 1):
        clauses += [meeting.grow(number) for number in _GROWN.get(length, ())]
        clauses.append(meeting.join(length))
    return f"coalesce(head(COLLECT {{ {' '.join(clauses)} {meeting.answer()} }}), [[], true])"


class _Meeting:
    """Writes one column; a level is named by its side (0 the start's, 1 the end's) and number."""

    def __init__(self, paths: Paths, place: Place, writer: Writes) -> None:
        self.paths, self.place, self.writer = paths, place, writer
        self.number = place.names.variable("walk").rsplit("_", 1)[1]
        self.ends = (self._named("start"), self._named("end"))
        self.found, self.gaps = self._named("found"), self._named("gaps")
        self.needed = place.names.parameter(OneMore(paths.count))

    def begin(self) -> str:
        """Both ends, which must be two records that may be seen, each a walk of no edges."""
        start, end = self.ends
        parameter = self.place.names.parameter
        walks = ", ".join(
            f"[[{each}, [{each}], [], [{each}.id], 0]] AS {self._level(side, 0)}, "
            f"true AS {self._whole(side, 0)}"
            for side, each in enumerate(self.ends)
        )
        return (
            f"MATCH ({start}:Record {{id: {parameter(self.paths.start)}}}) "
            f"MATCH ({end}:Record {{id: {parameter(self.paths.end)}}}) "
            f"WHERE {start} <> {end} AND COUNT {{ UNWIND [{start}, {end}] AS far WITH far "
            f"WHERE {shown(self.writer, self.paths.cases, 'far', self.place)} RETURN far }} = 2 "
            f"WITH {start}, {end}, {walks}, [] AS {self.found}, [] AS {self.gaps}"
        )

    def grow(self, number: int) -> str:
        """The walks of one edge more from both sides, unless enough was found; each record is expanded once, hubs last.

        Both sides in one text: the store plans it wherever it stands.
        """
        before = [(self._level(side, number - 1), self._whole(side, number - 1)) for side in (0, 1)]
        sides = ", ".join(
            f"[{level}, {whole}, {other}]"
            for (level, whole), other in zip(before, reversed(self.ends), strict=True)
        )
        needed = ", ".join([*before[0], *before[1], *self.ends, self.found])
        grown = self._named(f"grown{number}")
        levels = ", ".join(
            f"coalesce({grown}[{side}][0], []) AS {self._level(side, number)}, "
            f"coalesce({grown}[{side}][1], true) AS {self._whole(side, number)}"
            for side in (0, 1)
        )
        return (
            f"CALL ({needed}) {{ {self._unless_enough()} UNWIND [{sides}] AS side "
            "WITH side[0] AS before, side[1] AS sure, side[2] AS other "
            f"CALL (before, other) {{ {self._expanded()} }} CALL (met, other) {{ {self._walked()} }} "
            f"RETURN collect([walks, sure AND whole AND size(walks) <= {WALKS}]) AS {grown} }} "
            f"WITH *, {levels}"
        )

    def _expanded(self) -> str:
        return (
            "UNWIND before AS walk "
            "WITH walk[0] AS at, walk[4] AS degree, collect(walk) AS walks WHERE at <> other "
            "WITH at, walks ORDER BY degree "
            f"MATCH (at)-[edge:{self.paths.types}]-(far) "
            f"WITH at, walks, edge, far LIMIT {EXAMINED + 1} "
            f"WITH at, type(edge) AS type, head(collect(walks)) AS walks, collect([edge, far]) AS around "
            f"RETURN collect([walks, around[..{AROUND}]]) AS met, coalesce("
            f"sum(size(around)) <= {EXAMINED} AND max(size(around)) <= {AROUND}, true) AS whole"
        )

    def _walked(self) -> str:
        through = shown(self.writer, self.paths.through, "far", self.place)
        return (
            "UNWIND met AS each UNWIND each[1] AS step "
            "WITH step[1] AS far, collect([each[0], step[0]]) AS ways "
            f"WHERE far = other OR {through} "
            "WITH far, far.id AS id, COUNT { (far)--() } AS degree, ways "
            "UNWIND ways AS way UNWIND way[0] AS walk "
            f"WITH far, id, degree, walk, way[1] AS edge WHERE NOT far IN walk[1] LIMIT {WALKS + 1} "
            "RETURN collect([far, walk[1] + far, walk[2] + edge, walk[3] + id, degree]) AS walks"
        )

    def join(self, length: int) -> str:
        """The paths of one length, unless enough was found: walks from both sides with the same end and nothing else in common."""
        splits = _SPLITS[length]
        levels = dict.fromkeys(
            level for i, j in splits for level in (self._level(0, i), self._level(1, j))
        )
        arms = " UNION ALL ".join(
            f"UNWIND {self._level(0, i)} AS walk RETURN walk[0] AS at, {i} AS split, walk AS left, null AS right "
            f"UNION ALL UNWIND {self._level(1, j)} AS walk RETURN walk[0] AS at, {i} AS split, null AS left, walk AS right"
            for i, j in splits
        )
        sure = " OR ".join(f"({self._whole(0, i)} AND {self._whole(1, j)})" for i, j in splits)
        return (
            f"CALL ({', '.join(levels)}, {self.found}) {{ {self._unless_enough()} "
            f"CALL ({', '.join(levels)}) {{ {arms} }} "
            "WITH at, split, collect(left) AS lefts, collect(right) AS rights "
            "WHERE size(lefts) > 0 AND size(rights) > 0 UNWIND lefts AS left UNWIND rights AS right "
            "WITH left, right WHERE none(each IN left[1] WHERE each <> left[0] AND each IN right[1]) "
            f"WITH left, right LIMIT {JOINED + 1} "
            "WITH left[1] + reverse(right[1])[1..] AS records, left[2] + reverse(right[2]) AS edges, "
            "left[3] + reverse(right[3])[1..] AS ids "
            f"WITH records, edges, {_IDS} AS ids WITH ids, head(collect([records, edges])) AS path "
            f"{self._past(length)}ORDER BY ids "
            f"WITH collect([path[0], path[1], {length}, ids]) AS paths "
            f"RETURN collect(paths[..{self.needed}]) AS some, collect(size(paths) > {JOINED}) AS cut }} "
            f"WITH *, size({self.found}) < {self.needed} AS asked "
            f"WITH {', '.join(self._carried(length))}, {self.found} + coalesce(some[0], []) AS {self.found}, "
            f"{self.gaps} + CASE WHEN asked AND (coalesce(cut[0], false) OR NOT ({sure})) "
            f"THEN [{length}] ELSE [] END AS {self.gaps}"
        )

    def answer(self) -> str:
        """The page, and whether nothing that comes before its end may be missing."""
        found, count = self.found, self.place.names.parameter(self.paths.count)
        record = self.writer.cases(told(self.paths.cases), "node", self.place)
        return (
            f"WITH {found}, {self.gaps}, [COLLECT {{ UNWIND {found}[..{self.needed}] AS path "
            f"RETURN [COLLECT {{ UNWIND path[0] AS node WITH node, {record} AS record RETURN record }}, "
            "[at IN range(0, path[2] - 1) | [type(path[1][at]), startNode(path[1][at]) = path[0][at], "
            "properties(path[1][at])]], path[2], path[3]] }, "
            f"none(gap IN {self.gaps} WHERE gap <= CASE WHEN size({found}) > {count} AND {count} > 0 "
            f"THEN {found}[{count} - 1][2] ELSE {self.paths.longest} END)] AS answer RETURN answer"
        )

    def _past(self, length: int) -> str:
        if self.paths.cursor is None:
            return ""
        keys = tuple(CursorKey(self.paths.cursor, index) for index in range(len(_ORDER)))
        after = Beyond(_ORDER, keys, (False, False))
        return f"WHERE {beyond(after, [str(length), 'ids'], self.place)} WITH ids, path "

    def _carried(self, length: int) -> list[str]:
        """What later lengths still need: the ends and the levels."""
        numbers = (0, *(each for at, grown in _GROWN.items() if at <= length for each in grown))
        levels = [
            name
            for side in (0, 1)
            for number in numbers
            for name in (self._level(side, number), self._whole(side, number))
        ]
        return [*self.ends, *levels]

    def _unless_enough(self) -> str:
        return f"WITH * WHERE size({self.found}) < {self.needed}"

    def _level(self, side: int, number: int) -> str:
        return self._named(f"{'fb'[side]}{number}")

    def _whole(self, side: int, number: int) -> str:
        return self._named(f"{'fb'[side]}{number}_whole")

    def _named(self, word: str) -> str:
        return f"{word}_{self.number}"


# Ids first, so that equal lengths come in the order of their records; types and the store's own ids part parallel edges.
_IDS = (
    "reduce(text = '', each IN ids | text + each + ' ') + "
    "reduce(text = '', each IN edges | text + type(each) + elementId(each) + ' ')"
)
