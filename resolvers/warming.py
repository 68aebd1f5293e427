"""What a hub asks itself before anybody does: the first statement of a fresh Neo4j takes seconds, planning included."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from graphql import (
    FieldNode,
    ListTypeNode,
    NamedTypeNode,
    NonNullTypeNode,
    OperationDefinitionNode,
    OperationType,
    TypeNode,
    parse,
)

from auth.viewer import ANONYMOUS
from graph_store.errors import GraphStoreError
from graph_store.model import MODEL
from graph_store.model.words import Noun
from resolvers.answer import Asked
from resolvers.engine import Engine

LONG_TO_PLAN = frozenset({"search", "paths", "neighbourhood", "history", "node", "nodes"})
"""The roots that meet records of any noun: planning them takes as long as all nouns together."""

_LEAST: dict[str, Any] = {"ID": "-", "String": "-", "Int": 1}


async def ask_nouns(engine: Engine) -> None:
    """Ask for a record of each noun; all at once, which uses every core of the store."""

    async def ask(noun: Noun) -> None:
        shown = "id name" if "name" in MODEL.properties(noun.name) else "id"
        await _asked(
            engine, f"{{ {noun.plural}(first: 1) {{ totalCount nodes {{ {shown} }} }} }}", {}
        )

    await asyncio.gather(*(ask(noun) for noun in MODEL))


class FirstQuestions:
    """The questions among documents, one after the other, asked for nothing that exists where they ask for something.

    First those that are asked as they stand, since every visitor's first pages ask them, then what takes long to plan.
    """

    def __init__(self, engine: Engine, texts: Iterable[str]) -> None:
        """Nothing is asked yet."""
        questions = [each for text in texts if (each := question(text)) is not None]
        self._engine = engine
        self._waiting = deque(
            sorted(questions, key=lambda one: (bool(one.variables), not one.is_long))
        )

    @property
    def waiting(self) -> int:
        """How many are still to be answered; meanwhile Neo4j plans, and compiles its planner, beside all else."""
        return len(self._waiting)

    async def ask(self) -> None:
        """Until all are answered."""
        while self._waiting:
            each = self._waiting[0]
            await _asked(self._engine, each.text, each.variables)
            self._waiting.popleft()


@dataclass(frozen=True, slots=True)
class Question:
    """A document of one question, and the variables that it needs at least."""

    text: str
    variables: dict[str, Any]
    is_long: bool


def question(text: str) -> Question | None:
    """The document, where it is one question that can be asked for nothing.

    >>> question("query Q($id: ID!, $first: Int) { person(id: $id) { id } }").variables
    {'id': '-'}
    """
    definitions = parse(text, no_location=True).definitions
    asked = [each for each in definitions if isinstance(each, OperationDefinitionNode)]
    if len(asked) != 1 or asked[0].operation is not OperationType.QUERY:
        return None
    needed = {
        each.variable.name.value: _value(each.type.type)
        for each in asked[0].variable_definitions or ()
        if isinstance(each.type, NonNullTypeNode)
    }
    if None in needed.values():
        return None
    fields = asked[0].selection_set.selections
    roots = {each.name.value for each in fields if isinstance(each, FieldNode)}
    return Question(text, needed, not roots.isdisjoint(LONG_TO_PLAN))


def _value(of: TypeNode) -> Any:
    if isinstance(of, NonNullTypeNode):
        return _value(of.type)
    if isinstance(of, ListTypeNode):
        inner = _value(of.type)
        return None if inner is None else [inner]
    return _LEAST.get(of.name.value) if isinstance(of, NamedTypeNode) else None


async def _asked(engine: Engine, text: str, variables: dict[str, Any]) -> None:
    # the hub is there all the same; the first to ask waits a little longer
    with suppress(GraphStoreError):
        await engine.answer(Asked(text, None, variables), ANONYMOUS)
