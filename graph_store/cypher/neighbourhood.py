"""What lies around a record, nearest first: counts by hop, then records and the edges between them, in bounded work.

From the record in the middle, the relations take turns, so that a few agreements are not lost among thousands of people.
From the others at most `limit` edges each are walked. What was met is the list [record, [[near record, edge], …]].
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from graph_store.cypher.ast import Case, Root
from graph_store.cypher.names import Place
from graph_store.cypher.shown import See, Writes, guarded, shown, told
from graph_store.cypher.sources import Source
from graph_store.cypher.walks import AROUND, EXAMINED, label

DEEPEST = 3
MOST_RECORDS = 500
FURTHER = 5_000
"""So many edges are looked at in each step after the first."""


@dataclass(frozen=True, slots=True)
class Neighbourhood(Root):
    """Records within `depth` steps of a record, of the nouns `met`, walked on from only if of the nouns `through`.

    A quintuple: centre, records, links [near id, far id, near label, far label, type, forward, properties], counts
    [type, forward, label, how many, whether exactly so], whether nothing was left out.
    """

    of: Source
    depth: int
    limit: Source
    types: str
    cases: tuple[Case, ...]
    met: tuple[Case, ...]
    through: tuple[Case, ...]
    counts: bool

    def guarded(self, see: See) -> Neighbourhood:
        """The neighbourhood of which every record may be seen."""
        return replace(
            self,
            cases=guarded(self.cases, see),
            met=guarded(self.met, see),
            through=guarded(self.through, see),
        )


def written(asked: Neighbourhood, place: Place, writer: Writes) -> str:
    """The column.

    Carried from step to step: `known` records, the centre first; `fresh` ones, met in the last step; `links`; `whole`.
    """
    of, limit = place.names.parameter(asked.of), place.names.parameter(asked.limit)
    steps = [_around(asked, place, writer, limit), _in_turn(limit)]
    steps += [_deeper(asked, place, writer, limit) for _ in range(1, asked.depth)]
    return (
        f"coalesce(head(COLLECT {{ MATCH (centre:Record {{id: {of}}}) "
        f"WHERE {shown(writer, asked.cases, 'centre', place)} {' '.join(steps)} "
        f"{_answer(asked, place, writer)} }}), [null, [], [], [], true])"
    )


def _around(asked: Neighbourhood, place: Place, writer: Writes, limit: str) -> str:
    """What is around the centre by type, direction and noun: how many, and as many pairs of edge and record as can be shown."""
    # counts must pass over what is hidden one by one; without them a stretch of each relation is enough
    stretch = "around" if asked.counts else f"around[..{AROUND}]"
    within = "" if asked.counts else f" AND max(size(around)) <= {AROUND}"
    return (
        f"CALL (centre) {{ MATCH (centre)-[edge:{asked.types}]-(far) WHERE far <> centre "
        f"WITH centre, edge, far LIMIT {EXAMINED + 1} "
        "WITH type(edge) AS type, startNode(edge) = centre AS forward, collect([edge, far]) AS around "
        f"RETURN collect([type, forward, {stretch}]) AS relations, "
        f"coalesce(sum(size(around)) <= {EXAMINED}{within}, true) AS exact }} "
        "CALL (relations) { UNWIND relations AS each UNWIND each[2] AS pair "
        "WITH each[0] AS type, each[1] AS forward, pair[0] AS edge, pair[1] AS far "
        f"WHERE {shown(writer, asked.met, 'far', place)} "
        f"WITH type, forward, {label(writer.model, 'far')} AS noun, "
        "count(DISTINCT far) AS number, collect([edge, far]) AS pairs ORDER BY type, forward, noun "
        "RETURN collect([type, forward, noun, number]) AS counts, "
        f"collect(pairs[..{limit} + 1]) AS groups }}"
    )


def _in_turn(limit: str) -> str:
    """The first step: of each relation one record, then of each another one, until there are enough."""
    return (
        f"CALL (centre, groups) {{ UNWIND range(0, {limit}) AS turn "
        "UNWIND range(0, size(groups) - 1) AS at "
        "WITH centre, turn * size(groups) + at AS rank, groups[at][turn] AS pair WHERE pair IS NOT NULL "
        "WITH pair[1] AS far, min(rank) AS rank, collect([centre, pair[0]]) AS steps ORDER BY rank "
        "RETURN collect([far, steps]) AS met } "
        "WITH centre, [each IN counts | each + exact] AS counts, [centre] AS known, "
        f"[each IN met[..{limit}] | each[0]] AS fresh, met[..{limit}] AS links, "
        f"exact AND size(met) <= {limit} AS whole"
    )


def _deeper(asked: Neighbourhood, place: Place, writer: Writes, limit: str) -> str:
    """A step on from the fresh records, while there is room; edges to what is known already become links too."""
    room = f"{limit} + 1 - size(known) - size(fresh)"
    return (
        f"CALL (known, fresh) {{ UNWIND fresh AS near WITH known, fresh, near "
        f"WHERE {room} > 0 AND {shown(writer, asked.through, 'near', place)} "
        f"CALL (near) {{ MATCH (near)-[edge:{asked.types}]-(far) RETURN edge, far LIMIT {limit} + 1 }} "
        f"WITH near, edge, far LIMIT {FURTHER + 1} "
        "WITH near, collect([edge, far]) AS around "
        f"RETURN collect([near, around[..{limit}]]) AS relations, "
        f"coalesce(max(size(around)) <= {limit} AND sum(size(around)) <= {FURTHER}, true) AS reached }} "
        "CALL (known, fresh, relations) { CALL (known, fresh, relations) { "
        "UNWIND known + fresh AS far RETURN far, null AS step, -1 AS rank UNION ALL "
        "UNWIND range(0, size(relations) - 1) AS rank UNWIND relations[rank][1] AS pair "
        "RETURN pair[1] AS far, [relations[rank][0], pair[0]] AS step, rank } "
        "WITH far, min(rank) AS rank, collect(step) AS steps "
        f"WHERE rank = -1 OR {shown(writer, asked.met, 'far', place)} "
        "WITH far, rank, steps ORDER BY rank, far.id "
        "RETURN collect(CASE rank WHEN -1 THEN [far, steps] END) AS linked, "
        "collect(CASE WHEN rank > -1 THEN [far, steps] END) AS met } "
        f"WITH *, CASE WHEN {room} > 0 THEN {room} ELSE 0 END AS room "
        "WITH centre, counts, known + fresh AS known, [each IN met[..room] | each[0]] AS fresh, "
        "links + linked + met[..room] AS links, "
        "whole AND reached AND room > 0 AND size(met) <= room AS whole"
    )


def _answer(asked: Neighbourhood, place: Place, writer: Writes) -> str:
    record = writer.cases(told(asked.cases), "record", place)
    return (
        "WITH centre, counts, known + fresh AS known, links, whole "
        "WITH centre, counts, known, links, whole, [COLLECT { UNWIND known AS record "
        f"WITH record, {record} AS row RETURN row }}, COLLECT {{ "
        "UNWIND links AS link UNWIND link[1] AS step WITH step[1] AS edge, head(collect([step[0], link[0]])) AS ends "
        "WITH edge, ends[0] AS near, ends[1] AS far "
        f"RETURN [near.id, far.id, {label(writer.model, 'near')}, {label(writer.model, 'far')}, "
        "type(edge), startNode(edge) = near, properties(edge)] }, counts, whole] AS answer "
        "WITH answer, answer[0] AS records "
        "RETURN [records[0], records[1..], answer[1], answer[2], answer[3]]"
    )
