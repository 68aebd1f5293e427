"""A plan is asked for, computed, and accepted or declined through GraphQL, by the real roles."""

from __future__ import annotations

from datetime import date
from functools import partial
from itertools import count
from typing import Any

import pytest

from auth.viewer import ANONYMOUS
from flows.proposing import compute
from graph_store.commands.actors import HUB
from graph_store.commands.lanes import open_lane
from graph_store.commands.transactions import Store
from graph_store.model import MODEL
from graph_store.reads import reader
from tests.graph import DATABASE
from tests.matching.network import AGENCIES, Matchmaking
from tests.schema.conftest import NOW, Hub

TODAY = date(2026, 11, 25)
_keys = count(1)

ASK = """mutation ($key: ID!, $input: ProposeExchangesInput!, $dry: Boolean = false) {
  done: proposeExchanges(requestKey: $key, input: $input, dryRun: $dry) {
    __typename ... on ExchangesBeingProposed { id exchangePlan { state askedBy { id } } }
    ... on Fact { messageEn whatNext } } }"""
PLAN = """query ($id: ID!) { exchangePlan(id: $id) { state proof evenness proposed bound imbalance imbalanceBound circles solver
  people posts firstServed concerned { totalCount }
  proposals { nodes { id state why whyEn months inCircle figure home { id } host { id } exchange { state } } } } }"""
DECIDE = """mutation ($key: ID!, $input: %sProposalsInput!, $dry: Boolean = false) {
  done: %sProposals(requestKey: $key, input: $input, dryRun: $dry) { results { proposalId result { __typename
    ... on Proposal%s { proposedExchange { state exchange { state home { id } person { id } } } }
    ... on Fact { messageEn message whatNextEn } } } } }"""
ACCEPT, DECLINE = (
    DECIDE % ("Accept", "accept", "Accepted"),
    DECIDE % ("Decline", "decline", "Declined"),
)


@pytest.fixture(scope="module")
async def network(hub: Hub) -> Matchmaking:
    """Three agencies whose people want to go round."""
    made = Matchmaking().lay_out()
    await made.write(hub.driver)
    return made


async def ask(hub: Hub, text: str, by: str | None, **given: Any) -> Any:
    """The answer to `done`, or the data, by somebody of the network."""
    viewer = await hub.viewer(f"cd-person-{by}") if by else ANONYMOUS
    answer = await hub.ask(text, viewer, key=f"matching {next(_keys)}", **given)
    return answer.get("done", answer) if isinstance(answer, dict) else answer


async def computed(hub: Hub, by: str = "platform", at: str = "sc", **given: Any) -> str:
    """The id of a plan that was asked for and computed."""
    asked = {"institution": f"cd-institution-{at}", **given}
    done = await ask(hub, ASK, by, input=asked)
    assert done["exchangePlan"] == {"state": "COMPUTING", "askedBy": {"id": f"cd-person-{by}"}}
    await run_flow(hub, done["id"])
    return str(done["id"])


async def run_flow(hub: Hub, plan: str) -> Any:
    """What the flow does for one plan."""
    store = Store(hub.driver, DATABASE, MODEL, "cd", lambda: NOW)
    async with open_lane(store) as lane:

        async def do(decision: Any, key: str, value: Any) -> Any:
            return (await lane.do(decision.by(HUB, key, value))).outcome

        run = reader(hub.driver, DATABASE, 120)
        found = await compute(run, do, plan, f"flow {plan}", TODAY)
        assert run.asked == (
            4 if found else 1
        )  # a situation of any size is read in four statements
        return found


async def proposals(hub: Hub, plan: str, by: str) -> list[Any]:
    """Those that somebody sees."""
    answer = await ask(hub, PLAN, by, id=plan)
    return list(answer["exchangePlan"]["proposals"]["nodes"]) if answer["exchangePlan"] else []


async def clear(hub: Hub) -> None:
    """Begin again: wishes open, no plans, no exchanges."""
    await hub.driver.execute_query(
        "MATCH (n) WHERE n:ExchangePlan OR n:ProposedExchange OR n:CadreExchange OR n:Notice DETACH DELETE n"
    )
    await hub.driver.execute_query("MATCH (w:ExchangeWish) SET w.status = 'open'")


@pytest.mark.usefixtures("network")
async def test_a_circle_of_three_agencies_is_proposed_with_its_proof(hub: Hub) -> None:
    await clear(hub)
    plan = (await ask(hub, PLAN, "platform", id=await computed(hub)))["exchangePlan"]
    assert (plan["state"], plan["proof"], plan["evenness"]) == ("READY", "OPTIMAL", "OPTIMAL")
    assert (plan["proposed"], plan["bound"], plan["people"], plan["posts"]) == (3, 3, 3, 3)
    assert (plan["imbalance"], plan["imbalanceBound"], plan["circles"]) == (0, 0, 1)
    assert plan["solver"].startswith("HiGHS 1.")
    for each in plan["proposals"]["nodes"]:
        assert each["inCircle"]
        assert "属于 3 方循环" in each["why"]
        assert "光学（专家）" in each["why"]
        assert "skilled in what the post requires: 光学 (expert)" in each["whyEn"]


