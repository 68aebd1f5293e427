"""A run is linked both ways, begun once, ended as it went; whoever died is found, whoever asks has it tried again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from neo4j import AsyncGraphDatabase

from flows.deployments import FLOWS
from flows.desk import Desk, Running, seated, under_way
from flows.engine import Engine, PrefectIsAway, hub_flow, open_engine
from flows.outbox import Pump
from flows.prefect_site import Prefect
from flows.reconcile import reconcile_now
from flows.recording import recorded
from flows.reports import Report
from graph_store.commands.actors import Actor
from graph_store.commands.facts import NotNow, NotYours, Written
from graph_store.commands.flow_facts import FlowIsUnknown
from graph_store.commands.flow_runs import (
    BEGIN_RUN,
    RETRY_FLOW_RUN,
    RUN_FLOW,
    Again,
    Begun,
    Wanted,
)
from graph_store.commands.rows import instant_text
from graph_store.errors import StoreIsAway
from graph_store.flow_names import FLOWS as TOLD
from graph_store.outbox import Outbox
from tests.flows.running.conftest import Ask, OpenDesk
from tests.flows.running.telling import new_institution, new_person, tell_person

pytestmark = pytest.mark.usefixtures("prefect_in_use")
RUN = "MATCH (r:FlowRun {id: $id}) RETURN r {.*}"
SOON = timedelta(seconds=0.05)


class Bodies:
    """Flows of tests, by name: each does what its test says."""

    def __init__(self) -> None:
        self.served: list[str] = []
        self.problem: Exception | None = None
        self.ran = 0

    async def deliver_notices(self) -> Report:
        """In place of the hub's flow of this name."""
        self.ran += 1
        async with recorded(self.served) as report:
            if self.problem:
                raise self.problem
            report.did("做了", "done", *self.served)
        return report


@pytest.fixture
def bodies() -> Bodies:
    return Bodies()


@pytest.fixture
async def engine(desk: Desk, bodies: Bodies, prefect_in_use: Prefect) -> AsyncIterator[Engine]:
    """An engine whose flow `deliver_notices` is the test's own."""
    async with open_engine(
        desk.worker, dict(FLOWS) | {"deliver_notices": hub_flow(bodies.deliver_notices)}
    ) as opened:
        await opened.deploy()
        yield opened


@pytest.fixture
async def notice(desk: Desk) -> str:
    """A notice, which is due to be handed on."""
    return await tell_person(desk, await new_person(desk), await new_institution(desk))


@pytest.fixture(autouse=True)
async def nothing_is_due(ask: Ask) -> None:
    """What another test left."""
    await ask("MATCH (o:Outbox) DETACH DELETE o RETURN 1")


async def pumped(pump: Pump) -> None:
    while await pump.pump():
        await pump.settled()


async def test_a_run_is_linked_to_its_records_here_and_in_prefect(
    desk: Desk, engine: Engine, bodies: Bodies, notice: str, ask: Ask
) -> None:
    bodies.served = [notice]
    with seated(desk):
        await pumped(Pump(desk, engine, SOON))
    ((id_, run_id, state, worker, report),) = await ask(
        "MATCH (r:FlowRun)-[:SERVED]->(:Notice {id: $id}) RETURN [r.id, r.runId, r.state, r.worker, r.reportEn]",
        id=notice,
    )
    assert (state, worker, report) == ("completed", desk.worker, "done")
    there = await engine.client.read_flow_run(UUID(run_id))
    assert there.state_name == "Completed"
    assert {notice, f"worker:{desk.worker}"} <= set(there.tags)
    assert there.parameters == {}
    assert await ask("MATCH (o:Due) RETURN o.id") == []
    assert await ask("MATCH (c:Change {nodeId: $id}) RETURN c.command ORDER BY c.seq", id=id_) == [
        "beginRun",
        "endRun",
    ]


