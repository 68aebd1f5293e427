"""`history` → its column and the shape of a page of a record's changes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from graph_store.cypher.history import History
from graph_store.cypher.sources import OneMore
from graph_store.model.imports import IMPORT
from graph_store.model.words import Kind, Property, options
from resolvers.arguments import arguments, source, steering
from resolvers.build.building import Building, Columns, PagePlan
from resolvers.build.connections import DEFAULT_PAGE
from resolvers.build.edges import property_fields
from resolvers.build.offered import Offered, asked, chosen, leaf, page_info
from resolvers.build.parts import definition_of
from resolvers.build.search import page_size, page_start
from resolvers.build.varying import Varying
from resolvers.shape import Cursor, Field, Listing, Nodes, Object, Page, Same, Value, Varied
from resolvers.told_changes import ToldChanges

if TYPE_CHECKING:
    from graphql import FieldNode

ACTORS = options(
    "HistoryActor",
    ("person", "人员", "A person"),
    ("program", "程序", "A program with a token of its own, or the command line"),
    ("import", "导入", "An import"),
    ("hub", "枢纽", "The hub itself"),
)
_WIDTH, _KEYS = 8, 1  # an item: see `cypher/history.py`; its number


@dataclass(frozen=True, slots=True)
class Met:
    """Records that a history tells of: whatever its values name, who did it, by which import."""

    ends: Varying
    people: Varying
    runs: Varying


def history(building: Building, nodes: list[FieldNode], columns: Columns) -> Page:
    """Add the column of one `history` field."""
    given = arguments(nodes[0], definition_of(building, "Query", "history"), building.variables)
    model, of = building.model, source(given["of"])
    met = Met(
        Varying(building, tuple(model)),
        Varying(building, tuple(noun for noun in model if noun.subject == "id")),
        Varying(building, tuple(noun for noun in model if noun.name == IMPORT.name)),
    )
    shape = chosen(building, nodes, "HistoryConnection", _offered(building, met))
    by = steering(given.get("by"), building.variables)
    about = f"history {sorted(by or ())}"
    count = page_size(given.get("first"), DEFAULT_PAGE)
    cursor = page_start(building, given.get("after"), _KEYS)
    building.pages.append(
        PagePlan(nodes[0], about, (of,), count, cursor, backward=False, width=_WIDTH, keys=_KEYS)
    )
    more = asked(building, nodes, "HistoryConnection", "pageInfo")
    column = History(
        of,
        OneMore(count) if more else count,
        cursor,
        met.ends.cases(),
        met.people.cases(),
        met.runs.cases(),
        frozenset(by) if by else None,
    )
    return Page(columns.add(column), len(building.pages) - 1, shape)


def _offered(building: Building, met: Met) -> Offered:
    entry = partial(_entry, building, met)
    edge: Offered = {"cursor": Cursor(), "node": lambda nodes: Same(entry(nodes))}
    return {
        "nodes": lambda nodes: Nodes(entry(nodes)),
        "edges": lambda nodes: Nodes(chosen(building, nodes, "HistoryEdge", edge)),
        "pageInfo": partial(page_info, building),
    }


def _entry(building: Building, met: Met, nodes: list[FieldNode]) -> Object:
    by = Property("by", Kind.CHOICE, "", "", options=ACTORS)
    changes = ToldChanges(building.model).rows
    offered: Offered = {
        "at": leaf(0, Kind.INSTANT),
        "command": leaf(1, Kind.TEXT, required=False),
        "by": Value(2, by, required=True),
        "person": lambda each: Varied(3, met.people.shapes(each), many=False),
        "principal": lambda each: Varied(4, met.people.shapes(each), many=False),
        "isNew": leaf(5, Kind.FLAG),
        "import": lambda each: Varied(6, met.runs.shapes(each), many=False),
        "changes": lambda each: Listing(7, _change(building, met.ends, each), changes),
    }
    return chosen(building, nodes, "HistoryEntry", offered)


def _change(building: Building, varying: Varying, nodes: list[FieldNode]) -> Object:
    def values(index: int, nodes: list[FieldNode]) -> Field:
        offered: Offered = {
            "value": leaf(0, Kind.TEXT),
            "node": lambda each: Varied(1, varying.shapes(each), many=False),
            "properties": lambda each: Listing(2, property_fields(building, each)),
        }
        return Listing(index, chosen(building, nodes, "HistoryValue", offered))

    offered: Offered = {
        "field": leaf(0, Kind.TEXT),
        "label": leaf(1, Kind.TEXT),
        "labelEn": leaf(2, Kind.TEXT),
        "before": partial(values, 3),
        "after": partial(values, 4),
    }
    return chosen(building, nodes, "HistoryChange", offered)
