"""Objects that no noun declares: what each field of theirs becomes is written down in a table."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from graph_store.model.words import Kind, Property
from resolvers.build.building import Building
from resolvers.build.selections import collected, inner
from resolvers.shape import Constant, Field, Object, PageInfo, Value

if TYPE_CHECKING:
    from graphql import FieldNode

Offered = dict[str, Field | Callable[[list["FieldNode"]], Field]]


def chosen(building: Building, nodes: list[FieldNode], title: str, offered: Offered) -> Object:
    """The shape of what is selected on an object of type `title`."""
    entries: list[tuple[str, Field]] = []
    for key, each in collected(building, inner(nodes), title).items():
        made = (offered | {"__typename": Constant(title)})[each[0].name.value]
        entries.append((key, made(each) if callable(made) else made))
    return Object(title, tuple(entries))


def asked(building: Building, nodes: list[FieldNode], title: str, name: str) -> bool:
    """Whether a field of an object is selected at all."""
    fields = collected(building, inner(nodes), title).values()
    return any(each[0].name.value == name for each in fields)


def page_info(building: Building, nodes: list[FieldNode]) -> PageInfo:
    """What is asked about a page."""
    fields = collected(building, inner(nodes), "PageInfo")
    return PageInfo(tuple((key, each[0].name.value) for key, each in fields.items()))


def leaf(index: int, kind: Kind, *, required: bool = True) -> Value:
    """A value that no property of the model declares."""
    return Value(index, Property("", kind, "", "", required=required), required)
