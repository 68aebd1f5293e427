"""The fields of a walked edge, in a row as `walked.Walked` makes it: from, to, type, zh, en, forward, field, properties."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph_store.model.words import Kind
from resolvers.build.building import Building
from resolvers.build.offered import Offered, chosen, leaf
from resolvers.shape import Field, Listing, Object

if TYPE_CHECKING:
    from graphql import FieldNode

_PROPERTY = ("name", "label", "labelEn", "value")


def edge_fields(building: Building) -> Offered:
    """What every edge offers but its ends."""

    def properties(nodes: list[FieldNode]) -> Field:
        return Listing(7, property_fields(building, nodes))

    return {
        "edge": leaf(2, Kind.TEXT),
        "name": leaf(3, Kind.TEXT),
        "nameEn": leaf(4, Kind.TEXT),
        "forward": leaf(5, Kind.FLAG),
        "field": leaf(6, Kind.TEXT, required=False),
        "properties": properties,
    }


def property_fields(building: Building, nodes: list[FieldNode]) -> Object:
    """What is told of an edge's property: name, labels, value."""
    offered: Offered = {name: leaf(at, Kind.TEXT) for at, name in enumerate(_PROPERTY)}
    return chosen(building, nodes, "EdgeProperty", offered)
