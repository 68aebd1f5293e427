"""An exchange from draft to its end: who moves it, what is owed and told, what begins and ends with it."""

from __future__ import annotations

import pytest

from graph_store.commands.actors import HUB, NOBODY, Actor
from graph_store.commands.exchange_facts import FirstDayHasCome, PersonIsOnExchange, TooEarly
from graph_store.commands.exchanges import MACHINE
from graph_store.commands.facts import (
    NotNow,
    NotYours,
    RecordHasChanged,
    RecordNotFound,
    ValueIsInvalid,
)
from graph_store.commands.machines import Step
from graph_store.commands.move_facts import NotOnYourself, OnlyTheHub
from tests.graph_store.commands.conftest import written
from tests.graph_store.commands.exchanging import MOVES, SINCE, UNTIL, Agencies


async def test_a_recall_ends_the_stay_today(agencies: Agencies) -> None:
    id_ = await agencies.active()
    agencies.clock.pass_to("2027-02-10")
    written(await agencies.move(id_, "recall", agencies.home_approver, "工作需要"))
    ended = "MATCH (n:Record {id: $id}) RETURN [n.state, n.endedOn, n.reason]"
    assert await agencies.ask(ended, id=id_) == [["recalled", "2027-02-10", "工作需要"]]
    assert [stay[2:] for stay in await agencies.stays(agencies.zhang)] == [[SINCE, "2027-02-10"]]


async def test_an_exchange_runs_from_draft_to_its_last_day(agencies: Agencies) -> None:
    id_ = await agencies.active()
    assert await agencies.stays(agencies.zhang) == [
        [agencies.chongqing, agencies.post.removeprefix("cd-post-"), SINCE, UNTIL]
    ]
    agencies.clock.pass_to(UNTIL)
    written(await agencies.move(id_, "complete", HUB))
    assert await agencies.state(id_) == "completed"
    assert await agencies.ask("MATCH (n:Record {id: $id}) RETURN n.endedOn", id=id_) == [UNTIL]
    assert [stay[2:] for stay in await agencies.stays(agencies.zhang)] == [[SINCE, UNTIL]]
    states = ("draft", "submitted", "home_approved", "accepted", "active", "completed")
    assert await agencies.told(agencies.zhang) == [f"cadre_exchange_{each}" for each in states]


async def test_the_clause_and_the_parties_that_allow_it_are_recorded(agencies: Agencies) -> None:
    id_ = await agencies.submitted()
    ends = (
        "MATCH (n:Record {id: $id})-[:AUTHORISED_BY]->(c), (n)-[:SENT_FOR]->(p), (n)-[:RECEIVED_FOR]->(q)"
        " RETURN [c.id, p.id, q.id]"
    )
    expected = [agencies.clause, agencies.sichuan, agencies.chongqing]
    assert await agencies.ask(ends, id=id_) == [expected]


async def test_each_decision_is_owed_where_it_is_due_and_settled_when_it_is_taken(
    agencies: Agencies,
) -> None:
    id_ = await agencies.submitted()
    home, host = agencies.sichuan, agencies.chongqing
    assert await agencies.tasks(id_) == [["open", home, "2026-11-30", 0]]
    written(await agencies.move(id_, "approve", agencies.home_approver))
    after = [["done", home, "2026-11-30", 0], ["open", host, "2026-11-30", 0]]
    assert await agencies.tasks(id_) == after
    written(await agencies.move(id_, "withdraw", agencies.home_approver))
    assert [task[0] for task in await agencies.tasks(id_)] == ["done", "dropped"]


async def test_whoever_owes_the_decision_is_told_as_it_becomes_theirs(agencies: Agencies) -> None:
    home, host = agencies.home_approver.person, agencies.host_approver.person
    assert home
    assert host
    id_ = await agencies.submitted()
    assert (await agencies.told(home), await agencies.told(host)) == (["task_opened"], [])
    written(await agencies.move(id_, "approve", agencies.home_approver))
    assert (await agencies.told(home), await agencies.told(host)) == (["task_opened"],) * 2
    written(await agencies.move(id_, "withdraw", agencies.home_approver))
    assert (await agencies.told(home), await agencies.told(host)) == (["task_opened"],) * 2


