"""Who may write what: roles are read in the unit of work, and whoever answers for a record decides."""

from __future__ import annotations

from typing import Any

import pytest

from graph_store.commands.actors import NOBODY, Actor
from graph_store.commands.affiliations import END_AFFILIATION, START_AFFILIATION, Start, Which
from graph_store.commands.affiliations import End as EndAffiliation
from graph_store.commands.agreements import CREATE_AGREEMENT
from graph_store.commands.clauses import ADD_CLAUSE, EDIT_CLAUSE
from graph_store.commands.facts import NotYours, RecordNotFound
from graph_store.commands.institutions import CREATE_INSTITUTION, EDIT_INSTITUTION
from graph_store.commands.instruments import CREATE_INSTRUMENT, EDIT_INSTRUMENT
from graph_store.commands.lanes import Lane
from graph_store.commands.people import CREATE_PERSON, EDIT_PERSON, END_PERSON
from graph_store.commands.projects import CREATE_PROJECT, EDIT_PROJECT
from graph_store.commands.records import Create, Edit, End
from graph_store.commands.rows import tie
from tests.graph_store.commands.conftest import Appoint, Appointed, Ask, By, New, written

INSTRUMENT = {"name": "光谱仪", "category": "analytical"}


def owned(institution: str, **values: Any) -> Create:
    """An instrument to be."""
    return Create({**INSTRUMENT, **values}, {"owner": (tie("owner", institution),)})


@pytest.mark.parametrize("role", ["institution_admin", "service", "platform_admin"])
async def test_an_administrator_or_program_writes_what_their_institution_answers_for(
    by: By, appointed: Appointed, role: str
) -> None:
    actor, home = await appointed(role)
    id_ = written(await by(actor, CREATE_INSTRUMENT, owned(home))).id
    assert (
        written(await by(actor, EDIT_INSTRUMENT, Edit(id_, 1, {"location": "三楼"}))).version == 2
    )


async def test_nobody_writes_and_is_told_to_sign_on(by: By, new_institution: New) -> None:
    fact = await by(NOBODY, CREATE_INSTRUMENT, owned(await new_institution()))
    assert fact == NotYours("sign_on", "")
    assert "登录" in fact.message
    assert "/auth/login" in fact.what_next_en


async def test_a_token_without_the_scope_writes_nothing(by: By, appointed: Appointed) -> None:
    admin, home = await appointed("institution_admin")
    reading = Actor(admin.id, admin.person, may_write=False)
    fact = await by(reading, CREATE_INSTRUMENT, owned(home))
    assert fact == NotYours("graph_write", "")
    assert "graph:write" in fact.what_next


@pytest.mark.parametrize("role", ["member", "approver", "auditor"])
async def test_no_role_but_the_administrators_and_programs_writes_records(
    by: By, appointed: Appointed, role: str
) -> None:
    actor, home = await appointed(role)
    fact = await by(actor, CREATE_INSTRUMENT, owned(home))
    assert fact == NotYours("institution_admin", home)
    assert home in fact.message
    assert "grantRole" in fact.what_next


async def test_a_request_that_was_denied_is_done_once_the_role_is_given(
    lane: Lane, appointed: Appointed, appoint: Appoint
) -> None:
    member, home = await appointed("member")
    command = CREATE_INSTRUMENT.by(member, "denied at first", owned(home))
    assert isinstance((await lane.do(command)).outcome, NotYours)
    await appoint(member, "institution_admin", home)
    first = written((await lane.do(command)).outcome)
    assert (await lane.do(command)).outcome == first


async def test_a_role_of_other_days_counts_for_nothing(by: By, appointed: Appointed) -> None:
    for days in ({"until": "2026-11-24"}, {"since": "2026-11-26"}):
        actor, home = await appointed("institution_admin", **days)
        assert isinstance(await by(actor, CREATE_INSTRUMENT, owned(home)), NotYours)


