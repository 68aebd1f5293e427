"""What building one operation needs at hand, and what it gathers: columns under way, pages met."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graph_store.cypher.ast import Column
from graph_store.cypher.sources import Source
from graph_store.model import Model
from resolvers.representations import Representations
from resolvers.variables import Inspected

if TYPE_CHECKING:
    from graphql import FieldNode, FragmentDefinitionNode, GraphQLSchema


@dataclass(frozen=True, slots=True)
class PagePlan:
    """What is known of a connection's page before its variables are: see `pages.BoundPage`."""

    node: FieldNode
    text: str
    values: tuple[Source, ...]
    count: Source
    cursor: Source | None
    backward: bool
    width: int
    keys: int


@dataclass(slots=True)
class Building:
    """The model and schema, the document's fragments, the variables asked, and the pages (and entities) met so far."""

    model: Model
    schema: GraphQLSchema
    fragments: dict[str, FragmentDefinitionNode]
    variables: Inspected
    pages: list[PagePlan | Representations] = field(default_factory=list)


@dataclass(slots=True)
class Columns:
    """The columns of one kind of row; equal columns are one, whatever they are called."""

    _numbers: dict[Column, int] = field(default_factory=dict)

    def add(self, column: Column) -> int:
        """The column's number in the row."""
        return self._numbers.setdefault(column, len(self._numbers))

    def all(self) -> tuple[Column, ...]:
        """The columns in order."""
        return tuple(self._numbers)
