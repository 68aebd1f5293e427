"""The fields of a walked edge, in a row as `walked.Walked` makes it: from, to, type, zh, en, forward, field, properties."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph_store.model.words import Kind
from resolvers.build.building import Building
from resolvers.build.selections import collected, inner
from resolvers.build.search import leaf
from resolvers.shape import Constant, Field, Listing, Object

if TYPE_CHECKING:
    from graphql import FieldNode

_COLUMNS = {
    "edge": (2, Kind.TEXT, True),
    "name": (3, Kind.TEXT, True),
    "nameEn": (4, Kind.TEXT, True),
    "forward": (5, Kind.FLAG, True),
    "field": (6, Kind.TEXT, False),
}
_PROPERTY = ("name", "label", "labelEn", "value")


def edge_field(building: Building, nodes: list[FieldNode]) -> Field:
    """One field of an edge but its ends."""
    name = nodes[0].name.value
    if name == "properties":
        return Listing(7, _property(building, nodes))
    index, kind, required = _COLUMNS[name]
    return leaf(index, name, kind, required=required)


def _property(building: Building, nodes: list[FieldNode]) -> Object:
    fields = collected(building, inner(nodes), "EdgeProperty").items()
    return Object("EdgeProperty", tuple((key, _value(each[0].name.value)) for key, each in fields))


def _value(name: str) -> Field:
    if name == "__typename":
        return Constant("EdgeProperty")
    return leaf(_PROPERTY.index(name), name, Kind.TEXT)
