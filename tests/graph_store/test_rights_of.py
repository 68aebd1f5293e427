"""What rights follow from: roles and their days, bodies that are part of an institution, agreements in force and their clauses."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from neo4j import AsyncDriver

from graph_store.reads import reader
from graph_store.rights import Rights, Role
from graph_store.rights_of import rights_of
from tests.graph import DATABASE, empty
from tests.network import TODAY, Network

Of = Callable[..., Awaitable[Rights]]


@pytest.fixture
async def world(driver: AsyncDriver) -> Network:
    """Nothing yet."""
    await empty(driver)
    return Network()


@pytest.fixture
def rights(driver: AsyncDriver, world: Network) -> Of:
    """Writes what the test laid out, and computes."""

    async def of(holder: str, day: str = TODAY) -> Rights:
        await world.write(driver)
        world.graph.records.clear()
        world.graph.ties.clear()
        return await rights_of(reader(driver, DATABASE, 30), holder, day)

    return of


class Two:
    """Two parties and somebody who belongs to the first."""

    def __init__(self, world: Network, **agreement: Any) -> None:
        self.ours, self.theirs = world.institution("ours"), world.institution("theirs")
        self.person = world.person("zhang", "member", self.ours)
        self.agreement = world.agreement("sharing", self.ours, self.theirs, **agreement)


async def test_whoever_holds_no_role_has_no_rights(world: Network, rights: Of) -> None:
    person = world.person("nobody", at=world.institution("home"))
    assert await rights(person) == Rights(person, person)


async def test_an_unknown_holder_has_no_rights(rights: Of) -> None:
    assert await rights("cd-person-none") == Rights("cd-person-none", "cd-person-none")


@pytest.mark.parametrize(
    ("since", "until", "counts"),
    [
        (None, None, True),
        (TODAY, TODAY, True),
        ("2026-11-26", None, False),
        ("2026-01-01", "2026-11-24", False),
    ],
)
async def test_a_role_counts_from_its_first_to_its_last_day(
    world: Network, rights: Of, since: str | None, until: str | None, *, counts: bool
) -> None:
    days = {"since": since, "until": until}
    person = world.person(
        "zhang", "member", world.institution("home"), **{k: v for k, v in days.items() if v}
    )
    found = await rights(person)
    assert found.in_network == counts
    assert [each.until for each in found.roles] == ([until] if counts else [])


async def test_a_person_who_has_ended_has_no_roles(world: Network, rights: Of) -> None:
    home = world.institution("home")
    person = world.person("zhang", "member", home, endedOn="2026-11-24")
    assert not (await rights(person)).in_network


async def test_a_member_is_at_home_at_their_institution_alone(world: Network, rights: Of) -> None:
    home = world.institution("home")
    world.institution("unit", part_of=home)
    found = await rights(world.person("zhang", "member", home))
    assert found.institutions == (home,)
    assert found.has(Role.MEMBER)


@pytest.mark.parametrize("role", ["institution_admin", "approver"])
async def test_an_administrator_or_approver_is_at_home_in_all_that_is_part_of_it(
    world: Network, rights: Of, role: str
) -> None:
    home = world.institution("home")
    unit = world.institution("unit", part_of=home)
    room = world.institution("room", part_of=unit)
    world.institution("past", part_of={home: {"until": "2026-11-24"}})
    world.institution("to-come", part_of={home: {"since": "2026-11-26"}})
    found = await rights(world.person("zhang", role, home))
    assert found.institutions == tuple(sorted((home, unit, room)))


async def test_institutions_that_are_part_of_one_another_are_followed_once(
    world: Network, rights: Of
) -> None:
    home = world.institution("home")
    unit = world.institution("unit", part_of=home)
    world.tie("PART_OF", home, unit)
    found = await rights(world.person("zhang", "institution_admin", home))
    assert found.institutions == (home, unit)


async def test_a_services_token_is_at_home_at_its_institution(
    driver: AsyncDriver, world: Network, rights: Of
) -> None:
    home = world.institution("home")
    world.institution("unit", part_of=home)
    await world.write(driver)
    world.graph.records.clear()
    world.graph.ties.clear()
    await driver.execute_query(
        "MATCH (i:Institution {id: $home}) CREATE (:Token {id: 'cd-token-1'})-[:FOR]->(i)",
        home=home,
    )
    found = await rights("cd-token-1")
    assert (found.person, found.institutions, found.has(Role.SERVICE)) == (None, (home,), True)


async def test_a_clause_shares_what_the_other_party_holds(world: Network, rights: Of) -> None:
    two = Two(world)
    world.clause(two.agreement, "share_instruments")
    assert (await rights(two.person)).shared == {"share_instruments": (two.theirs,)}


@pytest.mark.parametrize(
    "agreement",
    [
        {"status": "draft"},
        {"status": "suspended"},
        {"status": "terminated"},
        {"effectiveOn": None},
        {"effectiveOn": "2026-11-26"},
        {"expiresOn": "2026-11-24"},
    ],
    ids=str,
)
async def test_an_agreement_that_is_not_in_force_shares_nothing(
    world: Network, rights: Of, agreement: dict[str, Any]
) -> None:
    two = Two(world, **agreement)
    world.clause(two.agreement, "share_instruments")
    assert (await rights(two.person)).shared == {}


async def test_an_agreement_shares_on_its_first_and_its_last_day(
    world: Network, rights: Of
) -> None:
    two = Two(world, effectiveOn=TODAY, expiresOn=TODAY)
    world.clause(two.agreement, "share_data")
    assert (await rights(two.person)).shared == {"share_data": (two.theirs,)}
    assert (await rights(two.person, "2026-11-26")).shared == {}


async def test_a_clause_has_days_of_its_own(world: Network, rights: Of) -> None:
    two = Two(world)
    world.clause(two.agreement, "share_data", expiresOn="2026-11-24")
    world.clause(two.agreement, "accept_vouchers", effectiveOn="2026-11-26")
    world.clause(two.agreement, "exchange_cadres", effectiveOn=TODAY, expiresOn=TODAY)
    assert (await rights(two.person)).shared == {"exchange_cadres": (two.theirs,)}


async def test_a_party_takes_part_with_all_that_is_part_of_it_on_both_sides(
    world: Network, rights: Of
) -> None:
    two = Two(world)
    our_unit = world.institution("our-unit", part_of=two.ours)
    their_unit = world.institution("their-unit", part_of=two.theirs)
    their_room = world.institution("their-room", part_of=their_unit)
    world.institution("their-past", part_of={two.theirs: {"until": "2026-11-24"}})
    world.clause(two.agreement, "share_instruments")
    below = world.person("below", "member", our_unit)
    assert (await rights(below)).shared == {
        "share_instruments": tuple(sorted((two.theirs, their_unit, their_room)))
    }


async def test_a_body_that_left_its_party_is_shared_nothing(world: Network, rights: Of) -> None:
    two = Two(world)
    left = world.institution("left", part_of={two.ours: {"until": "2026-11-24"}})
    world.clause(two.agreement, "share_instruments")
    assert (await rights(world.person("past", "member", left))).shared == {}


async def test_a_party_of_which_some_are_named_takes_part_with_those_alone(
    world: Network, rights: Of
) -> None:
    two = Two(world)
    named = world.institution("their-named", part_of=two.theirs)
    world.institution("their-other", part_of=two.theirs)
    world.clause(two.agreement, "share_instruments", binds=[named])
    assert (await rights(two.person)).shared == {"share_instruments": (named,)}


async def test_whoever_is_not_named_on_their_own_side_is_shared_nothing(
    world: Network, rights: Of
) -> None:
    two = Two(world)
    named = world.institution("our-named", part_of=two.ours)
    world.clause(two.agreement, "share_instruments", binds=[named])
    assert (await rights(two.person)).shared == {}
    chosen = world.person("chosen", "member", named)
    assert (await rights(chosen)).shared == {"share_instruments": (two.theirs,)}


async def test_a_clause_that_is_limited_to_divisions_shares_what_is_held_in_them(
    world: Network, rights: Of
) -> None:
    two = Two(world)
    province = world.division("sichuan")
    city = world.division("chengdu", province, "510100")
    inside = world.institution("inside", part_of=two.theirs, located_in=city)
    elsewhere = world.division("chongqing", code="500000")
    world.institution("outside", part_of=two.theirs, located_in=elsewhere)
    world.clause(two.agreement, "share_instruments", within=[province])
    assert (await rights(two.person)).shared == {"share_instruments": (inside,)}


async def test_a_clause_that_is_limited_to_kinds_shares_those(world: Network, rights: Of) -> None:
    two = Two(world)
    world.clause(two.agreement, "share_instruments", scopeKinds=["analytical", "LASER"])
    assert (await rights(two.person)).shared == {
        "share_instruments": (f"{two.theirs}/analytical", f"{two.theirs}/laser")
    }


async def test_two_clauses_share_what_either_does(world: Network, rights: Of) -> None:
    two = Two(world)
    world.clause(two.agreement, "share_instruments", scopeKinds=["analytical"])
    world.clause(two.agreement, "share_instruments")
    assert (await rights(two.person)).shared == {"share_instruments": (two.theirs,)}


async def test_instruments_that_are_shared_as_instruments_are_all_of_them(
    world: Network, rights: Of
) -> None:
    two = Two(world)
    world.clause(two.agreement, "share_instruments", scopeKinds=["instrument"])
    assert (await rights(two.person)).shared == {"share_instruments": (two.theirs,)}


async def test_of_three_parties_each_is_shared_what_the_other_two_hold(
    world: Network, rights: Of
) -> None:
    two = Two(world)
    third = world.institution("third")
    world.tie("PARTY_TO", third, two.agreement)
    world.clause(two.agreement, "share_data")
    assert (await rights(two.person)).shared == {"share_data": (two.theirs, third)}


async def test_an_administrator_is_shared_what_the_bodies_below_are_shared(
    world: Network, rights: Of
) -> None:
    two = Two(world)
    above = world.institution("above")
    world.tie("PART_OF", two.ours, above)
    world.clause(two.agreement, "share_data")
    admin = world.person("admin", "institution_admin", above)
    member = world.person("member", "member", above)
    assert (await rights(admin)).shared == {"share_data": (two.theirs,)}
    assert (await rights(member)).shared == {}


async def test_an_agreement_between_strangers_shares_nothing(world: Network, rights: Of) -> None:
    two = Two(world)
    world.clause(two.agreement, "share_data")
    stranger = world.person("stranger", "institution_admin", world.institution("elsewhere"))
    assert (await rights(stranger)).shared == {}
