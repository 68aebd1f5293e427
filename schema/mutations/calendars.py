"""日历订阅 | The address of one's own calendar: a token that opens nothing else, taken back by `revokeToken`."""

from __future__ import annotations

from typing import Any

import strawberry

from auth.token_deeds import FACTS, LONGEST_DAYS, Made, Wish
from graph_store.commands.facts import RequestKeyReused
from resolvers.commands.doing import checked_request_key, noted
from schema.facts import shown as fact_shown
from schema.mutations.fields import IS_DRY_RUN, DryRun, Info, RequestKey, deed_or_fact
from schema.tokens import TokenType, shown

MAKE = "新建本人的日历订阅地址 | Make an address of one's own calendar"
FEED_PATH = "/calendar/feeds/{secret}.ics"
WISH = Wish("日历订阅 Calendar", frozenset(), LONGEST_DAYS, of_calendar=True)


@strawberry.type(name="CalendarFeedCreated", description=MAKE)
class CalendarFeedCreated:
    """The token, and the address once."""

    token: TokenType = strawberry.field(
        description="令牌，以 revokeToken 撤销 | The token, taken back by revokeToken"
    )
    path: str | None = strawberry.field(
        description="日历地址的路径，只显示这一次，知道者皆可查看您的日程；试运行或重发请求时为空，遗失请撤销后新建"
        " | Path of the calendar's address, shown this once: whoever knows it sees your dates; null after a dry run, and when the"
        " same request comes again: what is lost is revoked and made anew"
    )
    dry_run: bool = strawberry.field(description=IS_DRY_RUN)


async def create_calendar_feed(
    info: Info,
    request_key: RequestKey,
    dry_run: DryRun = False,  # noqa: FBT002 - an argument in GraphQL
) -> Any:
    """Make one."""
    key, deeds = checked_request_key(request_key), info.context.tokens
    assert deeds is not None  # the hub itself always has them
    made = await deeds.make(info.context.viewer, WISH, key, dry_run=dry_run)
    if isinstance(made, Made):
        path = FEED_PATH.format(secret=made.secret) if made.secret else None
        return CalendarFeedCreated(token=shown(made.token), path=path, dry_run=dry_run)
    return fact_shown(await noted(info.context, "createCalendarFeed", made, None))


create_calendar_feed.__annotations__ |= {
    "return": deed_or_fact(
        "CreateCalendarFeedResult", CalendarFeedCreated, (*FACTS, RequestKeyReused), MAKE
    ),
}

CALENDARS = (
    strawberry.mutation(
        create_calendar_feed,
        name="createCalendarFeed",
        description="新建本人的日历订阅地址，含本人的培训与交流日程，有效一年；凭令牌不能新建 | Make an address of your own calendar, with your"
        " trainings and exchanges, good for a year; who came with a token makes none",
    ),
)
