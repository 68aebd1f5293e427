"""What the client calls the columns of an answer, and in which order: response keys over column numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from graph_store.model.words import Property


@dataclass(frozen=True, slots=True)
class Constant:
    """`__typename`."""

    value: str


@dataclass(frozen=True, slots=True)
class Value:
    """A leaf of a property's kind; `required` when null is an error. `of`: the noun whose personal data it is."""

    index: int
    declared: Property
    required: bool
    of: str | None = None


@dataclass(frozen=True, slots=True)
class Child:
    """A row, or null; `shared`: the row lies in a cell, together with all that was decoded from it."""

    index: int
    shape: Object
    required: bool = False
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Rows:
    """A list given whole: the items of a connection's triple."""

    index: int
    shape: Object


@dataclass(frozen=True, slots=True)
class Varied:
    """A record of any noun: a row that begins with the number of its case; or a list of such rows and nulls."""

    index: int
    cases: tuple[Object, ...]
    many: bool


@dataclass(frozen=True, slots=True)
class Placed:
    """Records in batches, one a case, put back in the order of the representations numbered `number` among the pages."""

    index: int
    number: int
    cases: tuple[Object, ...]


@dataclass(frozen=True, slots=True)
class VariedNodes:
    """A page's records, of any noun: each lies first in its row."""

    cases: tuple[Object, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of rows, of any other object; `made` makes the rows of what the column (or, without index, the row) holds."""

    index: int | None
    shape: Object
    made: Callable[[Any], list[Any]] | None = None


@dataclass(frozen=True, slots=True)
class Total:
    """A connection's exact count."""


@dataclass(frozen=True, slots=True)
class Nodes:
    """A connection's records."""

    shape: Object


@dataclass(frozen=True, slots=True)
class Cursor:
    """An edge's cursor."""


@dataclass(frozen=True, slots=True)
class Same:
    """The record itself, whose columns lie in the same row as its edge's."""

    shape: Object


@dataclass(frozen=True, slots=True)
class PageInfo:
    """`(response key, field)` of what is asked about the page."""

    entries: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Groups:
    """Rows of group number `index`; `alone`: one row, which is all there is of the connection."""

    index: int
    shape: Object
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Nested:
    """An object whose values lie in the same row: `sum { valueCny }`."""

    shape: Object


@dataclass(frozen=True, slots=True)
class Null:
    """A group key that was not grouped by."""


@dataclass(frozen=True, slots=True)
class Page:
    """A connection; `number` finds its limits and cursor maker among the plan's pages."""

    index: int
    number: int
    shape: Object


Field = (
    Constant
    | Value
    | Child
    | Rows
    | Varied
    | Placed
    | VariedNodes
    | Total
    | Nodes
    | Cursor
    | Same
    | PageInfo
    | Groups
    | Listing
    | Nested
    | Null
    | Page
)


@dataclass(frozen=True, slots=True)
class Object:
    """A selection set on `type`: response keys in the client's order."""

    type: str
    entries: tuple[tuple[str, Field], ...]


def with_shared(shape: Object, places: dict[int, tuple[int, ...]]) -> Object:
    """A whole answer's shape with the children marked that lie at these places of its pages' rows."""
    entries = (
        (key, replace(each, shape=_marked(each.shape, places.get(each.index, ()))))
        if isinstance(each, Page)
        else (key, each)
        for key, each in shape.entries
    )
    return replace(shape, entries=tuple(entries))


def _marked(shape: Object, places: tuple[int, ...]) -> Object:
    """The same of what lies in a row; a page below it has rows of its own."""
    entries: list[tuple[str, Field]] = []
    for key, each in shape.entries:
        match each:
            case Child(index):
                entries.append((key, replace(each, shared=index in places)))
            case Nodes(inner) | Same(inner):
                entries.append((key, replace(each, shape=_marked(inner, places))))
            case _:
                entries.append((key, each))
    return replace(shape, entries=tuple(entries))
