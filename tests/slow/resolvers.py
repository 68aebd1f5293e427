"""One resolver for every derived field, called by graphql-core field by field; no tree, no Cypher."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import orjson
from graphql import (
    ExecutionResult,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLSchema,
    execute,
    parse,
)

from graph_store.model import Hop, Model
from graph_store.model.words import Noun, Reach
from resolvers.naming import upper_snake
from schema.root import derived
from tests.slow.reading import Group, Reading, Row

DEFAULT_PAGE = 20
MOST_ERRORS = 10


@dataclass(frozen=True, slots=True)
class Page:
    """A connection: all its rows in order, and the part that was asked for."""

    noun: str
    rows: list[Row]
    shown: list[Row]
    more: dict[str, bool]


@dataclass(frozen=True, slots=True)
class Link:
    """An edge on the way to a record."""

    row: Row


@dataclass(frozen=True, slots=True)
class Figures:
    """`sum`, `avg`, `min` or `max` of a group."""

    function: str
    rows: list[Row]


class Slow:
    """Answers operations over a graph in lists."""

    def __init__(self, model: Model) -> None:
        self.model, self.schema = model, _bare(derived(model))
        self.roots = {noun.singular: noun for noun in model} | {noun.plural: noun for noun in model}

    def answer(self, text: str, variables: dict[str, Any], reading: Reading) -> bytes:
        """The answer as JSON, made the way the hub makes it out of graphql-core's result."""
        result = execute(
            self.schema,
            parse(text),
            variable_values=variables,
            context_value=reading,
            field_resolver=self._resolve,
            type_resolver=lambda row, *_: row.noun,
        )
        assert isinstance(result, ExecutionResult)
        errors = [error.formatted for error in (result.errors or [])[:MOST_ERRORS]]
        return orjson.dumps(({"errors": errors} if errors else {}) | {"data": result.data})

    def asked(self, text: str, variables: dict[str, Any], reading: Reading) -> Any:
        """The answer, read back from its JSON."""
        return orjson.loads(self.answer(text, variables, reading))

    def _resolve(self, source: Any, info: GraphQLResolveInfo[Any], **given: Any) -> Any:
        reading, name = info.context, info.field_name
        match source:
            case Row():
                return self._of_record(reading, source, name, given)
            case Page():
                return self._of_page(reading, source, name, given)
            case Link(row):
                return row if name == "node" else row.tie.properties.get(name) if row.tie else None
            case Group():
                return self._of_group(source, name)
            case Figures(function, rows):
                return reading.figure(rows, function, name)
            case dict():
                return source[name]
        return self._of_query(reading, name, given)

    def _of_query(self, reading: Reading, name: str, given: dict[str, Any]) -> Any:
        if name == "node":
            return _by_id(reading, given["id"])
        if name == "nodes":
            return [_by_id(reading, each) for each in given["ids"]]
        if name == "_entities":
            return [_entity(reading, self.model, each) for each in given["representations"]]
        noun = self.roots[name]
        return (
            _page(reading, reading.every(noun.name), given, noun.name)
            if name == noun.plural
            else _looked_up(reading, noun, given)
        )

    def _of_record(self, reading: Reading, row: Row, name: str, given: dict[str, Any]) -> Any:
        declared = self.model.properties(row.noun).get(name)
        if declared is not None:
            return reading.shown(row, declared)
        hops = self.model.hops(row.noun)
        if name not in hops:
            return next(map(Link, reading.across(row, hops[name.removesuffix("Edge")])), None)
        return _across(reading, row, hops[name], given)

    def _of_page(self, reading: Reading, page: Page, name: str, given: dict[str, Any]) -> Any:
        match name:
            case "totalCount":
                return len(page.rows)
            case "nodes":
                return page.shown
            case "edges":
                return [Link(row) for row in page.shown]
            case "pageInfo":
                return page.more
        return reading.groups(page.noun, page.rows, given["by"], given["limit"])

    def _of_group(self, group: Group, name: str) -> Any:
        if name == "count":
            return len(group.rows)
        return (
            Figures(name, group.rows)
            if name in {"sum", "avg", "min", "max"}
            else group.values.get(upper_snake(name))
        )


def _across(reading: Reading, row: Row, hop: Hop, given: dict[str, Any]) -> Any:
    rows = reading.across(row, hop)
    if hop.reach is Reach.ONE:
        return next(iter(rows), None)
    return (
        reading.ordered(rows, None)
        if hop.reach is Reach.FEW
        else _page(reading, rows, given, hop.far)
    )


def _page(reading: Reading, rows: list[Row], given: dict[str, Any], noun: str) -> Page:
    found = [row for row in rows if reading.satisfies(row, given.get("where"))]
    rows = reading.ordered(found, given.get("orderBy"))
    first, last = given.get("first"), given.get("last")
    if last is not None:
        return Page(
            noun,
            rows,
            rows[len(rows) - min(last, len(rows)) :],
            {"hasNextPage": False, "hasPreviousPage": last < len(rows)},
        )
    count = DEFAULT_PAGE if first is None else first
    return Page(
        noun, rows, rows[:count], {"hasNextPage": count < len(rows), "hasPreviousPage": False}
    )


def _by_id(reading: Reading, id_: str) -> Row | None:
    found = reading.graph.by_id.get(id_)
    if found is None or reading.model[found[0]].log:  # what is in a log is no node
        return None
    return row if reading.sees(row := Row(*found)) else None


def _entity(reading: Reading, model: Model, given: dict[str, str]) -> Row | None:
    (_, noun), (key, value) = given.items()
    return _looked_up(reading, model[noun], {"by": {key: value}})


def _looked_up(reading: Reading, noun: Noun, given: dict[str, Any]) -> Row | None:
    by = {name: value for name, value in (given.get("by") or {}).items() if value is not None} or {
        "id": given["id"]
    }
    return next(
        (
            row
            for row in reading.every(noun.name)
            if reading.satisfies(row, {name: {"eq": value} for name, value in by.items()})
        ),
        None,
    )


def _bare(schema: GraphQLSchema) -> GraphQLSchema:
    """The schema without its resolvers and type resolvers, so that `execute` is given others."""
    for kind in schema.type_map.values():
        if isinstance(kind, GraphQLObjectType) and not kind.name.startswith("__"):
            for field in kind.fields.values():
                field.resolve = None
        elif hasattr(kind, "resolve_type"):
            kind.resolve_type = None
    return schema