@pytest.mark.usefixtures("network")
async def test_whoever_asked_is_told_when_it_is_ready(hub: Hub) -> None:
    await clear(hub)
    await computed(hub)
    told = await ask(hub, "{ notices { nodes { kind body } } }", "platform")
    assert [each["kind"] for each in told["notices"]["nodes"]] == ["exchange_plan_ready"]
    assert "3 项" in told["notices"]["nodes"][0]["body"]


@pytest.mark.usefixtures("network")
async def test_accepting_all_drafts_an_exchange_of_each(hub: Hub) -> None:
    await clear(hub)
    plan = await computed(hub)
    dry = await ask(hub, ACCEPT, "platform", input={"plan": plan}, dry=True)
    assert [each["result"]["__typename"] for each in dry["results"]] == ["ProposalAccepted"] * 3
    done = await ask(hub, ACCEPT, "platform", input={"plan": plan})
    assert len(done["results"]) == 3
    mine = await proposals(hub, plan, "platform")
    assert {each["state"] for each in mine} == {"ACCEPTED"}
    drafts = await hub.driver.execute_query(
        "MATCH (p:ProposedExchange)-[:BECAME]->(x:CadreExchange {state: 'draft'})-[:TO_POST]->(q), (x)-[:SENT_BY]->(h)"
        " MATCH (p)-[:PROPOSED_TO]->(q), (p)-[:WOULD_SEND]->(h) RETURN count(x)"
    )
    assert drafts.records[0][0] == 3
    again = await ask(hub, ACCEPT, "platform", input={"plan": plan, "proposals": [mine[0]["id"]]})
    assert again["results"][0]["result"]["__typename"] == "NotNow"


@pytest.mark.usefixtures("network")
async def test_an_administrator_accepts_what_their_own_side_sends_and_nothing_else(
    hub: Hub,
) -> None:
    await clear(hub)
    plan = await computed(hub)
    done = await ask(hub, ACCEPT, "admin-cq", input={"plan": plan})
    (row,) = done["results"]
    exchange = row["result"]["proposedExchange"]["exchange"]
    assert exchange == {
        "state": "DRAFT",
        "home": {"id": "cd-institution-cq"},
        "person": {"id": "cd-person-willing-cq"},
    }
    rest = [each["id"] for each in await proposals(hub, plan, "platform") if each["state"] == "OPEN"]  # fmt: skip
    assert len(rest) == 2
    refused = await ask(hub, ACCEPT, "admin-cq", input={"plan": plan, "proposals": rest})
    assert {each["result"]["__typename"] for each in refused["results"]} == {"RecordNotFound"}


@pytest.mark.usefixtures("network")
async def test_nobody_accepts_for_themselves_but_they_may_decline(hub: Hub) -> None:
    await clear(hub)
    await hub.driver.execute_query(
        "MATCH (p {id: 'cd-person-willing-sc'}), (i {id: 'cd-institution-sc'}) MERGE (p)-[:HOLDS {role: 'institution_admin'}]->(i)"
    )
    plan = await computed(hub)
    given = {"plan": plan}
    done = await ask(hub, ACCEPT, "willing-sc", input=given)
    assert done["results"] == []  # what one may not decide on is not among all
    (mine,) = [each for each in await proposals(hub, plan, "platform") if each["home"]["id"] == "cd-institution-sc"]  # fmt: skip
    named = {**given, "proposals": [mine["id"]]}
    (row,) = (await ask(hub, ACCEPT, "willing-sc", input=named))["results"]
    assert row["result"]["__typename"] == "NotOnYourself"
    (row,) = (await ask(hub, DECLINE, "willing-sc", input={**named, "reason": "家中有事"}))["results"]  # fmt: skip
    assert row["result"]["proposedExchange"]["state"] == "DECLINED"
    assert [each["status"] for each in await _wishes(hub, "willing-sc")] == ["OPEN"]


async def _wishes(hub: Hub, by: str) -> list[Any]:
    answer = await ask(hub, "{ exchangeWishes { nodes { id status person { id } } } }", by)
    return [e for e in answer["exchangeWishes"]["nodes"] if e["person"]["id"] == f"cd-person-{by}"]


