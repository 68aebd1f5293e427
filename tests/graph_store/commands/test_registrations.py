"""Who may register whom, what is refused and why, who decides, and what becomes of a registration."""

from __future__ import annotations

from typing import Any

import pytest

from graph_store.commands.actors import Actor
from graph_store.commands.allocating import SETTLE_REGISTRATIONS
from graph_store.commands.classes import (
    CANCEL_CLASS,
    CLOSE_CLASS,
    CREATE_CLASS,
    EDIT_CLASS,
    HOLD_CLASS,
    PUBLISH_CLASS,
    CreateClass,
    EditClass,
)
from graph_store.commands.facts import (
    DatesOutOfOrder,
    NotNow,
    NotYours,
    RecordNotFound,
    ValueIsInvalid,
)
from graph_store.commands.lanes import Lane
from graph_store.commands.machines import Step
from graph_store.commands.move_facts import NotOnYourself, OnlyTheHub
from graph_store.commands.registering import (
    REGISTER,
    REGISTER_GROUP,
    REGISTER_MANY,
    ManyRegistered,
    RegisterMany,
    Row,
)
from graph_store.commands.registration_moves import (
    APPROVE_REGISTRATION,
    CANCEL_REGISTRATION,
    REJECT_REGISTRATION,
)
from graph_store.commands.registrations import Register
from graph_store.commands.rows import tie
from graph_store.commands.training_facts import (
    AlreadyRegistered,
    ClassesOverlap,
    ClassIsClosed,
    ClassIsIncomplete,
    ClauseDoesNotCover,
    FieldStands,
    PersonIsElsewhere,
    SeatsFewerThanTaken,
)
from tests.graph_store.commands.classroom import Room, new_home, open_class, registered
from tests.graph_store.commands.conftest import Appoint, Ask, command, written

TASKS = """\
MATCH (t:Task)-[:ABOUT_RECORD]->(r:Registration)-[:FOR_CLASS]->({id: $id}) MATCH (t)-[:OWED_BY]->(i)
RETURN [t.state, t.move, i.id, t.outcome]"""
TOLD = "MATCH (n:Notice)-[:TELLS]->({id: $id}) RETURN n.kind"


@pytest.fixture
async def room(lane: Lane, ask: Ask) -> Room:
    """A class of two seats."""
    return await open_class(lane, ask, seats=2, people=6)


async def _somebody(appoint: Appoint, role: str, at: str, person: str) -> Actor:
    actor = Actor(person, person)
    await appoint(actor, role, at)
    return actor


async def _staff(room: Room, appoint: Appoint, role: str, home: str | None = None) -> Actor:
    """Somebody of the first home with that role."""
    home = home or room.homes[0]
    (person,) = room.next_people(home, 1)
    return await _somebody(appoint, role, home, person)


async def test_what_an_administrator_registers_waits_for_the_approver_of_home(
    room: Room, appoint: Appoint, ask: Ask
) -> None:
    home = room.homes[0]
    admin, approver = [
        await _staff(room, appoint, role) for role in ("institution_admin", "approver")
    ]
    group = registered(await room.register(home, 2, admin))
    assert group.state == "submitted"
    assert await ask(TASKS, id=room.id) == [["open", "approve", home, None]]
    written(await room.move(APPROVE_REGISTRATION, group.registrations[1], approver))
    books = await room.books()
    assert books.states() == {"confirmed": 2}
    assert books.broken() == []
    assert await ask(TASKS, id=room.id) == [["done", "approve", home, "approve"]]
    person = books.rows[0]["person"]
    assert sorted(await ask(TOLD, id=person)) == [
        "registration_confirmed",
        "registration_submitted",
    ]


async def test_a_person_registers_themself_at_home_and_does_not_approve_it(
    room: Room, appoint: Appoint
) -> None:
    home = room.homes[0]
    approver = await _staff(room, appoint, "approver")
    given = Register(room.id, home, (approver.id,))
    own = written(await room.do(REGISTER, given, approver)).id
    assert await room.move(APPROVE_REGISTRATION, own, approver) == NotOnYourself(own)
    assert await room.move(REJECT_REGISTRATION, own, approver, "x") == NotOnYourself(own)
    written(await room.move(CANCEL_REGISTRATION, own, approver))


