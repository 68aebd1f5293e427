"""Notices leave the hub: e-mail to a real mail server, signed requests to a real program, each as often as it may."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from typing import Any

import orjson
import pytest

from flows.deployments import FLOWS
from flows.desk import Desk, seated
from flows.engine import Engine, open_engine
from flows.outbox import Pump
from graph_store.commands.deliveries import TEST_WEBHOOK, Trial
from graph_store.commands.facts import Written
from graph_store.commands.flow_facts import AddressIsRefused, WebhookHasEnded
from graph_store.commands.records import Create, End
from graph_store.commands.rows import tie
from graph_store.commands.webhooks import CREATE_WEBHOOK, DELETE_WEBHOOK
from graph_store.webhook_addresses import secret_of
from tests.flows.running.conftest import Ask, OpenDesk
from tests.flows.running.post_office import PostOffice, Program, post_office, program
from tests.flows.running.telling import NUMBERS, new_institution, new_person, tell_person

pytestmark = pytest.mark.usefixtures("prefect_in_use")
DELIVERIES = """MATCH (d:Delivery)-[:DELIVERS]->(:Notice {id: $notice})
RETURN [d.channel, d.state, d.attempts, d.failure]"""
DUE_NOW = "MATCH (o:Due) SET o.dueAt = '2000-01-01T00:00:00.000Z' RETURN o.id"


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with post_office() as opened:
        yield opened


@pytest.fixture
async def called() -> AsyncIterator[Program]:
    async with program() as opened:
        yield opened


@pytest.fixture
async def desk(new_desk: OpenDesk, office: PostOffice) -> AsyncIterator[Desk]:
    """A worker's desk with a mail server."""
    mail = {"smtp_host": "127.0.0.1", "smtp_port": office.port, "smtp_security": "none"}
    async with new_desk(**mail, smtp_from="hub@bashu.example") as opened:
        yield opened


@pytest.fixture
async def pump(desk: Desk, engine: Engine) -> AsyncIterator[Pump]:
    with seated(desk):
        yield Pump(desk, engine, timedelta(seconds=0.05))


async def pumped(pump: Pump) -> None:
    """Until nothing is due."""
    while await pump.pump():
        await pump.settled()


async def webhook(desk: Desk, url: str, institution: str) -> Any:
    given = Create(
        {"name": "门户", "url": url}, {"institution": (tie("institution", institution),)}
    )
    return await desk.do(CREATE_WEBHOOK, f"webhook {next(NUMBERS)} {desk.worker}", given)


async def a_class(ask: Ask, organiser: str) -> str:
    (id_,) = await ask(
        "MATCH (i:Institution {id: $at}) CREATE (c:TrainingClass:Record {id: 'cd-training_class-' + randomUUID(),"
        " name: '科普讲解', version: 1, visibility: 'public'})-[:RUN_BY]->(i) RETURN c.id",
        at=organiser,
    )
    return str(id_)


async def test_a_notice_reaches_the_person_by_e_mail_once_in_both_languages(
    desk: Desk, pump: Pump, office: PostOffice, ask: Ask
) -> None:
    at = await new_institution(desk)
    notice = await tell_person(desk, await new_person(desk, email="li.bing@sichuan.example"), at)
    await pumped(pump)
    (letter,) = office.received
    assert letter["To"] == "李冰 <li.bing@sichuan.example>"
    assert letter["Subject"] == "报名：已确认 / Registration: confirmed"
    text = letter.get_body().get_content()  # type: ignore[union-attr] # it has a body
    assert "您已有名额。" in text
    assert "You have a seat." in text
    assert await ask(DELIVERIES, notice=notice) == [["email", "sent", 1, None]]
    await ask("MATCH (o:Outbox) SET o:Due, o.dueAt = '2000-01-01T00:00:00.000Z' RETURN o.id")
    await pumped(pump)
    assert len(office.received) == 1


async def test_a_letter_that_the_server_refused_is_sent_again_later(
    desk: Desk, pump: Pump, office: PostOffice, ask: Ask
) -> None:
    office.answers = ["451 later"]
    at = await new_institution(desk)
    notice = await tell_person(desk, await new_person(desk, email="a@sichuan.example"), at)
    await pumped(pump)
    assert await ask(DELIVERIES, notice=notice) == [["email", "failed", 1, "SMTP 451"]]
    assert office.received == []
    await ask(DUE_NOW)
    await pumped(pump)
    assert await ask(DELIVERIES, notice=notice) == [["email", "sent", 2, None]]
    assert len(office.received) == 1
    states = await ask(
        "MATCH (r:FlowRun {flow: 'send_deliveries'}) RETURN r.state ORDER BY r.startedAt"
    )
    assert states[-2:] == ["failed", "completed"]


async def test_a_letter_whose_end_nobody_heard_of_is_doubtful_and_not_sent_again(
    desk: Desk, pump: Pump, office: PostOffice, ask: Ask
) -> None:
    office.answers = ["drop"]
    at = await new_institution(desk)
    notice = await tell_person(desk, await new_person(desk, email="b@sichuan.example"), at)
    await pumped(pump)
    (row,) = await ask(DELIVERIES, notice=notice)
    assert row[:3] == ["email", "doubtful", 1]
    await ask("MATCH (o:Outbox) SET o:Due, o.dueAt = '2000-01-01T00:00:00.000Z' RETURN o.id")
    await pumped(pump)
    assert len(office.received) == 1


