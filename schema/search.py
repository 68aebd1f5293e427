"""`search`: the types of a page of hits."""

from __future__ import annotations

from graphql import (
    GraphQLArgument,
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLField,
    GraphQLFloat,
    GraphQLInt,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLString,
)

from graph_store.cypher.search import IDENTIFIED, RANKED
from schema.fields import field, list_of, object_type, required
from schema.kinds import kinds_argument


def search_field(
    kind: GraphQLEnumType, record: GraphQLInterfaceType, page_info: GraphQLObjectType
) -> GraphQLField:
    """The root field."""
    arguments = {
        "text": GraphQLArgument(
            required(GraphQLString),
            description="任意文字：空格分开的词须全部出现；也可输入标识（ORCID、ROR、DOI……）"
            " | Any text: words parted by spaces must all occur; or an identifier (ORCID, ROR, DOI …)",
        ),
        "kinds": kinds_argument(
            kind, "只查这些种类；默认全部", "Only these kinds; all unless told"
        ),
        "first": GraphQLArgument(
            GraphQLInt, description="取几条，默认 20 | How many, 20 unless told"
        ),
        "after": GraphQLArgument(
            GraphQLString,
            description="在此游标之后；数据变动后评分会变，翻页不保证不重不漏"
            " | After this cursor; scores change with the data, so pages are best effort",
        ),
    }
    return field(
        required(_connection(kind, record, page_info)),
        f"全库检索，最相关在前，最多排序 {RANKED:,} 条",
        f"Search over all records, best first; at most {RANKED:,} hits are ranked",
        arguments,
    )


def _connection(
    kind: GraphQLEnumType, record: GraphQLInterfaceType, page_info: GraphQLObjectType
) -> GraphQLObjectType:
    fields = {
        "totalCount": field(
            required(GraphQLInt),
            f"命中数，至多 {RANKED:,}",
            f"How many hits, of at most {RANKED:,} that are ranked",
        ),
        "totalIsCapped": field(
            required(GraphQLBoolean),
            f"是否还有超出 {RANKED:,} 条的命中",
            f"Whether there are more hits than the {RANKED:,} ranked",
        ),
        "nodes": field(list_of(record), "本页记录", "The records of the page"),
        "edges": field(list_of(_edge(record)), "本页命中", "The page with scores and highlights"),
        "facets": field(list_of(_facet(kind)), "按种类计数", "The same hits counted by kind"),
        "pageInfo": field(required(page_info), "翻页信息", "Where the page lies"),
    }
    return object_type("SearchConnection", "检索结果的一页", "A page of hits", fields)


def _edge(record: GraphQLInterfaceType) -> GraphQLObjectType:
    fields = {
        "cursor": field(required(GraphQLString), "游标", "Where the hit lies in the order"),
        "score": field(
            required(GraphQLFloat),
            f"相关度；按标识命中为 {IDENTIFIED:,.0f}",
            f"How well it matches; {IDENTIFIED:,.0f} when found by its identifier",
        ),
        "node": field(required(record), "记录", "The record"),
        "highlights": field(list_of(_highlight()), "命中之处", "Where it matches"),
    }
    return object_type("SearchEdge", "一条命中", "A hit", fields)


def _highlight() -> GraphQLObjectType:
    segment = {
        "text": field(required(GraphQLString), "文字", "The characters"),
        "matched": field(required(GraphQLBoolean), "是否命中", "Whether they match"),
    }
    fields = {
        "field": field(required(GraphQLString), "字段名", "Name of the field"),
        "text": field(required(GraphQLString), "字段的文字", "The field's text"),
        "segments": field(
            list_of(object_type("HighlightSegment", "一段文字", "A stretch of text", segment)),
            "依次相连即为全文；纯文字，不含标记",
            "Its stretches in order, which together are the text; plain text without markup",
        ),
    }
    return object_type("Highlight", "一个命中的字段", "A field that matches", fields)


def _facet(kind: GraphQLEnumType) -> GraphQLObjectType:
    fields = {
        "kind": field(required(kind), "种类", "The kind"),
        "count": field(required(GraphQLInt), "命中数", "How many of the hits"),
    }
    return object_type("SearchFacet", "一类命中的数量", "How many hits are of a kind", fields)
