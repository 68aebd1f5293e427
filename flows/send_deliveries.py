"""发送 | Sends what was drawn up: e-mail never twice, webhooks once or more with the same id."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable

import orjson
from ulid import ULID

from flows.desk import at_desk, current
from flows.engine import hub_flow
from flows.letters import letter_of
from flows.mail import Doubtful, NotTaken
from flows.recording import recorded
from flows.reports import Report
from flows.webhooks import Call, CallFailed
from graph_store.commands.deliveries import (
    CLAIM_DELIVERY,
    DOUBTFUL,
    EMAIL,
    FAILED,
    SENDING,
    SENT,
    SETTLE_DELIVERY,
    Claim,
    Settled,
)
from graph_store.commands.facts import Written
from graph_store.deliveries import Told, letters
from graph_store.outbox import Errand

AT_ONCE = 8


@hub_flow
async def send_deliveries() -> Report:
    """The deliveries of the errands."""
    errands = {each.subject: each for each in current().errands}
    found = await letters(at_desk().run, errands)
    async with recorded(errands) as report:
        await few_at_once([send(each, errands[each.id], report) for each in found])
    return report


async def few_at_once(deeds: list[Awaitable[None]]) -> None:
    """All of them, some at a time: the other sides are others' machines."""
    room = asyncio.Semaphore(AT_ONCE)

    async def one(deed: Awaitable[None]) -> None:
        async with room:
            await deed

    await asyncio.gather(*(one(each) for each in deeds))


async def send(told: Told, errand: Errand, report: Report) -> None:
    """Claim it, send it, say how it went."""
    if told.state == SENDING and told.channel == EMAIL:
        # whoever claimed it died, or is slow: nobody sends it again
        await settle(told, DOUBTFUL, "SenderDied")
        report.note("1 封邮件存疑，不再重发", "1 e-mail is doubtful and not sent again", told.id)
        return
    if told.state in {SENT, DOUBTFUL} or not await claimed(told):
        return
    try:
        await (mail(told) if told.channel == EMAIL else call(told))
    except Doubtful as doubt:
        await settle(told, DOUBTFUL, str(doubt))
        report.note("1 封邮件存疑，不再重发", "1 e-mail is doubtful and not sent again", told.id)
    except (NotTaken, CallFailed) as failure:
        await settle(told, FAILED, str(failure))
        if told.channel == EMAIL or told.is_active:  # a webhook that has ended is given up
            report.leave(errand.id, str(failure))
    else:
        await settle(told, SENT, None)
        report.did(*_SAID[told.channel == EMAIL], told.id)


_SAID = {True: ("发送 1 封邮件", "sent 1 e-mail"), False: ("回调 1 次", "called 1 webhook")}


async def claimed(told: Told) -> bool:
    """Whether this worker is the one that sends; a webhook left half called is called again."""
    if told.state == SENDING:
        return True
    desk = at_desk()
    key = f"claim/{told.id}/{told.attempts + 1}"
    outcome = await desk.do(CLAIM_DELIVERY, key, Claim(told.id, str(ULID())))
    return isinstance(outcome, Written)


async def mail(told: Told) -> None:
    """Hand the letter in. Raises NotTaken, Doubtful."""
    channels = at_desk().channels
    if channels.mail is None or not told.email:
        raise NotTaken("NoAddress")
    await channels.mail.send(letter_of(told, channels.public_url))


async def call(told: Told) -> None:
    """Call the webhook. Raises CallFailed."""
    desk = at_desk()
    if not told.is_active or not told.webhook or not told.url:
        raise CallFailed("WebhookHasEnded")
    what = Call(told.webhook, told.url, told.id, orjson.dumps(event_of(told)))
    await desk.channels.webhooks.call(what, int(desk.now.timestamp()))


def event_of(told: Told) -> dict[str, object]:
    """What a program is told: ids and the kind, nothing that it must not read; it asks the hub for more."""
    if told.notice is None:
        return {"type": "webhook.test", "timestamp": told.at, "data": {}}
    data = {"notice": told.notice, "about": told.about, "person": told.person}
    return {"type": told.kind, "timestamp": told.at, "data": data}


async def settle(told: Told, state: str, failure: str | None) -> None:
    """Say how it went."""
    key = f"settle/{told.id}/{ULID()}"
    await at_desk().do(SETTLE_DELIVERY, key, Settled(told.id, state, failure))