async def test_nobody_registers_people_of_another_institution(room: Room, appoint: Appoint) -> None:
    one, other = room.homes[:2]
    admin = await _staff(room, appoint, "institution_admin")
    member = await _staff(room, appoint, "member")
    (theirs,) = room.next_people(other, 1)
    for actor, home in ((admin, other), (member, one), (room.program(one), other)):
        outcome = await room.do(REGISTER, Register(room.id, home, (theirs,)), actor)
        assert outcome == NotYours("institution_admin", home)
    outcome = await room.do(REGISTER, Register(room.id, one, (theirs,)), admin)
    assert outcome == PersonIsElsewhere(theirs, one)


async def test_nobody_is_registered_twice_nor_for_two_classes_at_one_time(
    room: Room, lane: Lane, ask: Ask
) -> None:
    home = room.homes[0]
    first = registered(await room.register(home))
    (person,) = [row["person"] for row in (await room.books()).rows]
    again = Register(room.id, home, (person,))
    program = room.program(home)
    fact = AlreadyRegistered(person, first.registrations[0], "confirmed")
    assert await room.do(REGISTER, again, program) == fact
    other = await open_class(lane, ask, seats=5, startsOn="2027-03-05", endsOn="2027-03-09")
    later = await open_class(lane, ask, seats=5, startsOn="2027-03-06", endsOn="2027-03-09")
    outcome = await room.do(REGISTER, Register(other.id, home, (person,)), program)
    assert outcome == ClassesOverlap(person, room.id)
    written(await room.do(REGISTER, Register(later.id, home, (person,)), program))
    written(await room.move(CANCEL_REGISTRATION, first.registrations[0], program))
    written(await room.do(REGISTER, again, program))


async def test_sessions_decide_where_both_classes_have_some(lane: Lane, ask: Ask) -> None:
    def sessions(*hours: int) -> tuple[dict[str, str], ...]:
        return tuple(
            {"startsAt": f"2027-03-01T{hour:02d}:00:00+08:00", "endsAt": f"2027-03-01T{hour + 1:02d}:00:00+08:00"}
            for hour in hours
        )  # fmt: skip

    home, people = await new_home(ask, "evenings", 1)
    organiser, _ = await new_home(ask, "evenings-organiser", 0)
    ids = []
    for hours in ((9, 14), (10, 15), (15,)):
        given = CreateClass(
            {"name": "夜校", "seats": 9, "startsOn": "2027-03-01"},
            {"organiser": (tie("organiser", organiser),)},
            sessions(*hours),
        )
        ids.append(written((await lane.do(command(CREATE_CLASS, given))).outcome).id)
        written((await lane.do(command(PUBLISH_CLASS, Step(ids[-1])))).outcome)
    outcomes = [
        (await lane.do(command(REGISTER, Register(id_, home, (people[0],))))).outcome for id_ in ids
    ]
    written(outcomes[0])
    written(outcomes[1])
    assert outcomes[2] == ClassesOverlap(people[0], ids[1])


async def test_a_rejected_group_is_rejected_whole_with_a_reason(
    room: Room, appoint: Appoint, ask: Ask
) -> None:
    admin, approver = [
        await _staff(room, appoint, role) for role in ("institution_admin", "approver")
    ]
    group = registered(await room.register(room.homes[0], 2, admin))
    id_ = group.registrations[0]
    outcome = await room.move(REJECT_REGISTRATION, id_, approver)
    assert (type(outcome), outcome.field) == (ValueIsInvalid, "reason")
    written(await room.move(REJECT_REGISTRATION, id_, approver, "名额已满"))
    assert (await room.books()).states() == {"rejected": 2}
    assert await room.move(APPROVE_REGISTRATION, id_, approver) == NotNow(
        id_, "approve", "rejected"
    )
    assert [row[0] for row in await ask(TASKS, id=room.id)] == ["done"]


async def test_when_the_member_leaves_whom_the_decision_was_about_it_is_owed_still(
    room: Room, appoint: Appoint, ask: Ask
) -> None:
    admin, approver = [
        await _staff(room, appoint, role) for role in ("institution_admin", "approver")
    ]
    group = registered(await room.register(room.homes[0], 2, admin))
    written(await room.move(CANCEL_REGISTRATION, group.registrations[0], admin))
    assert sorted(row[0] for row in await ask(TASKS, id=room.id)) == ["dropped", "open"]
    written(await room.move(APPROVE_REGISTRATION, group.registrations[1], approver))
    assert sorted(row[0] for row in await ask(TASKS, id=room.id)) == ["done", "dropped"]


