"""What an administrator sees of flows: their plans, their workers, what waits and what was given up."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

from auth.viewer import Viewer
from graph_store.clock import Clock
from graph_store.flow_names import FLOWS, FlowTold
from graph_store.flow_plans import LOOK, FlowPlan, FlowStanding, standing
from graph_store.reads import Run
from graph_store.rights import Role

SEEN_BY = frozenset({Role.PLATFORM_ADMIN, Role.INSTITUTION_ADMIN, Role.AUDITOR})
"""The roles that see how flows stand: nobody's data is in it, but it is nobody else's matter."""

LookAtFlows = Callable[[Viewer], Awaitable["FlowsSeen | None"]]


@dataclass(frozen=True, slots=True)
class FlowSeen:
    """A flow as it is told and as it stands; `plan` None: no worker has noted it yet."""

    name: str
    told: FlowTold
    plan: FlowPlan | None


@dataclass(frozen=True, slots=True)
class FlowsSeen:
    """All flows; `workers` counts those that are alive, `due` and `failed` rows of the outbox, the first due at `first_due_at`."""

    flows: tuple[FlowSeen, ...]
    workers: int
    due: int
    failed: int
    first_due_at: str | None


@dataclass(frozen=True, slots=True)
class FlowsLooking:
    """Looks for a viewer."""

    run: Run
    clock: Clock
    lease: timedelta

    async def __call__(self, viewer: Viewer) -> FlowsSeen | None:
        """How flows stand; None for whoever is no administrator. Raises GraphStoreError."""
        if not any(viewer.rights.has(role) for role in SEEN_BY):
            return None
        return self._seen(standing(await self.run(LOOK, {})))

    def _seen(self, stand: FlowStanding) -> FlowsSeen:
        flows = tuple(FlowSeen(name, told, stand.plans.get(name)) for name, told in FLOWS.items())
        alive = stand.alive(self.clock(), self.lease)
        return FlowsSeen(flows, alive, stand.due, stand.failed, stand.first_due_at)


async def no_flows(_viewer: Viewer) -> FlowsSeen | None:
    """For a context without a hub around."""
    return None
