"""Facts as GraphQL types: every fact of the write side, with what happened and what to do next."""

from __future__ import annotations

from dataclasses import asdict, fields
from functools import cache
from typing import Any, get_type_hints

import strawberry

from graph_store.commands import facts


@strawberry.interface(
    name="Fact", description="命令未能执行的原因 | Why a command was not carried out"
)
class FactInterface:
    """What all facts tell."""

    message: str = strawberry.field(description="发生了什么 | What happened, in Chinese")
    message_en: str = strawberry.field(description="发生了什么（英文） | What happened, in English")
    what_next: str = strawberry.field(description="接下来怎么办 | What to do now, in Chinese")
    what_next_en: str = strawberry.field(
        description="接下来怎么办（英文） | What to do now, in English"
    )


@cache
def fact_type(kind: type[facts.Fact]) -> Any:
    """The GraphQL type of a fact: its own fields and the sentences."""
    hints = get_type_hints(kind)
    own = {each.name: hints[each.name] for each in fields(kind)}
    made = type(kind.__name__, (FactInterface,), {"__annotations__": own})
    return strawberry.type(made, description=kind.__doc__)


def shown(fact: facts.Fact) -> Any:
    """The fact as its GraphQL type."""
    sentences = {
        "message": fact.message,
        "message_en": fact.message_en,
        "what_next": fact.what_next,
        "what_next_en": fact.what_next_en,
    }
    kind: Any = fact_type(type(fact))  # type: ignore[arg-type] # a class is hashable, whatever its instances are
    return kind(**asdict(fact), **sentences)
