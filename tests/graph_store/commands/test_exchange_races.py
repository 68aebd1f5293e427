"""What happens at the same instant: the last place is given once, in one unit of work and between two processes; twice is once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any

import neo4j
import pytest

from graph_store.commands.agreements import END_AGREEMENT, Consent
from graph_store.commands.exchange_drafts import EDIT_EXCHANGE, Revision
from graph_store.commands.exchange_facts import (
    AgreementNotInForce,
    PersonIsOnExchange,
    PostIsTaken,
    QuotaIsUsedUp,
)
from graph_store.commands.facts import NotNow, Written
from graph_store.commands.lanes import Lane, open_lane
from graph_store.commands.machines import Step
from graph_store.commands.transactions import Store
from tests.graph_store.commands.conftest import written
from tests.graph_store.commands.exchanging import MOVES, SINCE, Agencies, two_agencies

ROUNDS = 2


@dataclass
class Two:
    """A world with the lanes of two processes into it."""

    agencies: Agencies
    lanes: tuple[Lane, Lane]

    async def at_once(self, name: str, ids: list[str], *, together: bool) -> list[Any]:
        """The outcomes of home's move of all of them: in one unit of work, or in turn in both processes."""
        agencies = self.agencies
        commands = [agencies.command(agencies.home_approver, MOVES[name], Step(id_)) for id_ in ids]
        lanes = [self.lanes[0 if together else number % 2] for number in range(len(ids))]
        answers = await asyncio.gather(
            *(lane.do(command) for lane, command in zip(lanes, commands, strict=True))
        )
        return [each.outcome for each in answers]

    async def people(self, number: int, **post: Any) -> list[tuple[str, str]]:
        """So many people, each with a post of their own."""
        found = [
            (self.agencies.add_person(), self.agencies.add_post(**post)) for _ in range(number)
        ]
        await self.agencies.write()
        return found


World = Callable[..., Awaitable[Two]]


@pytest.fixture
async def world(store: Store) -> AsyncIterator[World]:
    """Opens worlds; the second lane is another process's, as far as the graph can tell."""
    opened: list[Any] = []

    async def new(**given: Any) -> Two:
        outer = two_agencies(store, **given)
        agencies = await outer.__aenter__()
        inner = open_lane(replace(store, clock=agencies.clock))
        opened.extend((outer, inner))
        return Two(agencies, (agencies.lane, await inner.__aenter__()))

    yield new
    for each in reversed(opened):
        await each.__aexit__(None, None, None)


def kinds(outcomes: list[Any]) -> list[str]:
    """The kinds of outcomes, sorted."""
    return sorted(type(each).__name__ for each in outcomes)


@pytest.mark.parametrize("together", [True, False], ids=["in one unit", "in two processes"])
async def test_the_last_place_of_a_quota_is_given_once(world: World, *, together: bool) -> None:
    two = await world(quota=1)
    for year in range(2027, 2027 + ROUNDS):
        days = {"since": f"{year}-02-01", "until": f"{year}-03-01"}
        ids = [
            await two.agencies.submitted(person=who, post=post, **days)
            for who, post in await two.people(4)
        ]
        outcomes = await two.at_once("approve", ids, together=together)
        assert kinds(outcomes) == ["QuotaIsUsedUp"] * 3 + ["Written"]
        fact = next(each for each in outcomes if isinstance(each, QuotaIsUsedUp))
        assert (fact.quota, fact.used, fact.period) == (1, 1, str(year))


async def test_bodies_of_a_party_that_share_nothing_but_the_clause_share_its_last_place(
    world: World,
) -> None:
    two = await world(quota=1)
    agencies, lay = two.agencies, two.agencies.network
    for year in range(2027, 2027 + ROUNDS):
        ids = []
        for side in range(4):
            home = lay.institution(agencies.word(f"home-{year}-{side}"), part_of=agencies.sichuan)
            host = lay.institution(agencies.word(f"host-{year}-{side}"), part_of=agencies.chongqing)
            person, post = agencies.add_person(at=home), agencies.add_post(at=host)
            await agencies.write()
            days = {"since": f"{year}-02-01", "until": f"{year}-03-01"}
            ids.append(await agencies.submitted(person=person, post=post, home=home, **days))
        outcomes = await two.at_once("approve", ids, together=False)
        assert kinds(outcomes) == ["QuotaIsUsedUp"] * 3 + ["Written"]


@pytest.mark.parametrize("together", [True, False], ids=["in one unit", "in two processes"])
async def test_the_last_vacancy_of_a_post_is_given_once(world: World, *, together: bool) -> None:
    two = await world(quota=None)
    for _ in range(ROUNDS):
        people = await two.people(4, vacancies=2)
        post = people[0][1]
        ids = [await two.agencies.submitted(person=who, post=post) for who, _ in people]
        outcomes = await two.at_once("approve", ids, together=together)
        assert kinds(outcomes) == ["PostIsTaken"] * 2 + ["Written"] * 2
        fact = next(each for each in outcomes if isinstance(each, PostIsTaken))
        assert (fact.vacancies, fact.taken) == (2, 2)


