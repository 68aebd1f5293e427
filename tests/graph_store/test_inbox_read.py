"""The inbox at five thousand open decisions: in order, whole, counted exactly, and a page reads what is on it and little more."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from neo4j import AsyncDriver

from graph_store import inbox
from graph_store.commands.rows import instant_text
from graph_store.commands.tasks import place
from graph_store.inbox import Row, Wanted
from graph_store.profiles import Step
from graph_store.reads import Run, reader
from graph_store.rights import Rights, Role, RoleHeld
from tests.graph import DATABASE, empty, replanned
from tests.network import Network

NOW = datetime(2026, 11, 25, 1, 30, tzinfo=UTC)
MANY = 5_000
START = ("", "")

WRITE = """
UNWIND $rows AS row
CREATE (t:Task:Record) SET t = row.task
CREATE (r:CadreExchange:Record {id: row.record, state: 'submitted'})
CREATE (t)-[:ABOUT_RECORD]->(r)
WITH t, r, row MATCH (i:Institution {id: row.at}) CREATE (t)-[:OWED_BY]->(i)
WITH r, row MATCH (p:Person {id: row.person}) CREATE (r)-[:EXCHANGES]->(p)
CREATE (:Change {seq: 10000000 + row.number, nodeId: row.record, at: $now, actor: row.person, command: 'submitExchange',
  before: '{"state": "draft"}', after: '{"state": "submitted"}'})"""


def _rows() -> list[dict[str, Any]]:
    rows = []
    for number in range(MANY):
        at = ("above", "ours", "unit", "elsewhere")[number % 4]
        due = instant_text(NOW + timedelta(hours=number * 7 % 1_000 - 100))
        at_id, priority = f"cd-institution-{at}", number % 3
        task = {
            "id": f"cd-task-{number:05}",
            "name": "申请",
            "state": "open",
            "move": "approve",
            "role": "approver",
            "priority": priority,
            "dueAt": due,
            "place": place(at_id, priority, due),
            "visibility": "institution",
        }
        person = "cd-person-approver" if number % 50 == 1 else "cd-person-sender"
        record = f"cd-cadre_exchange-{number:05}"
        rows.append(
            {"task": task, "record": record, "at": at_id, "person": person, "number": number}
        )
    return rows


ROWS = _rows()


@pytest.fixture(scope="module")
async def run(driver: AsyncDriver) -> Run:
    """The tasks of three institutions one above the other and of one elsewhere, every fiftieth about the approver."""
    await empty(driver)
    network = Network()
    network.institution("above")
    network.institution("ours", part_of="cd-institution-above")
    network.institution("unit", part_of="cd-institution-ours")
    network.institution("elsewhere")
    for word in ("approver", "sender"):
        network.person(word)
    await network.write(driver)
    given = {"rows": ROWS, "now": instant_text(NOW)}
    await driver.execute_query(WRITE, given, database_=DATABASE)
    await replanned(driver)
    return reader(driver, DATABASE, 30)


APPROVER = Rights(
    "cd-person-approver",
    "cd-person-approver",
    (RoleHeld(Role.APPROVER, "cd-institution-ours"), RoleHeld(Role.MEMBER, "cd-institution-above")),
)


def _expected(**wanted: Any) -> list[str]:
    """In plain Python: what the approver owes, in order."""
    at = {wanted["institution"]} if "institution" in wanted else {"ours", "unit"}
    mine = [
        row["task"]
        for row in ROWS
        if row["at"].removeprefix("cd-institution-") in at and row["person"] != APPROVER.person
    ]
    if "overdue" in wanted:
        mine = [each for each in mine if (each["dueAt"] < instant_text(NOW)) == wanted["overdue"]]
    mine.sort(key=lambda each: (-each["priority"], each["dueAt"], each["id"]))
    return [each["id"] for each in mine]


async def _page(run: Run, wanted: Wanted, after: tuple[str, str], limit: int) -> list[Row]:
    return await inbox.page(run, APPROVER, wanted, NOW, after=after, limit=limit)


async def _walked(run: Run, wanted: Wanted) -> list[str]:
    after, found = START, []
    while page := await _page(run, wanted, after, 400):
        found += [each.id for each in page]
        after = (page[-1].rank, page[-1].id)
    return found


async def test_pages_give_everything_owed_once_in_order_and_nothing_about_oneself(run: Run) -> None:
    assert await _walked(run, Wanted()) == _expected()


@pytest.mark.parametrize("overdue", [True, False])
async def test_the_overdue_are_told_apart(run: Run, overdue: bool) -> None:  # noqa: FBT001 - a case
    assert await _walked(run, Wanted(overdue=overdue)) == _expected(overdue=overdue)


async def test_filters_narrow_it_to_an_institution_or_a_kind(run: Run) -> None:
    at = Wanted(institution="cd-institution-unit", noun="CadreExchange")
    assert await _walked(run, at) == _expected(institution="unit")
    for nothing in (Wanted(noun="Registration"), Wanted(institution="cd-institution-elsewhere")):
        assert await _page(run, nothing, START, 10) == []


async def test_a_deputy_for_some_kinds_alone_owes_what_is_about_those(run: Run) -> None:
    at = "cd-institution-ours"
    for kinds, owed in ((("registration",), []), (("registration", "cadre_exchange"), _expected())):
        held = RoleHeld(Role.APPROVER, at, deputy_for="cd-person-sender", kinds=kinds)
        rights = Rights(APPROVER.holder, APPROVER.person, (held,))
        rows = await inbox.page(run, rights, Wanted(), NOW, after=START, limit=10_000)
        assert [each.id for each in rows] == owed
        assert (await inbox.counts(run, rights, NOW))[0] == len(owed)
        some = tuple(_expected()[:3])
        concerned = await inbox.concerned(run, rights, some, NOW.date().isoformat())
        assert concerned == (frozenset(some) if owed else frozenset())


async def test_one_decision_is_found_wherever_it_lies_if_it_is_owed(run: Run) -> None:
    last = _expected()[-1]
    assert [each.id for each in await _page(run, Wanted(task=last), START, 10)] == [last]
    others = next(row["task"]["id"] for row in ROWS if row["at"].endswith("elsewhere"))
    assert await _page(run, Wanted(task=others), START, 10) == []


async def test_the_counts_are_exact(run: Run) -> None:
    late = len(_expected(overdue=True))
    assert await inbox.counts(run, APPROVER, NOW) == (len(_expected()), late)
    assert await inbox.counts(run, Rights(), NOW) == (0, 0)


async def test_what_was_handed_to_somebody_is_in_their_inbox_and_no_one_elses(
    driver: AsyncDriver, run: Run
) -> None:
    made = "MATCH (t {id: $id}), (p:Person {id: $person}) CREATE (t)-[:ASSIGNED_TO]->(p)"
    task = next(row["task"]["id"] for row in ROWS if row["at"].endswith("elsewhere"))
    parameters = {"id": task, "person": "cd-person-sender"}
    await driver.execute_query(made, parameters, database_=DATABASE)
    own = Rights("cd-person-sender", "cd-person-sender", (RoleHeld(Role.MEMBER, "elsewhere"),))
    page = await inbox.page(run, own, Wanted(assigned=True), NOW, after=START, limit=10)
    assert page == []  # it is about the sender
    await driver.execute_query(
        "MATCH (t {id: $id})-[:ABOUT_RECORD]->(r)-[e:EXCHANGES]->() DELETE e", parameters
    )
    page = await inbox.page(run, own, Wanted(assigned=True), NOW, after=START, limit=10)
    assert [each.id for each in page] == [task]
    assert await inbox.counts(run, own, NOW) == (1, int(page[0].due_at < instant_text(NOW)))


async def test_a_row_tells_what_it_is_about_and_what_was_done_so_far(run: Run) -> None:
    (row,) = await _page(run, Wanted(), START, 1)
    assert (row.noun, row.state, row.move) == ("CadreExchange", "submitted", "approve")
    (done,) = row.history
    assert (done.command, done.before, done.after) == ("submitExchange", "draft", "submitted")


async def test_a_page_of_twenty_costs_what_is_on_it_however_many_are_open(
    driver: AsyncDriver, run: Run
) -> None:
    profiled = reader(driver, DATABASE, 30).profiled
    middle = (await _page(run, Wanted(), START, 1_000))[-1]
    for after in (START, (middle.rank, middle.id)):
        given = inbox.parameters_of(APPROVER, Wanted(), NOW, after=after, limit=21)
        _, profile = await profiled(inbox.PAGE, given)
        assert profile.all_hits < 2_000, _told(profile)
    _, profile = await profiled(inbox.COUNTS, inbox.parameters_of(APPROVER, Wanted(), NOW))
    assert profile.all_hits < 2 * MANY, _told(profile)


def _told(step: Step, depth: int = 0) -> str:
    own = f"{' ' * depth}{step.operator} {step.hits} {step.rows} {step.details}"
    return "\n".join([own, *(_told(each, depth + 1) for each in step.below)])
