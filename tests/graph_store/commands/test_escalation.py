"""What is late is passed on step by step, what will be late is reminded of once a day; both by the hub alone, found by index."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from neo4j import AsyncDriver

from graph_store.commands.actors import HUB
from graph_store.commands.escalation import ESCALATE_TASK, REMIND, OfTask
from graph_store.commands.facts import Written
from graph_store.commands.inbox_facts import IsReminded, NotYetDue, TaskIsSettled
from graph_store.commands.lanes import Lane, open_lane
from graph_store.commands.move_facts import OnlyTheHub
from graph_store.commands.transactions import Store
from graph_store.model import MODEL
from graph_store.reads import reader
from graph_store.tasks_due import DUE_SOON, OVERDUE, due_soon, overdue
from tests.graph import DATABASE
from tests.graph_store.commands.conftest import NOW, Appointed, Ask, By, New, command, written
from tests.graph_store.commands.petitions import DECIDE_TASK, PETITION, Petition, deciding_on

LATE = NOW + timedelta(days=6)


@pytest.fixture
async def later(store: Store) -> AsyncIterator[Lane]:
    """A lane in which six days have gone by."""
    then = Store(store.driver, DATABASE, MODEL, "cd", lambda: LATE)
    async with open_lane(then) as opened:
        yield opened


async def owed(by: By, ask: Ask, person: str, home: str) -> Any:
    """A petition, and the input by which it is approved."""
    record = written(await by(HUB, PETITION, Petition(person, home))).id
    (task,) = await ask("MATCH (t:Task)-[:ABOUT_RECORD]->({id: $id}) RETURN t.id", id=record)
    return deciding_on(task, record)


async def notices(ask: Ask, person: str) -> list[str]:
    """The kinds of a person's notices, the deed's own left out."""
    kinds = await ask("MATCH (n:Notice)-[:TELLS]->({id: $id}) RETURN n.kind", id=person)
    return sorted(each for each in kinds if each.startswith("task"))


async def test_an_overdue_task_goes_to_the_administrator_then_above_then_to_the_platform(
    by: By, ask: Ask, later: Lane, appointed: Appointed, new_person: New
) -> None:
    admin, home = await appointed("institution_admin")
    head, above = await appointed("institution_admin")
    platform, _ = await appointed("platform_admin")
    await ask(
        "MATCH (a {id: $home}), (b {id: $above}) CREATE (a)-[:PART_OF]->(b) RETURN 1",
        home=home,
        above=above,
    )
    person = await new_person()
    given = await owed(by, ask, person, home)
    for number, (who, at) in enumerate(((admin, home), (head, above), (platform, above)), start=1):
        outcome = (await later.do(command(ESCALATE_TASK, OfTask(given.task)))).outcome
        assert isinstance(outcome, Written), outcome
        (task,) = await ask("MATCH (t:Task {id: $id}) RETURN t {.*}", id=given.task)
        assert (task["state"], task["escalations"], task["escalatedTo"]) == ("open", number, at)
        assert (task["role"], task["priority"]) == ("institution_admin", number)
        assert await notices(ask, who.id) == ["task_escalated"]
        assert len(await notices(ask, person)) == number
        await ask(
            "MATCH (t:Task {id: $id}) SET t.dueAt = $due RETURN 1",
            id=given.task,
            due="2026-11-26T00:00:00.000Z",
        )
    fact = (await later.do(command(ESCALATE_TASK, OfTask(given.task)))).outcome
    assert isinstance(fact, NotYetDue)
    (state,) = await ask("MATCH (r {id: $id}) RETURN r.state", id=given.record)
    assert state == "submitted"
    assert isinstance(await by(admin, DECIDE_TASK, given), Written)


async def test_a_step_without_anybody_but_the_subject_is_passed_over(
    by: By, ask: Ask, later: Lane, appointed: Appointed
) -> None:
    admin, home = await appointed("institution_admin")
    platform, _ = await appointed("platform_admin")
    given = await owed(by, ask, admin.id, home)
    assert isinstance((await later.do(command(ESCALATE_TASK, OfTask(given.task)))).outcome, Written)
    (step_reached,) = await ask("MATCH (t:Task {id: $id}) RETURN t.escalations", id=given.task)
    assert step_reached == 3
    assert "task_escalated" in await notices(ask, platform.id)
    assert await notices(ask, admin.id) == ["task_passed_on"]


async def test_only_the_hub_passes_on_and_only_what_is_late_and_open(
    by: By, ask: Ask, lane: Lane, later: Lane, appointed: Appointed
) -> None:
    approver, home = await appointed("approver")
    given = await owed(by, ask, (await appointed("member", at=home))[0].id, home)
    of = OfTask(given.task)
    assert await by(approver, ESCALATE_TASK, of) == OnlyTheHub("escalate")
    assert isinstance((await lane.do(command(ESCALATE_TASK, of))).outcome, NotYetDue)
    assert isinstance(await by(approver, DECIDE_TASK, given), Written)
    for decision in (ESCALATE_TASK, REMIND):
        assert isinstance((await later.do(command(decision, of))).outcome, TaskIsSettled)


async def test_people_are_reminded_once_a_day_and_never_of_themselves(
    by: By, ask: Ask, lane: Lane, later: Lane, appointed: Appointed
) -> None:
    approver, home = await appointed("approver")
    subject, _ = await appointed("approver", at=home)
    given = await owed(by, ask, subject.id, home)
    of = OfTask(given.task)
    assert isinstance((await lane.do(command(REMIND, of))).outcome, Written)
    assert (await lane.do(command(REMIND, of))).outcome == IsReminded(given.task)
    assert isinstance((await later.do(command(REMIND, of))).outcome, Written)
    assert await notices(ask, approver.id) == ["task_due_soon"] * 2
    assert await notices(ask, subject.id) == []


async def test_the_same_reminder_twice_with_one_key_is_one(
    by: By, ask: Ask, lane: Lane, appointed: Appointed, new_person: New
) -> None:
    approver, home = await appointed("approver")
    given = await owed(by, ask, await new_person(), home)
    for _ in range(2):
        once = command(REMIND, OfTask(given.task), f"remind/{given.task}/2026-11-25")
        assert isinstance((await lane.do(once)).outcome, Written)
    assert await notices(ask, approver.id) == ["task_due_soon"]


async def test_what_is_late_and_what_soon_will_be_is_found_by_the_index(
    store: Store, by: By, ask: Ask, appointed: Appointed, new_person: New
) -> None:
    _, home = await appointed("approver")
    given = await owed(by, ask, await new_person(), home)
    run = reader(store.driver, DATABASE, 30)
    due = NOW + timedelta(days=5)
    assert given.task in await overdue(run, due + timedelta(seconds=1))
    assert given.task not in await overdue(run, due)
    assert given.task in await due_soon(run, due - timedelta(hours=2))
    assert given.task not in await due_soon(run, NOW)
    await ask("MATCH (t:Task {id: $id}) SET t.remindedAt = t.dueAt RETURN 1", id=given.task)
    assert given.task not in await due_soon(run, due - timedelta(hours=2))
    for statement in (OVERDUE, DUE_SOON):
        assert "Task(state, dueAt, id)" in await _plan(store.driver, statement)


async def _plan(driver: AsyncDriver, statement: Any) -> str:
    moment = datetime(2026, 1, 1, tzinfo=UTC).isoformat()
    given = {"now": moment, "soon": moment, "day": moment, "limit": 10}
    found = await driver.execute_query("EXPLAIN " + statement, given, database_=DATABASE)
    assert found.summary.plan is not None
    return str(found.summary.plan)


@pytest.mark.parametrize("decision", [ESCALATE_TASK, REMIND], ids=lambda each: each.name)
async def test_a_task_that_is_not_there_is_no_fault_of_the_hub(lane: Lane, decision: Any) -> None:
    fact = (await lane.do(command(decision, OfTask("cd-task-none")))).outcome
    assert fact.__class__.__name__ == "RecordNotFound"