async def test_strangers_learn_nothing_of_a_registration(room: Room, appoint: Appoint) -> None:
    group = registered(await room.register(room.homes[0]))
    (id_,) = group.registrations
    stranger = await _staff(room, appoint, "institution_admin", room.homes[1])
    for decision in (APPROVE_REGISTRATION, REJECT_REGISTRATION, CANCEL_REGISTRATION):
        assert await room.move(decision, id_, stranger, "x") == RecordNotFound(id_, "Registration")


async def test_registration_opens_and_ends_with_the_class(lane: Lane, ask: Ask) -> None:
    draft = await open_class(lane, ask, seats=2, published=False)
    assert await draft.register(draft.homes[0]) == ClassIsClosed(draft.id, "draft")
    late = await open_class(lane, ask, seats=2, registrationClosesAt="2026-11-25T01:29:59Z")
    assert await late.register(late.homes[0]) == ClassIsClosed(late.id, "open")
    written(await late.move(CLOSE_CLASS, late.id))
    assert await late.register(late.homes[0]) == ClassIsClosed(late.id, "closed")
    early = await open_class(lane, ask, seats=2, registrationClosesAt="2026-11-25T10:00:00+08:00")
    assert await early.move(CLOSE_CLASS, early.id) == NotNow(early.id, "close", "open")
    due = "MATCH (o:Outbox {topic: 'allocate_seats', subject: $id}) RETURN o.dueAt"
    assert await ask(due, id=early.id) == ["2026-11-25T02:00:00.000Z"]


async def test_a_class_is_cancelled_with_its_registrations_and_everybody_is_told(
    room: Room, appoint: Appoint, ask: Ask
) -> None:
    admin = await _staff(room, appoint, "institution_admin")
    registered(await room.register(room.homes[0], 2, admin))
    for _ in range(3):
        registered(await room.register(room.homes[1]))
    written(await room.move(CANCEL_CLASS, room.id, reason="教师患病"))
    books = await room.books()
    assert books.states() == {"cancelled": 5}
    assert "registration_cancelled" in await ask(TOLD, id=books.rows[0]["person"])
    assert [row[0] for row in await ask(TASKS, id=room.id)] == ["dropped"]
    version = await room.version()
    assert written(await room.move(SETTLE_REGISTRATIONS, room.id)).version == version


async def test_once_a_class_was_held_whoever_still_waits_is_told_by_the_hub(
    room: Room, ask: Ask
) -> None:
    for _ in range(3):
        registered(await room.register(room.homes[0]))
    written(await room.move(CLOSE_CLASS, room.id))
    written(await room.move(HOLD_CLASS, room.id))
    program = room.program(room.homes[0])
    assert await room.move(SETTLE_REGISTRATIONS, room.id, program) == OnlyTheHub(
        "settleRegistrations"
    )
    written(await room.move(SETTLE_REGISTRATIONS, room.id))
    assert (await room.books()).states() == {"confirmed": 2, "cancelled": 1}
    owed = "MATCH (t:Task {state: 'open'})-[:ABOUT_RECORD]->({id: $id}) RETURN [t.move, t.role]"
    assert await ask(owed, id=room.id) == [["certify", "institution_admin"]]


async def test_what_is_published_stands_but_for_seats_place_and_time_to_register(
    room: Room,
) -> None:
    for _ in range(2):
        registered(await room.register(room.homes[0]))

    async def edit(**values: Any) -> Any:
        return await room.do(EDIT_CLASS, EditClass(room.id, await room.version(), values, {}))

    assert await edit(startsOn="2027-04-01") == FieldStands(room.id, "startsOn")
    assert await edit(allocation="at_close") == FieldStands(room.id, "allocation")
    assert await edit(seats=1) == SeatsFewerThanTaken("seats", 1, 2)
    assert await edit(quota=1) == SeatsFewerThanTaken("quota", 1, 2)
    written(await edit(place="成都", seats=5, quota=4, registrationClosesAt="2027-01-01T00:00:00Z"))
    written(await edit(seats=2))


