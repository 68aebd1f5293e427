"""What agreements allow of cadre exchange: clauses and quotas, each refusal in figures."""

from __future__ import annotations

from typing import Any

import pytest

from graph_store.commands.actors import HUB
from graph_store.commands.agreements import END_AGREEMENT, SUSPEND_AGREEMENT, Consent
from graph_store.commands.exchange_drafts import (
    DRAFT_EXCHANGE,
)
from graph_store.commands.exchange_facts import (
    AgreementNotInForce,
    NoClauseCoversIt,
    QuotaIsUsedUp,
)
from graph_store.commands.transactions import Store
from tests.graph_store.commands.conftest import written
from tests.graph_store.commands.exchanging import (
    SINCE,
    UNTIL,
    Agencies,
    approve,
    submit,
    two_agencies,
)


async def test_without_a_clause_on_exchange_nobody_is_sent(agencies: Agencies) -> None:
    far = agencies.network.institution(agencies.word("far"))
    deal = agencies.network.agreement(agencies.word("data"), agencies.sichuan, far)
    agencies.network.clause(deal, "share_data")
    post = agencies.add_post(at=far)
    await agencies.write()
    fact = await submit(agencies, await agencies.draft(post=post))
    assert fact == NoClauseCoversIt(agencies.sichuan, far)


@pytest.mark.parametrize(
    ("status", "days"),
    [
        ("draft", {}),
        ("suspended", {}),
        ("terminated", {}),
        ("signed", {"expiresOn": "2027-03-30"}),
        ("signed", {"effectiveOn": "2027-01-02"}),
        ("signed", {"effectiveOn": None}),
    ],
    ids=["draft", "suspended", "terminated", "ends before", "begins after", "never begins"],
)
async def test_the_agreement_is_in_force_for_the_whole_period(
    agencies: Agencies, status: str, days: dict[str, Any]
) -> None:
    id_ = await agencies.draft()
    change = "MATCH (n:Record {id: $id}) SET n.status = $status, n += $days RETURN 1"
    await agencies.ask(change, id=agencies.agreement, status=status, days=days)
    fact = await submit(agencies, id_)
    assert fact == AgreementNotInForce(agencies.agreement, agencies.clause, status, SINCE, UNTIL)


@pytest.mark.parametrize("days", [{"effectiveOn": "2027-02-01"}, {"expiresOn": "2027-02-01"}],
                         ids=["begins after", "ends before"])  # fmt: skip
async def test_a_clause_has_days_of_its_own(agencies: Agencies, days: dict[str, str]) -> None:
    id_ = await agencies.draft()
    change = "MATCH (n:Record {id: $id}) SET n += $days RETURN 1"
    await agencies.ask(change, id=agencies.clause, days=days)
    fact = await submit(agencies, id_)
    assert fact == AgreementNotInForce(agencies.agreement, agencies.clause, "signed", SINCE, UNTIL)


async def test_bodies_are_sent_and_receive_for_the_party_that_they_are_part_of(
    agencies: Agencies,
) -> None:
    person = agencies.add_person(at=agencies.body)
    part = agencies.network.institution(agencies.word("part"), part_of=agencies.chongqing)
    post = agencies.add_post(at=part)
    admin = agencies.network.person(agencies.word("admin"), "institution_admin", agencies.sichuan)
    await agencies.write()
    given = agencies.proposal(person=person, home=agencies.body, post=post)
    actor = agencies.actor(admin)
    id_ = written(await agencies.by(actor, DRAFT_EXCHANGE, given)).id
    written(await agencies.move(id_, "submit", actor))
    ends = (
        "MATCH (n:Record {id: $id})-[:SENT_FOR]->(p), (n)-[:RECEIVED_FOR]->(q) RETURN [p.id, q.id]"
    )
    assert await agencies.ask(ends, id=id_) == [[agencies.sichuan, agencies.chongqing]]


