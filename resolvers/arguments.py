"""Literals and variables → structure: dicts and lists where the plan depends on them, sources where only values differ."""

from __future__ import annotations

from typing import Any

from graphql import (
    FieldNode,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    ListValueNode,
    NullValueNode,
    ObjectValueNode,
    ValueNode,
    VariableNode,
    get_named_type,
    value_from_ast,
)

from graph_store.cypher.sources import Listed, Literal, Path, Source, Variable
from resolvers.variables import Inspected

OMITTED: Any = object()
Structure = Any  # None | Source | dict[str, Structure] | list[Structure]


def arguments(node: FieldNode, field: GraphQLField, variables: Inspected) -> dict[str, Structure]:
    """The arguments given to a field, and the defaults of those that have one."""
    given = {each.name.value: each.value for each in node.arguments or ()}
    found: dict[str, Structure] = {}
    for name, argument in field.args.items():
        value = read(given[name], argument.type, variables) if name in given else OMITTED
        if value is OMITTED and isinstance(argument.default_value, int):
            value = Literal(argument.default_value, get_named_type(argument.type).name)
        if value is not OMITTED:
            found[name] = value
    return found


def read(node: ValueNode, kind: GraphQLInputType, variables: Inspected) -> Structure:
    """The structure of a value written in the document."""
    if isinstance(node, VariableNode):
        return _variable((node.name.value,), kind, variables)
    if isinstance(node, NullValueNode):
        return None
    inner = kind.of_type if isinstance(kind, GraphQLNonNull) else kind
    if isinstance(inner, GraphQLInputObjectType):
        assert isinstance(node, ObjectValueNode)
        fields = {
            each.name.value: read(each.value, inner.fields[each.name.value].type, variables)
            for each in node.fields
        }
        return {name: value for name, value in fields.items() if value is not OMITTED}
    if isinstance(inner, GraphQLList):
        return _list(node, inner.of_type, variables)
    return Literal(value_from_ast(node, inner), inner.name)


def steering(structure: Structure, variables: Inspected) -> Any:
    """The value behind a structure on which the plan depends: a direction, a group key."""
    match structure:
        case Literal(value, _):
            return value
        case Variable(path):
            return variables.value(path)
        case Listed(sources):
            return [steering(each, variables) for each in sources]
    return structure


def _list(node: ValueNode, item: GraphQLInputType, variables: Inspected) -> Structure:
    nodes = node.values if isinstance(node, ListValueNode) else (node,)
    items = [value for each in nodes if (value := read(each, item, variables)) is not OMITTED]
    if isinstance(get_named_type(item), GraphQLInputObjectType):
        return items
    if all(isinstance(each, Literal) for each in items):
        return Literal(tuple(each.value for each in items), f"[{get_named_type(item).name}]")
    return Listed(tuple(Literal(None, "Null") if each is None else each for each in items))


def _variable(path: Path, kind: GraphQLInputType, variables: Inspected) -> Structure:
    given = variables.given(path)
    if given != "value":
        return OMITTED if given == "absent" else None
    inner = kind.of_type if isinstance(kind, GraphQLNonNull) else kind
    if isinstance(inner, GraphQLInputObjectType):
        return {
            key: _variable((*path, key), inner.fields[key].type, variables)
            for key in variables.keys(path)
        }
    if isinstance(inner, GraphQLList) and isinstance(get_named_type(inner), GraphQLInputObjectType):
        return [
            _variable((*path, index), inner.of_type, variables)
            for index in range(variables.length(path))
        ]
    return Variable(path)


def source(structure: Structure) -> Source:
    """A structure that carries a value."""
    assert not isinstance(structure, dict | list)
    return Literal(None, "Null") if structure is None else structure
