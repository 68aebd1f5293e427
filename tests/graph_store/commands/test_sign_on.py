"""What signing on writes: a person who was never here, and the roles that an agency's provider tells of."""

from __future__ import annotations

from typing import Any

import pytest

from graph_store.commands.actors import HUB, Actor
from graph_store.commands.facts import NotYours, RecordNotFound, ValueIsInvalid
from graph_store.commands.lanes import Lane
from graph_store.commands.sign_on import SIGN_ON_PERSON, SUGGEST_ROLES, Arrival, Suggestion
from tests.graph_store.commands.conftest import Ask, New, written

HELD = """MATCH (:Person {id: $id})-[e:HOLDS]->(i) RETURN [i.id, e.role, e.since, e.until, e.grantedBy]
ORDER BY i.id, e.role"""


@pytest.fixture
def arrived(lane: Lane, new_institution: New) -> Any:
    """Signs somebody on for the first time and gives their id and institution."""

    async def arrive(key: str) -> tuple[str, str]:
        at = await new_institution()
        given = Arrival("张衡", "sichuan", at, "zhang@example.cn")
        return written((await lane.do(SIGN_ON_PERSON.by(HUB, key, given))).outcome).id, at

    return arrive


async def _suggest(lane: Lane, person: str, within: tuple[str, ...], *roles: Any) -> Any:
    given = Suggestion(person, "sichuan", within, roles)
    return (await lane.do(SUGGEST_ROLES.by(HUB, f"s {person} {within} {roles}", given))).outcome


async def test_whoever_signs_on_first_becomes_a_member_of_the_institution_that_vouches(
    arrived: Any, ask: Ask
) -> None:
    person, at = await arrived("arrival 1")
    assert await ask(HELD, id=person) == [[at, "member", "2026-11-25", None, "agency:sichuan"]]
    told = "MATCH (p:Person {id: $id})-[:AFFILIATED_WITH]->(i) RETURN [p.name, p.visibility, i.id]"
    assert await ask(told, id=person) == [["张衡", "network", at]]


async def test_signing_on_twice_with_the_same_key_is_one_person(
    lane: Lane, new_institution: New
) -> None:
    given = Arrival("落下闳", "sichuan", await new_institution())
    first, second = [
        (await lane.do(SIGN_ON_PERSON.by(HUB, "issuer|subject", given))).outcome for _ in range(2)
    ]
    assert first == second


async def test_a_name_that_is_none_is_refused(lane: Lane, new_institution: New) -> None:
    given = Arrival("  ", "sichuan", await new_institution())
    outcome = (await lane.do(SIGN_ON_PERSON.by(HUB, "arrival 2", given))).outcome
    assert (type(outcome), outcome.field) == (ValueIsInvalid, "name")


async def test_suggested_roles_begin_and_end_with_the_suggestion(
    lane: Lane, arrived: Any, ask: Ask
) -> None:
    person, at = await arrived("arrival 3")
    await _suggest(lane, person, (at,), (at, "member"), (at, "approver"))
    assert [row[1] for row in await ask(HELD, id=person)] == ["approver", "member"]
    await _suggest(lane, person, (at,), (at, "institution_admin"))
    assert [row[1] for row in await ask(HELD, id=person)] == ["institution_admin"]


async def test_the_same_suggestion_again_changes_nothing(
    lane: Lane, arrived: Any, ask: Ask
) -> None:
    person, at = await arrived("arrival 4")
    assert written(await _suggest(lane, person, (at,), (at, "member"))).version == 1


async def test_an_agency_suggests_nothing_beyond_its_own_institutions(
    lane: Lane, arrived: Any, new_institution: New, ask: Ask
) -> None:
    person, at = await arrived("arrival 5")
    other = await new_institution()
    await _suggest(lane, person, (at,), (at, "member"), (other, "institution_admin"))
    assert [row[:2] for row in await ask(HELD, id=person)] == [[at, "member"]]


@pytest.mark.parametrize("role", ["platform_admin", "auditor", "service", "emperor"])
async def test_an_agency_never_suggests_a_role_that_reaches_further(
    lane: Lane, arrived: Any, ask: Ask, role: str
) -> None:
    person, at = await arrived(f"arrival of {role}")
    await _suggest(lane, person, (at,), (at, "member"), (at, role))
    assert [row[1] for row in await ask(HELD, id=person)] == ["member"]


async def test_an_agency_never_ends_what_somebody_else_gave(
    lane: Lane, arrived: Any, ask: Ask
) -> None:
    person, at = await arrived("arrival 6")
    for by in ("cd-person-admin", "agency:chongqing"):
        given = "MATCH (p {id: $p}), (i {id: $i}) CREATE (p)-[:HOLDS {role: 'approver', grantedBy: $by}]->(i) RETURN 1"
        await ask(given, p=person, i=at, by=by)
    await _suggest(lane, person, (at,))
    held = await ask(HELD, id=person)
    assert sorted(row[4] for row in held) == ["agency:chongqing", "cd-person-admin"]


async def test_nobody_but_the_hub_suggests(lane: Lane, arrived: Any) -> None:
    person, at = await arrived("arrival 7")
    given = Suggestion(person, "sichuan", (at,), ((at, "institution_admin"),))
    outcome = (await lane.do(SUGGEST_ROLES.by(Actor(person), "mine", given))).outcome
    assert isinstance(outcome, NotYours)


async def test_a_suggestion_for_nobody_finds_nobody(lane: Lane) -> None:
    outcome = await _suggest(lane, "cd-person-none", ())
    assert outcome == RecordNotFound("cd-person-none", "Person")