async def test_a_flow_that_fails_is_recorded_counted_and_tried_again(
    desk: Desk, engine: Engine, bodies: Bodies, notice: str, ask: Ask
) -> None:
    bodies.served, bodies.problem = [notice], RuntimeError("李冰 138…")
    with seated(desk):
        pump = Pump(desk, engine, SOON)
        await pumped(pump)
        ((attempts, failure),) = await ask("MATCH (o:Due) RETURN [o.attempts, o.failure]")
        assert (attempts, failure) == (1, "RuntimeError")
        bodies.problem = None
        await ask("MATCH (o:Due) SET o.dueAt = '2000-01-01T00:00:00.000Z' RETURN 1")
        await pumped(pump)
    runs = await ask(
        "MATCH (r:FlowRun)-[:SERVED]->(:Notice {id: $id}) RETURN [r.state, r.attempt, r.failure] ORDER BY r.attempt",
        id=notice,
    )
    assert runs == [["failed", 1, "RuntimeError"], ["completed", 2, None]]


async def test_while_prefect_is_away_nothing_is_lost_and_no_attempt_is_counted(
    desk: Desk, bodies: Bodies, notice: str, ask: Ask
) -> None:
    from prefect.settings import PREFECT_API_URL, temporary_settings

    async with open_engine(desk.worker, FLOWS) as there:
        await there.deploy()
        known = dict(there._ids)
    with temporary_settings({PREFECT_API_URL: "http://127.0.0.1:9/api"}):
        async with open_engine(desk.worker, FLOWS) as away:
            away._ids = known
            with pytest.raises(PrefectIsAway):
                await away.deploy()
            with seated(desk):
                await pumped(Pump(desk, away, SOON))
    ((leases, attempts),) = await ask("MATCH (o:Due) RETURN [o.leases, o.attempts]")
    assert (leases, attempts) == (1, None)
    assert bodies.ran == 0


async def test_a_flow_runs_when_an_administrator_asks_and_again_where_it_failed(
    desk: Desk, engine: Engine, bodies: Bodies, ask: Ask
) -> None:
    bodies.problem = RuntimeError()
    made = await desk.do(RUN_FLOW, "ask", Wanted("deliver_notices"))
    assert (await ask(RUN, id=made.id))[0]["state"] == "waiting"
    with seated(desk):
        pump = Pump(desk, engine, SOON)
        await pumped(pump)
        assert (await ask(RUN, id=made.id))[0]["state"] == "failed"
        early = await desk.do(RETRY_FLOW_RUN, "again", Again(made.id))
        assert isinstance(early, Written)
        bodies.problem = None
        await pumped(pump)
    run = (await ask(RUN, id=made.id))[0]
    assert (run["state"], run["attempt"], bodies.ran) == ("completed", 2, 2)
    late = await desk.do(RETRY_FLOW_RUN, "once more", Again(made.id))
    assert late == NotNow(made.id, "retry", "completed")
    assert await desk.do(RUN_FLOW, "unknown", Wanted("make_coffee")) == FlowIsUnknown("make_coffee")


async def test_nobody_but_the_platforms_administrators_runs_flows(desk: Desk) -> None:
    person = await new_person(desk)
    somebody = RUN_FLOW.by(Actor(person, person), "mine", Wanted("reconcile"))
    assert isinstance((await desk.lane.do(somebody)).outcome, NotYours)


async def test_a_run_that_a_schedule_made_is_taken_by_one_worker_alone(
    desk: Desk, engine: Engine, bodies: Bodies
) -> None:
    run = await engine.client.create_flow_run_from_deployment(engine._ids["deliver_notices"])
    async with open_engine("another", engine.flows) as other:
        await other.deploy()
        soon = datetime.now(UTC) + timedelta(seconds=1)
        taken = await asyncio.gather(engine.scheduled(soon), other.scheduled(soon))
    mine = [each for several in taken for each in several if each.run.id == run.id]
    assert len(mine) == 1
    with seated(desk):
        running = Running(mine[0].flow, str(mine[0].run.id))
        await engine.run_scheduled(running, mine[0])
    assert bodies.ran == 1
    assert running.recorded is None  # there was nothing to do


async def test_every_flow_is_deployed_under_its_name_and_noted_with_its_next_run(
    desk: Desk, engine: Engine
) -> None:
    await desk.plans.note(await engine.plans())
    standing = await desk.plans.look()
    assert set(FLOWS) <= set(TOLD)
    assert set(FLOWS) <= set(standing.plans)
    known = await engine.client.read_deployments(limit=200)
    schedules = {each.name.replace("-", "_"): each.schedules for each in known}
    for name in FLOWS:
        crons = [each.schedule.cron for each in schedules[name]]  # type: ignore[union-attr] # they are crons
        assert crons == ([TOLD[name].cron] if TOLD[name].cron else [])


