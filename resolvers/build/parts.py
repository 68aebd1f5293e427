"""What is asked of one connection, part by part: nodes, edges, total, page, groups."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from graphql import GraphQLField, GraphQLObjectType

from graph_store.cypher.ast import Group, Leaf, OnEdge
from graph_store.model import Hop
from resolvers.arguments import arguments
from resolvers.build.building import Building, Columns
from resolvers.build.groups import group
from resolvers.build.selections import Fields, collected, inner
from resolvers.shape import (
    Constant,
    Cursor,
    Field,
    Groups,
    Nodes,
    Object,
    PageInfo,
    Same,
    Total,
    Value,
)

if TYPE_CHECKING:
    from graphql import FieldNode

Record = Callable[[Building, str, Any, Columns], Object]


@dataclass(slots=True)
class Parts:
    """The parts of a connection of `noun` whose types begin with `title`; `record` builds one of its records."""

    building: Building
    title: str
    noun: str
    hop: Hop | None
    record: Record
    columns: Columns = field(default_factory=Columns)
    entries: list[tuple[str, Field]] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    total: bool = False
    items: bool = False
    keyed: bool = False
    of_page: set[str] = field(default_factory=set)

    def read(self, fields: Fields) -> None:
        """Gather what is asked."""
        for key, nodes in fields.items():
            self.entries.append((key, self._part(nodes)))

    def _part(self, nodes: list[FieldNode]) -> Field:
        match nodes[0].name.value:
            case "__typename":
                return Constant(f"{self.title}Connection")
            case "totalCount":
                self.total = True
                return Total()
            case "groups":
                return self._groups(nodes)
        self.items = True
        match nodes[0].name.value:
            case "nodes":
                return Nodes(self._record(nodes))
            case "edges":
                return Nodes(self.edge(nodes, f"{self.title}Edge"))
        return self._page_info(nodes)

    def _record(self, nodes: list[FieldNode]) -> Object:
        return self.record(self.building, self.noun, inner(nodes), self.columns)

    def edge(self, nodes: list[FieldNode], title: str) -> Object:
        """The shape of an edge, of type `title`: its record and its own properties lie in one row."""
        asked = collected(self.building, inner(nodes), title)
        return Object(
            title, tuple((key, self._of_edge(title, each)) for key, each in asked.items())
        )

    def _of_edge(self, title: str, nodes: list[FieldNode]) -> Field:
        name = nodes[0].name.value
        if name == "__typename":
            return Constant(title)
        if name == "cursor":
            self.keyed = True
            return Cursor()
        if name == "node" or self.hop is None:
            return Same(self._record(nodes))
        declared = self.hop.property(name)
        return Value(self.columns.add(Leaf(OnEdge(declared))), declared, declared.required)

    def _page_info(self, nodes: list[FieldNode]) -> PageInfo:
        asked = collected(self.building, inner(nodes), "PageInfo")
        entries = tuple((key, fields[0].name.value) for key, fields in asked.items())
        self.of_page |= {name for _, name in entries}
        self.keyed |= not self.of_page.isdisjoint({"startCursor", "endCursor"})
        return PageInfo(entries)

    def _groups(self, nodes: list[FieldNode]) -> Groups:
        building, noun = self.building, self.noun
        definition = definition_of(building, f"{noun}Connection", "groups")
        given = arguments(nodes[0], definition, building.variables)
        fields = collected(building, inner(nodes), f"{noun}Group")
        made, shape = group(building, noun, given, fields, self.record)
        if made not in self.groups:
            self.groups.append(made)
        return Groups(self.groups.index(made), shape)


def definition_of(building: Building, parent: str, name: str) -> GraphQLField:
    """The definition of a field."""
    kind = building.schema.type_map[parent]
    assert isinstance(kind, GraphQLObjectType)
    definition: GraphQLField = kind.fields[name]
    return definition
