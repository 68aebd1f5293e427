"""`history`: the types of a page of what was done with a record."""

from __future__ import annotations

from graphql import (
    GraphQLArgument,
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLEnumValue,
    GraphQLField,
    GraphQLID,
    GraphQLInt,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLString,
)

from graph_store.cypher.history import MOST_TIES
from resolvers.build.history import ACTORS
from schema.fields import field, list_of, object_type, required
from schema.scalars import DATE_TIME


def history_field(
    record: GraphQLInterfaceType,
    person: GraphQLObjectType,
    run: GraphQLObjectType,
    page_info: GraphQLObjectType,
    properties: GraphQLObjectType,
) -> GraphQLField:
    """The root field."""
    actor = _actor()
    arguments = {
        "of": GraphQLArgument(required(GraphQLID), description="记录的标识 | The record's id"),
        "first": GraphQLArgument(
            GraphQLInt, description="取几条，默认 20 | How many, 20 unless told"
        ),
        "after": GraphQLArgument(GraphQLString, description="在此游标之后 | After this cursor"),
        "by": GraphQLArgument(
            GraphQLList(GraphQLNonNull(actor)),
            description="只要这些执行者的变更；默认全部 | Only changes by such actors; all unless told",
        ),
    }
    fields = _told(actor, person, run)
    fields["changes"] = field(
        list_of(_change(record, properties)),
        "您可见的各字段的变化",
        "What changed, of the fields that you may see",
    )
    entry = object_type("HistoryEntry", "一次变更", "One change of a record", fields)
    edge = {
        "cursor": field(required(GraphQLString), "游标", "Where the entry lies in the order"),
        "node": field(required(entry), "一次变更", "The entry"),
    }
    fields = {
        "nodes": field(list_of(entry), "本页变更", "The entries of the page"),
        "edges": field(
            list_of(
                object_type("HistoryEdge", "一次变更及其游标", "An entry with its cursor", edge)
            ),
            "本页变更及游标",
            "The page with cursors",
        ),
        "pageInfo": field(required(page_info), "翻页信息", "Where the page lies"),
    }
    return field(
        required(object_type("HistoryConnection", "变更历史的一页", "A page of a history", fields)),
        "一条记录的变更历史，最近的在前；只含您现在可见的字段和记录，没有或看不到该记录时为空",
        "What was done with a record, the latest first: only fields and records that you may see now; empty where there is no record to be seen",
        arguments,
    )


def _told(
    actor: GraphQLEnumType, person: GraphQLObjectType, run: GraphQLObjectType
) -> dict[str, GraphQLField]:
    """What an entry tells beside what changed."""
    return {
        "at": field(required(DATE_TIME), "时刻", "When"),
        "by": field(required(actor), "由哪一类执行者", "Which kind of actor did it"),
        "person": field(
            person,
            "执行人，仅告知网内用户，且须可见此人",
            "Who did it, where it was a person: told to the network, to whoever may see the person",
        ),
        "principal": field(
            person,
            "代谁执行，告知范围同 person",
            "In whose place a deputy did it; told as person is",
        ),
        "command": field(
            GraphQLString,
            "命令或导入的名称，仅告知网内用户",
            "The command's or import's name, told to the network",
        ),
        "isNew": field(required(GraphQLBoolean), "记录是否由此新建", "Whether it made the record"),
        "import": field(
            run,
            "写入此变更的导入批次，无权查看时为空",
            "The import that wrote it, for whoever may see it",
        ),
    }


def _actor() -> GraphQLEnumType:
    values = {
        each.shown: GraphQLEnumValue(each.value, description=f"{each.zh} | {each.en}")
        for each in ACTORS.options
    }
    return GraphQLEnumType(
        ACTORS.name, values, description="执行者的类别 | What kind of actor changed a record"
    )


def _change(record: GraphQLInterfaceType, properties: GraphQLObjectType) -> GraphQLObjectType:
    value = object_type(
        "HistoryValue",
        "变化前后的一个值",
        "A value before or after a change",
        {
            "value": field(
                required(GraphQLString),
                "值，写作文字；个人信息一律遮盖；关系则为所连记录的标识",
                "The value as text, personal data always masked; of a relation the id of the record it leads to",
            ),
            "node": field(record, "关系所连的记录", "The record that a relation leads to"),
            "properties": field(
                list_of(properties), "关系的属性（有值者）", "Properties of the relation"
            ),
        },
    )
    text = required(GraphQLString)
    fields = {
        "field": field(text, "字段或关系名", "Name of the field or relation"),
        "label": field(text, "中文标签", "Label in Chinese"),
        "labelEn": field(text, "英文标签", "Label in English"),
        "before": field(
            list_of(value),
            "变化前的值，原无值时为空",
            "Its values before; none where there were none",
        ),
        "after": field(
            list_of(value),
            f"变化后的值，清空时为空；关系至多列出 {MOST_TIES} 条",
            f"Its values after; none where it was emptied. Of relations at most {MOST_TIES} are told",
        ),
    }
    return object_type("HistoryChange", "一个字段的变化", "A change of one field", fields)