@pytest.mark.parametrize(("since", "priority"), [("2026-11-28", 2), ("2026-12-20", 1)])
async def test_the_nearer_the_first_day_the_more_urgent_the_decision(
    agencies: Agencies, since: str, priority: int
) -> None:
    id_ = await agencies.submitted(since=since)
    assert [task[3] for task in await agencies.tasks(id_)] == [priority]


async def test_every_move_leads_only_from_where_the_machine_says(agencies: Agencies) -> None:
    id_ = await agencies.draft()
    for state in MACHINE.states:
        await agencies.ask(
            "MATCH (n:Record {id: $id}) SET n.state = $s RETURN 1", id=id_, s=state.value
        )
        for name in MOVES:
            if not any(state.value in move.sources for move in MACHINE.named(name)):
                fact = await agencies.move(id_, name, HUB)
                assert fact == NotNow(id_, name, state.value)


async def test_home_and_host_each_decide_for_themselves(agencies: Agencies) -> None:
    home, host = agencies.home_approver, agencies.host_approver
    id_ = await agencies.submitted()
    for name in ("approve", "reject"):
        fact = await agencies.move(id_, name, host, "不合适")
        assert isinstance(fact, NotYours | RecordNotFound)
    written(await agencies.move(id_, "approve", home))
    for name in ("approve", "reject"):
        fact = await agencies.move(id_, name, home, "不合适")
        assert isinstance(fact, NotYours | RecordNotFound)
    written(await agencies.move(id_, "reject", host, "岗位撤销"))
    reason = "MATCH (n:Record {id: $id}) RETURN [n.state, n.reason]"
    assert await agencies.ask(reason, id=id_) == [["rejected", "岗位撤销"]]


async def test_a_rejection_and_a_recall_give_a_reason(agencies: Agencies) -> None:
    id_ = await agencies.submitted()
    for reason in (None, "", "  "):
        fact = await agencies.move(id_, "reject", agencies.home_approver, reason)
        assert (type(fact), fact.field) == (ValueIsInvalid, "reason")
    written(await agencies.move(id_, "withdraw", agencies.home_approver))
    goes_on = await agencies.active()
    fact = await agencies.move(goes_on, "recall", agencies.home_approver)
    assert (type(fact), fact.field) == (ValueIsInvalid, "reason")


async def test_nobody_decides_on_their_own_exchange(agencies: Agencies) -> None:
    approver = agencies.home_approver
    id_ = await agencies.draft(person=approver.id)
    written(await agencies.move(id_, "submit", approver))
    for name in ("approve", "reject"):
        assert await agencies.move(id_, name, approver, "自己") == NotOnYourself(id_)
    written(await agencies.move(id_, "withdraw", approver))


async def test_a_person_submits_and_withdraws_their_own_exchange_and_decides_nothing(
    agencies: Agencies,
) -> None:
    zhang = agencies.actor(agencies.zhang)
    id_ = await agencies.draft()
    written(await agencies.move(id_, "submit", zhang))
    assert isinstance(await agencies.move(id_, "approve", zhang), NotYours | RecordNotFound)
    written(await agencies.move(id_, "withdraw", zhang))
    assert await agencies.state(id_) == "withdrawn"


async def test_whoever_has_nothing_to_do_with_it_learns_not_even_that_it_is_there(
    agencies: Agencies,
) -> None:
    id_ = await agencies.submitted()
    elsewhere = agencies.network.institution(agencies.word("elsewhere"))
    lay = agencies.network
    stranger = agencies.actor(lay.person(agencies.word("stranger"), "approver", elsewhere))
    colleague = agencies.actor(lay.person(agencies.word("colleague"), "member", agencies.sichuan))
    await agencies.write()
    for actor in (stranger, colleague):
        for name in ("submit", "approve", "reject", "withdraw", "recall", "complete"):
            assert await agencies.move(id_, name, actor, "试") == RecordNotFound(
                id_, "CadreExchange"
            )
    for name in MOVES:
        assert isinstance(
            await agencies.by(NOBODY, MOVES[name], Step(id_)),
            NotYours | RecordNotFound | OnlyTheHub,
        )


