"""What a registration costs does not grow with the registrations that are there: seats are counted, and the waiting list is read, by ranges."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import neo4j
import pytest
from neo4j import AsyncDriver

from graph_store.commands.lanes import Lane
from graph_store.commands.readers import Reader
from graph_store.commands.registering import REGISTER_GROUP
from graph_store.commands.registrations import Register, Registered
from graph_store.commands.training_readers import BOOK, PAGE, WAITING
from graph_store.commands.transactions import Store, carry_out
from graph_store.commands.warming import plan_units
from tests.graph import DATABASE, replanned
from tests.graph_store.commands.classroom import Room, open_class
from tests.graph_store.commands.conftest import NOW, Ask

FILLED = """\
CREATE (c:TrainingClass:Record {id: $id})
WITH c UNWIND range(1, $waiting + 100) AS i
CREATE (p:Person:Record {id: $id + '-p' + i})
CREATE (r:Registration:Record {id: $id + '-r' + i, party: $id + i})-[:FOR_CLASS]->(c)
CREATE (r)-[:REGISTERS]->(p)
SET r.state = CASE WHEN i <= 100 THEN 'confirmed' ELSE 'waitlisted' END,
  r.seat = CASE WHEN i <= 100 THEN $id + ' home' + (i % 5) END,
  r.rank = CASE WHEN i > 100 THEN $id + ' 9999 ' + toString(100000 + i) + ' home' + (i % 5) END"""


async def _hits(driver: AsyncDriver, reader: Reader, key: str) -> int:
    found = await driver.execute_query(
        f"PROFILE {reader.statement}", b={"keys": [key], "day": "2026-11-25"}, database_=DATABASE
    )
    return _total(found.summary.profile)


def _total(step: Any) -> int:
    own = step["args"].get("DbHits", 0)
    return int(own + sum(_total(each) for each in step.get("children", ())))


@pytest.mark.parametrize("reader", [BOOK, WAITING], ids=lambda reader: reader.name)
async def test_ten_times_as_many_who_wait_cost_the_same(store: Store, reader: Reader) -> None:
    costs = []
    for waiting in (400, 4_000):
        id_ = f"cd-training_class-{reader.name.replace(' ', '')}{waiting}"
        await store.driver.execute_query(FILLED, id=id_, waiting=waiting, database_=DATABASE)
        await replanned(store.driver)
        costs.append(await _hits(store.driver, reader, f"{id_} " if reader is WAITING else id_))
    assert costs[1] < 1.2 * costs[0]  # a plan may differ by a look at each row of the page
    assert costs[1] < PAGE * 12


KNOWN = "RETURN [COUNT { (r:Request) }, COUNT { (n:Record) }, COLLECT { MATCH (s:Sequence) RETURN s.last }]"


async def _together(store: Store, room: Room, parties: int) -> list[str]:
    """The states of so many parties of different homes and sizes, registered in one unit of work."""
    commands = []
    for number in range(parties):
        home = room.homes[number % len(room.homes)]
        given = Register(room.id, home, room.next_people(home, 1 + number % 2))
        key = f"{parties}/{number} of {room.id}"
        commands.append(REGISTER_GROUP.by(room.program(home), key, given))
    answers = await carry_out(store, commands, time_limit_seconds=60)
    assert all(isinstance(each.outcome, Registered) for each in answers), answers
    return [each.outcome.state for each in answers]


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every statement of a unit of work."""
    statements: list[str] = []
    run = neo4j.AsyncTransaction.run

    async def counted(self: Any, query: Any, *given: Any, **named: Any) -> Any:
        statements.append(str(query))
        return await run(self, query, *given, **named)

    monkeypatch.setattr(neo4j.AsyncTransaction, "run", counted)
    return statements


async def test_registering_takes_two_statements_for_many_as_for_one(
    store: Store, lane: Lane, ask: Ask, sent: list[str]
) -> None:
    room = await open_class(lane, ask, seats=8)
    for parties in (1, 9):
        sent.clear()
        await _together(store, room, parties)
        assert [each.partition("\n")[0] for each in sent] == ["// open", "// close"]
    assert (await room.books()).broken() == []


async def test_what_registering_sends_is_planned_beforehand_and_nothing_is_left(
    store: Store, lane: Lane, ask: Ask, sent: list[str]
) -> None:
    before = await ask(KNOWN)
    await plan_units(store)
    planned = set(sent)
    assert await ask(KNOWN) == before
    room = await open_class(lane, ask, seats=1)
    sent.clear()
    await _together(store, room, 1)
    assert set(sent) <= planned


async def test_registering_reads_as_of_the_day_on_which_the_locks_are_had(
    store: Store, lane: Lane, ask: Ask, sent: list[str]
) -> None:
    room = await open_class(lane, ask, seats=1)
    times = iter([NOW, NOW + timedelta(days=1)])
    waiting = Store(store.driver, DATABASE, store.model, "cd", lambda: next(times))
    sent.clear()
    assert await _together(waiting, room, 1) == ["confirmed"]
    openings = [each for each in sent if "standing of actors" in each]
    assert len(openings) == 2, "asked again for the next day"
