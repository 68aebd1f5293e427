"""A selection on a record → its columns and its shape."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph_store.cypher.ast import Case, Every, Key, Many, One, Own
from graph_store.cypher.passes.authorise import shown
from graph_store.model import Hop
from graph_store.model.words import Reach
from resolvers.build.building import Building, Columns
from resolvers.build.connections import connection
from resolvers.build.parts import Parts
from resolvers.build.selections import collected, inner
from resolvers.shape import Child, Constant, Field, Object, Rows, Value

if TYPE_CHECKING:
    from graphql import FieldNode, SelectionSetNode

Sets = list["SelectionSetNode | None"]


def record(building: Building, noun: str, sets: Sets, columns: Columns) -> Object:
    """The shape of a record of a noun; its columns are added to the row's."""
    fields = collected(building, sets, noun)
    return Object(
        noun, tuple((key, _field(building, noun, nodes, columns)) for key, nodes in fields.items())
    )


def cases(building: Building, sets: Sets) -> tuple[tuple[Case, ...], tuple[Object, ...]]:
    """The columns and shapes of a record that may be of any noun; what is in a log is none."""
    found, shapes = [], []
    for noun in (each for each in building.model if not each.log):
        columns = Columns()
        shapes.append(record(building, noun.name, sets, columns))
        found.append(Case(noun.name, columns.all()))
    return tuple(found), tuple(shapes)


def _field(building: Building, noun: str, nodes: list[FieldNode], columns: Columns) -> Field:
    name = nodes[0].name.value
    if name == "__typename":
        return Constant(noun)
    declared = building.model.properties(noun).get(name)
    if declared is not None:
        return Value(
            columns.add(shown(noun, declared)),
            declared,
            declared.required and not declared.restricted,
            of=noun if declared.personal else None,
        )
    hops = building.model.hops(noun)
    if name not in hops:
        return _link(building, hops[name.removesuffix("Edge")], nodes, columns)
    hop = hops[name]
    if hop.reach is Reach.MANY:
        return connection(building, hop, nodes, columns, record)
    far = Columns()
    shape = record(building, hop.far, inner(nodes), far)
    if hop.reach is Reach.ONE:
        return Child(columns.add(One(hop, far.all())), shape)
    return Rows(columns.add(_whole(building, hop, far)), shape)


def _whole(building: Building, hop: Hop, columns: Columns) -> Many:
    by_id = (Key(Own(building.model.property(hop.far, "id")), nullable=False),)
    return Many(hop, Every(()), by_id, None, columns.all(), items=True, total=False, groups=())


def _link(building: Building, hop: Hop, nodes: list[FieldNode], columns: Columns) -> Field:
    """`ownerEdge { since node { … } }`: the edge's values lie in the far record's row."""
    parts = Parts(building, hop.title, hop.far, hop, record)
    shape = parts.edge(nodes, f"{hop.title}Link")
    return Child(columns.add(One(hop, parts.columns.all())), shape)
