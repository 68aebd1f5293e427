"""State machines as data: which moves lead from which states to which, who makes them, what must hold, who owes the next one.

    EXCHANGE = Machine(CADRE_EXCHANGE, initial="draft", moves=(
        # name       from                     to                  by               guards                     effect
        Move("submit",  states("draft"),         ("submitted",),     BY_HOME,         (agreement_covers,)),
        Move("approve", states("submitted"),     ("home_approved",), APPROVER_HOME,   (quota_is_left,)),
        Move("approve", states("home_approved"), ("accepted",),      APPROVER_HOST,   (post_is_free,)),
        …
    ), owes={"submitted": (Owes("approve", at="home", within=timedelta(days=5)),)})

Several moves may share a name, each for states of its own. A guard asks and refuses with a fact; an effect drafts what else must happen
and says which of the move's targets is reached. From a machine follow its decisions (`moving`), its checks, the decisions that people
owe (`tasks`), what the person is told (`notices`) and its picture (`mermaid`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from graph_store.commands.actors import Doing
from graph_store.commands.drafts import Draft, Held, Seen, WorkingCopy
from graph_store.commands.facts import Fact
from graph_store.commands.readers import Question
from graph_store.model.words import Noun, Option
from graph_store.rights import Role

DECIDE = Doing(frozenset({Role.APPROVER, Role.INSTITUTION_ADMIN}))
"""Decide for the institution on what is put before it."""


@dataclass(frozen=True, slots=True)
class Step:
    """One record is moved on, as it was read at `version`; None: as it stands. `reason` is for whoever is told."""

    id: str
    version: int | None = None
    reason: str | None = None


Guard = Callable[[Held, Step, Seen, Draft], Fact | None]
Effect = Callable[[Held, Step, Seen, Draft], str]
Further = Callable[[str, WorkingCopy], frozenset[Question]]
Urgency = Callable[[Held, Seen], int]


@dataclass(frozen=True, slots=True)
class Who:
    """Whoever may do this at the institutions that the record is tied to by `at`, one hop or any of several.

    `not_oneself`: never the person it is about. `or_oneself`: the person it is about too.
    """

    doing: Doing
    at: str | tuple[str, ...]
    not_oneself: bool = False
    or_oneself: bool = False

    @property
    def hops(self) -> tuple[str, ...]:
        """The hops of `at`."""
        return (self.at,) if isinstance(self.at, str) else self.at


@dataclass(frozen=True, slots=True)
class Move:
    """From one of the sources to one of the targets; `by` None: the hub alone makes it.

    `effect` chooses among several targets. `sets`: names of properties that take the instant of the move. `reasoned`: a reason
    must be given.
    """

    name: str
    sources: frozenset[str]
    targets: tuple[str, ...]
    by: Who | None
    guards: tuple[Guard, ...] = ()
    effect: Effect | None = None
    sets: tuple[str, ...] = ()
    reasoned: bool = False


@dataclass(frozen=True, slots=True)
class Owes:
    """In a state, the move that somebody in the role owes at the institutions that the record is tied to by `at`.

    `urgency`: the task's priority, from the record as it was before the state; higher is more urgent, 0 unless given.
    `tells`: whoever owes it is told at once; what comes by the hundred is seen in the inbox, and reminded of when it is due.
    """

    move: str
    at: str
    within: timedelta
    role: Role = Role.APPROVER
    urgency: Urgency | None = None
    tells: bool = False


class MachineIsBroken(ValueError):
    """The moves do not fit together; the message names the machine and the word."""


@dataclass(frozen=True)
class Machine:
    """The life of a noun's records.

    `reads`: hops whose far ends its guards and effects look at, held. `looks`: hops whose ties are read and whose far ends are not
    held. `further`: what must be known after that, by the record's id.
    """

    noun: Noun
    initial: str
    moves: tuple[Move, ...]
    owes: Mapping[str, tuple[Owes, ...]] = field(default_factory=dict)
    reads: tuple[str, ...] = ()
    looks: tuple[str, ...] = ()
    further: Further | None = None

    def __post_init__(self) -> None:
        """Refuse what leads nowhere. Raises MachineIsBroken."""
        for problem in self._problems():
            raise MachineIsBroken(f"{self.noun.name}: {problem}")

    def named(self, name: str) -> tuple[Move, ...]:
        """The moves of that name. Raises KeyError."""
        found = tuple(each for each in self.moves if each.name == name)
        if not found:
            raise KeyError(name)
        return found

    @property
    def states(self) -> tuple[Option, ...]:
        """The states in the model's order."""
        declared = next(each for each in self.noun.properties if each.name == "state")
        assert declared.options is not None
        return declared.options.options

    def state(self, value: str) -> Option:
        """The state of that name."""
        return next(each for each in self.states if each.value == value)

    def possible(self, state: str) -> tuple[Move, ...]:
        """The moves that lead on from a state."""
        return tuple(each for each in self.moves if state in each.sources)

    def mermaid(self) -> str:
        """The machine as a state diagram."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.initial}"]
        for move in self.moves:
            lines += [
                f"    {source.value} --> {target}: {move.name}"
                for source in self.states
                if source.value in move.sources
                for target in move.targets
            ]
        ends = (each.value for each in self.states if not self.possible(each.value))
        return "\n".join([*lines, *(f"    {each} --> [*]" for each in ends)])

    def _problems(self) -> Iterable[str]:
        known, reached = {each.value for each in self.states}, {self.initial}
        taken: set[tuple[str, str]] = set()
        for move in self.moves:
            if unknown := ({*move.sources, *move.targets} - known):
                yield f"{move.name} names states that the model does not have: {sorted(unknown)}"
            if len(move.targets) > 1 and move.effect is None:
                yield f"{move.name} has several targets and nothing that chooses"
            if doubled := taken & {(move.name, source) for source in move.sources}:
                yield f"two moves of one name lead on from one state: {sorted(doubled)}"
            taken |= {(move.name, source) for source in move.sources}
            reached.update(move.targets)
        if lost := known - reached:
            yield f"no move leads to {sorted(lost)}"
        for state, owed in self.owes.items():
            for each in owed:
                if each.move not in {move.name for move in self.possible(state)}:
                    yield f"{each.move} is owed in {state} and does not lead on from it"


def states(*names: str) -> frozenset[str]:
    """Several states."""
    return frozenset(names)
