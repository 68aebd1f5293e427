"""Fields of answers that the engine decodes: described in both languages, resolved by the one resolver `bridge`."""

from __future__ import annotations

from typing import Any

from graphql import GraphQLArgument, GraphQLField, GraphQLOutputType, GraphQLResolveInfo


def bridge(source: Any, info: GraphQLResolveInfo[Any], **_arguments: Any) -> Any:
    """The field's value in the decoded answer; see `from_model.py`."""
    return source[info.path.key]


def field(
    kind: GraphQLOutputType, zh: str, en: str, arguments: dict[str, GraphQLArgument] | None = None
) -> GraphQLField:
    """A field over the bridge."""
    return GraphQLField(kind, arguments, resolve=bridge, description=f"{zh} | {en}")
