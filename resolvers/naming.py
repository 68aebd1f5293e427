"""The names that follow from the model, written once for the schema, which makes them, and `build`, which reads them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph_store.model.words import Kind, Option, Options, Property

if TYPE_CHECKING:
    from graph_store.model import Hop, Model

SUMS = ("sum", "avg")
EXTREMES = ("min", "max")
_GROUPED = {Kind.CHOICE, Kind.FLAG, Kind.INTEGER}
_COMPARED = {Kind.INTEGER, Kind.NUMBER, Kind.DAY, Kind.INSTANT}


def summed(properties: tuple[Property, ...]) -> tuple[Property, ...]:
    """The properties that `sum` and `avg` offer."""
    return tuple(each for each in properties if each.numeric and not each.restricted)


def compared(properties: tuple[Property, ...]) -> tuple[Property, ...]:
    """The properties that `min` and `max` offer."""
    return tuple(each for each in properties if each.kind in _COMPARED and not each.restricted)


def ordered(properties: tuple[Property, ...]) -> tuple[Property, ...]:
    """The properties that `orderBy` offers."""
    return tuple(
        each for each in properties if each.sortable or each.kind in {*_GROUPED, *_COMPARED}
    )


def capital(word: str) -> str:
    """`people` → `People`."""
    return word[0].upper() + word[1:]


def upper_snake(word: str) -> str:
    """`ownerDivision` → `OWNER_DIVISION`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", word).upper()


def edge_title(hop: Hop) -> str:
    """The prefix of the input types of an edge's properties: `AFFILIATED_WITH` → `AffiliatedWith`."""
    return "".join(part.capitalize() for part in hop.edge.type.split("_"))


def far_title(hop: Hop) -> str:
    """The prefix of the types at the end of a hop: the hop's own when its edge has properties, else the far noun's."""
    return hop.title if hop.edge.properties else hop.far


def noun_kinds(model: Model) -> Options:
    """The nouns as values of a choice, `NounKind`; a value is the noun's part of an id."""
    return Options("NounKind", tuple(Option(noun.word, noun.zh, noun.en) for noun in model))


@dataclass(frozen=True, slots=True)
class GroupKey:
    """What a connection can be grouped by: `name` is the field of the group, its upper snake the enum's value."""

    name: str
    hops: tuple[Hop, ...]
    property: Property | None
    zh: str
    en: str


def group_keys(model: Model, noun: str) -> dict[str, GroupKey]:
    """By enum value: a noun's own choices, flags and whole numbers; records one and two to-one hops away, and their choices."""
    keys = [
        GroupKey(each.name, (), each, each.zh, each.en)
        for each in model[noun].properties
        if _groupable(each)
    ]
    for hop in _ones(model, noun):
        keys.append(GroupKey(hop.name, (hop,), None, hop.zh, hop.en))
        for each in model[hop.far].properties:
            if each.kind is Kind.CHOICE and each.name != "visibility":
                words = f"{hop.zh}的{each.zh}", f"{each.en}, of: {hop.en}"
                keys.append(GroupKey(hop.name + capital(each.name), (hop,), each, *words))
        for further in _ones(model, hop.far):
            words = f"{hop.zh}的{further.zh}", f"{further.en}, of: {hop.en}"
            keys.append(GroupKey(hop.name + capital(further.name), (hop, further), None, *words))
    return {upper_snake(key.name): key for key in keys}


def _groupable(declared: Property) -> bool:
    return (
        declared.kind in _GROUPED
        and not declared.restricted
        and declared.name not in {"version", "visibility"}
    )


def _ones(model: Model, noun: str) -> list[Hop]:
    return [hop for hop in model.hops(noun).values() if hop.one]
