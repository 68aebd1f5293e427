"""Walked edges as they are told: the name of the hop in the direction it was walked, and the edge's public properties."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from graph_store.cypher.walks import hop_between
from graph_store.model import Model
from graph_store.model.words import PUBLIC, Edge, Kind, Property

Row = list[Any]


@dataclass(frozen=True, slots=True)
class Walked:
    """Tells edges in the words of a model."""

    model: Model

    def steps(self, path: Row) -> list[Row]:
        """[records, edges, …] → a row for each step: from, to, then `told`; a record begins with its noun's number."""
        records, edges = path[:2]
        nouns = list(self.model.nouns)
        return [
            [near, far, *self.told(nouns[near[0]], nouns[far[0]], *edge)]
            for near, far, edge in zip(records, records[1:], edges, strict=False)
        ]

    def links(self, rows: list[Row]) -> list[Row]:
        """[near id, far id, near label, far label, …] → from, to, then `told`."""
        return [
            [near_id, far_id, *self.told(near, far, *edge)]
            for near_id, far_id, near, far, *edge in rows
        ]

    def counts(self, centre: str, rows: list[Row]) -> list[Row]:
        """[type, forward, label, number, exact] → number, exact, `told`, kind; in the order of the centre's fields."""
        made = [
            [number, exact, *self.told(centre, far, type_, forward, {}), self.model[far].word]
            for type_, forward, far, number, exact in rows
        ]
        fields = [*self.model.hops(centre)]
        return sorted(made, key=lambda row: fields.index(row[6]) if row[6] else len(fields))

    def told(self, near: str, far: str, type_: str, forward: bool, values: dict[str, Any]) -> Row:  # noqa: FBT001 - a column of the row
        """Type, zh, en, direction, field, properties. Without a name for the direction, the edge's own is given."""
        hop = hop_between(self.model, near, type_, far, forward=forward)
        edge = self._edge(type_, near if forward else far, far if forward else near)
        named = hop or edge
        zh, en = (named.zh, named.en) if named else (type_, type_)
        properties = [
            [each.name, each.zh, each.en, _text(each, values[each.name])]
            for each in (edge.properties if edge else ())
            if each.level is PUBLIC and values.get(each.name) is not None
        ]
        return [type_, zh, en, forward, hop and hop.name, properties]

    def _edge(self, type_: str, start: str, end: str) -> Edge | None:
        edges = self.model[start].edges
        return next((each for each in edges if (each.type, each.target) == (type_, end)), None)


def _text(declared: Property, value: Any) -> str:
    return str(value).upper() if declared.kind is Kind.CHOICE else str(value)
