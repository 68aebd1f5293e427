"""The subgraph's SDL: every noun an entity by all its public keys, lists sized, and nothing that composers refuse."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
from graphql import (
    DirectiveNode,
    DocumentNode,
    FieldDefinitionNode,
    ObjectTypeDefinitionNode,
    parse,
    value_from_ast_untyped,
)

from graph_store.model import MODEL
from graph_store.model.words import PUBLIC
from schema.root import hub_schema
from schema.subgraph import subgraph

KNOWN = {"link", "key", "shareable", "tag", "cost", "listSize", "deprecated", "specifiedBy"}


@pytest.fixture(scope="module")
def sdl() -> str:
    """The text."""
    return subgraph(hub_schema(), MODEL)


@pytest.fixture(scope="module")
def types(sdl: str) -> dict[str, ObjectTypeDefinitionNode]:
    """The object types in it."""
    document: DocumentNode = parse(sdl)
    return {
        each.name.value: each
        for each in document.definitions
        if isinstance(each, ObjectTypeDefinitionNode)
    }


def applied(node: ObjectTypeDefinitionNode | FieldDefinitionNode) -> list[tuple[str, Any]]:
    """The directives on a type or field, each with its arguments."""
    return [(each.name.value, _arguments(each)) for each in node.directives or ()]


def _arguments(directive: DirectiveNode) -> dict[str, Any]:
    return {
        each.name.value: value_from_ast_untyped(each.value) for each in directive.arguments or ()
    }


def fields(node: ObjectTypeDefinitionNode) -> dict[str, FieldDefinitionNode]:
    """The fields of a type."""
    return {each.name.value: each for each in node.fields or ()}


@pytest.mark.parametrize(
    "noun", [noun for noun in MODEL if not noun.log], ids=lambda noun: noun.name
)
def test_a_noun_is_an_entity_by_its_id_and_each_identifier_that_everybody_may_see(
    types: dict[str, ObjectTypeDefinitionNode], noun: Any
) -> None:
    keys = [given["fields"] for name, given in applied(types[noun.name]) if name == "key"]
    public = [each.name for each in noun.properties if each.key and each.level is PUBLIC]
    assert keys == ([] if noun.log else public)
    assert public[0] == "id"


def test_what_is_not_everybodys_to_see_is_tagged_with_its_level(
    types: dict[str, ObjectTypeDefinitionNode],
) -> None:
    for noun in MODEL:
        for declared in noun.properties:
            tags = applied(fields(types[noun.name])[declared.name])
            level = ("tag", {"name": f"level-{declared.level.value}"})
            assert (level in tags) == (declared.level is not PUBLIC)
    assert ("tag", {"name": "level-institution"}) in applied(
        fields(types["Instrument"])["assetNumber"]
    )


def test_each_list_is_sized_once_and_connections_by_what_slices_them(
    types: dict[str, ObjectTypeDefinitionNode],
) -> None:
    for name in ("Query", "Institution"):
        given = dict(applied(fields(types[name])["instruments"]))["listSize"]
        assert given["slicingArguments"] == ["first", "last"]
        assert given["sizedFields"] == ["nodes", "edges"]
    connection = fields(types["InstrumentConnection"])
    assert [applied(connection[each]) for each in ("nodes", "edges")] == [[], []]
    assert dict(applied(connection["groups"]))["listSize"]["slicingArguments"] == ["limit"]
    assert dict(applied(connection["totalCount"])) == {"cost": {"weight": 10}}


def test_only_directives_that_both_composers_know_are_applied_and_no_machinery_is_told(
    sdl: str, types: dict[str, ObjectTypeDefinitionNode]
) -> None:
    used = {name for node in types.values() for name, _ in applied(node)}
    used |= {
        name
        for node in types.values()
        for each in fields(node).values()
        for name, _ in applied(each)
    }
    assert used <= KNOWN
    assert "@oneOf" not in sdl
    assert not {"_Any", "_Entity", "_Service"} & set(types)
    assert not {"_entities", "_service"} & set(fields(types["Query"]))


def test_types_and_fields_keep_their_descriptions_in_both_languages(
    types: dict[str, ObjectTypeDefinitionNode],
) -> None:
    described: list[ObjectTypeDefinitionNode | FieldDefinitionNode] = [
        *types.values(),
        *(each for node in types.values() for each in fields(node).values()),
    ]
    bare = [
        each.name.value
        for each in described
        if each.description is None or " | " not in each.description.value
    ]
    assert bare == []


def test_the_command_prints_it(sdl: str) -> None:
    command = [sys.executable, "cli.py", "schema", "--federation"]
    assert subprocess.check_output(command, text=True) == sdl
