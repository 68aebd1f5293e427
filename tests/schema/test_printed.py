"""The schema as clients see it: committed, fresh, described in both languages."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from graphql import (
    GraphQLNamedType,
    GraphQLSchema,
    build_schema,
    is_introspection_type,
    is_specified_directive,
    is_specified_scalar_type,
    lexicographic_sort_schema,
    print_schema,
)
from graphql.type import validate_schema

from graph_store.model import MODEL, Model
from schema.root import derived, hub_schema, in_one_language, printed

_CHINESE = re.compile("[\u4e00-\u9fff]")
COMMITTED = Path(__file__).parents[2] / "schema.graphql"


def test_the_committed_schema_is_fresh() -> None:
    hint = "run: .venv/bin/bashu schema > schema.graphql"
    assert COMMITTED.read_text(encoding="utf-8") == printed(hub_schema()), hint


def test_the_grafted_schema_is_valid() -> None:
    assert validate_schema(hub_schema()) == []


def test_where_no_relation_is_walked_none_can_be_excluded() -> None:
    alone = Model((replace(MODEL["Topic"], edges=()),))
    paths = derived(alone).query_type.fields["paths"]  # type: ignore[union-attr] # it has roots
    assert "kinds" in paths.args
    assert "exclude" not in paths.args


def test_every_type_field_argument_and_value_is_described_in_chinese_and_english() -> None:
    told = _descriptions(hub_schema())
    bare = [where for where, text in told if not text or text.count(" | ") != 1]
    assert bare == []


def test_the_chinese_is_chinese_and_the_english_is_not() -> None:
    """A name that is the same everywhere, as DOI or ORCID, may stand for the Chinese."""
    wrong = []
    for where, text in _descriptions(hub_schema()):
        zh, en = str(text).split(" | ")
        if (
            _CHINESE.search(en)
            or not re.search("[a-z]", en)
            or zh == en
            or (not _CHINESE.search(zh) and not re.fullmatch(r"[A-Z0-9 /-]+", zh))
        ):
            wrong.append((where, text))
    assert wrong == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_schema_is_printed_in_one_language_alone(language: str) -> None:
    both = printed(hub_schema())
    alone = in_one_language(both, language)
    assert " | " not in "".join(re.findall(r'"""(.*?)"""', alone, re.DOTALL))
    assert bool(_CHINESE.search(alone)) == (language == "zh")
    assert print_schema(lexicographic_sort_schema(build_schema(alone))).count("\n") > 1_000
    bare = [re.sub(r'"""(.*?)"""', "", text, flags=re.DOTALL) for text in (alone, both)]
    assert bare[0] == bare[1]


def _descriptions(schema: GraphQLSchema) -> list[tuple[str, str | None]]:
    kinds = [
        kind
        for kind in schema.type_map.values()
        if not is_introspection_type(kind) and not is_specified_scalar_type(kind)
    ]
    own = [each for each in schema.directives if not is_specified_directive(each)]
    told = [(f"@{each.name}", each.description) for each in own]
    told += [
        (f"@{each.name}({name})", argument.description)
        for each in own
        for name, argument in each.args.items()
    ]
    return told + [found for kind in kinds for found in _of_type(kind)]


def _of_type(kind: GraphQLNamedType) -> list[tuple[str, str | None]]:
    found = [(kind.name, kind.description)]
    for name, part in {**getattr(kind, "fields", {}), **getattr(kind, "values", {})}.items():
        found.append((f"{kind.name}.{name}", part.description))
        found += [
            (f"{kind.name}.{name}({argument})", given.description)
            for argument, given in getattr(part, "args", {}).items()
        ]
    return found
