"""`orderBy` → sort keys, made total by the id."""

from __future__ import annotations

from graph_store.cypher.ast import EdgeNumber, Key, OnEdge, Operand, Own, Related, Total
from graph_store.cypher.passes.authorise import own
from graph_store.model import Hop
from resolvers.arguments import Structure, steering
from resolvers.build.building import Building


def sort_keys(
    building: Building, noun: str, order_by: Structure, hop: Hop | None = None
) -> tuple[Key, ...]:
    """The keys asked for, up to and including the id, which is added in the last key's direction.

    Over a hop the edge's number follows: two records may be tied more than once, and each tie is a row.
    """
    keys: list[Key] = []
    for each in order_by or ():
        key = _key(building, noun, each, hop)
        if key is not None and key.operand not in {known.operand for known in keys}:
            keys.append(key)
        if keys and _is_id(keys[-1]):
            break
    descending = bool(keys) and keys[-1].descending
    own_id = Key(Own(building.model.property(noun, "id")), descending=descending, nullable=False)
    if not keys or not _is_id(keys[-1]):
        keys.append(own_id)
    return (*keys, *([Key(EdgeNumber(), descending=descending, nullable=False)] if hop else []))


def _is_id(key: Key) -> bool:
    return isinstance(key.operand, Own) and key.operand.property.name == "id"


def _key(building: Building, noun: str, one: dict[str, Structure], hop: Hop | None) -> Key | None:
    """One key, or None where a null was given for it."""
    ((word, value),) = one.items()
    if value is None:
        return None
    if word == "edge" and hop is not None:
        ((name, direction),) = value.items()
        return _directed(building, OnEdge(hop.property(name)), direction, nullable=True)
    declared = building.model.properties(noun).get(word)
    if declared is not None:
        operand = own(noun, Own(declared))
        return _directed(
            building, operand, value, nullable=not declared.required or operand != Own(declared)
        )
    return _related(building, building.model.hops(noun)[word], value)


def _related(building: Building, hop: Hop, value: dict[str, Structure]) -> Key | None:
    if hop.one:
        key = _key(building, hop.far, value, hop)
        return key and Key(Related(hop, key.operand), descending=key.descending)
    ((function, figure),) = value.items()
    if function == "count":
        return _directed(building, Total(hop, "count"), figure, nullable=False)
    if figure is None:
        return None
    ((name, direction),) = figure.items()
    total = Total(hop, function, building.model.property(hop.far, name))
    return _directed(building, total, direction, nullable=function != "sum")


def _directed(
    building: Building, operand: Operand, direction: Structure, *, nullable: bool
) -> Key | None:
    asked = steering(direction, building.variables)
    return None if asked is None else Key(operand, descending=asked == "desc", nullable=nullable)
