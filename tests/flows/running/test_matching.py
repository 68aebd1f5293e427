"""A plan that is asked for is computed by the flow, as Prefect runs it, once, and linked to its run."""

from __future__ import annotations

from datetime import timedelta

import pytest
from neo4j import AsyncDriver

from flows.desk import Desk, seated
from flows.engine import Engine
from flows.outbox import Pump
from graph_store.commands.actors import Actor
from graph_store.commands.exchange_plans import PROPOSE_EXCHANGES, Asking
from graph_store.commands.facts import Written
from tests.flows.running.conftest import Ask
from tests.matching.network import Matchmaking

pytestmark = pytest.mark.usefixtures("prefect_in_use")
PLATFORM = Actor("cd-person-platform", "cd-person-platform")
PLAN = """MATCH (p:ExchangePlan {id: $id}) RETURN [p.state, p.proof, p.evenness, p.proposed,
  COUNT { (p)<-[:PROPOSED_IN]-(:ProposedExchange {state: 'open'}) }, COUNT { (p)<-[:SERVED]-(:FlowRun {state: 'completed'}) }]"""


async def test_a_plan_is_computed_once_and_linked_to_its_run(
    graph: AsyncDriver, desk: Desk, engine: Engine, ask: Ask
) -> None:
    # the flow looks at the real day, so people are willing for years to come
    network = Matchmaking().lay_out()
    for wish in network.graph.records["ExchangeWish"]:
        wish["until"] = "2030-12-01"
    await network.write(graph)
    asking = Asking("cd-institution-sc", asker=PLATFORM.id)
    outcome = (await desk.lane.do(PROPOSE_EXCHANGES.by(PLATFORM, "ask", asking))).outcome
    assert isinstance(outcome, Written)
    pump = Pump(desk, engine, timedelta(seconds=0.05))
    with seated(desk):
        assert await pump.pump() == 1
        await pump.settled()
    assert await ask(PLAN, id=outcome.id) == [["ready", "optimal", "optimal", 3, 3, 1]]
    told = await ask("MATCH (n:Notice)-[:TELLS]->({id: $id}) RETURN n.kind", id=PLATFORM.id)
    assert told == ["exchange_plan_ready"]
    (due,) = await ask("MATCH (o:Due {topic: 'propose_exchanges'}) RETURN count(o)")
    assert due == 0
