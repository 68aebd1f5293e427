"""How flows stand: what is alive, due and given up, and for how long the first has been due; unknown while the store is away."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from neo4j import AsyncDriver

from graph_store.errors import StoreIsAway
from graph_store.flow_plans import FlowPlans, FlowStanding
from graph_store.flow_watch import FlowFigures, FlowWatch
from graph_store.reads import reader
from graph_store.writes import writer
from tests.graph import DATABASE, empty

NOW = datetime(2026, 11, 30, 8, tzinfo=UTC)
ERRANDS = """\
CREATE (:Outbox:Due {id: 'a', dueAt: '2026-11-30T07:58:30.000Z'}), (:Outbox:Due {id: 'b', dueAt: '2026-11-30T09:00:00.000Z'}),
    (:Outbox:Failed {id: 'c'})"""
LEASE = timedelta(seconds=30)


async def test_what_is_alive_due_and_given_up_is_counted(driver: AsyncDriver) -> None:
    await empty(driver)
    await driver.execute_query(ERRANDS, database_=DATABASE)
    async with reader(driver, DATABASE, 30) as run:
        plans = FlowPlans(run, writer(driver, DATABASE, 30))
        await plans.alive("here", NOW)
        await plans.alive("dead", NOW - timedelta(minutes=5))
        watch = FlowWatch(plans.look, lambda: NOW, LEASE)
        assert watch.current is None
        await watch.refresh()
    assert watch.current == FlowFigures(workers=1, due=2, failed=1, waiting_seconds=90.0)


async def test_nothing_is_due_before_its_time_and_nothing_known_while_the_store_is_away() -> None:
    seen = FlowStanding({}, (), due=1, failed=0, first_due_at="2026-11-30T09:00:00.000Z")

    async def look() -> FlowStanding:
        return seen

    async def away() -> FlowStanding:
        raise StoreIsAway("nothing answers")

    watch = FlowWatch(look, lambda: NOW, LEASE)
    await watch.refresh()
    assert watch.current == FlowFigures(workers=0, due=1, failed=0, waiting_seconds=0.0)
    watch.look = away
    await watch.refresh()
    assert watch.current is None
