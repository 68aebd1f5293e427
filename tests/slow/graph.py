"""A graph as two lists: records by noun, and the ties between them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from graph_store.model import Hop

Properties = dict[str, Any]


@dataclass(slots=True)
class Tie:
    """An edge; `number` is the one that the store gives it, by which doubled edges are told apart."""

    type: str
    start: str
    end: str
    properties: Properties
    number: int = 0


@dataclass
class Graph:
    """Records by noun, each a dictionary of its properties, and their ties."""

    records: dict[str, list[Properties]]
    ties: list[Tie] = field(default_factory=list)

    def __repr__(self) -> str:
        """Short: Hypothesis prints the arguments of an example that fails."""
        return "Graph(…)"

    def across(self, hop: Hop, record: Properties) -> list[tuple[Properties, Tie]]:
        """The records at the far end of a hop with the ties that lead there, in no order that anybody may rely on."""
        found = []
        for tie in self._at_end[hop.edge.type, hop.forward, record["id"]]:
            noun, far = self.by_id[tie.end if hop.forward else tie.start]
            if noun == hop.far:
                found.append((far, tie))
        return found

    @cached_property
    def by_id(self) -> dict[str, tuple[str, Properties]]:
        """Noun and record by id."""
        return {
            record["id"]: (noun, record)
            for noun, records in self.records.items()
            for record in records
        }

    @cached_property
    def _at_end(self) -> dict[tuple[str, bool, str], list[Tie]]:
        found: dict[tuple[str, bool, str], list[Tie]] = defaultdict(list)
        for tie in self.ties:
            found[tie.type, True, tie.start].append(tie)
            found[tie.type, False, tie.end].append(tie)
        return found
