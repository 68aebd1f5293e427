"""`paths` → its column and the shape of a page of paths, told step by step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph_store.cypher.ast import Case, Literal
from graph_store.cypher.paths import LONGEST, Paths
from graph_store.cypher.walks import edge_types, walkable
from graph_store.model.words import Kind, Noun
from resolvers.arguments import Structure, arguments, source, steering
from resolvers.build.building import Building, Columns, PagePlan
from resolvers.build.edges import edge_field
from resolvers.build.parts import definition_of
from resolvers.build.search import leaf, page_info, page_size, page_start
from resolvers.build.selections import collected, inner
from resolvers.build.varying import Varying, of_kinds
from resolvers.refusals import bad_argument
from resolvers.shape import (
    Constant,
    Cursor,
    Field,
    Listing,
    Nodes,
    Object,
    Page,
    Same,
    Varied,
)
from resolvers.walked import Walked

if TYPE_CHECKING:
    from graphql import FieldNode

DEFAULT_PATHS = Literal(5, "Int")
DEFAULT_HOPS = 4
_WIDTH, _KEYS = 2, 2  # an item: records and edges; length and ids


def paths(building: Building, nodes: list[FieldNode], columns: Columns) -> Page:
    """Add the column of one `paths` field."""
    given = arguments(nodes[0], definition_of(building, "Query", "paths"), building.variables)
    longest = within(building, nodes[0], given, "maxHops", DEFAULT_HOPS, LONGEST)
    through = of_kinds(building, given.get("kinds")) or walkable(building.model)
    varying = Varying(building, tuple(building.model))
    parts = _Parts(building, varying)
    entries = parts.entries(nodes, "PathConnection")
    count = page_size(given.get("first"), DEFAULT_PATHS)
    cursor = page_start(building, given.get("after"), _KEYS)
    start, end = source(given["from"]), source(given["to"])
    about = f"paths {longest} {[noun.word for noun in through]}"
    building.pages.append(
        PagePlan(nodes[0], about, (start, end), count, cursor, backward=False, width=_WIDTH, keys=_KEYS)
    )
    types = edge_types(building.model)
    column = Paths(start, end, longest, types, varying.cases(), bare(through), count, cursor)
    shape = Object("PathConnection", entries)
    return Page(columns.add(column), len(building.pages) - 1, shape)


def bare(nouns: tuple[Noun, ...]) -> tuple[Case, ...]:
    """Records that are met and not read."""
    return tuple(Case(noun.name, ()) for noun in nouns)


def within(  # noqa: PLR0913 - one argument of a field
    building: Building,
    node: FieldNode,
    given: dict[str, Structure],
    name: str,
    unless: int,
    most: int,
    least: int = 1,
) -> int:
    """A whole number that the plan depends on. Raises GraphQLError when it is out of bounds."""
    asked = steering(given.get(name), building.variables)
    number = unless if asked is None else int(asked)
    if not least <= number <= most:
        message = f"{node.name.value}: {name} is {least} to {most}, not {number}."
        zh = f"{node.name.value}：{name} 须在 {least} 至 {most} 之间，不能是 {number}。"
        raise bad_argument(message, zh, node)
    return number


@dataclass(frozen=True, slots=True)
class _Parts:
    """What is asked of one search for paths; a column is (items, whether it is complete)."""

    building: Building
    varying: Varying

    def entries(self, nodes: list[FieldNode], title: str) -> tuple[tuple[str, Field], ...]:
        fields = collected(self.building, inner(nodes), title)
        return tuple((key, self._field(title, each)) for key, each in fields.items())

    def _object(self, nodes: list[FieldNode], title: str) -> Object:
        return Object(title, self.entries(nodes, title))

    def _field(self, title: str, nodes: list[FieldNode]) -> Field:  # noqa: PLR0911 - a line a field
        name = nodes[0].name.value
        match title, name:
            case _, "__typename":
                return Constant(title)
            case "PathConnection", "nodes":
                return Nodes(self._object(nodes, "Path"))
            case "PathConnection", "edges":
                return Nodes(self._object(nodes, "PathEdge"))
            case "PathConnection", "isComplete":
                return leaf(1, name, Kind.FLAG)
            case "PathConnection", _:
                return page_info(self.building, nodes)
            case "PathEdge", "cursor":
                return Cursor()
            case "PathEdge", _:
                return Same(self._object(nodes, "Path"))
            case "Path", "length":
                return leaf(2, name, Kind.INTEGER)
            case "Path", "records":
                return Varied(0, self.varying.shapes(nodes), many=True)
            case "Path", _:
                walked = Walked(self.building.model)
                return Listing(None, self._object(nodes, "Step"), walked.steps)
            case _, "from" | "to":
                return Varied(("from", "to").index(name), self.varying.shapes(nodes), many=False)
        return edge_field(self.building, nodes)

