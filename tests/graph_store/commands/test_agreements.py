"""Agreements are signed, suspended, resumed and ended by all their parties together; signed, their content stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from graph_store.commands.actors import Actor
from graph_store.commands.agreements import (
    CREATE_AGREEMENT,
    EDIT_AGREEMENT,
    END_AGREEMENT,
    MOVES,
    RESUME_AGREEMENT,
    SIGN_AGREEMENT,
    SUSPEND_AGREEMENT,
    WITHDRAW_CONSENT,
    Consent,
)
from graph_store.commands.clauses import ADD_CLAUSE, EDIT_CLAUSE, END_CLAUSE
from graph_store.commands.facts import (
    NotADraft,
    NotNow,
    NotYours,
    RecordHasChanged,
    RecordNotFound,
    ValueIsInvalid,
)
from graph_store.commands.records import Create, Edit, End
from graph_store.commands.rows import tie
from tests.graph_store.commands.conftest import Appointed, Ask, By, written

ACTS = {
    "sign": SIGN_AGREEMENT,
    "suspend": SUSPEND_AGREEMENT,
    "resume": RESUME_AGREEMENT,
    "end": END_AGREEMENT,
}


@dataclass
class Table:
    """An agreement with its parties and their administrators, at whatever version it is."""

    by: By
    ask: Ask
    id: str
    clause: str
    admins: list[Actor]
    parties: list[str]

    async def __call__(self, act: Any, admin: Actor, institution: str | None = None) -> Any:
        """The outcome of one side's act."""
        given = Consent(self.id, await self.version(), institution)
        return await self.by(admin, act, given)

    async def all(self, act: Any) -> None:
        """All sides do it."""
        for admin in self.admins:
            written(await self(act, admin))

    async def version(self) -> int:
        """The agreement's."""
        return int((await self.ask("MATCH (n:Record {id: $id}) RETURN n.version", id=self.id))[0])

    async def status(self) -> str:
        """The agreement's, as it is stored."""
        return str((await self.ask("MATCH (n:Record {id: $id}) RETURN n.status", id=self.id))[0])

    async def consents(self) -> list[list[Any]]:
        """Of each party: to what, when, by whom."""
        found = "MATCH (p)-[e:PARTY_TO]->(:Record {id: $id}) RETURN [p.id, e.consentTo, e.consentOn, e.consentBy]"
        return sorted(await self.ask(found, id=self.id))


@pytest.fixture
async def table(by: By, ask: Ask, appointed: Appointed) -> Table:
    """A draft of two parties with a clause."""
    return await _drafted(by, ask, appointed, 2)


async def _drafted(by: By, ask: Ask, appointed: Appointed, number: int) -> Table:
    sides = [await appointed("institution_admin") for _ in range(number)]
    admins, parties = [admin for admin, _ in sides], [at for _, at in sides]
    ties = {"parties": tuple(tie("parties", at) for at in parties)}
    draft = Create({"name": "共享协议", "kind": "resource_sharing"}, ties)
    id_ = written(await by(admins[0], CREATE_AGREEMENT, draft)).id
    clause = Create({"kind": "share_data"}, {"agreement": (tie("agreement", id_),)})
    added = written(await by(admins[0], ADD_CLAUSE, clause)).id
    return Table(by, ask, id_, added, admins, parties)


async def test_an_agreement_is_signed_by_the_last_of_its_parties(table: Table) -> None:
    one, other = table.admins
    written(await table(SIGN_AGREEMENT, one))
    assert await table.status() == "draft"
    assert [one.id] == [row[3] for row in await table.consents() if row[1]]
    written(await table(SIGN_AGREEMENT, other))
    assert await table.status() == "signed"
    days = "MATCH (n:Record {id: $id}) RETURN [n.signedOn, n.effectiveOn]"
    assert await table.ask(days, id=table.id) == [["2026-11-25", "2026-11-25"]]
    assert [row[1:3] for row in await table.consents()] == [["sign", "2026-11-25"]] * 2


async def test_days_that_the_draft_names_stay(table: Table) -> None:
    named = {"signedOn": "2020-04-15", "effectiveOn": "2020-05-01"}
    edit = Edit(table.id, await table.version(), named)
    written(await table.by(table.admins[0], EDIT_AGREEMENT, edit))
    await table.all(SIGN_AGREEMENT)
    days = "MATCH (n:Record {id: $id}) RETURN [n.signedOn, n.effectiveOn]"
    assert await table.ask(days, id=table.id) == [["2020-04-15", "2020-05-01"]]


async def test_of_three_parties_all_must_consent(by: By, ask: Ask, appointed: Appointed) -> None:
    table = await _drafted(by, ask, appointed, 3)
    for admin in table.admins:
        assert await table.status() == "draft"
        written(await table(SIGN_AGREEMENT, admin))
    assert await table.status() == "signed"


async def test_the_same_side_twice_is_one_consent(table: Table) -> None:
    for _ in range(2):
        written(await table(SIGN_AGREEMENT, table.admins[0]))
    assert await table.status() == "draft"


async def test_suspending_resuming_and_ending_take_both_sides_too(table: Table) -> None:
    await table.all(SIGN_AGREEMENT)
    for act, before, after in (
        (SUSPEND_AGREEMENT, "signed", "suspended"),
        (RESUME_AGREEMENT, "suspended", "signed"),
        (END_AGREEMENT, "signed", "terminated"),
    ):
        written(await table(act, table.admins[0]))
        assert await table.status() == before
        written(await table(act, table.admins[1]))
        assert await table.status() == after


