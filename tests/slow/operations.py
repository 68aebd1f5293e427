"""Hypothesis makes operations out of a schema: fields, aliases, fragments, arguments, variables, directives.

Everything is drawn from the schema; values come from a pool by the name of their scalar, so that many conditions hold for
some records and few for all.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    get_named_type,
    is_leaf_type,
)
from hypothesis import strategies as st

Draw = Any
Composite = GraphQLObjectType | GraphQLInterfaceType | GraphQLUnionType
_PAGE_SIZES = (0, 1, 2, 3, 7, 20, 1000)
# what the two paths make differently (cursors), and averages as sort keys, whose last bit depends on the order of adding
_NOT_COMPARED = {"cursor", "startCursor", "endCursor", "after", "before", "avg"}
# roots of their own, with tests of their own
_NOT_COMPARED |= {"search", "paths", "neighbourhood", "history", "model", "_service"}


@dataclass(frozen=True, slots=True)
class Shown:
    """The name of an enum's value."""

    name: str


@dataclass(frozen=True, slots=True)
class Reference:
    """`$v3`."""

    name: str


@dataclass(frozen=True, slots=True)
class Operation:
    """A document and its variables."""

    text: str
    variables: dict[str, Any]


@dataclass(slots=True)
class Writer:
    """Draws one operation and gathers its variables and fragments."""

    draw: Draw
    schema: GraphQLSchema
    pool: dict[str, tuple[Any, ...]]
    depth: int
    writes_variables: bool = True
    variables: dict[str, Any] = field(default_factory=dict)
    definitions: list[str] = field(default_factory=list)
    fragments: list[str] = field(default_factory=list)
    aliases: int = 0

    def operation(self) -> Operation:
        """A query."""
        query = self.schema.query_type
        assert query is not None
        selections = self.selections(query, self.depth)
        head = f"query Asked({', '.join(self.definitions)})" if self.definitions else "query Asked"
        return Operation(" ".join([head, selections, *self.fragments]), self.variables)

    # ------------------------------------------------------------------------------------------------------- selections
    def selections(self, kind: Composite, depth: int) -> str:
        """A selection set on a type."""
        fields = {} if isinstance(kind, GraphQLUnionType) else kind.fields
        names = [name for name, each in fields.items() if self._can_be_asked(name, each, depth)]
        count = self._integer(1, 3 if depth > 1 else 5)
        parts = [self._field(kind, name, depth) for name in self._some(names, count)]
        if not parts or self._one_in(8):
            parts.append("__typename")
        if not isinstance(kind, GraphQLObjectType):
            parts += self._of_nouns(depth)
        return "{ " + " ".join(parts) + " }"

    def _field(self, kind: Composite, name: str, depth: int) -> str:
        assert not isinstance(kind, GraphQLUnionType)
        asked = kind.fields[name]
        given = self._arguments(asked)
        far = get_named_type(asked.type)
        below = "" if is_leaf_type(far) else " " + self.selections(far, depth - 1)
        # fields that could clash are told apart by an alias; bare ones may meet again and merge
        alias = f"{self._alias()}: " if given or self._one_in(6) else ""
        written = f"{alias}{name}{given}{self._directive()}{below}"
        return self._in_fragment(kind.name, written) if self._one_in(8) else written

    def _in_fragment(self, kind: str, written: str) -> str:
        if self._one_in(2):
            on = f" on {kind}" if self._one_in(2) else ""
            return f"...{on}{self._directive()} {{ {written} }}"
        name = f"Part{len(self.fragments)}"
        self.fragments.append(f"fragment {name} on {kind} {{ {written} }}")
        return f"...{name}{self._directive()}" + (f" ...{name}" if self._one_in(4) else "")

    def _of_nouns(self, depth: int) -> list[str]:
        node = self.schema.type_map["Node"]
        assert isinstance(node, GraphQLInterfaceType)
        nouns = self.schema.get_possible_types(node)
        return [
            f"... on {each.name} {self.selections(each, depth - 1)}"
            for each in self._some(list(nouns), self._integer(0, 2))
            if depth > 1
        ]

    def _can_be_asked(self, name: str, asked: GraphQLField, depth: int) -> bool:
        return name not in _NOT_COMPARED and (depth > 1 or is_leaf_type(get_named_type(asked.type)))

    def _directive(self) -> str:
        if not self._one_in(10):
            return ""
        condition = self._maybe_variable("Boolean!", value=self._one_in(2))
        return f" @{self._of(('include', 'skip'))}(if: {_literal(condition)})"

    # --------------------------------------------------------------------------------------------------------- arguments
    def _arguments(self, asked: GraphQLField) -> str:
        if {"id", "by"} <= set(asked.args):
            by: Any = get_named_type(asked.args["by"].type)
            names = [self._of(("id", "by")) if by.fields else "id"]
        elif "first" in asked.args:
            names = [
                *self._some(["where", "orderBy"], self._integer(0, 2)),
                *self._some([self._of(("first", "last"))], 1),
            ]
        else:
            names = list(asked.args)
        given = {each: self._argument(each, asked.args[each].type) for each in names}
        written = ", ".join(
            f"{each}: {_literal(value)}" for each, value in given.items() if value is not _LEFT_OUT
        )
        return f"({written})" if written else ""

    def _argument(self, name: str, kind: Any) -> Any:
        required = name in {"id", "ids", "by"} or isinstance(kind, GraphQLNonNull)
        if name in {"first", "last", "limit"}:
            value: Any = self._of(_PAGE_SIZES)
        else:
            value = self.value(kind, 3)
        return self._maybe_variable(
            _name_of(kind, required=required), value, may_be_left_out=not required
        )

    def value(self, kind: Any, depth: int, *, required: bool = False) -> Any:
        """A value of an input type."""
        required |= isinstance(kind, GraphQLNonNull)
        inner = kind.of_type if isinstance(kind, GraphQLNonNull) else kind
        named: Any = get_named_type(inner)
        if isinstance(inner, GraphQLList) and isinstance(named, GraphQLEnumType):
            return [Shown(name) for name in self._some(list(named.values), self._integer(0, 3))]
        if isinstance(inner, GraphQLList):
            return [
                self.value(inner.of_type, depth, required=True) for _ in range(self._integer(0, 3))
            ]
        if isinstance(inner, GraphQLEnumType):
            return Shown(self._of(tuple(inner.values)))
        if isinstance(inner, GraphQLInputObjectType):
            return self._object(inner, depth)
        return self._of(self.pool[inner.name])

    def _object(self, kind: GraphQLInputObjectType, depth: int) -> dict[str, Any]:
        names = [
            name
            for name, each in kind.fields.items()
            if name not in _NOT_COMPARED and (depth > 0 or self._is_flat(each.type))
        ]
        given = {}
        for name in self._some(names, 1 if kind.is_one_of else self._integer(1, 2)):
            given[name] = self._input(kind, name, depth)
        return given

    def _input(self, kind: GraphQLInputObjectType, name: str, depth: int) -> Any:
        wanted = kind.fields[name].type
        # lists and texts are compared with something; the refusal of null is tested by hand
        must = kind.is_one_of or name not in {"eq", "isNull", "and", "or", "not"}
        if not must and self._one_in(10):
            return None if name not in {"and", "or"} else []
        value = self.value(wanted, depth - 1)
        if is_leaf_type(get_named_type(wanted)) and not isinstance(wanted, GraphQLInputObjectType):
            return self._maybe_variable(_name_of(wanted, required=must), value)
        return value

    def _is_flat(self, kind: Any) -> bool:
        inner = get_named_type(kind)
        return is_leaf_type(inner) or inner.name.endswith("Filter")

    # --------------------------------------------------------------------------------------------------------- variables
    def _maybe_variable(self, kind: str, value: Any, *, may_be_left_out: bool = False) -> Any:
        if not self.writes_variables or _mentions(value) or not self._one_in(4):
            return value
        name = f"v{len(self.definitions)}"
        default = ""
        match self._of(("given", "given", "default", "left out")):
            case "default":
                default = f" = {_literal(value)}"
            case "left out" if may_be_left_out and not kind.endswith("!"):
                pass
            case _:
                self.variables[name] = _plain(value)
        self.definitions.append(f"${name}: {kind}{default}")
        return Reference(name)

    # ------------------------------------------------------------------------------------------------------------- draws
    def _alias(self) -> str:
        self.aliases += 1
        return f"a{self.aliases}"

    def _integer(self, least: int, most: int) -> int:
        return int(self.draw(st.integers(least, most)))

    def _one_in(self, count: int) -> bool:
        return self._integer(1, count) == count

    def _of(self, values: Any) -> Any:
        return self.draw(st.sampled_from(values))

    def _some(self, values: list[Any], count: int) -> list[Any]:
        if not values or not count:
            return []
        return list(
            self.draw(st.lists(st.sampled_from(values), min_size=1, max_size=count, unique_by=str))
        )


