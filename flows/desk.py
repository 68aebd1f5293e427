"""What flows work with: the lane of commands, questions, the clock, the way out; and the run that is going on.

Both are at hand while a worker runs a flow (`at_desk`, `current`): a flow takes no parameters, so that nothing but names and
numbers ever stands in Prefect.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from flows.channels import Channels
from flows.reports import Report
from flows.sources.shelf import Shelf
from graph_store.clock import Clock
from graph_store.commands.actors import HUB
from graph_store.commands.commands import Decision
from graph_store.commands.drafts import day_of
from graph_store.commands.imports import Store
from graph_store.commands.lanes import Lane
from graph_store.flow_plans import FlowPlans
from graph_store.outbox import Errand, Outbox
from graph_store.reads import Run
from graph_store.writes import Write


class Undertaker(Protocol):
    """Whoever sets the Prefect runs of dead workers to crashed."""

    async def bury(self, alive: frozenset[str], before: datetime) -> int:
        """All but those of these workers, or taken since then by nobody knows whom; how many. Raises PrefectIsAway."""
        ...


@dataclass(frozen=True, slots=True)
class Desk:
    """One worker's; `worker` is its name, `lease` the time after which a silent worker counts as dead.

    `imports` is where imports write, `shelf` where their files are kept. `undertaker`: None where nobody speaks to Prefect.
    """

    lane: Lane
    run: Run
    write: Write
    outbox: Outbox
    plans: FlowPlans
    channels: Channels
    imports: Store
    shelf: Shelf
    clock: Clock
    worker: str
    lease: timedelta
    undertaker: Undertaker | None = None

    @property
    def now(self) -> datetime:
        """The time."""
        return self.clock()

    @property
    def today(self) -> str:
        """The day in Asia/Shanghai."""
        return day_of(self.now)

    async def do(self, decision: Decision[Any, Any], key: str, given: Any) -> Any:
        """The outcome of a command of the hub's own; `key` is the effect's. Raises GraphStoreError."""
        return (await self.lane.do(decision.by(HUB, key, given))).outcome


@dataclass(slots=True)
class Running:
    """A run that is going on.

    `record`: of a run that somebody asked for. `recorded`: the record that it has by now. `has_begun`: its body was reached.
    `problem`: what it raised.
    """

    flow: str
    run_id: str
    attempt: int = 1
    record: str | None = None
    errands: tuple[Errand, ...] = ()
    has_begun: bool = False
    report: Report | None = None
    problem: Exception | None = None
    recorded: str | None = None


_DESK: ContextVar[Desk] = ContextVar("desk")
_RUNNING: ContextVar[Running] = ContextVar("running")


def at_desk() -> Desk:
    """The desk of the worker around. Raises LookupError where there is none."""
    return _DESK.get()


def current() -> Running:
    """The run that is going on. Raises LookupError where there is none."""
    return _RUNNING.get()


@contextmanager
def seated(desk: Desk) -> Iterator[None]:
    """Work at this desk while the block lasts."""
    token = _DESK.set(desk)
    try:
        yield
    finally:
        _DESK.reset(token)


@contextmanager
def under_way(running: Running) -> Iterator[None]:
    """The run goes on while the block lasts."""
    token = _RUNNING.set(running)
    try:
        yield
    finally:
        _RUNNING.reset(token)
