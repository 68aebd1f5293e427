"""What lies around a record, nearest first: counts by hop, then records and the edges between them, in bounded work.

From the record in the middle, the relations take turns, so that a few agreements are not lost among thousands of people.
From the others at most `limit` edges each are walked. A record met is the list [record, [[near record, edge], …]].
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from graph_store.cypher.ast import Case, Root, Source
from graph_store.cypher.names import Place
from graph_store.cypher.shown import See, Writes, guarded, shown
from graph_store.cypher.walks import AROUND, EXAMINED

DEEPEST = 3
MOST_RECORDS = 500


@dataclass(frozen=True, slots=True)
class Neighbourhood(Root):
    """Records within `depth` steps of a record, of nouns `met`, walking on from nouns `through`; `label`: as an expression.

    A quintuple: centre, records, links [near id, far id, near and far label, type, forward, properties], counts [type,
    forward, label, how many, whether exactly], whether nothing was left out.
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
    """The column."""
    of, limit = place.names.parameter(asked.of), place.names.parameter(asked.limit)
    deeper = (_deeper(asked, place, writer, limit) for _ in range(1, asked.depth))
    return (
        f"coalesce(head(COLLECT {{ MATCH (centre:Record {{id: {of}}}) "
        f"WHERE {shown(writer, asked.cases, 'centre', place)} "
        f"{_first(asked, place, writer, limit)} "
        f"WITH centre, counts, whole, [[centre, []]] AS known, met {' '.join([*deeper, _last()])} "
        f"{_answer(asked, place, writer)} }}), [null, [], [], [], true])"
    )


def _first(asked: Neighbourhood, place: Place, writer: Writes, limit: str) -> str:
    """Around the centre: how many there are by type, direction and noun; then records in turn, a relation at a time."""
    # counts must pass over what is hidden one by one; without them a stretch of each relation is enough
    stretch = "around" if asked.counts else f"around[..{AROUND}]"
    noun = label(writer.model, "far")
    return (
        f"CALL (centre) {{ MATCH (centre)-[edge:{asked.types}]-(far) WHERE far <> centre "
        f"WITH centre, edge, far LIMIT {EXAMINED + 1} "
        "WITH type(edge) AS type, startNode(edge) = centre AS forward, collect([edge, far]) AS around "
        f"RETURN collect([type, forward, {stretch}]) AS relations, "
        f"coalesce(sum(size(around)) <= {EXAMINED}, true) AS all_examined, "
        f"all(each IN collect(size(around)) WHERE each <= {AROUND}) AS all_within }} "
        f"CALL (relations) {{ UNWIND relations AS each UNWIND each[2] AS pair "
        "WITH each[0] AS type, each[1] AS forward, pair[0] AS edge, pair[1] AS far "
        f"WHERE {shown(writer, asked.met, 'far', place)} "
        f"WITH type, forward, {noun} AS noun, count(DISTINCT far) AS number, collect([edge, far]) AS pairs "
        f"ORDER BY type, forward, noun "
        f"RETURN collect([type, forward, noun, number]) AS counts, collect(pairs[..{limit} + 1]) AS groups }} "
        f"CALL (centre, groups) {{ UNWIND range(0, {limit}) AS turn UNWIND range(0, size(groups) - 1) AS at "
        f"WITH centre, turn * size(groups) + at AS rank, groups[at][turn] AS pair WHERE pair IS NOT NULL "
        f"WITH pair[1] AS far, min(rank) AS rank, collect([centre, pair[0]]) AS steps ORDER BY rank "
        f"RETURN collect([far, steps]) AS met }} "
        f"WITH centre, counts, all_examined AS exact, met[..{limit}] AS met, "
        f"all_examined AND size(met) <= {limit}{'' if asked.counts else ' AND all_within'} AS whole"
    )


def _deeper(asked: Neighbourhood, place: Place, writer: Writes, limit: str) -> str:
    """A step further from what the last step met; edges to what is known already become links."""
    return (
        f"CALL (known, met) {{ UNWIND met AS each WITH each[0] AS near "
        f"WHERE size(known) + size(met) <= {limit} AND {shown(writer, asked.through, 'near', place)} "
        f"CALL (near) {{ MATCH (near)-[edge:{asked.types}]-(far) "
        f"RETURN edge, far LIMIT {limit} + 1 }} WITH near, edge, far LIMIT {EXAMINED + 1} "
        "WITH near, collect([edge, far]) AS around "
        f"RETURN collect([near, around[..{limit}]]) AS relations, "
        f"coalesce(max(size(around)) <= {limit} AND sum(size(around)) <= {EXAMINED}, true) AS reached }} "
        f"CALL (known, met, relations) {{ CALL (known, met, relations) {{ "
        "UNWIND known + met AS each RETURN each[0] AS far, null AS step, -1 AS rank UNION ALL "
        "UNWIND range(0, size(relations) - 1) AS rank UNWIND relations[rank][1] AS pair "
        "RETURN pair[1] AS far, [relations[rank][0], pair[0]] AS step, rank } "
        "WITH far, min(rank) AS rank, collect(step) AS steps "
        f"WHERE rank = -1 OR {shown(writer, asked.met, 'far', place)} "
        "WITH far, rank, steps ORDER BY rank, far.id "
        "RETURN collect(CASE rank WHEN -1 THEN [far, steps] END) AS linked, "
        "collect(CASE WHEN rank > -1 THEN [far, steps] END) AS fresh } "
        f"WITH centre, counts, exact, known + met AS known, linked, fresh[..{limit} - size(known + met) + 1] AS met, "
        f"whole AND reached AND size(known + met) <= {limit} AND size(fresh) <= {limit} - size(known + met) + 1 AS whole "
    )
