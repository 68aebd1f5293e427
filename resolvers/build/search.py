"""`search` → its column and the shape of a page of records of any noun, with scores, highlights and facets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph_store.cypher.ast import Literal, Source, Variable
from graph_store.cypher.search import Search
from graph_store.model.words import Kind, Property
from resolvers.arguments import Structure, arguments, source
from resolvers.build.building import Building, Columns, PagePlan
from resolvers.build.connections import DEFAULT_PAGE
from resolvers.build.parts import definition_of
from resolvers.build.selections import collected, inner
from resolvers.build.varying import Varying, of_kinds
from resolvers.highlights import highlighter
from resolvers.naming import noun_kinds
from resolvers.refusals import bad_cursor
from resolvers.shape import (
    Constant,
    Cursor,
    Field,
    Listing,
    Nodes,
    Object,
    Page,
    PageInfo,
    Value,
    Varied,
    VariedNodes,
)

if TYPE_CHECKING:
    from graphql import FieldNode

_WIDTH, _KEYS = 2, 2  # an item: record and what may have matched; score and id


def search(building: Building, nodes: list[FieldNode], columns: Columns) -> Page:
    """Add the column of one `search` field."""
    given = arguments(nodes[0], definition_of(building, "Query", "search"), building.variables)
    nouns = of_kinds(building, given.get("kinds"))
    varying = Varying(building, nouns or tuple(building.model))
    fields = collected(building, inner(nodes), "SearchConnection")
    parts = _Parts(building, varying)
    entries = tuple((key, parts.part(each)) for key, each in fields.items())
    facets = any(each[0].name.value == "facets" for each in fields.values())
    text, count = source(given["text"]), page_size(given.get("first"), DEFAULT_PAGE)
    cursor = page_start(building, given.get("after"), _KEYS)
    about = f"search {[noun.word for noun in varying.nouns]}"
    building.pages.append(
        PagePlan(nodes[0], about, (text,), count, cursor, backward=False, width=_WIDTH, keys=_KEYS)
    )
    column = Search(
        text, varying.cases(), varying.nouns, nouns is not None, count, cursor, facets
    )
    shape = Object("SearchConnection", entries)
    return Page(columns.add(column), len(building.pages) - 1, shape)


def page_size(first: Structure, unless: Literal) -> Source:
    """How many rows were asked for."""
    return unless if first is None else source(first)


def page_start(building: Building, after: Structure, keys: int) -> Source | None:
    """The cursor, which must carry so many keys, none of them null. Raises GraphQLError."""
    if after is None:
        return None
    variables = building.variables
    is_variable = isinstance(after, Variable)
    nulls = variables.nulls(after.path) if is_variable else variables.nulls_of(after.value)
    if nulls != (False,) * keys:
        raise bad_cursor()
    return source(after)


def page_info(building: Building, nodes: list[FieldNode]) -> PageInfo:
    """What is asked about a page."""
    asked = collected(building, inner(nodes), "PageInfo")
    return PageInfo(tuple((key, each[0].name.value) for key, each in asked.items()))


def leaf(index: int, name: str, kind: Kind, *, required: bool = True) -> Value:
    """A value that no property of the model declares."""
    return Value(index, Property(name, kind, "", "", required=required), required)


@dataclass(frozen=True, slots=True)
class _Parts:
    """What is asked of one search; a column is (items, total, whether it is capped, facets)."""

    building: Building
    varying: Varying

    def part(self, nodes: list[FieldNode]) -> Field:
        """A field of the connection."""
        match nodes[0].name.value:
            case "__typename":
                return Constant("SearchConnection")
            case "nodes":
                return VariedNodes(self.varying.shapes(nodes))
            case "edges":
                return Nodes(self._object(nodes, "SearchEdge"))
            case "totalCount":
                return leaf(1, "totalCount", Kind.INTEGER)
            case "totalIsCapped":
                return leaf(2, "totalIsCapped", Kind.FLAG)
            case "facets":
                return Listing(3, self._object(nodes, "SearchFacet"), self._facets)
        return page_info(self.building, nodes)

    def _object(self, nodes: list[FieldNode], title: str) -> Object:
        fields = collected(self.building, inner(nodes), title)
        return Object(title, tuple((key, self._inside(title, each)) for key, each in fields.items()))

    def _inside(self, title: str, nodes: list[FieldNode]) -> Field:  # noqa: PLR0911 - a line a field
        match nodes[0].name.value:
            case "__typename":
                return Constant(title)
            case "cursor":
                return Cursor()
            case "node":
                return Varied(0, self.varying.shapes(nodes), many=False)
            case "score":
                return leaf(2, "score", Kind.NUMBER)
            case "highlights":
                made = highlighter(self.varying.nouns)
                return Listing(1, self._object(nodes, "Highlight"), made)
            case "kind":
                return Value(0, kind_of_record(self.building), required=True)
            case "count":
                return leaf(1, "count", Kind.INTEGER)
            case "segments":
                return Listing(2, self._object(nodes, "HighlightSegment"))
            case "matched":
                return leaf(1, "matched", Kind.FLAG)
            case "field":
                return leaf(0, "field", Kind.TEXT)
        return leaf(1 if title == "Highlight" else 0, "text", Kind.TEXT)

    def _facets(self, rows: list[list[int]]) -> list[list[object]]:
        nouns = self.varying.nouns
        return [[nouns[number].word, count] for number, count in rows]


def kind_of_record(building: Building) -> Property:
    """`NounKind` as a property's kind."""
    return Property("kind", Kind.CHOICE, "", "", options=noun_kinds(building.model))
