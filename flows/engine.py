"""The door to Prefect's API: deployments, linked runs in this process, runs that a schedule made, runs that died.

Flows run in the worker's own process (decision 0020): what follows a command through `create_flow_run_from_deployment` and
`run_flow_async`, which is no top-level API of Prefect and so is called here alone; what a schedule made by taking it from the
work pool, as Prefect's own workers do, without a process of its own for each run.
"""

from __future__ import annotations

from collections.abc import (
    AsyncIterator,
    Awaitable,
    Callable,
    Coroutine,
    Iterable,
    Iterator,
    Mapping,
)
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import wraps
from typing import Any
from uuid import UUID

import httpx
from prefect import flow, get_client
from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.actions import DeploymentScheduleCreate, WorkPoolCreate
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, State, StateType
from prefect.client.schemas.responses import SetStateStatus
from prefect.client.schemas.schedules import CronSchedule
from prefect.client.schemas.sorting import FlowRunSort
from prefect.exceptions import PrefectHTTPStatusError
from prefect.flow_engine import run_flow_async
from prefect.flows import Flow
from prefect.states import Cancelled, Crashed, Pending

from flows.desk import Running, current, under_way
from flows.reports import Report
from graph_store.commands.rows import instant_text
from graph_store.flow_names import FLOWS, ZONE
from graph_store.flow_plans import FlowPlan

POOL = "bashu"
TAGS_MOST = 40
_WORKER = "worker:"
_AWAY = (httpx.TransportError, PrefectHTTPStatusError)

Body = Callable[[], Awaitable[Report]]
HubFlow = Flow[[], Coroutine[Any, Any, None]]


class PrefectIsAway(Exception):
    """Prefect's server does not answer, or not as it should; nothing was begun."""


class BodyFailed(Exception):
    """A flow's body failed; what it raised stands in the run's `problem`."""


@dataclass(frozen=True, slots=True)
class Scheduled:
    """A run that a schedule made and this worker took."""

    flow: str
    run: FlowRun


def hub_flow(body: Body) -> HubFlow:
    """The flow of this body, named after it; its report stays in the hub, Prefect learns that it went well."""

    @wraps(body)
    async def carried() -> None:
        running = current()
        running.has_begun = True
        try:
            running.report = await body()
        except Exception as error:  # noqa: BLE001 - handed to whoever began the run
            # an error's text may hold somebody's data: Prefect is told its kind alone
            running.problem = error
            raise BodyFailed(type(error).__name__) from None

    return flow(name=body.__name__.replace("_", "-"), validate_parameters=False)(carried)


