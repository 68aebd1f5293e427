"""Runs of flows as records: asked for, begun, ended, tried again; a plan whose flow found nothing says so."""

from __future__ import annotations

from graph_store.commands.actors import HUB
from graph_store.commands.exchange_plans import FAIL_PLAN, PROPOSE_EXCHANGES, Asking
from graph_store.commands.facts import NotNow
from graph_store.commands.flow_runs import (
    BEGIN_RUN,
    END_RUN,
    RETRY_FLOW_RUN,
    RUN_FLOW,
    Again,
    Begun,
    Ended,
    Wanted,
)
from graph_store.commands.machines import Step
from graph_store.commands.move_facts import OnlyTheHub
from graph_store.commands.notices_read import MARK_NOTICES_READ, NoticesRead, Reading
from tests.graph_store.commands.conftest import Appointed, Ask, By, New, written

RUN = "MATCH (r:FlowRun {id: $id}) RETURN [r.state, r.attempt, r.failure]"


async def test_a_run_that_failed_waits_for_a_worker_again(by: By, ask: Ask) -> None:
    run = written(await by(HUB, RUN_FLOW, Wanted("reconcile"))).id
    assert await ask(RUN, id=run) == [["waiting", 1, None]]
    written(await by(HUB, BEGIN_RUN, Begun("reconcile", "run-1", "worker-1", 1, record=run)))
    assert await by(HUB, RETRY_FLOW_RUN, Again(run)) == NotNow(run, "retry", "running")
    written(await by(HUB, END_RUN, Ended(run, "failed", failure="RuntimeError")))
    written(await by(HUB, RETRY_FLOW_RUN, Again(run)))
    ((state, attempt, _),) = await ask(RUN, id=run)
    assert (state, attempt) == ("waiting", 2)
    assert await by(HUB, RETRY_FLOW_RUN, Again(run)) == NotNow(run, "retry", "waiting")


async def test_a_plan_that_could_not_be_computed_says_why_once(
    by: By, ask: Ask, appointed: Appointed, new_institution: New
) -> None:
    platform, _ = await appointed("platform_admin")
    asking = Asking(await new_institution(), asker=platform.person)
    plan = written(await by(platform, PROPOSE_EXCHANGES, asking)).id
    failing = Step(plan, reason="HiGHS: the limit was reached")
    assert await by(platform, FAIL_PLAN, failing) == OnlyTheHub("failExchangePlan")
    written(await by(HUB, FAIL_PLAN, failing))
    assert await by(HUB, FAIL_PLAN, failing) == NotNow(plan, "failExchangePlan", "failed")
    found = "MATCH (p:ExchangePlan {id: $id}) RETURN [p.state, p.failure]"
    assert await ask(found, id=plan) == [["failed", "HiGHS: the limit was reached"]]
    told = "MATCH (n:Notice {kind: 'exchange_plan_failed'})-[:TELLS]->({id: $id}) RETURN n.id"
    (notice,) = await ask(told, id=platform.id)
    reading = Reading(platform.id, (notice,))
    assert await by(platform, MARK_NOTICES_READ, reading) == NoticesRead(1)
    assert await by(platform, MARK_NOTICES_READ, reading) == NoticesRead(0)