@pytest.mark.parametrize(
    ("since", "until", "counts"),
    [("2027-01-01", "2027-03-31", True), ("2027-01-02", None, False), (None, "2027-03-30", False)],
    ids=["all of it", "not from its first day", "not to its last"],
)
async def test_a_body_takes_part_while_it_is_part_of_the_party(
    agencies: Agencies, since: str | None, until: str | None, *, counts: bool
) -> None:
    days = {name: day for name, day in (("since", since), ("until", until)) if day}
    part = agencies.network.institution(agencies.word("part"), part_of={agencies.chongqing: days})
    post = agencies.add_post(at=part)
    await agencies.write()
    outcome = await submit(agencies, await agencies.draft(post=post))
    if counts:
        written(outcome)
    else:
        assert outcome == NoClauseCoversIt(agencies.sichuan, part)


async def test_a_clause_that_names_institutions_binds_those_alone(agencies: Agencies) -> None:
    named = agencies.network.institution(agencies.word("named"), part_of=agencies.chongqing)
    agencies.network.tie("BINDS", agencies.clause, named)
    inside, outside = agencies.add_post(at=named), agencies.post
    await agencies.write()
    fact = await submit(agencies, await agencies.draft(post=outside))
    assert fact == NoClauseCoversIt(agencies.sichuan, agencies.chongqing)
    written(await submit(agencies, await agencies.draft(post=inside)))


async def test_a_clause_that_names_divisions_is_for_hosts_in_them(agencies: Agencies) -> None:
    lay = agencies.network
    region = lay.division(agencies.word("region"), code=f"9{agencies.number:05}")
    within = lay.institution(agencies.word("within"), part_of=agencies.chongqing, located_in=region)
    lay.tie("WITHIN", agencies.clause, region)
    inside, outside = agencies.add_post(at=within), agencies.post
    await agencies.write()
    fact = await submit(agencies, await agencies.draft(post=outside))
    assert fact == NoClauseCoversIt(agencies.sichuan, agencies.chongqing)
    written(await submit(agencies, await agencies.draft(post=inside)))


async def test_a_clause_may_be_limited_to_kinds_of_hosts(agencies: Agencies) -> None:
    await agencies.ask(
        "MATCH (n:Record {id: $id}) SET n.scopeKinds = ['MUSEUM'] RETURN 1", id=agencies.clause
    )
    museum = agencies.network.institution(
        agencies.word("museum"), part_of=agencies.chongqing, kind="museum"
    )
    inside, outside = agencies.add_post(at=museum), agencies.post
    await agencies.write()
    fact = await submit(agencies, await agencies.draft(post=outside))
    assert fact == NoClauseCoversIt(agencies.sichuan, agencies.chongqing)
    written(await submit(agencies, await agencies.draft(post=inside)))


async def test_of_several_clauses_the_one_with_most_places_left_is_taken_then_the_longest(
    agencies: Agencies,
) -> None:
    lay = agencies.network
    parties = agencies.sichuan, agencies.chongqing
    short = lay.agreement(agencies.word("short"), *parties, expiresOn="2028-12-31")
    long = lay.agreement(agencies.word("long"), *parties, expiresOn="2029-12-31")
    ended = lay.agreement(agencies.word("ended"), *parties, expiresOn="2026-12-31")
    agencies.add_clause(short, quota=5)
    best = agencies.add_clause(long, quota=5)
    agencies.add_clause(ended, quota=50)
    await agencies.write()
    id_ = await agencies.submitted()
    recorded = "MATCH (:Record {id: $id})-[:AUTHORISED_BY]->(c) RETURN c.id"
    assert await agencies.ask(recorded, id=id_) == [best]


@pytest.mark.parametrize("act", [SUSPEND_AGREEMENT, END_AGREEMENT], ids=["suspended", "ended"])
async def test_an_agreement_that_is_stopped_between_the_two_approvals_stops_the_second(
    agencies: Agencies, act: Any
) -> None:
    id_ = await agencies.approved()
    for party in (agencies.sichuan, agencies.chongqing):
        word = agencies.word(f"admin-{party[-4:]}")
        admin = agencies.network.person(word, "institution_admin", party)
        await agencies.write()
        (version,) = await agencies.ask(
            "MATCH (n:Record {id: $id}) RETURN n.version", id=agencies.agreement
        )
        given = Consent(agencies.agreement, version)
        written(await agencies.by(agencies.actor(admin), act, given))
    fact = await agencies.move(id_, "approve", agencies.host_approver)
    status = "suspended" if act is SUSPEND_AGREEMENT else "terminated"
    assert fact == AgreementNotInForce(agencies.agreement, agencies.clause, status, SINCE, UNTIL)


