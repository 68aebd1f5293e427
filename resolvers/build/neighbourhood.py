"""`neighbourhood` → its column and the shape of what lies around a record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph_store.cypher.neighbourhood import DEEPEST, MOST_RECORDS, Neighbourhood
from graph_store.cypher.sources import Literal
from graph_store.cypher.walks import edge_types, meetable, walkable
from graph_store.model.words import Kind
from resolvers.arguments import arguments, source
from resolvers.build.building import Building, Columns
from resolvers.build.edges import edge_fields
from resolvers.build.offered import Offered, asked, chosen, leaf
from resolvers.build.parts import definition_of
from resolvers.build.paths import Bounds, bare
from resolvers.build.search import kind_of_record
from resolvers.build.varying import Varying, of_kinds
from resolvers.shape import Child, Field, Listing, Value, Varied
from resolvers.walked import Row, Walked

if TYPE_CHECKING:
    from graphql import FieldNode

DEPTH = Bounds("depth", default=1, least=1, most=DEEPEST)
LIMIT = Bounds("limit", default=100, least=0, most=MOST_RECORDS)


def neighbourhood(building: Building, nodes: list[FieldNode], columns: Columns) -> Child:
    """Add the column of one `neighbourhood` field."""
    definition = definition_of(building, "Query", "neighbourhood")
    node, given = nodes[0], arguments(nodes[0], definition, building.variables)
    depth = DEPTH.number(building, node, given)
    limit = LIMIT.number(building, node, given)
    kinds = of_kinds(building, given.get("kinds"))
    varying = Varying(building, meetable(tuple(building.model)))
    shape = chosen(building, nodes, "Neighbourhood", _offered(building, varying))
    column = Neighbourhood(
        source(given["of"]),
        depth,
        Literal(limit, "Int"),
        edge_types(building.model),
        varying.cases(),
        bare(meetable(kinds or tuple(building.model))),
        bare(meetable(kinds or walkable(building.model))),
        counts=asked(building, nodes, "Neighbourhood", "counts"),
    )
    return Child(columns.add(column), shape)


def _offered(building: Building, varying: Varying) -> Offered:
    """What a neighbourhood offers; a column is (centre, records, links, counts, whether it is complete)."""
    edge, links = edge_fields(building), Walked(building.model).links
    link = edge | {"from": leaf(0, Kind.ID), "to": leaf(1, Kind.ID)}
    count = edge | {
        "count": leaf(0, Kind.INTEGER),
        "isExact": leaf(1, Kind.FLAG),
        "kind": Value(8, kind_of_record(building), required=True),
    }

    def counts(nodes: list[FieldNode]) -> Field:
        return Listing(None, chosen(building, nodes, "NeighbourCount", count), counted)

    def counted(column: Row) -> list[Row]:
        centre, *_, rows, _ = column
        if not rows:  # nor is there a centre, where it may not be seen
            return []
        return Walked(building.model).counts(varying.nouns[centre[0]].name, rows)

    return {
        "centre": lambda nodes: Varied(0, varying.shapes(nodes), many=False),
        "records": lambda nodes: Varied(1, varying.shapes(nodes), many=True),
        "links": lambda nodes: Listing(2, chosen(building, nodes, "Link", link), links),
        "counts": counts,
        "isComplete": leaf(4, Kind.FLAG),
    }
