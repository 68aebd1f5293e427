"""A plan's bill, kept with the plan until the statistics change."""

from __future__ import annotations

from dataclasses import dataclass, field

from graph_store.cypher.cost import Bill
from graph_store.statistics import Statistics


@dataclass(slots=True)
class Tariff:
    """A plan's bill under the statistics for which it was made, and the parameters that say how large it is."""

    statistics: Statistics | None = None
    bill: Bill = field(default_factory=lambda: Bill((), ()))
    names: tuple[str, ...] = ()
    fixed: float | None = None
