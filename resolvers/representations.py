"""Representations, by which a gateway names entities: which noun and key each one gives, checked and sorted out.

    [{"__typename": "Instrument", "id": "cd-instrument-7"}, {"__typename": "Institution", "ror": "011ashp19"}]

Which nouns and keys occur steers the plan; the values of the keys and the order are bound.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graphql import GraphQLError, VariableNode, print_ast, value_from_ast_untyped
from graphql.pyutils import Undefined

from graph_store.cypher.sources import Literal, Source, Variable
from graph_store.model.words import Noun, Property
from resolvers.refusals import refusal

if TYPE_CHECKING:
    from graphql import FieldNode

    from graph_store.model import Model

NamedBy = tuple[str, str]
"""A noun and one of its keys."""

_NOBODY = "\0"  # is in no record: the place of a key that was given as null
_NOT_GIVEN = (None, Undefined)  # a variable that was left out leaves Undefined in a literal
_TYPE = "__typename"


def entity_keys(noun: Noun) -> tuple[Property, ...]:
    """The keys by which a noun's records are entities: what is unique and everybody's to see; a log has none."""
    if noun.log:
        return ()
    return tuple(each for each in noun.properties if each.key and not each.restricted)


@dataclass(frozen=True, slots=True)
class Arranged:
    """One request's representations: the values of each key in order, and for each place the number of its batch."""

    keys: dict[NamedBy, list[str]]
    order: list[int]

    def placed(self, batches: list[list[Any]]) -> list[Any]:
        """The records of all batches, each in its place; what padding added is left over."""
        if len(batches) == 1:
            return batches[0][: len(self.order)]
        following = [iter(batch).__next__ for batch in batches]
        return [following[number]() for number in self.order]


class Representations:
    """The argument of one `_entities` field, written out or given as a variable."""

    __slots__ = ("_field", "_given", "_keys", "source")

    def __init__(self, model: Model, field: FieldNode) -> None:
        self._field = field
        keys = {noun.name: tuple(each.name for each in entity_keys(noun)) for noun in model}
        self._keys = {noun: names for noun, names in keys.items() if names}
        self.source, self._given = _reader(field)

    def kinds(self, variables: dict[str, Any]) -> tuple[NamedBy, ...]:
        """The nouns and keys that occur, sorted. Raises GraphQLError for the first that names no entity."""
        return tuple(self.arranged(variables).keys)

    def arranged(self, variables: dict[str, Any]) -> Arranged:
        """The keys by noun and key, and the order. Raises GraphQLError."""
        keys: dict[NamedBy, list[str]] = {}
        kinds: list[NamedBy] = []
        for index, each in enumerate(self._given(variables)):
            kind = self._kind(index, each)
            value = each[kind[1]]
            if type(value) is not str:
                value = self._nobody(index, kind, value)
            kinds.append(kind)
            keys.setdefault(kind, []).append(value)
        number = {kind: number for number, kind in enumerate(sorted(keys))}
        return Arranged({kind: keys[kind] for kind in number}, [number[kind] for kind in kinds])

    def _kind(self, index: int, given: Any) -> NamedBy:
        """The noun and the first of its keys that is given; a key that is null counts where there is no other.

        A gateway that has met a record by two keys may send both: they name the same record, and the id comes first.
        """
        if type(given) is not dict:
            raise self._refused(index, *_NO_OBJECT)
        type_: Any = given.get(_TYPE)
        keys = self._keys.get(type_) if type(type_) is str else None
        if keys is None:
            raise self._refused(index, *_unknown(type_, [*self._keys]))
        for key in keys:
            if given.get(key) not in _NOT_GIVEN:
                return type_, key
        for key in keys:
            if key in given:
                return type_, key
        raise self._refused(index, *_without_key(type_, keys))

    def _nobody(self, index: int, kind: NamedBy, value: Any) -> str:
        """What null is looked up as. Raises GraphQLError for what is no text."""
        if value not in _NOT_GIVEN:
            raise self._refused(index, *_no_text(*kind))
        return _NOBODY

    def _refused(self, index: int, message: str, message_zh: str) -> GraphQLError:
        field = self._field
        name = field.alias.value if field.alias else field.name.value
        return refusal(
            "BAD_REPRESENTATION",
            f"Representation {index} {message}",
            f"第 {index} 个实体表示{message_zh}",
            field,
            [name, index],
        )


def _reader(field: FieldNode) -> tuple[Source, Callable[[dict[str, Any]], list[Any]]]:
    """The argument as a source of the tree, and how its value is found in the coerced variables."""
    node = (field.arguments or ())[0].value
    if isinstance(node, VariableNode):
        name = node.name.value
        return Variable((name,)), lambda variables: _listed(variables[name], field)

    def written(variables: dict[str, Any]) -> list[Any]:
        return _listed(value_from_ast_untyped(node, variables), field)

    return Literal(print_ast(node), "_Any"), written


def _listed(value: Any, field: FieldNode) -> list[Any]:
    """One stands for a list of one; null can come through a variable that has a default."""
    if value is None:
        raise refusal("BAD_REPRESENTATION", *_NO_LIST, field)
    return value if isinstance(value, list) else [value]


_NO_LIST = (
    "The representations are null. Send a list of them, which may be empty.",
    "实体表示为 null。请给出列表，可以为空。",
)
_NO_OBJECT = (
    'is no object. Send the type and one key of each entity: {"__typename": "Instrument", "id": "…"}.',
    '不是对象。请给出实体的类型和一个键：{"__typename": "Instrument", "id": "…"}。',
)


def _unknown(type_: object, nouns: list[str]) -> tuple[str, str]:
    given = f"{type_!r:.60}" if type_ is not None else "no __typename"
    known = ", ".join(nouns)
    return (
        f"has {given}, which is no entity of this subgraph. Name one of {known}; or compose the supergraph anew.",
        f"的 __typename 是 {given}，不是本子图的实体。请使用 {known} 之一，或重新合成超图。",
    )


def _without_key(noun: str, keys: tuple[str, ...]) -> tuple[str, str]:
    known = ", ".join(keys)
    return (
        f"gives no key of {noun}. Give one of {known}.",
        f"没有给出 {noun} 的键。请给出 {known} 之一。",
    )


def _no_text(noun: str, key: str) -> tuple[str, str]:
    return (
        f"gives {noun}.{key} as something else than text. Send the identifier as a JSON string.",
        f"的 {noun}.{key} 不是文本。请以 JSON 字符串给出标识。",
    )
