"""Each rule of cadre exchange with its refusal: what is missing, in figures."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from graph_store.commands.actors import HUB
from graph_store.commands.agreements import END_AGREEMENT, SUSPEND_AGREEMENT, Consent
from graph_store.commands.exchange_drafts import (
    DRAFT_EXCHANGE,
    EDIT_EXCHANGE,
    Revision,
)
from graph_store.commands.exchange_facts import (
    AgreementNotInForce,
    FirstDayHasCome,
    NoClauseCoversIt,
    NotEmployedAtHome,
    PeriodOutsidePost,
    PersonIsOnExchange,
    PostIsClosed,
    PostIsTaken,
    QuotaIsUsedUp,
    RequirementsNotMet,
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
from graph_store.commands.posts import CLOSE_POST, CREATE_POST, EDIT_POST
from graph_store.commands.records import Create, Edit, End
from graph_store.commands.rows import tie
from graph_store.commands.transactions import Store
from tests.graph_store.commands.conftest import written
from tests.graph_store.commands.exchanging import SINCE, UNTIL, Agencies, two_agencies


@pytest.fixture
async def agencies(store: Store) -> AsyncIterator[Agencies]:
    """Two agencies and their agreement: two people a year, a post for one."""
    async with two_agencies(store) as opened:
        yield opened


async def submit(agencies: Agencies, id_: str) -> Any:
    """The outcome."""
    return await agencies.move(id_, "submit", agencies.home_approver)


async def approve(agencies: Agencies, id_: str) -> Any:
    """The outcome of home's approval."""
    return await agencies.move(id_, "approve", agencies.home_approver)


# ---------------------------------------------------------------------------------------------------------------- drafting
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
async def test_a_post_has_room_for_so_many_on_each_day(agencies: Agencies) -> None:
    waiting = await agencies.submitted()
    person = agencies.add_person()
    await agencies.write()
    await agencies.approved(person=person)
    full = PostIsTaken(agencies.post, 1, 1, SINCE, UNTIL)
    assert await approve(agencies, waiting) == full
    later = await agencies.draft(
        person=agencies.home_approver.id, since="2027-04-01", until="2027-05-01"
    )
    written(await submit(agencies, later))


async def test_one_after_the_other_takes_one_place_of_the_post(store: Store) -> None:
    async with two_agencies(store, quota=None, vacancies=2) as agencies:
        for days in (("2027-01-01", "2027-01-31"), ("2027-02-01", "2027-02-28")):
            person = agencies.add_person()
            await agencies.write()
            await agencies.approved(person=person, since=days[0], until=days[1])
        written(await submit(agencies, await agencies.draft()))
        person = agencies.add_person()
        await agencies.write()
        await agencies.approved(person=person)
        fact = await submit(agencies, await agencies.draft(person=agencies.home_approver.id))
        assert fact == PostIsTaken(agencies.post, 2, 2, SINCE, UNTIL)


async def test_nobody_is_put_forward_for_a_closed_post(agencies: Agencies) -> None:
    admin = agencies.network.person(agencies.word("cq"), "institution_admin", agencies.chongqing)
    await agencies.write()
    id_ = await agencies.draft()
    written(await agencies.by(agencies.actor(admin), CLOSE_POST, End(agencies.post, 1)))
    assert await submit(agencies, id_) == PostIsClosed(agencies.post)


async def test_the_post_is_offered_for_the_whole_period(agencies: Agencies) -> None:
    post = agencies.add_post(since="2027-01-01", until="2027-03-30")
    await agencies.write()
    fact = await submit(agencies, await agencies.draft(post=post))
    assert fact == PeriodOutsidePost(post, "2027-01-01", "2027-03-30")


