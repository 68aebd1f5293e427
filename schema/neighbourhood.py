"""`neighbourhood`: the types of what lies around a record."""

from __future__ import annotations

from graphql import (
    GraphQLArgument,
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLField,
    GraphQLID,
    GraphQLInt,
    GraphQLInterfaceType,
    GraphQLObjectType,
)

from graph_store.cypher.neighbourhood import DEEPEST, MOST_RECORDS
from resolvers.build.neighbourhood import DEPTH, LIMIT
from schema.fields import field, list_of, object_type, required
from schema.kinds import kinds_argument
from schema.paths import edge_fields


def neighbourhood_field(
    kind: GraphQLEnumType, record: GraphQLInterfaceType, properties: GraphQLObjectType
) -> GraphQLField:
    """The root field."""
    arguments = {
        "of": GraphQLArgument(
            required(GraphQLID), description="中心记录的标识 | Id of the record in the middle"
        ),
        "depth": GraphQLArgument(
            GraphQLInt,
            default_value=DEPTH.default,
            description=f"几步以内，1 至 {DEEPEST} | Within so many steps, 1 to {DEEPEST}",
        ),
        "kinds": kinds_argument(
            kind,
            "只取并只经过这些种类；默认全部，但不从区划、学科等参考数据再向外走",
            "Only records of these kinds; unless told all, but not walking on from reference data such as divisions and topics",
        ),
        "limit": GraphQLArgument(
            GraphQLInt,
            default_value=LIMIT.default,
            description=f"最多几条记录，0 至 {MOST_RECORDS}，近者在前；各种关系轮流取"
            f" | At most so many records, 0 to {MOST_RECORDS}, nearest first; the relations take turns",
        ),
    }
    fields = {
        "centre": field(
            record,
            "中心记录；没有或看不到时为 null",
            "The record in the middle; null where there is none to be seen",
        ),
        "records": field(
            list_of(record), "周围的记录，近者在前", "The records around it, nearest first"
        ),
        "links": field(
            list_of(_link(properties)),
            "所示记录之间走过的关系",
            "The edges walked between the records shown",
        ),
        "counts": field(
            list_of(_count(kind, properties)),
            "中心记录的邻居，按关系计数",
            "The neighbours of the record in the middle, counted by relation",
        ),
        "isComplete": field(
            required(GraphQLBoolean),
            "范围内的记录是否全部列出",
            "Whether all records within these steps are listed",
        ),
    }
    return field(
        required(
            object_type("Neighbourhood", "一条记录的周围", "What lies around a record", fields)
        ),
        "一条记录周围的记录与关系",
        "The records around a record, and how they are connected",
        arguments,
    )


def _link(properties: GraphQLObjectType) -> GraphQLObjectType:
    ends = {
        "from": field(required(GraphQLID), "由（标识）", "Id of the record walked from"),
        "to": field(required(GraphQLID), "至（标识）", "Id of the record walked to"),
    }
    return object_type(
        "Link", "两条记录之间的关系", "An edge between two records", ends | edge_fields(properties)
    )


def _count(kind: GraphQLEnumType, properties: GraphQLObjectType) -> GraphQLObjectType:
    fields = edge_fields(properties)
    del fields["properties"]
    fields |= {
        "kind": field(required(kind), "邻居的种类", "Kind of the neighbours"),
        "count": field(required(GraphQLInt), "邻居数", "How many neighbours"),
        "isExact": field(
            required(GraphQLBoolean),
            "是否准确；为否时至少有这么多",
            "Whether exactly so many; when false, at least so many",
        ),
    }
    return object_type(
        "NeighbourCount",
        "经一种关系相连的邻居数",
        "How many neighbours there are by one relation",
        fields,
    )
