"""Calendars are served to whoever may have them, are asked for again cheaply, and end when their address is taken back."""

from __future__ import annotations

from typing import Any

import icalendar
import pytest
from icalendar.enums import STATUS

from auth.token_text import new_secret
from tests.auth.test_hub_tokens import LIST, REVOKE, person
from tests.auth.whom import ADMIN, HOME, ZHANG, Hub
from tests.web.documents.school import CLASS, DRAFT, LI, OFF, PLAIN, code, got

MAKE = """mutation ($key: ID!, $dry: Boolean = false) { createCalendarFeed(requestKey: $key, dryRun: $dry) { __typename
  ... on CalendarFeedCreated { path dryRun token { id kind scopes expiresAt } } ... on Fact { messageEn whatNextEn } } }"""


def events(body: bytes) -> dict[str, Any]:
    """By their summaries."""
    read = icalendar.Calendar.from_ical(body)
    assert isinstance(read, icalendar.Calendar)
    assert not read.errors
    return {str(each["summary"]): each for each in read.events}


async def made(hub: Hub, key: str, id_: str = ZHANG) -> Any:
    """A new address of their calendar."""
    return await (await person(hub, id_)).do(MAKE, key=key)


async def test_the_dates_of_a_class_are_everybodys(school: Hub) -> None:
    answer = await got(school, f"/calendar/classes/{CLASS}.ics")
    assert answer.headers["content-type"].startswith("text/calendar")
    assert answer.headers["cache-control"] == "public, max-age=300"
    found = events(answer.content)
    assert list(found) == ["数字化培训班 · 第1课", "数字化培训班 · 第2课"]
    assert {each.status for each in found.values()} == {STATUS.CONFIRMED}


async def test_a_class_that_was_cancelled_is_cancelled_in_calendars(school: Hub) -> None:
    (event,) = events((await got(school, f"/calendar/classes/{OFF}.ics")).content).values()
    assert event.status is STATUS.CANCELLED


@pytest.mark.parametrize("id_", [DRAFT, "cd-training_class-none", "x", "cd-person-zhang"])
async def test_a_draft_and_what_is_no_class_have_no_calendar(school: Hub, id_: str) -> None:
    assert code(await got(school, f"/calendar/classes/{id_}.ics")) == (404, "DOCUMENT_NOT_FOUND")


async def test_who_has_it_already_is_sent_nothing_until_it_changes(school: Hub) -> None:
    path = f"/calendar/classes/{PLAIN}.ics"
    first = await got(school, path)
    again = await got(school, path, **{"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    await school.base.run(
        "MATCH (c:TrainingClass {id: $id}) SET c.version = 2, c.place = '重庆' RETURN 1", id=PLAIN
    )
    changed = await got(school, path, **{"if-none-match": first.headers["etag"]})
    assert changed.status_code == 200
    (old,), (new,) = events(first.content).values(), events(changed.content).values()
    assert (new["uid"], new["sequence"]) == (old["uid"], old["sequence"] + 1)


async def test_a_person_follows_their_own_dates_by_an_address_that_only_they_know(
    school: Hub,
) -> None:
    token = await made(school, "mine")
    assert token["token"]["kind"] == "CALENDAR"
    assert token["token"]["scopes"] == []
    answer = await got(school, token["path"])
    assert answer.headers["cache-control"] == "private, no-cache"
    assert list(events(answer.content)) == ["数字化培训班 · 第1课", "数字化培训班 · 第2课"]
    others = events((await got(school, (await made(school, "li", LI))["path"])).content)
    assert list(others) == ["［候补］数字化培训班 · 第1课", "［候补］数字化培训班 · 第2课"]
    assert {each.status for each in others.values()} == {STATUS.TENTATIVE}
    mine = {str(each["uid"]) for each in events(answer.content).values()}
    assert mine.isdisjoint(str(each["uid"]) for each in others.values())


async def test_an_exchange_stands_in_the_calendar_of_whoever_goes(school: Hub) -> None:
    path = (await made(school, "exchange", ADMIN))["path"]
    assert events((await got(school, path)).content) == {}
    await school.base.run(
        "MATCH (p:Person {id: $person}), (h:Institution {id: $home}), (s:Institution {id: 'cd-institution-school'})"
        " CREATE (x:CadreExchange:Record {id: 'cd-cadre_exchange-1', name: 'x', aliases: [], synthetic: true, version: 4,"
        " createdAt: '2026-11-01T00:00:00.000Z', updatedAt: '2026-11-01T00:00:00.000Z', visibility: 'institution',"
        " state: 'accepted', since: '2027-01-01', until: '2027-06-30'})"
        " CREATE (x)-[:EXCHANGES]->(p) CREATE (x)-[:SENT_BY]->(h) CREATE (x)-[:RECEIVED_BY]->(s)",
        person=ADMIN, home=HOME,
    )  # fmt: skip
    (event,) = events((await got(school, path)).content).values()
    assert event["summary"] == "干部交流 四川省科技干部学院"
    assert (str(event.start), str(event.end)) == ("2027-01-01", "2027-07-01")
    assert (event["sequence"], event.status) == (4, STATUS.CONFIRMED)


async def test_its_address_is_told_once_and_only_its_hash_is_kept(school: Hub) -> None:
    first, again = await made(school, "once"), await made(school, "once")
    assert again["token"]["id"] == first["token"]["id"]
    assert again["path"] is None
    secret = first["path"].removeprefix("/calendar/feeds/").removesuffix(".ics")
    kept = await school.base.run(
        "MATCH (n) WHERE any(k IN keys(n) WHERE n[k] = $s) RETURN n.id", s=secret
    )
    assert kept == []
    dry = await (await person(school, ZHANG)).do(MAKE, key="dry", dry=True)
    assert (dry["path"], dry["dryRun"]) == (None, True)


async def test_an_address_that_was_taken_back_opens_nothing(school: Hub) -> None:
    token = await made(school, "to be revoked")
    assert (await got(school, token["path"])).status_code == 200
    zhang = await person(school, ZHANG)
    assert token["token"]["id"] in {each["id"] for each in (await zhang.do(LIST))["tokens"]}
    await zhang.do(REVOKE, id=token["token"]["id"])
    assert code(await got(school, token["path"])) == (404, "DOCUMENT_NOT_FOUND")


async def test_the_secret_of_a_calendar_is_no_bearer_token_and_no_token_is_a_calendar(
    school: Hub,
) -> None:
    path = (await made(school, "bearer"))["path"]
    secret = path.removeprefix("/calendar/feeds/").removesuffix(".ics")
    answer = await school.ask(token=secret)
    assert answer.status_code == 401
    personal, _ = await school.base.token(ZHANG)
    assert code(await got(school, f"/calendar/feeds/{personal}.ics")) == (404, "DOCUMENT_NOT_FOUND")


@pytest.mark.parametrize("kind", ["unknown", "mistyped"])
async def test_an_address_that_was_never_given_opens_nothing(school: Hub, kind: str) -> None:
    secret = new_secret("calendar")
    text = secret if kind == "unknown" else f"{secret[:-1]}{'a' if secret[-1] != 'a' else 'b'}"
    assert code(await got(school, f"/calendar/feeds/{text}.ics")) == (404, "DOCUMENT_NOT_FOUND")


async def test_who_came_with_a_token_makes_no_address(school: Hub) -> None:
    data = await school.data(MAKE, token=school.access_token(ZHANG), key="by token")
    assert data["createCalendarFeed"]["__typename"] == "TokensMakeNoTokens"
    data = await school.data(MAKE, key="by nobody")
    assert data["createCalendarFeed"]["__typename"] == "NotYours"