async def test_a_host_offers_and_changes_its_own_posts(agencies: Agencies) -> None:
    admin = agencies.network.person(agencies.word("cq"), "institution_admin", agencies.chongqing)
    await agencies.write()
    given = Create(
        {"name": "规划处副处长", "vacancies": 1},
        {"institution": (tie("institution", agencies.chongqing),)},
    )
    id_ = written(await agencies.by(agencies.actor(admin), CREATE_POST, given)).id
    assert isinstance(await agencies.by(agencies.home_approver, CREATE_POST, given), NotYours)
    none = Edit(id_, 1, {"vacancies": 0})
    fact = await agencies.by(agencies.actor(admin), EDIT_POST, none)
    assert (type(fact), fact.field) == (ValueIsInvalid, "vacancies")
    more = Edit(id_, 1, {"vacancies": 3})
    written(await agencies.by(agencies.actor(admin), EDIT_POST, more))


async def test_a_post_shrinks_no_further_than_what_is_promised(store: Store) -> None:
    async with two_agencies(store, vacancies=2) as agencies:
        admin = agencies.network.person(
            agencies.word("cq"), "institution_admin", agencies.chongqing
        )
        other = agencies.add_person()
        await agencies.write()
        for person in (agencies.zhang, other):
            await agencies.approved(person=person)
        smaller = Edit(agencies.post, 1, {"vacancies": 1})
        fact = await agencies.by(agencies.actor(admin), EDIT_POST, smaller)
        assert fact == PostIsTaken(agencies.post, 1, 2, SINCE, UNTIL)
        shorter = Edit(agencies.post, 1, {"until": "2027-02-01"})
        fact = await agencies.by(agencies.actor(admin), EDIT_POST, shorter)
        assert fact == PeriodOutsidePost(agencies.post, "…", "2027-02-01")


@pytest.mark.parametrize(
    ("asked", "known", "met"),
    [
        (None, None, True),
        (None, "familiar", True),
        ("skilled", "expert", True),
        ("skilled", "skilled", True),
        ("skilled", "familiar", False),
        ("skilled", None, False),
        ("familiar", "absent", False),
    ],
)
async def test_a_post_asks_for_topics_at_a_level(
    agencies: Agencies, asked: str | None, known: str | None, *, met: bool
) -> None:
    topic = agencies.network._record("Topic", agencies.word("情报学"), code=agencies.word("870"))
    post = agencies.add_post(topics=[(topic, asked)])
    if known != "absent":
        level = {"level": known} if known else {}
        agencies.network.tie("SKILLED_IN", agencies.zhang, topic, **level)
    await agencies.write()
    outcome = await submit(agencies, await agencies.draft(post=post))
    if met:
        written(outcome)
    else:
        assert outcome == RequirementsNotMet(post, f"{agencies.word('情报学')}（{asked}）")


# ------------------------------------------------------------------------------------------------------------------- person
@pytest.mark.parametrize(
    ("since", "until", "is_free"),
    [
        ("2027-03-31", "2027-05-01", False),
        ("2026-12-01", "2027-01-01", False),
        ("2027-02-01", "2027-02-02", False),
        ("2027-04-01", "2027-05-01", True),
        ("2026-12-01", "2026-12-31", True),
    ],
)
async def test_the_exchanges_of_a_person_never_share_a_day(
    agencies: Agencies, since: str, until: str, *, is_free: bool
) -> None:
    other = agencies.add_post()
    await agencies.write()
    first = await agencies.submitted()
    outcome = await submit(agencies, await agencies.draft(post=other, since=since, until=until))
    if is_free:
        written(outcome)
    else:
        assert outcome == PersonIsOnExchange(first, SINCE, UNTIL)


async def test_a_draft_and_what_was_withdrawn_take_no_days(agencies: Agencies) -> None:
    await agencies.draft()
    withdrawn = await agencies.submitted()
    written(await agencies.move(withdrawn, "withdraw", agencies.home_approver))
    written(await submit(agencies, await agencies.draft()))


async def test_what_begins_today_is_not_submitted(agencies: Agencies) -> None:
    id_ = await agencies.draft(since="2026-11-25")
    assert await submit(agencies, id_) == FirstDayHasCome("2026-11-25")