async def test_an_administrator_writes_for_all_that_is_part_of_the_institution(
    by: By, appointed: Appointed, new_institution: New, ask: Ask
) -> None:
    admin, home = await appointed("institution_admin")
    unit, past = await new_institution(), await new_institution()
    part = "MATCH (a {id: $a}), (b {id: $b}) CREATE (a)-[:PART_OF {until: $until}]->(b) RETURN 1"
    await ask(part, a=unit, b=home, until=None)
    await ask(part, a=past, b=home, until="2026-11-24")
    written(await by(admin, CREATE_INSTRUMENT, owned(unit)))
    assert await by(admin, CREATE_INSTRUMENT, owned(past)) == NotYours("institution_admin", past)


async def test_a_program_writes_for_its_institution_alone(
    by: By, new_institution: New, ask: Ask
) -> None:
    home, unit = await new_institution(), await new_institution()
    await ask(
        "MATCH (a {id: $a}), (b {id: $b}) CREATE (a)-[:PART_OF]->(b) RETURN 1", a=unit, b=home
    )
    await ask("MATCH (b {id: $b}) CREATE (:Token {id: 'cd-token-7'})-[:FOR]->(b) RETURN 1", b=home)
    program = Actor("cd-token-7")
    written(await by(program, CREATE_INSTRUMENT, owned(home)))
    assert isinstance(await by(program, CREATE_INSTRUMENT, owned(unit)), NotYours)


async def test_nobody_writes_what_another_institution_answers_for(
    by: By, appointed: Appointed
) -> None:
    admin, home = await appointed("institution_admin")
    stranger, elsewhere = await appointed("institution_admin")
    public = written(await by(admin, CREATE_INSTRUMENT, owned(home, visibility="public"))).id
    edit = Edit(public, 1, {"location": "三楼"})
    assert await by(stranger, EDIT_INSTRUMENT, edit) == NotYours("institution_admin", home)
    assert await by(stranger, CREATE_INSTRUMENT, owned(home)) == NotYours("institution_admin", home)
    assert elsewhere


async def test_whoever_may_not_write_a_hidden_record_does_not_learn_that_there_is_one(
    by: By, appointed: Appointed
) -> None:
    admin, home = await appointed("institution_admin")
    stranger, _ = await appointed("institution_admin")
    hidden = written(await by(admin, CREATE_INSTRUMENT, owned(home, visibility="institution"))).id
    edit = Edit(hidden, 1, {"location": "三楼"})
    assert await by(stranger, EDIT_INSTRUMENT, edit) == RecordNotFound(hidden, "Instrument")


async def test_an_instrument_is_handed_over_only_by_whoever_administers_both_owners(
    by: By, appointed: Appointed, appoint: Any
) -> None:
    admin, home = await appointed("institution_admin")
    _, other = await appointed("institution_admin")
    id_ = written(await by(admin, CREATE_INSTRUMENT, owned(home))).id
    moved = Edit(id_, 1, {}, {"owner": (tie("owner", other),)})
    assert await by(admin, EDIT_INSTRUMENT, moved) == NotYours("institution_admin", other)
    await appoint(admin, "institution_admin", other)
    written(await by(admin, EDIT_INSTRUMENT, moved))


async def test_nobody_makes_their_institution_part_of_another_without_its_administrator(
    by: By, appointed: Appointed
) -> None:
    admin, home = await appointed("institution_admin")
    _, party = await appointed("institution_admin")
    joined = Edit(home, 1, {}, {"parents": (tie("parents", party),)})
    assert await by(admin, EDIT_INSTITUTION, joined) == NotYours("institution_admin", party)


async def test_an_institution_is_made_by_the_platform_or_as_part_of_ones_own(
    by: By, appointed: Appointed
) -> None:
    admin, home = await appointed("institution_admin")
    platform, _ = await appointed("platform_admin")
    free = Create({"name": "新院", "kind": "institute"})
    part = Create({"name": "新所", "kind": "institute"}, {"parents": (tie("parents", home),)})
    assert await by(admin, CREATE_INSTITUTION, free) == NotYours("platform_admin", "")
    written(await by(platform, CREATE_INSTITUTION, free))
    written(await by(admin, CREATE_INSTITUTION, part))


