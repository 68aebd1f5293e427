"""通知 | Mutations on one's own notices."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

import strawberry

from graph_store.commands.facts import ALWAYS
from graph_store.commands.notices_read import (
    MARK_NOTICES_READ,
    SET_NOTICE_PREFERENCE,
    NoticesRead,
    Preferring,
    Reading,
)
from graph_store.model import MODEL
from resolvers.commands.doing import do
from resolvers.commands.inbox_inputs import given_preference
from resolvers.context import Context
from schema.facts import shown
from schema.mutations.fields import (
    IS_DRY_RUN,
    DryRun,
    Info,
    RequestKey,
    deed_or_fact,
    mutation,
)
from schema.mutations.inputs import value

MARK = "标记通知为已读 | Mark notices as read"


@strawberry.input(name="MarkNoticesReadInput", description=MARK)
class MarkNoticesReadInput:
    """Which notices."""

    ids: list[strawberry.ID] = strawberry.field(description="通知的标识 | Ids of the notices")


@strawberry.type(name="NoticesMarkedRead", description=MARK)
class NoticesMarkedRead:
    """How many were unread."""

    count: int = strawberry.field(
        description="其中此前未读的数目 | How many of them were unread until now"
    )
    dry_run: bool = strawberry.field(description=IS_DRY_RUN)


async def mark_notices_read(
    info: Info,
    request_key: RequestKey,
    given: Any,
    dry_run: DryRun = False,  # noqa: FBT002 - an argument in GraphQL
) -> Any:
    """Mark one's own notices."""
    reading = Reading(info.context.actor.person or "", tuple(given.ids))
    outcome = await do(info.context, MARK_NOTICES_READ, request_key, reading, dry_run=dry_run)
    if isinstance(outcome, NoticesRead):
        return NoticesMarkedRead(count=outcome.count, dry_run=dry_run)
    return shown(outcome)


_FACTS = [each for each in MARK_NOTICES_READ.outcomes if each is not NoticesRead]
mark_notices_read.__annotations__ |= {
    "given": Annotated[MarkNoticesReadInput, strawberry.argument(name="input", description=MARK)],
    "return": deed_or_fact("MarkNoticesReadResult", NoticesMarkedRead, (*_FACTS, *ALWAYS), MARK),
}


async def _of_oneself(context: Context, given: Preferring) -> Preferring:
    return replace(given, person=context.actor.person or "")


NOTICES = (
    strawberry.mutation(mark_notices_read, name="markNoticesRead", description=MARK),
    mutation(
        SET_NOTICE_PREFERENCE,
        "NoticePreference",
        "NoticePreferenceSet",
        "设定本人的通知偏好 | Say how you want to be told",
        fields={
            name: value(MODEL.property("NoticePreference", name), required=True)
            for name in ("byEmail", "language")
        },
        to_command=given_preference,
        complete=_of_oneself,
    ),
)
