"""`paths` → its column and the shape of a page of paths, told step by step."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from graph_store.cypher.ast import Case
from graph_store.cypher.paths import LONGEST, Paths
from graph_store.cypher.sources import Literal
from graph_store.cypher.walks import edge_types, meetable, walkable
from graph_store.model.words import Kind, Noun
from resolvers.arguments import Structure, arguments, source, steering
from resolvers.build.building import Building, Columns, PagePlan
from resolvers.build.edges import edge_fields
from resolvers.build.offered import Offered, chosen, leaf, page_info
from resolvers.build.parts import definition_of
from resolvers.build.search import page_size, page_start
from resolvers.build.varying import Varying, of_kinds
from resolvers.refusals import bad_argument
from resolvers.shape import Cursor, Listing, Nodes, Object, Page, Same, Varied
from resolvers.walked import Walked

if TYPE_CHECKING:
    from graphql import FieldNode

DEFAULT_PATHS = Literal(5, "Int")
_WIDTH, _KEYS = 2, 2  # an item: records and edges; length and ids


def paths(building: Building, nodes: list[FieldNode], columns: Columns) -> Page:
    """Add the column of one `paths` field."""
    given = arguments(nodes[0], definition_of(building, "Query", "paths"), building.variables)
    longest = HOPS.number(building, nodes[0], given)
    through = meetable(of_kinds(building, given.get("kinds")) or walkable(building.model))
    varying = Varying(building, meetable(tuple(building.model)))
    shape = chosen(building, nodes, "PathConnection", _offered(building, varying))
    count = page_size(given.get("first"), DEFAULT_PATHS)
    cursor = page_start(building, given.get("after"), _KEYS)
    start, end = source(given["from"]), source(given["to"])
    types = _types(building, nodes[0], given.get("exclude"))
    about = f"paths {longest} {[noun.word for noun in through]} {types}"
    building.pages.append(
        PagePlan(
            nodes[0], about, (start, end), count, cursor, backward=False, width=_WIDTH, keys=_KEYS
        )
    )
    column = Paths(start, end, longest, types, varying.cases(), bare(through), count, cursor)
    return Page(columns.add(column), len(building.pages) - 1, shape)


def _types(building: Building, node: FieldNode, excluded: Structure) -> str:
    """The types of edges that are walked. Raises GraphQLError when none is left."""
    words = steering(excluded, building.variables)
    types = edge_types(building.model, frozenset(words or ()))
    if not types:
        message = "paths: exclude leaves no relation to walk along. Leave some out of it."
        raise bad_argument(message, "paths：exclude 排除了全部关系，请至少留下一种。", node)
    return types


def bare(nouns: tuple[Noun, ...]) -> tuple[Case, ...]:
    """Records that are met and not read."""
    return tuple(Case(noun.name, ()) for noun in nouns)


@dataclass(frozen=True, slots=True)
class Bounds:
    """A whole-number argument on which the plan depends: its default and its bounds."""

    name: str
    default: int
    least: int
    most: int

    def number(self, building: Building, node: FieldNode, given: dict[str, Structure]) -> int:
        """What was given. Raises GraphQLError when it is out of bounds."""
        asked = steering(given.get(self.name), building.variables)
        number = self.default if asked is None else int(asked)
        if not self.least <= number <= self.most:
            where, name = node.name.value, self.name
            message = f"{where}: {name} is {self.least} to {self.most}, not {number}."
            zh = f"{where}：{name} 须在 {self.least} 至 {self.most} 之间，不能是 {number}。"
            raise bad_argument(message, zh, node)
        return number


HOPS = Bounds("maxHops", default=4, least=1, most=LONGEST)


def _offered(building: Building, varying: Varying) -> Offered:
    """What a page of paths offers; a column is (items, whether it is complete)."""
    path = partial(_path, building, varying)
    edge: Offered = {"cursor": Cursor(), "node": lambda nodes: Same(path(nodes))}
    return {
        "nodes": lambda nodes: Nodes(path(nodes)),
        "edges": lambda nodes: Nodes(chosen(building, nodes, "PathEdge", edge)),
        "isComplete": leaf(1, Kind.FLAG),
        "pageInfo": partial(page_info, building),
    }


def _path(building: Building, varying: Varying, nodes: list[FieldNode]) -> Object:
    step: Offered = edge_fields(building) | {
        "from": lambda each: Varied(0, varying.shapes(each), many=False),
        "to": lambda each: Varied(1, varying.shapes(each), many=False),
    }
    steps = Walked(building.model).steps
    offered: Offered = {
        "length": leaf(2, Kind.INTEGER),
        "records": lambda each: Varied(0, varying.shapes(each), many=True),
        "steps": lambda each: Listing(None, chosen(building, each, "Step", step), steps),
    }
    return chosen(building, nodes, "Path", offered)
