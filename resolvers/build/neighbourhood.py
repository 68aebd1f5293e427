"""`neighbourhood` → its column and the shape of what lies around a record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph_store.cypher.ast import Literal
from graph_store.cypher.neighbourhood import DEEPEST, MOST_RECORDS, Neighbourhood
from graph_store.cypher.walks import edge_types, walkable
from graph_store.model.words import Kind
from resolvers.arguments import arguments, source
from resolvers.build.building import Building, Columns
from resolvers.build.edges import edge_field
from resolvers.build.parts import definition_of
from resolvers.build.paths import bare, within
from resolvers.build.search import kind_of_record, leaf
from resolvers.build.selections import collected, inner
from resolvers.build.varying import Varying, of_kinds
from resolvers.shape import Child, Constant, Field, Listing, Object, Value, Varied
from resolvers.walked import Row, Walked

if TYPE_CHECKING:
    from graphql import FieldNode

DEFAULT_DEPTH = 1
DEFAULT_LIMIT = 100


def neighbourhood(building: Building, nodes: list[FieldNode], columns: Columns) -> Child:
    """Add the column of one `neighbourhood` field."""
    definition = definition_of(building, "Query", "neighbourhood")
    node, given = nodes[0], arguments(nodes[0], definition, building.variables)
    depth = within(building, node, given, "depth", DEFAULT_DEPTH, DEEPEST)
    limit = within(building, node, given, "limit", DEFAULT_LIMIT, MOST_RECORDS, least=0)
    kinds = of_kinds(building, given.get("kinds"))
    varying = Varying(building, tuple(building.model))
    parts = _Parts(building, varying)
    fields = collected(building, inner(nodes), "Neighbourhood")
    entries = tuple((key, parts.part(each)) for key, each in fields.items())
    column = Neighbourhood(
        source(given["of"]),
        depth,
        Literal(limit, "Int"),
        edge_types(building.model),
        varying.cases(),
        bare(kinds or tuple(building.model)),
        bare(kinds or walkable(building.model)),
        counts=any(each[0].name.value == "counts" for each in fields.values()),
    )
    return Child(columns.add(column), Object("Neighbourhood", entries))


@dataclass(frozen=True, slots=True)
class _Parts:
    """What is asked of one neighbourhood; a column is (centre, records, links, counts, whether it is complete)."""

    building: Building
    varying: Varying

    def part(self, nodes: list[FieldNode]) -> Field:
        """A field of the neighbourhood."""
        walked = Walked(self.building.model)
        match nodes[0].name.value:
            case "__typename":
                return Constant("Neighbourhood")
            case "centre":
                return Varied(0, self.varying.shapes(nodes), many=False)
            case "records":
                return Varied(1, self.varying.shapes(nodes), many=True)
            case "links":
                return Listing(2, self._object(nodes, "Link"), walked.links)
            case "counts":
                return Listing(None, self._object(nodes, "NeighbourCount"), self._counts)
        return leaf(4, "isComplete", Kind.FLAG)

    def _counts(self, column: Row) -> list[Row]:
        centre, *_, counts, _ = column
        nouns = list(self.building.model.nouns)
        return Walked(self.building.model).counts(nouns[centre[0]], counts) if counts else []

    def _object(self, nodes: list[FieldNode], title: str) -> Object:
        fields = collected(self.building, inner(nodes), title)
        return Object(title, tuple((key, self._inside(title, each)) for key, each in fields.items()))

    def _inside(self, title: str, nodes: list[FieldNode]) -> Field:
        name = nodes[0].name.value
        match title, name:
            case _, "__typename":
                return Constant(title)
            case "Link", "from" | "to":
                return leaf(("from", "to").index(name), name, Kind.ID)
            case _, "count":
                return leaf(0, name, Kind.INTEGER)
            case _, "isExact":
                return leaf(1, name, Kind.FLAG)
            case _, "kind":
                return Value(8, kind_of_record(self.building), required=True)
        return edge_field(self.building, nodes)