async def test_two_workers_send_one_letter_between_them(
    desk: Desk, new_desk: OpenDesk, engine: Engine, office: PostOffice, ask: Ask
) -> None:
    """Both are handed the same row, as after a lease that ran out while its holder was slow."""
    at = await new_institution(desk)
    person = await new_person(desk, email="c@sichuan.example")
    notices = [await tell_person(desk, person, at) for _ in range(5)]
    with seated(desk):
        first = Pump(desk, engine, timedelta(seconds=0.05))
        await first.pump()
        await first.settled()
    assert await ask("MATCH (d:Delivery {state: 'pending'}) RETURN count(d)") == [5]
    rows = await desk.outbox.lease(desk.now, timedelta(seconds=60))
    async with open_engine("another", FLOWS) as other:
        await other.deploy()
        with seated(desk):
            pumps = [Pump(desk, each, timedelta(seconds=0.05)) for each in (engine, other)]
            await asyncio.gather(*(each._group("send_deliveries", tuple(rows)) for each in pumps))
    assert len(office.received) == len(notices)


async def test_a_program_is_told_by_a_signed_request_of_what_concerns_its_institution(
    desk: Desk, pump: Pump, called: Program, ask: Ask
) -> None:
    organiser = await new_institution(desk)
    made = await webhook(desk, called.url, organiser)
    about, person = await a_class(ask, organiser), await new_person(desk)
    notice = await tell_person(desk, person, about)
    await pumped(pump)
    ((headers, body),) = called.received
    assert orjson.loads(body)["data"] == {"notice": notice, "about": about, "person": person}
    assert orjson.loads(body)["type"] == "registration_confirmed"
    secret = base64.b64decode(secret_of(desk.channels.webhooks.key, made.id).removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = base64.b64encode(hmac.new(secret, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    assert await ask(DELIVERIES, notice=notice) == [["webhook", "sent", 1, None]]


async def test_a_call_that_failed_is_made_again_with_the_same_id_and_a_redirect_is_not_followed(
    desk: Desk, pump: Pump, called: Program, ask: Ask
) -> None:
    called.answers = [500, 302]
    organiser = await new_institution(desk)
    await webhook(desk, called.url, organiser)
    notice = await tell_person(desk, await new_person(desk), await a_class(ask, organiser))
    for failure in ("HTTP 500", "HTTP 302"):
        await pumped(pump)
        (row,) = await ask(DELIVERIES, notice=notice)
        assert (row[1], row[3]) == ("failed", failure)
        await ask(DUE_NOW)
    await pumped(pump)
    assert [row[1:3] for row in await ask(DELIVERIES, notice=notice)] == [["sent", 3]]
    assert len({headers["webhook-id"] for headers, _ in called.received}) == 1


async def test_what_failed_too_often_is_given_up_and_shown(
    desk: Desk, pump: Pump, called: Program, ask: Ask
) -> None:
    called.answers = [500] * 8
    organiser = await new_institution(desk)
    await webhook(desk, called.url, organiser)
    await tell_person(desk, await new_person(desk), await a_class(ask, organiser))
    for _ in range(8):
        await pumped(pump)
        await ask(DUE_NOW)
    assert len(called.received) == 8
    ((run, attempts, failure),) = await ask(
        "MATCH (o:Failed) RETURN [o.run, o.attempts, o.failure]"
    )
    assert (attempts, failure) == (8, "HTTP 500")
    assert await ask("MATCH (r:FlowRun {id: $id}) RETURN r.state", id=run) == ["failed"]
    assert await desk.outbox.revive(run, desk.now) == 1
    await pumped(pump)
    assert len(called.received) == 9


async def test_a_webhook_is_tried_on_request_until_it_has_ended(
    desk: Desk, pump: Pump, called: Program
) -> None:
    made = await webhook(desk, called.url, await new_institution(desk))
    first = await desk.do(TEST_WEBHOOK, f"try {made.id}", Trial(made.id))
    assert isinstance(first, Written)
    await pumped(pump)
    assert [orjson.loads(body)["type"] for _, body in called.received] == ["webhook.test"]
    await desk.do(DELETE_WEBHOOK, f"delete {made.id}", End(made.id, made.version))
    again = await desk.do(TEST_WEBHOOK, f"try again {made.id}", Trial(made.id))
    assert again == WebhookHasEnded(made.id)


@pytest.mark.parametrize(
    "url",
    [
        "http://portal.example.cn/hook",
        "ftp://portal.example.cn",
        "https://user:word@portal.example.cn/",
        "https:///hook",
        "https://portal.example.cn/a b",
        "javascript:alert(1)",
    ],
)
async def test_an_address_that_cannot_be_called_safely_is_refused(desk: Desk, url: str) -> None:
    outcome = await webhook(desk, url, await new_institution(desk))
    assert isinstance(outcome, AddressIsRefused)
