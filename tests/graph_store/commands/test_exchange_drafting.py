"""Who drafts an exchange and with what, each refusal told."""

from __future__ import annotations

from typing import Any

import pytest

from graph_store.commands.exchange_drafts import (
    DRAFT_EXCHANGE,
    EDIT_EXCHANGE,
    Revision,
)
from graph_store.commands.exchange_facts import (
    NotEmployedAtHome,
    SameInstitution,
)
from graph_store.commands.facts import (
    DatesOutOfOrder,
    NotNow,
    NotYours,
    RecordHasChanged,
    RecordNotFound,
    ValueIsInvalid,
)
from tests.graph_store.commands.conftest import written
from tests.graph_store.commands.exchanging import (
    SINCE,
    UNTIL,
    Agencies,
    submit,
)


async def test_home_or_the_person_drafts_and_nobody_else(agencies: Agencies) -> None:
    given = agencies.proposal()
    zhang = agencies.actor(agencies.zhang)
    for actor in (zhang, agencies.home_approver):
        written(await agencies.by(actor, DRAFT_EXCHANGE, given))
    fact = await agencies.by(agencies.host_approver, DRAFT_EXCHANGE, given)
    assert fact == NotYours("institution_admin", agencies.sichuan)


async def test_the_host_is_whoever_offers_the_post(agencies: Agencies) -> None:
    id_ = await agencies.draft()
    host = "MATCH (:Record {id: $id})-[:RECEIVED_BY]->(i) RETURN i.id"
    assert await agencies.ask(host, id=id_) == [agencies.chongqing]
    other = agencies.network.institution(agencies.word("other"))
    post = agencies.add_post(at=other)
    await agencies.write()
    edit = Revision(id_, 1, {"purpose": "学习"}, post)
    written(await agencies.by(agencies.home_approver, EDIT_EXCHANGE, edit))
    assert await agencies.ask(host, id=id_) == [other]


async def test_nobody_is_exchanged_to_where_they_come_from(agencies: Agencies) -> None:
    own = agencies.add_post(at=agencies.sichuan)
    await agencies.write()
    fact = await agencies.by(agencies.home_approver, DRAFT_EXCHANGE, agencies.proposal(post=own))
    assert fact == SameInstitution(agencies.sichuan)
    id_ = await agencies.draft()
    edit = Revision(id_, 1, post=own)
    fact = await agencies.by(agencies.home_approver, EDIT_EXCHANGE, edit)
    assert fact == SameInstitution(agencies.sichuan)


async def test_home_sends_its_own_people_alone(agencies: Agencies) -> None:
    guest, other = agencies.network.person(agencies.word("guest")), agencies.host_approver.id
    agencies.network.tie("AFFILIATED_WITH", guest, agencies.sichuan, role="on_exchange")
    former = agencies.network.person(agencies.word("former"))
    agencies.network.tie("AFFILIATED_WITH", former, agencies.sichuan, until="2026-11-24")
    await agencies.write()
    for person in (guest, other, former):
        given = agencies.proposal(person=person)
        fact = await agencies.by(agencies.home_approver, DRAFT_EXCHANGE, given)
        assert fact == NotEmployedAtHome(person, agencies.sichuan)


async def test_whoever_has_left_home_meanwhile_is_not_submitted(agencies: Agencies) -> None:
    id_ = await agencies.draft()
    left = "MATCH (:Record {id: $id})-[e:AFFILIATED_WITH]->() SET e.until = '2026-11-24' RETURN 1"
    await agencies.ask(left, id=agencies.zhang)
    assert await submit(agencies, id_) == NotEmployedAtHome(agencies.zhang, agencies.sichuan)


@pytest.mark.parametrize(
    ("given", "fact"),
    [
        ({"since": None}, "since"),
        ({"until": None}, "until"),
        ({"since": "morgen"}, "since"),
    ],
    ids=["no first day", "no last day", "no day at all"],
)
async def test_a_draft_says_from_when_to_when(
    agencies: Agencies, given: dict[str, Any], fact: str
) -> None:
    proposal = agencies.proposal(**given)
    found = await agencies.by(agencies.home_approver, DRAFT_EXCHANGE, proposal)
    assert (type(found), found.field) == (ValueIsInvalid, fact)


async def test_a_draft_ends_after_it_begins(agencies: Agencies) -> None:
    given = agencies.proposal(since=UNTIL, until=SINCE)
    fact = await agencies.by(agencies.home_approver, DRAFT_EXCHANGE, given)
    assert fact == DatesOutOfOrder("since", UNTIL, "until", SINCE)
    id_ = await agencies.draft()
    fact = await agencies.by(
        agencies.home_approver, EDIT_EXCHANGE, Revision(id_, 1, {"until": "2026-12-01"})
    )
    assert fact == DatesOutOfOrder("since", SINCE, "until", "2026-12-01")


async def test_only_a_draft_is_edited_and_only_as_it_was_read(agencies: Agencies) -> None:
    id_ = await agencies.draft()
    edit = Revision(id_, 9, {"purpose": "学习"})
    fact = await agencies.by(agencies.home_approver, EDIT_EXCHANGE, edit)
    assert fact == RecordHasChanged(id_, 1)
    fact = await agencies.by(agencies.host_approver, EDIT_EXCHANGE, edit)
    assert fact == RecordNotFound(id_, "CadreExchange")
    written(await submit(agencies, id_))
    fact = await agencies.by(agencies.home_approver, EDIT_EXCHANGE, Revision(id_, 2))
    assert fact == NotNow(id_, "editExchange", "submitted")


async def test_what_is_not_there_is_not_drafted_with(agencies: Agencies) -> None:
    for given, missing in (
        (agencies.proposal(person="cd-person-none"), RecordNotFound("cd-person-none", "Person")),
        (agencies.proposal(post="cd-post-none"), RecordNotFound("cd-post-none", "Post")),
        (
            agencies.proposal(home="cd-institution-none"),
            RecordNotFound("cd-institution-none", "Institution"),
        ),
    ):
        assert await agencies.by(agencies.home_approver, DRAFT_EXCHANGE, given) == missing


async def test_a_post_that_is_the_hosts_own_affair_is_not_found(agencies: Agencies) -> None:
    inner = agencies.add_post(visibility="institution")
    await agencies.write()
    fact = await agencies.by(agencies.home_approver, DRAFT_EXCHANGE, agencies.proposal(post=inner))
    assert fact == RecordNotFound(inner, "Post")


# --------------------------------------------------------------------------------------------------------------- agreements
