"""`NounKind` and `RelationKind`: nouns and edges of the model as values by which a search or walk is narrowed."""

from __future__ import annotations

from graphql import GraphQLArgument, GraphQLEnumType, GraphQLEnumValue, GraphQLList, GraphQLNonNull

from graph_store.cypher.walks import walked_edges
from graph_store.model import Model
from resolvers.naming import noun_kinds


def kinds(model: Model) -> GraphQLEnumType:
    """The enum: `INSTITUTION` …; inside, a value is the noun's part of an id."""
    values = {
        option.shown: GraphQLEnumValue(option.value, description=f"{option.zh} | {option.en}")
        for option in noun_kinds(model).options
    }
    return GraphQLEnumType("NounKind", values, description="记录的种类 | A kind of record")


def relations(model: Model) -> GraphQLEnumType | None:
    """The enum: the types of edges that a walk may follow; None where there are none."""
    values = {
        type_: GraphQLEnumValue(type_, description=f"{edge.zh} | {edge.en}")
        for type_, edge in walked_edges(model).items()
    }
    about = "关系的种类 | A kind of relation"
    return GraphQLEnumType("RelationKind", values, description=about) if values else None


def kinds_argument(kind: GraphQLEnumType, zh: str, en: str) -> GraphQLArgument:
    """`kinds: [NounKind!]`."""
    return GraphQLArgument(GraphQLList(GraphQLNonNull(kind)), description=f"{zh} | {en}")