async def test_a_project_is_written_by_the_administrator_of_any_institution_in_it(
    by: By, appointed: Appointed
) -> None:
    one, home = await appointed("institution_admin")
    other, partner = await appointed("institution_admin")
    stranger, _ = await appointed("institution_admin")
    ties = {"institutions": (tie("institutions", home), tie("institutions", partner))}
    id_ = written(
        await by(one, CREATE_PROJECT, Create({"name": "攻关", "kind": "research"}, ties))
    ).id
    written(await by(other, EDIT_PROJECT, Edit(id_, 1, {"budgetCny": 5.0})))
    fact = await by(stranger, EDIT_PROJECT, Edit(id_, 2, {"budgetCny": 6.0}))
    assert fact == NotYours("institution_admin", ", ".join(sorted((home, partner))))


async def test_a_person_is_written_by_whoever_administers_where_they_belong(
    by: By, appointed: Appointed
) -> None:
    admin, home = await appointed("institution_admin")
    stranger, _ = await appointed("institution_admin")
    person = written(await by(admin, CREATE_PERSON, Create({"name": "李冰"}))).id
    edit = Edit(person, 1, {"phone": "1"})
    assert await by(admin, EDIT_PERSON, edit) == NotYours("platform_admin", "")
    written(await by(admin, START_AFFILIATION, Start(person, home, {"role": "cadre"})))
    written(await by(admin, EDIT_PERSON, Edit(person, 2, {"phone": "1"})))
    assert isinstance(await by(stranger, EDIT_PERSON, Edit(person, 3, {})), NotYours)


async def test_nobody_draws_another_institutions_person_to_their_own(
    by: By, appointed: Appointed
) -> None:
    admin, home = await appointed("institution_admin")
    stranger, elsewhere = await appointed("institution_admin")
    person = written(await by(admin, CREATE_PERSON, Create({"name": "李冰"}))).id
    written(await by(admin, START_AFFILIATION, Start(person, home, {"role": "cadre"})))
    fact = await by(stranger, START_AFFILIATION, Start(person, elsewhere, {"role": "expert"}))
    assert fact == NotYours("institution_admin", home)


async def test_an_affiliation_ends_by_its_own_institution(by: By, appointed: Appointed) -> None:
    admin, home = await appointed("institution_admin")
    stranger, _ = await appointed("institution_admin")
    person = written(await by(admin, CREATE_PERSON, Create({"name": "李冰"}))).id
    written(await by(admin, START_AFFILIATION, Start(person, home, {"role": "cadre"})))
    ending = EndAffiliation(person, 2, Which(home, "cadre"))
    assert await by(stranger, END_AFFILIATION, ending) == NotYours("institution_admin", home)
    written(await by(admin, END_AFFILIATION, ending))


async def test_no_institution_dismisses_an_administrator_of_the_platform(
    by: By, appointed: Appointed
) -> None:
    platform, home = await appointed("platform_admin")
    admin, _ = await appointed("institution_admin", at=home)
    assert platform.person is not None
    fact = await by(admin, END_PERSON, End(platform.person, 1))
    assert fact == NotYours("platform_admin", "")


@pytest.mark.parametrize("role", ["platform_admin", "service", "approver", "member"])
async def test_an_agreement_is_drafted_by_a_partys_administrator_alone(
    by: By, appointed: Appointed, role: str
) -> None:
    admin, home = await appointed("institution_admin")
    actor, _ = await appointed(role, at=home)
    draft = Create({"name": "协议", "kind": "framework"}, {"parties": (tie("parties", home),)})
    assert await by(actor, CREATE_AGREEMENT, draft) == NotYours("institution_admin", home)
    id_ = written(await by(admin, CREATE_AGREEMENT, draft)).id
    clause = Create({"kind": "share_data"}, {"agreement": (tie("agreement", id_),)})
    assert await by(actor, ADD_CLAUSE, clause) == NotYours("institution_admin", home)
    added = written(await by(admin, ADD_CLAUSE, clause)).id
    fact = await by(actor, EDIT_CLAUSE, Edit(added, 1, {"quota": 1}))
    assert fact == NotYours("institution_admin", home)
    written(await by(admin, EDIT_CLAUSE, Edit(added, 1, {"quota": 1})))
