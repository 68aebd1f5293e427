"""`search` → its column and the shape of a page of records of any noun, with scores, highlights and facets."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from graph_store.cypher.search import Search
from graph_store.cypher.sources import Literal, OneMore, Source, Variable
from graph_store.model.words import Kind, Property
from resolvers.arguments import Structure, arguments, source
from resolvers.build.building import Building, Columns, PagePlan
from resolvers.build.connections import DEFAULT_PAGE
from resolvers.build.offered import Offered, asked, chosen, leaf, page_info
from resolvers.build.parts import definition_of
from resolvers.build.selections import collected, inner
from resolvers.build.varying import Varying, of_kinds
from resolvers.highlights import highlighter
from resolvers.naming import noun_kinds
from resolvers.refusals import bad_cursor
from resolvers.shape import Cursor, Field, Listing, Nodes, Page, Value, Varied, VariedNodes

if TYPE_CHECKING:
    from graphql import FieldNode

_WIDTH, _KEYS = 3, 1  # an item: record, what may have matched, score; position


def search(building: Building, nodes: list[FieldNode], columns: Columns) -> Page:
    """Add the column of one `search` field."""
    given = arguments(nodes[0], definition_of(building, "Query", "search"), building.variables)
    nouns = of_kinds(building, given.get("kinds"))
    varying = Varying(building, nouns or tuple(building.model))
    shape = chosen(building, nodes, "SearchConnection", _offered(building, varying))
    facets, *totals = (
        asked(building, nodes, "SearchConnection", name)
        for name in ("facets", "totalCount", "totalIsCapped")
    )
    text, count = source(given["text"]), page_size(given.get("first"), DEFAULT_PAGE)
    more = asked(building, nodes, "SearchConnection", "pageInfo")
    cursor = page_start(building, given.get("after"), _KEYS)
    about = f"search {[noun.word for noun in varying.nouns]}"
    building.pages.append(
        PagePlan(nodes[0], about, (text,), count, cursor, backward=False, width=_WIDTH, keys=_KEYS)
    )
    column = Search(
        text=text,
        cases=varying.cases(),
        nouns=varying.nouns,
        narrowed=nouns is not None,
        count=OneMore(count) if more else count,
        cursor=cursor,
        whole=facets or any(totals),
        facets=facets,
        marked=_is_marked(building, nodes),
    )
    return Page(columns.add(column), len(building.pages) - 1, shape)


def _is_marked(building: Building, nodes: list[FieldNode]) -> bool:
    """Whether highlights of any edge are selected."""
    parts = collected(building, inner(nodes), "SearchConnection").values()
    edges = (each for each in parts if each[0].name.value == "edges")
    return any(asked(building, each, "SearchEdge", "highlights") for each in edges)


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


def kind_of_record(building: Building) -> Property:
    """`NounKind` as a property's kind."""
    return Property("kind", Kind.CHOICE, "", "", options=noun_kinds(building.model))


def _offered(building: Building, varying: Varying) -> Offered:
    """What a page of hits offers; a column is (items, total, whether it is capped, facets)."""
    edge: Offered = {
        "cursor": Cursor(),
        "score": leaf(2, Kind.NUMBER),
        "node": lambda nodes: Varied(0, varying.shapes(nodes), many=False),
        "highlights": partial(_highlights, building, varying),
    }
    return {
        "totalCount": leaf(1, Kind.INTEGER),
        "totalIsCapped": leaf(2, Kind.FLAG),
        "nodes": lambda nodes: VariedNodes(varying.shapes(nodes)),
        "edges": lambda nodes: Nodes(chosen(building, nodes, "SearchEdge", edge)),
        "facets": partial(_facets, building, varying),
        "pageInfo": partial(page_info, building),
    }


def _highlights(building: Building, varying: Varying, nodes: list[FieldNode]) -> Field:
    segment: Offered = {"text": leaf(0, Kind.TEXT), "matched": leaf(1, Kind.FLAG)}
    offered: Offered = {
        "field": leaf(0, Kind.TEXT),
        "text": leaf(1, Kind.TEXT),
        "segments": lambda each: Listing(2, chosen(building, each, "HighlightSegment", segment)),
    }
    shape = chosen(building, nodes, "Highlight", offered)
    return Listing(1, shape, highlighter(varying.nouns))


def _facets(building: Building, varying: Varying, nodes: list[FieldNode]) -> Field:
    kind = Value(0, kind_of_record(building), required=True)
    offered: Offered = {"kind": kind, "count": leaf(1, Kind.INTEGER)}

    def named(rows: list[list[int]]) -> list[list[object]]:
        return [[varying.nouns[number].word, count] for number, count in rows]

    return Listing(3, chosen(building, nodes, "SearchFacet", offered), named)
