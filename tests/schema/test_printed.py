"""The schema as clients see it: committed, fresh, described in both languages."""

from __future__ import annotations

from pathlib import Path

from graphql import GraphQLNamedType, GraphQLSchema, is_introspection_type, is_specified_scalar_type
from graphql.type import validate_schema

from schema.root import hub_schema, printed

COMMITTED = Path(__file__).parents[2] / "schema.graphql"


def test_the_committed_schema_is_fresh() -> None:
    hint = "run: .venv/bin/bashu schema > schema.graphql"
    assert COMMITTED.read_text(encoding="utf-8") == printed(hub_schema()), hint


def test_the_grafted_schema_is_valid() -> None:
    assert validate_schema(hub_schema()) == []


def test_every_type_field_argument_and_value_is_described_in_chinese_and_english() -> None:
    bare = [where for where, text in _descriptions(hub_schema()) if not text or " | " not in text]
    assert bare == []


def _descriptions(schema: GraphQLSchema) -> list[tuple[str, str | None]]:
    kinds = [
        kind
        for kind in schema.type_map.values()
        if not is_introspection_type(kind) and not is_specified_scalar_type(kind)
    ]
    return [found for kind in kinds for found in _of_type(kind)]


def _of_type(kind: GraphQLNamedType) -> list[tuple[str, str | None]]:
    found = [(kind.name, kind.description)]
    for name, part in {**getattr(kind, "fields", {}), **getattr(kind, "values", {})}.items():
        found.append((f"{kind.name}.{name}", part.description))
        found += [
            (f"{kind.name}.{name}({argument})", given.description)
            for argument, given in getattr(part, "args", {}).items()
        ]
    return found
