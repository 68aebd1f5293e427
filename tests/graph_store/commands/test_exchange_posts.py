"""Posts of exchange and the people who go to them: room, days and what is required, each refusal in figures."""

from __future__ import annotations

import pytest

from graph_store.commands.exchange_facts import (
    FirstDayHasCome,
    PeriodOutsidePost,
    PersonIsOnExchange,
    PostIsClosed,
    PostIsTaken,
    RequirementsNotMet,
)
from graph_store.commands.facts import (
    NotYours,
    ValueIsInvalid,
)
from graph_store.commands.posts import CLOSE_POST, CREATE_POST, EDIT_POST
from graph_store.commands.records import Create, Edit, End
from graph_store.commands.rows import tie
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