_LEFT_OUT = object()


def operations(
    schema: GraphQLSchema, pool: dict[str, tuple[Any, ...]]
) -> st.SearchStrategy[Operation]:
    """Operations of a schema over values of a pool."""

    @st.composite
    def drawn(draw: Draw) -> Operation:
        return Writer(draw, schema, pool, draw(st.integers(2, 6))).operation()

    return drawn()


def pages(
    schema: GraphQLSchema, pool: dict[str, tuple[Any, ...]], fields: dict[str, GraphQLField]
) -> st.SearchStrategy[tuple[str, str]]:
    """A connection's field, and an order and a filter for it written out."""

    @st.composite
    def drawn(draw: Draw) -> tuple[str, str]:
        writer = Writer(draw, schema, pool, 0, writes_variables=False)
        name = draw(st.sampled_from(sorted(fields)))
        order, where = (
            writer.value(fields[name].args[each].type, 2) for each in ("orderBy", "where")
        )
        filtered = f", where: {_literal(where)}" if draw(st.booleans()) else ""
        return name, f"orderBy: {_literal(order)}{filtered}"

    return drawn()


def _name_of(kind: Any, *, required: bool) -> str:
    name = str(kind)
    return f"{name}!" if required and not name.endswith("!") else name


def _literal(value: Any) -> str:
    match value:
        case Reference(name):
            return f"${name}"
        case Shown(name):
            return name
        case dict():
            return "{" + ", ".join(f"{key}: {_literal(each)}" for key, each in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(_literal, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def _plain(value: Any) -> Any:
    match value:
        case Shown(name):
            return name
        case dict():
            return {key: _plain(each) for key, each in value.items()}
        case list():
            return [_plain(each) for each in value]
    return value


def _mentions(value: Any) -> bool:
    """Whether a variable stands within."""
    if isinstance(value, dict):
        return any(map(_mentions, value.values()))
    return any(map(_mentions, value)) if isinstance(value, list) else isinstance(value, Reference)
