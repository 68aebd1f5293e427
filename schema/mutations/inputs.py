"""Input types of mutations, made from the model: what a property or an edge is stands there alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple, get_args

import strawberry
from strawberry.types import has_object_definition

from graph_store.commands.ends import ByDay
from graph_store.commands.records import Rules, writable_on
from graph_store.model import MODEL, Hop
from graph_store.model.words import Property, Reach
from schema.placeholders import leaf


class Given(NamedTuple):
    """One field of an input type; `kind` is its annotation, never null."""

    kind: Any
    zh: str
    en: str
    required: bool = False


ID = Given(strawberry.ID, "记录标识", "The record's id", required=True)
VERSION = Given(
    int,
    "读取时的版本，已变更则拒绝",
    "Version as it was read; refused once it has changed",
    required=True,
)
ON = Given(
    leaf(MODEL.property("Person", "endedOn")),
    "最后一天，默认今天",
    "Its last day, today unless given",
)


def input_type(name: str, description: str, fields: Mapping[str, Given]) -> Any:
    """A Strawberry input; what is not required may be left out, which is not the same as null."""
    body: dict[str, Any] = {"__annotations__": {}}
    for word, each in sorted(fields.items(), key=lambda field: not field[1].required):
        described = f"{each.zh} | {each.en}"
        body["__annotations__"][word] = each.kind if each.required else each.kind | None
        body[word] = (
            strawberry.field(description=described)
            if each.required
            else strawberry.field(description=described, default=strawberry.UNSET)
        )
    made = strawberry.input(type(name, (), body), description=description)
    if not any(_is_input(each.kind) for each in fields.values()):
        # graphql-core has coerced the values; Strawberry would look up each field's type and name again at every request
        made.__strawberry_definition__.from_input = _taken  # type: ignore[attr-defined]
    return made


def _taken(kind: type[Any], given: Mapping[str, Any], _context: object) -> Any:
    return kind(**given)


def _is_input(kind: Any) -> bool:
    """Whether it is an input type, or a list of one, whose values are made in their turn."""
    return has_object_definition(next(iter(get_args(kind)), kind))


def create_fields(rules: Rules) -> dict[str, Given]:
    """What a new record is given."""
    optional = {"visibility", *rules.defaults} | ({"name"} if rules.names_after else set())
    values = {
        each.name: value(each, required=each.required and each.name not in optional)
        for each in rules.properties
    }
    return values | dict(_tie_fields(rules, rules.ties, (*rules.needed, *rules.fixed)))


def edit_fields(rules: Rules) -> dict[str, Given]:
    """What may change in a record."""
    values = {each.name: value(each) for each in rules.properties}
    names = tuple(name for name in rules.ties if name not in rules.fixed)
    return {"id": ID, "version": VERSION} | values | dict(_tie_fields(rules, names, ()))


def end_fields(rules: Rules) -> dict[str, Given]:
    """What ends a record; where ended is a status there is no day to give."""
    return {"id": ID, "version": VERSION} | ({"on": ON} if isinstance(rules.end, ByDay) else {})


def value(declared: Property, *, required: bool = False) -> Given:
    """A property as a field."""
    unit = f" ({declared.unit})" if declared.unit else ""
    return Given(leaf(declared), declared.zh + unit, declared.en + unit, required)


def _tie_fields(
    rules: Rules, names: tuple[str, ...], needed: tuple[str, ...]
) -> Iterator[tuple[str, Given]]:
    for name in names:
        hop = MODEL.hops(rules.noun.name)[name]
        if hop.reach is Reach.ONE:
            zh, en = f"{hop.zh}的标识", f"{hop.en}: its id"
            yield name, Given(strawberry.ID, zh, en, name in needed)
        else:
            zh, en = f"{hop.zh}，替换原有全部", f"{hop.en}: replace all that stood"
            yield name, Given(list[_far_type(hop)], zh, en, name in needed)  # type: ignore[misc] # made from the model


@cache
def _far_type(hop: Hop) -> Any:
    """An id, or an input of its own where the edge has properties: `AgreementPartiesInput`."""
    properties = writable_on(hop)
    if not properties:
        return strawberry.ID
    fields = {"id": ID} | {each.name: value(each) for each in properties}
    return input_type(f"{hop.title}Input", f"{hop.zh} | {hop.en}", fields)
