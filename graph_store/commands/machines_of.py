"""Which nouns have a state machine, and by which decision each of its moves is made: what an inbox can decide.

MACHINES: (Life(EXCHANGE_MACHINE, {"approve": APPROVE_EXCHANGE, "reject": REJECT_EXCHANGE}), …)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from graph_store.commands import exchanges
from graph_store.commands.certificates import CERTIFY_CLASS
from graph_store.commands.classes import MACHINE as TRAINING_CLASS
from graph_store.commands.commands import Decision
from graph_store.commands.exchanges import APPROVE_EXCHANGE, REJECT_EXCHANGE
from graph_store.commands.machines import Machine, Step
from graph_store.commands.registration_moves import APPROVE_REGISTRATION, REJECT_REGISTRATION
from graph_store.commands.registrations import MACHINE as REGISTRATION


def _as_it_is(step: Step) -> Any:
    return step


@dataclass(frozen=True)
class Life:
    """A machine and its decisions by the move's name; a move that is not there is no answer to a task.

    `given`: a decision's input from the step, where it is not the step itself; it must follow from the step alone.
    """

    machine: Machine
    decisions: Mapping[str, Decision[Any, Any]]
    given: Callable[[Step], Any] = _as_it_is


Lives = Mapping[str, Life]
"""By the noun's name."""


def lives_of(lives: Iterable[Life]) -> Lives:
    """The lives by their nouns."""
    return {each.machine.noun.name: each for each in lives}


LIVES: Lives = lives_of(
    (
        Life(exchanges.MACHINE, {"approve": APPROVE_EXCHANGE, "reject": REJECT_EXCHANGE}),
        Life(REGISTRATION, {"approve": APPROVE_REGISTRATION, "reject": REJECT_REGISTRATION}),
        Life(TRAINING_CLASS, {"certify": CERTIFY_CLASS}),
    )
)
