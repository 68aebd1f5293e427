"""A command: a pure decision with its input, its actor and its request key."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any, Generic, TypeVar

from graph_store.commands.actors import Actor
from graph_store.commands.drafts import Draft, Seen, WorkingCopy
from graph_store.commands.readers import Question

Input = TypeVar("Input")
Outcome = TypeVar("Outcome")


@dataclass(frozen=True, slots=True)
class Needs:
    """What must be held and known before deciding; follows from the input and from what never changes.

    `locks`: ids of the record changed and of every record an edge is tied to.
    `questions`: what is asked of the graph once the locks are held. `further`: what is asked after that, once the far ends
    that were found are held too; it follows from what the copy knows by then, and is put again until it asks for nothing new.
    """

    locks: frozenset[str] = frozenset()
    questions: frozenset[Question] = frozenset()
    further: Callable[[WorkingCopy], frozenset[Question]] | None = None


@dataclass(frozen=True, slots=True)
class Decision(Generic[Input, Outcome]):
    """A kind of command: `name` is its mutation's, `outcomes` the deed and the facts that `decide` may return.

    `decide` asks first and drafts after; it does no I/O, looks at no clock and awaits nothing.
    """

    name: str
    needs: Callable[[Input], Needs]
    decide: Callable[[Input, Seen, Draft], Outcome]
    outcomes: tuple[type[Any], ...]

    def by(self, actor: Actor, request_key: str, value: Input) -> Command[Outcome]:
        """The command: this decision on this input."""
        return Command(self, value, actor, request_key)


@dataclass(frozen=True)
class Command(Generic[Outcome]):
    """One request to decide and write; the same actor's same key is the same request."""

    decision: Decision[Any, Outcome]
    input: Any
    actor: Actor
    request_key: str

    @property
    def key(self) -> str:
        """The id of its `Request`."""
        return f"{self.actor.id}/{self.request_key}"

    @cached_property
    def digest(self) -> str:
        """What the request is, in 64 characters: its name and input."""
        # the standard library's, which takes any text, and numbers that are none, so that `decide` can refuse them
        content = json.dumps([self.decision.name, _plain(self.input)], sort_keys=True)
        return sha256(content.encode()).hexdigest()


def _plain(value: Any) -> Any:
    """The value as JSON can carry it, equal for equal inputs."""
    if is_dataclass(value):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, (frozenset, set)):
        return sorted((_plain(each) for each in value), key=repr)
    if isinstance(value, (tuple, list)):
        return [_plain(each) for each in value]
    return value
