"""The Chinese of what GraphQL itself says: its scalars, directives and the types of introspection, by place.

`meta_texts` finds it by the English text, which graphql-core writes.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from graphql import introspection_types, specified_directives, specified_scalar_types

CHINESE = {
    "String": "`String` 标量：文本，UTF-8 字符序列，多用于供人阅读的自由文本。",
    "Int": "`Int` 标量：有符号整数，取值从 -(2^31) 到 2^31 - 1。",
    "Float": "`Float` 标量：有符号双精度小数，按 [IEEE 754](https://en.wikipedia.org/wiki/IEEE_floating_point)。",
    "Boolean": "`Boolean` 标量：`true` 或 `false`。",
    "ID": '`ID` 标量：唯一标识，多用于重新获取对象或作为缓存的键。在 JSON 结果中是文本，但不是给人读的；作为输入时可以是文本（如 `"4"`）或整数（如 `4`）。',
    "@include": "只有参数 `if` 为真时才包含该字段或片段。",
    "@include.if": "为真时包含。",
    "@skip": "参数 `if` 为真时跳过该字段或片段。",
    "@skip.if": "为真时跳过。",
    "@deprecated": "标明类型系统中不再支持的部分。",
    "@deprecated.reason": "说明为何弃用，通常还建议如何取得类似的数据。使用 [CommonMark](https://commonmark.org/) 规定的 Markdown 语法。",
    "@specifiedBy": "给出说明该标量行为的网址。",
    "@specifiedBy.url": "说明该标量行为的网址。",
    "@oneOf": "必须恰好给出一个字段，且该字段不能为 `null`。",
    "__Schema": "GraphQL 模式说明服务器的能力：全部类型与指令，以及查询、变更和订阅的入口。",
    "__Schema.types": "服务器支持的全部类型。",
    "__Schema.queryType": "查询操作的根类型。",
    "__Schema.mutationType": "变更操作的根类型；不支持变更时为空。",
    "__Schema.subscriptionType": "订阅操作的根类型；不支持订阅时为空。",
    "__Schema.directives": "服务器支持的全部指令。",
    "__Directive": "指令用来说明 GraphQL 文档中不同的执行与校验方式。\n\n有时字段参数不足以改变执行方式，例如按条件包含或跳过字段；指令为此向执行者提供更多信息。",
    "__DirectiveLocation": "指令可以出现在 GraphQL 语言的许多位置，每个值是其中一种。",
    "__Type": "类型是 GraphQL 模式的基本单位，其种类见枚举 `__TypeKind`。\n\n不同种类的类型由不同的字段说明：标量只有名称、描述和可选的 `specifiedByURL`，枚举有其值，对象和接口有其字段，抽象类型（联合与接口）有运行时可能的对象类型，列表与非空类型由其他类型组成。",
    "__Field": "对象和接口由字段组成；每个字段有名称、可能有参数，并有返回类型。",
    "__InputValue": "字段和指令的参数以及输入对象的字段都是输入值，说明其类型和可选的默认值。",
    "__InputValue.defaultValue": "默认值的 GraphQL 文本。",
    "__EnumValue": "枚举的一个可能值。枚举值是唯一的值，而不是文本或数字的占位符；在 JSON 结果中以文本返回。",
    "__TypeKind": "`__Type` 属于哪一种类型。",
    "__TypeKind.SCALAR": "标量类型。",
    "__TypeKind.OBJECT": "对象类型，有 `fields` 和 `interfaces`。",
    "__TypeKind.INTERFACE": "接口类型，有 `fields`、`interfaces` 和 `possibleTypes`。",
    "__TypeKind.UNION": "联合类型，有 `possibleTypes`。",
    "__TypeKind.ENUM": "枚举类型，有 `enumValues`。",
    "__TypeKind.INPUT_OBJECT": "输入对象类型，有 `inputFields`。",
    "__TypeKind.LIST": "列表类型，有 `ofType`。",
    "__TypeKind.NON_NULL": "非空类型，有 `ofType`。",
}

LOCATIONS = {
    "query": "查询操作",
    "mutation": "变更操作",
    "subscription": "订阅操作",
    "field": "字段",
    "fragment_definition": "片段定义",
    "fragment_spread": "片段展开",
    "inline_fragment": "内联片段",
    "variable_definition": "操作的变量定义",
    "fragment_variable_definition": "片段的变量定义",
    "schema": "模式定义",
    "scalar": "标量定义",
    "object": "对象类型定义",
    "field_definition": "字段定义",
    "argument_definition": "参数定义",
    "interface": "接口定义",
    "union": "联合定义",
    "enum": "枚举定义",
    "enum_value": "枚举值定义",
    "input_object": "输入对象类型定义",
    "input_field_definition": "输入对象的字段定义",
    "directive_definition": "指令定义",
}


def _english() -> Iterator[tuple[str, str | None]]:
    """Each place with what graphql-core says of it."""
    for scalar in specified_scalar_types.values():
        yield scalar.name, scalar.description
    for directive in specified_directives:
        yield f"@{directive.name}", directive.description
        for name, argument in directive.args.items():
            yield f"@{directive.name}.{name}", argument.description
    for name, kind in introspection_types.items():
        yield name, kind.description
        for parts in (getattr(kind, "fields", {}), getattr(kind, "values", {})):
            for part, described in parts.items():
                yield f"{name}.{part}", described.description


def _chinese(place: str) -> str | None:
    kind, _, part = place.partition(".")
    if kind == "__DirectiveLocation" and part:
        word = LOCATIONS.get(part.lower())
        return f"可用于{word}处。" if word else None
    return CHINESE.get(place)


@cache
def meta_texts() -> dict[str, str]:
    """English → Chinese."""
    return {text: chinese for place, text in _english() if text and (chinese := _chinese(place))}
