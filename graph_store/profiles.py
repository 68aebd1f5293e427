"""What a statement did, as PROFILE tells it: a tree of the store's operators with their hits."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Step:
    """One operator: `hits` and `rows` are its own; None where the store does not count."""

    operator: str
    details: str
    hits: int | None
    rows: int | None
    below: tuple[Step, ...]

    @property
    def all_hits(self) -> int:
        """Of the operator and all below it."""
        return (self.hits or 0) + sum(each.all_hits for each in self.below)


Profiled = Callable[[str, dict[str, Any]], Awaitable[tuple[list[Any], Step]]]
"""`profiled(statement, parameters)` → the values of the statement's one record, and what it did."""


def step(plan: dict[str, Any]) -> Step:
    """The driver's dictionary as values; it leaves out what an operator has none of."""
    arguments: dict[str, Any] = plan.get("args", {})
    return Step(
        str(plan.get("operatorType", "")).partition("@")[0],
        str(arguments.get("Details", "")),
        plan.get("dbHits"),
        plan.get("rows"),
        tuple(step(each) for each in plan.get("children", ())),
    )