async def test_what_one_side_wants_and_the_other_does_not_happens_not(table: Table) -> None:
    await table.all(SIGN_AGREEMENT)
    written(await table(SUSPEND_AGREEMENT, table.admins[0]))
    written(await table(END_AGREEMENT, table.admins[1]))
    assert await table.status() == "signed"


async def test_another_act_of_the_same_side_withdraws_the_former(table: Table) -> None:
    await table.all(SIGN_AGREEMENT)
    one, other = table.admins
    written(await table(SUSPEND_AGREEMENT, one))
    written(await table(END_AGREEMENT, one))
    written(await table(SUSPEND_AGREEMENT, other))
    assert await table.status() == "signed"


async def test_a_consent_that_was_taken_back_does_not_count(table: Table) -> None:
    one, other = table.admins
    written(await table(SIGN_AGREEMENT, one))
    written(await table(WITHDRAW_CONSENT, one))
    written(await table(SIGN_AGREEMENT, other))
    assert await table.status() == "draft"


@pytest.mark.parametrize("act", ["edit", "add", "change", "end"])
async def test_whoever_changes_a_draft_has_nobodys_consent_to_it(table: Table, act: str) -> None:
    one, other = table.admins
    written(await table(SIGN_AGREEMENT, one))
    version = await table.version()
    changes = {
        "edit": (EDIT_AGREEMENT, Edit(table.id, version, {"summary": "另有约定"})),
        "add": (
            ADD_CLAUSE,
            Create({"kind": "accept_vouchers"}, {"agreement": (tie("agreement", table.id),)}),
        ),
        "change": (EDIT_CLAUSE, Edit(table.clause, 1, {"quota": 9})),
        "end": (END_CLAUSE, End(table.clause, 1)),
    }
    written(await table.by(other, *changes[act]))
    assert [row[1] for row in await table.consents()] == [None, None]
    written(await table(SIGN_AGREEMENT, other))
    assert await table.status() == "draft"


async def test_nobody_consents_to_what_they_have_not_read(table: Table) -> None:
    old = await table.version()
    written(await table(SIGN_AGREEMENT, table.admins[0]))
    fact = await table.by(table.admins[1], SIGN_AGREEMENT, Consent(table.id, old))
    assert fact == RecordHasChanged(table.id, old + 1)


async def test_once_signed_content_and_clauses_stand(table: Table) -> None:
    await table.all(SIGN_AGREEMENT)
    version = await table.version()
    added = Create({"kind": "accept_vouchers"}, {"agreement": (tie("agreement", table.id),)})
    for decision, given in (
        (EDIT_AGREEMENT, Edit(table.id, version, {"expiresOn": "2030-01-01"})),
        (ADD_CLAUSE, added),
        (EDIT_CLAUSE, Edit(table.clause, 1, {"quota": 9})),
        (END_CLAUSE, End(table.clause, 1)),
    ):
        fact = await table.by(table.admins[0], decision, given)
        assert fact == NotADraft(table.id, "signed")


@pytest.mark.parametrize("act", MOVES, ids=lambda act: act.value)
@pytest.mark.parametrize("status", ["draft", "signed", "suspended", "terminated"])
async def test_an_act_leads_somewhere_only_from_where_the_machine_says(
    table: Table, status: str, act: Any
) -> None:
    await table.ask("MATCH (n:Record {id: $id}) SET n.status = $s RETURN 1", id=table.id, s=status)
    outcome = await table(ACTS[act.value], table.admins[0])
    if status in MOVES[act].sources:
        written(outcome)
    else:
        assert outcome == NotNow(table.id, act.value, status)


async def test_whoever_administers_several_parties_speaks_for_one_at_a_time(
    table: Table, appoint: Any
) -> None:
    one = table.admins[0]
    await appoint(one, "institution_admin", table.parties[1])
    fact = await table(SIGN_AGREEMENT, one)
    assert (type(fact), fact.field) == (ValueIsInvalid, "institution")
    written(await table(SIGN_AGREEMENT, one, table.parties[0]))
    assert await table.status() == "draft"
    written(await table(SIGN_AGREEMENT, one, table.parties[1]))
    assert await table.status() == "signed"


async def test_nobody_speaks_for_the_other_side(table: Table, appointed: Appointed) -> None:
    one, (_, other) = table.admins[0], table.parties
    fact = await table(SIGN_AGREEMENT, one, other)
    assert fact == NotYours("institution_admin", other)
    platform, _ = await appointed("platform_admin")
    stranger, elsewhere = await appointed("institution_admin")
    for actor, at in ((platform, None), (stranger, None), (stranger, elsewhere)):
        fact = await table(SIGN_AGREEMENT, actor, at)
        assert fact == NotYours("institution_admin", ", ".join(sorted(table.parties)))


async def test_what_is_no_party_cannot_be_spoken_for(table: Table, appointed: Appointed) -> None:
    one = table.admins[0]
    _, elsewhere = await appointed("institution_admin")
    fact = await table(SIGN_AGREEMENT, one, elsewhere)
    assert (type(fact), fact.field) == (ValueIsInvalid, "institution")


async def test_an_agreement_with_oneself_is_none(by: By, ask: Ask, appointed: Appointed) -> None:
    table = await _drafted(by, ask, appointed, 1)
    fact = await table(SIGN_AGREEMENT, table.admins[0])
    assert (type(fact), fact.field) == (ValueIsInvalid, "parties")


async def test_an_agreement_that_is_not_there_is_not_signed(by: By, appointed: Appointed) -> None:
    admin, _ = await appointed("institution_admin")
    fact = await by(admin, SIGN_AGREEMENT, Consent("cd-agreement-none", 1))
    assert fact == RecordNotFound("cd-agreement-none", "Agreement")
