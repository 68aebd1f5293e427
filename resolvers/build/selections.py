"""Selection sets → fields by response key: fragments opened, `@skip` and `@include` decided, equal keys merged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from graphql import (
    BooleanValueNode,
    DirectiveNode,
    FieldNode,
    FragmentSpreadNode,
    GraphQLObjectType,
    InlineFragmentNode,
    NamedTypeNode,
    SelectionNode,
    SelectionSetNode,
    VariableNode,
    is_abstract_type,
)

from resolvers.build.building import Building

Fields = dict[str, list[FieldNode]]


def collected(
    building: Building, sets: Iterable[SelectionSetNode | None], type_name: str
) -> Fields:
    """The fields asked of an object of `type_name`, in the client's order."""
    fields: Fields = {}
    seen: set[str] = set()
    for selections in sets:
        for node in _fields(building, selections, type_name, seen):
            fields.setdefault(node.alias.value if node.alias else node.name.value, []).append(node)
    return fields


def inner(nodes: list[FieldNode]) -> list[SelectionSetNode | None]:
    """The selection sets of merged fields."""
    return [node.selection_set for node in nodes]


def _fields(
    building: Building, selections: SelectionSetNode | None, type_name: str, seen: set[str]
) -> Iterator[FieldNode]:
    for node in selections.selections if selections else ():
        if not _is_wanted(building, node):
            continue
        if isinstance(node, FieldNode):
            yield node
        elif isinstance(node, InlineFragmentNode):
            if _applies(building, node.type_condition, type_name):
                yield from _fields(building, node.selection_set, type_name, seen)
        elif isinstance(node, FragmentSpreadNode) and node.name.value not in seen:
            seen.add(node.name.value)
            fragment = building.fragments[node.name.value]
            if _applies(building, fragment.type_condition, type_name):
                yield from _fields(building, fragment.selection_set, type_name, seen)


def _applies(building: Building, condition: NamedTypeNode | None, type_name: str) -> bool:
    if condition is None or condition.name.value == type_name:
        return True
    abstract, concrete = (
        building.schema.type_map[condition.name.value],
        building.schema.type_map[type_name],
    )
    return (
        is_abstract_type(abstract)
        and isinstance(concrete, GraphQLObjectType)
        and building.schema.is_sub_type(abstract, concrete)
    )


def _is_wanted(building: Building, node: SelectionNode) -> bool:
    directives = {each.name.value: each for each in node.directives or ()}
    if "skip" in directives and _condition(building, directives["skip"]):
        return False
    return "include" not in directives or _condition(building, directives["include"])


def _condition(building: Building, directive: DirectiveNode) -> bool:
    value = (directive.arguments or ())[0].value
    if isinstance(value, VariableNode):
        return bool(building.variables.value((value.name.value,)))
    assert isinstance(value, BooleanValueNode)
    return value.value
