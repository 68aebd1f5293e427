"""How flows stand, as workers note it for whoever looks: the plan of each flow, and which workers are alive.

The hub's notes about itself, no records: nothing of it is in the change log.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from graph_store.commands.rows import instant_text
from graph_store.reads import Run
from graph_store.writes import Write

NOTE_PLANS = """\
// note plans of flows
UNWIND $plans AS plan MERGE (p:FlowPlan {name: plan.name}) SET p.nextAt = plan.nextAt, p.isPaused = plan.isPaused
RETURN count(p) AS noted"""
NOTE_RUN = """\
// note a run of a flow
MERGE (p:FlowPlan {name: $name}) SET p.lastAt = $at, p.lastState = $state
RETURN count(p) AS noted"""
ALIVE = """\
// a worker is alive
MERGE (w:FlowWorker {id: $id}) ON CREATE SET w.startedAt = $at SET w.seenAt = $at
RETURN count(w) AS noted"""
GONE = """\
// a worker is gone
OPTIONAL MATCH (w:FlowWorker {id: $id}) WITH w, count(w) AS gone DELETE w
RETURN gone"""
LOOK = """\
// how flows stand
RETURN COLLECT { MATCH (p:FlowPlan) RETURN p {.*} ORDER BY p.name } AS plans,
    COLLECT { MATCH (w:FlowWorker) RETURN w {.*} ORDER BY w.id } AS workers,
    COUNT { (o:Due) } AS due, COUNT { (o:Failed) } AS failed,
    COLLECT { MATCH (o:Due) RETURN o.dueAt ORDER BY o.dueAt LIMIT 1 } AS first"""


@dataclass(frozen=True, slots=True)
class FlowPlan:
    """A flow's plan: instants in UTC as text; None where there is none, or nobody has looked yet."""

    name: str
    next_at: str | None = None
    last_at: str | None = None
    last_state: str | None = None
    is_paused: bool = False


@dataclass(frozen=True, slots=True)
class Worker:
    """A process that runs flows."""

    id: str
    started_at: str
    seen_at: str

    def lives(self, now: datetime, lease: timedelta) -> bool:
        """Whether it has shown itself within the lease."""
        return self.seen_at >= instant_text(now - lease)


@dataclass(frozen=True, slots=True)
class FlowStanding:
    """Everything at once; `due` and `failed` count rows of the outbox, `first_due_at` is when the first of them is due."""

    plans: Mapping[str, FlowPlan]
    workers: tuple[Worker, ...]
    due: int
    failed: int
    first_due_at: str | None

    def alive(self, now: datetime, lease: timedelta) -> int:
        """How many workers have shown themselves within the lease."""
        return sum(each.lives(now, lease) for each in self.workers)


@dataclass(frozen=True, slots=True)
class FlowPlans:
    """Reads and notes it; all of it raises GraphStoreError."""

    run: Run
    write: Write

    async def note(self, plans: Sequence[FlowPlan]) -> None:
        """What Prefect says of the plans."""
        rows = [
            {"name": each.name, "nextAt": each.next_at, "isPaused": each.is_paused}
            for each in plans
        ]
        await self.write(NOTE_PLANS, {"plans": rows})

    async def ran(self, name: str, state: str, at: datetime) -> None:
        """A run of it ended so."""
        await self.write(NOTE_RUN, {"name": name, "state": state, "at": instant_text(at)})

    async def alive(self, worker: str, at: datetime) -> None:
        """The worker shows itself."""
        await self.write(ALIVE, {"id": worker, "at": instant_text(at)})

    async def gone(self, worker: str) -> None:
        """The worker has ended, or is known to be dead."""
        await self.write(GONE, {"id": worker})

    async def look(self) -> FlowStanding:
        """How flows stand."""
        return standing(await self.run(LOOK, {}))


def standing(values: Sequence[Any]) -> FlowStanding:
    """What LOOK returned."""
    plans, workers, due, failed, first = values
    known = (_plan(row) for row in plans)
    alive = tuple(Worker(row["id"], row["startedAt"], row["seenAt"]) for row in workers)
    return FlowStanding(
        {each.name: each for each in known}, alive, due, failed, first[0] if first else None
    )


def _plan(row: Mapping[str, Any]) -> FlowPlan:
    return FlowPlan(
        name=row["name"],
        next_at=row.get("nextAt"),
        last_at=row.get("lastAt"),
        last_state=row.get("lastState"),
        is_paused=bool(row.get("isPaused")),
    )
