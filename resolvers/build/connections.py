"""A connection field → its column (`Many`), its shape (`Page`), and what binding its page will need."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from graphql import GraphQLObjectType

from graph_store.cypher.ast import (
    Every,
    Grants,
    Group,
    Key,
    Leaf,
    Literal,
    Many,
    OnEdge,
    Predicate,
    Source,
    Today,
    Variable,
    Window,
    rewrite,
)
from graph_store.model import Hop
from graph_store.model.words import Noun
from resolvers.arguments import Structure, arguments, source
from resolvers.build.building import Building, Columns, PagePlan
from resolvers.build.conditions import condition
from resolvers.build.groups import group
from resolvers.build.orders import sort_keys
from resolvers.build.selections import Fields, collected, inner
from resolvers.naming import far_title
from resolvers.refusals import bad_argument, bad_cursor
from resolvers.shape import (
    Constant,
    Cursor,
    Field,
    Groups,
    Nodes,
    Object,
    Page,
    PageInfo,
    Same,
    Total,
    Value,
)

if TYPE_CHECKING:
    from graphql import FieldNode

DEFAULT_PAGE = Literal(20, "Int")
_LEAF_SOURCES = (Literal, Variable, Grants, Today)
Record = Callable[[Building, str, Any, Columns], Object]


@dataclass(slots=True)
class _Parts:
    """What is asked of one connection."""

    columns: Columns = field(default_factory=Columns)
    entries: list[tuple[str, Field]] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    total: bool = False
    items: bool = False
    keyed: bool = False


def connection(
    building: Building, of: Noun | Hop, nodes: list[FieldNode], columns: Columns, record: Record
) -> Page:
    """Add the connection's column to the row's; `record` builds the selection on one of its records."""
    hop = of if isinstance(of, Hop) else None
    noun = hop.far if hop else of.name
    parent = hop.near if hop else "Query"
    given = arguments(
        nodes[0], _definition(building, parent, nodes[0].name.value), building.variables
    )
    where = condition(building, noun, given.get("where"), hop)
    order = sort_keys(building, noun, given.get("orderBy"), hop)
    title = far_title(hop) if hop else noun
    parts = _parts(
        building, title, collected(building, inner(nodes), f"{title}Connection"), hop, noun, record
    )
    window = _window(building, nodes[0], given, order) if parts.items else None
    many = Many(
        of,
        where,
        order if parts.items else (),
        window,
        parts.columns.all(),
        parts.items,
        parts.total,
        tuple(parts.groups),
        parts.keyed,
    )
    if window is not None:
        building.pages.append(_page_plan(nodes[0], many, window))
    shape = Object(f"{title}Connection", tuple(parts.entries))
    return Page(columns.add(many), len(building.pages) - 1, shape)


def _definition(building: Building, parent: str, name: str) -> Any:  # noqa: ANN401 - a GraphQLField
    kind = building.schema.type_map[parent]
    assert isinstance(kind, GraphQLObjectType)
    return kind.fields[name]


# ---------------------------------------------------------------------------------------------------------------- parts
def _parts(
    building: Building, title: str, fields: Fields, hop: Hop | None, noun: str, record: Record
) -> _Parts:  # noqa: PLR0913 - one connection
    parts = _Parts()
    for key, nodes in fields.items():
        match nodes[0].name.value:
            case "__typename":
                asked: Field = Constant(f"{title}Connection")
            case "totalCount":
                parts.total, asked = True, Total()
            case "nodes":
                parts.items, asked = (
                    True,
                    Nodes(record(building, noun, inner(nodes), parts.columns)),
                )
            case "edges":
                parts.items, asked = (
                    True,
                    Nodes(_edges(building, title, nodes, hop, noun, record, parts)),
                )
            case "pageInfo":
                parts.items, asked = True, _page_info(building, nodes, parts)
            case _:
                asked = _groups(building, noun, nodes, parts, record)
        parts.entries.append((key, asked))
    return parts


def _edges(
    building: Building,
    title: str,
    nodes: list[FieldNode],
    hop: Hop | None,
    noun: str,
    record: Record,
    parts: _Parts,
) -> Object:  # noqa: PLR0913 - one connection
    entries: list[tuple[str, Field]] = []
    for key, asked in collected(building, inner(nodes), f"{title}Edge").items():
        match asked[0].name.value:
            case "__typename":
                entries.append((key, Constant(f"{title}Edge")))
            case "cursor":
                parts.keyed = True
                entries.append((key, Cursor()))
            case "node":
                entries.append((key, Same(record(building, noun, inner(asked), parts.columns))))
            case name:
                assert hop is not None
                declared = hop.property(name)
                entries.append(
                    (
                        key,
                        Value(
                            parts.columns.add(Leaf(OnEdge(declared))), declared, declared.required
                        ),
                    )
                )
    return Object(f"{title}Edge", tuple(entries))


def _page_info(building: Building, nodes: list[FieldNode], parts: _Parts) -> PageInfo:
    asked = collected(building, inner(nodes), "PageInfo")
    entries = tuple((key, fields[0].name.value) for key, fields in asked.items())
    parts.keyed |= any(name in {"startCursor", "endCursor"} for _, name in entries)
    return PageInfo(entries)


def _groups(
    building: Building, noun: str, nodes: list[FieldNode], parts: _Parts, record: Record
) -> Groups:
    given = arguments(
        nodes[0], _definition(building, f"{noun}Connection", "groups"), building.variables
    )
    made, shape = group(
        building, noun, given, collected(building, inner(nodes), f"{noun}Group"), record
    )
    if made not in parts.groups:
        parts.groups.append(made)
    return Groups(parts.groups.index(made), shape)


# ----------------------------------------------------------------------------------------------------------------- page
def _window(
    building: Building, node: FieldNode, given: dict[str, Structure], order: tuple[Key, ...]
) -> Window:
    first, after, last, before = (given.get(word) for word in ("first", "after", "last", "before"))
    if (first is not None or after is not None) and (last is not None or before is not None):
        message = f"{node.name.value}: read forward by first and after, or backward by last and before, not both at once."
        raise bad_argument(
            message, "请用 first/after 向后翻页，或用 last/before 向前翻页，不可混用。", node
        )
    backward = last is not None or before is not None
    count = first if first is not None else last
    cursor = after if after is not None else before
    counted = DEFAULT_PAGE if count is None else source(count)
    if cursor is None:
        return Window(counted, backward=backward)
    nulls = (
        building.variables.nulls(cursor.path)
        if isinstance(cursor, Variable)
        else building.variables.nulls_of(cursor.value)
    )
    if len(nulls) != len(order):
        raise bad_cursor()
    return Window(counted, source(cursor), backward, nulls)


def _page_plan(node: FieldNode, many: Many, window: Window) -> PagePlan:
    text, values = canonical(many.source, many.where, many.order)
    keys = len(many.order) if many.keyed else 0
    return PagePlan(
        node, text, values, window.count, window.cursor, window.backward, len(many.columns), keys
    )


def canonical(
    of: Noun | Hop, where: Predicate, order: tuple[Key, ...]
) -> tuple[str, tuple[Source, ...]]:
    """The text of a question with its values taken out, and these: the same whether written or given as variables."""
    values: list[Source] = []

    def taken(node: object) -> object:
        if isinstance(node, _LEAF_SOURCES):
            values.append(node)
            return Literal("?", "")
        return node

    where, order = rewrite((where, order), taken)
    name = of.name if isinstance(of, Noun) else of.title
    return f"{name} {where} {order}", tuple(values)


__all__ = ["Every", "canonical", "connection"]