@dataclass(slots=True)
class Engine:
    """One worker's Prefect; made by `open_engine`. All of it raises PrefectIsAway."""

    client: PrefectClient
    worker: str
    flows: Mapping[str, HubFlow]
    _ids: dict[str, UUID] = field(default_factory=dict)
    _names: dict[UUID, str] = field(default_factory=dict)

    async def deploy(self) -> None:
        """Make Prefect know the flows and their schedules; whose schedule was paused stays paused."""
        with _told_as_away():
            await self.client.create_work_pool(
                WorkPoolCreate(name=POOL, type="process", base_job_template={}), overwrite=True
            )
            for name, each in self.flows.items():
                flow_id = await self.client.create_flow(each)
                self._ids[name] = await self._deployed(name, flow_id)
            self._names = {id_: name for name, id_ in self._ids.items()}

    async def _deployed(self, name: str, flow_id: UUID) -> UUID:
        known = await self.client.read_deployments(limit=200)
        before = next((each for each in known if each.flow_id == flow_id), None)
        cron, schedules = FLOWS[name].cron, []
        if cron:
            is_active = not (before and before.schedules and not before.schedules[0].active)
            schedule = CronSchedule(cron=cron, timezone=ZONE)
            schedules = [DeploymentScheduleCreate(schedule=schedule, active=is_active)]
        return await self.client.create_deployment(
            flow_id,
            name.replace("_", "-"),
            schedules=schedules,
            description=FLOWS[name].en,
            work_pool_name=POOL,
            parameter_openapi_schema={"type": "object", "properties": {}},
            enforce_parameter_schema=False,
        )

    async def linked(self, running: Running, tags: Iterable[str]) -> None:
        """Run the flow here and now, as a run of its deployment; `running` holds its report then.

        The same `run_id` is the same run in Prefect, whose own id of it stands there afterwards. Raises PrefectIsAway before the body was reached, BodyFailed.
        """
        shown = [*list(tags)[:TAGS_MOST], self._tag]
        with _told_as_away():
            run = await self.client.create_flow_run_from_deployment(
                self._ids[running.flow],
                state=Pending(),
                idempotency_key=running.run_id,
                tags=shown,
            )
        running.run_id = str(run.id)
        await self._run(running, run)

    async def scheduled(self, before: datetime) -> list[Scheduled]:
        """The runs that are due by then and that no other worker took; of several of one flow only the last is run."""
        with _told_as_away():
            found = await self.client.get_scheduled_flow_runs_for_work_pool(
                POOL, scheduled_before=before
            )
            runs = sorted((each.flow_run for each in found), key=_due)
            last = {run.deployment_id: run for run in runs}
            for run in runs:
                if run is not last[run.deployment_id]:
                    await self.client.set_flow_run_state(
                        run.id, Cancelled(message="超过时间 | late")
                    )
            taken = [run for run in last.values() if await self._took(run)]
        return [
            Scheduled(self._names[run.deployment_id], run) for run in taken if run.deployment_id
        ]

    async def run_scheduled(self, running: Running, taken: Scheduled) -> None:
        """Run what was taken. Raises as `linked`."""
        await self._run(running, taken.run)

    async def plans(self) -> list[FlowPlan]:
        """When each flow runs next, and whether its schedule is paused."""
        with _told_as_away():
            known = await self.client.read_deployments(limit=200)
            coming = await self.client.read_flow_runs(
                flow_run_filter=_coming(), sort=FlowRunSort.EXPECTED_START_TIME_ASC, limit=200
            )
        next_at: dict[UUID, datetime] = {}
        for run in sorted(coming, key=_due, reverse=True):
            if run.deployment_id:
                next_at[run.deployment_id] = _due(run)
        return [
            FlowPlan(
                name=self._names[each.id],
                next_at=_instant(next_at.get(each.id)),
                is_paused=bool(each.schedules) and not any(s.active for s in each.schedules),
            )
            for each in known
            if each.id in self._names
        ]

    async def show_life(self, every_seconds: float) -> None:
        """Tell Prefect that this worker is alive."""
        with _told_as_away():
            await self.client.send_worker_heartbeat(POOL, self.worker, every_seconds)

    async def bury(self, alive: frozenset[str], before: datetime) -> int:
        """Set what dead workers left at work to crashed, and what was taken before that instant by nobody knows whom; how many."""
        with _told_as_away():
            at_work = await self.client.read_flow_runs(
                flow_run_filter=FlowRunFilter(state=_at_work()), limit=200
            )
            left = [each for each in at_work if _is_left(each, alive, before)]
            for run in left:
                died: State[Any] = Crashed(message="The worker died.")
                await self.client.set_flow_run_state(run.id, died, force=True)
        return len(left)

    async def _took(self, run: FlowRun) -> bool:
        """Whether this worker is the one that runs it: Prefect lets only one set it to pending."""
        pending: State[Any] = Pending()
        answer = await self.client.set_flow_run_state(run.id, pending)
        if answer.status is not SetStateStatus.ACCEPT:
            return False
        await self.client.update_flow_run(run.id, tags=[*run.tags, self._tag])
        return True

    async def _run(self, running: Running, run: FlowRun) -> None:
        each = self.flows[running.flow]
        with under_way(running):
            try:
                await run_flow_async(each, flow_run=run)
            except _AWAY as error:
                # whether Prefect learnt of the end is its own matter: the report or the problem is here
                if running.report is None and running.problem is None:
                    raise PrefectIsAway(type(error).__name__) from error

    @property
    def _tag(self) -> str:
        return _tag_of(self.worker)


@contextmanager
def _told_as_away() -> Iterator[None]:
    try:
        yield
    except _AWAY as error:
        raise PrefectIsAway(type(error).__name__) from error


def _tag_of(worker: str) -> str:
    return f"{_WORKER}{worker}"


def _is_left(run: FlowRun, alive: frozenset[str], before: datetime) -> bool:
    """Whether whoever took it is dead; one that died between taking it and saying so left no name."""
    workers = {tag.removeprefix(_WORKER) for tag in run.tags if tag.startswith(_WORKER)}
    return not workers & alive if workers else _due(run) < before


def _at_work() -> FlowRunFilterState:
    types = [StateType.RUNNING, StateType.PENDING]
    return FlowRunFilterState(type=FlowRunFilterStateType(any_=types))


def _coming() -> FlowRunFilter:
    types = [StateType.SCHEDULED]
    return FlowRunFilter(state=FlowRunFilterState(type=FlowRunFilterStateType(any_=types)))


def _due(run: FlowRun) -> datetime:
    return run.expected_start_time or datetime.max.replace(tzinfo=UTC)


def _instant(moment: datetime | None) -> str | None:
    return None if moment is None else instant_text(moment)


@asynccontextmanager
async def open_engine(worker: str, flows: Mapping[str, HubFlow]) -> AsyncIterator[Engine]:
    """The engine of this worker, by Prefect's own settings. Nothing is asked of the server yet."""
    async with get_client() as client:
        yield Engine(client, worker, flows)
