"""`groups(by: […])` → a `Group` column and the shape of one group."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from graph_store.cypher.ast import Aggregate, Group, Grouping, Leaf, Own
from graph_store.cypher.passes.authorise import own
from graph_store.model.words import Kind, Property
from resolvers.arguments import Structure, source, steering
from resolvers.build.building import Building, Columns
from resolvers.build.selections import Fields, collected, inner
from resolvers.naming import SUMS, GroupKey, capital, group_keys
from resolvers.refusals import bad_argument
from resolvers.shape import Child, Constant, Field, Nested, Null, Object, Value

if TYPE_CHECKING:
    from graphql import FieldNode

Record = Callable[[Building, str, Any, Columns], Object]
COUNT = Property("count", Kind.INTEGER, "数量", "How many", required=True)


@dataclass(slots=True)
class _Row:
    """A group's row under way: its keys, then its values."""

    by: list[GroupKey]
    columns: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    values: dict[Aggregate, int] = field(default_factory=dict)

    def value(self, aggregate: Aggregate) -> int:
        """The value's number in the row."""
        return len(self.by) + self.values.setdefault(aggregate, len(self.values))


def group(
    building: Building, noun: str, given: dict[str, Structure], fields: Fields, record: Record
) -> tuple[Group, Object]:
    """The column and the shape of one `groups` field."""
    keys = group_keys(building.model, noun)
    words = steering(given["by"], building.variables)
    if len(set(words)) != len(words):
        message = "groups(by:) names a key twice. Name each once."
        raise bad_argument(message, "分组键重复，请每个只写一次。")
    row = _Row([keys[word] for word in words])
    entries = tuple(
        (key, _field(building, noun, nodes, row, record)) for key, nodes in fields.items()
    )
    by = tuple(_grouping(building, noun, key, row) for key in row.by)
    return Group(by, tuple(row.values), source(given["limit"])), Object(f"{noun}Group", entries)


def _field(
    building: Building, noun: str, nodes: list[FieldNode], row: _Row, record: Record
) -> Field:
    name = nodes[0].name.value
    if name == "__typename":
        return Constant(f"{noun}Group")
    if name == "count":
        return Value(row.value(Aggregate("count")), COUNT, required=True)
    index = next((number for number, key in enumerate(row.by) if key.name == name), None)
    if index is not None:
        return _key(building, row, index, nodes, record)
    if name in {"sum", "avg", "min", "max"}:
        return _figures(building, noun, nodes, row)
    return Null()


def _key(
    building: Building, row: _Row, index: int, nodes: list[FieldNode], record: Record
) -> Field:
    key = row.by[index]
    if key.property is not None:
        return Value(index, key.property, required=False)
    columns = Columns()
    shape = record(building, key.hops[-1].far, inner(nodes), columns)
    known = row.columns.get(key.name, ())
    if known and known != columns.all():
        message = f"{key.name} is selected twice in one group with other fields. Select it once."
        raise bad_argument(
            message, f"同一分组内重复选择了 {key.name} 且字段不同，请合并。", nodes[0]
        )
    row.columns[key.name] = columns.all()
    return Child(index, shape)


def _figures(building: Building, noun: str, nodes: list[FieldNode], row: _Row) -> Nested:
    function = nodes[0].name.value
    entries: list[tuple[str, Field]] = []
    type_name = noun + capital(function)
    for key, asked in collected(building, inner(nodes), type_name).items():
        name = asked[0].name.value
        if name == "__typename":
            entries.append((key, Constant(type_name)))
            continue
        declared = building.model.property(noun, name)
        index = row.value(Aggregate(function, declared))
        kind = Kind.NUMBER if function in SUMS else declared.kind
        entries.append(
            (key, Value(index, Property(name, kind, declared.zh, declared.en), required=False))
        )
    return Nested(Object(type_name, tuple(entries)))


def _grouping(building: Building, noun: str, key: GroupKey, row: _Row) -> Grouping:
    far = key.hops[-1].far if key.hops else noun
    if key.property is not None:
        return Grouping(key.hops, own(far, Own(key.property)))
    id_ = building.model.property(far, "id")
    return Grouping(key.hops, None, row.columns.get(key.name, ()) or _id_column(id_))


def _id_column(declared: Property) -> tuple[Any, ...]:
    return (Leaf(Own(declared)),)
