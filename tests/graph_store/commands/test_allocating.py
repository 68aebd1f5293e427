"""Seats that are given after people registered: when the class closes, when it grows, when the waiting list is mended."""

from __future__ import annotations

from graph_store.commands.allocating import ALLOCATE_SEATS, PROMOTE_WAITING_LIST
from graph_store.commands.classes import CLOSE_CLASS, EDIT_CLASS, EditClass
from graph_store.commands.facts import NotNow
from graph_store.commands.lanes import Lane
from tests.graph_store.commands.classroom import open_class, registered
from tests.graph_store.commands.conftest import Ask, written


async def test_at_close_seats_are_given_by_priority_whatever_the_order_of_arrival(
    lane: Lane, ask: Ask
) -> None:
    room = await open_class(lane, ask, seats=3, allocation="at_close", priorities=(0, 9))
    one, favoured = room.homes[:2]
    for home in (one, one, favoured):
        assert registered(await room.register(home, 2)).state == "approved"
    assert isinstance(await room.move(ALLOCATE_SEATS, room.id), NotNow)
    written(await room.move(CLOSE_CLASS, room.id))
    written(await room.move(ALLOCATE_SEATS, room.id))
    books = await room.books()
    assert books.parties("confirmed")[0][1] == favoured
    assert books.states() == {"confirmed": 2, "waitlisted": 4}
    assert books.broken() == []
    assert isinstance(await room.move(ALLOCATE_SEATS, room.id), NotNow)


async def test_many_are_allocated_in_several_transactions(lane: Lane, ask: Ask) -> None:
    room = await open_class(lane, ask, seats=250, allocation="at_close", people=150)
    for home in room.homes:
        for _ in range(30):
            registered(await room.register(home, 5))
    written(await room.move(CLOSE_CLASS, room.id))
    rounds = 0
    while (await room.move(ALLOCATE_SEATS, room.id) is None) is False:
        rounds += 1
        if (await ask("MATCH (c:Record {id: $id}) RETURN c.allocatedAt", id=room.id))[0]:
            break
    assert rounds > 2
    books = await room.books()
    assert books.states() == {"confirmed": 250, "waitlisted": 200}
    assert books.broken() == []


async def test_the_repair_finds_nothing_to_do_where_all_is_well(lane: Lane, ask: Ask) -> None:
    room = await open_class(lane, ask, seats=1)
    for _ in range(2):
        registered(await room.register(room.homes[0]))
    version = await room.version()
    assert written(await room.move(PROMOTE_WAITING_LIST, room.id)).version == version
    await ask(
        "MATCH (r:Registration {state: 'confirmed'})-[:FOR_CLASS]->({id: $id}) SET r.state = 'cancelled' REMOVE r.seat RETURN 1",
        id=room.id,
    )
    written(await room.move(PROMOTE_WAITING_LIST, room.id))
    assert (await room.books()).states() == {"cancelled": 1, "confirmed": 1}


async def test_more_seats_and_a_higher_quota_promote_at_once(lane: Lane, ask: Ask) -> None:
    room = await open_class(lane, ask, seats=1, quota=1)
    one, other = room.homes[:2]
    for home in (one, one, other):
        registered(await room.register(home))
    for seats, quota, confirmed in ((3, 1, 2), (3, 2, 3)):
        given = EditClass(room.id, await room.version(), {"seats": seats, "quota": quota}, {})
        written(await room.do(EDIT_CLASS, given))
        room.seats, room.quotas = seats, dict.fromkeys(room.homes, quota)
        books = await room.books()
        assert books.states()["confirmed"] == confirmed
        assert books.broken() == []
