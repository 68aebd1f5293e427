"""Derived types put wherever a written type names them: one schema of derived (graphql-core) and written parts (Strawberry).

A written type stands for a derived one when it has its name: placeholders of records, and the enums and scalars of the model.
Strawberry's resolvers keep working because the new schema carries Strawberry's own definition in its extensions.
"""

from __future__ import annotations

from asyncio import gather
from collections.abc import Awaitable, Callable
from functools import wraps
from inspect import isawaitable
from typing import Any

from graphql import (
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLSchema,
    get_named_type,
)

from resolvers.records import Record

_RECORDS = (GraphQLObjectType, GraphQLInterfaceType)


def graft(
    derived: GraphQLSchema, written: GraphQLSchema, subscription: GraphQLObjectType
) -> GraphQLSchema:
    """One schema: the derived and the written questions, the written mutations, the subscriptions."""
    known = dict(derived.type_map)
    query = _with_written(derived, written)
    known["Query"] = query
    for kind in list(written.type_map.values()):
        if kind.name in derived.type_map or kind.name.startswith("__"):
            continue
        if isinstance(kind, GraphQLObjectType):
            for field in kind.fields.values():
                _graft_field(field, known)
        elif isinstance(kind, GraphQLInputObjectType):
            for value in kind.fields.values():
                value.type = _put(value.type, known)
    return GraphQLSchema(
        query=query,
        mutation=written.mutation_type,
        subscription=subscription,
        types=[*known.values()],
        extensions=written.extensions,
    )


def _with_written(derived: GraphQLSchema, written: GraphQLSchema) -> GraphQLObjectType:
    """The derived `Query` with the written questions beside its own."""
    query, further = derived.query_type, written.query_type
    assert query is not None
    assert further is not None
    for field in further.fields.values():
        _graft_field(field, derived.type_map)
    fields = {**query.fields, **further.fields}
    return GraphQLObjectType(query.name, fields, description=query.description)


def _graft_field(field: GraphQLField, known: dict[str, GraphQLNamedType]) -> None:
    for argument in field.args.values():
        argument.type = _put(argument.type, known)
    if isinstance(known.get(get_named_type(field.type).name), _RECORDS):
        field.resolve = _reading(field.resolve)
    field.type = _put(field.type, known)


def _put(kind: Any, known: dict[str, GraphQLNamedType]) -> Any:
    if isinstance(kind, GraphQLNonNull):
        return GraphQLNonNull(_put(kind.of_type, known))
    if isinstance(kind, GraphQLList):
        return GraphQLList(_put(kind.of_type, known))
    return known.get(kind.name, kind)


def _reading(resolve: Callable[..., Any] | None) -> Callable[..., Awaitable[Any]]:
    """A resolver that gives a `Record`, or a list of them → one that reads them for the viewer, after the deed, as selected."""
    assert resolve is not None

    @wraps(resolve)
    async def read(source: Any, info: GraphQLResolveInfo[Any], **arguments: Any) -> Any:
        record = resolve(source, info, **arguments)
        if isawaitable(record):
            record = await record
        if isinstance(record, list):
            return await gather(*(_read(each, info) for each in record))
        return await _read(record, info)

    return read


async def _read(record: Any, info: GraphQLResolveInfo[Any]) -> Any:
    if not isinstance(record, Record):
        return record
    found = await info.context.read(record, info)
    return found and {"": record.noun, **found}  # where the field's type is an interface
