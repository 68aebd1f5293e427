"""The rules of creating, editing and ending records, noun by noun."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from graph_store.commands.agreements import CREATE_AGREEMENT, EDIT_AGREEMENT
from graph_store.commands.clauses import ADD_CLAUSE, EDIT_CLAUSE, END_CLAUSE
from graph_store.commands.facts import (
    DatesOutOfOrder,
    IdentifierIsInvalid,
    IdentifierIsTaken,
    RecordHasEnded,
    RecordNotFound,
    ValueIsInvalid,
)
from graph_store.commands.institutions import CREATE_INSTITUTION, EDIT_INSTITUTION, END_INSTITUTION
from graph_store.commands.instruments import (
    CREATE_INSTRUMENT,
    EDIT_INSTRUMENT,
    RETIRE_INSTRUMENT,
)
from graph_store.commands.lanes import Lane
from graph_store.commands.projects import CREATE_PROJECT, END_PROJECT
from graph_store.commands.records import Create, Edit, End
from graph_store.commands.rows import tie
from tests.graph_store.commands.conftest import command, written

Ask = Callable[..., Awaitable[list[Any]]]
New = Callable[..., Awaitable[str]]
Do = Callable[[Any, Any], Awaitable[Any]]


@pytest.fixture
def do(lane: Lane) -> Do:
    """Carries out a decision on an input and gives the outcome."""

    async def done(decision: Any, given: Any) -> Any:
        return (await lane.do(command(decision, given))).outcome

    return done


async def test_an_identifier_is_stored_in_its_normal_form(do: Do, ask: Ask) -> None:
    given = Create({"name": "甲", "kind": "other", "ror": "https://ror.org/03YRM5C26"})
    id_ = written(await do(CREATE_INSTITUTION, given)).id
    assert await ask("MATCH (n:Record {id: $id}) RETURN n.ror", id=id_) == ["03yrm5c26"]


async def test_an_identifier_with_a_wrong_check_is_refused_with_the_reason(do: Do) -> None:
    given = Create({"name": "甲", "kind": "other", "uscc": "91350100M000100Y44"})
    fact = await do(CREATE_INSTITUTION, given)
    assert isinstance(fact, IdentifierIsInvalid)
    assert fact.field == "uscc"
    assert "校验码" in fact.problem
    assert "character" in fact.problem_en


async def test_an_identifier_that_another_has_is_refused_and_says_who(do: Do) -> None:
    given = Create({"name": "甲", "kind": "other", "uscc": "9144030071526726XG"})
    id_ = written(await do(CREATE_INSTITUTION, given)).id
    assert await do(CREATE_INSTITUTION, given) == IdentifierIsTaken("uscc", id_)
    own = Edit(id_, 1, {"uscc": "9144030071526726XG", "city": "深圳"})
    assert written(await do(EDIT_INSTITUTION, own)).version == 2


async def test_an_identifier_given_up_is_free_again(do: Do) -> None:
    given = Create({"name": "甲", "kind": "other", "uscc": "914403001922038216"})
    id_ = written(await do(CREATE_INSTITUTION, given)).id
    await do(EDIT_INSTITUTION, Edit(id_, 1, {"uscc": None}))
    written(await do(CREATE_INSTITUTION, given))


async def test_an_edit_keeps_what_is_not_given_and_takes_away_what_is_null(
    do: Do, ask: Ask
) -> None:
    given = Create({"name": "甲", "kind": "other", "city": "成都", "website": "https://x.cn"})
    id_ = written(await do(CREATE_INSTITUTION, given)).id
    await do(EDIT_INSTITUTION, Edit(id_, 1, {"city": None, "nameEn": "A"}))
    wanted = ["甲", "A", None, "https://x.cn"]
    assert await ask(
        "MATCH (n:Record {id: $id}) RETURN [n.name, n.nameEn, n.city, n.website]", id=id_
    ) == [wanted]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": "  "}, "name"),
        ({"name": None}, "name"),
        ({"name": "长" * 1_001}, "name"),
        ({"name": "坏\ud800"}, "name"),
        ({"kind": "zoo"}, "kind"),
        ({"establishedYear": -1}, "establishedYear"),
    ],
)
async def test_a_value_that_its_field_cannot_take_is_refused(
    do: Do, new_institution: New, values: dict[str, Any], field: str
) -> None:
    fact = await do(EDIT_INSTITUTION, Edit(await new_institution(), 1, values))
    assert isinstance(fact, ValueIsInvalid)
    assert fact.field == field


@pytest.mark.parametrize("value", [-1.0, 0.001, float("nan"), float("inf")])
async def test_money_is_yuan_with_two_decimals(do: Do, new_institution: New, value: float) -> None:
    owner = {"owner": (tie("owner", await new_institution()),)}
    given = Create({"name": "光谱仪", "category": "analytical", "valueCny": value}, owner)
    fact = await do(CREATE_INSTRUMENT, given)
    assert isinstance(fact, ValueIsInvalid)
    assert fact.field == "valueCny"


async def test_what_is_required_must_be_given(do: Do) -> None:
    assert (await do(CREATE_INSTITUTION, Create({"name": "甲"}))).field == "kind"
    unowned = await do(CREATE_INSTRUMENT, Create({"name": "光谱仪", "category": "analytical"}))
    assert (type(unowned), unowned.field) == (ValueIsInvalid, "owner")


async def test_a_record_is_tied_only_to_what_exists_and_is_of_the_right_kind(
    do: Do, new_person: New
) -> None:
    instrument = {"name": "光谱仪", "category": "analytical"}
    for id_ in ("cd-institution-none", await new_person()):
        given = Create(instrument, {"owner": (tie("owner", id_),)})
        assert await do(CREATE_INSTRUMENT, given) == RecordNotFound(id_, "Institution")


async def test_a_record_of_another_kind_is_not_found(do: Do, new_person: New) -> None:
    person = await new_person()
    fact = await do(EDIT_INSTITUTION, Edit(person, 1, {"city": "成都"}))
    assert fact == RecordNotFound(person, "Institution")
    assert await do(EDIT_INSTITUTION, Edit("nonsense", 1, {})) == RecordNotFound(
        "nonsense", "Institution"
    )


async def test_a_record_is_never_part_of_itself(do: Do, new_institution: New) -> None:
    id_ = await new_institution()
    fact = await do(EDIT_INSTITUTION, Edit(id_, 1, {}, {"parents": (tie("parents", id_),)}))
    assert (type(fact), fact.field) == (ValueIsInvalid, "parents")


async def test_ties_that_are_given_replace_those_that_stood(
    do: Do, new_institution: New, ask: Ask
) -> None:
    first, second = await new_institution(), await new_institution()
    values = {"name": "光谱仪", "category": "analytical"}
    given = Create(values, {"owner": (tie("owner", first),)})
    id_ = written(await do(CREATE_INSTRUMENT, given)).id
    await do(EDIT_INSTRUMENT, Edit(id_, 1, {}, {"owner": (tie("owner", second),)}))
    owners = "MATCH (:Record {id: $id})-[:OWNED_BY]->(n) RETURN n.id"
    assert await ask(owners, id=id_) == [second]
    await do(EDIT_INSTRUMENT, Edit(id_, 2, {"status": "maintenance"}))
    assert await ask(owners, id=id_) == [second]


async def test_an_institution_is_ended_but_never_deleted(
    do: Do, new_institution: New, ask: Ask
) -> None:
    id_ = await new_institution()
    assert written(await do(END_INSTITUTION, End(id_, 1))).version == 2
    assert await ask("MATCH (n:Record {id: $id}) RETURN n.status", id=id_) == ["inactive"]
    assert await do(END_INSTITUTION, End(id_, 2)) == RecordHasEnded(id_)


async def test_an_instrument_is_retired_once(do: Do, new_institution: New) -> None:
    owner = {"owner": (tie("owner", await new_institution()),)}
    given = Create({"name": "光谱仪", "category": "analytical"}, owner)
    id_ = written(await do(CREATE_INSTRUMENT, given)).id
    assert written(await do(RETIRE_INSTRUMENT, End(id_, 1))).version == 2
    assert await do(RETIRE_INSTRUMENT, End(id_, 2)) == RecordHasEnded(id_)


async def test_a_project_ends_today_unless_a_day_is_given_and_never_before_it_began(
    do: Do, ask: Ask
) -> None:
    given = Create({"name": "联合攻关", "kind": "joint_research", "startedOn": "2026-03-01"})
    id_ = written(await do(CREATE_PROJECT, given)).id
    early = await do(END_PROJECT, End(id_, 1, "2026-02-28"))
    assert early == DatesOutOfOrder("startedOn", "2026-03-01", "endedOn", "2026-02-28")
    written(await do(END_PROJECT, End(id_, 1)))
    assert await ask("MATCH (n:Record {id: $id}) RETURN n.endedOn", id=id_) == ["2026-11-25"]


async def test_an_agreement_is_drafted_and_by_no_edit_signed(
    do: Do, new_institution: New, ask: Ask
) -> None:
    parties = {"parties": (tie("parties", await new_institution()),)}
    given = Create({"name": "协议", "kind": "framework", "status": "signed"}, parties)
    id_ = written(await do(CREATE_AGREEMENT, given)).id
    await do(EDIT_AGREEMENT, Edit(id_, 1, {"status": "signed", "summary": "互开放"}))
    assert await ask("MATCH (n:Record {id: $id}) RETURN n.status", id=id_) == ["draft"]
    backwards = {"effectiveOn": "2020-04-15", "expiresOn": "2020-04-14"}
    assert isinstance(await do(EDIT_AGREEMENT, Edit(id_, 2, backwards)), DatesOutOfOrder)


async def test_an_agreement_has_parties(do: Do) -> None:
    fact = await do(CREATE_AGREEMENT, Create({"name": "协议", "kind": "framework"}))
    assert (type(fact), fact.field) == (ValueIsInvalid, "parties")


async def test_parties_are_tied_with_their_role(do: Do, new_institution: New, ask: Ask) -> None:
    party = await new_institution()
    parties = (tie("parties", party, {"role": "lead", "signedBy": "经戈"}),)
    given = Create({"name": "协议", "kind": "framework"}, {"parties": parties})
    id_ = written(await do(CREATE_AGREEMENT, given)).id
    signed = "MATCH (p)-[e:PARTY_TO]->(:Record {id: $id}) RETURN [p.id, e.role, e.signedBy]"
    assert await ask(signed, id=id_) == [[party, "lead", "经戈"]]


async def test_a_clause_is_named_after_its_kind_and_stays_in_its_agreement(
    do: Do, new_institution: New, ask: Ask
) -> None:
    agreement, clause = await _agreement_with_clause(do, await new_institution())
    held = "MATCH (a)-[:GRANTS]->(c:Record {id: $id}) RETURN [a.id, c.name]"
    assert await ask(held, id=clause) == [[agreement, "干部交流"]]
    written(await do(EDIT_CLAUSE, Edit(clause, 1, {"quota": 5})))
    assert await ask(held, id=clause) == [[agreement, "干部交流"]]


async def test_a_clause_ends_on_its_last_day(do: Do, new_institution: New, ask: Ask) -> None:
    _agreement, clause = await _agreement_with_clause(do, await new_institution())
    written(await do(END_CLAUSE, End(clause, 1, "2026-12-31")))
    assert await ask("MATCH (n:Record {id: $id}) RETURN n.expiresOn", id=clause) == ["2026-12-31"]
    assert await do(END_CLAUSE, End(clause, 2, "2027-01-31")) == RecordHasEnded(clause)


async def _agreement_with_clause(do: Do, party: str) -> tuple[str, str]:
    parties = {"parties": (tie("parties", party),)}
    draft = Create({"name": "协议", "kind": "framework"}, parties)
    agreement = written(await do(CREATE_AGREEMENT, draft)).id
    ties = {"agreement": (tie("agreement", agreement),)}
    given = Create({"kind": "exchange_cadres", "quota": 3, "per": "year"}, ties)
    return agreement, written(await do(ADD_CLAUSE, given)).id
