"""Written types that stand for derived ones: `graft` puts the derived type of the same name in their place."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any

import strawberry

from graph_store.model.words import Kind, Options, Property

# after grafting Date and DateTime are the hub's own scalars, so that a day or an instant arrives as text
_SCALARS: dict[Kind, Any] = {
    Kind.ID: strawberry.ID,
    Kind.TEXT: str,
    Kind.TEXTS: list[str],
    Kind.INTEGER: int,
    Kind.NUMBER: float,
    Kind.DAY: date,
    Kind.INSTANT: datetime,
    Kind.FLAG: bool,
}


@cache
def placeholder(noun: str) -> Any:
    """The type of a noun's records."""
    return strawberry.type(type(noun, (), {"__annotations__": {"id": strawberry.ID}}))


@cache
def enum(options: Options) -> Any:
    """The enum of a choice."""
    values = {each.shown: each.value for each in options.options}
    made: Any = Enum(options.name, values)  # type: ignore[misc] # named by the model
    return strawberry.enum(made)


def leaf(declared: Property) -> Any:
    """The annotation of a property's value, never null."""
    return _SCALARS[declared.kind] if declared.options is None else enum(declared.options)