@pytest.mark.parametrize("together", [True, False], ids=["in one unit", "in two processes"])
async def test_a_person_is_submitted_once_for_the_same_days(
    world: World, *, together: bool
) -> None:
    two = await world(quota=None)
    for _ in range(ROUNDS):
        people = await two.people(4)
        who = people[0][0]
        ids = [await two.agencies.draft(person=who, post=post) for _, post in people]
        outcomes = await two.at_once("submit", ids, together=together)
        assert kinds(outcomes) == ["PersonIsOnExchange"] * 3 + ["Written"]
        won = ids[kinds_in_order(outcomes).index("Written")]
        assert {e.exchange for e in outcomes if isinstance(e, PersonIsOnExchange)} == {won}


def kinds_in_order(outcomes: list[Any]) -> list[str]:
    """The kinds of outcomes."""
    return [type(each).__name__ for each in outcomes]


async def test_two_approvers_of_the_same_exchange_decide_it_once(world: World) -> None:
    two = await world()
    id_ = await two.agencies.submitted()
    for name in ("approve", "withdraw"):
        outcomes = await two.at_once(name, [id_, id_], together=False)
        # home's second approval is the host's to give by then, and of what is withdrawn nothing follows
        assert kinds_in_order(outcomes).count("Written") == 1


async def test_the_same_request_sent_twice_and_at_once_is_done_once(world: World) -> None:
    two = await world()
    id_ = await two.agencies.submitted()
    command = two.agencies.command(two.agencies.home_approver, MOVES["approve"], Step(id_))
    first = await asyncio.gather(*(lane.do(command) for lane in (*two.lanes, *two.lanes)))
    again = await two.lanes[1].do(command)
    assert {each.outcome for each in [*first, again]} == {Written("CadreExchange", id_, 3)}
    done = "MATCH (c:Change {nodeId: $id, command: 'approveExchange'}) RETURN count(c)"
    assert await two.agencies.ask(done, id=id_) == [1]


async def test_a_draft_that_is_edited_in_the_same_unit_is_submitted_as_it_is_then(
    world: World,
) -> None:
    """What was asked for its old days does not do; the unit is run again, each command alone, in whichever order."""
    two = await world()
    agencies = two.agencies
    id_, other = await agencies.draft(), await agencies.draft()
    given = Revision(id_, 1, {"since": "2027-02-01"})
    commands = [
        agencies.command(agencies.home_approver, MOVES["withdraw"], Step(other)),
        agencies.command(agencies.home_approver, EDIT_EXCHANGE, given),
        agencies.command(agencies.home_approver, MOVES["submit"], Step(id_)),
    ]
    answers = await asyncio.gather(*map(agencies.lane.do, commands))
    withdrawn, edited, submitted = (each.outcome for each in answers)
    assert isinstance(withdrawn, Written)
    assert isinstance(submitted, Written)
    (since,) = await agencies.ask("MATCH (n:Record {id: $id}) RETURN n.since", id=id_)
    if isinstance(edited, Written):
        assert since == "2027-02-01"
    else:
        assert isinstance(edited, NotNow)
        assert since == SINCE


async def test_an_agreement_that_ends_at_the_same_instant_is_before_or_after(world: World) -> None:
    two = await world()
    agencies = two.agencies
    admins = [
        agencies.actor(agencies.network.person(agencies.word(word), "institution_admin", at))
        for word, at in (("sc-admin", agencies.sichuan), ("cq-admin", agencies.chongqing))
    ]
    await agencies.write()
    id_ = await agencies.approved()
    written(await agencies.by(admins[0], END_AGREEMENT, Consent(agencies.agreement, 1)))
    last = agencies.command(admins[1], END_AGREEMENT, Consent(agencies.agreement, 2))
    approval = agencies.command(agencies.host_approver, MOVES["approve"], Step(id_))
    ended, approved = await asyncio.gather(two.lanes[0].do(last), two.lanes[1].do(approval))
    written(ended.outcome)
    order = (
        "MATCH (c:Change) WHERE c.nodeId IN [$id, $agreement] AND c.command IN ['approveExchange', 'endAgreement']"
        " RETURN c.command ORDER BY c.seq DESC LIMIT 1"
    )
    (last_done,) = await agencies.ask(order, id=id_, agreement=agencies.agreement)
    if last_done == "endAgreement" and isinstance(approved.outcome, Written):
        assert await agencies.state(id_) == "accepted"
    else:
        assert isinstance(approved.outcome, AgreementNotInForce)
        assert await agencies.state(id_) == "home_approved"
    fact = await agencies.move(id_, "approve", agencies.host_approver)
    assert isinstance(fact, AgreementNotInForce | NotNow)


async def test_an_approval_takes_as_many_statements_for_many_as_for_one(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    two = await world(quota=None)
    ids = [await two.agencies.submitted(person=who, post=post) for who, post in await two.people(7)]
    sent: list[str] = []
    run = neo4j.AsyncTransaction.run

    async def counted(self: Any, query: Any, *given: Any, **named: Any) -> Any:
        sent.append(str(query).partition("\n")[0])
        return await run(self, query, *given, **named)

    monkeypatch.setattr(neo4j.AsyncTransaction, "run", counted)
    assert kinds(await two.at_once("approve", ids[:1], together=True)) == ["Written"]
    alone = list(sent)
    sent.clear()
    assert kinds(await two.at_once("approve", ids[1:], together=True)) == ["Written"] * 6
    assert sorted(sent) == sorted(alone)
    assert len(alone) == STATEMENTS, alone


STATEMENTS = 19
"""Open, close, who the actor is; eight hops of the exchange and a hold of their ends; five questions about these, and who decides at the host."""
