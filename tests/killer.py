"""Ends a process without a word before its n-th step: what crash matrices are made of."""

from __future__ import annotations

import os
import signal
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import neo4j

Boundary = tuple[type[Any], str]
BOUNDARIES: tuple[Boundary, ...] = (
    (neo4j.AsyncTransaction, "run"),
    (neo4j.AsyncTransaction, "commit"),
    (neo4j.AsyncSession, "run"),
    (neo4j.AsyncDriver, "execute_query"),
)
"""Whatever reaches the graph is a step."""


@dataclass(slots=True)
class Killer:
    """Kills this process before its `step`-th step; 0: never."""

    step: int
    taken: int = 0

    def arm(self, *others: Boundary) -> None:
        """From now on steps count, those of others too."""
        for kind, name in (*BOUNDARIES, *others):
            setattr(kind, name, self._counted(getattr(kind, name)))

    def count(self) -> None:
        """A step begins."""
        self.taken += 1
        if self.taken == self.step:
            os.kill(os.getpid(), signal.SIGKILL)

    def _counted(self, deed: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        async def counted(*args: Any, **kwargs: Any) -> Any:
            self.count()
            return await deed(*args, **kwargs)

        return counted
