"""`Subscription`: the changes of all records, of one, or of the viewer's inbox, as the change log has them."""

from __future__ import annotations

from typing import cast

from graphql import (
    GraphQLArgument,
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLID,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLString,
)

from schema.fields import field, object_type, required
from schema.kinds import kinds_argument
from schema.scalars import DATE_TIME

AFTER = (
    "从此游标之后继续：先补发其后的全部变更，再接续新的，不遗漏也不重复；不给出时从现在开始"
    " | Resume after this cursor: what was changed since comes first, then what is new, nothing lost and nothing twice;"
    " without it, from now on"
)


def subscription(questions: GraphQLSchema) -> GraphQLObjectType:
    """The type, over the kinds and records of the questions' schema."""
    kind = cast("GraphQLEnumType", questions.type_map["NounKind"])
    change = required(_change(questions, kind))
    after = GraphQLArgument(GraphQLString, description=AFTER)
    kinds = kinds_argument(
        kind, "只要这些种类的变更；默认全部", "Only changes of these kinds; all unless told"
    )
    id_ = GraphQLArgument(required(GraphQLID), description="记录的标识 | The record's id")
    fields = {
        "changes": field(
            change,
            "可见记录的每次变更，按发生的先后",
            "Every change of a record that you may see, in order",
            {"after": after, "kinds": kinds},
        ),
        "nodeChanged": field(
            change,
            "一条记录的每次变更；没有或看不到该记录时不会有事件",
            "Every change of one record; silent where there is none that you may see",
            {"id": id_, "after": after},
        ),
        "inboxChanged": field(
            change,
            "本人收件箱的变化：应由您办理、移交或抄送给您的待办有新增、处理、升级时；不含关于本人的",
            "Your inbox has changed: a decision that you owe, or that was handed or copied to you, was opened, decided or passed on;"
            " never one about yourself",
            {"after": after},
        ),
    }
    return object_type("Subscription", "可订阅的事件", "What can be subscribed to", fields)


def _change(questions: GraphQLSchema, kind: GraphQLEnumType) -> GraphQLObjectType:
    fields = {
        "cursor": field(
            required(GraphQLString),
            "此变更的游标，断线后用作 after",
            "Where the change lies in the log: give it as `after` to resume",
        ),
        "at": field(required(DATE_TIME), "变更的时刻", "When it was changed"),
        "kind": field(required(kind), "记录的种类", "The record's kind"),
        "nodeId": field(required(GraphQLID), "记录的标识", "The record's id"),
        "isNew": field(
            required(GraphQLBoolean), "记录是否由此变更新建", "Whether the change made the record"
        ),
        "node": field(
            questions.type_map["Node"],
            "发送事件时的记录，按届时的权限读取",
            "The record as it is when the event is sent, read with your rights of that moment",
        ),
    }
    return object_type("Change", "一条记录的一次变更", "One change of one record", fields)