async def test_what_a_dead_worker_left_is_found_and_made_good(
    desk: Desk, new_desk: OpenDesk, engine: Engine, notice: str, ask: Ask
) -> None:
    long_ago = desk.now - timedelta(hours=1)
    async with new_desk() as dead, open_engine(dead.worker, engine.flows) as its_engine:
        await its_engine.deploy()
        left = await its_engine.client.create_flow_run_from_deployment(
            its_engine._ids["deliver_notices"], tags=[its_engine._tag], state=_running()
        )
        begun = Begun("deliver_notices", str(left.id), dead.worker, 1, (notice,))
        run = await dead.do(BEGIN_RUN, f"begin/{left.id}", begun)
        assert len(await dead.outbox.lease(dead.now, timedelta(hours=1))) == 1
        await dead.plans.alive(dead.worker, long_ago)
    with seated(replace(desk, undertaker=engine)), under_way(Running("reconcile", "test")):
        report = await reconcile_now()
    assert (await ask(RUN, id=run.id))[0]["state"] == "crashed"
    assert (await engine.client.read_flow_run(left.id)).state_name == "Crashed"
    assert "1 rows of the outbox are due again" in report.en
    due = await ask("MATCH (o:Due) RETURN o.dueAt")
    assert due[0] <= instant_text(desk.now)
    with seated(desk), under_way(Running("reconcile", "test again")):
        again = await reconcile_now()
    assert dead.worker not in again.en


def _running() -> Any:
    from prefect.states import Running as AtWork

    return AtWork()


async def test_an_e_mail_that_nobody_settled_is_doubtful_and_named(desk: Desk, ask: Ask) -> None:
    old = instant_text(desk.now - timedelta(hours=1))
    (id_,) = await ask(
        "CREATE (d:Delivery:Record {id: 'cd-delivery-' + randomUUID(), name: '电子邮件', channel: 'email', state: 'sending',"
        " attempts: 1, version: 2, createdAt: $old, updatedAt: $old, visibility: 'institution', synthetic: false}) RETURN d.id",
        old=old,
    )
    with seated(desk), under_way(Running("reconcile", f"doubts {id_}")):
        report = await reconcile_now()
    assert id_ in report.en
    assert id_ in report.zh
    assert await ask("MATCH (d:Delivery {id: $id}) RETURN d.state", id=id_) == ["doubtful"]
    ((state, effects),) = await ask(
        "MATCH (r:FlowRun {flow: 'reconcile', runId: $run}) RETURN [r.state, r.effects]",
        run=f"doubts {id_}",
    )
    assert (state, effects) == ("completed", 1)


async def test_a_graph_that_is_away_does_not_end_the_pump(desk: Desk, engine: Engine) -> None:
    async with AsyncGraphDatabase.driver(
        "bolt://127.0.0.1:9", max_transaction_retry_time=0.0
    ) as nowhere:
        away = replace(desk, outbox=Outbox(nowhere, "neo4j", desk.worker))
        with pytest.raises(StoreIsAway):
            await away.outbox.lease(desk.now, timedelta(seconds=1))
        pumping = asyncio.create_task(Pump(away, engine, SOON).run())
        await asyncio.sleep(0.5)
        assert not pumping.done()
        pumping.cancel()


async def test_a_run_taken_by_nobody_knows_whom_is_buried_after_a_while(engine: Engine) -> None:
    run = await engine.client.create_flow_run_from_deployment(
        engine._ids["deliver_notices"], state=_running()
    )
    now = datetime.now(UTC)
    await engine.bury(frozenset({engine.worker}), now - timedelta(hours=1))
    assert (await engine.client.read_flow_run(run.id)).state_name == "Running"
    assert await engine.bury(frozenset({engine.worker}), now + timedelta(minutes=1)) >= 1
    assert (await engine.client.read_flow_run(run.id)).state_name == "Crashed"
