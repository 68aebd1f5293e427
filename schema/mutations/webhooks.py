"""网络回调 | Mutations on webhooks; the secret is told to whoever registers one, in the answer alone."""

from __future__ import annotations

from typing import Annotated, Any

import strawberry

from graph_store.commands.deliveries import TEST_WEBHOOK, Trial
from graph_store.commands.facts import Written
from graph_store.commands.webhooks import CREATE_WEBHOOK, DELETE_WEBHOOK, RULES
from resolvers.commands.doing import do
from resolvers.commands.inputs import new_record
from resolvers.records import Record
from schema.facts import shown
from schema.mutations.fields import (
    IS_DRY_RUN,
    DryRun,
    Info,
    RequestKey,
    ends,
    mutation,
    result_type,
)
from schema.mutations.inputs import ID, create_fields, input_type
from schema.placeholders import placeholder

MAKE = "登记网络回调 | Register a webhook"
INPUT = input_type("CreateWebhookInput", MAKE, create_fields(RULES))


@strawberry.type(name="WebhookCreated", description=MAKE)
class WebhookCreated:
    """The webhook, and its secret."""

    id: strawberry.ID | None = strawberry.field(
        description="记录标识，试运行时为空 | Its id; null after a dry run"
    )
    version: int = strawberry.field(description="执行后的版本 | Its version after the deed")
    webhook: Record | None = strawberry.field(
        graphql_type=placeholder("Webhook") | None,
        description="现在的记录，试运行时为空 | The record now; null after a dry run",
    )
    secret: str | None = strawberry.field(
        description="签名密钥（Standard Webhooks），请妥善保存；试运行时为空。遗失或泄露请删除后重新登记"
        " | The secret that calls are signed with (Standard Webhooks): keep it; null after a dry run. One that is lost or leaked ends"
        " with its webhook"
    )
    dry_run: bool = strawberry.field(description=IS_DRY_RUN)


async def create_webhook(
    info: Info,
    request_key: RequestKey,
    given: Any,
    dry_run: DryRun = False,  # noqa: FBT002 - an argument in GraphQL
) -> Any:
    """Register a webhook."""
    value = new_record(RULES, given)
    outcome = await do(info.context, CREATE_WEBHOOK, request_key, value, dry_run=dry_run)
    if not isinstance(outcome, Written):
        return shown(outcome)
    if dry_run:
        return WebhookCreated(
            id=None, version=outcome.version, webhook=None, secret=None, dry_run=True
        )
    return WebhookCreated(
        id=strawberry.ID(outcome.id),
        version=outcome.version,
        webhook=Record("Webhook", outcome.id),
        secret=info.context.webhook_secret(outcome.id),
        dry_run=False,
    )


create_webhook.__annotations__ |= {
    "given": Annotated[INPUT, strawberry.argument(name="input", description=MAKE)],
    "return": result_type("CreateWebhookResult", WebhookCreated, CREATE_WEBHOOK, MAKE),
}


def _trial(given: Any) -> Trial:
    return Trial(given.id)


WEBHOOKS = (
    strawberry.mutation(create_webhook, description=MAKE),
    ends(DELETE_WEBHOOK, RULES, "WebhookDeleted", "停用网络回调 | End a webhook"),
    mutation(
        TEST_WEBHOOK,
        "Delivery",
        "WebhookTested",
        "试调网络回调，结果见所返回的送达记录 | Call a webhook once to try it; the delivery that is answered tells how it went",
        fields={"id": ID},
        to_command=_trial,
    ),
)