async def test_a_class_is_published_complete_and_under_a_clause_that_covers_it(
    lane: Lane, ask: Ask
) -> None:
    undated = await open_class(lane, ask, seats=2, published=False, startsOn=None, endsOn=None)
    assert await undated.move(PUBLISH_CLASS, undated.id) == ClassIsIncomplete(
        undated.id, "startsOn"
    )
    other, _ = await new_home(ask, "elsewhere", 0)
    clause = await _clause(ask, "foreign", [other], quota=1, per="class")
    room = await open_class(lane, ask, seats=2, published=False, clause=clause)
    assert await room.move(PUBLISH_CLASS, room.id) == ClauseDoesNotCover(clause, room.organiser)
    given = CreateClass(
        {"name": "乱", "seats": 1},
        {"organiser": (tie("organiser", other),)},
        ({"startsAt": "2027-03-01T10:00:00Z", "endsAt": "2027-03-01T09:00:00Z"},),
    )
    assert isinstance((await lane.do(command(CREATE_CLASS, given))).outcome, DatesOutOfOrder)


AGREED = """\
CREATE (a:Agreement:Record {id: 'cd-agreement-' + $word, version: 1, kind: 'framework', status: 'signed',
  effectiveOn: '2020-01-01', visibility: 'public', name: $word})
CREATE (c:Clause:Record {id: 'cd-clause-' + $word, version: 1, kind: 'training_seats', visibility: 'public', name: $word})
SET c += $terms CREATE (a)-[:GRANTS]->(c)
WITH a, c UNWIND $parties AS party MATCH (i:Institution {id: party}) CREATE (i)-[:PARTY_TO]->(a)
RETURN c.id"""


async def _clause(ask: Ask, word: str, parties: list[str], **terms: Any) -> str:
    return str((await ask(AGREED, word=word, parties=parties, terms=terms))[0])


@pytest.mark.parametrize(
    ("per", "second"), [("class", "confirmed"), ("year", "waitlisted"), ("agreement", "waitlisted")]
)
async def test_the_quota_of_a_clause_counts_for_its_period(
    lane: Lane, ask: Ask, per: str, second: str
) -> None:
    room = await open_class(lane, ask, seats=9, published=False)
    home, body = room.homes[:2]
    await ask(
        "MATCH (b {id: $b}), (h {id: $h}) CREATE (b)-[:PART_OF]->(h) RETURN 1", b=body, h=home
    )
    clause = await _clause(ask, f"per-{per}", [home, room.organiser], quota=2, per=per)
    tied = "MATCH (t {id: $id}), (c {id: $clause}) CREATE (t)-[:AUTHORISED_BY]->(c) RETURN 1"
    await ask(tied, id=room.id, clause=clause)
    other = await open_class(
        lane, ask, seats=9, published=False, startsOn="2027-09-01", endsOn=None
    )
    await ask(tied, id=other.id, clause=clause)
    await ask(
        "MATCH (t {id: $id})-[e:RUN_BY]->() DELETE e WITH t MATCH (o {id: $o}) CREATE (t)-[:RUN_BY]->(o) RETURN 1",
        id=other.id,
        o=room.organiser,
    )
    for each in (room, other):
        written(await each.move(PUBLISH_CLASS, each.id))
    states = [
        registered(await room.register(one)).state for one in (home, body, body, room.homes[2])
    ]
    assert states == ["confirmed", "confirmed", "waitlisted", "confirmed"]
    given = Register(other.id, home, room.next_people(home, 1))
    assert registered(await other.do(REGISTER_GROUP, given, room.program(home))).state == second


async def test_many_parties_are_registered_together_or_not_at_all(
    room: Room, appoint: Appoint
) -> None:
    home = room.homes[0]
    admin = await _staff(room, appoint, "institution_admin")
    one, two, three = (room.next_people(home, 1)[0] for _ in range(3))
    (foreign,) = room.next_people(room.homes[1], 1)
    bad = RegisterMany(room.id, home, (Row(2, (one,)), Row(3, (foreign,)), Row(4, (one, two))))
    outcome = await room.do(REGISTER_MANY, bad, admin)
    assert isinstance(outcome, ManyRegistered)
    assert (outcome.registered, outcome.refused) == (0, 2)
    assert [row.get("fact") for row in outcome.rows] == [
        None,
        "PersonIsElsewhere",
        "ValueIsInvalid",
    ]
    assert (await room.books()).rows == []
    good = RegisterMany(room.id, home, (Row(2, (one,)), Row(4, (two, three))))
    outcome = await room.do(REGISTER_MANY, good, room.program(home))
    assert [row["state"] for row in outcome.rows] == ["confirmed", "waitlisted"]
    assert (await room.books()).broken() == []
    strange = RegisterMany(room.id, room.homes[1], (Row(1, (foreign,)),))
    assert isinstance(await room.do(REGISTER_MANY, strange, admin), NotYours)
