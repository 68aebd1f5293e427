"""Who acts, as data; and who may do what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever a command is done for; the id stands in the change log."""

    id: str


class Role(Enum):
    """What an actor may be at an institution or record."""

    EDITOR = "editor"


LOCAL_OPERATOR = Actor("anonymous-local")
"""Whoever sits at this machine: until sign-on the hub listens to it alone."""

HUB = Actor("hub")
"""The hub itself, in flows and imports."""

Policy = Callable[[Actor, Role, str], bool]
"""May this actor act in this role at this record?"""


def before_sign_on(actor: Actor, _role: Role, _at: str) -> bool:
    """Whether it is the operator of this machine or the hub itself: both may do everything until sign-on exists."""
    return actor in {LOCAL_OPERATOR, HUB}
