"""网络回调 | Commands on webhooks: an institution's administrator registers and ends them."""

from __future__ import annotations

from typing import Any

from graph_store.commands.actors import APPOINT
from graph_store.commands.authority import Authority
from graph_store.commands.commands import Decision
from graph_store.commands.drafts import Draft, Seen
from graph_store.commands.ends import ByStatus
from graph_store.commands.flow_facts import AddressIsRefused
from graph_store.commands.records import Create, Rules, create, creating, ending
from graph_store.model.deliveries import WEBHOOK
from graph_store.webhook_addresses import problem_of

RULES = Rules(
    WEBHOOK,
    ByStatus("ended"),
    Authority(APPOINT, begins_at="institution"),
    ties=("institution",),
    fixed=("institution",),
    defaults={"status": "active"},
    kept=("status", "visibility"),
)


def register(given: Create, seen: Seen, draft: Draft) -> Any:
    """The webhook, where its address can be called at all."""
    problem = problem_of(str(given.values.get("url") or ""))
    return AddressIsRefused(*problem) if problem else create(RULES, given, seen, draft)


_CREATING = creating("createWebhook", RULES)
CREATE_WEBHOOK: Decision[Create, Any] = Decision(
    "createWebhook", _CREATING.needs, register, (*_CREATING.outcomes, AddressIsRefused)
)
DELETE_WEBHOOK = ending("deleteWebhook", RULES)
