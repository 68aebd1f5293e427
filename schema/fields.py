"""Fields of answers that the engine decodes: described in both languages, resolved by the one resolver `bridge`."""

from __future__ import annotations

from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLField,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLResolveInfo,
)


def bridge(source: Any, info: GraphQLResolveInfo[Any], **_arguments: Any) -> Any:
    """The field's value in the decoded answer; see `from_model.py`."""
    return source[info.path.key]


def field(
    kind: Any, zh: str, en: str, arguments: dict[str, GraphQLArgument] | None = None
) -> GraphQLField:
    """A field over the bridge."""
    return GraphQLField(kind, arguments, resolve=bridge, description=f"{zh} | {en}")


def object_type(name: str, zh: str, en: str, fields: dict[str, GraphQLField]) -> GraphQLObjectType:
    """An object type described in both languages."""
    return GraphQLObjectType(name, fields, description=f"{zh} | {en}")


def required(kind: Any) -> Any:
    """`T!`, of output and input types alike."""
    return GraphQLNonNull(kind)


def list_of(kind: Any) -> Any:
    """`[T!]!`."""
    return GraphQLNonNull(GraphQLList(GraphQLNonNull(kind)))