async def test_only_the_hub_begins_and_lets_expire(agencies: Agencies) -> None:
    id_ = await agencies.accepted()
    for actor in (agencies.home_approver, agencies.host_approver):
        assert await agencies.move(id_, "activate", actor) == OnlyTheHub("activate")
    other = await agencies.submitted(person=await _somebody(agencies), post=await _post(agencies))
    assert await agencies.move(other, "expire", agencies.home_approver) == OnlyTheHub("expire")


async def test_nothing_begins_before_its_first_day_nor_is_over_before_its_last(
    agencies: Agencies,
) -> None:
    id_ = await agencies.accepted()
    fact = await agencies.move(id_, "activate", HUB)
    assert fact == TooEarly("activateExchange", SINCE)
    agencies.clock.pass_to(SINCE)
    written(await agencies.move(id_, "activate", HUB))
    for actor in (HUB, agencies.home_approver, agencies.host_approver):
        fact = await agencies.move(id_, "complete", actor)
        assert fact == TooEarly("completeExchange", UNTIL)
    agencies.clock.pass_to(UNTIL)
    written(await agencies.move(id_, "complete", agencies.host_approver))


async def test_what_is_not_decided_before_its_first_day_expires_and_is_approved_no_more(
    agencies: Agencies,
) -> None:
    id_ = await agencies.approved()
    fact = await agencies.move(id_, "expire", HUB)
    assert fact == TooEarly("expireExchange", SINCE)
    agencies.clock.pass_to(SINCE)
    fact = await agencies.move(id_, "approve", agencies.host_approver)
    assert fact == FirstDayHasCome(SINCE)
    written(await agencies.move(id_, "expire", HUB))
    assert [task[0] for task in await agencies.tasks(id_)] == ["done", "dropped"]


async def test_an_exchange_that_is_noted_late_ended_on_its_last_day_all_the_same(
    agencies: Agencies,
) -> None:
    id_ = await agencies.active()
    agencies.clock.pass_to("2027-05-01")
    written(await agencies.move(id_, "complete", HUB))
    assert await agencies.ask("MATCH (n:Record {id: $id}) RETURN n.endedOn", id=id_) == [UNTIL]


async def test_the_next_one_begins_when_the_last_has_ended(agencies: Agencies) -> None:
    id_ = await agencies.active(until="2027-01-31")
    agencies.clock.pass_to("2027-01-15")
    next_ = await agencies.accepted(since="2027-02-01", post=await _post(agencies))
    agencies.clock.pass_to("2027-02-01")
    fact = await agencies.move(next_, "activate", HUB)
    assert fact == PersonIsOnExchange(id_, SINCE, "2027-01-31")
    written(await agencies.move(id_, "complete", HUB))
    written(await agencies.move(next_, "activate", HUB))
    assert len(await agencies.stays(agencies.zhang)) == 2


async def test_a_decision_on_what_has_changed_meanwhile_is_not_taken(agencies: Agencies) -> None:
    id_ = await agencies.submitted()
    given = Step(id_, version=1)
    fact = await agencies.by(agencies.home_approver, MOVES["approve"], given)
    assert fact == RecordHasChanged(id_, 2)


async def test_every_step_of_it_is_in_the_change_log_with_who_did_it(agencies: Agencies) -> None:
    id_ = await agencies.approved()
    told = "MATCH (c:Change {nodeId: $id}) RETURN [c.command, c.actor] ORDER BY c.seq"
    actor: Actor = agencies.home_approver
    commands = ("draftExchange", "submitExchange", "approveExchange")
    assert await agencies.ask(told, id=id_) == [[each, actor.id] for each in commands]


def test_the_machine_draws_itself() -> None:
    drawn = MACHINE.mermaid()
    assert "    submitted --> home_approved: approve" in drawn
    assert "    home_approved --> accepted: approve" in drawn
    assert "    recalled --> [*]" in drawn


async def _somebody(agencies: Agencies) -> str:
    id_ = agencies.add_person()
    await agencies.write()
    return id_


async def _post(agencies: Agencies) -> str:
    id_ = agencies.add_post()
    await agencies.write()
    return id_
