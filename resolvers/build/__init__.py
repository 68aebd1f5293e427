"""A GraphQL operation → the question it asks (`graph_store.cypher.ast`) and the shape of its answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphql import GraphQLObjectType, OperationType

from graph_store.cypher.ast import Column, Fetch, Lookup, Question
from graph_store.cypher.sources import Named
from graph_store.cypher.sources import Normal as InNormalForm
from graph_store.model.words import Noun
from resolvers.arguments import arguments, source
from resolvers.build.building import Building, Columns, PagePlan
from resolvers.build.changes import event
from resolvers.build.connections import connection
from resolvers.build.entities import entities
from resolvers.build.history import history
from resolvers.build.neighbourhood import neighbourhood
from resolvers.build.paths import paths
from resolvers.build.records import cases, record
from resolvers.build.search import search
from resolvers.build.selections import collected, inner
from resolvers.refusals import bad_argument
from resolvers.representations import Representations
from resolvers.shape import Child, Constant, Field, Object, Varied

if TYPE_CHECKING:
    from graphql import FieldNode, OperationDefinitionNode


_WRITTEN: dict[str, Callable[[Building, list[FieldNode], Columns], Field]] = {
    "search": search,
    "paths": paths,
    "neighbourhood": neighbourhood,
    "history": history,
    "_entities": entities,
}


@dataclass(frozen=True, slots=True)
class Built:
    """A question, its answer's shape, its pages; `walked`: roots beside the data, which graphql-core resolves."""

    question: Question
    shape: Object
    pages: tuple[PagePlan | Representations, ...]
    walked: bool


def build(building: Building, operation: OperationDefinitionNode) -> Built:
    """Build a query, or what is read for the events of a subscription."""
    if operation.operation is OperationType.SUBSCRIPTION:
        question, shape = event(building, operation)
        return Built(question, shape, tuple(building.pages), walked=False)
    columns, walked = Columns(), False
    entries: list[tuple[str, Field]] = []
    roots = {noun.singular: noun for noun in building.model} | {
        noun.plural: noun for noun in building.model
    }
    for key, nodes in collected(building, [operation.selection_set], "Query").items():
        name = nodes[0].name.value
        if name == "__typename":
            entries.append((key, Constant("Query")))
        elif name in _WRITTEN:
            entries.append((key, _WRITTEN[name](building, nodes, columns)))
        elif name in roots or name in {"node", "nodes"}:
            entries.append((key, _root(building, roots.get(name), nodes, columns)))
        else:
            walked = True
    return Built(
        Question(columns.all()), Object("Query", tuple(entries)), tuple(building.pages), walked
    )


def looked_up(building: Building, noun: str, nodes: list[FieldNode]) -> Built:
    """The question for one record that a mutation names, with what is selected on it."""
    columns, far = Columns(), Columns()
    shape = record(building, noun, inner(nodes), far)
    columns.add(Lookup(noun, building.model.property(noun, "id"), Named(), far.all()))
    return Built(
        Question(columns.all()),
        Object("Query", (("record", Child(0, shape)),)),
        tuple(building.pages),
        walked=False,
    )


def _root(building: Building, noun: Noun | None, nodes: list[FieldNode], columns: Columns) -> Field:
    if noun is None:
        return _by_id(building, nodes, columns)
    if nodes[0].name.value == noun.plural:
        return connection(building, noun, nodes, columns, record)
    far = Columns()
    shape = record(building, noun.name, inner(nodes), far)
    return Child(columns.add(_lookup(building, noun, nodes[0], far.all())), shape)


def _lookup(building: Building, noun: Noun, node: FieldNode, columns: tuple[Column, ...]) -> Lookup:
    given = {name: value for name, value in _given(building, node).items() if value is not None}
    if len(given) != 1:
        message = f"{noun.singular} wants either id or by, one of them. Give exactly one."
        raise bad_argument(message, f"{noun.singular} 须且仅须给出 id 或 by 之一。", node)
    ((_, key),) = given.items()
    ((name, value),) = key.items() if isinstance(key, dict) else (("id", key),)
    declared, found = building.model.property(noun.name, name), source(value)
    return Lookup(
        noun.name,
        declared,
        found if declared.scheme is None else InNormalForm(found, declared.scheme),
        columns,
    )


def _by_id(building: Building, nodes: list[FieldNode], columns: Columns) -> Varied:
    found, shapes = cases(building, inner(nodes))
    many = nodes[0].name.value == "nodes"
    (value,) = _given(building, nodes[0]).values()
    return Varied(columns.add(Fetch(source(value), found, many)), shapes, many)


def _given(building: Building, node: FieldNode) -> dict[str, object]:
    query = building.schema.query_type
    assert isinstance(query, GraphQLObjectType)
    return arguments(node, query.fields[node.name.value], building.variables)


__all__ = ["Built", "build", "looked_up"]
