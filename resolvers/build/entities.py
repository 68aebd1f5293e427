"""`_entities` → its column, one batch a noun and key that occurs, and the shape that puts the records in their places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph_store.cypher.entities import Batch, Entities
from graph_store.cypher.sources import KeysOf, Padded
from graph_store.cypher.sources import Normal as InNormalForm
from resolvers.build.building import Building, Columns
from resolvers.build.records import Sets, record
from resolvers.build.selections import inner
from resolvers.representations import NamedBy, Representations
from resolvers.shape import Object, Placed

if TYPE_CHECKING:
    from graphql import FieldNode


def entities(building: Building, nodes: list[FieldNode], columns: Columns) -> Placed:
    """Add the column of one `_entities` field. Raises GraphQLError for a representation that names no entity."""
    asked = Representations(building.model, nodes[0])
    found: tuple[NamedBy, ...] = building.variables.told(asked.kinds)
    made = [_batch(building, asked, kind, inner(nodes)) for kind in found]
    building.pages.append(asked)
    index = columns.add(Entities(tuple(batch for batch, _ in made))) if made else 0
    return Placed(index, len(building.pages) - 1, tuple(shape for _, shape in made))


def _batch(
    building: Building, asked: Representations, kind: NamedBy, sets: Sets
) -> tuple[Batch, Object]:
    noun, key = kind
    columns, declared = Columns(), building.model.property(noun, key)
    shape = record(building, noun, sets, columns)
    keys = KeysOf(asked.source, noun, key)
    source = keys if declared.scheme is None else InNormalForm(keys, declared.scheme)
    return Batch(noun, declared, Padded(source), columns.all()), shape
