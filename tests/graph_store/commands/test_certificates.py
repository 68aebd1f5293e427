"""Attendance is marked, certificates are issued for those who attended, revoked with a reason, and told apart from made-up ones."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, strategies

from graph_store.commands.attendance import MARK_ATTENDANCE, Attendance
from graph_store.commands.certificate_numbers import ALPHABET, new_number, normal_number
from graph_store.commands.certificates import (
    CERTIFY_CLASS,
    ISSUE_CERTIFICATE,
    ISSUE_CERTIFICATES,
    REVOKE_CERTIFICATE,
)
from graph_store.commands.classes import CLOSE_CLASS, HOLD_CLASS
from graph_store.commands.facts import NotNow, RecordNotFound, ValueIsInvalid
from graph_store.commands.lanes import Lane
from graph_store.commands.training_facts import CertificateIsRevoked, ClassIsClosed
from tests.graph_store.commands.classroom import Room, open_class
from tests.graph_store.commands.conftest import Ask, written

CERTIFICATES = """\
MATCH (c:Certificate)-[:OF_CLASS]->({id: $id}) MATCH (c)-[:ISSUED_FOR]->(r) MATCH (c)-[:ISSUED_BY]->(i)
RETURN {id: c.id, number: c.number, registration: r.id, issuer: i.id, revokedOn: c.revokedOn}"""


@pytest.fixture
async def room(lane: Lane, ask: Ask) -> Room:
    """A class of three that was held."""
    opened = await open_class(lane, ask, seats=3)
    await opened.register(opened.homes[0], 3)
    for decision in (CLOSE_CLASS, HOLD_CLASS):
        written(await opened.move(decision, opened.id))
    return opened


async def _ids(room: Room) -> list[str]:
    return sorted(row["id"] for row in (await room.books()).rows)


async def _mark(room: Room, attended: list[str], absent: list[str], actor: Any = None) -> Any:
    marks = Attendance(room.id, tuple(attended), tuple(absent))
    return await room.do(MARK_ATTENDANCE, marks, actor or room.program(room.organiser))


async def test_from_attendance_to_certificates(room: Room, ask: Ask) -> None:
    one, two, three = await _ids(room)
    written(await _mark(room, [one, three], [two]))
    written(await _mark(room, [two], [three]))  # a mistake, corrected
    written(await room.move(CERTIFY_CLASS, room.id, room.program(room.organiser)))
    assert (await room.books()).states() == {"certified": 2, "no_show": 1}
    made = await ask(CERTIFICATES, id=room.id)
    assert sorted(each["registration"] for each in made) == [one, two]
    assert {each["issuer"] for each in made} == {room.organiser}
    assert all(normal_number(each["number"]) == each["number"] for each in made)
    version = await room.version()
    assert written(await room.move(ISSUE_CERTIFICATES, room.id)).version == version
    assert len(await ask(CERTIFICATES, id=room.id)) == 2


async def test_whoever_is_marked_later_gets_a_certificate_of_their_own(
    room: Room, ask: Ask
) -> None:
    one, two, three = await _ids(room)
    written(await _mark(room, [one], [two, three]))
    assert await room.move(ISSUE_CERTIFICATE, two) == NotNow(two, "certify", "no_show")
    written(await room.move(CERTIFY_CLASS, room.id))
    written(await _mark(room, [two], []))
    written(await room.move(ISSUE_CERTIFICATE, two, room.program(room.organiser)))
    assert len(await ask(CERTIFICATES, id=room.id)) == 2


async def test_a_revoked_certificate_says_so_and_another_may_be_issued(
    room: Room, ask: Ask
) -> None:
    one, *_ = await _ids(room)
    written(await _mark(room, [one], []))
    written(await room.move(CERTIFY_CLASS, room.id))
    (made,) = await ask(CERTIFICATES, id=room.id)
    organiser = room.program(room.organiser)
    refused = await room.move(REVOKE_CERTIFICATE, made["id"], organiser)
    assert (type(refused), refused.field) == (ValueIsInvalid, "reason")
    stranger = room.program(room.homes[0])
    hidden = await room.move(REVOKE_CERTIFICATE, made["id"], stranger, "x")
    assert hidden == RecordNotFound(made["id"], "Certificate")
    written(await room.move(REVOKE_CERTIFICATE, made["id"], organiser, "冒名"))
    again = await room.move(REVOKE_CERTIFICATE, made["id"], organiser, "冒名")
    assert again == CertificateIsRevoked(made["number"], "2026-11-25")
    assert await room.state(one) == "attended"
    written(await room.move(ISSUE_CERTIFICATE, one, organiser))
    assert sorted(bool(each["revokedOn"]) for each in await ask(CERTIFICATES, id=room.id)) == [
        False,
        True,
    ]


async def test_only_the_organiser_marks_and_only_registrations_of_the_class_held(
    room: Room, lane: Lane, ask: Ask
) -> None:
    one, *_ = await _ids(room)
    other = await open_class(lane, ask, seats=1)
    party = await other.register(other.homes[0])
    outcome = await other.do(MARK_ATTENDANCE, Attendance(other.id, (one,), ()))
    assert outcome == ClassIsClosed(other.id, "open")
    assert await _mark(room, party.registrations, []) == RecordNotFound(
        party.registrations[0], "Registration"
    )
    outcome = await _mark(room, [one], [one])
    assert (type(outcome), outcome.field) == (ValueIsInvalid, "attended")
    assert type(await _mark(room, [one], [], room.program(room.homes[0]))).__name__ == "NotYours"


@given(
    strategies.randoms(use_true_random=False),
    strategies.integers(3, 18),
    strategies.sampled_from(ALPHABET),
)
def test_one_wrong_character_is_noticed(random: Any, place: int, wrong: str) -> None:
    number = new_number(random.choice)
    assert normal_number(number.lower().replace("-", " ")) == number
    spoilt = number[:place] + wrong + number[place + 1 :]
    if spoilt != number and number[place] != "-":
        assert normal_number(spoilt) is None


@given(strategies.randoms(use_true_random=False), strategies.integers(0, 14))
def test_two_characters_that_changed_places_are_noticed(random: Any, place: int) -> None:
    characters = new_number(random.choice).replace("-", "")
    one, other = characters[2 + place], characters[3 + place]
    spoilt = characters[: 2 + place] + other + one + characters[4 + place :]
    assert (normal_number(spoilt) is None) == (one != other)
