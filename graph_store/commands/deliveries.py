"""送达 | Commands by which the hub hands notices on: what is to be sent is drawn up once, claimed before it is sent, settled after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from graph_store.commands.actors import APPOINT, GOVERN
from graph_store.commands.authority import concealed
from graph_store.commands.commands import Decision, Needs
from graph_store.commands.drafts import Draft, Held, Seen
from graph_store.commands.facts import NotNow, NotYours, RecordNotFound, Written
from graph_store.commands.flow_facts import WebhookHasEnded
from graph_store.commands.readers import Question, ties_of
from graph_store.commands.rows import Tie, instant_text, tie
from graph_store.model import MODEL
from graph_store.model.deliveries import DELIVERY, WEBHOOK
from graph_store.model.tasks import NOTICE

SEND = "send_deliveries"
"""The topic under which the outbox hands on a delivery; its subject is the delivery's id."""

EMAIL, CALLBACK = "email", "webhook"
PENDING, SENDING, SENT, FAILED, DOUBTFUL = "pending", "sending", "sent", "failed", "doubtful"
_NAMES = {EMAIL: ("电子邮件", "E-mail"), CALLBACK: ("网络回调", "Webhook")}


@dataclass(frozen=True, slots=True)
class FanOut:
    """By which ways a notice is handed on: webhooks with their institutions; `by_email` and the institutions of the person."""

    notice: str
    by_email: bool
    institutions: tuple[str, ...] = ()
    webhooks: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """Who is about to send it: the same key with another token is refused, so that one alone sends."""

    delivery: str
    token: str


@dataclass(frozen=True, slots=True)
class Settled:
    """How a delivery went."""

    delivery: str
    state: str
    failure: str | None = None


@dataclass(frozen=True, slots=True)
class Trial:
    """A webhook to be called once, to see whether it answers."""

    id: str


def fan_out(given: FanOut, seen: Seen, draft: Draft) -> Written | NotYours | RecordNotFound:
    """A delivery for each way, each due on its own."""
    if fact := seen.lacks(GOVERN, at=()):
        return fact
    notice = draft.held(given.notice, NOTICE)
    if notice is None:
        return RecordNotFound(given.notice, NOTICE.name)
    about = tie("notice", notice.id)
    if given.by_email:
        at = [tie("institutions", each) for each in given.institutions if draft.held(each)]
        _draw_up(EMAIL, [about, *at], seen, draft)
    for webhook, institution in given.webhooks:
        if draft.held(webhook, WEBHOOK) and draft.held(institution):
            to = tie("webhook", webhook)
            _draw_up(CALLBACK, [about, to, tie("institutions", institution)], seen, draft)
    return Written(NOTICE.name, notice.id, notice.version)


def claim(given: Claim, seen: Seen, draft: Draft) -> Written | NotYours | RecordNotFound | NotNow:
    """The delivery is this worker's to send."""
    delivery = _of_the_hub(given.delivery, seen, draft)
    if not isinstance(delivery, Held):
        return delivery
    if delivery["state"] not in {PENDING, FAILED}:
        return NotNow(delivery.id, "claim", delivery["state"])
    draft.set(delivery, {"state": SENDING, "attempts": delivery["attempts"] + 1})
    return draft.written(delivery)


def settle(
    given: Settled, seen: Seen, draft: Draft
) -> Written | NotYours | RecordNotFound | NotNow:
    """The delivery as it went; one that was called doubtful and arrived after all is sent."""
    delivery = _of_the_hub(given.delivery, seen, draft)
    if not isinstance(delivery, Held):
        return delivery
    if delivery["state"] not in {SENDING, DOUBTFUL}:
        return NotNow(delivery.id, "settle", delivery["state"])
    at = instant_text(seen.now) if given.state == SENT else None
    draft.set(delivery, {"state": given.state, "failure": given.failure, "sentAt": at})
    return draft.written(delivery)


def try_out(
    given: Trial, seen: Seen, draft: Draft
) -> Written | NotYours | RecordNotFound | WebhookHasEnded:
    """A delivery of nothing but a greeting."""
    webhook = draft.held(given.id, WEBHOOK)
    if webhook is None:
        return RecordNotFound(given.id, WEBHOOK.name)
    at = seen.answering(webhook)
    if fact := concealed(seen.lacks(APPOINT, at=at), webhook, seen):
        return fact
    if webhook["status"] != "active":
        return WebhookHasEnded(webhook.id)
    ties = [tie("webhook", webhook.id), *(tie("institutions", each) for each in at)]
    return draft.written(_draw_up(CALLBACK, ties, seen, draft))


def _draw_up(channel: str, ties: list[Tie], seen: Seen, draft: Draft) -> Held:
    zh, en = _NAMES[channel]
    values = {"name": zh, "nameEn": en, "channel": channel, "state": PENDING, "attempts": 0}
    delivery = draft.create(DELIVERY, values, ties)
    draft.tell(f"{SEND}/{delivery.id}", SEND, delivery.id, seen.now)
    return delivery


def _of_the_hub(id_: str, seen: Seen, draft: Draft) -> Held | NotYours | RecordNotFound:
    if fact := seen.lacks(GOVERN, at=()):
        return fact
    return draft.held(id_, DELIVERY) or RecordNotFound(id_, DELIVERY.name)


def _needs_to_fan_out(given: FanOut) -> Needs:
    ends = {each for pair in given.webhooks for each in pair}
    return Needs(frozenset({given.notice, *given.institutions, *ends}))


def _needs_to_try(given: Trial) -> Needs:
    at = Question(ties_of(MODEL, WEBHOOK.name, "institution"), given.id)
    return Needs(frozenset({given.id}), frozenset({at}))


def _one(given: Claim | Settled) -> Needs:
    return Needs(frozenset({given.delivery}))


_FACTS: tuple[type[Any], ...] = (Written, NotYours, RecordNotFound)

FAN_OUT = Decision("fanOutNotice", _needs_to_fan_out, fan_out, _FACTS)
CLAIM_DELIVERY = Decision("claimDelivery", _one, claim, (*_FACTS, NotNow))
SETTLE_DELIVERY = Decision("settleDelivery", _one, settle, (*_FACTS, NotNow))
TEST_WEBHOOK = Decision("testWebhook", _needs_to_try, try_out, (*_FACTS, WebhookHasEnded))
