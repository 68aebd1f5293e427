"""Roles are given and taken by those who may appoint there, and by nobody for themselves."""

from __future__ import annotations

from typing import Any

import pytest

from graph_store.commands.actors import NOBODY
from graph_store.commands.facts import (
    DatesOutOfOrder,
    LastPlatformAdmin,
    NotForYourself,
    NotYours,
    RecordHasEnded,
    RecordNotFound,
    RoleIsHeld,
    RoleIsNotHeld,
    ValueIsInvalid,
)
from graph_store.commands.people import END_PERSON
from graph_store.commands.records import End
from graph_store.commands.roles import GRANT_ROLE, REVOKE_ROLE, Grant, Revocation
from tests.graph_store.commands.conftest import Appointed, Ask, By, New, command, written

HELD = """MATCH (:Person {id: $id})-[e:HOLDS]->(i) RETURN [i.id, e.role, e.since, e.until, e.grantedBy]"""


async def test_a_role_is_held_from_today_and_tells_who_gave_it(
    by: By, appointed: Appointed, new_person: New, ask: Ask
) -> None:
    admin, home = await appointed("institution_admin")
    person = await new_person()
    assert written(await by(admin, GRANT_ROLE, Grant(person, home, "approver"))).version == 2
    assert await ask(HELD, id=person) == [[home, "approver", "2026-11-25", None, admin.id]]
    logged = "MATCH (c:Change {nodeId: $id, command: 'grantRole'}) RETURN c.after"
    assert '"approver"' in (await ask(logged, id=person))[0]


async def test_an_institutions_administrator_gives_what_concerns_it_and_its_bodies(
    by: By, appointed: Appointed, new_person: New, new_institution: New, ask: Ask
) -> None:
    admin, home = await appointed("institution_admin")
    unit, person = await new_institution(), await new_person()
    await ask(
        "MATCH (a {id: $a}), (b {id: $b}) CREATE (a)-[:PART_OF]->(b) RETURN 1", a=unit, b=home
    )
    for role in ("member", "approver", "institution_admin", "service"):
        for at in (home, unit):
            written(await by(admin, GRANT_ROLE, Grant(person, at, role)))


@pytest.mark.parametrize("role", ["platform_admin", "auditor"])
async def test_only_the_platforms_administrator_gives_what_concerns_the_whole_network(
    by: By, appointed: Appointed, new_person: New, role: str
) -> None:
    admin, home = await appointed("institution_admin")
    platform, _ = await appointed("platform_admin")
    given = Grant(await new_person(), home, role)
    assert await by(admin, GRANT_ROLE, given) == NotYours("platform_admin", "")
    written(await by(platform, GRANT_ROLE, given))


@pytest.mark.parametrize("role", ["member", "approver", "service", "auditor"])
async def test_no_other_role_gives_any(
    by: By, appointed: Appointed, new_person: New, role: str
) -> None:
    actor, home = await appointed(role)
    fact = await by(actor, GRANT_ROLE, Grant(await new_person(), home, "member"))
    assert fact == NotYours("institution_admin", home)


async def test_nobody_gives_roles_at_another_institution_nor_signed_out(
    by: By, appointed: Appointed, new_person: New
) -> None:
    admin, _ = await appointed("institution_admin")
    _, elsewhere = await appointed("institution_admin")
    given = Grant(await new_person(), elsewhere, "member")
    assert await by(admin, GRANT_ROLE, given) == NotYours("institution_admin", elsewhere)
    assert await by(NOBODY, GRANT_ROLE, given) == NotYours("sign_on", "")


@pytest.mark.parametrize("own", ["institution_admin", "platform_admin"])
async def test_nobody_gives_themselves_anything(by: By, appointed: Appointed, own: str) -> None:
    admin, home = await appointed(own)
    fact = await by(admin, GRANT_ROLE, Grant(admin.id, home, "approver"))
    assert fact == NotForYourself(admin.id)


async def test_a_role_is_not_held_twice_at_a_time(
    by: By, appointed: Appointed, new_person: New
) -> None:
    admin, home = await appointed("institution_admin")
    person = await new_person()
    written(await by(admin, GRANT_ROLE, Grant(person, home, "member", until="2026-12-31")))
    again = Grant(person, home, "member", since="2026-12-31")
    assert await by(admin, GRANT_ROLE, again) == RoleIsHeld(person, home, "member")
    written(await by(admin, GRANT_ROLE, Grant(person, home, "member", since="2027-01-01")))


async def test_a_role_that_could_never_be_held_is_refused(
    by: By, appointed: Appointed, new_person: New
) -> None:
    admin, home = await appointed("institution_admin")
    person = await new_person()
    fact = await by(admin, GRANT_ROLE, Grant(person, home, "member", until="2026-11-24"))
    assert isinstance(fact, DatesOutOfOrder)
    fact = await by(admin, GRANT_ROLE, Grant(person, home, "member", since="soon"))
    assert isinstance(fact, ValueIsInvalid)
    unknown = Grant("cd-person-none", home, "member")
    assert await by(admin, GRANT_ROLE, unknown) == RecordNotFound("cd-person-none", "Person")


async def test_whoever_has_left_is_given_nothing(
    by: By, lane: Any, appointed: Appointed, new_person: New
) -> None:
    admin, home = await appointed("institution_admin")
    person = await new_person()
    written((await lane.do(command(END_PERSON, End(person, 1, "2026-11-24")))).outcome)
    assert await by(admin, GRANT_ROLE, Grant(person, home, "member")) == RecordHasEnded(person)


async def test_a_role_that_is_taken_is_held_no_more_and_stands_in_the_log(
    by: By, appointed: Appointed, ask: Ask
) -> None:
    admin, home = await appointed("institution_admin")
    member, _ = await appointed("member", at=home)
    taken = Revocation(member.id, home, "member")
    written(await by(admin, REVOKE_ROLE, taken))
    assert await ask(HELD, id=member.id) == []
    logged = "MATCH (c:Change {nodeId: $id, command: 'revokeRole'}) RETURN c.before"
    assert home in (await ask(logged, id=member.id))[0]
    assert await by(admin, REVOKE_ROLE, taken) == RoleIsNotHeld(member.id, home, "member")


async def test_whoever_lost_their_role_gives_none_a_moment_later(
    by: By, appointed: Appointed, new_person: New
) -> None:
    admin, home = await appointed("institution_admin")
    other, _ = await appointed("institution_admin", at=home)
    person = await new_person()
    written(await by(admin, REVOKE_ROLE, Revocation(other.id, home, "institution_admin")))
    fact = await by(other, GRANT_ROLE, Grant(person, home, "member"))
    assert fact == NotYours("institution_admin", home)


async def test_the_last_administrator_of_the_platform_stays(
    by: By, appointed: Appointed, ask: Ask
) -> None:
    await ask("MATCH ()-[h:HOLDS {role: 'platform_admin'}]->() DELETE h RETURN 1")
    one, home = await appointed("platform_admin")
    for_a_while, elsewhere = await appointed("platform_admin", until="2026-12-31")
    assert await by(
        for_a_while, REVOKE_ROLE, Revocation(one.id, home, "platform_admin")
    ) == LastPlatformAdmin(one.id)
    other, there = await appointed("platform_admin")
    written(await by(one, REVOKE_ROLE, Revocation(other.id, there, "platform_admin")))
    own = Revocation(one.id, home, "platform_admin")
    assert await by(one, REVOKE_ROLE, own) == LastPlatformAdmin(one.id)
    assert elsewhere
