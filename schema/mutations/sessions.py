"""会话 | Mutations on one's own sessions: they write no record of the graph, so they go through `auth/session_deeds.py`."""

from __future__ import annotations

from typing import Annotated, Any

import strawberry

from auth.session_deeds import SessionDeeds
from graph_store.commands.facts import RecordNotFound
from resolvers.commands.doing import checked_request_key
from schema.facts import shown as fact_shown
from schema.mutations.fields import IS_DRY_RUN, DryRun, Info, RequestKey, deed_or_fact
from schema.sessions import SessionType, shown

END = "结束本人的一个会话 | End one of one's own sessions"
END_OTHERS = "结束本人的其他会话 | End one's other sessions"


@strawberry.input(name="EndSessionInput", description=END)
class EndSessionInput:
    """Which session."""

    id: strawberry.ID = strawberry.field(description="会话标识 | The session's id")


@strawberry.type(name="SessionsEnded", description="会话已结束 | Sessions have ended")
class SessionsEnded:
    """The sessions as they were."""

    sessions: list[SessionType] = strawberry.field(
        description="刚才结束的会话 | Those that went on until now"
    )
    dry_run: bool = strawberry.field(description=IS_DRY_RUN)


async def end_session(
    info: Info,
    request_key: RequestKey,
    given: Any,
    dry_run: DryRun = False,  # noqa: FBT002 - an argument in GraphQL
) -> Any:
    """End one; doing so again finds none, so the key is only looked at."""
    checked_request_key(request_key)
    viewer = info.context.viewer
    ended = await _deeds(info).end(viewer, given.id, dry_run=dry_run)
    if isinstance(ended, RecordNotFound):
        return fact_shown(ended)
    return SessionsEnded(sessions=[shown(ended, viewer)], dry_run=dry_run)


async def end_other_sessions(
    info: Info,
    request_key: RequestKey,
    dry_run: DryRun = False,  # noqa: FBT002 - an argument in GraphQL
) -> Any:
    """End all but the one that the request came with."""
    checked_request_key(request_key)
    viewer = info.context.viewer
    ended = await _deeds(info).end_others(viewer, dry_run=dry_run)
    return SessionsEnded(sessions=[shown(each, viewer) for each in ended], dry_run=dry_run)


def _deeds(info: Info) -> SessionDeeds:
    sessions = info.context.sessions
    assert sessions is not None  # the hub itself always has them
    return sessions


end_session.__annotations__ |= {
    "given": Annotated[EndSessionInput, strawberry.argument(name="input", description=END)],
    "return": deed_or_fact("EndSessionResult", SessionsEnded, (RecordNotFound,), END),
}
end_other_sessions.__annotations__ |= {
    "return": deed_or_fact("EndOtherSessionsResult", SessionsEnded, (), END_OTHERS)
}

SESSIONS = (
    strawberry.mutation(
        end_session,
        name="endSession",
        description="结束本人的一个会话，一秒内处处失效 | End one of your own sessions: within a second it opens nothing any more",
    ),
    strawberry.mutation(
        end_other_sessions,
        name="endOtherSessions",
        description="结束本人除当前会话外的全部会话 | End all your sessions but the one this request came with",
    ),
)
