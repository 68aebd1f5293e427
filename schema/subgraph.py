"""The schema as an Apollo Federation 2 subgraph: our own printer, since graphql-core prints no applied directives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from graphql import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_introspection_type,
    is_specified_scalar_type,
    lexicographic_sort_schema,
    print_type,
)
from graphql.utilities.print_schema import (
    print_args,
    print_block,
    print_deprecated,
    print_description,
    print_implemented_interfaces,
)

from graph_store.model import Model
from graph_store.model.words import PUBLIC, Noun
from resolvers.representations import entity_keys

# 2.9 is the newest that both composers know (November 2026), and the first with @cost and @listSize
LINK = """extend schema
  @link(
    url: "https://specs.apollo.dev/federation/v2.9"
    import: ["@key", "@shareable", "@tag", "@cost", "@listSize"]
  )"""

_MACHINERY = frozenset({"_Any", "_Entity", "_Service", "_entities", "_service"})

# what means the same wherever it is made, so that another subgraph may have it too
_VALUES = frozenset({"PageInfo", "HighlightSegment", "Highlight", "EdgeProperty"})
_VALUE_INTERFACE = "Fact"

_WEIGHTS = {
    "totalCount": 10,
    "groups": 20,
    "search": 50,
    "neighbourhood": 50,
    "history": 50,
    "paths": 100,
}
"""What a field costs beside what it returns, in federation's unit: an object of an answer is 1, a mutation 10."""

_PAGE, _FEW = 20, 5


def subgraph(schema: GraphQLSchema, model: Model) -> str:
    """The SDL for a composer, sorted; without the fields and types which every subgraph has for its gateway."""
    return "\n\n".join([LINK, *_definitions(lexicographic_sort_schema(schema), model)]) + "\n"


def _definitions(schema: GraphQLSchema, model: Model) -> Iterator[str]:
    for kind in schema.type_map.values():
        if is_introspection_type(kind) or is_specified_scalar_type(kind):
            continue
        if kind.name not in _MACHINERY:
            yield _definition(kind, model)


def _definition(kind: GraphQLNamedType, model: Model) -> str:
    if not isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
        # @oneOf is the hub's own to check: Apollo's composer refuses it (2.14, "Unknown directive")
        return print_type(kind).replace(f"input {kind.name} @oneOf", f"input {kind.name}", 1)
    word = "type" if isinstance(kind, GraphQLObjectType) else "interface"
    directives = _applied(_of_type(kind, model.nouns.get(kind.name)))
    head = f"{word} {kind.name}{print_implemented_interfaces(kind)}{directives}"
    fields = [
        _field(kind, name, each, model)
        for name, each in kind.fields.items()
        if name not in _MACHINERY
    ]
    return print_description(kind) + head + print_block(fields)


def _field(
    kind: GraphQLObjectType | GraphQLInterfaceType, name: str, field: GraphQLField, model: Model
) -> str:
    # interfaces have no price: the spec prices the object that is met
    found = _of_field(kind, name, field, model) if isinstance(kind, GraphQLObjectType) else ()
    described: Any = field  # print_schema hands fields to it as well; its annotation forgets them
    return (
        f"{print_description(described, '  ')}  {name}{print_args(field.args, '  ')}: {field.type}"
        f"{print_deprecated(field.deprecation_reason)}{_applied(found)}"
    )


def _of_type(kind: GraphQLObjectType | GraphQLInterfaceType, noun: Noun | None) -> Iterator[str]:
    if noun is not None:
        yield from (f'@key(fields: "{each.name}")' for each in entity_keys(noun))
        yield _tag("reference" if noun.is_reference else "record")
    elif kind.name in _VALUES or _is_fact(kind):
        yield "@shareable"


def _of_field(
    kind: GraphQLObjectType, name: str, field: GraphQLField, model: Model
) -> Iterator[str]:
    declared = model.properties(kind.name).get(name) if kind.name in model.nouns else None
    if declared is not None and declared.level is not PUBLIC:
        yield _tag(f"level-{declared.level.value}")
    if declared is not None and name == "synthetic":
        yield _tag("synthetic")
    if kind.name == "Mutation":
        yield _tag("writes")
    if name in _WEIGHTS and (kind.name == "Query" or kind.name.endswith("Connection")):
        yield f"@cost(weight: {_WEIGHTS[name]})"
    if not kind.name.endswith("Connection"):  # whose lists are sized by the field that leads to it
        yield from _sized(field)
    elif name == "groups":
        yield _list_size(_PAGE, ["limit"], [])


def _sized(field: GraphQLField) -> Iterator[str]:
    """How long a list may be: a page by `first` or `last`; a list that is given whole a few."""
    far = get_named_type(field.type)
    if isinstance(far, GraphQLObjectType) and far.name.endswith("Connection"):
        by = [each for each in ("first", "last") if each in field.args]
        yield _list_size(_PAGE, by, ["nodes", "edges"])
    elif isinstance(far, GraphQLObjectType) and "[" in str(field.type) and not field.args:
        yield _list_size(_FEW, [], [])


def _list_size(assumed: int, arguments: Iterable[str], fields: Iterable[str]) -> str:
    given = [f"assumedSize: {assumed}"]
    given += [f"slicingArguments: {_texts(arguments)}"] if arguments else []
    given += [f"sizedFields: {_texts(fields)}"] if fields else []
    return f"@listSize({', '.join([*given, 'requireOneSlicingArgument: false'])})"


def _is_fact(kind: GraphQLObjectType | GraphQLInterfaceType) -> bool:
    return isinstance(kind, GraphQLObjectType) and any(
        each.name == _VALUE_INTERFACE for each in kind.interfaces
    )


def _tag(name: str) -> str:
    return f'@tag(name: "{name}")'


def _texts(values: Iterable[str]) -> str:
    return "[" + ", ".join(f'"{each}"' for each in values) + "]"


def _applied(directives: Iterable[str]) -> str:
    return "".join(f" {each}" for each in directives)
