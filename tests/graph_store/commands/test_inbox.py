"""What people do with decisions they owe: who may, once only, in whose place; handed over, copied, talked about."""

from __future__ import annotations

import pytest

from graph_store.commands.actors import NOBODY, Actor
from graph_store.commands.comments import ASK_SENDER, COMMENT_ON_TASK, Saying
from graph_store.commands.facts import NotYours, RecordNotFound, ValueIsInvalid, Written
from graph_store.commands.inbox import COPY_TASK, HAND_OVER_TASK, Copying, HandingOver
from graph_store.commands.inbox_facts import (
    MayNotDecide,
    NobodyToAsk,
    NotAColleague,
    NotAnAnswer,
    TaskIsSettled,
)
from graph_store.commands.move_facts import NotOnYourself
from tests.graph_store.commands.conftest import Appointed, Ask, By, Owing, written
from tests.graph_store.commands.petitions import DECIDE_TASK, deciding_on


async def told(ask: Ask, person: str) -> list[str]:
    """The kinds of a person's notices."""
    return sorted(await ask("MATCH (n:Notice)-[:TELLS]->({id: $id}) RETURN n.kind", id=person))


async def test_an_approver_decides_and_it_is_written_down_who(
    by: By, ask: Ask, appointed: Appointed, owed: Owing
) -> None:
    approver, home = await appointed("approver")
    one = await owed(home)
    assert (
        written(await by(approver, DECIDE_TASK, deciding_on(one.task, one.record))).id == one.task
    )
    (task,) = await ask("MATCH (t:Task {id: $id}) RETURN t {.*}", id=one.task)
    assert (task["state"], task["outcome"], task["doneBy"]) == ("done", "approve", approver.id)
    assert "place" not in task
    assert await told(ask, one.person) == [
        "cadre_exchange_home_approved",
        "cadre_exchange_submitted",
    ]


@pytest.mark.parametrize("role", ["member", "service", "auditor", "platform_admin"])
async def test_who_neither_approves_nor_administers_decides_nothing(
    by: By, ask: Ask, appointed: Appointed, owed: Owing, role: str
) -> None:
    actor, home = await appointed(role)
    one = await owed(home)
    fact = await by(actor, DECIDE_TASK, deciding_on(one.task, one.record))
    assert isinstance(fact, RecordNotFound | NotYours)
    (state,) = await ask("MATCH (t:Task {id: $id}) RETURN t.state", id=one.task)
    assert state == "open"


async def test_strangers_and_the_signed_out_do_not_learn_that_there_is_a_task(
    by: By, appointed: Appointed, owed: Owing
) -> None:
    one, (stranger, _) = await owed(), await appointed("approver")
    for actor in (stranger, NOBODY):
        fact = await by(actor, DECIDE_TASK, deciding_on(one.task, one.record))
        assert fact == RecordNotFound(one.task, "Task")


async def test_an_administrator_of_what_the_institution_is_part_of_decides(
    by: By, ask: Ask, appointed: Appointed, owed: Owing
) -> None:
    admin, above = await appointed("institution_admin")
    one = await owed()
    await ask(
        "MATCH (a {id: $home}), (b {id: $above}) CREATE (a)-[:PART_OF]->(b) RETURN 1",
        home=one.home,
        above=above,
    )
    assert isinstance(await by(admin, DECIDE_TASK, deciding_on(one.task, one.record)), Written)


async def test_nobody_decides_about_themself(by: By, appointed: Appointed, owed: Owing) -> None:
    approver, home = await appointed("approver")
    one = await owed(home, approver.id)
    fact = await by(approver, DECIDE_TASK, deciding_on(one.task, one.record))
    assert fact == NotOnYourself(one.record)


async def test_what_was_decided_is_told_with_who_and_when_to_whoever_comes_second(
    by: By, appointed: Appointed, owed: Owing
) -> None:
    first, home = await appointed("approver")
    second, _ = await appointed("approver", at=home)
    one = await owed(home)
    given = deciding_on(one.task, one.record, "reject", "人手不足")
    assert isinstance(await by(first, DECIDE_TASK, given), Written)
    fact = await by(second, DECIDE_TASK, deciding_on(one.task, one.record))
    assert isinstance(fact, TaskIsSettled)
    assert (fact.who, fact.outcome) == (first.id, "reject")
    assert first.id in fact.message


async def test_a_rejection_needs_its_reason_and_a_move_that_answers(
    by: By, appointed: Appointed, owed: Owing
) -> None:
    approver, home = await appointed("approver")
    one, other = await owed(home), await owed(home)
    fact = await by(approver, DECIDE_TASK, deciding_on(one.task, one.record, "reject"))
    assert isinstance(fact, ValueIsInvalid)
    for record, move in ((one.record, "finish"), (other.record, "approve")):
        fact = await by(approver, DECIDE_TASK, deciding_on(one.task, record, move))
        assert fact == NotAnAnswer(one.task, move)


