"""Seats and quotas are never exceeded, groups are confirmed whole or wait whole, and nobody waits who would fit."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack

from graph_store.commands.lanes import Lane, open_lane
from graph_store.commands.registering import REGISTER_GROUP
from graph_store.commands.registration_moves import CANCEL_REGISTRATION
from graph_store.commands.registrations import Register, Registered
from graph_store.commands.training_facts import PartyTooLarge
from graph_store.commands.transactions import Store
from tests.graph_store.commands.classroom import Room, open_class, registered
from tests.graph_store.commands.conftest import Ask, written


async def test_seats_are_given_in_order_until_there_are_none(lane: Lane, ask: Ask) -> None:
    room = await open_class(lane, ask, seats=2)
    states = [registered(await room.register(room.homes[0])).state for _ in range(3)]
    assert states == ["confirmed", "confirmed", "waitlisted"]
    assert (await room.books()).broken() == []


async def test_a_quota_of_an_institution_keeps_its_people_waiting_while_others_fit(
    lane: Lane, ask: Ask
) -> None:
    room = await open_class(lane, ask, seats=10, quota=1)
    one, other = room.homes[:2]
    states = [registered(await room.register(home)).state for home in (one, one, other)]
    assert states == ["confirmed", "waitlisted", "confirmed"]
    assert (await room.books()).broken() == []


async def test_a_group_waits_whole_and_a_single_person_passes_it_who_fits(
    lane: Lane, ask: Ask
) -> None:
    room = await open_class(lane, ask, seats=3)
    home = room.homes[0]
    for size, expected in ((2, "confirmed"), (2, "waitlisted"), (1, "confirmed")):
        assert registered(await room.register(home, size)).state == expected
    assert (await room.books()).broken() == []


async def test_a_group_that_could_never_be_confirmed_is_refused(lane: Lane, ask: Ask) -> None:
    room = await open_class(lane, ask, seats=3, quotas=(2,))
    assert await room.register(room.homes[0], 3) == PartyTooLarge(3, 2)
    assert await room.register(room.homes[1], 4) == PartyTooLarge(4, 3)


async def test_a_cancelled_seat_goes_to_the_first_in_line_who_fits(lane: Lane, ask: Ask) -> None:
    room = await open_class(lane, ask, seats=2, priorities=(0, 5))
    one, favoured = room.homes[:2]
    seated = registered(await room.register(one, 1))
    registered(await room.register(one, 1))
    late_group = registered(await room.register(favoured, 2))
    plain = registered(await room.register(one, 1))
    late = registered(await room.register(favoured, 1))
    written(await room.move(CANCEL_REGISTRATION, seated.registrations[0], room.program(one)))
    assert await room.state(late.registrations[0]) == "confirmed"
    assert await room.state(plain.registrations[0]) == "waitlisted"
    assert await room.state(late_group.registrations[0]) == "waitlisted"
    assert (await room.books()).broken() == []


async def test_whoever_leaves_a_waiting_group_may_make_it_fit(lane: Lane, ask: Ask) -> None:
    room = await open_class(lane, ask, seats=3)
    home = room.homes[0]
    registered(await room.register(home, 2))
    group = registered(await room.register(home, 2))
    written(await room.move(CANCEL_REGISTRATION, group.registrations[0], room.program(home)))
    assert await room.state(group.registrations[1]) == "confirmed"
    assert (await room.books()).broken() == []


async def test_whoever_waits_beyond_the_first_page_is_found(lane: Lane, ask: Ask) -> None:
    """The first four hundred of the list are of an institution whose quota is used."""
    room = await open_class(lane, ask, seats=20, quotas=(10,), people=420)
    full, other = room.homes[:2]
    for size in (10, 100, 100, 100, 100):
        given = Register(room.id, full, room.next_people(full, size))
        outcome = await room.do(REGISTER_GROUP, given, room.program(full))
        if size > 10:
            assert outcome == PartyTooLarge(size, 10)
    seated = registered(await room.register(other, 10))
    room.people[full] = room.people[full] or []
    people = [f"{full}-p{i}".replace("-institution-", "-person-") for i in range(11, 411)]
    for begin in range(0, 400, 10):
        group = Register(room.id, full, tuple(people[begin : begin + 10]))
        assert (
            registered(await room.do(REGISTER_GROUP, group, room.program(full))).state
            == "waitlisted"
        )
    last = registered(await room.register(other, 1))
    assert last.state == "waitlisted"
    written(await room.move(CANCEL_REGISTRATION, seated.registrations[3]))
    assert await room.state(last.registrations[0]) == "confirmed"
    assert (await room.books()).broken() == []


async def test_no_seat_is_given_twice_by_many_lanes_at_once(
    store: Store, lane: Lane, ask: Ask
) -> None:
    room = await open_class(lane, ask, seats=15, quota=6, people=30)
    async with AsyncExitStack() as stack:
        lanes = [await stack.enter_async_context(open_lane(store)) for _ in range(4)]
        waiting = [
            room.register(home, 1 + number % 3, lane=lanes[number % 4])
            for number in range(14)
            for home in room.homes
        ]
        outcomes = [registered(each) for each in await asyncio.gather(*waiting)]
        books = await room.books()
        assert books.broken() == []
        assert books.states().total() == sum(len(each.registrations) for each in outcomes)
        seated = [each for each in outcomes if each.state == "confirmed"][:6]
        freed = [
            room.do(CANCEL_REGISTRATION, _step(each), lane=lanes[number % 4])
            for number, each in enumerate(seated)
        ]
        for outcome in await asyncio.gather(*freed):
            written(outcome)
    assert (await room.books()).broken() == []


def _step(party: Registered) -> object:
    from graph_store.commands.machines import Step

    return Step(party.registrations[0])


async def test_what_commands_of_one_unit_give_and_free_counts_for_the_next_of_them(
    lane: Lane, ask: Ask
) -> None:
    room: Room = await open_class(lane, ask, seats=3)
    home = room.homes[0]
    first = registered(await room.register(home, 2))
    outcomes = await asyncio.gather(
        room.register(home, 2),
        room.register(home, 1),
        room.move(CANCEL_REGISTRATION, first.registrations[0]),
        room.register(home, 1),
        room.move(CANCEL_REGISTRATION, first.registrations[1]),
    )
    assert len(outcomes) == 5
    books = await room.books()
    assert books.states() == {"confirmed": 2, "waitlisted": 2, "cancelled": 2}
    assert books.broken() == []