# -------------------------------------------------------------------------------------------------------------------- quota
async def fill(agencies: Agencies, number: int, **given: Any) -> list[str]:
    """So many exchanges of people and posts of their own that wait for the host."""
    pairs = [(agencies.add_person(), agencies.add_post()) for _ in range(number)]
    await agencies.write()
    return [await agencies.approved(person=who, post=post, **given) for who, post in pairs]


async def test_home_sends_no_more_than_its_quota_and_its_approval_reserves_the_place(
    agencies: Agencies,
) -> None:
    waiting = await agencies.submitted()
    filled = await fill(agencies, 2)
    full = QuotaIsUsedUp(agencies.sichuan, agencies.clause, 2, 2, "2027")
    assert await approve(agencies, waiting) == full
    later = await agencies.draft(person=agencies.home_approver.id)
    assert await submit(agencies, later) == full
    written(await agencies.move(filled[0], "withdraw", agencies.home_approver))
    written(await approve(agencies, waiting))


@pytest.mark.parametrize("how", ["reject", "expire"])
async def test_whatever_ends_before_it_begins_frees_its_place_at_once(
    agencies: Agencies, how: str
) -> None:
    one, _ = await fill(agencies, 2)
    if how == "reject":
        written(await agencies.move(one, how, agencies.host_approver, "岗位撤销"))
        written(await approve(agencies, await agencies.submitted()))
    else:
        agencies.clock.pass_to(SINCE)
        written(await agencies.move(one, how, HUB))
        written(await approve(agencies, await agencies.submitted(since="2027-02-01")))


async def test_who_was_sent_and_came_back_has_taken_a_place_of_the_year(agencies: Agencies) -> None:
    id_ = await agencies.active(until="2027-01-10")
    agencies.clock.pass_to("2027-01-10")
    written(await agencies.move(id_, "complete", HUB))
    await fill(agencies, 1, since="2027-05-01", until="2027-06-01")
    given = agencies.draft(since="2027-02-01")
    fact = await submit(agencies, await given)
    assert fact == QuotaIsUsedUp(agencies.sichuan, agencies.clause, 2, 2, "2027")


async def test_the_quota_of_a_year_counts_by_the_year_of_the_first_day(agencies: Agencies) -> None:
    await fill(agencies, 2, since="2027-12-01", until="2028-03-01")
    written(await submit(agencies, await agencies.draft(since="2028-01-01", until="2028-03-01")))


async def test_the_quota_of_an_agreement_counts_all_of_its_years(store: Store) -> None:
    async with two_agencies(store, per="agreement") as agencies:
        await fill(agencies, 2, since="2027-12-01", until="2028-03-01")
        later = await agencies.draft(since="2028-01-01", until="2028-03-01")
        fact = await submit(agencies, later)
        assert fact == QuotaIsUsedUp(agencies.sichuan, agencies.clause, 2, 2, "agreement")


async def test_each_party_has_a_quota_of_its_own(agencies: Agencies) -> None:
    await fill(agencies, 2)
    back = agencies.add_post(at=agencies.sichuan)
    await agencies.write()
    wang = agencies.host_approver
    admin = agencies.network.person(agencies.word("cq"), "institution_admin", agencies.chongqing)
    await agencies.write()
    given = agencies.proposal(person=wang.id, home=agencies.chongqing, post=back)
    id_ = written(await agencies.by(agencies.actor(admin), DRAFT_EXCHANGE, given)).id
    written(await agencies.move(id_, "submit", agencies.actor(admin)))
    written(await agencies.move(id_, "approve", agencies.actor(admin)))


async def test_without_a_quota_there_is_no_end_of_places(store: Store) -> None:
    async with two_agencies(store, quota=None) as agencies:
        await fill(agencies, 3)
        written(await submit(agencies, await agencies.draft()))


# --------------------------------------------------------------------------------------------------------------------- post
