"""A plan is found by asking the variables the very questions that the compiler asked of them, in the same order.

Most variables only carry values, which reach the database as parameters. A few steer the plan: which keys a filter has, which
way a sort goes, whether `@include` holds, where a cursor's nulls are. Whatever the compiler needs to know of a variable it
asks through `Inspected`, which writes question and answer down. Two sets of variables with the same answers have the same
plan; nothing rests on the look of a value that was never asked about.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from graph_store.cypher.sources import Path

MOST_PLANS = 64
ABSENT: Any = object()
Answer = Any
CursorNulls = Callable[[object], tuple[bool, ...]]


def value_at(variables: dict[str, Any], path: Path) -> Any:
    """The value under a path, or ABSENT."""
    value: Any = variables
    for step in path:
        if isinstance(value, dict):
            value = value.get(step, ABSENT)
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            return ABSENT
    return value


@dataclass(frozen=True, slots=True)
class Enquiry:
    """One question about the variables: `aspect` of the value under `path`, or what a reader makes of the value."""

    path: Path
    aspect: str | Callable[[Any], Answer]


@dataclass(slots=True)
class Inspected:
    """The coerced variables of one request, and what has been asked of them so far."""

    values: dict[str, Any]
    nulls_of: CursorNulls
    asked: list[tuple[Enquiry, Answer]] = field(default_factory=list)

    def ask(self, enquiry: Enquiry) -> Answer:
        """Answer without writing it down."""
        value = value_at(self.values, enquiry.path)
        if callable(enquiry.aspect):
            return enquiry.aspect(value)
        match enquiry.aspect:
            case "given":
                return "absent" if value is ABSENT else "null" if value is None else "value"
            case "keys":
                return tuple(value)
            case "length":
                return len(value)
            case "nulls":
                return self.nulls_of(value)
        return tuple(value) if isinstance(value, list) else value

    def _noted(self, path: Path, aspect: str | Callable[[Any], Answer]) -> Answer:
        enquiry = Enquiry(path, aspect)
        answer = self.ask(enquiry)
        self.asked.append((enquiry, answer))
        return answer

    def given(self, path: Path) -> str:
        """`absent`, `null` or `value`."""
        return str(self._noted(path, "given"))

    def keys(self, path: Path) -> tuple[str, ...]:
        """The fields of an input object, in order."""
        return tuple(self._noted(path, "keys"))

    def length(self, path: Path) -> int:
        """The length of a list of input objects."""
        return int(self._noted(path, "length"))

    def nulls(self, path: Path) -> tuple[bool, ...]:
        """Which sort keys of a cursor are null. Raises GraphQLError for a cursor that is none of ours."""
        return tuple(self._noted(path, "nulls"))

    def told(self, reader: Callable[[dict[str, Any]], Answer]) -> Answer:
        """What a reader makes of all variables, hashable. Raises what the reader raises, also at each later request."""
        return self._noted((), reader)

    def value(self, path: Path) -> Any:
        """The value itself, where it steers the plan."""
        return self._noted(path, "value")


Found = TypeVar("Found")


@dataclass(slots=True)
class Fork(Generic[Found]):
    """A question asked while compiling, and what follows from each answer met so far."""

    enquiry: Enquiry
    branches: dict[Answer, Fork[Found] | Found] = field(default_factory=dict)


@dataclass(slots=True)
class Forks(Generic[Found]):
    """The plans of one selection, as the tree of the questions that tell them apart."""

    root: Fork[Found] | Found | None = None
    size: int = 0

    def find(self, variables: Inspected) -> Found | None:
        """The plan for these variables, if it was compiled before."""
        at = self.root
        while isinstance(at, Fork):
            at = at.branches.get(variables.ask(at.enquiry))
        return at

    def keep(self, asked: list[tuple[Enquiry, Answer]], plan: Found) -> None:
        """Remember a plan under the answers it was compiled with; with too many kinds of variables start afresh."""
        if self.size >= MOST_PLANS:
            self.root, self.size = None, 0
        self.size += 1
        if not asked:
            self.root = plan
            return
        at = self.root = self.root if isinstance(self.root, Fork) else Fork(asked[0][0])
        for (_, answer), (following, _) in itertools.pairwise(asked):
            branch = at.branches.setdefault(answer, Fork(following))
            assert isinstance(branch, Fork)
            at = branch
        at.branches[asked[-1][1]] = plan
