"""分发通知 | Hands each notice on: draws up a delivery for the person's e-mail and for each webhook that hears of the record."""

from __future__ import annotations

import asyncio

from flows.desk import at_desk, current
from flows.engine import hub_flow
from flows.recording import recorded
from flows.reports import Report
from graph_store.commands.deliveries import FAN_OUT, FanOut
from graph_store.deliveries import Way, ways


@hub_flow
async def deliver_notices() -> Report:
    """The notices of the errands; in the hub itself they are since the deed that they tell of."""
    found = await ways_beyond_the_hub()
    async with recorded(each.notice for each in found) as report:
        await asyncio.gather(*(hand_on(each, report) for each in found))
    return report


async def ways_beyond_the_hub() -> list[Way]:
    """Of each notice that goes anywhere."""
    desk = at_desk()
    notices = [each.subject for each in current().errands]
    found = await ways(desk.run, notices, desk.today)
    return [each for each in found if each.webhooks or goes_by_mail(each)]


def goes_by_mail(way: Way) -> bool:
    """Whether there is a mail server, and an address."""
    return at_desk().channels.mail is not None and way.email is not None


async def hand_on(way: Way, report: Report) -> None:
    """One command draws up all its deliveries, each once: the key is the notice's."""
    given = FanOut(way.notice, goes_by_mail(way), way.institutions, way.webhooks)
    await at_desk().do(FAN_OUT, f"fan out/{way.notice}", given)
    report.did("分发 1 条通知", "handed on 1 notice", way.notice)
