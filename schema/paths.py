"""`paths`: the types of a page of paths, and the fields that every walked edge has."""

from __future__ import annotations

from graphql import (
    GraphQLArgument,
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLField,
    GraphQLID,
    GraphQLInt,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLString,
)

from graph_store.cypher.paths import LONGEST
from resolvers.build.paths import DEFAULT_PATHS, HOPS
from schema.fields import field, list_of, object_type, required
from schema.kinds import kinds_argument


def paths_field(
    kind: GraphQLEnumType,
    record: GraphQLInterfaceType,
    page_info: GraphQLObjectType,
    properties: GraphQLObjectType,
    relation: GraphQLEnumType | None,
) -> GraphQLField:
    """The root field."""
    arguments = {
        "from": _id("起点记录的标识", "Id of the record where the paths begin"),
        "to": _id("终点记录的标识", "Id of the record where they end"),
        "maxHops": GraphQLArgument(
            GraphQLInt,
            default_value=HOPS.default,
            description=f"最多几步，1 至 {LONGEST} | At most so many steps, 1 to {LONGEST}",
        ),
        "kinds": kinds_argument(
            kind,
            "中间只经过这些种类；默认不经过行政区划、学科、平台等人人相连的参考数据",
            "Kinds of the records between the ends; unless told, not reference data such as divisions and topics, on which everything hangs",
        ),
        **_exclude(relation),
        "first": GraphQLArgument(
            GraphQLInt,
            description=f"取几条，默认 {DEFAULT_PATHS.value} | How many, {DEFAULT_PATHS.value} unless told",
        ),
        "after": GraphQLArgument(GraphQLString, description="在此游标之后 | After this cursor"),
    }
    path = _path(record, properties)
    fields = {
        "nodes": field(list_of(path), "本页路径", "The paths of the page"),
        "edges": field(list_of(_edge(path)), "本页路径及游标", "The page with cursors"),
        "pageInfo": field(required(page_info), "翻页信息", "Where the page lies"),
        "isComplete": field(
            required(GraphQLBoolean),
            "是否没有遗漏：为否时，因工作量上限，可能还有未列出的、甚至更短的路径",
            "Whether nothing up to here is missing: when false a bound of work was reached, and there may be paths, also shorter ones, that are not listed",
        ),
    }
    return field(
        required(object_type("PathConnection", "路径的一页", "A page of paths", fields)),
        "两条记录如何相连，最短的在前；不经过看不到的记录，也不经由数据来源",
        "How two records are connected, shortest first; never through a record that may not be seen, nor along provenance",
        arguments,
    )


def _exclude(relation: GraphQLEnumType | None) -> dict[str, GraphQLArgument]:
    """Nothing can be excluded where nothing is walked."""
    if relation is None:
        return {}
    about = "不走这些关系 | Relations that are not walked"
    return {"exclude": GraphQLArgument(GraphQLList(GraphQLNonNull(relation)), description=about)}


def edge_fields(properties: GraphQLObjectType) -> dict[str, GraphQLField]:
    """What every walked edge tells, beside its ends."""
    return {
        "edge": field(required(GraphQLString), "关系类型", "Type of the relationship"),
        "name": field(
            required(GraphQLString),
            "沿行走方向的中文名",
            "Name in Chinese, in the direction walked",
        ),
        "nameEn": field(
            required(GraphQLString),
            "沿行走方向的英文名",
            "Name in English, in the direction walked",
        ),
        "field": field(
            GraphQLString,
            "前一记录上列出此关系的字段",
            "The field of the record walked from that lists this relation, if there is one",
        ),
        "forward": field(
            required(GraphQLBoolean),
            "是否顺着关系的方向",
            "Whether it was walked in the relationship's own direction",
        ),
        "properties": field(
            list_of(properties), "关系的属性（有值者）", "Properties of the edge that have a value"
        ),
    }


def edge_property() -> GraphQLObjectType:
    """`EdgeProperty`."""
    text = required(GraphQLString)
    fields = {
        "name": field(text, "属性名", "Name of the property"),
        "label": field(text, "中文标签", "Label in Chinese"),
        "labelEn": field(text, "英文标签", "Label in English"),
        "value": field(text, "值，写作文字", "The value as text"),
    }
    return object_type("EdgeProperty", "关系的一个属性", "A property of an edge", fields)


def _id(zh: str, en: str) -> GraphQLArgument:
    return GraphQLArgument(required(GraphQLID), description=f"{zh} | {en}")


def _edge(path: GraphQLObjectType) -> GraphQLObjectType:
    fields = {
        "cursor": field(required(GraphQLString), "游标", "Where the path lies in the order"),
        "node": field(required(path), "路径", "The path"),
    }
    return object_type("PathEdge", "一条路径及其游标", "A path with its cursor", fields)


def _path(record: GraphQLInterfaceType, properties: GraphQLObjectType) -> GraphQLObjectType:
    ends = {
        "from": field(required(record), "由", "The record walked from"),
        "to": field(required(record), "至", "The record walked to"),
    }
    step = object_type("Step", "路径的一步", "A step of a path", ends | edge_fields(properties))
    fields = {
        "length": field(required(GraphQLInt), "步数", "How many steps"),
        "records": field(
            list_of(record), "依次经过的记录", "Its records in order, both ends included"
        ),
        "steps": field(list_of(step), "各步", "Its steps in order"),
    }
    return object_type(
        "Path", "一条路径，不重复经过任何记录", "A path, which meets no record twice", fields
    )
