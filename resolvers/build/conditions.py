"""`where` → predicates."""

from __future__ import annotations

from collections.abc import Iterator

from graph_store.cypher.ast import (
    Compare,
    Either,
    Every,
    Known,
    OnEdge,
    Operand,
    Own,
    Predicate,
    Quantified,
    Unless,
)
from graph_store.cypher.passes.authorise import own
from graph_store.cypher.sources import Normal as InNormalForm
from graph_store.cypher.sources import Padded, Source
from graph_store.model import Hop
from graph_store.model.words import Kind, Property
from resolvers.arguments import Structure, source, steering
from resolvers.build.building import Building
from resolvers.refusals import bad_argument

_PADDED = {Kind.ID, Kind.TEXT, Kind.CHOICE}


def condition(building: Building, noun: str, where: Structure, hop: Hop | None = None) -> Predicate:
    """The predicate of a noun's `where`; `hop` is the edge that led to the record, for its `edge` conditions."""
    if where is None:
        return Every(())
    return Every(tuple(_parts(building, noun, where, hop)))


def _parts(
    building: Building, noun: str, where: dict[str, Structure], hop: Hop | None
) -> Iterator[Predicate]:
    properties, hops = building.model.properties(noun), building.model.hops(noun)
    for word, value in where.items():
        if word in properties:
            yield from _compared(
                building, own(noun, Own(properties[word])), properties[word], value
            )
        elif word in hops:
            yield from _related(building, hops[word], value)
        elif value is None:
            continue
        elif word == "edge" and hop is not None:
            for name, operators in value.items():
                yield from _compared(
                    building, OnEdge(hop.property(name)), hop.property(name), operators
                )
        elif word == "not":
            yield Unless(condition(building, noun, value, hop))
        else:
            parts = tuple(condition(building, noun, each, hop) for each in value)
            yield Every(parts) if word == "and" else Either(parts)


def _related(building: Building, hop: Hop, value: Structure) -> Iterator[Predicate]:
    if hop.one:
        quantifier = "none" if value is None else "some"
        yield Quantified(quantifier, hop, condition(building, hop.far, value, hop))
        return
    for quantifier, where in (value or {}).items():
        if where is not None:
            yield Quantified(quantifier, hop, condition(building, hop.far, where, hop))


def _compared(
    building: Building, operand: Operand, declared: Property, operators: Structure
) -> Iterator[Predicate]:
    for operator, value in (operators or {}).items():
        if operator == "isNull":
            if value is not None:
                yield Known(operand, known=not steering(value, building.variables))
        elif value is not None:
            yield Compare(operand, operator, _value(declared, operator, value))
        elif operator == "eq":
            yield Known(operand, known=False)
        else:
            message = f"{declared.name}: {{{operator}: null}} compares with nothing. Leave it out, or ask isNull."
            raise bad_argument(
                message, f"{declared.name} 的 {operator} 不能为 null。请省略该条件，或使用 isNull。"
            )


def _value(declared: Property, operator: str, value: Structure) -> Source:
    found = source(value)
    if declared.scheme is not None and operator in {"eq", "in"}:
        found = InNormalForm(found, declared.scheme)
    return Padded(found) if operator == "in" and declared.kind in _PADDED else found
