"""`model`: the nouns in words, fields, units, choices and groups, answered by ordinary resolvers over the model itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphql import (
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLEnumValue,
    GraphQLField,
    GraphQLObjectType,
    GraphQLString,
)

from graph_store.model import Hop, Model
from graph_store.model.words import PUBLIC, Kind, Level, Noun, Property, Reach
from resolvers.naming import GroupKey, group_keys, ordered
from schema.fields import list_of, object_type, required
from schema.levels import LEVELS


def model_field(model: Model, kind: GraphQLEnumType) -> GraphQLField:
    """The root field; its answer is the same for everybody and made once."""
    told: list[dict[str, Any]] = []

    def resolve(_source: Any, _info: Any) -> dict[str, Any]:
        if not told:
            told.append({"nouns": [_noun(model, noun) for noun in model]})
        return told[0]

    nouns = _plain(list_of(_noun_type(kind)), "各种类", "The nouns, in the model's order")
    described = object_type("Model", "数据模型", "The model", {"nouns": nouns})
    return GraphQLField(
        required(described),
        resolve=resolve,
        description="数据模型：各种类及其字段的名称、单位、选项与分组键"
        " | The model: labels, units, choices and group keys of every noun and field",
    )


# --------------------------------------------------------------------------------------------------------------- values
def _noun(model: Model, noun: Noun) -> dict[str, Any]:
    return {
        "name": noun.name,
        "kind": noun.word,
        "singular": noun.singular,
        "plural": noun.plural,
        "zh": noun.zh,
        "en": noun.en,
        "isReference": noun.is_reference,
        "level": noun.visible or PUBLIC,
        "readers": [role.value for role in noun.readers],
        "fields": [_field(each, ordered(noun.properties)) for each in noun.properties],
        "edges": [_edge(model, hop) for hop in model.hops(noun.name).values()],
        "groups": [_group(word, key) for word, key in group_keys(model, noun.name).items()],
    }


def _field(declared: Property, sortable: tuple[Property, ...]) -> dict[str, Any]:
    chosen = declared.options.options if declared.options else ()
    return {
        "name": declared.name,
        "zh": declared.zh,
        "en": declared.en,
        "unit": declared.unit,
        "kind": declared.kind,
        "required": declared.required,
        "sortable": declared in sortable,
        "searchable": declared.searchable,
        "identifies": declared.key,
        "level": declared.level,
        "personal": declared.personal,
        "options": [
            {"value": each.shown, "label": each.label, "zh": each.zh, "en": each.en}
            for each in chosen
        ],
    }


def _edge(model: Model, hop: Hop) -> dict[str, Any]:
    properties = hop.edge.properties
    return {
        "name": hop.name,
        "zh": hop.zh,
        "en": hop.en,
        "edge": hop.edge.type,
        "forward": hop.forward,
        "target": model[hop.far].word,
        "many": hop.reach is not Reach.ONE,
        "isConnection": hop.reach is Reach.MANY,
        "level": hop.edge.level,
        "properties": [_field(each, ordered(properties)) for each in properties],
    }


def _group(word: str, key: GroupKey) -> dict[str, Any]:
    return {"value": word, "name": key.name, "zh": key.zh, "en": key.en}


# ---------------------------------------------------------------------------------------------------------------- types
def _noun_type(kind: GraphQLEnumType) -> GraphQLObjectType:
    levels = _enum("FieldLevel", "谁可看到字段", "Who may see a field", LEVELS)
    field = _field_type(levels)
    fields = _texts(
        name=("类型名", "Name of its type"),
        singular=("查一条的字段", "The field that gives one"),
        plural=("列出的字段", "The field that lists them"),
        zh=("中文名", "Its name in Chinese"),
        en=("英文名", "What it is, in English"),
    )
    fields |= {
        "kind": _plain(required(kind), "种类", "Its kind, as in `kinds`"),
        "isReference": _flag("是否参考数据", "Whether it is reference data, which everybody sees"),
        "level": _plain(
            required(levels),
            "新记录的默认可见范围",
            "Who may see a record of it, unless the record says otherwise",
        ),
        "readers": _plain(
            list_of(GraphQLString),
            "须有其中一种平台角色方可读；空为不限",
            "The roles in the hub of which one is needed to see any; empty: none is",
        ),
        "fields": _plain(list_of(field), "字段", "Its fields"),
        "edges": _plain(
            list_of(_edge_type(kind, field, levels)), "关系", "What it is connected with"
        ),
        "groups": _plain(list_of(_group_type()), "分组键", "What it can be grouped by"),
    }
    return object_type("ModelNoun", "一种记录", "A kind of record", fields)


def _field_type(levels: GraphQLEnumType) -> GraphQLObjectType:
    option = _texts(
        value=("值", "The value, as it is shown"),
        label=("英文标签", "Label in English"),
        zh=("中文标签", "Label in Chinese"),
        en=("英文说明", "What it means, in English"),
    )
    fields = _texts(
        name=("字段名", "Name of the field"),
        zh=("中文标签", "Label in Chinese"),
        en=("英文标签", "Label in English"),
    )
    fields |= {
        "unit": _plain(GraphQLString, "单位（UCUM 或 ISO 4217）", "Unit, a UCUM or ISO 4217 code"),
        "kind": _plain(
            required(_enum("FieldKind", "字段的值的类型", "What a field holds", _KINDS)),
            "类型",
            "What it holds",
        ),
        "required": _flag("是否必有", "Whether it always has a value"),
        "sortable": _flag("可否排序", "Whether records can be sorted by it"),
        "searchable": _flag("可否检索", "Whether `search` finds its words"),
        "identifies": _flag("是否唯一标识", "Whether it is unique and looks a record up"),
        "level": _plain(required(levels), "可见范围", "Who may see it"),
        "personal": _flag(
            "是否个人信息：网内其他人只见遮蔽后的值，查看全值会被记录",
            "Whether it is personal data: masked to others in the network, and reading it in full is noted",
        ),
        "options": _plain(
            list_of(object_type("ModelOption", "一个选项", "A value of a choice", option)),
            "选项",
            "The values of a choice",
        ),
    }
    return object_type("ModelField", "一个字段", "A field", fields)


def _edge_type(
    kind: GraphQLEnumType, field: GraphQLObjectType, levels: GraphQLEnumType
) -> GraphQLObjectType:
    fields = _texts(
        name=("字段名", "Name of the field"),
        zh=("中文标签", "Label in Chinese"),
        en=("英文标签", "Label in English"),
        edge=("关系类型", "Type of the relationship"),
    )
    fields |= {
        "forward": _flag("是否由此种记录出发", "Whether the relationship begins at this noun"),
        "target": _plain(required(kind), "另一端的种类", "Kind of the record at the far end"),
        "many": _flag("是否可有多个", "Whether there may be several"),
        "isConnection": _flag("是否分页", "Whether it is given in pages"),
        "level": _plain(required(levels), "可见范围", "Who may follow it"),
        "properties": _plain(list_of(field), "关系的属性", "Properties of the edge"),
    }
    return object_type("ModelEdge", "一种关系", "A relation", fields)


def _group_type() -> GraphQLObjectType:
    fields = _texts(
        value=("分组键的枚举值", "The enum's value in `by`"),
        name=("组内字段名", "The field of the group"),
        zh=("中文标签", "Label in Chinese"),
        en=("英文标签", "Label in English"),
    )
    return object_type("ModelGroup", "一个分组键", "Something to group by", fields)


def _texts(**described: tuple[str, str]) -> dict[str, GraphQLField]:
    return {name: _plain(required(GraphQLString), zh, en) for name, (zh, en) in described.items()}


def _flag(zh: str, en: str) -> GraphQLField:
    return _plain(required(GraphQLBoolean), zh, en)


def _plain(kind: Any, zh: str, en: str) -> GraphQLField:
    return GraphQLField(kind, resolve=_by_name, description=f"{zh} | {en}")


def _by_name(source: dict[str, Any], info: Any) -> Any:
    return source[info.field_name]


_KINDS = {
    Kind.ID: "标识 | An id",
    Kind.TEXT: "文字 | A text",
    Kind.TEXTS: "多段文字 | A list of texts",
    Kind.INTEGER: "整数 | A whole number",
    Kind.NUMBER: "数量 | A quantity",
    Kind.DAY: "日期 | A day",
    Kind.INSTANT: "时刻 | An instant",
    Kind.FLAG: "是否 | True or false",
    Kind.CHOICE: "选项 | One of a closed list of values",
}


def _enum(
    name: str, zh: str, en: str, values: Mapping[Kind, str] | Mapping[Level, str]
) -> GraphQLEnumType:
    shown = {each.name: GraphQLEnumValue(each, description=text) for each, text in values.items()}
    return GraphQLEnumType(name, shown, description=f"{zh} | {en}")