async def test_a_task_is_handed_to_who_may_decide_and_they_are_told(
    by: By, ask: Ask, appointed: Appointed, owed: Owing
) -> None:
    approver, home = await appointed("approver")
    colleague, _ = await appointed("institution_admin", at=home)
    one = await owed(home)
    given = HandingOver(one.task, str(colleague.person), "出差")
    assert isinstance(await by(approver, HAND_OVER_TASK, given), Written)
    assert await ask("MATCH (:Task {id: $id})-[:ASSIGNED_TO]->(p) RETURN p.id", id=one.task) == [
        colleague.id
    ]
    assert await told(ask, colleague.id) == ["task_handed_over"]
    assert isinstance(
        await by(colleague, HAND_OVER_TASK, HandingOver(one.task, approver.id)), Written
    )
    assert await ask("MATCH (:Task {id: $id})-[:ASSIGNED_TO]->(p) RETURN p.id", id=one.task) == [
        approver.id
    ]


async def test_a_task_is_handed_neither_to_who_may_not_decide_nor_to_whom_it_is_about(
    by: By, appointed: Appointed, owed: Owing
) -> None:
    approver, home = await appointed("approver")
    member, _ = await appointed("member", at=home)
    elsewhere, _ = await appointed("approver")
    subject, _ = await appointed("approver", at=home)
    one = await owed(home, subject.id)
    for person in (member, elsewhere, subject):
        fact = await by(approver, HAND_OVER_TASK, HandingOver(one.task, person.id))
        assert fact == MayNotDecide(person.id, home)
    fact = await by(member, HAND_OVER_TASK, HandingOver(one.task, approver.id))
    assert fact == RecordNotFound(one.task, "Task")


async def test_colleagues_are_sent_copies_once_and_nobody_else_is(
    by: By, ask: Ask, appointed: Appointed, owed: Owing
) -> None:
    approver, home = await appointed("approver")
    member, _ = await appointed("member", at=home)
    elsewhere, _ = await appointed("member")
    one = await owed(home)
    for _ in range(2):
        assert isinstance(await by(approver, COPY_TASK, Copying(one.task, (member.id,))), Written)
    assert await told(ask, member.id) == ["task_copied"]
    fact = await by(approver, COPY_TASK, Copying(one.task, (member.id, elsewhere.id)))
    assert fact == NotAColleague(elsewhere.id, home)
    assert isinstance(await by(approver, COPY_TASK, Copying(one.task, ())), ValueIsInvalid)


async def test_the_sender_is_asked_answers_and_the_due_date_moves_once(
    by: By, ask: Ask, appointed: Appointed, owed: Owing
) -> None:
    approver, home = await appointed("approver")
    one = await owed(home)
    soon = "2026-11-25T02:00:00.000Z"
    await ask("MATCH (t:Task {id: $id}) SET t.dueAt = $soon RETURN 1", id=one.task, soon=soon)
    question = Saying(approver.id, one.task, "何时可以到岗？")
    assert written(await by(approver, ASK_SENDER, question)).noun == "Comment"
    (due,) = await ask("MATCH (t:Task {id: $id}) RETURN t.dueAt", id=one.task)
    assert due == "2026-11-28T01:30:00.000Z"
    await ask("MATCH (t:Task {id: $id}) SET t.dueAt = $soon RETURN 1", id=one.task, soon=soon)
    assert isinstance(await by(approver, ASK_SENDER, question), Written)
    assert await ask("MATCH (t:Task {id: $id}) RETURN t.dueAt", id=one.task) == [soon]
    assert (await told(ask, one.person)).count("task_question") == 2
    answer = Saying(one.person, one.task, "下月一日。")
    assert isinstance(await by(Actor(one.person, one.person), COMMENT_ON_TASK, answer), Written)
    assert await told(ask, approver.id) == ["task_commented"]


async def test_a_comment_is_its_authors_own_and_says_something(
    by: By, appointed: Appointed, owed: Owing
) -> None:
    approver, home = await appointed("approver")
    other, _ = await appointed("approver", at=home)
    one = await owed(home)
    fact = await by(approver, COMMENT_ON_TASK, Saying(other.id, one.task, "以他人名义"))
    assert fact == RecordNotFound(other.id, "Person")
    for text in (" ", "长" * 2_001):
        fact = await by(approver, COMMENT_ON_TASK, Saying(approver.id, one.task, text))
        assert isinstance(fact, ValueIsInvalid)


async def test_who_is_asked_about_themself_is_nobody_to_ask(
    by: By, appointed: Appointed, owed: Owing
) -> None:
    approver, home = await appointed("approver")
    one = await owed(home, approver.id)
    fact = await by(approver, ASK_SENDER, Saying(approver.id, one.task, "？"))
    assert fact == NobodyToAsk(one.task)
