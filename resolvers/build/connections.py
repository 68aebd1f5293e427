"""A connection field → its column (`Many`), its shape (`Page`), and what binding its page will need."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from graph_store.cypher.ast import Every, Key, Many, Predicate, Window
from graph_store.cypher.groups import figures
from graph_store.cypher.rewriting import rewrite
from graph_store.cypher.sources import Literal, Source, Today, Variable
from graph_store.model import Hop
from graph_store.model.words import Noun
from resolvers.arguments import Structure, arguments, source
from resolvers.build.building import Building, Columns, PagePlan
from resolvers.build.conditions import condition
from resolvers.build.orders import sort_keys
from resolvers.build.parts import Parts, Record, definition_of
from resolvers.build.selections import collected, inner
from resolvers.naming import far_title
from resolvers.refusals import bad_argument, bad_cursor
from resolvers.shape import Field, Groups, Object, Page

if TYPE_CHECKING:
    from graphql import FieldNode

DEFAULT_PAGE = Literal(20, "Int")
_LEAF_SOURCES = (Literal, Variable, Today)


def connection(
    building: Building, of: Noun | Hop, nodes: list[FieldNode], columns: Columns, record: Record
) -> Page:
    """Add the connection's column to the row's; `record` builds the selection on one of its records."""
    hop = of if isinstance(of, Hop) else None
    noun = hop.far if hop else of.name
    parent = hop.near if hop else "Query"
    definition = definition_of(building, parent, nodes[0].name.value)
    given = arguments(nodes[0], definition, building.variables)
    where = condition(building, noun, given.get("where"), hop)
    order = sort_keys(building, noun, given.get("orderBy"), hop)
    title = far_title(hop) if hop else noun
    parts = Parts(building, title, noun, hop, record)
    parts.read(collected(building, inner(nodes), f"{title}Connection"))
    window = _window(building, nodes[0], given, order, parts.of_page) if parts.items else None
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
    entries = _alone(parts.entries) if figures(many) else parts.entries
    shape = Object(f"{title}Connection", tuple(entries))
    return Page(columns.add(many), len(building.pages) - 1, shape)


def _alone(entries: list[tuple[str, Field]]) -> list[tuple[str, Field]]:
    return [
        (key, replace(each, alone=True) if isinstance(each, Groups) else each)
        for key, each in entries
    ]


# ----------------------------------------------------------------------------------------------------------------- page
def _window(
    building: Building,
    node: FieldNode,
    given: dict[str, Structure],
    order: tuple[Key, ...],
    asked: set[str],
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
    more = ("hasPreviousPage" if backward else "hasNextPage") in asked
    if cursor is None:
        return Window(counted, backward=backward, more=more)
    nulls = (
        building.variables.nulls(cursor.path)
        if isinstance(cursor, Variable)
        else building.variables.nulls_of(cursor.value)
    )
    if len(nulls) != len(order):
        raise bad_cursor()
    return Window(counted, source(cursor), backward, nulls, more)


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