@pytest.mark.usefixtures("network")
async def test_rules_are_asked_again_when_a_proposal_is_accepted(hub: Hub) -> None:
    await clear(hub)
    plan = await computed(hub)
    for change, back, fact in (
        ("MATCH (q:Post) SET q.status = 'closed'", "MATCH (q:Post) SET q.status = 'open'", "PostIsClosed"),
        ("MATCH (c:Clause) SET c.quota = 0", "MATCH (c:Clause) SET c.quota = 5", "QuotaIsUsedUp"),
        ("MATCH (a:Agreement) SET a.status = 'suspended'", "MATCH (a:Agreement) SET a.status = 'signed'", "AgreementNotInForce"),
        ("MATCH (:Person)-[s:SKILLED_IN]->() SET s.level = 'familiar'", "MATCH (:Person)-[s:SKILLED_IN]->() SET s.level = 'expert'", "RequirementsNotMet"),
        ("MATCH (w:ExchangeWish) SET w.status = 'withdrawn'", "MATCH (w:ExchangeWish) SET w.status = 'open'", "WishIsNotOpen"),
    ):  # fmt: skip
        await hub.driver.execute_query(change)
        done = await ask(hub, ACCEPT, "platform", input={"plan": plan})
        assert {each["result"]["__typename"] for each in done["results"]} == {fact}
        assert len(done["results"]) == 3
        await hub.driver.execute_query(back)
    closing = """mutation ($key: ID!, $id: ID!) { done: closeExchangePlan(requestKey: $key, input: {id: $id}) {
      __typename } }"""
    assert (await ask(hub, closing, "platform", id=plan))["__typename"] == "ExchangePlanClosed"
    done = await ask(hub, ACCEPT, "platform", input={"plan": plan})
    assert {each["result"]["__typename"] for each in done["results"]} == {"PlanIsNotReady"}


@pytest.mark.usefixtures("network")
async def test_those_concerned_see_the_plan_and_nobody_else(hub: Hub) -> None:
    await clear(hub)
    plan = await computed(hub)
    seen = {by: len(await proposals(hub, plan, by)) for by in ("platform", "admin-sc", "member-mz")}
    assert seen == {"platform": 3, "admin-sc": 3, "member-mz": 2}
    outside = await ask(hub, PLAN, None, id=plan)
    assert outside["exchangePlan"] is None


@pytest.mark.usefixtures("network")
async def test_an_administrator_asks_for_their_own_people_alone(hub: Hub) -> None:
    await clear(hub)
    plan = await computed(hub, by="admin-cq", at="cq")
    assert [each["home"]["id"] for each in await proposals(hub, plan, "admin-cq")] == [
        "cd-institution-cq"
    ]
    both = ["cd-institution-cq", "cd-institution-sc"]
    for by, given in (
        ("admin-cq", {"institution": both[0], "scope": both}),
        ("member-cq", {"institution": both[0]}),
        (None, {"institution": both[0]}),
    ):
        assert (await ask(hub, ASK, by, input=given))["__typename"] == "NotYours"
    unknown = {"institution": "cd-institution-nowhere"}
    assert (await ask(hub, ASK, "platform", input=unknown))["__typename"] == "RecordNotFound"
    hurried = {"institution": both[0], "limitSeconds": 0}
    assert (await ask(hub, ASK, "platform", input=hurried))["__typename"] == "ValueIsInvalid"


@pytest.mark.usefixtures("network")
async def test_the_flow_done_twice_writes_its_plan_once(hub: Hub) -> None:
    await clear(hub)
    plan = await computed(hub)
    assert await run_flow(hub, plan) is None
    assert len(await proposals(hub, plan, "platform")) == 3


WISH = """mutation ($key: ID!, $input: CreateExchangeWishInput!) {
  done: createExchangeWish(requestKey: $key, input: $input) { __typename
    ... on ExchangeWishCreated { id version exchangeWish { status } } ... on Fact { messageEn } } }"""
WITHDRAW = """mutation ($key: ID!, $input: WithdrawExchangeWishInput!) {
  done: withdrawExchangeWish(requestKey: $key, input: $input) { __typename
    ... on ExchangeWishWithdrawn { exchangeWish { status } } ... on Fact { messageEn } } }"""


@pytest.mark.usefixtures("network")
async def test_a_wish_is_entered_by_the_person_or_home_once_and_taken_back(hub: Hub) -> None:
    wish = {
        "person": "cd-person-member-sc",
        "home": "cd-institution-sc",
        "months": 6,
        "since": "2027-03-01",
        "until": "2027-12-31",
    }
    enter = partial(ask, hub, WISH)
    assert (await enter("admin-cq", input=wish))["__typename"] == "NotYours"
    assert (await enter("member-mz", input=wish))["__typename"] == "NotYours"
    strange = {**wish, "home": "cd-institution-cq"}
    assert (await enter("member-sc", input=strange))["__typename"] == "NotEmployedAtHome"
    short = {**wish, "until": "2027-06-30"}
    assert (await enter("member-sc", input=short))["__typename"] == "ValueIsInvalid"
    mine = await enter("member-sc", input=wish)
    assert mine["exchangeWish"] == {"status": "OPEN"}
    assert (await enter("admin-sc", input=wish))["__typename"] == "WishIsOpen"
    back = {"id": mine["id"], "version": mine["version"]}
    assert (await ask(hub, WITHDRAW, "admin-cq", input=back))["__typename"] == "RecordNotFound"
    done = await ask(hub, WITHDRAW, "member-sc", input=back)
    assert done["exchangeWish"] == {"status": "WITHDRAWN"}
    assert (await ask(hub, WITHDRAW, "member-sc", input=back))["__typename"] == "WishIsNotOpen"
    assert {f"cd-institution-{each}" for each in AGENCIES} >= {wish["home"]}
